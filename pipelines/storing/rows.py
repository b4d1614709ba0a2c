"""Values to rows of the SQLite store and back."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any

from fingerprints.fields.roles import Role
from pipelines.items import (
    Event,
    EventKind,
    Evidence,
    Finding,
    Presence,
    Reason,
    Run,
    RunKind,
    Sighting,
    SourceCount,
    Triage,
    Verdict,
    Version,
    Visit,
)
from pipelines.storing.filing import Reading, Standing
from pipelines.storing.tables import DamagedRowError, Row
from pipelines.storing.times import from_millis, to_millis


@dataclass(frozen=True, slots=True)
class FiledVisit:
    """A visit with the operation that filed it and the sighting that was named for it."""

    visit: Visit
    operation: str
    sighting: str | None


@contextmanager
def _typed(table: str) -> Iterator[None]:
    try:
        yield
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError) as error:
        raise DamagedRowError(table) from error


def run_row(run: Run) -> Row:
    """Return the row of a run."""
    return (
        run.id,
        run.case,
        run.kind.value,
        to_millis(run.started),
        None if run.finished is None else to_millis(run.finished),
        _json(list(run.allowed_hosts)),
        int(run.robots_overridden),
        _json({name: asdict(count) for name, count in run.sources.items()}),
    )


def run_of(row: tuple[Any, ...]) -> Run:
    """Return the run of a row."""
    identity, case, kind, started, finished, hosts, robots, sources = row
    with _typed("runs"):
        return Run(
            id=identity,
            case=case,
            kind=RunKind(kind),
            started=from_millis(started),
            finished=None if finished is None else from_millis(finished),
            allowed_hosts=tuple(json.loads(hosts)),
            robots_overridden=bool(robots),
            sources={name: _source_count(count) for name, count in json.loads(sources).items()},
        )


def standing_row(standing: Standing) -> Row:
    """Return the row of a sighting with what the store needs to know about it."""
    sighting = standing.sighting
    return (
        sighting.id,
        sighting.case,
        sighting.url,
        sighting.fetch_url,
        sighting.source,
        to_millis(sighting.first_seen),
        to_millis(sighting.last_seen),
        sighting.triage.value,
        sighting.presence.value,
        *_finding_cells(sighting.finding),
        int(sighting.partial),
        sighting.versions,
        sighting.revision,
        standing.shown,
        to_millis(standing.looked_at),
        standing.absent,
        standing.events,
        standing.head,
    )


def standing_of(row: tuple[Any, ...]) -> Standing:
    """Return the sighting of a row with what the store needs to know about it."""
    identity, case, url, fetch_url, source, first, last, triage, presence = row[:9]
    partial, versions, revision, shown, looked_at, absent, events, head = row[16:]
    with _typed("sightings"):
        sighting = Sighting(
            id=identity,
            case=case,
            url=url,
            fetch_url=fetch_url,
            source=source,
            first_seen=from_millis(first),
            last_seen=from_millis(last),
            triage=Triage(triage),
            presence=Presence(presence),
            finding=_finding(row[9:16]),
            partial=bool(partial),
            versions=versions,
            revision=revision,
        )
        return Standing(sighting, shown, from_millis(looked_at), absent, events, head)


def reading_row(reading: Reading) -> Row:
    """Return the row of a version."""
    version = reading.version
    return (
        version.id,
        version.sighting,
        version.digest,
        to_millis(version.first_seen),
        to_millis(version.last_seen),
        *_finding_cells(version.finding),
        int(version.partial),
        version.media_type,
        version.size,
        version.status,
        version.server_ip,
        version.sealed_rows,
        to_millis(reading.read_at),
    )


def reading_of(row: tuple[Any, ...]) -> Reading:
    """Return the version of a row."""
    identity, sighting, digest, first, last = row[:5]
    partial, media_type, size, status, server_ip, sealed_rows, read_at = row[12:]
    with _typed("versions"):
        version = Version(
            id=identity,
            sighting=sighting,
            digest=digest,
            first_seen=from_millis(first),
            last_seen=from_millis(last),
            finding=_finding(row[5:12]),
            partial=bool(partial),
            media_type=media_type,
            size=size,
            status=status,
            server_ip=server_ip,
            sealed_rows=sealed_rows,
        )
        return Reading(version, from_millis(read_at))


def event_row(event: Event) -> Row:
    """Return the row of an event."""
    return (
        event.sighting,
        event.sequence,
        event.operation,
        to_millis(event.at),
        event.who,
        event.kind.value,
        _json(event.detail),
        event.previous,
        event.digest,
    )


def event_of(row: tuple[Any, ...]) -> Event:
    """Return the event of a row as it stands there; whether it fits its chain is for `verify_chain` to say."""
    sighting, sequence, operation, at, who, kind, detail, previous, digest = row
    with _typed("events"):
        return Event(
            sighting, sequence, operation, from_millis(at), who, EventKind(kind), json.loads(detail), previous, digest
        )


def visit_row(filed: FiledVisit) -> Row:
    """Return the row of a visit."""
    visit = filed.visit
    return (
        visit.run,
        visit.sequence,
        to_millis(visit.at),
        visit.source,
        visit.url,
        visit.verdict.value,
        None if visit.reason is None else visit.reason.value,
        int(visit.partial),
        visit.digest,
        filed.operation,
        filed.sighting,
    )


def visit_of(row: tuple[Any, ...]) -> FiledVisit:
    """Return the visit of a row."""
    run, sequence, at, source, url, verdict, reason, partial, digest, operation, sighting = row
    with _typed("visits"):
        visit = Visit(
            run=run,
            sequence=sequence,
            at=from_millis(at),
            source=source,
            url=url,
            verdict=Verdict(verdict),
            reason=None if reason is None else Reason(reason),
            partial=bool(partial),
            digest=digest,
        )
        return FiledVisit(visit, operation, sighting)


def _finding_cells(finding: Finding) -> Row:
    return (
        finding.rows_matched,
        finding.persons_matched,
        # Spaces on both sides let one role be looked up as a whole word.
        f" {' '.join(finding.columns)} ",
        float(finding.coverage),
        float(finding.chance_matches),
        float(finding.confidence),
        None if finding.evidence is None else finding.evidence.value,
    )


def _finding(cells: tuple[Any, ...]) -> Finding:
    rows, persons, columns, coverage, chance, confidence, evidence = cells
    return Finding(
        rows_matched=rows,
        persons_matched=persons,
        columns=tuple(Role(name) for name in columns.split()),
        coverage=coverage,
        chance_matches=chance,
        confidence=confidence,
        evidence=None if evidence is None else Evidence(evidence),
    )


def _source_count(fields: dict[str, Any]) -> SourceCount:
    return SourceCount(**{**fields, "partial_reasons": tuple(fields["partial_reasons"])})


def _json(value: object) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), allow_nan=False)
