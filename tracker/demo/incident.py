"""Builds the files of one made-up incident: the leak, three partial copies of it, and harmless things around them."""

import csv
import io
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from tracker.demo import prose
from tracker.demo.people import FACILITIES, STATUSES, Person, Population
from tracker.demo.workbook import Cell, archive, workbook

LEAKED_PEOPLE = 2_000
PASTED_ROWS = 40
SHEET_ROWS = 300
HEADER = (
    "A-Number", "Last Name", "First Name", "Date of Birth", "Country of Citizenship", "E-mail", "Detention Facility",
    "Case Status", "Arrival Date",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Paste:
    """A text to post to the paste site under a file name."""

    name: str
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Planted:
    """One partial copy: `rows` are 0-based data rows of the leak in the order in which the copy shows them.

    `name` is a paste's file name where `on_paste_site`, else a path below the mirror; `member` leads into the archive.
    """

    name: str
    rows: tuple[int, ...] = field(repr=False)
    on_paste_site: bool = False
    member: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Incident:
    """What was built: where the leak lies, what the mirror serves, what is to be posted, and the true answers."""

    leak: Path
    mirror: Path
    pastes: tuple[Paste, ...]
    planted: tuple[Planted, ...]
    harmless: tuple[str, ...]


def build_incident(folder: Path, seed: int = 2022) -> Incident:
    """Write `input/leak.csv` and `site/mirror/` below the folder; the same seed gives the same bytes."""
    population = Population(seed)
    draw = random.Random(seed)  # noqa: S311 -- repeatable on purpose, guards nothing
    leaked = population.draw(LEAKED_PEOPLE)
    leak = folder / "input" / "leak.csv"
    mirror = folder / "site" / "mirror"
    shuffled, sheet, pasted = (
        draw.sample(range(LEAKED_PEOPLE), count) for count in (LEAKED_PEOPLE, SHEET_ROWS, PASTED_ROWS)
    )
    paste = Paste("untitled-7.txt", _as_paste([leaked[row] for row in pasted]))
    copies = {
        "dumps/2022-11/list_noid.csv": _csv(HEADER[1:], (_row(leaked[row])[1:] for row in shuffled)),
        "dumps/2022-11/november.zip": _zip([leaked[row] for row in sorted(sheet)], population),
    }
    planted = (
        Planted(paste.name, tuple(pasted), on_paste_site=True),
        Planted("dumps/2022-11/list_noid.csv", tuple(shuffled)),
        Planted("dumps/2022-11/november.zip", tuple(sorted(sheet)), member=("report.xlsx", "Sheet3")),
    )
    harmless, harmless_pastes = _harmless_files(population), _harmless_pastes(population)
    _write(leak, _csv(HEADER, (_row(person) for person in leaked)))
    for name, data in (copies | harmless).items():
        _write(mirror / name, data)
    pastes = (*harmless_pastes[:3], paste, *harmless_pastes[3:])
    names = (*harmless, *(paste.name for paste in harmless_pastes))
    return Incident(leak, mirror, pastes, planted, names)


def _harmless_files(population: Population) -> dict[str, bytes]:
    strangers = population.draw(1_400)
    return {
        "README.txt": prose.MIRROR_README.encode(),
        "notes/trip-report.txt": prose.TRIP_REPORT.encode(),
        "notes/minutes.html": prose.MINUTES.encode(),
        "statistics/detention-statistics-2022-10.xlsx": _statistics(strangers[:400]),
        "statistics/detention-statistics-2022-11.xlsx": _statistics(strangers[400:900]),
        "lists/roster-2021.csv": _csv(HEADER, (_row(person) for person in strangers[900:1_200])),
        "lists/members.csv": _csv(
            ("Name", "Mail", "Member since"),
            ((f"{one.given} {one.family}", one.email, one.arrival.isoformat()) for one in strangers[1_200:]),
        ),
    }


def _harmless_pastes(population: Population) -> list[Paste]:
    strangers = population.draw(100)
    return [
        Paste("deploy.sh", prose.SCRIPT),
        Paste("todo.txt", prose.TO_DO),
        Paste("teams.txt", _as_paste(strangers[:60])),
        Paste("settings.json", prose.SETTINGS),
        Paste("error.log", prose.LOG),
        Paste("contacts.csv", _csv(HEADER[1:], (_row(person)[1:] for person in strangers[60:])).decode()),
        Paste("recipe.md", prose.RECIPE),
    ]


def _statistics(people: Sequence[Person]) -> bytes:
    """The monthly workbook: the same form as the leak with entirely other people."""
    return workbook([("Summary", _summary(people)), ("Cases", [HEADER, *(_cells(person) for person in people)])])


def _zip(leaked: Sequence[Person], population: Population) -> bytes:
    strangers = population.draw(250)
    header = ("First Name", "Last Name", "Date of Birth", "Country of Citizenship", "Case Status")
    leaked_rows = [(one.given, one.family, one.birth, one.nationality, one.status) for one in leaked]
    other_rows = [(one.given, one.family, one.birth, one.nationality, one.status) for one in strangers[:150]]
    report = workbook(
        [
            ("Summary", _summary(strangers)),
            ("Sheet2", [header, *other_rows]),
            ("Sheet3", [header, *leaked_rows]),
        ]
    )
    return archive(
        {
            "README.txt": prose.ARCHIVE_README.encode(),
            "report.xlsx": report,
            "roster.csv": _csv(HEADER, (_row(person) for person in strangers[150:])),
        }
    )


def _summary(people: Sequence[Person]) -> list[Sequence[Cell]]:
    by_facility = [(name, sum(person.facility == name for person in people)) for name in FACILITIES]
    by_status = [(name, sum(person.status == name for person in people)) for name in STATUSES]
    return [("Facility", "People"), *by_facility, ("", ""), ("Status", "People"), *by_status]


def _as_paste(people: Iterable[Person]) -> str:
    lines = (f"{one.given} {one.family.upper()} | {one.birth.isoformat()} | {one.nationality}" for one in people)
    return "\n".join(lines) + "\n"


def _cells(person: Person) -> tuple[Cell, ...]:
    return (
        person.id_number,
        person.family,
        person.given,
        person.birth,
        person.nationality,
        person.email,
        person.facility,
        person.status,
        person.arrival,
    )


def _row(person: Person) -> list[str]:
    return [cell.strftime("%m/%d/%Y") if isinstance(cell, date) else str(cell) for cell in _cells(person)]


def _csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue().encode()


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
