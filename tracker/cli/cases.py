"""tracker case: the cases here, their export and import."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from tracker.cli.options import FormatOption, HomeOption
from tracker.cli.output import Format, print_facts, print_json, print_lines, say
from tracker.errors import CaseError, TrackerError

app = typer.Typer(help="The cases here; export and import of one.", no_args_is_help=True)

_LIST = {"name": "case", "created": "created", "sources": "sources", "sightings": "sightings"}

_PassphraseFile = Annotated[
    Path | None,
    typer.Option(
        "--passphrase-file", metavar="FILE", help="Holds the passphrase; TRACKER_PASSPHRASE or a question otherwise."
    ),
]


@app.command("list")
def list_cases(*, style: FormatOption = Format.TABLE, home: HomeOption = None) -> None:
    """List the cases here.

    Example: tracker case list
    """
    from pipelines.storing.base import SightingQuery
    from tracker.cases.case import load_case
    from tracker.cases.desk import SOURCES_FILE, open_store
    from tracker.cases.home import Home
    from tracker.crawling.sources import load_sources

    place = Home.locate(home)
    lines = []
    names = place.case_names()
    if names:
        with open_store(place) as store:
            for name in names:
                folder = place.case_folder(name)
                count = sum(1 for _ in store.sightings(SightingQuery(case=name, limit=None)))
                sources = list(load_sources(folder / SOURCES_FILE))
                created = load_case(folder).created
                lines.append({"name": name, "created": created, "sources": sources, "sightings": count})
    print_lines(lines, style, _LIST, "no case yet; make one with: tracker fingerprint LEAK --case NAME")


@app.command("show")
def show_case(
    name: Annotated[str | None, typer.Argument(metavar="NAME", help="The case; the only one otherwise.")] = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object instead of text.")] = False,
    home: HomeOption = None,
) -> None:
    """Show a case: its settings, its tables and what it still lacks.

    Example: tracker case show spring
    """
    from tracker.cases.case import load_case
    from tracker.cases.desk import open_fingerprints
    from tracker.cases.home import Home
    from tracker.cases.keyring import load_match_key

    place = Home.locate(home)
    chosen = place.choose_case(name)
    case = load_case(place.case_folder(chosen))
    prints = open_fingerprints(place, chosen, load_match_key(place, chosen))
    facts: dict[str, object] = {
        "case": case.name,
        "folder": str(case.folder),
        "created": case.created,
        "persons": prints.persons,
        "rows": prints.rows,
        "contact": case.contact,
        "incident_from": case.incident_from,
        "incident_until": case.incident_until,
        "origin_urls": list(case.origin_urls),
        "known_good_files": len(case.known_good),
        "allow_hosts": list(case.allow_hosts),
        "recipient": case.recipient,
        "owner_identity": "here" if place.owner_identity(chosen).exists() else "not here (rows stay sealed)",
        "columns": [column.role.value for table in prints.tables for column in table.columns],
    }
    if as_json:
        print_json(facts)
    else:
        print_facts(facts)


@app.command("export")
def export(
    name: Annotated[str | None, typer.Argument(metavar="NAME", help="The case; the only one otherwise.")] = None,
    *,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="The file to write; NAME.export otherwise.")
    ] = None,
    for_crawl: Annotated[
        bool, typer.Option("--for-crawl", help="Leave out the owner identity and the history, for a crawl host.")
    ] = False,
    passphrase_file: _PassphraseFile = None,
    home: HomeOption = None,
) -> None:
    """Write a case as one file sealed with a passphrase, so that one dead laptop does not end it.

    Example: tracker case export spring -o /media/stick/spring.export
    """
    from tracker.cases.bundle import export_case
    from tracker.cases.desk import open_store
    from tracker.cases.home import Home

    place = Home.locate(home)
    chosen = place.choose_case(name)
    target = output or Path(f"{chosen}.export")
    passphrase = _passphrase(passphrase_file, confirm=True)
    with open_store(place) as store:
        members = export_case(place, store, chosen, target, passphrase, for_crawl=for_crawl)
    say(f"{target} holds {', '.join(members)} of case {chosen}, sealed with your passphrase")
    if not for_crawl and "owner.key" not in members:
        say("the owner identity is not on this machine, so it is not in the export")


@app.command("import")
def import_(
    source: Annotated[Path, typer.Argument(metavar="FILE", help="What `tracker case export` wrote.")],
    *,
    passphrase_file: _PassphraseFile = None,
    home: HomeOption = None,
) -> None:
    """Bring an exported case into this machine.

    Example: tracker case import /media/stick/spring.export
    """
    from tracker.cases.bundle import import_case
    from tracker.cases.desk import open_store
    from tracker.cases.home import Home

    place = Home.locate(home)
    passphrase = _passphrase(passphrase_file, confirm=False)
    with open_store(place) as store:
        case = import_case(place, store, source, passphrase)
    say(f"case {case} is here now: {place.case_folder(case)}")


def _passphrase(file: Path | None, *, confirm: bool) -> str:
    if file is not None:
        try:
            return file.read_text(encoding="utf-8").rstrip("\r\n")
        except (OSError, UnicodeDecodeError):
            raise CaseError(f"--passphrase-file: cannot read {file} as text") from None
    if from_environment := os.environ.get("TRACKER_PASSPHRASE"):
        return from_environment
    if not sys.stdin.isatty():
        raise TrackerError("a passphrase is needed: set TRACKER_PASSPHRASE or give --passphrase-file")
    return str(typer.prompt("Passphrase", hide_input=True, confirmation_prompt=confirm, err=True))
