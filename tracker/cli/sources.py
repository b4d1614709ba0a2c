"""tracker source: the places a case watches."""

from typing import Annotated

import typer

from tracker.cli.options import CaseOption, FormatOption, HomeOption
from tracker.cli.output import Format, print_lines, say
from tracker.errors import TrackerError

app = typer.Typer(help="The places that a case watches.", no_args_is_help=True)

_LIST = {"name": "source", "family": "family", "profile": "profile", "url": "URL", "delay": "delay (s)"}
_KNOWN = {"name": "profile", "family": "family", "proven": "proven by"}


@app.command("list")
def list_sources(
    *,
    case: CaseOption = None,
    profiles: Annotated[
        bool, typer.Option("--profiles", help="List the families and site profiles that exist instead.")
    ] = False,
    style: FormatOption = Format.TABLE,
    home: HomeOption = None,
) -> None:
    """List the sources of a case, or the site profiles that exist.

    Example: tracker source list --profiles
    """
    from tracker.cases.desk import SOURCES_FILE
    from tracker.cases.home import Home
    from tracker.crawling.sources import load_sources
    from tracker.sites.profiles import load_profiles

    if profiles:
        lines: list[dict[str, object]] = [
            {"name": profile.name, "family": profile.family, "proven": profile.proven}
            for profile in load_profiles().values()
        ]
        lines.insert(0, {"name": None, "family": "autoindex", "proven": "server"})
        print_lines(lines, style, _KNOWN, "no profiles")
        return
    place = Home.locate(home)
    name = place.choose_case(case)
    sources = load_sources(place.case_folder(name) / SOURCES_FILE).values()
    print_lines(
        [{"name": s.name, "family": s.family, "profile": s.profile, "url": s.url, "delay": s.delay} for s in sources],
        style,
        _LIST,
        f"the case {name} has no source yet; add one with: tracker source add NAME --profile bepasty --url URL",
    )


@app.command("add")
def add(
    name: Annotated[str, typer.Argument(metavar="NAME", help="What you call this source.")],
    *,
    url: Annotated[str, typer.Option("--url", metavar="URL", help="Where the site or folder begins.")],
    profile: Annotated[
        str | None, typer.Option("--profile", help="The site's software, such as bepasty; see source list --profiles.")
    ] = None,
    family: Annotated[
        str | None, typer.Option("--family", help="The kind of place when there is no profile: autoindex.")
    ] = None,
    delay: Annotated[
        float, typer.Option("--delay", min=0.0, metavar="SECONDS", help="Pause between two requests to the host.")
    ] = 1.0,
    allow_host: Annotated[
        list[str] | None,
        typer.Option("--allow-host", metavar="HOST", help="A host in a private network that may be visited."),
    ] = None,
    case: CaseOption = None,
    home: HomeOption = None,
) -> None:
    """Add a source to the case's sources.toml, which can as well be edited by hand.

    Examples:
    tracker source add paste --profile bepasty --url https://paste.example --delay 2
    tracker source add mirror --family autoindex --url https://files.example/pub/
    """
    import dataclasses

    from tracker.cases.case import load_case, save_case
    from tracker.cases.desk import SOURCES_FILE
    from tracker.cases.home import Home
    from tracker.crawling.sources import Source, add_source
    from tracker.sites.profiles import load_profiles

    place = Home.locate(home)
    chosen = place.choose_case(case)
    known = load_profiles()
    if profile is None and family is None:
        raise TrackerError(f"say what kind of place it is: --profile {' or '.join(known)}, or --family autoindex")
    if profile is not None and profile not in known:
        raise TrackerError(f"there is no profile {profile}; known are {', '.join(known)}")
    if profile is not None and family not in {None, known[profile].family}:
        raise TrackerError(f"the profile {profile} belongs to the family {known[profile].family}; leave --family out")
    kind = known[profile].family if profile is not None else str(family)
    folder = place.case_folder(chosen)
    add_source(folder / SOURCES_FILE, Source(name=name, family=kind, profile=profile, url=url, delay=delay))
    if allow_host:
        settings = load_case(folder)
        hosts = tuple(dict.fromkeys((*settings.allow_hosts, *allow_host)))
        save_case(dataclasses.replace(settings, allow_hosts=hosts))
    say(f"source {name} added to {folder / SOURCES_FILE}; visit it with: tracker crawl {name} --case {chosen}")
