"""A crawl as a whole: polite, guarded, silent about pages, and honest about its end."""

import json
import signal
import subprocess
import sys
import time

import pytest
from lab import harness, servers
from lab.faults import FAULTS, fault_server

pytestmark = pytest.mark.server

CSV = b"id,email\n1,LEAKED@x.example\n"


def _listing(*names: str) -> tuple[str, bytes]:
    links = "".join(f'<a href="{name}">{name}</a>' for name in names)
    return "200 OK", f"<title>Index of /</title>{links}".encode()


def _source(url: str, **more):
    return {"name": "m", "family": "autoindex", "url": url, **more}


def test_every_fault_ends_in_a_reason_and_none_keeps_the_crawl_up():
    names = [path[1:] for path in FAULTS]
    with fault_server() as server:
        server.pages = {"/": _listing(*names, "ok.csv"), "/ok.csv": ("200 OK", CSV)}
        crawled = harness.crawl(_source(server.url), settings={"DOWNLOAD_TIMEOUT": 2})
    assert crawled.reasons() == {
        "reset": "unreachable",
        "reset-later": "partial",
        "hang": "timeout",
        "short": "partial",
        "short-leak": None,
        "long": None,
        "drip-body": "timeout",
        "drip-head": "timeout",
        "endless": "too_big",
        "announced": "too_big",
        "swelling": "too_big",
        "no-http": "unreachable",
        "bad-gzip": "broken",
        "ok.csv": None,
    }
    assert crawled.seconds < 30
    assert crawled.counts["m"]["partial"] == ["some pages could not be reached", "some pages did not answer in time"]


def test_a_body_that_is_cut_short_may_match_and_never_ends_as_no_match():
    with fault_server() as server:
        server.pages = {"/": _listing("short", "short-leak")}
        crawled = harness.crawl(_source(server.url))
    without, with_leak = (crawled.inspections[f"{server.url}{name}"] for name in ("short", "short-leak"))
    assert (without["verdict"], without["reason"], without["partial"]) == ("not_inspected", "partial", True)
    assert (with_leak["verdict"], with_leak["partial"]) == ("match", True)
    assert all(document["is_cut"] for document in crawled.documents.values())


def test_redirects_go_through_the_guard_and_end():
    paths = ("loop", "loop-a", "deep", "private", "metadata", "ftp", "file", "500", "403", "410", "451")
    with servers.folder() as root, servers.nginx(root, servers.FAULTS) as server:
        (root / "index.html").write_bytes(_listing(*(f"fault/{path}" for path in paths))[1])
        crawled = harness.crawl(_source(server.url))
    assert crawled.reasons() == {
        "loop": "redirect_loop",
        "loop-a": "redirect_loop",
        "deep": "redirect_loop",
        "private": "private_address",
        "metadata": "private_address",
        "ftp": "unsupported",
        "file": "unsupported",
        "500": "server_error",
        "403": "blocked",
        "410": "gone",
        "451": "blocked",
    }


@pytest.mark.parametrize("url", ["http://127.0.0.1:{port}/", "http://localhost:{port}/", "http://0x7f.1:{port}/"])
def test_what_the_case_does_not_allow_is_never_asked(url):
    with fault_server() as server:
        server.pages = {"/": _listing("a.csv"), "/a.csv": ("200 OK", CSV)}
        port = server.server_address[1]
        crawled = harness.crawl(_source(url.format(port=port)), allow_hosts=("paste.lan",))
    assert server.asked == []
    assert crawled.counts["m"]["reasons"] == {"private_address": 1}
    assert crawled.counts["m"]["partial"]


def test_a_public_name_that_leads_inside_is_refused_at_connect_time():
    with fault_server() as server:
        port = server.server_address[1]
        crawled = harness.crawl(
            _source(f"http://paste.example:{port}/"), names={"paste.example": ["127.0.0.1"]}, allow_hosts=("127.0.0.1",)
        )
    assert server.asked == []
    assert crawled.counts["m"]["reasons"] == {"private_address": 1}


def test_a_name_that_is_rebound_during_the_crawl_is_refused():
    """paste.lan is allowed and shows a listing; its files lie on a name that turns from public to private."""
    with fault_server() as server:
        port = server.server_address[1]
        for name in ("a", "b"):
            server.pages[f"/{name}.csv"] = ("302 Found", b"")
        with servers.folder() as root:
            more = f"location ~ ^/(.*)[.]csv$ {{ return 302 http://rebound.example:{port}/$1.csv; }}"
            (root / "index.html").write_bytes(_listing("a.csv", "b.csv")[1])
            with servers.nginx(root, more) as front:
                crawled = harness.crawl(
                    _source(front.url.replace("127.0.0.1", "paste.lan")),
                    allow_hosts=("paste.lan",),
                    names={"paste.lan": ["127.0.0.1"], "rebound.example": ["203.0.114.9", "127.0.0.1"]},
                    settings={"DOWNLOAD_TIMEOUT": 1},
                )
    assert server.asked == []
    assert set(crawled.reasons()) == {"a.csv", "b.csv"}
    assert "private_address" in crawled.counts["m"]["reasons"]
    assert crawled.documents == {}


def test_proxies_of_the_surroundings_are_ignored_and_the_agent_is_honest():
    with servers.folder() as root, servers.nginx(root) as server:
        (root / "a.csv").write_bytes(CSV)
        crawled = harness.crawl(_source(server.url), contact="Abuse Desk <abuse@lab.example>\r\nX-Evil: 1")
        asked = server.requests()
    assert crawled.names() == {"a.csv"}
    assert all("republication-tracker/" in line and "(+Abuse Desk <abuse@lab.example>" in line for line in asked)
    assert all('" "-" "-" "127.0.0.1:' in line for line in asked), "no referrer, no cookie"


@pytest.mark.parametrize(
    ("status", "robots", "reason"),
    [
        ("200 OK", b"User-agent: *\nDisallow: /\n", "robots"),
        ("500 Oops", b"", "server_error"),
        ("404 No", b"", None),
    ],
)
def test_robots_txt_is_obeyed(status, robots, reason):
    with fault_server() as server:
        server.pages = {"/robots.txt": (status, robots), "/": _listing("a.csv"), "/a.csv": ("200 OK", CSV)}
        crawled = harness.crawl(_source(server.url))
    if reason is None:
        assert crawled.names() == {"a.csv"}
    else:
        assert server.asked == ["/robots.txt"]
        assert crawled.counts["m"]["reasons"] == {reason: 1}
        assert crawled.counts["m"]["partial"]


def test_robots_txt_may_forbid_single_files_and_set_the_pace():
    with fault_server() as server:
        rules = b"User-agent: *\nDisallow: /b.csv\nCrawl-delay: 0.4\n"
        server.pages = {"/robots.txt": ("200 OK", rules), "/": _listing("a.csv", "b.csv"), "/a.csv": ("200 OK", CSV)}
        crawled = harness.crawl(_source(server.url))
    assert crawled.reasons() == {"a.csv": None, "b.csv": "robots"}
    assert crawled.counts["m"]["partial"] == []
    assert crawled.seconds > 0.4


def test_the_delay_is_kept_across_all_sources_on_one_host():
    with servers.folder() as root, servers.nginx(root) as server:
        for name in ("one", "two"):
            (root / name).mkdir()
            (root / name / "a.csv").write_bytes(CSV)
        crawled = harness.crawl(
            {"name": "one", "family": "autoindex", "url": f"{server.url}one/", "delay": 0.3},
            {"name": "two", "family": "autoindex", "url": f"{server.url}two/", "delay": 0.3},
        )
    assert {count["requests"] for count in crawled.counts.values()} == {3}
    assert crawled.seconds >= 5 * 0.3


def test_the_budget_is_one_for_all_sources_on_one_host():
    with servers.folder() as root, servers.nginx(root) as server:
        for name in ("one", "two"):
            (root / name).mkdir()
            for number in range(5):
                (root / name / f"{number}.csv").write_bytes(CSV)
        crawled = harness.crawl(
            {"name": "one", "family": "autoindex", "url": f"{server.url}one/", "max_requests": 8},
            {"name": "two", "family": "autoindex", "url": f"{server.url}two/", "max_requests": 8},
        )
        asked = server.requests()
    assert len(asked) == 8
    assert sum(count["requests"] for count in crawled.counts.values()) == 8
    # Which source gets how much of it is chance; whoever gets too little says so.
    for count in crawled.counts.values():
        assert bool(count["partial"]) == ("budget" in count["reasons"])
    assert any(count["partial"] for count in crawled.counts.values())


def test_a_server_that_says_when_to_come_back_is_waited_for():
    with servers.folder() as root, servers.nginx(root, servers.FAULTS) as server:
        (root / "limited").mkdir()
        for name in ("a.csv", "b.csv"):
            (root / "limited" / name).write_bytes(CSV)
        crawled = harness.crawl(_source(f"{server.url}limited/"))
        refused = [line for line in server.requests() if " 429 " in line]
    assert crawled.names() == {"a.csv", "b.csv"}
    assert crawled.counts["m"]["partial"] == []
    assert refused
    assert crawled.seconds > 1


@pytest.mark.parametrize("path", ["fault/busy", "fault/away"])
def test_a_server_that_says_to_come_back_tomorrow_is_left_alone(path):
    with servers.folder() as root, servers.nginx(root, servers.FAULTS) as server:
        names = [path, *(f"{number}.csv" for number in range(40))]
        (root / "index.html").write_bytes(_listing(*names)[1])
        crawled = harness.crawl(_source(server.url, delay=0.01))
        asked = server.requests()
    assert len(asked) < 30
    assert crawled.counts["m"]["reasons"]["rate_limited"] > 10
    assert crawled.counts["m"]["partial"] == ["the site asked to slow down for longer than a visit lasts"]
    assert crawled.seconds < 20


def test_a_host_that_never_answers_is_given_up():
    names = [f"{number}/hang" for number in range(30)]
    with fault_server() as server:
        server.pages = {"/": _listing(*names)}
        for name in names:
            FAULTS[f"/{name}"] = FAULTS["/hang"]
        try:
            crawled = harness.crawl(_source(server.url, delay=0.01), settings={"DOWNLOAD_TIMEOUT": 1})
        finally:
            for name in names:
                del FAULTS[f"/{name}"]
    assert crawled.counts["m"]["reasons"] == {"timeout": 30}
    assert crawled.seconds < 20


def test_a_certificate_that_nobody_vouches_for_is_not_accepted():
    with servers.folder() as root, servers.nginx(root, servers.tls(root)) as server:
        crawled = harness.crawl(_source(server.url.replace("http:", "https:")))
    assert crawled.counts["m"]["reasons"] == {"unreachable": 1}
    assert crawled.counts["m"]["partial"]


def test_a_store_that_fails_ends_the_crawl_with_its_error():
    names = [f"{number}.csv" for number in range(60)]
    with fault_server() as server:
        server.pages = {"/": _listing(*names), **{f"/{name}": ("200 OK", CSV) for name in names}}
        crawled = harness.crawl(_source(server.url), fail_store_after=3)
    assert crawled.error == "the disk is full"
    assert len(crawled.inspections) == 3
    assert "the crawl was stopped before its end" in crawled.counts["m"]["partial"]


def test_nothing_from_a_page_stands_in_the_log():
    page = b"<title>Index of /</title><a href='a.csv'>Zebulon Quackenbush</a>" + b"Zebulon Quackenbush"
    with fault_server() as server:
        server.pages = {"/": ("200 Zebulon", page), "/a.csv": ("200 OK", b"Zebulon Quackenbush")}
        crawled = harness.crawl(_source(server.url, max_bytes=120), settings={"LOG_LEVEL": "DEBUG"})
    assert crawled.inspections
    assert "Zebulon" not in crawled.stderr
    assert "INFO scrapy" in crawled.stderr


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_crawl_after_what_is_under_way(number):
    names = [f"{count}.csv" for count in range(500)]
    with fault_server() as server:
        server.pages = {"/": _listing(*names), **{f"/{name}": ("200 OK", CSV) for name in names}}
        order = {
            "sources": [{"delay": 0.05, **_source(server.url)}],
            "allow_hosts": ["127.0.0.1"],
            "settings": {},
            "names": {},
            "fail_store_after": None,
            "contact": None,
        }
        with subprocess.Popen(
            [sys.executable, harness.__file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=harness.surroundings(),
        ) as process:
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.write(json.dumps(order).encode())
            process.stdin.close()
            while len(server.asked) < 10:
                time.sleep(0.05)
            process.send_signal(number)
            began = time.monotonic()
            out = process.stdout.read()
            assert process.wait(20) == 0
    result = json.loads(out)
    assert time.monotonic() - began < 10
    assert 5 <= len(result["inspections"]) < 100
    assert result["counts"]["m"]["partial"] == ["the crawl was stopped before its end"]
    assert result["error"] is None
