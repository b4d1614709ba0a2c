"""DOCX and PPTX: all their parts with text, embedded files as members."""

import re
from collections.abc import Iterator

from pipelines.items import Reason
from pipelines.reading.archive import Entry
from pipelines.reading.budget import Budget, UnreadableError
from pipelines.reading.format import Format, Member
from pipelines.reading.formats.zip_archive import read_member
from pipelines.reading.office_text import OfficeText, Words
from pipelines.reading.sample import Sample
from pipelines.reading.structure import in_pieces
from pipelines.reading.xml_events import records

_OOXML = "application/vnd.openxmlformats-officedocument"
_KINDS = {"word/": f"{_OOXML}.wordprocessingml.document", "ppt/": f"{_OOXML}.presentationml.presentation"}
_CONTENT_TYPES = "[content_types].xml"
# `delText` is what tracked changes have deleted, `instrText` holds the addresses of links, `v` the values of charts.
_TEXT_TAGS = frozenset(("t", "delText", "instrText", "v"))
_FIRST = ("word/document", "ppt/slides/")
_TEXT = re.compile(
    r"(?:word|ppt)/(?!theme/|styles|settings|websettings|fonttable|numbering|tablestyles|.*/_rels/).*\.xml"
)
_PROPERTIES = re.compile(r"(?:docprops|customxml)/.*\.xml")
_LINKS = re.compile(r"(?:word|ppt)/.*\.rels")
_TARGET = re.compile(rb'Target="((?:mailto|tel|https?):[^"]*)"', re.IGNORECASE)
_NOT_READ = re.compile(
    r"_rels/|docprops/|customxml/|(?:word|ppt)/(?!embeddings/|afchunk).*"
    r"\.(?:xml|rels|bin|odttf|fntdata|vml)|(?:word|ppt)/(?:.*/)?media/.*|\[content_types\]\.xml"
)


def recognize(sample: Sample) -> str | None:
    """Take a ZIP archive with the parts of a document or of slides, whole or damaged."""
    if not sample.archive:
        return None
    names = {_name(entry) for entry in sample.archive.entries}
    if not sample.archive.damaged and _CONTENT_TYPES not in names:
        return None
    return next((kind for folder, kind in _KINDS.items() if any(_is_part(name, folder) for name in names)), None)


def read(sample: Sample, budget: Budget) -> Iterator[str | Member]:
    """Yield the document or slides, then headers, notes, comments and properties, then embedded files."""
    archive = sample.archive
    assert archive is not None
    fault = Reason.BROKEN if archive.damaged else None
    named = sorted(
        ((_name(entry), entry) for entry in archive.entries), key=lambda item: not item[0].startswith(_FIRST)
    )
    words = Words()
    for name, entry in named:
        try:
            if _TEXT.fullmatch(name):
                pieces = in_pieces(records(archive.chunks(entry, budget), OfficeText(_TEXT_TAGS), budget))
                yield from words.noticed(pieces) if name.startswith(_FIRST) else pieces
            elif _PROPERTIES.fullmatch(name):
                yield from in_pieces(
                    records(archive.chunks(entry, budget), OfficeText(None, every_element=True), budget)
                )
            elif _LINKS.fullmatch(name):
                links = _TARGET.findall(b"".join(archive.chunks(entry, budget)))
                yield from (f"{link.decode('utf-8', 'replace')}\x1e" for link in links)
            elif not entry.is_folder and not _NOT_READ.match(name):
                yield read_member(archive, entry, budget)
        except UnreadableError as error:
            if error.reason is not Reason.BROKEN:
                raise
            fault = error.reason
    if not words.seen and any("/media/" in name for name, _ in named):
        fault = fault or Reason.NEEDS_OCR
    if fault:
        raise UnreadableError(fault)


def _name(entry: Entry) -> str:
    return entry.name.replace("\\", "/").lstrip("/").lower()


def _is_part(name: str, folder: str) -> bool:
    return name.startswith(folder) and name.endswith(".xml")


FORMATS = (Format(rank=12, recognize=recognize, read=read),)
