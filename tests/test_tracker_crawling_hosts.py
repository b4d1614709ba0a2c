"""The ledger of hosts, the meaning of answers, and the reading of robots.txt."""

import random
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.items import Reason
from tracker.crawling.agent import user_agent
from tracker.crawling.hosts import HostClosedError, Hosts
from tracker.crawling.outcomes import LONGEST_WAIT, checked_media_type, reason_of_status, retry_after
from tracker.crawling.robots import RobotsRules, rules_from


class Clock:
    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def hosts(clock):
    return Hosts(clock, random.Random(7))


def test_requests_to_one_host_are_at_least_the_delay_apart(hosts, clock):
    for _ in range(20):
        hosts.book("a", 100)
        clock.now += hosts.left("a")
        hosts.started("a", 2.0)
        assert 2.0 <= hosts.left("a") <= 3.0
        assert hosts.left("b") == 0


def test_the_longest_pause_that_anybody_asked_for_is_kept(hosts):
    hosts.slow_down("a", 10.0)
    hosts.slow_down("a", 1.0)
    hosts.started("a", 2.0)
    assert hosts.left("a") >= 10.0


def test_the_budget_is_per_host(hosts):
    for _ in range(3):
        hosts.book("a", 3)
    with pytest.raises(HostClosedError) as caught:
        hosts.book("a", 3)
    assert caught.value.reason is Reason.BUDGET
    hosts.book("b", 3)


def test_a_host_that_does_not_answer_is_given_up_for_its_first_reason(hosts):
    for _ in range(4):
        hosts.failed("a", Reason.TIMEOUT)
    hosts.answered("a")
    for _ in range(4):
        hosts.failed("a", Reason.TIMEOUT)
    hosts.book("a", 100)
    hosts.failed("a", Reason.UNREACHABLE)
    hosts.give_up("a", Reason.TIMEOUT)
    with pytest.raises(HostClosedError) as caught:
        hosts.book("a", 100)
    assert caught.value.reason is Reason.UNREACHABLE


def test_pauses_that_a_host_asks_for_are_kept_up_to_a_bound(hosts, clock):
    assert hosts.hold("a", 50)
    assert hosts.hold("a", 50), "the same pause, asked for twice, counts once"
    assert hosts.left("a") == 50
    clock.now += 50
    assert hosts.hold("a", 60)
    clock.now += 60
    assert not hosts.hold("a", LONGEST_WAIT / 2)


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (200, None),
        (204, None),
        (300, Reason.BROKEN),
        (304, Reason.BROKEN),
        (400, Reason.BLOCKED),
        (401, Reason.BLOCKED),
        (403, Reason.BLOCKED),
        (404, Reason.GONE),
        (408, Reason.TIMEOUT),
        (410, Reason.GONE),
        (429, Reason.RATE_LIMITED),
        (451, Reason.BLOCKED),
        (500, Reason.SERVER_ERROR),
        (503, Reason.SERVER_ERROR),
        (599, Reason.SERVER_ERROR),
    ],
)
def test_every_status_has_a_meaning(status, reason):
    assert reason_of_status(status) is reason
    assert reason_of_status(503, has_retry_after=True) is Reason.RATE_LIMITED


def test_retry_after_comes_as_seconds_or_as_a_date():
    now = datetime(2026, 11, 25, 12, 0, 0, tzinfo=UTC)
    assert retry_after("120") == 120
    assert retry_after(" 0 ") == 0
    assert retry_after("Wed, 25 Nov 2026 12:01:30 GMT", now) == 90
    assert retry_after("Wed, 25 Nov 2020 12:01:30 GMT", now) == 0
    for nonsense in (None, "", "soon", "-5", "1.5", "٣", "9" * 400 + "x", "Wed, 99 Nov 2026 12:01:30 GMT"):
        assert retry_after(nonsense, now) is None


@given(st.text(max_size=40))
def test_no_header_breaks_the_reading(text):
    wait = retry_after(text)
    assert wait is None or wait >= 0
    kind = checked_media_type(text)
    assert kind is None or "/" in kind


def test_only_registered_media_types_are_kept():
    assert checked_media_type("text/csv; charset=utf-8") == "text/csv"
    assert checked_media_type("TEXT/HTML") == "text/html"
    assert checked_media_type("application/x-ndjson") == "application/x-ndjson"
    for outside in ("text/zebulon.quackenbush", "zebulon", "", None, "text/csv zebulon"):
        assert checked_media_type(outside) is None


def test_robots_txt_that_is_missing_allows_and_one_that_is_unreadable_forbids():
    assert rules_from(404, b"User-agent: *\nDisallow: /").allows("http://a.example/x")
    assert not rules_from(503, b"").allows("http://a.example/x")
    assert not RobotsRules(unavailable=Reason.TIMEOUT).allows("http://a.example/x")


@given(st.binary(max_size=400))
def test_any_bytes_are_read_as_robots_txt(body):
    rules = rules_from(200, b"User-agent: *\nCrawl-delay: 9999\n" + body)
    rules.allows("http://a.example/x")
    assert 0 <= rules.delay <= 60


def test_our_own_rules_are_obeyed_before_those_for_all():
    own = b"User-agent: *\nAllow: /\n\nUser-agent: republication-tracker\nDisallow: /pastes/\n"
    assert not rules_from(200, own).allows("http://a.example/pastes/1")
    assert rules_from(200, own).allows("http://a.example/other")


@pytest.mark.parametrize(
    ("contact", "ending"),
    [
        ("abuse@lab.example", " (+abuse@lab.example)"),
        ("https://lab.example/contact", " (+https://lab.example/contact)"),
        (None, ""),
        ("", ""),
        ("x\r\nEvil: 1", " (+xEvil: 1)"),
        ("(nested) café", " (+nested caf)"),
    ],
)
def test_the_user_agent_is_honest_and_one_line(contact, ending):
    agent = user_agent(contact)
    assert agent.startswith("republication-tracker/")
    assert agent.endswith(ending)
    assert agent.isascii()
    assert agent.isprintable()
