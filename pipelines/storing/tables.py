"""The tables of the SQLite store as their rows are written and read; the schema says the same in SQL."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

Cell = str | int | float | bytes | None
Row = tuple[Cell, ...]


class DamagedRowError(Exception):
    """A row does not fit its checksum or its type; raised and translated inside this package."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table by its columns in the order of its rows; `key` names the columns that a row replaces another by."""

    name: str
    columns: tuple[str, ...]
    key: str
    has_checksum: bool = True

    @property
    def _stored(self) -> tuple[str, ...]:
        return (*self.columns, "checksum") if self.has_checksum else self.columns

    @property
    def select(self) -> str:
        """The beginning of a query that yields rows for `checked`."""
        return f"SELECT {', '.join(self._stored)} FROM {self.name}"  # noqa: S608 - names of this module

    @property
    def insert(self) -> str:
        """The statement that adds a row of `stored`."""
        marks = ", ".join("?" * len(self._stored))
        return f"INSERT INTO {self.name} ({', '.join(self._stored)}) VALUES ({marks})"  # noqa: S608 - as above

    @property
    def replace(self) -> str:
        """The statement that adds a row of `stored` or replaces the one with the same key."""
        changes = ", ".join(f"{name} = excluded.{name}" for name in self._stored if name not in self.key.split(", "))
        return f"{self.insert} ON CONFLICT ({self.key}) DO UPDATE SET {changes}"

    @property
    def insert_new(self) -> str:
        """The statement that adds a row of `stored` unless the store has it already."""
        return f"{self.insert} ON CONFLICT DO NOTHING"

    def stored(self, row: Row) -> Row:
        """Return the row as it is written."""
        return (*row, _checksum(row)) if self.has_checksum else row

    def checked(self, stored: Sequence[Cell]) -> Row:
        """Return a row that was read, without its checksum; a DamagedRowError when it does not fit."""
        if not self.has_checksum:
            return tuple(stored)
        row = tuple(stored[:-1])
        if stored[-1] != _checksum(row):
            raise DamagedRowError(self.name)
        return row


_FINDING = (
    "rows_matched",
    "persons_matched",
    "columns",
    "coverage",
    "chance_matches",
    "confidence",
    "evidence",
    "partial",
)
RUNS = Table(
    "runs", ("id", "case_name", "kind", "started", "finished", "allowed_hosts", "robots_overridden", "sources"), "id"
)
SIGHTINGS = Table(
    "sightings",
    (
        "id",
        "case_name",
        "url",
        "fetch_url",
        "source",
        "first_seen",
        "last_seen",
        "triage",
        "presence",
        *_FINDING,
        "versions",
        "revision",
        "shown",
        "looked_at",
        "absent",
        "events",
        "head",
    ),
    "id",
)
VERSIONS = Table(
    "versions",
    (
        "id",
        "sighting",
        "digest",
        "first_seen",
        "last_seen",
        *_FINDING,
        "media_type",
        "size",
        "status",
        "server_ip",
        "sealed_rows",
        "read_at",
    ),
    "id",
)
EVENTS = Table(
    "events",
    ("sighting", "sequence", "operation", "at", "who", "kind", "detail", "previous", "digest"),
    "sighting, sequence",
    has_checksum=False,
)
VISITS = Table(
    "visits",
    ("run", "sequence", "at", "source", "url", "verdict", "reason", "partial", "digest", "operation", "sighting"),
    "run, sequence",
)


def _checksum(row: Row) -> str:
    return hashlib.blake2b(repr(row).encode("ascii", "backslashreplace"), digest_size=8).hexdigest()
