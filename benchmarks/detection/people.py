"""Draws people who do not exist, as they stand in an agency's table: the same ones for the same seed."""

import random
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import NamedTuple

from anyascii import anyascii

from benchmarks.detection.origins import Name, Naming, Origin, load_origins

FACILITIES = (
    "Otter Creek Processing Center", "Mesa Grande Detention Center", "Caldwell County Jail",
    "Bayou Teche Service Center",
    "Sierra Vista Residential Center", "Elk Run Correctional Facility", "Lake Saline Holding Center",
    "Rio Hondo Processing Center", "Northgate County Detention", "La Paloma Staging Facility",
    "Fort Brandt Contract Facility", "Magnolia Detention Center", "Stone Bridge Transit House", "Cypress Hill Annex",
)  # fmt: skip
STATUSES = (
    "Pending interview", "Positive finding", "Negative finding", "Under review", "Hearing scheduled", "On parole",
    "Transferred", "Appeal filed", "Withdrawn", "Removed", "Released on bond",
)  # fmt: skip
MAIL_DOMAINS = (
    "mail.example.com",
    "example.org",
    "example.net",
    "post.example.com",
    "correo.example.com",
    "box.example",
)
PHONES = {
    "Honduras": ("504", "", (4, 4)), "Guatemala": ("502", "", (4, 4)), "El Salvador": ("503", "", (4, 4)),
    "Mexico": ("52", "", (2, 4, 4)), "Venezuela": ("58", "0", (3, 7)), "Colombia": ("57", "", (3, 3, 4)),
    "Ecuador": ("593", "0", (2, 3, 4)), "Peru": ("51", "", (3, 3, 3)), "Cuba": ("53", "0", (1, 7)),
    "Haiti": ("509", "", (4, 4)), "Brazil": ("55", "0", (2, 5, 4)), "Russia": ("7", "8", (3, 3, 2, 2)),
    "Ukraine": ("380", "0", (2, 3, 2, 2)), "Georgia": ("995", "0", (3, 2, 2, 2)), "Armenia": ("374", "0", (2, 6)),
    "Turkey": ("90", "0", (3, 3, 2, 2)), "Iran": ("98", "0", (3, 3, 4)), "Afghanistan": ("93", "0", (2, 3, 4)),
    "China": ("86", "", (3, 4, 4)), "India": ("91", "0", (5, 5)), "Nigeria": ("234", "0", (3, 3, 4)),
    "Egypt": ("20", "0", (3, 3, 4)), "Syria": ("963", "0", (3, 3, 3)), "Ethiopia": ("251", "0", (2, 3, 4)),
    "Vietnam": ("84", "0", (2, 3, 4)), "France": ("33", "0", (1, 2, 2, 2, 2)),
}  # fmt: skip
_OTHER_PHONE = ("1", "", (3, 3, 4))
_ARRIVALS = (date(2021, 9, 1), date(2022, 11, 20))
_RELATIVES, _TWINS, _PLAIN, _NATIVE_IN_TABLE = 0.06, 0.05, 0.3, 0.04
_WITH_MAIL, _WITH_PHONE, _SHORT_ID = 1 / 3, 1 / 2, 0.2


class Phone(NamedTuple):
    """A telephone number: country code, the digit that is dialed before it at home, and its groups of digits."""

    country: str
    trunk: str
    groups: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """One row of the agency's table; `name` is as that table spells it, the other spellings are what else is usual."""

    id: str = field(repr=False)
    name: Name = field(repr=False)
    birth: date = field(repr=False)
    nationality: str
    facility: str
    status: str
    arrival: date = field(repr=False)
    email: str = field(repr=False)
    phone: Phone | None = field(repr=False)
    other_script: Name | None = field(default=None, repr=False)
    respelled: Name | None = field(default=None, repr=False)
    naming: Naming | None = field(default=None, repr=False)
    origin: str = ""

    @property
    def is_native(self) -> bool:
        """Tell whether the table spells the name in the person's own script."""
        return self.naming is not None and self.name == self.naming.native


class Population:
    """Draws people one after another; none has the ID, e-mail, phone, or name and birth date of one drawn before."""

    def __init__(self, draw: random.Random, apart_from: "Collection[Person]" = ()) -> None:
        self._draw = draw
        self.origins = {origin.key: origin for origin in load_origins()}
        self._list = list(self.origins.values())
        self._weights = [origin.weight for origin in self._list]
        self._taken: set[object] = set()
        self._last: Person | None = None
        for person in apart_from:
            self._taken |= _marks(person)
        self._foreign = frozenset(self._taken)

    def reseed(self, seed: str) -> None:
        """Begin again, as if nobody had been drawn, so that one document does not depend on those before it."""
        self._draw = random.Random(seed)
        self._taken = set(self._foreign)
        self._last = None

    def draw(self, count: int) -> list[Person]:
        """Return the next `count` people."""
        return [self.next() for _ in range(count)]

    def next(self) -> Person:
        """Return the next person, now and then a relative of the last one."""
        while True:
            relative = self._last is not None and self._draw.random() < _RELATIVES
            person = self.sibling(self._last) if relative and self._last else self._newcomer()
            if self.take(person):
                self._last = person
                return person

    def take(self, person: Person) -> bool:
        """Register a person made elsewhere; False when somebody before has one of their marks."""
        marks = _marks(person)
        if marks & self._taken:
            return False
        self._taken |= marks
        return True

    def sibling(self, person: Person, *, twin: bool | None = None) -> Person:
        """Return somebody with the same family names and, for twins, the same birth date."""
        draw, origin = self._draw, self.origins[person.origin]
        assert person.naming is not None
        if twin is None:
            twin = draw.random() < _TWINS
        birth = person.birth if twin else birth_date(draw, origin.new_year)
        return self.person(origin, origin.rename(person.naming, draw), birth, person)

    def person(self, origin: Origin, naming: Naming, birth: date, like: Person | None = None) -> Person:
        """Return a new row for this name and birth date with papers of its own."""
        draw = self._draw
        latin = naming.latin
        if draw.random() < _PLAIN:
            latin = Name(*(tuple(plain(part) for part in parts) for parts in latin))
        name, other = latin, naming.native
        if naming.native and draw.random() < _NATIVE_IN_TABLE:
            name, other = naming.native, latin
        nationality = like.nationality if like else draw.choice(origin.nationalities)
        return Person(
            id=new_id(draw),
            name=name,
            birth=birth,
            nationality=nationality,
            facility=like.facility if like else draw.choice(FACILITIES),
            status=draw.choice(STATUSES),
            arrival=like.arrival if like else _day_between(draw, *_ARRIVALS),
            email=_email(draw, latin) if draw.random() < _WITH_MAIL else "",
            phone=new_phone(draw, nationality) if draw.random() < _WITH_PHONE else None,
            other_script=other,
            respelled=naming.respelled,
            naming=naming,
            origin=origin.key,
        )

    def with_other_birth(self, person: Person) -> Person:
        """Return a namesake: the very same name and spelling, another birth date, other papers."""
        assert person.naming is not None
        origin = self.origins[person.origin]
        while True:
            birth = birth_date(self._draw, origin.new_year)
            other = self.person(origin, person.naming, birth)
            other = replace(other, name=person.name, other_script=person.other_script, respelled=person.respelled)
            if birth != person.birth and self.take(other):
                return other

    def _newcomer(self) -> Person:
        origin = self._draw.choices(self._list, self._weights)[0]
        return self.person(origin, origin.draw(self._draw), birth_date(self._draw, origin.new_year))


def birth_date(draw: random.Random, new_year: float = 0.0) -> date:
    """Return a birth date: most people are between 18 and 45, some are children, few are old."""
    birth = date(1944, 1, 2) + timedelta(days=int(draw.triangular(0, 28_600, 18_500)))
    return birth.replace(month=1, day=1) if draw.random() < new_year else birth


def new_id(draw: random.Random) -> str:
    """Return an ID number of the agency: a letter and nine digits, of which older ones begin with a zero."""
    old = draw.random() < _SHORT_ID
    return f"A{draw.randrange(70_000_000, 100_000_000) if old else draw.randrange(200_000_000, 250_000_000):09d}"


def new_phone(draw: random.Random, nationality: str) -> Phone:
    """Return a telephone number of that country."""
    country, trunk, sizes = PHONES.get(nationality, _OTHER_PHONE)
    groups = tuple(f"{draw.randrange(10**size):0{size}d}" for size in sizes)
    return Phone(country, trunk, (str(draw.randrange(2, 10)) + groups[0][1:], *groups[1:]))


def plain(name: str) -> str:
    """Return the name without accents; letters of other scripts stay."""
    bare = "".join(letter for letter in unicodedata.normalize("NFD", name) if not unicodedata.combining(letter))
    return bare.translate(str.maketrans("łøđıßæœÆŒŁØĐ", "lodisaoAOLOD"))


def _email(draw: random.Random, name: Name) -> str:
    first, last = (
        "".join(letter for letter in anyascii(parts[0]).lower() if letter.isalnum()) or "x" for parts in name
    )
    local = draw.choice(
        (f"{first}.{last}", f"{first}{last}", f"{last}{first[:1]}", f"{first}_{last}", f"{first[:3]}{last}")
    )
    return f"{local}{draw.randrange(10, 10_000)}@{draw.choice(MAIL_DOMAINS)}"


def _marks(person: Person) -> set[object]:
    names = frozenset(anyascii(" ".join((*person.name.given, *person.name.family))).casefold().split())
    marks: set[object] = {(names, person.birth)}
    if person.id:
        marks.add(person.id)
    if person.email:
        marks.add(person.email)
    if person.phone:
        marks.add("".join(person.phone.groups))
    return marks


def _day_between(draw: random.Random, first: date, last: date) -> date:
    return first + timedelta(days=draw.randrange((last - first).days + 1))
