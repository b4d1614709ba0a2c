"""The leaked table in: CSV of any usual dialect, XLSX, XLS and ODS -> the rows of one or more sheets.

This is the owner's own file, read once and trusted; crawled files go through the limited worker instead.
"""

import csv
import datetime as dt
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tracker.errors import LeakError

_SAMPLE_LINES = 400
_DELIMITERS = (",", ";", "\t", "|", "\x1f", "\x01", "^", "~", ":")
_MAX_CELL = 16 * 1024 * 1024
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of the leak: its name for people, and its rows as text, header included if it has one."""

    name: str
    rows: list[list[str]] = field(repr=False)


def read_leak(path: Path, sheets: Sequence[str] = (), encoding: str | None = None) -> list[Sheet]:
    """Read a leaked file into its sheets; LeakError says in one sentence what is wrong and what to do.

    A workbook with several filled sheets needs `sheets`; delimited text needs `encoding` only when the guess is wrong.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise LeakError(f"there is no file {path}") from None
    except OSError as error:
        raise LeakError(f"cannot read {path}: {error.strerror}") from None
    if not content.strip():
        raise LeakError(f"{path} is empty; name the file that leaked")
    if content.startswith((_ZIP, _OLE)):
        return _read_workbook(path, content, sheets)
    if sheets:
        raise LeakError(f"{path} is no workbook and has no sheets; leave --sheet out")
    rows = list(_without_preamble(_read_delimited(path, _decode(path, content, encoding))))
    if not rows:
        raise LeakError(f"{path} holds no rows")
    return [Sheet(path.name, rows)]


def _decode(path: Path, content: bytes, encoding: str | None) -> str:
    if encoding is not None:
        try:
            return content.decode(encoding).removeprefix("\ufeff")
        except LookupError:
            raise LeakError(f"there is no encoding {encoding}; try utf-8, cp1252, utf-16 or gb18030") from None
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
            raise LeakError(
                f"{path} is not {encoding}: line {line} cannot be decoded; try another --encoding"
            ) from None
    from pipelines.reading.encodings import decode_candidates

    candidates = decode_candidates(content)
    if not candidates:
        raise LeakError(f"{path} is no text in a known encoding and no workbook; say which with --encoding")
    return candidates[0].text


def _read_delimited(path: Path, text: str) -> Iterator[list[str]]:
    delimiter, escaped = _dialect(text)
    limit = csv.field_size_limit(_MAX_CELL)
    try:
        reader = csv.reader(
            io.StringIO(text.replace("\0", ""), newline=""),
            delimiter=delimiter,
            doublequote=not escaped,
            escapechar="\\" if escaped else None,
            quotechar='"',
        )
        for row in reader:
            if row:
                yield row
    except csv.Error:
        raise LeakError(f"{path}, line {reader.line_num}: a cell is longer than {_MAX_CELL} characters") from None
    finally:
        csv.field_size_limit(limit)


def _dialect(text: str) -> tuple[str, bool]:
    """Choose the delimiter whose rows agree best on a width, and tell whether a backslash escapes quotes."""
    sample = "\n".join(text[: 64 * _SAMPLE_LINES * 16].splitlines()[:_SAMPLE_LINES])
    escaped = sample.count('\\"') > sample.count('""') - sample.count(',""')
    escaped = escaped and '\\"' in sample

    def agreement(delimiter: str) -> tuple[float, int]:
        reader = csv.reader(
            io.StringIO(sample, newline=""),
            delimiter=delimiter,
            doublequote=not escaped,
            escapechar="\\" if escaped else None,
        )
        widths = Counter(len(row) for row in reader if row)
        width, count = max(widths.items(), key=lambda item: (item[1], item[0]), default=(1, 0))
        return (count / max(1, widths.total()) if width > 1 else 0.0, width)

    best = max(_DELIMITERS, key=lambda delimiter: _rounded(agreement(delimiter)))
    return (best if agreement(best)[0] >= 0.5 else ","), escaped


def _rounded(agreement: tuple[float, int]) -> tuple[float, int]:
    return (round(agreement[0], 1), agreement[1])


def _without_preamble(rows: Iterable[list[str]]) -> Iterator[list[str]]:
    """Leave out title lines above the header: leading rows with one filled cell while the table has several columns."""
    kept = list(rows)
    width = Counter(sum(1 for cell in row if cell.strip()) for row in kept[:_SAMPLE_LINES]).most_common(1)
    usual = width[0][0] if width else 1
    start = 0
    while usual > 1 and start < min(len(kept), 20) and sum(1 for cell in kept[start] if cell.strip()) <= 1:
        start += 1
    return iter(kept[start:])


def _read_workbook(path: Path, content: bytes, wanted: Sequence[str]) -> list[Sheet]:
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    except python_calamine.PasswordError:
        raise LeakError(f"{path} is protected by a password; save a copy without one and give that") from None
    except Exception:  # noqa: BLE001 - the Rust reader raises several unrelated classes, with text of the file in them
        raise LeakError(f"{path} is no workbook that can be read (XLSX, XLSM, XLSB, XLS, ODS)") from None
    titles = book.sheet_names
    missing = [name for name in wanted if name not in titles]
    if missing:
        raise LeakError(f"{path} has no sheet {missing[0]!r}; its sheets are {_quoted(titles)}")
    read = {title: _sheet_rows(path, book, title) for title in wanted or titles}
    filled = {title: rows for title, rows in read.items() if rows}
    for title in wanted:
        if title not in filled:
            raise LeakError(f"the sheet {title!r} of {path} has no rows")
    if not filled:
        raise LeakError(f"{path} has no sheet with rows")
    if len(filled) > 1 and not wanted:
        raise LeakError(
            f"{path} has several sheets, say which leaked with --sheet (may be repeated): {_quoted(filled)}"
        )
    return [Sheet(title, rows) for title, rows in filled.items()]


def _sheet_rows(path: Path, book: Any, title: str) -> list[list[str]]:  # noqa: ANN401 - calamine ships no types for it
    try:
        rows = book.get_sheet_by_name(title).to_python(skip_empty_area=False)
    except Exception:  # noqa: BLE001 - as above
        raise LeakError(f"the sheet {title!r} of {path} is damaged and cannot be read") from None
    cells = [[_as_text(cell) for cell in row] for row in rows]
    while cells and not any(cells[-1]):
        cells.pop()
    while cells and not any(cells[0]):
        cells.pop(0)
    return list(_without_preamble(cells))


def _as_text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(sep=" ")
    if isinstance(cell, dt.date | dt.time):
        return cell.isoformat()
    return "" if cell is None else str(cell)


def _quoted(titles: Iterable[str]) -> str:
    return ", ".join(repr(title) for title in titles)
