"""XLS and XLSB workbooks, hidden sheets too; a sheet so sparse that the library gives up costs only its document."""

import io
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from pipelines.items import Reason
from pipelines.reading.budget import Budget, UnreadableError
from pipelines.reading.cell_values import date_and_time, number_text
from pipelines.reading.format import Format, Member
from pipelines.reading.sample import Sample
from pipelines.reading.structure import in_pieces, record

_XLSB = "application/vnd.ms-excel.sheet.binary.macroenabled.12"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STREAMS = tuple(f"{name}\0".encode("utf-16-le") for name in ("Workbook", "Book"))
_OTHERS = tuple(name.encode("utf-16-le") for name in ("WordDocument", "PowerPoint Document"))
_MESSAGE = "__properties_version1.0".encode("utf-16-le")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
Cell = str | int | float | bool | date | datetime | time | timedelta


def recognize(sample: Sample) -> str | None:
    """Take OLE files with a workbook in them, and ZIP archives with a binary one."""
    body = sample.body
    if sample.archive and any(entry.name.lower() == "xl/workbook.bin" for entry in sample.archive.entries):
        return _XLSB
    if not body.startswith(_OLE) or _MESSAGE in body or _ENCRYPTED in body:
        return None
    return "application/vnd.ms-excel" if any(stream in body for stream in _STREAMS) else None


def read(sample: Sample, budget: Budget) -> Iterator[str | Member]:
    """Yield the rows of all sheets; one that cannot be read does not hide the others."""
    import python_calamine

    try:
        workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(sample.body))
    except python_calamine.PasswordError:
        raise UnreadableError(Reason.ENCRYPTED) from None
    fault = None
    for place in range(len(workbook.sheet_names)):
        budget.check_time()
        try:
            sheet = workbook.get_sheet_by_index(place)
        except python_calamine.CalamineError:
            fault = Reason.BROKEN
            continue
        yield from in_pieces(_records(sheet.iter_rows(), budget))
    if any(name in sample.body for name in _OTHERS):
        # Only a workbook inside a Word or PowerPoint file of the old kind has been read.
        fault = Reason.UNSUPPORTED
    if fault:
        raise UnreadableError(fault)


def _records(rows: Iterator[list[Cell]], budget: Budget) -> Iterator[str]:
    for number, row in enumerate(rows):
        if number % 1000 == 0:
            budget.check_time()
        cells = [text for cell in row if cell != "" and (text := _text(cell))]
        if cells:
            yield record(cells)


def _text(cell: Cell) -> str:
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return ""
    if isinstance(cell, (int, float)):
        return number_text(repr(cell))
    if isinstance(cell, (datetime, date)):
        return date_and_time(cell.isoformat())
    return str(cell)


FORMATS = (Format(rank=9, recognize=recognize, read=read),)
