"""tracker crawl, check and source on real servers: found, filed, once; and nothing lost to kill -9."""

import random
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cli import Tracker, refused, write_csv
from tests.conftest import Spring
from tests.lab.faults import fault_server
from tests.lab.servers import PasteSite, Server, bepasty, nginx
from tests.people import HEADER

pytestmark = pytest.mark.server
KILLS = 12


@dataclass(frozen=True)
class Web:
    """A paste site and an open directory with three copies among harmless documents."""

    paste: PasteSite
    mirror: Server
    copies: dict[str, list[int]]

    def add_to(self, tracker: Tracker) -> None:
        tracker.ok("source", "add", "paste", "--profile", "bepasty", "--url", self.paste.url, "--delay", "0")
        tracker.ok("source", "add", "mirror", "--family", "autoindex", "--url", self.mirror.url, "--delay", "0")


@pytest.fixture(scope="module")
def web(_spring: Spring, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Web]:
    root = tmp_path_factory.mktemp("mirror")
    root.chmod(0o755)
    (root / "dumps").mkdir()
    leaked, strangers = _spring.leaked, _spring.strangers
    chosen = random.Random(3).sample(range(300), 120)
    write_csv(root / "dumps" / "people.csv", HEADER[1:], [leaked[n][1:] for n in chosen])
    write_csv(root / "harmless.csv", HEADER, strangers[:200])
    (root / "readme.txt").write_text("monthly statistics\n")
    (root / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0" + bytes(500))
    with zipfile.ZipFile(root / "dumps" / "all.zip", "w") as archive:
        archive.writestr("a.tsv", "\n".join("\t".join(row) for row in leaked[200:230]))
        archive.writestr("b.txt", "nothing")
    with bepasty() as paste, nginx(root) as mirror:
        pasted = paste.post("\n".join(", ".join(row) for row in leaked[:40]).encode())
        paste.post("\n".join(", ".join(row) for row in strangers[200:260]).encode())
        copies = {
            f"{paste.url.rstrip('/')}/{pasted}": list(range(40)),
            f"{mirror.url.rstrip('/')}/dumps/people.csv": sorted(chosen),
            f"{mirror.url.rstrip('/')}/dumps/all.zip": list(range(200, 230)),
        }
        yield Web(paste, mirror, copies)


def sightings(tracker: Tracker) -> dict[str, tuple[object, ...]]:
    lines = tracker.ok("search", "--format", "json").lines
    return {
        line["url"]: (
            line["rows_matched"],
            line["persons_matched"],
            tuple(line["columns"]),
            line["versions"],
            line["id"],
        )
        for line in lines
    }


def test_copies_are_found_filed_and_shown(spring: Spring, web: Web) -> None:
    tracker = spring.tracker
    web.add_to(tracker)
    crawled = tracker.ok("crawl")
    assert "127.0.0.1" in crawled.err
    found = sightings(tracker)
    assert {url: seen[0] for url, seen in found.items()} == {url: len(rows) for url, rows in web.copies.items()}
    for url, rows in web.copies.items():
        (story,) = tracker.ok("show", str(found[url][-1])[:10], "--json", "--reveal-rows").lines
        (version,) = story["versions"]
        assert version["matched_rows"] == rows
        assert [event["kind"] for event in story["events"]] == ["found"]
    (run,) = (line for line in tracker.ok("run", "list", "--format", "json").lines if line["kind"] == "crawl")
    assert run["verdicts"] == {"match": 3, "no_match": 3, "not_inspected": 1}
    assert run["partial"] is False
    shown = tracker.ok("run", "show", run["id"][:8]).out
    assert "127.0.0.1" in shown
    (unread,) = tracker.ok("run", "show", run["id"], "--not-inspected", "--format", "json").lines
    assert (unread["url"].endswith("/photo.jpg"), unread["reason"]) == (True, "unsupported")
    table = tracker.ok("search").out
    assert all(url in table for url in web.copies)
    assert "harmless" not in table


def test_a_second_crawl_changes_nothing(spring: Spring, web: Web) -> None:
    web.add_to(spring.tracker)
    spring.tracker.ok("crawl")
    first = sightings(spring.tracker)
    spring.tracker.ok("crawl", "mirror")
    spring.tracker.ok("crawl")
    assert sightings(spring.tracker) == first


def test_killed_at_any_moment_and_started_again_finds_the_same(spring: Spring, web: Web, tmp_path: Path) -> None:
    web.add_to(spring.tracker)
    undisturbed = spring.tracker.copy(tmp_path / "undisturbed")
    start = time.monotonic()
    undisturbed.ok("crawl")
    usual = time.monotonic() - start
    expected = sightings(undisturbed)
    assert len(expected) == 3
    killed_early = 0
    for number in range(KILLS):
        tracker = spring.tracker.copy(tmp_path / f"killed{number}")
        process = subprocess.Popen(
            [sys.executable, "-m", "tracker", "crawl"],
            cwd=tracker.work, env=tracker.environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        time.sleep(usual * (number + 1) / (KILLS + 1))
        killed_early += process.poll() is None
        process.send_signal(signal.SIGKILL)
        process.wait()
        tracker.ok("crawl")
        assert sightings(tracker) == expected
        assert tracker.run("doctor").code == 0
    assert killed_early >= KILLS // 2


def test_a_tip_by_mail_is_checked_and_filed(spring: Spring, web: Web) -> None:
    tracker = spring.tracker
    copy = next(iter(web.copies))
    harmless = f"{web.mirror.url}harmless.csv"
    tracker.ok("source", "add", "paste", "--profile", "bepasty", "--url", web.paste.url)
    first = tracker.ok("check", f"{copy}#L5", harmless, "--format", "json", code=1).lines
    assert [(line["url"], line["verdict"], line["rows_matched"]) for line in first] == [
        (copy, "match", 40),
        (harmless, "no_match", 0),
    ]
    assert tracker.ok("check", harmless).code == 0
    assert tracker.ok("check", f"{web.mirror.url}photo.jpg", code=3)
    (gone,) = tracker.ok("check", f"{web.mirror.url}nothing-here", "--format", "json").lines
    assert (gone["verdict"], gone["reason"]) == ("no_match", "gone")
    assert set(sightings(tracker)) == {copy}


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("broken", "server_error"),
        ("reset", "unreachable"),
        ("no-http", "not read to its end"),
        ("short", "not read to its end"),
    ],
)
def test_faulty_sites_make_a_source_partial_not_quiet(spring: Spring, path: str, reason: str) -> None:
    with fault_server() as server:
        server.pages["/broken/"] = ("500 Internal Server Error", b"")
        url = f"{server.url}{path}/"
        spring.tracker.ok("source", "add", "bad", "--family", "autoindex", "--url", url, "--delay", "0")
        result = spring.tracker.run("crawl", timeout=300)
        assert result.code == 5, result
        assert "bad: not read to its end" in result.err
        assert reason in result.err


def test_bad_input_is_one_sentence(spring: Spring) -> None:
    run = spring.tracker.run
    refused(run("crawl"), 2, "tracker source add")
    refused(run("source", "add", "a", "--url", "https://a.example/"), 2, "--profile", "autoindex")
    refused(run("source", "add", "a", "--url", "https://a.example/", "--profile", "pastie"), 2, "bepasty")
    refused(run("source", "add", "a", "--url", "https://a.example/", "--family", "gopher"), 2, "autoindex")
    refused(run("source", "add", "a", "--url", "mailto:a", "--family", "autoindex"), 2, "url")
    spring.tracker.ok("source", "add", "a", "--url", "https://a.example/", "--family", "autoindex")
    refused(run("source", "add", "a", "--url", "https://b.example/", "--family", "autoindex"), 2, "already")
    refused(run("crawl", "b"), 2, "no source b", "a")
    refused(run("check", "javascript:alert(1)"), 2)
    sources = spring.tracker.home / "cases/spring/sources.toml"
    sources.write_text("[a]\nfamily = 'autoindex'\n")
    refused(run("crawl"), 2, str(sources), "[a]", "url")


def test_private_addresses_are_refused_unless_named(spring: Spring, web: Web) -> None:
    settings = spring.tracker.home / "cases/spring/case.toml"
    settings.write_text(settings.read_text().replace('allow_hosts = ["127.0.0.1"]', "allow_hosts = []"))
    before = len(web.mirror.requests())
    for url in (web.mirror.url, web.mirror.url.replace("127.0.0.1", "localhost"), "http://[::ffff:127.0.0.1]/"):
        (line,) = spring.tracker.ok("check", url, "--format", "json", code=3).lines
        assert line["reason"] == "private_address"
    spring.tracker.ok("source", "add", "mirror", "--family", "autoindex", "--url", web.mirror.url)
    assert spring.tracker.run("crawl").code == 5
    assert len(web.mirror.requests()) == before


def test_scrapy_runs_the_same_spiders(spring: Spring, web: Web) -> None:
    web.add_to(spring.tracker)
    root = Path(__file__).parent.parent
    command = [sys.executable, "-m", "scrapy"]
    listed = subprocess.run(
        [*command, "list"], cwd=root, env=spring.tracker.environment(), capture_output=True, text=True, check=True
    )
    assert listed.stdout.split() == ["autoindex", "paste_list"]
    subprocess.run(
        [*command, "crawl", "autoindex", "-a", "case=spring", "-a", "source=mirror"],
        cwd=root, env=spring.tracker.environment(), capture_output=True, check=True,
    )  # fmt: skip
    assert set(sightings(spring.tracker)) == {url for url in web.copies if web.mirror.url in url}
