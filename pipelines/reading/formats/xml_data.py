"""XML of any kind that is no page."""

import re
from collections.abc import Iterable, Iterator
from html.entities import html5

from pipelines.items import Reason
from pipelines.reading.budget import Budget, UnreadableError
from pipelines.reading.format import Format
from pipelines.reading.page import page_records
from pipelines.reading.sample import Sample
from pipelines.reading.structure import in_pieces, without_separators
from pipelines.reading.text import every_reading
from pipelines.reading.xml_events import records
from pipelines.reading.xml_records import XmlRecords

_DECLARED = re.compile(r"\s*<\?xml[\s?]")
_BARE = re.compile(r"\s*(?:<!--.{0,1000}?-->\s*)*(?:<!DOCTYPE\s|<[A-Za-z_][\w:.-]*(?:\s[^<>]*)?/?>)", re.DOTALL)
_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z]\w{1,30};)")
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
    """Yield the records; of a damaged document also all text between its tags, as of a page."""

    def structured(chunks: Iterable[str]) -> Iterator[str]:
        taken: list[str] = []
        source = (
            _with_characters(without_separators(chunk)).encode("utf-8", "replace") for chunk in _kept(chunks, taken)
        )
        try:
            yield from in_pieces(records(source, XmlRecords(), budget, "utf-8"))
        except UnreadableError as error:
            if error.reason is not Reason.BROKEN:
                raise
            taken.extend(chunks)
            yield from page_records("".join(taken))

    return every_reading(sample, structured)


def _kept(chunks: Iterable[str], taken: list[str]) -> Iterator[str]:
    for chunk in chunks:
        taken.append(chunk)
        yield chunk


def _with_characters(text: str) -> str:
    """Put characters where the names of HTML stand for them: the parser would leave nothing between two words."""
    return _ENTITY.sub(lambda found: html5.get(found.group(1), found.group()), text) if "&" in text else text


FORMATS = (
    Format(rank=55, recognize=recognize_declared, read=read),
    Format(rank=65, recognize=recognize_bare, read=read),
)
