"""The chain of events notices every change, swap, gap and insertion, and its form does not drift."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from pipelines.items import Event, EventKind
from pipelines.storing.chain import GENESIS, link, verify_chain

AT = datetime(2026, 3, 1, 12, 0, 0, 250_000, tzinfo=UTC)


@pytest.fixture
def chain():
    events, previous = [], GENESIS
    for number in range(1, 6):
        event = link(
            Event(
                sighting="s",
                sequence=number,
                operation=f"op{number}",
                at=AT + timedelta(minutes=number),
                who="crawl",
                kind=EventKind.CHANGED,
                detail={"rows": number, "coverage": 0.1 * number, "reason": None, "partial": False, "columns": "año"},
                previous=previous,
                digest="",
            )
        )
        events.append(event)
        previous = event.digest
    return events


def test_a_whole_chain_verifies(chain):
    assert verify_chain(chain) is None
    assert verify_chain([]) is None


@pytest.mark.parametrize(
    "change",
    [
        {"operation": "other"},
        {"at": AT},
        {"who": "somebody"},
        {"kind": EventKind.NOT_SEEN},
        {"detail": {}},
        {"detail": {"rows": 3.0, "coverage": 0.1 * 3, "reason": None, "partial": False, "columns": "año"}},
        {"previous": GENESIS},
        {"digest": "0" * 64},
        {"sighting": "t"},
        {"sequence": 2},
        {"sequence": 4},
    ],
)
def test_a_changed_event_is_named(chain, change):
    changed = replace(chain[2], **change)
    assert verify_chain([*chain[:2], changed, *chain[3:]]) == changed.sequence


@pytest.mark.parametrize("change", [{"detail": {}}, {"who": "somebody"}])
def test_an_event_that_was_changed_and_linked_anew_breaks_the_next(chain, change):
    forged = link(replace(chain[2], **change))
    assert verify_chain([*chain[:2], forged, *chain[3:]]) == 4


def test_lost_swapped_doubled_and_foreign_events_are_named(chain):
    assert verify_chain(chain[1:]) == 2
    assert verify_chain([*chain[:2], *chain[3:]]) == 4
    assert verify_chain([*chain[:2], chain[3], chain[2], chain[4]]) == 4
    assert verify_chain([*chain[:2], *chain[1:]]) == 2
    foreign = link(replace(chain[2], sighting="t"))
    assert verify_chain([*chain[:2], foreign]) == 3


def test_a_shorter_chain_is_whole_because_nothing_in_it_tells_the_end(chain):
    assert verify_chain(chain[:3]) is None


def test_the_digest_is_the_one_that_stands_in_every_store_and_export(chain):
    # A change here makes every chain written so far look forged.
    written = (
        '{"at":"2026-03-01T12:01:00.250Z",'
        '"detail":{"columns":"a\\u00f1o","coverage":0.1,"partial":false,"reason":null,"rows":1},'
        f'"kind":"changed","operation":"op1","previous":"{GENESIS}","sequence":1,"sighting":"s","who":"crawl"}}'
    )
    assert chain[0].digest == hashlib.sha256(written.encode("ascii")).hexdigest()


def test_what_cannot_be_written_down_the_same_everywhere_is_refused(chain):
    with pytest.raises(ValueError, match="JSON"):
        link(replace(chain[0], detail={"coverage": float("nan")}))
