"""The interface of a store: sightings (current state), versions, events, runs and visits.

Every backend passes the same contract tests and gives the same answers in the same order.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import TracebackType
from typing import Self

from fingerprints.fields.roles import Role
from fingerprints.keys import CaseIds
from pipelines.errors import QueryError
from pipelines.items import Event, Inspection, Run, Sighting, Version, Visit
from pipelines.states import Status
from pipelines.urls import canonical_host


class SortKey(StrEnum):
    """What a listing is ordered by, best first, then by id."""

    LAST_SEEN = "last_seen"
    ROWS = "rows"
    COVERAGE = "coverage"
    CONFIDENCE = "confidence"


@dataclass(frozen=True, slots=True)
class SightingQuery:
    """Which sightings, in which order; an unset field filters nothing, a wrong one is a QueryError.

    `text` is words of the URL or the source, all of which must occur whole; nothing in it is query syntax.
    `domain` is a host and all below it, `column` a role that the newest version shows, `since` a bound on `last_seen`.
    """

    case: str | None = None
    text: str = ""
    status: str | None = None
    source: str | None = None
    domain: str | None = None
    column: str | None = None
    since: datetime | None = None
    min_rows: int | None = None
    min_confidence: float | None = None
    sort: SortKey = SortKey.LAST_SEEN
    limit: int | None = 50

    def __post_init__(self) -> None:
        if self.status is not None:
            _refuse_unknown("status", self.status, [status.value for status in Status])
        if self.column is not None:
            _refuse_unknown("column", self.column, [role.value for role in Role])
        if self.domain is not None:
            object.__setattr__(self, "domain", canonical_host(self.domain.strip()))
        if self.since is not None and self.since.tzinfo is None:
            raise QueryError("since needs a time zone")
        for name, word in (("case", self.case), ("source", self.source)):
            if word is not None and not word.isprintable():
                raise QueryError(f"this {name} holds characters that no {name} has")
        if self.limit is not None and self.limit < 1:
            raise QueryError("limit has to be 1 or more")


def _refuse_unknown(name: str, word: str, known: list[str]) -> None:
    if word not in known:
        raise QueryError(f"this {name} is unknown; use one of {', '.join(known)}")


@dataclass(frozen=True, slots=True)
class Filing:
    """What filing an inspection did; `sighting` is None when there was nothing to file."""

    sighting: str | None
    is_new_sighting: bool = False
    is_new_version: bool = False


class Store(ABC):
    """Where sightings live. Every write is idempotent and atomic: after a kill -9 it happened wholly or not at all."""

    @abstractmethod
    def start_run(self, run: Run) -> None:
        """Record a run that has begun; what is known of a run with this id stays as it is."""

    @abstractmethod
    def finish_run(self, run: Run) -> None:
        """Replace the record of a run that has ended, or add it when its beginning was never recorded."""

    @abstractmethod
    def file(self, run: str, inspection: Inspection, ids: CaseIds, *, operation: str, who: str) -> Filing:
        """Record the visit under its run and, for a match with a URL, its sighting, version and event.

        A finished look (`no_match`) at the URL of a known sighting adds one `not_seen` event and leaves its finding.
        The times of the looks decide what is current, not the order of filing. An unknown run is a NotFoundError.
        Filing the same operation twice changes nothing and names the same sighting.
        """

    @abstractmethod
    def sighting(self, prefix: str) -> Sighting:
        """Return the one sighting whose id starts with `prefix`; NotFoundError when there is none or more than one."""

    @abstractmethod
    def sightings(self, query: SightingQuery) -> Iterator[Sighting]:
        """Yield sightings in the query's order; equal sort keys are ordered by id."""

    @abstractmethod
    def versions(self, sighting: str) -> list[Version]:
        """Return a sighting's versions, oldest first."""

    @abstractmethod
    def events(self, sighting: str) -> list[Event]:
        """Return a sighting's events in sequence."""

    @abstractmethod
    def run(self, prefix: str) -> Run:
        """Return the one run whose id starts with `prefix`; NotFoundError when there is none or more than one."""

    @abstractmethod
    def runs(self, case: str | None = None, limit: int | None = 50) -> list[Run]:
        """Return runs, newest first."""

    @abstractmethod
    def visits(self, run: str) -> Iterator[Visit]:
        """Yield the visits of a run in the order they were filed."""

    @abstractmethod
    def export_case(self, case: str) -> bytes:
        """Return everything kept of a case as one opaque value that `import_case` of the same backend takes."""

    @abstractmethod
    def import_case(self, exported: bytes) -> None:
        """Add an exported case, whole or not at all; what is there already stays as it is."""

    @abstractmethod
    def close(self) -> None:
        """Release files and connections; calling it twice is harmless."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
