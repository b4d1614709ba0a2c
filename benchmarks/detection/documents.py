"""One document of the benchmark: its bytes, and the truth about them."""

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from benchmarks.detection.damage import cut_lines
from benchmarks.detection.layouts import BINARY, LAYOUTS, layout, write_sheet
from benchmarks.detection.layouts.sheet import Sheet, label
from benchmarks.detection.notations import Notation
from benchmarks.detection.people import Person

TITLES = (
    "List of 28 November", "Export", "people", "Roster", "Lista de personas", "Sheet1", "Liste des personnes",
    "Untitled", "cases_final_v2", "Список", "Participants", "dump", "Weekly report", "Annex B",
    "appendix", "table 4", "members",
)  # fmt: skip
_EXTRAS = ("remark", "number", "officer", "amount")
_REMARKS = ("", "", "ok", "see file", "pending", "confirmed by phone", "copy", "2nd page missing", "n/a", "checked")
_OFFICERS = ("T. Bell", "Ruiz", "K. Olsen", "desk 4", "Nakamura", "B. Odum", "unit 12", "Lindqvist")
_SPLIT_SHARE, _SHUFFLED_SHARE, _EXTRA_SHARE = 0.45, 0.4, 0.25


@dataclass(frozen=True, slots=True)
class Trial:
    """A document and the truth: which persons of the leak it shows, nobody for a harmless one.

    `tolerated` are persons of the leak whom this document cannot tell from those it shows (the same name and no
    date or number); naming them is no error.
    """

    name: str
    kind: str
    size: int
    body: bytes = field(repr=False)
    traits: tuple[str, ...] = ()
    persons: frozenset[int] = field(default=frozenset(), repr=False)
    tolerated: frozenset[int] = field(default=frozenset(), repr=False)


@dataclass(frozen=True, slots=True)
class Look:
    """How a document shows people; `fields` are columns of Notation.write, `name` standing for both name columns."""

    fields: tuple[str, ...]
    layout: str
    notation: Notation

    def traits(self) -> tuple[str, ...]:
        """Return what to break the results down by: only what these columns show."""
        shown, told = set(self.fields), self.notation.traits()
        traits = [text for needs, text in told if not needs or needs & shown]
        return (f"layout: {self.layout}", f"columns: {' '.join(sorted(shown))}", *traits)


def choose_layout(draw: random.Random, *, plain: bool = False) -> str:
    """Return a layout; `plain` leaves those whose lines may be cut."""
    if plain:
        return draw.choice([one.key for one in LAYOUTS if one.is_plain])
    return draw.choice([*(one.key for one in LAYOUTS), *BINARY])


def show(people: Sequence[Person], look: Look, draw: random.Random) -> bytes:
    """Return the bytes of a document that shows these people in this order."""
    fields = _columns(look.fields, draw)
    notation = look.notation
    officers, amount = draw.sample(_OFFICERS, 3), str(draw.randrange(15, 250) * 100)
    rows = []
    for number, person in enumerate(people, 1):
        cells = notation.write(person, draw)
        cells = notation.spoil({name: cells[name] for name in fields if name in cells}, draw)
        extras = {
            "remark": draw.choice(_REMARKS),
            "number": str(number),
            "amount": amount,
            "officer": draw.choice(officers),
        }
        rows.append(tuple((cells | extras)[name] for name in fields))
    labels = _unique([label(name, notation.language, draw) for name in fields])
    sheet = Sheet(fields, labels, rows, notation.language, draw.choice(TITLES))
    damage = notation.damage
    cut = cut_lines if damage and damage.cuts_lines else _unescape if damage and damage.key == "entities" else None
    return write_sheet(sheet, look.layout, draw, cut if layout(look.layout) else None)


def _columns(fields: tuple[str, ...], draw: random.Random) -> tuple[str, ...]:
    columns = list(fields)
    if draw.random() < _SHUFFLED_SHARE:
        draw.shuffle(columns)
    if "name" in columns and draw.random() < _SPLIT_SHARE:
        at = columns.index("name")
        columns[at : at + 1] = draw.choice((["family", "given"], ["given", "family"]))
    if len(fields) > 1 and draw.random() < _EXTRA_SHARE:
        for extra in draw.sample(_EXTRAS, draw.choice((1, 1, 2))):
            columns.insert(draw.randrange(len(columns) + 1), extra)
    return tuple(columns)


def _unique(labels: list[str]) -> tuple[str, ...]:
    return tuple(text if labels.index(text) == at else f"{text} {at}" for at, text in enumerate(labels))


def _unescape(text: str, _: random.Random) -> str:
    """Take back the escaping of ampersands that belong to entities."""
    return re.sub(r"&amp;(#?\w+;)", r"&\1", text)
