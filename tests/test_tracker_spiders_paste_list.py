"""The paste_list family, against the real paste sites and against faults."""

import json

import pytest
from lab import harness, servers
from lab.faults import fault_server

pytestmark = pytest.mark.server

LEAKED = b"id,email\n1,LEAKED@x.example\n"


def _bepasty(url: str, **more):
    return {"name": "paste", "family": "paste_list", "profile": "bepasty", "url": url, **more}


def _pasttle(url: str, **more):
    return {"name": "paste", "family": "paste_list", "profile": "pasttle", "url": url, **more}


def test_bepasty_pastes_are_named_by_their_page_and_read_raw():
    with servers.bepasty() as site:
        found, other = site.post(LEAKED), site.post(b"harmless\n", "n.txt", "text/plain")
        crawled = harness.crawl(_bepasty(site.url))
    document = crawled.documents[f"{site.url}{found}"]
    assert document["body"].encode() == LEAKED
    assert document["fetch_url"] == f"{site.url}{found}/+download"
    assert document["media_type"] == "text/csv"
    assert document["server_ip"] == "127.0.0.1"
    assert crawled.names() == {found, other}
    assert crawled.counts["paste"]["verdicts"] == {"match": 1, "no_match": 1}
    assert crawled.counts["paste"]["partial"] == []


def test_bepasty_locked_and_deleted_pastes_end_in_a_reason():
    with servers.bepasty() as site:
        locked, deleted = site.post(LEAKED), site.post(LEAKED)
        site.lock(locked)
        site.delete(deleted)
        crawled = harness.crawl(_bepasty(site.url))
    assert crawled.reasons() == {locked: "blocked"}
    assert crawled.documents == {}


def test_an_empty_site_is_read_to_its_end():
    with servers.bepasty() as first, servers.pasttle() as second:
        crawled = harness.crawl(_bepasty(first.url), {**_pasttle(second.url), "name": "other"})
    assert [count["partial"] for count in crawled.counts.values()] == [[], []]
    assert crawled.inspections == {}


def test_pasttle_pastes_are_read_raw_and_protected_ones_are_not_taken_for_harmless():
    with servers.pasttle() as site:
        found = site.post(LEAKED)
        protected = site.post_form(upload=LEAKED.decode(), password="open")
        crawled = harness.crawl(_pasttle(site.url))
    assert crawled.documents[f"{site.url}{found}"]["body"].encode() == LEAKED
    assert crawled.documents[f"{site.url}{found}"]["fetch_url"] == f"{site.url}raw/{found}"
    assert crawled.reasons() == {found: None, protected: "blocked"}
    assert crawled.counts["paste"]["partial"] == []


def test_more_pastes_than_one_visit_takes_make_the_source_partial():
    listed = {f"aaaaaaa{number}": {"file-meta": {"timestamp-upload": number}} for number in range(9)}
    with fault_server() as server:
        server.pages["/apis/rest/items"] = ("200 OK", json.dumps(listed).encode())
        for name in listed:
            server.pages[f"/{name}/+download"] = ("200 OK", LEAKED)
        crawled = harness.crawl(_bepasty(server.url, max_pastes=3))
    assert crawled.names() == {"aaaaaaa8", "aaaaaaa7", "aaaaaaa6"}
    assert crawled.counts["paste"]["partial"] == [
        "the list names more than 3 pastes; the newest were visited (max_pastes)"
    ]


@pytest.mark.parametrize(
    ("profile", "path", "status", "body", "reason"),
    [
        ("bepasty", "/apis/rest/items", "500 Oops", b"", "server_error"),
        ("bepasty", "/apis/rest/items", "403 No", b"{}", "blocked"),
        ("bepasty", "/apis/rest/items", "404 No", b"{}", "gone"),
        ("bepasty", "/apis/rest/items", "200 OK", b"<html>Please enable JavaScript</html>", "broken"),
        ("bepasty", "/apis/rest/items", "200 OK", b"", "broken"),
        ("bepasty", "/apis/rest/items", "200 OK", b"[]", "broken"),
        ("bepasty", "/apis/rest/items", "200 OK", b'{"error": {"code": 403}}', "broken"),
        ("bepasty", "/apis/rest/items", "200 OK", b"[" * 100_000, "broken"),
        ("pasttle", "/recent", "500 Oops", b"", "server_error"),
        ("pasttle", "/recent", "200 OK", b"<html>Please enable JavaScript</html>", "broken"),
        ("pasttle", "/recent", "200 OK", b"<b 1>" * 100_000, "broken"),
        ("pasttle", "/recent", "200 OK", b"\xff\xfe\x00" * 1000, "broken"),
    ],
)
def test_a_list_that_cannot_be_read_is_never_an_empty_one(profile, path, status, body, reason):
    with fault_server() as server:
        server.pages[path] = (status, body)
        crawled = harness.crawl({"name": "paste", "family": "paste_list", "profile": profile, "url": server.url})
    assert crawled.counts["paste"]["partial"]
    assert crawled.counts["paste"]["reasons"] == {reason: 1}
    assert crawled.seconds < 10


def test_a_hostile_list_leads_nowhere_else():
    listed = {"../../admin": {}, "http://evil.example/": {}, "aaaaaaaa": {}, "<script>": {}, "": {}, "bbbbbbbb/x": {}}
    with fault_server() as server:
        server.pages["/apis/rest/items"] = ("200 OK", json.dumps(listed).encode())
        server.pages["/aaaaaaaa/+download"] = ("200 OK", LEAKED)
        crawled = harness.crawl(_bepasty(server.url))
    assert set(server.asked) == {"/robots.txt", "/apis/rest/items", "/aaaaaaaa/+download"}
    assert crawled.counts["paste"]["partial"] == ["some entries of the list have no id that the profile describes"]
