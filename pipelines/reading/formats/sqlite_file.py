"""SQLite databases, opened in memory from their bytes; damaged ones as far as they go."""

import sqlite3
from collections.abc import Iterator
from typing import Any

from pipelines.items import Reason
from pipelines.reading.budget import Budget, UnreadableError
from pipelines.reading.format import Format, Member
from pipelines.reading.sample import Sample
from pipelines.reading.structure import in_pieces, record

_MARK = b"SQLite format 3\0"
# A database in WAL mode cannot be opened in memory; these two bytes say which mode it is in.
_MODE = slice(18, 20)
_ROLLBACK_MODE = b"\1\1"
_LARGEST_CELL = 16 << 20
_STEPS = 100_000
_ALLOWED = frozenset((sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION))
# Virtual tables have no page of their own; what they hold stands in real ones.
_TABLES = "SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0"


def recognize(sample: Sample) -> str | None:
    """Take what has the mark of a database."""
    return "application/vnd.sqlite3" if sample.body.startswith(_MARK) else None


def read(sample: Sample, budget: Budget) -> Iterator[str | Member]:
    """Yield the rows of all real tables; views and virtual tables would only show those again."""
    database = sqlite3.connect(":memory:")
    try:
        body = bytearray(sample.body)
        body[_MODE] = _ROLLBACK_MODE
        database.deserialize(body)
        del body
        _confine(database, budget)
        tables: list[str] = []
        faults: list[sqlite3.Error] = []
        for (name,) in _rows(database, _TABLES, faults):
            tables.append(name)
        for name in tables:
            rows = _rows(database, f"SELECT * FROM {_quoted(name)}", faults)  # noqa: S608 - there is no parameter for it
            yield from in_pieces(record(map(_text, row)) for row in rows)
            budget.check_time()
    finally:
        database.close()
    if faults:
        raise UnreadableError(Reason.BROKEN)


def _confine(database: sqlite3.Connection, budget: Budget) -> None:
    def is_allowed(action: int, *_: object) -> int:
        return sqlite3.SQLITE_OK if action in _ALLOWED else sqlite3.SQLITE_DENY

    def is_late() -> bool:
        try:
            budget.check_time()
        except UnreadableError:
            return True
        return False

    database.execute("PRAGMA trusted_schema = OFF")
    database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LARGEST_CELL)
    database.set_progress_handler(is_late, _STEPS)
    database.set_authorizer(is_allowed)
    database.text_factory = _decoded


def _rows(database: sqlite3.Connection, query: str, faults: list[sqlite3.Error]) -> Iterator[tuple[Any, ...]]:
    """Yield rows up to the first fault, and remember that."""
    try:
        yield from database.execute(query)
    except sqlite3.Error as error:
        faults.append(error)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _decoded(text: bytes) -> str:
    try:
        return text.decode("utf-8")
    except UnicodeDecodeError:
        return text.decode("cp1252", "replace")


def _text(value: str | int | float | bytes | None) -> str:
    if value is None:
        return ""
    if isinstance(value, bytes):
        return _decoded(value) if b"\0" not in value else ""
    return value if isinstance(value, str) else str(value)


FORMATS = (Format(rank=16, recognize=recognize, read=read),)
