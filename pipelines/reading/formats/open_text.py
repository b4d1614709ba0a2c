"""OpenDocument text, slides and drawings, and what other kinds of OpenDocument files hold."""

import re
from collections.abc import Iterator

from pipelines.items import Reason
from pipelines.reading.budget import Budget, UnreadableError
from pipelines.reading.format import Format, Member
from pipelines.reading.formats.zip_archive import read_member
from pipelines.reading.office_text import OfficeText, Words
from pipelines.reading.open_document import is_encrypted
from pipelines.reading.sample import Sample
from pipelines.reading.structure import in_pieces
from pipelines.reading.xml_events import records

_BEGINNING = "application/vnd.oasis.opendocument."
_TEXT = re.compile(r"(?:.*/)?(?:content|styles)\.xml")
_META = "meta.xml"
_PICTURES = "Pictures/"
_NOT_READ = re.compile(
    r"mimetype|manifest\.rdf|layout-cache|META-INF/.*|Pictures/.*|Thumbnails/.*|Configurations2?/.*|Fonts/.*"
    r"|ObjectReplacements/.*|(?:.*/)?settings\.xml|.*/meta\.xml"
)


def recognize(sample: Sample) -> str | None:
    """Take a ZIP archive that calls itself so inside; spreadsheets have a reader of their own."""
    media_type = sample.open_document_type
    return media_type if media_type.startswith(_BEGINNING) else None


def read(sample: Sample, budget: Budget) -> Iterator[str | Member]:
    """Yield table rows and paragraphs, then headers and properties; embedded files are members."""
    archive = sample.archive
    assert archive is not None
    if is_encrypted(archive, budget):
        raise UnreadableError(Reason.ENCRYPTED)
    fault = Reason.BROKEN if archive.damaged or archive.named("content.xml") is None else None
    words = Words()
    for entry in archive.entries:
        try:
            if _TEXT.fullmatch(entry.name):
                yield from words.noticed(in_pieces(records(archive.chunks(entry, budget), OfficeText(None), budget)))
            elif entry.name == _META:
                yield from in_pieces(
                    records(archive.chunks(entry, budget), OfficeText(None, every_element=True), budget)
                )
            elif not entry.is_folder and not _NOT_READ.fullmatch(entry.name):
                yield read_member(archive, entry, budget)
        except UnreadableError as error:
            if error.reason is not Reason.BROKEN:
                raise
            fault = error.reason
    if not words.seen and any(entry.name.startswith(_PICTURES) for entry in archive.entries):
        fault = fault or Reason.NEEDS_OCR
    if fault:
        raise UnreadableError(fault)


FORMATS = (Format(rank=20, recognize=recognize, read=read),)
