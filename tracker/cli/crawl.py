"""tracker crawl: run the spiders over the sources of a case."""

from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli.exits import PARTIAL
from tracker.cli.findings import short_id
from tracker.cli.options import CaseOption, HomeOption
from tracker.cli.output import say
from tracker.errors import TrackerError

if TYPE_CHECKING:
    from tracker.cases.desk import Desk


def crawl(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="SOURCE", help="Which sources; all of the case otherwise.")
    ] = None,
    *,
    case: CaseOption = None,
    home: HomeOption = None,
) -> None:
    """Visit the case's sources and file what is found.

    Exit code: 0 done, 5 something could not be read to its end (said on the screen and in `tracker run show`).

    Example: tracker crawl --case spring
    """
    from pipelines.items import RunKind
    from tracker.cases.case import load_case
    from tracker.cases.desk import SOURCES_FILE, open_desk
    from tracker.cases.home import Home
    from tracker.crawling.sources import load_sources

    place = Home.locate(home)
    name = place.choose_case(case)
    folder = place.case_folder(name)
    known = load_sources(folder / SOURCES_FILE)
    if not known:
        raise TrackerError(
            f"the case {name} has no source yet; add one with: "
            f"tracker source add NAME --profile bepasty --url https://paste.example --case {name}"
        )
    unknown = [source for source in names or () if source not in known]
    if unknown:
        raise TrackerError(f"the case {name} has no source {unknown[0]}; its sources are {', '.join(known)}")
    if load_case(folder).contact is None:
        say(f"no contact is set, so site operators cannot ask back: set contact in {folder / 'case.toml'}")

    from tracker.crawling.crawl import crawl as run_spiders

    with open_desk(place, name, RunKind.CRAWL) as desk:
        if desk.case.allow_hosts:
            say(f"hosts in private networks that may be visited: {', '.join(desk.case.allow_hosts)}")
        run_spiders(desk, [known[source] for source in names or known])
        _report(desk)
        partial = any(count.partial for count in desk.tally.counts().values())
    if partial:
        raise typer.Exit(PARTIAL)


def _report(desk: "Desk") -> None:
    for name, count in desk.tally.counts().items():
        looked = ", ".join(f"{number} {verdict}" for verdict, number in sorted(count.verdicts.items())) or "nothing"
        say(f"{name}: {count.requests} requests, {looked}")
        for reason in count.partial_reasons:
            say(f"{name}: not read to its end: {reason}")
    say(f"run {short_id(desk.run_id)}; see what was found with: tracker search --case {desk.case.name}")
