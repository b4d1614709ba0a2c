"""XML of any kind that is no page."""

import re
from collections.abc import Iterable, Iterator

from pipelines.reading.budget import Budget
from pipelines.reading.format import Format
from pipelines.reading.sample import Sample
from pipelines.reading.structure import in_pieces, without_separators
from pipelines.reading.text import every_reading
from pipelines.reading.xml_events import records
from pipelines.reading.xml_records import XmlRecords

_DECLARED = re.compile(r"\s*<\?xml[\s?]")
_BARE = re.compile(r"\s*(?:<!--.{0,1000}?-->\s*)*(?:<!DOCTYPE\s|<[A-Za-z_][\w:.-]*(?:\s[^<>]*)?/?>)", re.DOTALL)
_PAGE = re.compile(r"<!doctype\s+html|<(?:\w+:)?html[\s>]", re.IGNORECASE)
_BEGINNING = 4096


def recognize_declared(sample: Sample) -> str | None:
    """Take text with an XML declaration that is no XHTML."""
    head = sample.head[:_BEGINNING]
    return "application/xml" if _DECLARED.match(head) and not _PAGE.search(head) else None


def recognize_bare(sample: Sample) -> str | None:
    """Take what begins with a tag and is not known to be a page."""
    return "application/xml" if _BARE.match(sample.head) else None


def read(sample: Sample, budget: Budget) -> Iterator[str]:
    """Yield the records, up to the end also when there are faults on the way."""

    def structured(chunks: Iterable[str]) -> Iterator[str]:
        source = (without_separators(chunk).encode("utf-8", "replace") for chunk in chunks)
        return in_pieces(records(source, XmlRecords(), budget, "utf-8"))

    return every_reading(sample, structured)


FORMATS = (
    Format(rank=55, recognize=recognize_declared, read=read),
    Format(rank=65, recognize=recognize_bare, read=read),
)
