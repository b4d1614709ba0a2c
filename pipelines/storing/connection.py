"""Opens the SQLite file of a store and turns every failure of the driver into one sentence."""

import errno
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from pipelines.errors import StoreError, StoreFormatError, StoreFullError
from pipelines.storing.schema import migrate
from pipelines.storing.tables import DamagedRowError

_FULL_ERRNOS = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_FULL = frozenset({"SQLITE_FULL", "SQLITE_IOERR_WRITE", "SQLITE_IOERR_SHMSIZE"})
_LOCKED = ("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_PROTOCOL")
_UNREACHABLE = ("SQLITE_CANTOPEN", "SQLITE_READONLY", "SQLITE_PERM", "SQLITE_AUTH")
_WAIT_BETWEEN_TRIES = 0.02


def create_file(path: Path) -> None:
    """Create an empty file that only its owner can read; an existing file and a missing folder are left to be met.

    A file that exists is never opened here: closing it would drop the locks that SQLite holds on it in this process.
    """
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
    except FileExistsError:
        return
    except OSError as error:
        if error.errno in _FULL_ERRNOS:
            raise StoreFullError(f"no room is left on the disk to create {path}; free some space") from error
        if isinstance(error, FileNotFoundError):
            raise StoreError(f"the folder of {path} does not exist; create it first") from error
        raise StoreError(f"{path} cannot be created ({error.strerror}); check the rights on its folder") from error
    except ValueError as error:
        raise StoreError("the name of the store's file cannot hold a NUL character") from error


def connect(path: Path, busy_seconds: float) -> sqlite3.Connection:
    """Open an existing file for any thread, one at a time; transactions are begun and ended by the caller."""
    db = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=rw",
        uri=True,
        timeout=busy_seconds,
        isolation_level=None,
        check_same_thread=False,
    )
    try:
        # Sorting must not spill rows into the folder for temporary files.
        db.execute("PRAGMA temp_store = MEMORY")
        db.execute("PRAGMA trusted_schema = OFF")
        db.execute("PRAGMA cell_size_check = ON")
        db.execute("PRAGMA foreign_keys = ON")
        db.execute("PRAGMA synchronous = FULL")
    except BaseException:
        db.close()
        raise
    return db


def prepare(path: Path, busy_seconds: float) -> None:
    """Bring an existing file to the newest schema in WAL mode, unless it is not ours to touch."""
    with closing(connect(path, busy_seconds)) as db:
        migrate(db, path)
        deadline = time.monotonic() + busy_seconds
        while not _is_in_wal_mode(db, deadline):
            time.sleep(_WAIT_BETWEEN_TRIES)


def _is_in_wal_mode(db: sqlite3.Connection, deadline: float) -> bool:
    try:
        db.execute("PRAGMA journal_mode = WAL")
    except sqlite3.OperationalError as error:
        # This one statement does not wait for its lock by itself.
        if _name(error).startswith(_LOCKED) and time.monotonic() < deadline:
            return False
        raise
    return True


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Raise whatever the driver raises inside as a StoreError that says what to do."""
    try:
        yield
    except (sqlite3.Error, sqlite3.Warning, UnicodeDecodeError, DamagedRowError) as error:
        raise _translate(error, path) from error


def _name(error: Exception) -> str:
    # Missing where Python itself fails to read a value, which only damage explains.
    return str(getattr(error, "sqlite_errorname", "SQLITE_CORRUPT"))


def _translate(error: Exception, path: Path) -> StoreError:
    name = _name(error)
    if name in _FULL:
        return StoreFullError(
            f"the disk takes no more bytes for {path} (it is full, over its quota or failing); "
            "free some space and repeat, everything filed before is safe"
        )
    if name.startswith(_LOCKED):
        return StoreError(f"{path} is locked by another process; wait until it has finished, and repeat")
    if name.startswith(_UNREACHABLE):
        return StoreError(f"{path} cannot be opened or written; check the rights on the file and on its folder")
    if name.startswith("SQLITE_IOERR"):
        return StoreError(f"the disk fails on {path} ({name}); check the disk")
    if name == "SQLITE_NOTADB":
        return StoreFormatError(f"{path} is no SQLite database or its beginning is damaged; restore it from a backup")
    return StoreFormatError(f"{path} is damaged ({name}); restore it from a backup")
