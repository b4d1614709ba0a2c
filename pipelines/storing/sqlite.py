"""The embedded store: one SQLite file in WAL mode, shared by threads and processes."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from fingerprints.keys import CaseIds
from pipelines.errors import NotFoundError, StoreError, StoreFormatError
from pipelines.items import Event, Inspection, Run, Sighting, Verdict, Version, Visit
from pipelines.storing import rows
from pipelines.storing.base import Filing, SightingQuery, Store
from pipelines.storing.connection import connect, create_file, prepare, translated
from pipelines.storing.filing import Look, Outcome, outcome_of
from pipelines.storing.history import DAMAGED_HISTORY, TABLES, read_history, write_history
from pipelines.storing.queries import select_sightings
from pipelines.storing.tables import EVENTS, RUNS, SIGHTINGS, VERSIONS, VISITS, Cell, Row, Table
from pipelines.storing.terms import terms_of
from pipelines.storing.times import whole_millis

_BUSY_SECONDS = 30.0
_AFTER_EVERY_ID = "\U0010ffff"
# Whose part a row is: the table of its owner, and the place of the owner's id in the row.
_OWNERS = {"versions": ("sightings", 1), "events": ("sightings", 0), "visits": ("runs", 0)}
_OF_CASE = {
    "runs": "case_name = ? ORDER BY id",
    "sightings": "case_name = ? ORDER BY id",
    "versions": "sighting IN (SELECT id FROM sightings WHERE case_name = ?) ORDER BY sighting, first_seen, id",
    "events": "sighting IN (SELECT id FROM sightings WHERE case_name = ?) ORDER BY sighting, sequence",
    "visits": "run IN (SELECT id FROM runs WHERE case_name = ?) ORDER BY run, sequence",
}


class SqliteStore(Store):
    """A store in the file `path`, whose folder must exist; the file is made with mode 0600 when it does not.

    Any thread may call it; a listing reads its own snapshot and keeps no writer waiting. A write that another process
    keeps waiting for longer than `busy_seconds` is a StoreError.
    """

    def __init__(self, path: Path, *, busy_seconds: float = _BUSY_SECONDS) -> None:
        self._path = path
        self._busy_seconds = busy_seconds
        self._lock = threading.Lock()
        create_file(path)
        with translated(path):
            prepare(path, busy_seconds)
            self._db: sqlite3.Connection | None = connect(path, busy_seconds)

    def start_run(self, run: Run) -> None:
        """Record a run that has begun."""
        with self._writing() as db:
            db.execute(RUNS.insert_new, RUNS.stored(rows.run_row(run)))

    def finish_run(self, run: Run) -> None:
        """Record a run as it ended."""
        with self._writing() as db:
            db.execute(RUNS.replace, RUNS.stored(rows.run_row(run)))

    def file(self, run: str, inspection: Inspection, ids: CaseIds, *, operation: str, who: str) -> Filing:
        """File one inspection in one transaction."""
        is_look = inspection.url is not None and inspection.verdict is not Verdict.NOT_INSPECTED
        sighting = ids.sighting(str(inspection.url)) if is_look else None
        version = ids.version(sighting, inspection.digest) if sighting and inspection.digest else ""
        at = whole_millis(inspection.at)
        with self._writing() as db:
            known = db.execute("SELECT sighting FROM visits WHERE operation = ?", (operation,)).fetchone()
            if known is not None:
                return Filing(sighting=known[0])
            case = db.execute("SELECT case_name FROM runs WHERE id = ?", (run,)).fetchone()
            if case is None:
                raise NotFoundError("the run that this inspection belongs to was never started in this store")
            filing = Filing(sighting=None)
            if sighting is not None:
                filing = _file_look(db, Look(inspection, case[0], run, operation, who, sighting, version, at))
            _insert_visit(db, run, inspection, operation, filing.sighting)
            return filing

    def sighting(self, prefix: str) -> Sighting:
        """Return the one sighting whose id starts with `prefix`."""
        row = self._one_by_prefix(SIGHTINGS, "sighting", prefix)
        with translated(self._path):
            return rows.standing_of(row).sighting

    def sightings(self, query: SightingQuery) -> Iterator[Sighting]:
        """Yield sightings from one snapshot of the store, however long that takes."""
        with self._snapshot() as db:
            for stored in db.execute(*select_sightings(db, query)):
                yield rows.standing_of(SIGHTINGS.checked(stored)).sighting

    def versions(self, sighting: str) -> list[Version]:
        """Return a sighting's versions, oldest first."""
        found = self._read(VERSIONS, "sighting = ? ORDER BY first_seen, id", (sighting,))
        with translated(self._path):
            return [rows.reading_of(row).version for row in found]

    def events(self, sighting: str) -> list[Event]:
        """Return a sighting's events as they stand there; `verify_chain` says whether they are whole."""
        found = self._read(EVENTS, "sighting = ? ORDER BY sequence", (sighting,))
        with translated(self._path):
            return [rows.event_of(row) for row in found]

    def run(self, prefix: str) -> Run:
        """Return the one run whose id starts with `prefix`."""
        row = self._one_by_prefix(RUNS, "run", prefix)
        with translated(self._path):
            return rows.run_of(row)

    def runs(self, case: str | None = None, limit: int | None = 50) -> list[Run]:
        """Return runs, newest first."""
        where, parameters = ("1", []) if case is None else ("case_name = ?", [case])
        found = self._read(
            RUNS, f"{where} ORDER BY started DESC, id LIMIT ?", (*parameters, -1 if limit is None else limit)
        )
        with translated(self._path):
            return [rows.run_of(row) for row in found]

    def visits(self, run: str) -> Iterator[Visit]:
        """Yield the visits of a run from one snapshot of the store."""
        with self._snapshot() as db:
            for stored in db.execute(f"{VISITS.select} WHERE run = ? ORDER BY sequence", (run,)):
                yield rows.visit_of(VISITS.checked(stored)).visit

    def export_case(self, case: str) -> bytes:
        """Return everything kept of a case."""

        def found(db: sqlite3.Connection) -> Iterator[tuple[Table, Row]]:
            for table in TABLES:
                for stored in db.execute(f"{table.select} WHERE {_OF_CASE[table.name]}", (case,)):
                    yield table, table.checked(stored)

        with self._snapshot() as db:
            db.execute("BEGIN")
            return write_history(found(db))

    def import_case(self, exported: bytes) -> None:
        """Add an exported case."""
        with self._writing() as db:
            try:
                _insert_history(db, exported)
            except sqlite3.IntegrityError as error:
                raise StoreFormatError(DAMAGED_HISTORY) from error

    def close(self) -> None:
        """Release the file; a listing that is being read keeps its own connection until it ends."""
        with self._lock:
            db, self._db = self._db, None
            if db is not None:
                with translated(self._path):
                    db.close()

    def _opened(self) -> sqlite3.Connection:
        if self._db is None:
            raise StoreError(f"the store {self._path} was closed already")
        return self._db

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._lock, translated(self._path):
            db = self._opened()
            db.execute("BEGIN IMMEDIATE")
            try:
                yield db
                db.execute("COMMIT")
            except BaseException:
                if db.in_transaction:
                    with suppress(sqlite3.Error):
                        db.execute("ROLLBACK")
                raise

    @contextmanager
    def _snapshot(self) -> Iterator[sqlite3.Connection]:
        self._opened()
        with translated(self._path), closing(connect(self._path, self._busy_seconds)) as db:
            yield db

    def _read(self, table: Table, where: str, parameters: tuple[Cell, ...]) -> list[Row]:
        with self._lock, translated(self._path):
            found = self._opened().execute(f"{table.select} WHERE {where}", parameters).fetchall()
            return [table.checked(stored) for stored in found]

    def _one_by_prefix(self, table: Table, what: str, prefix: str) -> Row:
        if not (prefix.isascii() and prefix.replace("-", "").replace("_", "").isalnum()):
            raise NotFoundError(f"this is no id of a {what}: ids are letters and digits")
        prefix = prefix.lower()
        found = self._read(table, "id >= ? AND id < ? LIMIT 2", (prefix, prefix + _AFTER_EVERY_ID))
        if not found:
            raise NotFoundError(f"no {what} has an id that begins with {prefix}")
        if len(found) > 1 and found[0][0] != prefix:
            raise NotFoundError(f"more than one {what} has an id that begins with {prefix}; give more of it")
        return found[0]


def _file_look(db: sqlite3.Connection, look: Look) -> Filing:
    standing = _one(db, SIGHTINGS, look.sighting)
    reading = _one(db, VERSIONS, look.version)
    known = None if standing is None else rows.standing_of(standing)
    outcome = outcome_of(look, known, None if reading is None else rows.reading_of(reading))
    if outcome is None:
        return Filing(sighting=None)
    _write(db, outcome)
    if known is None:
        _insert_terms(db, outcome.standing.sighting)
    return Filing(
        look.sighting, is_new_sighting=known is None, is_new_version=outcome.reading is not None and reading is None
    )


def _one(db: sqlite3.Connection, table: Table, key: str) -> Row | None:
    stored = db.execute(f"{table.select} WHERE id = ?", (key,)).fetchone()
    return None if stored is None else table.checked(stored)


def _write(db: sqlite3.Connection, outcome: Outcome) -> None:
    db.execute(SIGHTINGS.replace, SIGHTINGS.stored(rows.standing_row(outcome.standing)))
    if outcome.reading is not None:
        db.execute(VERSIONS.replace, VERSIONS.stored(rows.reading_row(outcome.reading)))
    if outcome.event is not None:
        db.execute(EVENTS.insert, EVENTS.stored(rows.event_row(outcome.event)))


def _insert_terms(db: sqlite3.Connection, sighting: Sighting) -> None:
    db.executemany(
        "INSERT INTO terms (term, sighting) VALUES (?, ?) ON CONFLICT DO NOTHING",
        ((term, sighting.id) for term in terms_of(sighting.url, sighting.source)),
    )


def _insert_history(db: sqlite3.Connection, exported: bytes) -> None:
    # A run or sighting that is here already is left out with all that belongs to it: two chains never mix.
    here: set[tuple[str, Cell]] = set()
    for table, row in read_history(exported):
        owner = _OWNERS.get(table.name)
        if owner is not None and (owner[0], row[owner[1]]) in here:
            continue
        added = db.execute(table.insert_new, table.stored(row)).rowcount
        if added and table is SIGHTINGS:
            _insert_terms(db, rows.standing_of(row).sighting)
        elif not added and owner is None:
            here.add((table.name, row[0]))


def _insert_visit(
    db: sqlite3.Connection, run: str, inspection: Inspection, operation: str, sighting: str | None
) -> None:
    count = db.execute("SELECT coalesce(max(sequence), 0) FROM visits WHERE run = ?", (run,)).fetchone()
    visit = Visit(
        run=run,
        sequence=count[0] + 1,
        at=inspection.at,
        source=inspection.source,
        url=inspection.url,
        verdict=inspection.verdict,
        reason=inspection.reason,
        partial=inspection.partial,
        digest=inspection.digest,
    )
    db.execute(VISITS.insert, VISITS.stored(rows.visit_row(rows.FiledVisit(visit, operation, sighting))))
