"""What filing an inspection does to a sighting: pure rules, the same for every backend.

Times decide, not the order of filing: an old look that arrives late (from a spool, from another host) widens the
time span and may add a version, but never changes what is current.
"""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime

from pipelines.items import Event, EventKind, Inspection, Presence, Sighting, Triage, Verdict, Version
from pipelines.states import presence_when_seen
from pipelines.storing.chain import GENESIS, link

_Detail = dict[str, str | int | float | bool | None]


@dataclass(frozen=True, slots=True)
class Look:
    """One finished look at a URL, with the names under which it is filed; `at` has whole milliseconds."""

    inspection: Inspection
    case: str
    run: str
    operation: str
    who: str
    sighting: str
    version: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """A sighting with what only its store needs: which version it shows, and where its chain of events ends.

    `looked_at` is the newest finished look. `absent` is None while that look showed the leak, else its reason or "".
    """

    sighting: Sighting
    shown: str
    looked_at: datetime
    absent: str | None
    events: int = 0
    head: str = GENESIS


@dataclass(frozen=True, slots=True)
class Reading:
    """A version with the time of the look whose finding it holds."""

    version: Version
    read_at: datetime


@dataclass(frozen=True, slots=True)
class Outcome:
    """What stands after a filing; `reading` and `event` are None where there is nothing to write."""

    standing: Standing
    reading: Reading | None
    event: Event | None


def outcome_of(look: Look, standing: Standing | None, reading: Reading | None) -> Outcome | None:
    """Return what a finished look changes, given what is known of its sighting and version; None for nothing."""
    if look.inspection.verdict is Verdict.MATCH:
        return _first_seen(look) if standing is None else _seen(look, standing, reading)
    return None if standing is None else _not_seen(look, standing)


def _first_seen(look: Look) -> Outcome:
    inspection, reading = look.inspection, _new_reading(look)
    sighting = Sighting(
        id=look.sighting,
        case=look.case,
        url=str(inspection.url),
        fetch_url=_open_part(inspection.fetch_url),
        source=inspection.source,
        first_seen=look.at,
        last_seen=look.at,
        triage=Triage.NEW,
        presence=Presence.PRESENT,
        finding=inspection.finding,
        partial=inspection.partial,
        versions=1,
        revision=0,
    )
    standing = Standing(sighting, shown=look.version, looked_at=look.at, absent=None)
    return _outcome(look, standing, reading, EventKind.FOUND)


def _seen(look: Look, standing: Standing, known: Reading | None) -> Outcome:
    reading, is_reread = (_new_reading(look), False) if known is None else _updated(look, known)
    before = standing.sighting
    is_newest_look, is_newest_match = look.at >= standing.looked_at, look.at >= before.last_seen
    shown = look.version if is_newest_match else standing.shown
    is_back = is_newest_look and standing.absent is not None
    is_shown = shown == look.version
    sighting = replace(
        before,
        first_seen=min(before.first_seen, look.at),
        last_seen=max(before.last_seen, look.at),
        presence=presence_when_seen(before.presence) if is_newest_look else before.presence,
        finding=reading.version.finding if is_shown else before.finding,
        partial=reading.version.partial if is_shown else before.partial,
        versions=before.versions + (known is None),
    )
    after = replace(
        standing,
        sighting=sighting,
        shown=shown,
        looked_at=max(standing.looked_at, look.at),
        absent=None if is_newest_look else standing.absent,
    )
    kind = None
    if is_back:
        kind = EventKind.SEEN_AGAIN
    elif known is None or is_reread or shown != standing.shown:
        kind = EventKind.CHANGED
    return _outcome(look, after, reading, kind)


def _not_seen(look: Look, standing: Standing) -> Outcome:
    reason = look.inspection.reason.value if look.inspection.reason else ""
    if look.at < standing.looked_at:
        return Outcome(standing, None, None)
    after = replace(
        standing,
        sighting=replace(standing.sighting, presence=Presence.UNKNOWN),
        looked_at=look.at,
        absent=reason,
    )
    return _outcome(look, after, None, None if standing.absent == reason else EventKind.NOT_SEEN)


def _outcome(look: Look, standing: Standing, reading: Reading | None, kind: EventKind | None) -> Outcome:
    sighting = replace(standing.sighting, revision=standing.sighting.revision + 1)
    standing = replace(standing, sighting=sighting)
    if kind is None:
        return Outcome(standing, reading, None)
    event = link(
        Event(
            sighting=sighting.id,
            sequence=standing.events + 1,
            operation=look.operation,
            at=look.at,
            who=look.who,
            kind=kind,
            detail=_detail(look, reading),
            previous=standing.head,
            digest="",
        )
    )
    return Outcome(replace(standing, events=event.sequence, head=event.digest), reading, event)


def _new_reading(look: Look) -> Reading:
    inspection = look.inspection
    version = Version(
        id=look.version,
        sighting=look.sighting,
        digest=str(inspection.digest),
        first_seen=look.at,
        last_seen=look.at,
        finding=inspection.finding,
        partial=inspection.partial,
        media_type=inspection.media_type,
        size=inspection.size,
        status=inspection.status,
        server_ip=inspection.server_ip,
        sealed_rows=inspection.sealed_rows,
    )
    return Reading(version, look.at)


def _updated(look: Look, known: Reading) -> tuple[Reading, bool]:
    """Return the version after its content was met again, and whether it was read anew.

    Equal content can be read better later (by a better engine, against one more table), so the newest reading counts;
    but one that broke off never replaces a whole one.
    """
    old = known.version
    version = replace(old, first_seen=min(old.first_seen, look.at), last_seen=max(old.last_seen, look.at))
    inspection = look.inspection
    if (not inspection.partial, look.at) < (not old.partial, known.read_at):
        return Reading(version, known.read_at), False
    if (inspection.finding, inspection.partial) == (old.finding, old.partial):
        return Reading(version, look.at), False
    reread = replace(
        version, finding=inspection.finding, partial=inspection.partial, sealed_rows=inspection.sealed_rows
    )
    return Reading(reread, look.at), True


def _detail(look: Look, reading: Reading | None) -> _Detail:
    if reading is None:
        reason = look.inspection.reason
        return {"run": look.run, "reason": reason.value if reason else None, "status": look.inspection.status}
    version, finding = reading.version, reading.version.finding
    return {
        "run": look.run,
        "version": version.id,
        "digest": version.digest,
        "rows": finding.rows_matched,
        "persons": finding.persons_matched,
        "columns": " ".join(finding.columns),
        "coverage": finding.coverage,
        "confidence": finding.confidence,
        "partial": version.partial,
        "sealed": hashlib.sha256(version.sealed_rows).hexdigest() if version.sealed_rows is not None else None,
    }


def _open_part(fetch_url: str | None) -> str | None:
    # A fragment may hold a decryption key, which never stands in the open.
    return None if fetch_url is None else fetch_url.partition("#")[0]
