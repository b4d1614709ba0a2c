"""XLSX workbooks, hidden sheets too; the sheets are text of the workbook itself, only embedded files are members."""

from collections.abc import Iterator

from pipelines.items import Reason
from pipelines.reading.budget import Budget, UnreadableError
from pipelines.reading.format import Format, Member
from pipelines.reading.formats.zip_archive import read_member
from pipelines.reading.sample import Sample
from pipelines.reading.structure import in_pieces, lines, record, without_separators
from pipelines.reading.workbook import Workbook
from pipelines.reading.xml_stream import text_of

_MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SIGNS = ("xl/workbook.xml", "xl/worksheets/", "xl/sharedstrings.xml")
_ROWS = ("xl/worksheets/", "xl/macrosheets/", "xl/dialogsheets/", "xl/externallinks/")
_NOTES = (("xl/comments", "comment"), ("xl/threadedcomments/", "threadedComment"), ("xl/drawings/", "p"))


def recognize(sample: Sample) -> str | None:
    """Take a ZIP archive with the parts of a workbook, whole or damaged."""
    if not sample.archive:
        return None
    names = (entry.name.replace("\\", "/").lstrip("/").lower() for entry in sample.archive.entries)
    return _MEDIA_TYPE if any(name.startswith(_SIGNS) for name in names) else None


def read(sample: Sample, budget: Budget) -> Iterator[str | Member]:
    """Yield the rows of all sheets and caches, then notes, strings left over, and embedded files."""
    archive = sample.archive
    assert archive is not None
    workbook = Workbook(archive, budget)
    yield from in_pieces(_records(workbook))
    for _, entry in workbook.named("xl/embeddings/"):
        yield read_member(archive, entry, budget)
    fault = workbook.fault or (Reason.BROKEN if archive.damaged else None)
    if fault:
        raise UnreadableError(fault)


def _records(workbook: Workbook) -> Iterator[str]:
    for beginning in _ROWS:
        for name, _ in workbook.named(beginning):
            if name.endswith(".xml"):
                yield from (record(cells) for row in workbook.elements(name, "row") if (cells := workbook.row(row)))
    for name, _ in workbook.named("xl/pivotcache/pivotcacherecords"):
        yield from map(record, workbook.pivot_rows(name))
    for beginning, tag in _NOTES:
        for name, _ in workbook.named(beginning):
            if name.endswith(".xml"):
                yield from (lines(without_separators(text_of(note))) for note in workbook.elements(name, tag))
    yield from (lines(without_separators(text)) for text in workbook.unused_strings())


FORMATS = (Format(rank=10, recognize=recognize, read=read),)
