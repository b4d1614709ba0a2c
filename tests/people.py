"""Synthetic people as rows of a table."""

from collections.abc import Sequence

from tracker.demo.people import Person, Population

HEADER = ("A-Number", "Last name", "First name", "Date of birth", "Citizenship", "E-mail", "Facility", "Status")


def people(count: int, seed: int = 7) -> list[Person]:
    return Population(seed).draw(count)


def row(person: Person) -> list[str]:
    return [
        person.id_number,
        person.family,
        person.given,
        person.birth.isoformat(),
        person.nationality,
        person.email,
        person.facility,
        person.status,
    ]


def rows(persons: Sequence[Person]) -> list[list[str]]:
    return [row(person) for person in persons]
