"""The autoindex family, against the real servers and against faults."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lab import harness, servers
from lab.faults import fault_server

from tracker.crawling.listing import read_listing

pytestmark = pytest.mark.server

NAMES = (
    "a.csv",
    "b&c.csv",
    "<b>\"quote'.csv",
    "naïve-ü.txt",
    "名簿.csv",
    "قائمة.csv",
    "x" * 60 + "-first.csv",
    "x" * 60 + "-second.csv",
    "100%.csv",
    "a#b.csv",
    "q?x.csv",
    "semi;colon.csv",
    "with space.csv",
    "+plus.csv",
    "colon:name.csv",
    "2026/c.csv",
    "2026/deep/d.csv",
)
LEAKED = "id,email\n1,LEAKED@x.example\n"
KINDS = {
    "nginx": servers.nginx,
    "apache plain": lambda root: servers.apache(root, "None"),
    "apache fancy": lambda root: servers.apache(root, "FancyIndexing"),
    "apache table": servers.apache,
    "lighttpd": servers.lighttpd,
    "caddy": servers.caddy,
    "http.server": servers.python_http,
}


@pytest.fixture(scope="module")
def site():
    with servers.folder() as root:
        for name in NAMES:
            _write(root / name, f"{LEAKED}{name}")
        (root / "empty").mkdir()
        yield root


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


@pytest.mark.parametrize("kind", KINDS)
def test_every_file_of_a_real_listing_is_inspected_once(site, kind):
    with KINDS[kind](site) as server:
        crawled = harness.crawl({"name": "mirror", "family": "autoindex", "url": server.url})
        asked = server.requests()
    bodies = [document["body"].encode("latin-1").decode() for document in crawled.documents.values()]
    assert sorted(bodies) == sorted(f"{LEAKED}{name}" for name in NAMES)
    count = crawled.counts["mirror"]
    assert count["verdicts"] == {"match": len(NAMES)}
    assert count["partial"] == []
    # robots.txt, the root and three folders, and every file once
    assert count["requests"] == 1 + 4 + len(NAMES)
    assert not any("?C=" in line or "?N=" in line or "sort=" in line for line in asked)
    assert crawled.stderr == ""


def test_depth_and_names_limit_what_is_visited(site):
    source = {"name": "mirror", "family": "autoindex", "url": ""}
    with servers.nginx(site) as server:
        source["url"] = server.url
        shallow = harness.crawl({**source, "max_depth": 1})
        chosen = harness.crawl({**source, "include": ["*.TXT", "2026/deep/*"], "exclude": ["naïve*"]})
        without = harness.crawl({**source, "exclude": ["2026"]})
    assert shallow.names() >= {"c.csv"}
    assert "d.csv" not in shallow.names()
    assert shallow.counts["mirror"]["partial"] == ["folders more than 1 deep were not visited (max_depth)"]
    assert chosen.names() == {"d.csv"}
    assert chosen.counts["mirror"]["partial"] == []
    assert without.names().isdisjoint({"c.csv", "d.csv"})
    assert without.counts["mirror"]["partial"] == []


def test_what_is_too_big_is_counted_and_not_swallowed():
    with servers.folder() as root, servers.nginx(root) as server:
        _write(root / "small.csv", LEAKED)
        _write(root / "big.csv", LEAKED * 1000)
        crawled = harness.crawl({"name": "m", "family": "autoindex", "url": server.url, "max_bytes": 5000})
    assert crawled.reasons() == {"small.csv": None, "big.csv": "too_big"}
    assert crawled.counts["m"]["reasons"] == {"too_big": 1}
    assert crawled.counts["m"]["partial"] == []


def test_only_what_lies_below_the_root_is_visited():
    with servers.folder() as root, servers.apache(root) as server:
        _write(root / "secret.csv", LEAKED)
        _write(root / "pub/a.csv", LEAKED)
        _write(root / "pub-other/b.csv", LEAKED)
        crawled = harness.crawl({"name": "m", "family": "autoindex", "url": f"{server.url}pub"})
        asked = "\n".join(server.requests())
    assert crawled.names() == {"a.csv"}
    assert "/secret.csv" not in asked
    assert "/pub-other" not in asked


def test_links_that_climb_out_of_the_root_are_not_followed():
    climbing = ("../x.csv", "%2e%2e/x.csv", "%252e%252e/x.csv", "..%2fx.csv", "..\\x.csv", "a/../../x.csv", "/x.csv")
    page = "<title>Index of /pub/</title>" + "".join(f'<a href="{href}">x</a>' for href in climbing)
    with fault_server() as server:
        server.pages["/pub/"] = ("200 OK", (page + '<a href="ok.csv">ok.csv</a>').encode())
        server.pages["/pub/ok.csv"] = ("200 OK", LEAKED.encode())
        crawled = harness.crawl({"name": "m", "family": "autoindex", "url": f"{server.url}pub/"})
    assert crawled.names() == {"ok.csv"}
    assert sorted(server.asked) == ["/pub/", "/pub/ok.csv", "/robots.txt"]


def test_a_folder_with_a_page_of_its_own_is_a_document():
    with servers.folder() as root, servers.nginx(root) as server:
        _write(root / "shop/index.html", "<h1>Our shop</h1>LEAKED <a href='/about'>About us</a>")
        crawled = harness.crawl({"name": "m", "family": "autoindex", "url": server.url})
    assert set(crawled.documents) == {f"{server.url}shop/"}
    assert crawled.counts["m"]["verdicts"] == {"match": 1}
    assert crawled.counts["m"]["partial"] == []


def test_a_folder_linked_without_its_slash_is_walked():
    with servers.folder() as root, servers.nginx(root) as server:
        _write(root / "top/index.html", "<title>Index of /top/</title><a href='sub'>sub</a>")
        _write(root / "top/sub/a.csv", LEAKED)
        crawled = harness.crawl({"name": "m", "family": "autoindex", "url": f"{server.url}top/"})
    assert crawled.names() == {"a.csv"}


def test_a_root_that_is_no_listing_makes_the_source_partial():
    with servers.folder() as root, servers.nginx(root) as server:
        _write(root / "index.html", "<h1>Welcome</h1><a href='/about'>About us</a> <a href='/team'>Our team</a>")
        crawled = harness.crawl({"name": "m", "family": "autoindex", "url": server.url})
    assert crawled.counts["m"]["partial"] == ["the page at the source's URL is no directory listing"]
    assert set(crawled.documents) == {server.url}


@pytest.mark.parametrize(
    ("path", "reason"),
    [("missing/", "gone"), ("fault/500", "server_error"), ("fault/403", "blocked"), ("fault/drop", "unreachable")],
)
def test_a_root_that_cannot_be_fetched_makes_the_source_partial(path, reason):
    faults = servers.FAULTS.replace("= /fault/500 ", "/fault/500/ ").replace("= /fault/403 ", "/fault/403/ ")
    with servers.folder() as root, servers.nginx(root, faults.replace("= /fault/drop ", "/fault/drop/ ")) as server:
        crawled = harness.crawl({"name": "m", "family": "autoindex", "url": f"{server.url}{path}"})
    assert crawled.counts["m"]["partial"]
    assert crawled.counts["m"]["reasons"] == {reason: 1}
    assert crawled.documents == {}


def test_a_mountain_of_links_spends_the_budget_and_no_more():
    page = "<title>Index of /</title>" + "".join(f'<a href="{n}.csv">{n}.csv</a>' for n in range(5000))
    with fault_server() as server:
        server.pages["/"] = ("200 OK", page.encode())
        crawled = harness.crawl({"name": "m", "family": "autoindex", "url": server.url, "max_requests": 20})
    assert len(server.asked) <= 20
    assert "the budget of requests for one visit is spent (max_requests)" in crawled.counts["m"]["partial"]


def test_a_listing_that_is_cut_short_makes_the_source_partial():
    page = "<title>Index of /</title><a href='a.csv'>a.csv</a>"
    with fault_server() as server:
        server.pages = {"/": ("200 OK", page.encode() + b" " * 9_000_000), "/a.csv": ("200 OK", LEAKED.encode())}
        crawled = harness.crawl({"name": "m", "family": "autoindex", "url": server.url})
    assert crawled.names() == {"a.csv"}
    assert crawled.counts["m"]["partial"] == ["a listing was cut short, or is longer than is read of one"]


def test_folders_that_never_end_end_at_the_depth_limit():
    page = b"<title>Index of /</title><a href='a/'>a/</a><a href='b/'>b/</a>"
    with fault_server() as server:
        server.pages = _Everything(page)
        crawled = harness.crawl({"name": "m", "family": "autoindex", "url": server.url, "max_depth": 3})
    assert len(server.asked) == 1 + 1 + 2 + 4 + 8
    assert crawled.counts["m"]["partial"] == ["folders more than 3 deep were not visited (max_depth)"]


class _Everything(dict):
    def __init__(self, page: bytes) -> None:
        super().__init__()
        self._page = page

    def get(self, path, default=None):
        return ("404 Not Found", b"") if path == "/robots.txt" else ("200 OK", self._page)


@given(st.text(max_size=300), st.sampled_from(["", "<title>Index of /</title>"]))
def test_any_text_is_read_and_every_entry_lies_below_the_root(text, head):
    root = "http://files.example/pub/"
    listing = read_listing(f"{head}<a href=\"{text}\">x</a><a href='{text}/'>{text}</a>".encode(), root, root)
    for entry in (*listing.files, *listing.folders) if listing else ():
        assert entry.startswith(root)
        assert entry != root
        assert "/../" not in entry
