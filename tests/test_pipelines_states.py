"""Every pair of states has one status word, and the words lead back to the pairs."""

from itertools import product

import pytest

from pipelines.items import Presence, Triage
from pipelines.states import Status, presence_when_seen, states_with, status_of

EXPECTED = {
    (Triage.NEW, Presence.PRESENT): "new",
    (Triage.NEW, Presence.UNKNOWN): "new",
    (Triage.NEW, Presence.GONE): "removed",
    (Triage.NEW, Presence.REAPPEARED): "reappeared",
    (Triage.CONFIRMED, Presence.PARTLY): "confirmed",
    (Triage.CONFIRMED, Presence.GONE): "removed",
    (Triage.CONFIRMED, Presence.REAPPEARED): "reappeared",
    (Triage.DISMISSED, Presence.PRESENT): "dismissed",
    (Triage.DISMISSED, Presence.GONE): "dismissed",
    (Triage.DISMISSED, Presence.REAPPEARED): "dismissed",
}


@pytest.mark.parametrize(("states", "word"), EXPECTED.items())
def test_the_word_of_a_pair(states, word):
    assert status_of(*states) == word


def test_every_pair_has_exactly_one_word_and_is_found_by_it():
    for pair in product(Triage, Presence):
        word = status_of(*pair)
        assert [status for status in Status if pair in states_with(status)] == [word]


def test_words_that_need_a_notice_are_known_and_stand_for_no_pair():
    for word in ("requested", "acknowledged", "refused", "escalated", "overdue"):
        assert states_with(Status(word)) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (Presence.PRESENT, Presence.PRESENT),
        (Presence.PARTLY, Presence.PRESENT),
        (Presence.UNKNOWN, Presence.PRESENT),
        (Presence.GONE, Presence.REAPPEARED),
        (Presence.REAPPEARED, Presence.REAPPEARED),
    ],
)
def test_only_what_was_gone_reappears(before, after):
    assert presence_when_seen(before) is after
