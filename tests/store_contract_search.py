"""How every store looks up, searches and exports."""

import random
import time
from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from store_samples import (
    ALL,
    HOW_MANY,
    IDS,
    RUN,
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

from fingerprints.fields.roles import Role
from fingerprints.keys import CaseIds, MatchKey
from pipelines.errors import NotFoundError, PipelinesError, StoreError, StoreFormatError
from pipelines.items import Reason, Run, RunKind, SourceCount
from pipelines.storing.base import SightingQuery, SortKey
from pipelines.storing.terms import words_of


class LookupContract(StoreFixtures):
    def test_a_unique_prefix_finds_its_sighting(self, store):
        made = [file(store, match(url=f"https://paste.example/{n}"), str(n)).sighting for n in range(60)]
        for identity in made:
            shortest = next(n for n in range(1, 27) if sum(other.startswith(identity[:n]) for other in made) == 1)
            assert store.sighting(identity).id == identity
            assert store.sighting(identity[:shortest]).id == identity
            assert store.sighting(identity[:10].upper()).id == identity
            if shortest > 1:
                with pytest.raises(NotFoundError, match="more than one"):
                    store.sighting(identity[: shortest - 1])

    @pytest.mark.parametrize("prefix", ["", "%", "_", "a%", "a'--", "ü", "\udcff", "a b", "\0", "*", "zzzzzzzzzz"])
    def test_what_is_no_prefix_of_an_id_is_not_found(self, store, prefix):
        file(store, match(), "1")
        with pytest.raises(NotFoundError):
            store.sighting(prefix)
        with pytest.raises(NotFoundError):
            store.run(prefix)

    def test_runs_are_kept_from_start_to_end(self, store, place):
        ended = replace(
            RUN,
            finished=at(3),
            robots_overridden=True,
            sources={
                "pastes": SourceCount(
                    requests=3,
                    bytes=900,
                    verdicts={"match": 1},
                    reasons={"timeout": 2},
                    partial=True,
                    partial_reasons=("server_error",),
                )
            },
        )
        assert store.run("run") == RUN
        store.finish_run(ended)
        store.finish_run(ended)
        store.start_run(RUN)
        assert store.run("RUN-1") == ended
        lone = Run(id="lone", case="autumn", kind=RunKind.SCAN, started=at(-5), finished=at(-4))
        store.finish_run(lone)
        store.start_run(replace(RUN, id="run-10", started=at(9)))
        assert store.run("run-1") == ended
        with pytest.raises(NotFoundError, match="more than one"):
            store.run("run")
        assert [run.id for run in store.runs()] == ["run-10", "run-1", "lone"]
        assert [run.id for run in store.runs(limit=1)] == ["run-10"]
        assert store.runs(case="autumn") == [lone]

    def test_visits_keep_the_order_of_filing(self, store):
        for number in (3, 1, 2):
            file(store, no_match(minutes=number, url=f"https://paste.example/{number}"), str(number))
        found = list(store.visits(RUN.id))
        assert [visit.sequence for visit in found] == [1, 2, 3]
        assert [visit.at for visit in found] == [at(3), at(1), at(2)]

    def test_a_closed_store_says_so(self, store):
        file(store, match(), "1")
        store.close()
        store.close()
        for use in (
            lambda: store.sighting("a"),
            lambda: list(store.sightings(ALL)),
            lambda: list(store.visits(RUN.id)),
            lambda: file(store, match(), "2"),
        ):
            with pytest.raises(StoreError, match="closed"):
                use()


_PLACES = (
    "https://paste.example/raw/Año-2022",
    "https://raw.paste.example/raw/2022?Page=7",
    "https://otherpaste.example/raw_2022.csv",
    "http://xn--bcher-kva.example:8080/list",
    "http://192.0.2.1/files/2022/",
    "http://2.1/",
    "http://[2001:db8::1]/files/",
)
_WORDS = ("", "paste", "PASTE example", "2022", "año", "AN%CC%83O", "bücher", "page 7", "mirror", "raw 2022", "past")
_DOMAINS = (
    None,
    "paste.example",
    "EXAMPLE",
    "example.",
    "aste.example",
    "192.0.2.1",
    "2.1",
    "[2001:DB8::1]",
    "bücher.example",
)
_QUERIES = st.builds(
    SightingQuery,
    case=st.sampled_from([None, "spring", "autumn"]),
    text=st.sampled_from(_WORDS),
    status=st.sampled_from([None, "new", "confirmed", "overdue"]),
    source=st.sampled_from([None, "pastes", "mirror one"]),
    domain=st.sampled_from(_DOMAINS),
    column=st.sampled_from([None, "id", "full_name", "given_name"]),
    since=st.sampled_from([None, at(3), at(5), at(99)]),
    min_rows=st.sampled_from([None, 1, 5, 50]),
    min_confidence=st.sampled_from([None, 0.5, 1.0]),
    sort=st.sampled_from(SortKey),
    limit=st.sampled_from([None, 1, 3, 50]),
)


class SearchContract(StoreFixtures):
    @pytest.fixture
    def filled(self, store):
        chooser = random.Random(7)
        for number in range(60):
            columns = tuple(chooser.sample([Role.ID, Role.FULL_NAME, Role.PLACE], 2))
            base = chooser.choice(_PLACES)
            seen = match(
                str(number),
                minutes=number % 7,
                url=f"{base}{'&' if '?' in base else '?'}n={number}",
                source=chooser.choice(["pastes", "mirror one"]),
                finding=finding(
                    chooser.choice([1, 5, 5, 90]), columns=columns, confidence=chooser.choice([0.4, 0.5, 1.0])
                ),
            )
            file(store, seen, str(number))
        return store

    @settings(HOW_MANY, max_examples=200)
    @given(query=_QUERIES)
    def test_any_filters_answer_as_a_plain_loop_does(self, filled, query):
        everything = list(filled.sightings(ALL))
        assert len(everything) == 60
        wanted = sorted((found for found in everything if _fits(found, query)), key=lambda found: found.id)
        wanted.sort(key=lambda found: _sort_value(found, query.sort), reverse=True)
        assert list(filled.sightings(query)) == wanted[: query.limit]

    @pytest.mark.parametrize(
        "text", ["paste*", '"paste', "paste OR zzz", "NOT zzz", "host:paste", "' OR 1=1 --", "%", "_", "@example", "§§"]
    )
    def test_nothing_in_the_text_is_syntax(self, filled, text):
        words = words_of(text)
        expected = [found for found in filled.sightings(ALL) if words and _has_words(found, words)]
        assert list(filled.sightings(SightingQuery(text=text, limit=None))) == expected

    def test_a_pasted_url_finds_its_sighting(self, filled):
        for found in filled.sightings(ALL):
            assert found in list(filled.sightings(SightingQuery(text=found.url, limit=None)))

    @pytest.mark.parametrize("text", ["\udcff", "\0", "a" * 100_000, "\u202e", "%ff%00"])
    def test_odd_text_finds_nothing(self, filled, text):
        assert list(filled.sightings(SightingQuery(text=text))) == []

    @pytest.mark.parametrize(
        ("wrong", "said"),
        [
            ({"status": "nwe"}, "new, confirmed, dismissed"),
            ({"column": "name"}, "given_name, family_name"),
            ({"domain": "https://paste.example/"}, "host name"),
            ({"domain": ""}, "no host"),
            ({"source": "\ud800"}, "source"),
            ({"case": "\0"}, "case"),
            ({"limit": 0}, "limit"),
            ({"since": datetime(2026, 1, 1)}, "time zone"),  # noqa: DTZ001 - that is what is tried
        ],
    )
    def test_a_wrong_filter_is_one_sentence(self, wrong, said):
        with pytest.raises(PipelinesError, match=said):
            SightingQuery(**wrong)

    def test_a_listing_is_a_snapshot_and_keeps_no_writer_waiting(self, filled):
        listing = filled.sightings(ALL)
        seen = [next(listing)]
        started = time.monotonic()
        for number in range(20):
            file(filled, match(f"late {number}", minutes=500, url=f"https://late.example/{number}"), f"late {number}")
        assert time.monotonic() - started < 10
        seen.extend(listing)
        assert len(seen) == 60
        assert len(list(filled.sightings(ALL))) == 80

    def test_a_listing_that_is_given_up_leaves_the_store_usable(self, filled):
        for _ in range(50):
            listing = filled.sightings(ALL)
            next(listing)
            del listing
        assert file(filled, match(url="https://late.example/"), "late").is_new_sighting


def _fits(found, query):
    host = found.url.split("/")[2].partition(":8080")[0]
    domain = query.domain
    is_number = host[0] in "[123456789"
    return (
        query.case in (None, found.case)
        and query.status in (None, "new")
        and query.source in (None, found.source)
        and (domain is None or host == domain or (not is_number and host.endswith("." + domain)))
        and (query.column is None or query.column in found.finding.columns)
        and (query.since is None or found.last_seen >= query.since)
        and (query.min_rows is None or found.finding.rows_matched >= query.min_rows)
        and (query.min_confidence is None or found.finding.confidence >= query.min_confidence)
        and _has_words(found, words_of(query.text))
    )


def _has_words(found, words):
    readable = "bücher" if "xn--bcher-kva" in found.url else ""
    return set(words) <= set(words_of(f"{found.url} {found.source} {readable}"))


def _sort_value(found, sort):
    return {
        SortKey.LAST_SEEN: found.last_seen,
        SortKey.ROWS: found.finding.rows_matched,
        SortKey.COVERAGE: found.finding.coverage,
        SortKey.CONFIDENCE: found.finding.confidence,
    }[sort]


class ExportContract(StoreFixtures):
    def test_an_exported_case_is_all_there_elsewhere(self, store, new_place):
        _file_story(store)
        store.start_run(replace(RUN, id="run-2", case="autumn"))
        autumn = CaseIds("autumn", MatchKey.generate())
        file(store, match(ids=autumn), "1", run="run-2", ids=autumn)
        exported = store.export_case("spring")
        with self.open_store(new_place()) as other:
            other.import_case(exported)
            other.import_case(exported)
            assert other.export_case("spring") == exported
            assert [run.id for run in other.runs()] == [RUN.id]
            assert [found.id for found in other.sightings(SightingQuery(text="paste example"))] == [IDS.sighting(URL)]
            assert other.versions(IDS.sighting(URL)) == store.versions(IDS.sighting(URL))
            assert list(other.visits(RUN.id)) == list(store.visits(RUN.id))
            assert not file(other, match(), "1").is_new_sighting
            file(other, match("new", minutes=99), "99")
            check_whole(other)

    def test_what_is_there_already_stays_as_it_is(self, store):
        file(store, match(), "1")
        exported = store.export_case("spring")
        file(store, match("two", minutes=1), "2")
        before = picture(store)
        store.import_case(exported)
        assert picture(store) == before

    def test_a_history_that_has_gone_on_is_not_mixed_with_what_is_there(self, store, new_place):
        file(store, match(), "1")
        with self.open_store(new_place()) as other:
            other.import_case(store.export_case("spring"))
            file(store, match("two", minutes=1), "2")
            file(store, match("three", minutes=2, url="https://paste.example/b2"), "3")
            file(other, match("four", minutes=3), "4")
            before = other.versions(IDS.sighting(URL)), other.events(IDS.sighting(URL)), list(other.visits(RUN.id))
            other.import_case(store.export_case("spring"))
            after = other.versions(IDS.sighting(URL)), other.events(IDS.sighting(URL)), list(other.visits(RUN.id))
            assert after == before
            assert len(list(other.sightings(ALL))) == 2
            file(other, match("five", minutes=4), "5")
            check_whole(other)

    def test_a_damaged_export_is_refused_whole(self, store, new_place):
        _file_story(store)
        exported = store.export_case("spring")
        lines = exported.splitlines(keepends=True)
        broken = [b"", b"\xff", b"{}", exported[:-5], b"".join(lines[:-1]), b"".join(lines[:2] + lines[3:])]
        broken.append(exported.replace(b'"present"', b'"presend"').replace(b'"unknown"', b'"presend"'))
        without_sighting = [line for line in lines if not line.startswith(b'["sightings"')]
        broken.append(
            b"".join(without_sighting).replace(b'"rows": %d}' % (len(lines) - 2), b'"rows": %d}' % (len(lines) - 3))
        )
        broken.append(exported.replace(b'"history": 1', b'"history": 99'))
        for number, data in enumerate(broken):
            with self.open_store(new_place()) as other:
                with pytest.raises(StoreFormatError):
                    other.import_case(data)
                assert picture(other)["runs"] == [], number


def _file_story(store):
    file(store, match(), "1")
    file(store, match("two", minutes=1, rows=1), "2")
    file(store, no_match(minutes=2, reason=Reason.GONE), "3")
    file(store, not_inspected(Reason.TIMEOUT, minutes=3), "4")
    file(store, match(url=None), "5")
