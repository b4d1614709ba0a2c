"""tracker fingerprint: the leaked table in, keyed fingerprints and keys out."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli.options import HomeOption, parse_time
from tracker.cli.output import Format, print_lines, say
from tracker.errors import TrackerError

if TYPE_CHECKING:
    from fingerprints.build import LeakTable
    from fingerprints.fields.roles import Column
    from tracker.cases.create import Settings
    from tracker.cases.leak import Sheet

_SAMPLE_ROWS = 5000


def fingerprint(
    leak: Annotated[Path, typer.Argument(metavar="LEAK", help="The leaked table: CSV, TSV, XLSX, XLS or ODS.")],
    case: Annotated[str, typer.Option("--case", metavar="NAME", help="The name the case gets, such as spring.")],
    *,
    add: Annotated[bool, typer.Option("--add", help="Add this table to a case that exists.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Accept what the columns were taken for; ask nothing.")] = False,
    role: Annotated[
        list[str] | None,
        typer.Option("--role", metavar="COLUMN=ROLE", help="Correct a column, by its header or its number from 1."),
    ] = None,
    sheet: Annotated[
        list[str] | None, typer.Option("--sheet", metavar="TITLE", help="Which sheet of a workbook; may be repeated.")
    ] = None,
    encoding: Annotated[
        str | None, typer.Option("--encoding", help="The text's encoding, when the guess is wrong.")
    ] = None,
    incident_from: Annotated[
        str | None, typer.Option("--incident-from", metavar="TIME", help="Since when the leak was public.")
    ] = None,
    incident_until: Annotated[
        str | None, typer.Option("--incident-until", metavar="TIME", help="When the leak was taken down.")
    ] = None,
    origin_url: Annotated[
        list[str] | None, typer.Option("--origin-url", metavar="URL", help="Where it leaked; may be repeated.")
    ] = None,
    known_good: Annotated[
        list[Path] | None,
        typer.Option("--known-good", metavar="FILE", help="A file that is no copy, however alike; may be repeated."),
    ] = None,
    contact: Annotated[
        str | None, typer.Option("--contact", metavar="MAIL_OR_URL", help="Whom site operators can ask; it is sent.")
    ] = None,
    allow_host: Annotated[
        list[str] | None,
        typer.Option("--allow-host", metavar="HOST", help="A host in a private network that may be visited."),
    ] = None,
    home: HomeOption = None,
) -> None:
    """Read a leaked table once, keep fingerprints.

    Shows what each column was taken for and asks whether that is right. Only keyed fingerprints are kept, and the
    table is not: put it in a safe place, or destroy it.

    Example: tracker fingerprint leak.xlsx --case spring --role "Ref no=id"
    """
    from tracker.cases.create import Settings, add_tables, create_case, refuse_existing
    from tracker.cases.home import Home
    from tracker.cases.leak import read_leak

    place = Home.locate(home)
    if add:
        place.choose_case(case)
    else:
        refuse_existing(place, case)
    settings = Settings(
        contact=contact,
        incident_from=parse_time(incident_from, "--incident-from") if incident_from else None,
        incident_until=parse_time(incident_until, "--incident-until") if incident_until else None,
        origin_urls=tuple(_checked_urls(origin_url or ())),
        known_good=tuple(known_good or ()),
        allow_hosts=tuple(allow_host or ()),
    )
    ask = not yes and sys.stdin.isatty()
    tables = _tables(read_leak(leak, sheet or (), encoding), role or (), ask=ask)
    if ask and not add:
        settings = _asked(settings)
    made, prints = (add_tables if add else create_case)(place, case, tables, settings)
    for table in prints.tables[-len(tables) :]:
        if table.ragged:
            say(f"{table.name}: {table.ragged} rows were longer or shorter than the table is wide")
    say(f"case {made.name}: {prints.rows} rows of {prints.persons} persons fingerprinted")
    say(f"  fingerprints  {made.folder}")
    say(f"  keys          {place.keys}  (without them nothing can be found or opened: keep a copy elsewhere)")
    say(f"next: tracker case export {made.name} -o {made.name}.export, then tracker source add --help")


def _tables(sheets: Sequence["Sheet"], corrections: Sequence[str], *, ask: bool) -> "list[LeakTable]":
    from fingerprints.build import LeakTable
    from fingerprints.fields.roles import infer_columns, looks_like_header

    wanted = [_parse_correction(text) for text in corrections]
    unused = {column for column, _ in wanted}
    tables = []
    for sheet in sheets:
        has_header = looks_like_header(sheet.rows[0], sheet.rows[1:_SAMPLE_ROWS])
        header = sheet.rows[0] if has_header else None
        rows = sheet.rows[1:] if has_header else sheet.rows
        columns = infer_columns(header, rows[:_SAMPLE_ROWS])
        for name, role in wanted:
            if _correct(columns, name, role):
                unused.discard(name)
        _show(sheet.name, columns, len(rows), has_header=has_header)
        while ask and not typer.confirm("Is that right?", default=True, err=True):
            answer = typer.prompt("Correct a column (COLUMN=ROLE)", err=True)
            name, role = _parse_correction(answer)
            if not _correct(columns, name, role):
                say(f"there is no column {name}; use its number from 1")
            _show(sheet.name, columns, len(rows), has_header=has_header)
        tables.append(LeakTable(sheet.name, columns, rows))
    if unused:
        raise TrackerError(
            f"--role: there is no column {sorted(unused)[0]}; use its header as shown above or its number from 1"
        )
    return tables


def _parse_correction(text: str) -> "tuple[str, str]":
    column, separator, role = text.rpartition("=")
    if not separator or not column.strip():
        raise TrackerError("--role: write COLUMN=ROLE, such as --role 'Ref no=id' or --role 3=birth_date")
    return column.strip(), role.strip()


def _correct(columns: "list[Column]", name: str, role: str) -> bool:
    import dataclasses

    from fingerprints.fields.roles import parse_role

    found = [
        place for place, column in enumerate(columns) if (column.header or "").strip().casefold() == name.casefold()
    ]
    if not found and name.isdigit() and 1 <= int(name) <= len(columns):
        found = [int(name) - 1]
    for place in found:
        columns[place] = dataclasses.replace(columns[place], role=parse_role(role))
    return bool(found)


def _show(name: str, columns: "Sequence[Column]", rows: int, *, has_header: bool) -> None:
    say(f"{name}: {rows} rows" + ("" if has_header else ", no header line"))
    print_lines(
        [
            {"number": place, "header": column.header or "-", "role": column.role.value, "shape": column.shape or "-"}
            for place, column in enumerate(columns, 1)
        ],
        Format.TABLE,
        {"number": "#", "header": "column", "role": "taken for", "shape": "usual shape"},
        "no columns",
    )


def _asked(settings: "Settings") -> "Settings":
    import dataclasses

    say("A few questions about the incident; press Enter to leave one empty (case.toml can be edited later).")
    changes: dict[str, object] = {}
    if settings.incident_from is None and (text := _question("Public since (such as 2026-11-28T09:45Z)")):
        changes["incident_from"] = parse_time(text, "public since")
    if settings.incident_until is None and (text := _question("Taken down at")):
        changes["incident_until"] = parse_time(text, "taken down at")
    if not settings.origin_urls and (text := _question("URLs where it leaked (separated by spaces)")):
        changes["origin_urls"] = tuple(_checked_urls(text.split()))
    if not settings.known_good and (text := _question("Files that are no copies, such as the harmless workbook")):
        changes["known_good"] = tuple(Path(word) for word in text.split())
    if settings.contact is None and (text := _question("Contact for site operators (mail or URL; it is sent)")):
        changes["contact"] = text
    return dataclasses.replace(settings, **changes)  # type: ignore[arg-type]  # keys are fields of Settings


def _question(text: str) -> str:
    return str(typer.prompt(text, default="", show_default=False, err=True)).strip()


def _checked_urls(urls: Sequence[str]) -> list[str]:
    from pipelines.urls import canonical_url

    checked = []
    for url in urls:
        try:
            checked.append(canonical_url(url))
        except ValueError as error:
            raise TrackerError(f"--origin-url: {error}") from None
    return checked
