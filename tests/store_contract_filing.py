"""What filing does, the same in every store."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from store_samples import (
    ALL,
    HOW_MANY,
    IDS,
    RUN,
    START,
    URL,
    StoreFixtures,
    at,
    check_whole,
    file,
    finding,
    match,
    no_match,
    not_inspected,
    picture,
)

from fingerprints.keys import CaseIds, MatchKey
from pipelines.errors import NotFoundError
from pipelines.items import EventKind, Presence, Reason, Triage, Verdict
from pipelines.storing.base import SightingQuery
from pipelines.storing.chain import verify_chain


class FilingContract(StoreFixtures):
    def test_a_match_makes_a_sighting_a_version_an_event_and_a_visit(self, store):
        seen = match(fetch_url="https://paste.example/raw/a1")
        filing = file(store, seen, "1")
        assert (filing.is_new_sighting, filing.is_new_version) == (True, True)
        assert filing.sighting == IDS.sighting(URL)

        [sighting] = store.sightings(ALL)
        assert (sighting.id, sighting.case, sighting.url) == (filing.sighting, "spring", URL)
        assert (sighting.fetch_url, sighting.source) == ("https://paste.example/raw/a1", "pastes")
        assert (sighting.first_seen, sighting.last_seen) == (START, START)
        assert (sighting.triage, sighting.presence) == (Triage.NEW, Presence.PRESENT)
        assert (sighting.finding, sighting.partial, sighting.versions) == (seen.finding, False, 1)

        [version] = store.versions(sighting.id)
        assert version.id == IDS.version(sighting.id, seen.digest)
        assert (version.sighting, version.digest) == (sighting.id, seen.digest)
        assert (version.first_seen, version.last_seen) == (START, START)
        assert (version.finding, version.partial, version.sealed_rows) == (seen.finding, False, seen.sealed_rows)
        assert (version.media_type, version.size, version.status) == ("text/plain", 4096, 200)
        assert version.server_ip == "192.0.2.7"

        [event] = store.events(sighting.id)
        assert (event.sequence, event.kind, event.at, event.who) == (1, EventKind.FOUND, START, "crawl")
        assert event.operation == IDS.operation("1")
        assert (event.detail["rows"], event.detail["version"], event.detail["run"]) == (40, version.id, RUN.id)

        [visit] = store.visits(RUN.id)
        assert (visit.run, visit.sequence, visit.at, visit.url) == (RUN.id, 1, START, URL)
        assert (visit.verdict, visit.reason, visit.partial) == (Verdict.MATCH, None, False)
        assert (visit.digest, visit.source) == (seen.digest, "pastes")

    def test_an_empty_store_answers(self, store):
        assert list(store.sightings(ALL)) == []
        assert store.versions(IDS.sighting(URL)) == []
        assert store.events(IDS.sighting(URL)) == []
        assert list(store.visits(RUN.id)) == []
        assert list(store.visits("no such run")) == []

    def test_everything_is_there_after_it_was_opened_again(self, store, place):
        file(store, match(), "1")
        file(store, match("two", minutes=1), "2")
        before = picture(store)
        store.close()
        with self.open_store(place) as again:
            assert picture(again) == before

    def test_the_same_operation_twice_is_once(self, store):
        first = file(store, match(), "1")
        before = picture(store)
        again = file(store, match("another", minutes=9), "1")
        assert (again.sighting, again.is_new_sighting, again.is_new_version) == (first.sighting, False, False)
        assert picture(store) == before

    def test_the_same_content_again_only_moves_last_seen(self, store):
        file(store, match(), "1")
        [before] = store.sightings(ALL)
        filing = file(store, match(minutes=5), "2")
        assert (filing.sighting, filing.is_new_sighting, filing.is_new_version) == (before.id, False, False)
        [after] = store.sightings(ALL)
        assert after == replace(before, last_seen=at(5), revision=after.revision)
        assert after.revision > before.revision
        assert [event.kind for event in store.events(before.id)] == ["found"]
        assert [version.last_seen for version in store.versions(before.id)] == [at(5)]
        assert len(list(store.visits(RUN.id))) == 2

    def test_changed_content_adds_a_version_and_its_finding_counts(self, store):
        file(store, match(rows=40), "1")
        filing = file(store, match("two", minutes=1, rows=7), "2")
        assert (filing.is_new_sighting, filing.is_new_version) == (False, True)
        [sighting] = store.sightings(ALL)
        assert (sighting.versions, sighting.finding) == (2, finding(7))
        assert [version.finding.rows_matched for version in store.versions(sighting.id)] == [40, 7]
        assert [event.kind for event in store.events(sighting.id)] == ["found", "changed"]

    def test_a_version_that_shows_again_is_a_change_but_no_new_version(self, store):
        file(store, match("one", rows=40), "1")
        file(store, match("two", minutes=1, rows=7), "2")
        filing = file(store, match("one", minutes=2, rows=40), "3")
        assert not filing.is_new_version
        [sighting] = store.sightings(ALL)
        assert (sighting.versions, sighting.finding, sighting.last_seen) == (2, finding(40), at(2))
        events = store.events(sighting.id)
        assert [event.kind for event in events] == ["found", "changed", "changed"]
        assert events[2].detail["version"] == events[0].detail["version"]

    def test_a_match_that_nobody_saw_on_the_web_is_a_visit_only(self, store):
        filing = file(store, match(url=None), "1")
        assert filing.sighting is None
        assert list(store.sightings(ALL)) == []
        [visit] = store.visits(RUN.id)
        assert (visit.url, visit.verdict) == (None, Verdict.MATCH)

    def test_a_fragment_never_stands_in_the_open(self, store):
        file(store, match(fetch_url="https://paste.example/raw#secret"), "1")
        [sighting] = store.sightings(ALL)
        assert sighting.fetch_url == "https://paste.example/raw"

    def test_two_cases_keep_their_own_sightings_of_one_url(self, store):
        store.start_run(replace(RUN, id="run-2", case="autumn"))
        autumn = CaseIds("autumn", MatchKey.generate())
        file(store, match(), "1")
        file(store, match(ids=autumn), "1", run="run-2", ids=autumn)
        assert sorted(found.case for found in store.sightings(ALL)) == ["autumn", "spring"]
        [only] = store.sightings(SightingQuery(case="autumn"))
        assert only.id == autumn.sighting(URL)

    def test_a_run_that_was_never_started_is_refused_and_nothing_filed(self, store):
        with pytest.raises(NotFoundError, match="run"):
            file(store, match(), "1", run="other")
        assert list(store.sightings(ALL)) == []
        assert file(store, match(), "1").is_new_sighting

    def test_a_time_without_a_zone_is_refused_and_nothing_filed(self, store):
        with pytest.raises(ValueError, match="time zone"):
            file(store, match(at=datetime(2026, 1, 1)), "1")  # noqa: DTZ001 - that is what is tried
        assert list(store.visits(RUN.id)) == []

    def test_times_are_kept_to_the_millisecond(self, store):
        file(store, match(at=START + timedelta(microseconds=999)), "1")
        [sighting] = store.sightings(ALL)
        assert sighting.first_seen == START
        assert verify_chain(store.events(sighting.id)) is None


class PresenceContract(StoreFixtures):
    def test_a_look_that_finds_nothing_is_one_event_however_often(self, store):
        file(store, match(), "1")
        for minute in range(1, 4):
            filing = file(store, no_match(minutes=minute), str(minute + 1))
            assert filing.sighting == IDS.sighting(URL)
        [sighting] = store.sightings(ALL)
        assert (sighting.presence, sighting.last_seen) == (Presence.UNKNOWN, START)
        assert (sighting.finding, sighting.versions) == (finding(40), 1)
        events = store.events(sighting.id)
        assert [event.kind for event in events] == ["found", "not_seen"]
        assert (events[1].at, events[1].detail["reason"]) == (at(1), None)

    def test_another_reason_for_finding_nothing_is_another_event(self, store):
        file(store, match(), "1")
        file(store, no_match(minutes=1), "2")
        file(store, no_match(minutes=2, reason=Reason.GONE, status=404), "3")
        file(store, no_match(minutes=3, reason=Reason.GONE, status=404), "4")
        events = store.events(IDS.sighting(URL))
        assert [(event.kind, event.detail.get("reason")) for event in events[1:]] == [
            ("not_seen", None),
            ("not_seen", "gone"),
        ]
        assert events[2].detail["status"] == 404

    def test_what_is_there_again_is_seen_again(self, store):
        file(store, match(), "1")
        file(store, no_match(minutes=1), "2")
        file(store, match(minutes=2), "3")
        file(store, match(minutes=3), "4")
        [sighting] = store.sightings(ALL)
        assert (sighting.presence, sighting.last_seen, sighting.versions) == (Presence.PRESENT, at(3), 1)
        file(store, no_match(minutes=4), "5")
        file(store, match("two", minutes=5), "6")
        assert [event.kind for event in store.events(sighting.id)] == [
            "found",
            "not_seen",
            "seen_again",
            "not_seen",
            "seen_again",
        ]

    def test_what_could_not_be_looked_at_changes_nothing(self, store):
        file(store, match(), "1")
        before = list(store.sightings(ALL))
        for number, reason in enumerate((Reason.TIMEOUT, Reason.BLOCKED, Reason.PARTIAL)):
            assert file(store, not_inspected(reason, minutes=number), reason.value).sighting is None
        assert list(store.sightings(ALL)) == before
        assert len(store.events(before[0].id)) == 1
        assert [visit.reason for visit in store.visits(RUN.id)] == [None, "timeout", "blocked", "partial"]

    def test_finding_nothing_at_an_unknown_url_is_a_visit_only(self, store):
        assert file(store, no_match(), "1").sighting is None
        assert list(store.sightings(ALL)) == []
        assert [visit.verdict for visit in store.visits(RUN.id)] == [Verdict.NO_MATCH]

    def test_an_old_look_that_arrives_late_widens_the_span_and_changes_nothing_else(self, store):
        file(store, match("two", minutes=10, rows=7), "1")
        file(store, match("one", minutes=2, rows=40), "2")
        file(store, no_match(minutes=5), "3")
        [sighting] = store.sightings(ALL)
        assert (sighting.first_seen, sighting.last_seen) == (at(2), at(10))
        assert (sighting.finding, sighting.presence, sighting.versions) == (finding(7), Presence.PRESENT, 2)
        assert [version.finding.rows_matched for version in store.versions(sighting.id)] == [40, 7]
        assert [event.kind for event in store.events(sighting.id)] == ["found", "changed"]

    def test_a_match_older_than_the_look_that_found_nothing_does_not_bring_it_back(self, store):
        file(store, match(minutes=0), "1")
        file(store, no_match(minutes=9), "2")
        file(store, match("two", minutes=4, rows=7), "3")
        [sighting] = store.sightings(ALL)
        assert (sighting.presence, sighting.last_seen, sighting.finding) == (Presence.UNKNOWN, at(4), finding(7))
        file(store, no_match(minutes=10), "4")
        assert [event.kind for event in store.events(sighting.id)] == ["found", "not_seen", "changed"]

    def test_a_reading_that_the_newest_one_confirmed_is_not_replaced_by_one_between(self, store):
        file(store, match(rows=40), "1")
        file(store, match(rows=40, minutes=9), "2")
        file(store, match(rows=55, minutes=5), "3")
        [sighting] = store.sightings(ALL)
        assert (sighting.finding, sighting.last_seen) == (finding(40), at(9))
        assert [event.kind for event in store.events(sighting.id)] == ["found"]

    def test_a_better_reading_of_the_same_content_replaces_the_finding(self, store):
        file(store, match(rows=40), "1")
        filing = file(store, match(rows=55, minutes=1, sealed_rows=b"more"), "2")
        assert not filing.is_new_version
        [sighting] = store.sightings(ALL)
        [version] = store.versions(sighting.id)
        assert (sighting.finding, version.finding, version.sealed_rows) == (finding(55), finding(55), b"more")
        assert [event.kind for event in store.events(sighting.id)] == ["found", "changed"]

    def test_a_reading_that_broke_off_never_replaces_a_whole_one(self, store):
        file(store, match(rows=40), "1")
        file(store, match(rows=3, minutes=1, partial=True), "2")
        [sighting] = store.sightings(ALL)
        assert (sighting.finding, sighting.partial) == (finding(40), False)
        file(store, match("two", rows=3, minutes=2, partial=True), "3")
        file(store, match("two", rows=9, minutes=1), "4")
        [sighting] = store.sightings(ALL)
        assert (sighting.finding, sighting.partial) == (finding(9), False)


_LOOKS = st.lists(
    st.tuples(
        st.sampled_from(["match", "no_match", "gone", "timeout"]),
        st.sampled_from(["one", "two", "three"]),
        st.sampled_from([URL, "https://paste.example/b2"]),
        st.booleans(),
    ),
    max_size=8,
)


def _inspections(looks):
    rows = {"one": 40, "two": 7, "three": 1}
    for minute, (kind, body, url, partial) in enumerate(looks):
        if kind == "match":
            found = max(1, rows[body] - 1) if partial else rows[body]
            yield match(body, minutes=minute, url=url, rows=found, partial=partial)
        elif kind == "timeout":
            yield not_inspected(Reason.TIMEOUT, minutes=minute, url=url)
        else:
            yield no_match(minutes=minute, url=url, reason=Reason.GONE if kind == "gone" else None)


class SequenceContract(StoreFixtures):
    @HOW_MANY
    @given(looks=_LOOKS, data=st.data())
    def test_any_sequence_filed_twice_in_any_order_is_once(self, new_place, looks, data):
        inspections = list(enumerate(_inspections(looks)))
        with self.open_store(new_place()) as store:
            store.start_run(RUN)
            filings = {number: file(store, seen, str(number)) for number, seen in inspections}
            before = picture(store)
            for number, seen in data.draw(st.permutations(inspections)):
                assert file(store, seen, str(number)).sighting == filings[number].sighting
            assert picture(store) == before
            check_whole(store)

    @HOW_MANY
    @given(looks=_LOOKS, data=st.data())
    def test_the_times_decide_what_is_current_and_not_the_order_of_filing(self, new_place, looks, data):
        # A look that finds nothing at a URL not yet known leaves no mark, so both are known from the beginning.
        looks = [("match", "one", URL, False), ("match", "one", "https://paste.example/b2", False), *looks]
        current = []
        inspections = list(enumerate(_inspections(looks)))
        for order in (inspections, inspections[:2] + data.draw(st.permutations(inspections[2:]))):
            with self.open_store(new_place()) as store:
                store.start_run(RUN)
                for number, seen in order:
                    file(store, seen, str(number))
                check_whole(store)
                current.append(_current(store))
        assert current[0] == current[1]


def _current(store):
    sightings = [replace(found, revision=0) for found in store.sightings(ALL)]
    return sightings, {found.id: store.versions(found.id) for found in sightings}
