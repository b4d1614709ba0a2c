"""OpenDocument spreadsheets, hidden sheets too."""

from collections.abc import Iterator
from typing import Any

from pipelines.items import Reason
from pipelines.reading.budget import Budget, UnreadableError
from pipelines.reading.cell_values import date_and_time, number_text
from pipelines.reading.format import Format, Member
from pipelines.reading.open_document import is_encrypted
from pipelines.reading.sample import Sample
from pipelines.reading.structure import in_pieces, lines, record, without_separators
from pipelines.reading.xml_stream import elements, local_name, text_of

_MEDIA_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
_CELLS = ("table-cell", "covered-table-cell")
_NUMBERS = ("float", "currency", "percentage")
# A repeated cell is a way to write columns of equal content, and thousands of them are a way to hurt.
_MOST_REPEATED = 16
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"


def recognize(sample: Sample) -> str | None:
    """Take a ZIP archive that calls itself so inside."""
    media_type = sample.open_document_type
    return media_type if media_type.startswith(_MEDIA_TYPE) else None


def read(sample: Sample, budget: Budget) -> Iterator[str | Member]:
    """Yield the rows of all sheets; a repeated row is the same record and comes once."""
    archive = sample.archive
    assert archive is not None
    if is_encrypted(archive, budget):
        raise UnreadableError(Reason.ENCRYPTED)
    entry = archive.named("content.xml")
    if entry is None:
        raise UnreadableError(Reason.BROKEN)
    yield from in_pieces(_records(elements(archive.stream(entry, budget), "table-row", "shapes", "tracked-changes")))
    if archive.damaged:
        raise UnreadableError(Reason.BROKEN)


def _records(parts: Iterator[Any]) -> Iterator[str]:
    for part in parts:
        if local_name(part) != "table-row":
            yield lines(without_separators("\n".join(map(text_of, part.iter("{*}p")))))
            continue
        cells = [text for cell in part if local_name(cell) in _CELLS for text in _cell(cell)]
        if cells:
            yield record(cells)
        for note in part.iter(f"{_OFFICE}annotation"):
            yield lines(without_separators(text_of(note)))


def _cell(cell: Any) -> list[str]:  # noqa: ANN401 - lxml's classes are not typed
    kind = cell.get(f"{_OFFICE}value-type")
    if kind in _NUMBERS:
        text = number_text(cell.get(f"{_OFFICE}value", ""))
    elif kind == "date":
        text = date_and_time(cell.get(f"{_OFFICE}date-value", ""))
    else:
        text = " ".join(text_of(inner) for inner in cell if local_name(inner) == "p")
        text = text or cell.get(f"{_OFFICE}string-value", "")
    if not text:
        return []
    repeated = cell.get(f"{_TABLE}number-columns-repeated", "1")
    return [text] * min(int(repeated) if repeated.isdecimal() else 1, _MOST_REPEATED)


FORMATS = (Format(rank=10, recognize=recognize, read=read),)
