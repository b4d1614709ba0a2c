"""HTML pages."""

import re
from collections.abc import Iterable, Iterator

from pipelines.reading.budget import Budget
from pipelines.reading.format import Format
from pipelines.reading.page import page_records
from pipelines.reading.sample import Sample
from pipelines.reading.text import every_reading

_SURE = re.compile(r"<!doctype\s+html|<html[\s>]", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:a|b|body|br|code|dd|div|dl|dt|font|form|h[1-6]|head|hr|i|img|input|li|link|main|meta|ol|option|p|pre"
    r"|script|section|select|span|strong|style|table|tbody|td|textarea|th|thead|title|tr|ul)(?:\s[^<>]*+)?/?>",
    re.IGNORECASE,
)
_BEGINNING = 4096
_FEWEST_TAGS = 5


def recognize(sample: Sample) -> str | None:
    """Take text that begins with a tag of HTML or has a fair number of them; XML of other kinds is plain text."""
    head = sample.head
    if "<" not in head:
        return None
    is_page = (
        _SURE.search(head[:_BEGINNING])
        or _TAG.match(head.lstrip())
        or sum(1 for _ in _TAG.finditer(head)) >= max(_FEWEST_TAGS, len(head) // 1000)
    )
    return "text/html" if is_page else None


def read(sample: Sample, budget: Budget) -> Iterator[str]:
    """Yield the records and lines of the page."""

    def structured(chunks: Iterable[str]) -> Iterator[str]:
        return page_records("".join(chunks))

    return every_reading(sample, structured)


FORMATS = (Format(rank=60, recognize=recognize, read=read),)
