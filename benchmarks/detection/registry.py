"""The leak of the benchmark: 6,000 people as an agency's spreadsheet, and who of its rows is the same person."""

import random
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from benchmarks.detection.leak import Leak
from benchmarks.detection.people import STATUSES, Person, Population

PEOPLE = 6_000
_TWICE = 0.003
HEADER = (
    "A-Number", "Family Name", "Given Names", "Date of Birth", "Nationality", "Facility", "Case Status", "Arrival Date",
    "E-mail", "Phone",
)  # fmt: skip

FIELDS = ("id", "family", "given", "birth", "", "", "", "", "email", "phone")


@dataclass(frozen=True, slots=True)
class Registry:
    """The leaked table; `person_of` numbers the person of each row, since a few people stand in it twice."""

    people: tuple[Person, ...] = field(repr=False)
    person_of: tuple[int, ...] = field(repr=False)

    def rows(self) -> list[list[str]]:
        """Return the cells of every row as the spreadsheet shows them."""
        return [_cells(person) for person in self.people]

    def leak(self) -> Leak:
        """Return the table as the methods get it."""
        return Leak("registry", HEADER, FIELDS, self.rows(), self.person_of)

    def persons(self, rows: Iterable[int]) -> frozenset[int]:
        """Return the persons of these rows."""
        return frozenset(self.person_of[row] for row in rows)


def make_registry(seed: int, people: int = PEOPLE) -> Registry:
    """Return the leak of this seed; a few people stand in it twice, with another status."""
    draw = random.Random(f"{seed}/registry")
    drawn = Population(random.Random(f"{seed}/people")).draw(people - round(people * _TWICE))
    numbered = list(enumerate(drawn))
    again = draw.sample(numbered, people - len(drawn))
    numbered += [(number, replace(person, status=draw.choice(STATUSES))) for number, person in again]
    draw.shuffle(numbered)
    return Registry(tuple(person for _, person in numbered), tuple(number for number, _ in numbered))


def _cells(person: Person) -> list[str]:
    phone = person.phone
    return [
        person.id,
        " ".join(person.name.family),
        " ".join(person.name.given),
        f"{person.birth:%m/%d/%Y}",
        person.nationality,
        person.facility,
        person.status,
        f"{person.arrival:%m/%d/%Y}",
        person.email,
        f"+{phone.country} {'-'.join(phone.groups)}" if phone else "",
    ]
