"""Made-up inspections for the store tests, and what child processes do with them."""

import multiprocessing
import os
from abc import ABC, abstractmethod
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from fingerprints.fields.roles import Role
from fingerprints.keys import CaseIds, MatchKey
from pipelines.items import EventKind, Evidence, Finding, Inspection, Run, RunKind, Verdict, Visit
from pipelines.storing.base import SightingQuery, Store
from pipelines.storing.chain import verify_chain

Opener = Callable[[str], Store]

START = datetime(2026, 3, 1, 12, 0, 0, 250_000, tzinfo=UTC)
URL = "https://paste.example/a1"
KEY_TEXT = MatchKey.generate().to_text()
IDS = CaseIds("spring", MatchKey.from_text(KEY_TEXT))
SPAWN = multiprocessing.get_context("spawn")
ALL = SightingQuery(limit=None)
HOW_MANY = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
RUN = Run(id="run-1", case="spring", kind=RunKind.CRAWL, started=START, allowed_hosts=("localhost",))


def at(minutes):
    return START + timedelta(minutes=minutes)


def finding(rows=40, **changes):
    values = {
        "rows_matched": rows,
        "persons_matched": rows,
        "columns": (Role.FULL_NAME, Role.BIRTH_DATE),
        "coverage": rows / 6000,
        "chance_matches": 0.003,
        "confidence": 0.999,
        "evidence": Evidence.SEVERAL if rows > 1 else Evidence.SINGLE,
    }
    return Finding(**{**values, **changes})


def match(body="one", *, minutes=0, url=URL, rows=40, ids=IDS, **changes):
    values = {
        "verdict": Verdict.MATCH,
        "reason": None,
        "partial": False,
        "finding": finding(rows),
        "source": "pastes",
        "at": at(minutes),
        "digest": ids.digest(body.encode()),
        "url": url,
        "status": 200,
        "media_type": "text/plain",
        "server_ip": "192.0.2.7",
        "size": 4096,
        "sealed_rows": body.encode() * 50,
    }
    return Inspection(**{**values, **changes})


def no_match(*, minutes=0, url=URL, reason=None, **changes):
    return match("other", minutes=minutes, url=url).__class__(
        verdict=Verdict.NO_MATCH,
        reason=reason,
        partial=False,
        finding=Finding(),
        source="pastes",
        at=at(minutes),
        digest=IDS.digest(b"other"),
        url=url,
        **changes,
    )


def not_inspected(reason, *, minutes=0, url=URL):
    return Inspection(
        verdict=Verdict.NOT_INSPECTED,
        reason=reason,
        partial=False,
        finding=Finding(),
        source="pastes",
        at=at(minutes),
        url=url,
    )


def file(store, inspection, operation, *, run=RUN.id, ids=IDS):
    return store.file(run, inspection, ids, operation=ids.operation(operation), who="crawl")


def picture(store):
    """Everything a store says, so that two stores or two moments can be compared."""
    sightings = list(store.sightings(SightingQuery(limit=None)))
    return {
        "sightings": sightings,
        "versions": {found.id: store.versions(found.id) for found in sightings},
        "events": {found.id: store.events(found.id) for found in sightings},
        "runs": store.runs(limit=None),
        "visits": {run.id: list[Visit](store.visits(run.id)) for run in store.runs(limit=None)},
    }


def check_whole(store):
    for sighting in store.sightings(ALL):
        versions, events = store.versions(sighting.id), store.events(sighting.id)
        assert verify_chain(events) is None
        assert len({event.operation for event in events}) == len(events)
        assert events[0].kind is EventKind.FOUND
        assert sighting.versions == len(versions) > 0
        assert sighting.first_seen == min(version.first_seen for version in versions)
        assert sighting.last_seen == max(version.last_seen for version in versions)
        assert sighting.finding in [version.finding for version in versions]


def file_in_child(opener: Opener, place: str, key: str, name: str, count: int) -> None:
    """File what every child files (under the same operations) and what only this one does."""
    ids = CaseIds("spring", MatchKey.from_text(key))
    with opener(place) as store:
        store.start_run(RUN)
        for number in range(count):
            shared = match(f"shared {number}", minutes=number, url="https://paste.example/shared", ids=ids)
            file(store, shared, f"shared {number}", ids=ids)
            own = match(f"{name} {number}", minutes=number, url=f"https://{name}.example/{number % 3}", ids=ids)
            file(store, own, f"{name} {number}", ids=ids)


def file_until_killed(opener: Opener, place: str, key: str, name: str, filed: Connection) -> None:
    """File without end and report each number after its filing returned."""
    ids = CaseIds("spring", MatchKey.from_text(key))
    with opener(place) as store:
        number = 0
        while True:
            seen = match(f"{name} {number}", minutes=number, url=killed_url(number), ids=ids)
            file(store, seen, f"{name} {number}", ids=ids)
            filed.send_bytes(str(number).encode())
            number += 1


def killed_url(number: int) -> str:
    return f"https://killed.example/{number % 5}"


def as_nobody(action: Callable[[str], str], folder: str, said: Connection) -> None:
    """Do something in a folder without root's rights, which no file mode stops, and report its one line."""
    os.chdir("/")
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(65534)
        os.setuid(65534)
    said.send(action(str(Path(folder))))


class StoreFixtures(ABC):
    """What the parts of the contract share: a new place, and an opened store in which RUN has begun."""

    @staticmethod
    @abstractmethod
    def open_store(place): ...

    @pytest.fixture
    def place(self, new_place):
        return new_place()

    @pytest.fixture
    def store(self, place):
        with self.open_store(place) as store:
            store.start_run(RUN)
            yield store
