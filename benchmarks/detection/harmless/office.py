"""The agency's own monthly workbook: figures by place, nationality and month, and cases without their people."""

import random
from collections import Counter
from datetime import timedelta

from benchmarks.detection.layouts import WORKBOOK, choose_table_layout, write_sheet
from benchmarks.detection.layouts.sheet import Sheet
from benchmarks.detection.people import FACILITIES, STATUSES, Person, Population
from benchmarks.detection.registry import Registry
from tracker.demo.workbook import Cell, workbook

Rows = list[tuple[str, ...]]
_MONTHS = ("June 2022", "July 2022", "August 2022", "September 2022", "October 2022", "November 2022", "December 2022")


def monthly(draw: random.Random, population: Population, registry: Registry) -> tuple[bytes, tuple[str, ...]]:
    """Figures that are counted over the leak's own people, so that every word in them is a word of the leak."""
    people = draw.sample(registry.people, min(len(registry.people), draw.choice((400, 1_200, 3_000))))
    month = draw.choice(_MONTHS)
    first, second = draw.sample(("nationality", "facility", "status"), 2)
    summary = _crossed([(getattr(one, first), getattr(one, second)) for one in people], first, second)
    by_day = [(str(day), str(count)) for day, count in sorted(Counter(one.arrival for one in people).items())]
    cases = _cases(draw, people[: draw.choice((40, 200))])
    if draw.random() < 0.6:
        sheets: list[tuple[str, list[list[Cell]]]] = [
            ("Summary", [[f"Statistics for {month}"], *map(_numbers, summary)]),
            ("Arrivals", [["Arrival Date", "Persons"], *map(_numbers, by_day)]),
            (
                "Cases",
                [
                    ["Case", "Nationality", "Facility", "Case Status", "Arrival Date", "Year of Birth"],
                    *map(_numbers, cases),
                ],
            ),
        ]
        return workbook(sheets[: draw.choice((1, 2, 3))]), (f"layout: {WORKBOOK}",)
    arrivals: Rows = [("Arrival Date", "Persons"), *by_day]
    header, *rows = draw.choice((summary, arrivals))
    layout = choose_table_layout(draw)
    fields = ("nationality", *(f"figure {at}" for at in range(1, len(header))))
    return write_sheet(Sheet(fields, header, rows, "en", f"Statistics for {month}"), layout, draw), (
        f"layout: {layout}",
    )


def _crossed(pairs: list[tuple[str, str]], first: str, second: str) -> Rows:
    counts = Counter(pairs)
    across = sorted({pair[1] for pair in pairs})[:20]
    down = sorted({pair[0] for pair in pairs} | (set(FACILITIES + STATUSES) if first != "nationality" else set()))
    head = (first.title(), *across, "Total")
    rows = []
    for name in down:
        figures = [counts[name, other] for other in across]
        rows.append((name, *map(str, figures), str(sum(figures))))
    return [head, *rows]


def _cases(draw: random.Random, people: list[Person]) -> Rows:
    """Cases with neither name nor number: what an agency publishes about single cases."""
    return [
        (str(at), one.nationality, one.facility, one.status, f"{one.arrival + timedelta(draw.randrange(3)):%m/%d/%Y}",
         str(one.birth.year))
        for at, one in enumerate(people, 1)
    ]  # fmt: skip


def _numbers(row: tuple[str, ...]) -> list[Cell]:
    return [int(cell) if cell.isdigit() else cell for cell in row]
