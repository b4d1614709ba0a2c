"""tracker check: inspect reported links now and file them."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli.exits import exit_with_verdicts
from tracker.cli.findings import finding_fields, short_id
from tracker.cli.options import CaseOption, FormatOption, HomeOption
from tracker.cli.output import Format, print_json, print_lines
from tracker.errors import TrackerError

if TYPE_CHECKING:
    from pipelines.items import Inspection
    from tracker.cases.desk import Desk

_COLUMNS = {
    "url": "URL",
    "verdict": "verdict",
    "reason": "reason",
    "rows_matched": "rows",
    "coverage": "coverage",
    "columns": "columns",
    "confidence": "confidence",
    "next": "next",
}


def check(
    urls: Annotated[list[str], typer.Argument(metavar="URL", help="Links that somebody reported.")],
    *,
    case: CaseOption = None,
    ignore_robots: Annotated[
        bool, typer.Option("--ignore-robots", help="Look although robots.txt forbids it; the run records that you did.")
    ] = False,
    style: FormatOption = Format.TABLE,
    home: HomeOption = None,
) -> None:
    """Look for the leak at reported links, and file it.

    Exit code: 0 nothing found, 1 matches found, 3 something could not be inspected and nothing was found.

    Example: tracker check https://paste.example/Xy12 --case spring
    """
    from pipelines.items import RunKind
    from tracker.cases.desk import open_desk
    from tracker.cases.home import Home

    place = Home.locate(home)
    name = place.choose_case(case)
    wanted = list(dict.fromkeys(_canonical(url) for url in urls))
    inspections = []
    lines = []
    with open_desk(place, name, RunKind.CHECK, robots_overridden=ignore_robots) as desk:
        for inspection, line in _looked_at(desk, wanted, ignore_robots=ignore_robots):
            inspections.append(inspection)
            if style is Format.JSON:
                print_json(line)
            else:
                lines.append(line)
    if style is not Format.JSON:
        print_lines(lines, style, _COLUMNS, "nothing to check")
    exit_with_verdicts(inspection.verdict for inspection in inspections)


def _canonical(url: str) -> str:
    from pipelines.urls import canonical_url

    try:
        return canonical_url(url)
    except ValueError as error:
        raise TrackerError(str(error)) from None


def _looked_at(
    desk: "Desk", urls: list[str], *, ignore_robots: bool
) -> "Iterator[tuple[Inspection, dict[str, object]]]":
    from tracker.crawling.http import Visitor

    with Visitor(desk, ignore_robots=ignore_robots) as visitor:
        for url in urls:
            inspection = visitor.look(url, at=datetime.now(UTC))
            operation = desk.ids.operation(desk.run_id, url)
            filing = desk.store.file(desk.run_id, inspection, desk.ids, operation=operation, who="check")
            desk.tally.count_inspection(inspection)
            yield inspection, _line(desk, url, inspection, filing.sighting)


def _line(desk: "Desk", url: str, inspection: "Inspection", sighting: str | None) -> dict[str, object]:
    return {
        "id": sighting,
        "url": inspection.url or url,
        "verdict": inspection.verdict.value,
        "reason": inspection.reason.value if inspection.reason else None,
        "partial": inspection.partial,
        **finding_fields(inspection.finding),
        "digest": inspection.digest,
        "run": desk.run_id,
        "next": _next(inspection, sighting),
    }


def _next(inspection: "Inspection", sighting: str | None) -> str:
    from pipelines.items import Reason

    if sighting is not None:
        return f"tracker show {short_id(sighting)}"
    advice = {
        Reason.PRIVATE_ADDRESS: "a private address: name the host in allow_hosts of case.toml if it may be visited",
        Reason.ROBOTS: "robots.txt forbids it: --ignore-robots looks all the same and records that you did",
        Reason.BLOCKED: "open it in a browser, save it, and: tracker scan FILE --url URL",
        Reason.UNSUPPORTED: "no reader for this format yet",
    }
    return advice.get(inspection.reason, "-") if inspection.reason else "-"
