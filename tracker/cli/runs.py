"""tracker run: what was visited, counted."""

from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli.findings import short_id
from tracker.cli.options import CaseOption, FormatOption, HomeOption
from tracker.cli.output import Format, print_facts, print_lines

if TYPE_CHECKING:
    from pipelines.items import Run, Visit

app = typer.Typer(help="What was visited in each crawl, scan and check.", no_args_is_help=True)

_LIST = {
    "id": "run",
    "kind": "kind",
    "case": "case",
    "started": "started",
    "finished": "finished",
    "verdicts": "verdicts",
    "partial": "partial",
}
_VISITS = {"at": "when", "source": "source", "url": "URL", "verdict": "verdict", "reason": "reason"}


@app.command("list")
def list_runs(
    *,
    case: CaseOption = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="At most this many, newest first.")] = 20,
    style: FormatOption = Format.TABLE,
    home: HomeOption = None,
) -> None:
    """List runs, newest first.

    Example: tracker run list --case spring
    """
    from tracker.cases.desk import open_store
    from tracker.cases.home import Home

    place = Home.locate(home)
    if case is not None:
        place.choose_case(case)
    with open_store(place) as store:
        print_lines(
            [_line(run, short=style is Format.TABLE) for run in store.runs(case, limit)], style, _LIST, "no runs yet"
        )


@app.command("show")
def show_run(
    run_id: Annotated[str, typer.Argument(metavar="ID", help="The run's id, or the beginning of it.")],
    *,
    not_inspected: Annotated[
        bool, typer.Option("--not-inspected", help="List only what nobody has looked at.")
    ] = False,
    style: FormatOption = Format.TABLE,
    home: HomeOption = None,
) -> None:
    """Show one run: its counts by source, and what it visited.

    Example: tracker run show 7q2mk4xw3a --not-inspected
    """
    from pipelines.items import Verdict
    from tracker.cases.desk import open_store
    from tracker.cases.home import Home

    with open_store(Home.locate(home)) as store:
        run = store.run(run_id)
        visits = [
            _visit_line(visit)
            for visit in store.visits(run.id)
            if not not_inspected or visit.verdict is Verdict.NOT_INSPECTED or visit.partial
        ]
    if style is Format.TABLE:
        print_facts(_facts(run))
    print_lines(visits, style, _VISITS, "no visits to list")


def _line(run: "Run", *, short: bool) -> dict[str, object]:
    verdicts: dict[str, int] = {}
    for count in run.sources.values():
        for verdict, number in count.verdicts.items():
            verdicts[verdict] = verdicts.get(verdict, 0) + number
    return {
        "id": short_id(run.id) if short else run.id,
        "kind": run.kind.value,
        "case": run.case,
        "started": run.started,
        "finished": run.finished,
        "verdicts": verdicts,
        "partial": any(count.partial for count in run.sources.values()),
    }


def _facts(run: "Run") -> dict[str, object]:
    facts: dict[str, object] = {
        "run": run.id,
        "kind": run.kind.value,
        "case": run.case,
        "started": run.started,
        "finished": run.finished or "no: it is running, or it was killed",
        "private hosts": run.allowed_hosts or "none allowed",
        "robots.txt": "overridden" if run.robots_overridden else "obeyed",
    }
    for name, count in run.sources.items():
        facts[f"source {name}"] = {
            "requests": count.requests,
            "bytes": count.bytes,
            **count.verdicts,
            **count.reasons,
            **({"not read to its end:": ", ".join(count.partial_reasons)} if count.partial else {}),
        }
    return facts


def _visit_line(visit: "Visit") -> dict[str, object]:
    return {
        "at": visit.at,
        "source": visit.source,
        "url": visit.url,
        "verdict": visit.verdict.value,
        "reason": visit.reason.value if visit.reason else None,
        "partial": visit.partial,
        "digest": visit.digest,
    }
