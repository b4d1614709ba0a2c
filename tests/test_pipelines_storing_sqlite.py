"""SQLite passes the contract of every store, and its file survives what happens to files."""

import os
import random
import resource
import shutil
import sqlite3
import stat
import subprocess
import sys
import tempfile
from contextlib import closing, suppress
from pathlib import Path

import pytest

# The contract's asserts stand in modules that pytest does not collect.
pytest.register_assert_rewrite(
    "store_samples", "store_contract_filing", "store_contract_search", "store_contract_processes"
)

from store_contract import StoreContract  # noqa: E402 - after the line above, or its asserts say nothing
from store_samples import (  # noqa: E402
    ALL,
    IDS,
    KEY_TEXT,
    RUN,
    SPAWN,
    as_nobody,
    check_whole,
    file,
    match,
    no_match,
    not_inspected,
    picture,
)

from fingerprints.keys import CaseIds, MatchKey  # noqa: E402
from pipelines.errors import NotFoundError, StoreError, StoreFormatError, StoreFullError  # noqa: E402
from pipelines.items import Finding, PartInspection, Reason, Verdict  # noqa: E402
from pipelines.storing.base import SightingQuery  # noqa: E402
from pipelines.storing.sqlite import SqliteStore  # noqa: E402
from pipelines.storing.tables import EVENTS, RUNS, SIGHTINGS, VERSIONS, VISITS  # noqa: E402


def open_store(place):
    return SqliteStore(Path(place))


class TestSqliteStore(StoreContract):
    open_store = staticmethod(open_store)

    @pytest.fixture
    def new_place(self, tmp_path):
        names = iter(range(1_000_000))
        return lambda: str(tmp_path / f"{next(names)}.sqlite")


@pytest.fixture
def path(tmp_path):
    return tmp_path / "store.sqlite"


def fill(path):
    with SqliteStore(path) as store:
        store.start_run(RUN)
        for number in range(8):
            url = f"https://paste{number % 3}.example/{number}"
            file(store, match(f"one {number}", url=url, rows=number + 1), f"one {number}")
            file(store, match(f"two {number}", url=url, minutes=1), f"two {number}")
            file(store, no_match(url=url, minutes=2), f"none {number}")
            file(store, not_inspected(Reason.TIMEOUT, url=url, minutes=3), f"timeout {number}")
        return picture(store)


# ---------------------------------------------------------------- the file


def test_only_the_owner_can_read_the_files_whatever_the_umask_says(path):
    before = os.umask(0)
    try:
        with SqliteStore(path) as store:
            store.start_run(RUN)
            modes = {entry.name: stat.S_IMODE(entry.stat().st_mode) for entry in path.parent.iterdir()}
    finally:
        os.umask(before)
    assert modes == dict.fromkeys(["store.sqlite", "store.sqlite-shm", "store.sqlite-wal"], 0o600)


@pytest.mark.parametrize("name", ["a b", "ü?mode=memory&x#y%41", "quote'\"", os.fsdecode(b"\xff")])
def test_any_file_name_is_that_file(tmp_path, name):
    before = fill(tmp_path / name)
    assert os.listdir(tmp_path) == [name]  # noqa: PTH208 - the bare names
    with SqliteStore(tmp_path / name) as store:
        assert picture(store) == before


def test_what_cannot_be_a_store_is_one_sentence(tmp_path):
    with pytest.raises(StoreError, match=r"folder .* does not exist"):
        SqliteStore(tmp_path / "missing" / "store.sqlite")
    with pytest.raises(StoreError, match="cannot be opened"):
        SqliteStore(tmp_path)
    with pytest.raises(StoreError, match="NUL"):
        SqliteStore(tmp_path / "a\0b")
    with pytest.raises(StoreError, match="cannot be created"):
        SqliteStore(tmp_path / ("n" * 300))
    assert list(tmp_path.iterdir()) == []


def test_an_empty_file_becomes_a_store(path):
    path.touch()
    assert len(fill(path)["sightings"]) == 8


def test_the_tables_are_those_of_the_schema_and_hold_one_sealed_column(path):
    fill(path)
    with closing(sqlite3.connect(path)) as db:
        for table in (RUNS, SIGHTINGS, VERSIONS, EVENTS, VISITS):
            names = [row[1] for row in db.execute(f"PRAGMA table_info({table.name})")]
            assert names == [*table.columns, "checksum"][: len(names)]
            assert len(names) == len(table.columns) + table.has_checksum
        tables = [row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        columns = [(name, row[1], row[2]) for name in tables for row in db.execute(f"PRAGMA table_info({name})")]
        assert [(name, column) for name, column, kind in columns if kind == "BLOB"] == [("versions", "sealed_rows")]
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_names_of_members_and_row_numbers_are_not_kept(path):
    part = PartInspection(("Zaphod Beeblebrox.csv",), Verdict.MATCH, None, False, Finding(1), "d", (271828,))
    with SqliteStore(path) as store:
        store.start_run(RUN)
        file(store, match(parts=(part,), is_container=True), "1")
        kept = b"".join(entry.read_bytes() for entry in path.parent.iterdir())
    assert b"paste.example" in kept
    assert b"Beeblebrox" not in kept
    assert b"271828" not in kept


def test_closing_one_store_leaves_another_one_at_the_same_file_its_locks(path):
    with SqliteStore(path) as one:
        one.start_run(RUN)
        for number in range(3):
            with SqliteStore(path) as two:
                file(two, match(f"two {number}", url=f"https://two.example/{number}"), f"two {number}")
            child = SPAWN.Process(target=fill_one, args=(str(path), number))
            child.start()
            child.join()
            assert child.exitcode == 0
            file(one, match(f"one {number}", url=f"https://one.example/{number}"), f"one {number}")
        assert len(picture(one)["sightings"]) == 9


def fill_one(place, number):
    with SqliteStore(Path(place)) as store:
        file(store, match(url=f"https://child.example/{number}"), f"child {number}")


# ---------------------------------------------------------------- files that are not ours, or no longer whole


def test_a_database_of_another_program_is_refused_and_left_alone(path):
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE bookmarks (url TEXT)")
    before = path.read_bytes()
    with pytest.raises(StoreFormatError, match="another program"):
        SqliteStore(path)
    assert path.read_bytes() == before
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]


def test_a_newer_schema_is_refused_and_left_alone(path):
    fill(path)
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA user_version = 99")
    before = path.read_bytes()
    with pytest.raises(StoreFormatError, match=r"newer version .*schema 99.* update"):
        SqliteStore(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("content", [b"\0" * 5000, b"no database at all, but a long text\n" * 99, b"SQLite format 3\0"])
def test_what_is_no_database_is_refused_and_left_alone(path, content):
    path.write_bytes(content)
    with pytest.raises(StoreFormatError, match="no SQLite database"):
        SqliteStore(path)
    assert path.read_bytes() == content


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_cut_file_is_refused_or_says_only_what_is_true(path, share):
    truth = fill(path)
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    assert not _use_damaged(path, truth)


def test_a_flipped_bit_is_noticed_or_changes_no_answer(path):
    truth = fill(path)
    content = path.read_bytes()
    chooser = random.Random(5)
    places = [*range(100), *(chooser.randrange(100, len(content)) for _ in range(250))]
    noticed = 0
    for place in places:
        damaged = bytearray(content)
        damaged[place] ^= 1 << chooser.randrange(8)
        for leftover in path.parent.iterdir():
            leftover.unlink()
        path.write_bytes(damaged)
        noticed += not _use_damaged(path, truth)
    assert noticed > 20


def _use_damaged(path, truth):
    """Use a damaged store in every way; False when it said so, and any answer that it gives must be true."""
    try:
        with SqliteStore(path, busy_seconds=0.2) as store:
            for found in [*store.sightings(ALL), *store.sightings(SightingQuery(text="paste1"))]:
                assert found in truth["sightings"]
            for sighting, versions in truth["versions"].items():
                assert set(store.versions(sighting)) <= set(versions)
                store.events(sighting)
            for run in store.runs():
                assert run in truth["runs"]
                assert all(visit in truth["visits"][run.id] for visit in store.visits(run.id))
            _file_more(store)
    except StoreError:
        return False
    return True


def _file_more(store):
    try:
        file(store, match("new", url="https://new.example/"), "new")
        file(store, no_match(url="https://paste1.example/1", minutes=9), "none again")
    except NotFoundError as error:
        raise StoreFormatError(str(store._path)) from error


# ---------------------------------------------------------------- failures while it is used


def test_a_failure_in_the_middle_of_a_filing_undoes_all_of_it(path):
    with SqliteStore(path) as store:
        store.start_run(RUN)
        file(store, match(), "1")
        before = picture(store)
        with closing(sqlite3.connect(path)) as db:
            db.execute("CREATE TRIGGER stop BEFORE INSERT ON visits BEGIN SELECT RAISE(ABORT, 'stop'); END")
        with pytest.raises(StoreError):
            file(store, match("two", minutes=1), "2")
        assert picture(store) == before
        with closing(sqlite3.connect(path)) as db:
            db.execute("DROP TRIGGER stop")
        assert file(store, match("two", minutes=1), "2").is_new_version


def test_a_store_that_is_locked_for_too_long_says_so_and_goes_on_afterwards(path):
    with SqliteStore(path, busy_seconds=0.1) as store, closing(sqlite3.connect(path, isolation_level=None)) as other:
        store.start_run(RUN)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="locked by another process"):
            file(store, match(), "1")
        assert list(store.sightings(ALL)) == []
        other.execute("ROLLBACK")
        assert file(store, match(), "1").is_new_sighting


def test_without_the_rights_it_says_so_and_with_them_it_works(path):
    # As root no file mode stops anything, and nobody may not enter pytest's folders.
    folder = Path(tempfile.mkdtemp())
    try:
        folder.chmod(0o777)
        assert _said_by_nobody(use, folder) == "filed"
        for entry in folder.iterdir():
            entry.chmod(0o444)
        assert _said_by_nobody(use, folder).startswith("StoreError: ")
        folder.chmod(0o555)
        assert _said_by_nobody(use, folder).startswith("StoreError: ")
        for entry in folder.iterdir():
            entry.chmod(0o666) if entry.suffix == ".sqlite" else entry.unlink()
        assert _said_by_nobody(use, folder).startswith("StoreError: ")
        for entry in folder.iterdir():
            entry.unlink()
        assert "cannot be created" in _said_by_nobody(use, folder)
        folder.chmod(0o000)
        assert _said_by_nobody(use, folder).startswith("StoreError: ")
    finally:
        folder.chmod(0o700)
        shutil.rmtree(folder)


def _said_by_nobody(action, folder):
    receiver, sender = SPAWN.Pipe(duplex=False)
    child = SPAWN.Process(target=as_nobody, args=(action, str(folder), sender))
    child.start()
    child.join()
    assert child.exitcode == 0
    return receiver.recv()


def use(folder):
    try:
        with SqliteStore(Path(folder) / "store.sqlite") as store:
            store.start_run(RUN)
            file(store, match(), "1")
    except StoreError as error:
        return f"{type(error).__name__}: {error}"
    return "filed"


def test_files_that_may_not_grow_stop_the_filing_and_lose_nothing(path):
    receiver, sender = SPAWN.Pipe(duplex=False)
    child = SPAWN.Process(target=file_under_a_limit, args=(str(path), KEY_TEXT, sender))
    child.start()
    child.join()
    assert child.exitcode == 0
    filed = receiver.recv()
    assert filed > 10
    with SqliteStore(path) as store:
        check_whole(store)
        assert len(list(store.visits(RUN.id))) == filed


def file_under_a_limit(place, key, said):
    ids = CaseIds("spring", MatchKey.from_text(key))
    with SqliteStore(Path(place)) as store:
        store.start_run(RUN)
        _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (2_000_000, hard))
        filed = _file_until_full(store, ids)
        assert len(list(store.visits(RUN.id))) == filed
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
        file(store, match(f"body {filed}", url=f"https://full.example/{filed}", ids=ids), f"{filed}", ids=ids)
    said.send(filed + 1)


def test_a_full_disk_stops_the_filing_and_loses_nothing(tmp_path):
    mount = 'mount -t tmpfs -o size=3m tmpfs "$1" && shift && exec "$@"'
    inside = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", mount, "sh", str(tmp_path)]
    if (
        shutil.which("unshare") is None
        or subprocess.run([*inside, "true"], check=False, capture_output=True).returncode
    ):
        pytest.skip("a small disk needs unshare and user namespaces; only the limit on file sizes was tried")
    code = f"import {__name__} as tests; tests.file_on_a_small_disk({str(tmp_path)!r})"
    done = subprocess.run(
        [*inside, sys.executable, "-c", code],
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert (done.returncode, done.stderr) == (0, "")


def file_on_a_small_disk(folder):
    path = Path(folder) / "store.sqlite"
    ballast = Path(folder) / "ballast"
    ballast.write_bytes(b"x" * 1_000_000)
    with SqliteStore(path) as store:
        store.start_run(RUN)
        filed = _file_until_full(store, IDS)
        assert len(list(store.visits(RUN.id))) == filed > 10
    with ballast.open("ab", buffering=0) as more, suppress(OSError):
        while True:
            more.write(b"x" * 4096)
    with pytest.raises(StoreFullError, match="free some space"):
        SqliteStore(path.with_name("new.sqlite"))
    with SqliteStore(path) as store:
        # What is there can still be read.
        assert len(list(store.visits(RUN.id))) == filed
        assert _file_until_full(store, IDS) == filed
    ballast.unlink()
    with SqliteStore(path) as store:
        check_whole(store)
        assert len(list(store.visits(RUN.id))) == filed
        file(store, match(f"body {filed}", url=f"https://full.example/{filed}"), f"{filed}")


def _file_until_full(store, ids):
    for number in range(100_000):
        seen = match(f"body {number}", url=f"https://full.example/{number}", ids=ids)
        try:
            file(store, seen, f"{number}", ids=ids)
        except StoreFullError:
            return number
    raise AssertionError("the disk never filled")
