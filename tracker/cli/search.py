"""tracker search and tracker show: what was found, and the story of one sighting."""

import dataclasses
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli.findings import finding_fields, short_id
from tracker.cli.options import CaseOption, FormatOption, HomeOption, parse_time
from tracker.cli.output import Format, print_facts, print_json, print_lines, say
from tracker.errors import TrackerError

if TYPE_CHECKING:
    from pipelines.items import Event, Sighting, Version
    from pipelines.storing.base import SortKey
    from tracker.cases.home import Home

_COLUMNS = {
    "id": "id",
    "url": "URL",
    "status": "status",
    "rows_matched": "rows",
    "coverage": "coverage",
    "columns": "columns",
    "confidence": "confidence",
    "next": "next",
}


def search(
    text: Annotated[str, typer.Argument(help="Words of the URL or the source; all must occur.")] = "",
    *,
    case: CaseOption = None,
    status: Annotated[str | None, typer.Option("--status", help="Only this status, such as new.")] = None,
    source: Annotated[str | None, typer.Option("--source", help="Only what this source showed.")] = None,
    domain: Annotated[str | None, typer.Option("--domain", help="Only this host and those below it.")] = None,
    column: Annotated[str | None, typer.Option("--column", help="Only where this role was seen, such as id.")] = None,
    since: Annotated[str | None, typer.Option("--since", metavar="TIME", help="Seen since a date or 7d ago.")] = None,
    min_rows: Annotated[int | None, typer.Option("--min-rows", min=1, help="At least this many rows.")] = None,
    min_confidence: Annotated[
        float | None, typer.Option("--min-confidence", min=0.0, max=1.0, help="At least this confidence.")
    ] = None,
    sort: Annotated[
        str, typer.Option("--sort", help="last_seen, rows, coverage or confidence; highest first.")
    ] = "rows",
    limit: Annotated[int, typer.Option("--limit", min=1, help="At most this many.")] = 50,
    style: FormatOption = Format.TABLE,
    home: HomeOption = None,
) -> None:
    """List where the leak was published again.

    Example: tracker search --case spring --since 7d --min-rows 10
    """
    from pipelines.storing.base import SightingQuery
    from tracker.cases.desk import open_store
    from tracker.cases.home import Home

    place = Home.locate(home)
    if case is not None:
        place.choose_case(case)
    query = SightingQuery(
        case=case,
        text=text,
        status=_status(status),
        source=source,
        domain=domain,
        column=_role(column),
        since=parse_time(since, "--since") if since else None,
        min_rows=min_rows,
        min_confidence=min_confidence,
        sort=_sort_key(sort),
        limit=limit,
    )
    with open_store(place) as store:
        make_line = _table_line if style is Format.TABLE else sighting_line
        print_lines((make_line(found) for found in store.sightings(query)), style, _COLUMNS, "no sightings")


def show(
    sighting_id: Annotated[str, typer.Argument(metavar="ID", help="The sighting's id, or the beginning of it.")],
    *,
    reveal_rows: Annotated[
        bool, typer.Option("--reveal-rows", help="Name the matched rows; needs the owner identity.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object instead of text.")] = False,
    home: HomeOption = None,
) -> None:
    """Show one sighting and its story.

    Example: tracker show 7q2mk4xw3a
    """
    from tracker.cases.desk import open_store
    from tracker.cases.home import Home

    place = Home.locate(home)
    with open_store(place) as store:
        sighting = store.sighting(sighting_id)
        versions, events = store.versions(sighting.id), store.events(sighting.id)
    rows = [_revealed(place, sighting, version) if reveal_rows else None for version in versions]
    if as_json:
        print_json(
            {
                **sighting_line(sighting),
                "versions": [_version_line(version, named) for version, named in zip(versions, rows, strict=True)],
                "events": [_event_line(event) for event in events],
            }
        )
        return
    print_facts({name: value for name, value in sighting_line(sighting).items() if name != "next"})
    for version, named in zip(versions, rows, strict=True):
        sys.stdout.write("\n")
        print_facts(
            {"version" if name == "id" else name: value for name, value in _version_line(version, named).items()}
        )
    sys.stdout.write("\n")
    print_lines(
        [_event_line(event) for event in events],
        Format.TABLE,
        {"at": "when", "kind": "what", "who": "by", "detail": "detail"},
        "no events",
    )


def sighting_line(sighting: "Sighting") -> dict[str, object]:
    """Return a sighting as search prints it: open facts only."""
    from pipelines.states import status_of

    return {
        "id": sighting.id,
        "case": sighting.case,
        "url": sighting.url,
        "status": status_of(sighting.triage, sighting.presence).value,
        "triage": sighting.triage.value,
        "presence": sighting.presence.value,
        "source": sighting.source,
        "first_seen": sighting.first_seen,
        "last_seen": sighting.last_seen,
        **finding_fields(sighting.finding),
        "partial": sighting.partial,
        "versions": sighting.versions,
        "next": _next(sighting),
    }


def _table_line(sighting: "Sighting") -> dict[str, object]:
    finding = sighting.finding
    return {
        **sighting_line(sighting),
        "id": short_id(sighting.id),
        "coverage": f"{finding.coverage:.1%}",
        "confidence": shown_confidence(finding.confidence),
    }


def shown_confidence(confidence: float) -> str:
    """Return a confidence for people: never rounded up to certainty."""
    return "> 0.9999" if confidence > 0.9999 else f"{confidence:.4f}"


def _next(sighting: "Sighting") -> str:
    from pipelines.items import Evidence

    command = f"tracker show {short_id(sighting.id)}"
    if sighting.finding.evidence is Evidence.SINGLE:
        return f"one row only, look with care: {command}"
    return f"look: {command}"


def _version_line(version: "Version", rows: object) -> dict[str, object]:
    finding = version.finding
    line: dict[str, object] = {
        "id": short_id(version.id),
        "digest": version.digest,
        "first_seen": version.first_seen,
        "last_seen": version.last_seen,
        "rows_matched": finding.rows_matched,
        "persons_matched": finding.persons_matched,
        "columns": [role.value for role in finding.columns],
        "media_type": version.media_type,
        "size": version.size,
        "status": version.status,
        "server_ip": version.server_ip,
        "partial": version.partial,
    }
    return line if rows is None else {**line, "matched_rows": rows}


def _event_line(event: "Event") -> dict[str, object]:
    return {name: value for name, value in dataclasses.asdict(event).items() if name != "sighting"}


def _revealed(home: "Home", sighting: "Sighting", version: "Version") -> object:
    from fingerprints.keys import unseal_rows
    from tracker.cases.desk import open_fingerprints
    from tracker.cases.keyring import load_match_key, load_owner_identity
    from tracker.cases.rows import located

    identity = load_owner_identity(home, sighting.case)
    if version.sealed_rows is None:
        say(f"version {short_id(version.id)} holds no sealed rows")
        return []
    fingerprints = open_fingerprints(home, sighting.case, load_match_key(home, sighting.case))
    return located(fingerprints, unseal_rows(version.sealed_rows, identity), identity)


def _status(word: str | None) -> str | None:
    from pipelines.states import Status

    return _one_of(word, [status.value for status in Status], "--status")


def _role(word: str | None) -> str | None:
    from fingerprints.fields.roles import parse_role

    return None if word is None else parse_role(word).value


def _sort_key(word: str) -> "SortKey":
    from pipelines.storing.base import SortKey

    _one_of(word, [key.value for key in SortKey], "--sort")
    return SortKey(word)


def _one_of(word: str | None, known: list[str], option: str) -> str | None:
    if word is not None and word not in known:
        raise TrackerError(f"{option}: {word} is none of {', '.join(known)}")
    return word
