"""tracker case, search, show, run and doctor: export and import, and sentences for what is wrong."""

from pathlib import Path

from tests.cli import Tracker, refused, write_csv
from tests.conftest import Spring
from tests.people import HEADER

PASSPHRASE = {"TRACKER_PASSPHRASE": "correct horse battery"}


def _with_sighting(spring: Spring) -> str:
    path = write_csv(spring.tracker.work / "mail.csv", HEADER, spring.leaked[:30])
    spring.tracker.ok("scan", path, "--url", "https://forum.example/t/9", code=1)
    (found,) = spring.tracker.ok("search", "--format", "json").lines
    return str(found["id"])


def test_an_exported_case_lives_on_elsewhere(spring: Spring, tmp_path: Path) -> None:
    sighting = _with_sighting(spring)
    target = tmp_path / "spring.export"
    spring.tracker.ok("source", "add", "a", "--url", "https://a.example/", "--family", "autoindex")
    spring.tracker.ok("case", "export", "-o", target, **PASSPHRASE)
    assert target.read_bytes().startswith(b"age-encryption.org/v1")
    assert target.stat().st_mode & 0o777 == 0o600
    other = Tracker(tmp_path / "other")
    other.ok("case", "import", target, **PASSPHRASE)
    (story,) = other.ok("show", sighting[:10], "--json", "--reveal-rows").lines
    assert story["versions"][0]["matched_rows"] == list(range(30))
    assert other.ok("search", "--format", "json").out == spring.tracker.ok("search", "--format", "json").out
    assert other.ok("source", "list", "--format", "json").lines[0]["url"] == "https://a.example/"
    page = write_csv(other.work / "page.csv", HEADER, spring.leaked[3:5])
    assert other.ok("scan", page, "--format", "json", "--reveal-rows", code=1).lines[0]["matched_rows"] == [3, 4]
    refused(other.run("case", "import", target, **PASSPHRASE), 2, "exists already")


def test_a_crawl_host_finds_and_cannot_open(spring: Spring, tmp_path: Path) -> None:
    _with_sighting(spring)
    target = tmp_path / "crawl.export"
    spring.tracker.ok("case", "export", "--for-crawl", "-o", target, **PASSPHRASE)
    host = Tracker(tmp_path / "host")
    host.ok("case", "import", target, **PASSPHRASE)
    assert [file.name for file in host.keys.iterdir()] == ["spring.match"]
    assert host.ok("search", "--format", "json").out == ""
    page = write_csv(host.work / "page.csv", HEADER, spring.leaked[3:5])
    host.ok("scan", page, "--url", "https://b.example/", code=1)
    (found,) = host.ok("search", "--format", "json").lines
    refused(host.run("show", found["id"], "--reveal-rows"), 2, "owner identity")
    assert host.run("doctor").code == 0


def test_export_and_import_refuse_with_one_sentence(spring: Spring, tmp_path: Path) -> None:
    run = spring.tracker.run
    target = tmp_path / "x.export"
    refused(run("case", "export", "-o", target), 2, "TRACKER_PASSPHRASE")
    refused(run("case", "export", "-o", target, TRACKER_PASSPHRASE="short"), 2, "12 characters")
    assert not target.exists()
    spring.tracker.ok("case", "export", "-o", target, **PASSPHRASE)
    refused(run("case", "export", "-o", target, **PASSPHRASE), 2, "exists already")
    other = Tracker(tmp_path / "other")
    refused(other.run("case", "import", target, TRACKER_PASSPHRASE="wrong horse battery"), 2, "passphrase is wrong")
    target.write_bytes(target.read_bytes()[:-50])
    refused(other.run("case", "import", target, **PASSPHRASE), 2, str(target))
    refused(other.run("case", "import", tmp_path / "none", **PASSPHRASE), 2, "none")
    assert not (other.home / "cases").exists()
    assert not other.keys.exists()


def test_listing_and_showing_cases(spring: Spring, tracker: Tracker) -> None:
    assert spring.tracker.ok("case", "list", "--format", "json").lines[0]["name"] == "spring"
    assert "300" in spring.tracker.ok("case", "show").out
    assert "no case yet" in tracker.ok("case", "list").err
    refused(tracker.run("case", "show"), 2, "tracker fingerprint")
    refused(tracker.run("search", "--case", "spring"), 2, "spring")


def test_search_filters_and_refuses_what_it_does_not_know(spring: Spring) -> None:
    _with_sighting(spring)
    search = spring.tracker.ok
    for found in (
        ["forum"], ["FORUM example"], ["--domain", "forum.example"], ["--domain", "example"], ["--min-rows", "30"],
        ["--status", "new"], ["--column", "birth_date"], ["--column", "dob"], ["--since", "1d"],
        ["--source", "scan"], ["--min-confidence", "0.99"],
    ):  # fmt: skip
        assert len(search("search", *found, "--format", "json").lines) == 1, found
    for missed in (
        ["forums"], ["forum elsewhere"], ["--domain", "um.example"], ["--min-rows", "31"], ["--status", "removed"],
        ["--column", "phone"], ["--since", "2100-01-01"], ["--source", "paste"], ["* OR 1=1 --"],
    ):  # fmt: skip
        assert search("search", *missed, "--format", "json").out == "", missed
    run = spring.tracker.run
    refused(run("search", "--status", "lost"), 2, "--status", "removed")
    refused(run("search", "--sort", "size"), 2, "--sort", "coverage")
    refused(run("search", "--since", "lately"), 2, "--since")
    refused(run("search", "--column", "shoe"), 2, "birth_date")
    csv_out = search("search", "--format", "csv").out.splitlines()
    assert csv_out[0].startswith("id,")
    assert "https://forum.example/t/9" in csv_out[1]


def test_ids_may_be_shortened_and_unknown_ones_are_told(spring: Spring) -> None:
    sighting = _with_sighting(spring)
    assert sighting in spring.tracker.ok("show", sighting[:4]).out
    refused(spring.tracker.run("show", "zzzz1"), 2, "zzzz1")
    refused(spring.tracker.run("run", "show", "zzzz1"), 2, "zzzz1")


def test_the_doctor_names_what_is_wrong(spring: Spring) -> None:
    tracker = spring.tracker
    assert tracker.ok("doctor").code == 0
    (tracker.keys / "notes.txt").write_text("x")
    (tracker.keys / "spring.match").chmod(0o644)
    told = tracker.ok("doctor", "--format", "json").out
    assert "notes.txt" in told
    assert "chmod 600" in told
    assert (
        "below each other"
        in tracker.ok("doctor", "--format", "json", TRACKER_KEYS=str(tracker.home / "keys"), code=2).out
    )
    sealed = tracker.home / "cases/spring/fingerprints.sealed"
    sealed.write_bytes(sealed.read_bytes()[:-1])
    assert str(sealed) in tracker.ok("doctor", "--format", "json", code=2).out


def test_a_broken_store_is_one_sentence_and_code_4(spring: Spring) -> None:
    _with_sighting(spring)
    store = spring.tracker.home / "store.sqlite"
    for file in spring.tracker.home.glob("store.sqlite-*"):
        file.unlink()
    store.write_bytes(b"this is no database, " * 500)
    refused(spring.tracker.run("search"), 4, str(store))
    refused(spring.tracker.run("crawl"), 2, "source add")
    page = write_csv(spring.tracker.work / "page.csv", HEADER, spring.leaked[3:5])
    refused(spring.tracker.run("scan", page), 4, str(store))
    assert str(store) in spring.tracker.ok("doctor", "--format", "json", code=2).out


def test_nothing_is_written_outside_the_two_folders(spring: Spring) -> None:
    tracker = spring.tracker
    _with_sighting(spring)
    tracker.ok("search")
    tracker.ok("case", "list")
    tracker.ok("doctor")
    assert not (tracker.folder / "user").exists()
    assert not (tracker.folder / "tmp").exists()
    assert [path.name for path in tracker.work.iterdir()] == ["mail.csv"]
    assert {path.name for path in tracker.home.iterdir()} <= {
        "cases", "store.sqlite", "store.sqlite-wal", "store.sqlite-shm", "cache",
    }  # fmt: skip


def test_the_folders_are_for_the_owner_alone(spring: Spring, tmp_path: Path) -> None:
    tracker = Tracker(tmp_path / "new")
    page = write_csv(tracker.work / "leak.csv", HEADER, spring.leaked)
    tracker.ok("fingerprint", page, "--case", "a", "--yes")
    folders = [tracker.home, tracker.home / "cases", tracker.home / "cases/a", tracker.keys]
    assert [folder.stat().st_mode & 0o777 for folder in folders] == [0o700] * 4
