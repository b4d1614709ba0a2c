"""Every failure of the SQLite driver becomes one of our errors, and names the file."""

import sqlite3
from pathlib import Path

import pytest

from pipelines.errors import StoreError, StoreFormatError, StoreFullError
from pipelines.storing.connection import translated
from pipelines.storing.tables import DamagedRowError

PATH = Path("case/store.sqlite")
CODES = sorted(name for name in dir(sqlite3) if name.startswith("SQLITE_") and isinstance(getattr(sqlite3, name), int))


def failing(error):
    with pytest.raises(StoreError) as caught, translated(PATH):
        raise error
    assert str(PATH) in str(caught.value)
    assert "quoted" not in str(caught.value)
    assert caught.value.__cause__ is error
    return type(caught.value)


@pytest.mark.parametrize("code", CODES)
def test_no_code_of_the_driver_is_left(code):
    error = sqlite3.OperationalError("quoted")
    error.sqlite_errorname = code
    assert issubclass(failing(error), StoreError)


@pytest.mark.parametrize(
    ("code", "ours"),
    [
        ("SQLITE_FULL", StoreFullError),
        ("SQLITE_IOERR_WRITE", StoreFullError),
        ("SQLITE_IOERR_SHMSIZE", StoreFullError),
        ("SQLITE_IOERR_READ", StoreError),
        ("SQLITE_BUSY", StoreError),
        ("SQLITE_BUSY_RECOVERY", StoreError),
        ("SQLITE_CANTOPEN", StoreError),
        ("SQLITE_READONLY_DBMOVED", StoreError),
        ("SQLITE_CORRUPT", StoreFormatError),
        ("SQLITE_CORRUPT_INDEX", StoreFormatError),
        ("SQLITE_NOTADB", StoreFormatError),
        ("SQLITE_ERROR", StoreFormatError),
        ("SQLITE_CONSTRAINT_UNIQUE", StoreFormatError),
    ],
)
def test_the_code_decides_what_it_is(code, ours):
    error = sqlite3.DatabaseError("quoted")
    error.sqlite_errorname = code
    assert failing(error) is ours


@pytest.mark.parametrize(
    "error",
    [
        sqlite3.OperationalError("quoted"),
        sqlite3.InterfaceError("quoted"),
        sqlite3.DataError("quoted"),
        sqlite3.Warning("quoted"),
        UnicodeDecodeError("utf-8", b"quoted", 0, 1, "quoted"),
        DamagedRowError("quoted"),
    ],
)
def test_what_the_driver_raises_without_a_code_is_damage(error):
    assert failing(error) is StoreFormatError


def test_our_own_errors_pass():
    with pytest.raises(ValueError, match="ours"), translated(PATH):
        raise ValueError("ours")
