"""Makes people who do not exist: names of many regions, birth dates, papers; the same ones for the same seed."""

import random
import tomllib
from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from importlib.resources import files
from itertools import accumulate
from typing import Any

from anyascii import anyascii

FACILITIES = (
    "Cedar Ridge Processing Center", "Blue Mesa Detention Center", "Harlow County Jail", "Pine Hollow Service Center",
    "Gulf Bend Residential Center", "Stony Ford Correctional Facility", "Lake Arden Holding Center",
    "Dry Creek Processing Center", "Northfield County Detention", "Palo Seco Staging Facility",
    "Fort Ellery Contract Facility", "Willow Bayou Detention Center",
)  # fmt: skip
STATUSES = (
    "Pending interview", "Interview held", "Credible fear found", "Credible fear not found", "Review by judge",
    "Hearing scheduled", "Released on parole", "Transferred", "Appeal pending", "Withdrawn",
)  # fmt: skip
MAIL_DOMAINS = ("mail.example.com", "example.org", "example.net", "post.example.com", "inbox.example.org")

_FIRST_BIRTH = date(1948, 1, 2)
_LAST_BIRTH = date(2004, 12, 31)
_FIRST_ARRIVAL = date(2022, 3, 1)
_LAST_ARRIVAL = date(2022, 11, 18)
_SHARE_WITH_MAIL = 0.4
_SHARE_OF_RELATIVES = 0.06
_SHARE_OF_TWINS = 0.05


@dataclass(frozen=True, slots=True)
class Person:
    """One row of a table of people; `email` is empty for those who gave none."""

    id_number: str = field(repr=False)
    family: str = field(repr=False)
    given: str = field(repr=False)
    birth: date = field(repr=False)
    nationality: str = field(repr=False)
    email: str = field(repr=False)
    facility: str = field(repr=False)
    status: str = field(repr=False)
    arrival: date = field(repr=False)


class Population:
    """Draws people one after another, none twice: no two share an ID number, an e-mail, or name and birth date.

    Common names, relatives with one family name and papers that say 1 January are as frequent as in real tables,
    so people drawn as strangers to a leak still look like the people in it.
    """

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 -- repeatable on purpose, guards nothing
        regions = tomllib.loads(files("tracker.demo").joinpath("names.toml").read_text(encoding="utf-8"))
        self._regions = [_Region(settings) for settings in regions.values()]
        self._region_weights = [region.weight for region in self._regions]
        self._ids: set[str] = set()
        self._emails: set[str] = set()
        self._identities: set[tuple[frozenset[str], date]] = set()
        self._last: tuple[Person, _Region] | None = None

    def draw(self, count: int) -> list[Person]:
        """Return the next `count` people."""
        return [self._next() for _ in range(count)]

    def _next(self) -> Person:
        while True:
            person, region = self._relative() or self._newcomer()
            identity = (frozenset(anyascii(f"{person.given} {person.family}").casefold().split()), person.birth)
            if identity not in self._identities:
                self._identities.add(identity)
                self._last = (person, region)
                return person

    def _newcomer(self) -> tuple[Person, "_Region"]:
        draw = self._random
        region = draw.choices(self._regions, self._region_weights)[0]
        birth = _day_between(draw, _FIRST_BIRTH, _LAST_BIRTH)
        if draw.random() < region.new_year:
            birth = birth.replace(month=1, day=1)
        return self._register(
            region,
            family=region.family(draw),
            birth=birth,
            nationality=draw.choice(region.nationalities),
            facility=draw.choice(FACILITIES),
            arrival=_day_between(draw, _FIRST_ARRIVAL, _LAST_ARRIVAL),
        ), region

    def _relative(self) -> tuple[Person, "_Region"] | None:
        draw = self._random
        if self._last is None or draw.random() >= _SHARE_OF_RELATIVES:
            return None
        person, region = self._last
        is_twin = draw.random() < _SHARE_OF_TWINS
        birth = person.birth if is_twin else _day_between(draw, _FIRST_BIRTH, _LAST_BIRTH)
        return self._register(
            region,
            family=person.family,
            birth=birth,
            nationality=person.nationality,
            facility=person.facility,
            arrival=person.arrival,
        ), region

    def _register(
        self, region: "_Region", *, family: str, birth: date, nationality: str, facility: str, arrival: date
    ) -> Person:
        given = region.given(self._random)
        return Person(
            id_number=self._id_number(),
            family=family,
            given=given,
            birth=birth,
            nationality=nationality,
            email=self._email(given, family),
            facility=facility,
            status=self._random.choice(STATUSES),
            arrival=arrival,
        )

    def _id_number(self) -> str:
        while True:
            number = f"A{self._random.randrange(200_000_000, 250_000_000):09d}"
            if number not in self._ids:
                self._ids.add(number)
                return number

    def _email(self, given: str, family: str) -> str:
        draw = self._random
        if draw.random() >= _SHARE_WITH_MAIL:
            return ""
        first, last = (_letters(name.split()[0]) for name in (given, family))
        while True:
            local = draw.choice((f"{first}.{last}", f"{first}{last}", f"{last}{first[:1]}", f"{first}_{last}"))
            email = f"{local}{draw.randrange(10, 10_000)}@{draw.choice(MAIL_DOMAINS)}"
            if email not in self._emails:
                self._emails.add(email)
                return email


class _Region:
    """The names of one region and how people bear them."""

    def __init__(self, settings: dict[str, Any]) -> None:
        self.weight: int = settings["weight"]
        self.new_year: float = settings["new_year"]
        self.nationalities = _split(settings["nationalities"])
        self._given = _Names(_split(settings["given"]), settings["given_names"])
        self._family = _Names(_split(settings["family"]), settings["family_names"])

    def given(self, draw: random.Random) -> str:
        """Return one person's given names."""
        return self._given.draw(draw)

    def family(self, draw: random.Random) -> str:
        """Return one person's family names."""
        return self._family.draw(draw)


class _Names:
    """A list of names of which the first ones are far more common than the last (Zipf's law)."""

    def __init__(self, names: Sequence[str], how_many: Sequence[int]) -> None:
        self._names = names
        self._heights = list(accumulate(1 / (rank + 8) for rank in range(len(names))))
        self._how_many = how_many

    def draw(self, draw: random.Random) -> str:
        """Return one name, or several in a row where the region's people bear several."""
        count = draw.choices(range(1, len(self._how_many) + 1), self._how_many)[0]
        chosen: list[str] = []
        while len(chosen) < count:
            name = self._names[bisect(self._heights, draw.random() * self._heights[-1])]
            if name not in chosen:
                chosen.append(name)
        return " ".join(chosen)


def _split(text: str) -> list[str]:
    return [name for name in (" ".join(piece.split()) for piece in text.split(",")) if name]


def _letters(name: str) -> str:
    return "".join(letter for letter in anyascii(name).lower() if letter.isalnum())


def _day_between(draw: random.Random, first: date, last: date) -> date:
    return first + timedelta(days=draw.randrange((last - first).days + 1))
