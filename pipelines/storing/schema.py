"""The numbered schema of the SQLite store; a released step is never edited, the next one is added below it."""

import sqlite3
from pathlib import Path

from pipelines.errors import StoreFormatError

# "RPTK": tells our files from every other SQLite file.
APPLICATION_ID = 0x5250544B

# `checksum` covers its row: SQLite does not notice a flipped bit inside a value.
_FINDING = """
    rows_matched INTEGER NOT NULL, persons_matched INTEGER NOT NULL, columns TEXT NOT NULL, coverage REAL NOT NULL,
    chance_matches REAL NOT NULL, confidence REAL NOT NULL, evidence TEXT, partial INTEGER NOT NULL"""

_MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        """CREATE TABLE runs (
    id TEXT PRIMARY KEY, case_name TEXT NOT NULL, kind TEXT NOT NULL, started INTEGER NOT NULL, finished INTEGER,
    allowed_hosts TEXT NOT NULL, robots_overridden INTEGER NOT NULL, sources TEXT NOT NULL, checksum TEXT NOT NULL
) STRICT""",
        f"""CREATE TABLE sightings (
    id TEXT PRIMARY KEY, case_name TEXT NOT NULL, url TEXT NOT NULL, fetch_url TEXT, source TEXT NOT NULL,
    first_seen INTEGER NOT NULL, last_seen INTEGER NOT NULL, triage TEXT NOT NULL, presence TEXT NOT NULL,{_FINDING},
    versions INTEGER NOT NULL, revision INTEGER NOT NULL, shown TEXT NOT NULL, looked_at INTEGER NOT NULL, absent TEXT,
    events INTEGER NOT NULL, head TEXT NOT NULL, checksum TEXT NOT NULL
) STRICT, WITHOUT ROWID""",
        "CREATE INDEX sightings_by_last_seen ON sightings (last_seen DESC, id)",
        "CREATE INDEX sightings_by_rows ON sightings (rows_matched DESC, id)",
        "CREATE INDEX sightings_by_coverage ON sightings (coverage DESC, id)",
        "CREATE INDEX sightings_by_confidence ON sightings (confidence DESC, id)",
        """CREATE TABLE terms (
    term TEXT NOT NULL, sighting TEXT NOT NULL REFERENCES sightings (id), PRIMARY KEY (term, sighting)
) STRICT, WITHOUT ROWID""",
        f"""CREATE TABLE versions (
    id TEXT PRIMARY KEY, sighting TEXT NOT NULL REFERENCES sightings (id), digest TEXT NOT NULL,
    first_seen INTEGER NOT NULL, last_seen INTEGER NOT NULL,{_FINDING}, media_type TEXT, size INTEGER NOT NULL,
    status INTEGER, server_ip TEXT, sealed_rows BLOB, read_at INTEGER NOT NULL, checksum TEXT NOT NULL
) STRICT""",
        "CREATE INDEX versions_by_sighting ON versions (sighting, first_seen, id)",
        """CREATE TABLE events (
    sighting TEXT NOT NULL REFERENCES sightings (id), sequence INTEGER NOT NULL, operation TEXT NOT NULL,
    at INTEGER NOT NULL, who TEXT NOT NULL, kind TEXT NOT NULL, detail TEXT NOT NULL, previous TEXT NOT NULL,
    digest TEXT NOT NULL, PRIMARY KEY (sighting, sequence), UNIQUE (sighting, operation)
) STRICT""",
        """CREATE TABLE visits (
    run TEXT NOT NULL REFERENCES runs (id), sequence INTEGER NOT NULL, at INTEGER NOT NULL, source TEXT NOT NULL,
    url TEXT, verdict TEXT NOT NULL, reason TEXT, partial INTEGER NOT NULL, digest TEXT,
    operation TEXT NOT NULL UNIQUE, sighting TEXT REFERENCES sightings (id), checksum TEXT NOT NULL,
    PRIMARY KEY (run, sequence)
) STRICT""",
    ),
)
SCHEMA_VERSION = len(_MIGRATIONS)


def check_format(db: sqlite3.Connection, path: Path) -> int:
    """Return the schema version of an opened file (0 for an empty one), or say why this program must not touch it."""
    application, version = _pragma(db, "application_id"), _pragma(db, "user_version")
    is_empty = db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0
    if application == 0 and version == 0 and is_empty:
        return 0
    if application != APPLICATION_ID:
        raise StoreFormatError(f"{path} is a database of another program; name another file for the store")
    if version > SCHEMA_VERSION:
        raise StoreFormatError(
            f"{path} was written by a newer version of this program (schema {version}, known is {SCHEMA_VERSION}); "
            "update the program"
        )
    return version


def migrate(db: sqlite3.Connection, path: Path) -> None:
    """Bring an opened file to the newest schema, wholly or not at all."""
    if check_format(db, path) == SCHEMA_VERSION:
        return
    db.execute("BEGIN IMMEDIATE")
    try:
        # Asked again under the lock: another process may have been quicker.
        for statements in _MIGRATIONS[check_format(db, path) :]:
            for statement in statements:
                db.execute(statement)
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        db.execute("COMMIT")
    finally:
        if db.in_transaction:
            db.execute("ROLLBACK")


def _pragma(db: sqlite3.Connection, name: str) -> int:
    return int(db.execute(f"PRAGMA {name}").fetchone()[0])
