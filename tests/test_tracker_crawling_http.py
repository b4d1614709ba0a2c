"""The requests session: every way in which a link can fail ends in a reason, and none leads inside."""

import inspect
import socket
import time
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
import requests
import urllib3
from lab import harness, servers
from lab.faults import fault_server

from pipelines.items import Reason
from tracker.crawling.guard import Guard
from tracker.crawling.http import FetchError, Limits, Session, Visitor
from tracker.crawling.http_errors import reason_of_error
from tracker.crawling.sources import Source
from tracker.crawling.tally import Tally

pytestmark = pytest.mark.server

QUICK = Limits(max_bytes=1_000_000, seconds=2.0, read_seconds=1.0, redirects=5)
CSV = b"id,email\n1,a@b.example\n"


@pytest.fixture(scope="module")
def faults():
    with fault_server() as server:
        yield server


@pytest.fixture
def session():
    with Session(Guard(["127.0.0.1"]), "abuse@lab.example", QUICK) as opened:
        yield opened


def test_a_page_comes_with_its_facts(session):
    with servers.folder() as root, servers.nginx(root) as server:
        (root / "a.csv").write_bytes(CSV)
        fetched = session.fetch(f"{server.url}a.csv#part")
        asked = server.requests()
    assert (fetched.status, fetched.reason, fetched.body, fetched.is_cut) == (200, None, CSV, False)
    assert fetched.final_url == f"{server.url}a.csv"
    assert fetched.media_type == "text/csv"
    assert fetched.server_ip == "127.0.0.1"
    assert set(fetched.headers) <= {"etag", "last-modified", "retry-after"}
    assert len(asked) == 2
    assert all("republication-tracker/" in line and "(+abuse@lab.example)" in line for line in asked)


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("reset", Reason.UNREACHABLE),
        ("hang", Reason.TIMEOUT),
        ("drip-head", Reason.TIMEOUT),
        ("drip-body", Reason.TIMEOUT),
        ("endless", Reason.TOO_BIG),
        ("announced", Reason.TOO_BIG),
        ("swelling", Reason.TOO_BIG),
        ("no-http", Reason.UNREACHABLE),
        ("bad-gzip", Reason.BROKEN),
    ],
)
def test_faults_end_in_a_reason(session, faults, path, reason):
    began = time.monotonic()
    with pytest.raises(FetchError) as caught:
        session.fetch(faults.url + path)
    assert caught.value.reason is reason
    assert time.monotonic() - began < 5


@pytest.mark.parametrize("path", ["short", "reset-later"])
def test_a_body_that_is_cut_short_is_kept_and_marked(session, faults, path):
    fetched = session.fetch(faults.url + path)
    assert fetched.is_cut
    assert fetched.body.startswith(b"id,email\n")


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("fault/500", Reason.SERVER_ERROR),
        ("fault/502", Reason.SERVER_ERROR),
        ("fault/403", Reason.BLOCKED),
        ("fault/451", Reason.BLOCKED),
        ("fault/410", Reason.GONE),
        ("fault/busy", Reason.RATE_LIMITED),
        ("fault/away", Reason.RATE_LIMITED),
        ("missing", Reason.GONE),
    ],
)
def test_answers_that_are_no_document_say_why(session, path, reason):
    with servers.folder() as root, servers.nginx(root, servers.FAULTS) as server:
        fetched = session.fetch(server.url + path)
    assert fetched.reason is reason


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("fault/loop", Reason.REDIRECT_LOOP),
        ("fault/loop-a", Reason.REDIRECT_LOOP),
        ("fault/deep", Reason.REDIRECT_LOOP),
        ("fault/private", Reason.PRIVATE_ADDRESS),
        ("fault/metadata", Reason.PRIVATE_ADDRESS),
        ("fault/ftp", Reason.UNSUPPORTED),
        ("fault/file", Reason.UNSUPPORTED),
        ("fault/drop", Reason.UNREACHABLE),
    ],
)
def test_redirects_are_followed_through_the_guard(session, path, reason):
    with servers.folder() as root, servers.nginx(root, servers.FAULTS) as server, pytest.raises(FetchError) as caught:
        session.fetch(server.url + path)
    assert caught.value.reason is reason


def test_a_server_that_says_when_to_come_back_is_asked_again(session):
    with servers.folder() as root, servers.nginx(root, servers.FAULTS) as server:
        (root / "limited").mkdir()
        (root / "limited/a.csv").write_bytes(CSV)
        first = session.fetch(f"{server.url}limited/a.csv")
        second = session.fetch(f"{server.url}limited/a.csv")
        asked = server.requests()
    assert (first.reason, second.reason) == (None, None)
    assert any(" 429 " in line for line in asked)


@pytest.mark.parametrize(
    ("status", "robots", "reason"),
    [
        ("200 OK", b"User-agent: *\nDisallow: /private/\n", Reason.ROBOTS),
        ("200 OK", b"User-agent: republication-tracker\nDisallow: /\n\nUser-agent: *\nAllow: /\n", Reason.ROBOTS),
        ("500 Oops", b"", Reason.SERVER_ERROR),
        ("429 Slow", b"", Reason.RATE_LIMITED),
        ("404 No", b"User-agent: *\nDisallow: /\n", None),
        ("403 No", b"", None),
        ("200 OK", b"User-agent: *\nDisallow: /other/\n", None),
        ("200 OK", b"<html>no rules at all</html>", None),
    ],
)
def test_robots_txt_is_obeyed_unless_a_person_decided_otherwise(session, status, robots, reason):
    with fault_server() as server:
        server.pages = {"/robots.txt": (status, robots), "/private/a.csv": ("200 OK", CSV)}
        if reason is None:
            assert session.fetch(f"{server.url}private/a.csv").body == CSV
        else:
            with pytest.raises(FetchError) as caught:
                session.fetch(f"{server.url}private/a.csv")
            assert caught.value.reason is reason
            assert "/private/a.csv" not in server.asked
        assert session.fetch(f"{server.url}private/a.csv", obey_robots=False).body == CSV


def test_a_reported_paste_is_read_raw_and_named_by_its_page():
    with servers.pasttle() as site:
        shown, protected = site.post(CSV), site.post_form(upload="LEAKED", password="x")
        inspector = harness.Inspector()
        tally = Tally()
        desk = SimpleNamespace(
            case=SimpleNamespace(contact=None, allow_hosts=("127.0.0.1",)),
            sources={"paste": Source("paste", "paste_list", site.url, profile="pasttle")},
            inspector=inspector,
            tally=tally,
        )
        now = datetime.now(UTC)
        with Visitor(desk) as visitor:
            seen = visitor.look(f"{site.url}edit/{shown}", now)
            closed = visitor.look(f"{site.url}{protected}", now)
            missing = visitor.look(f"{site.url}99", now)
            other = visitor.look(f"{site.url}recent", now)
    assert (seen.url, seen.source, seen.verdict) == (f"{site.url}{shown}", "paste", "no_match")
    document = inspector.documents[f"{site.url}{shown}"]
    assert document["fetch_url"] == f"{site.url}raw/{shown}"
    assert document["body"].encode() == CSV
    assert (closed.verdict, closed.reason) == ("not_inspected", "blocked")
    assert (missing.verdict, missing.reason, missing.status) == ("no_match", "gone", 404)
    assert (other.source, other.url) == ("check", f"{site.url}recent")
    assert tally.counts()["paste"].requests == 4
    assert tally.counts()["check"].requests == 1


def test_a_name_that_leads_inside_is_refused_at_connect_time(faults):
    port = faults.server_address[1]
    with Session(Guard(), None, QUICK, resolve=_answers("127.0.0.1")) as session, pytest.raises(FetchError) as caught:
        session.fetch(f"http://paste.example:{port}/")
    assert caught.value.reason is Reason.PRIVATE_ADDRESS
    assert faults.url not in str(caught.value)


def test_a_name_that_is_rebound_between_two_hops_is_refused(faults):
    """The first look-up is harmless and allowed; the second, of the same name, leads inside."""
    port = faults.server_address[1]
    faults.pages["/robots.txt"] = ("200 OK", b"")
    answers = _answers("203.0.114.9", "127.0.0.1")
    with Session(Guard(), None, Limits(seconds=3), resolve=answers) as session:
        for _ in range(2):
            with pytest.raises(FetchError) as caught:
                session.fetch(f"http://paste.example:{port}/x", obey_robots=False)
    assert caught.value.reason is Reason.PRIVATE_ADDRESS
    assert "/x" not in faults.asked


def test_only_the_public_ones_of_several_addresses_are_tried(faults):
    tried = []

    class Watching(Guard):
        def passes(self, host, port, address):
            tried.append((str(address), super().passes(host, port, address)))
            return tried[-1][1]

    port = faults.server_address[1]
    resolve = _answers(["10.0.0.1", "203.0.114.9", "::1"])
    with Session(Watching(), None, Limits(seconds=1), resolve=resolve) as session, pytest.raises(FetchError):
        session.fetch(f"http://paste.example:{port}/x", obey_robots=False)
    assert tried == [("10.0.0.1", False), ("203.0.114.9", True), ("::1", False)]


def test_surroundings_are_not_taken_over(faults, monkeypatch, tmp_path):
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login me password word\n")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    faults.pages["/plain"] = ("200 OK", CSV)
    with Session(Guard(["127.0.0.1"]), None, QUICK) as session:
        assert session.fetch(f"{faults.url}plain", obey_robots=False).body == CSV


def test_a_certificate_that_nobody_vouches_for_is_not_accepted(session):
    with (
        servers.folder() as root,
        servers.nginx(root, servers.tls(root)) as server,
        pytest.raises(FetchError) as caught,
    ):
        session.fetch(server.url.replace("http:", "https:"), obey_robots=False)
    assert caught.value.reason is Reason.UNREACHABLE


def _raised_by(module):
    for _, kind in inspect.getmembers(module, inspect.isclass):
        if issubclass(kind, Exception) and not issubclass(kind, Warning):
            yield kind


@pytest.mark.parametrize(
    "kind", sorted({*_raised_by(requests.exceptions), *_raised_by(urllib3.exceptions)}, key=lambda kind: str(kind))
)
def test_every_exception_of_the_libraries_is_mapped(kind, monkeypatch):
    error = kind.__new__(kind)
    assert isinstance(reason_of_error(error), Reason)

    def fail(*args, **kwargs):
        raise error

    with Session(Guard(), None, QUICK) as session:
        monkeypatch.setattr(session, "_get", fail)
        with pytest.raises(FetchError):
            session.fetch("https://paste.example/", obey_robots=False)


def test_time_outs_are_recognized_in_whatever_they_are_wrapped():
    inner = urllib3.exceptions.ProtocolError("aborted", TimeoutError())
    assert reason_of_error(requests.exceptions.ConnectionError(inner)) is Reason.TIMEOUT
    assert reason_of_error(requests.exceptions.ConnectionError()) is Reason.UNREACHABLE
    assert reason_of_error(socket.gaierror()) is Reason.UNREACHABLE


def _answers(*answers):
    waiting = list(answers)

    def resolve(host, port, **kwargs):
        answer = waiting.pop(0) if len(waiting) > 1 else waiting[0]
        found = []
        for address in [answer] if isinstance(answer, str) else answer:
            found.extend(socket.getaddrinfo(address, port, type=socket.SOCK_STREAM))
        return found

    return resolve
