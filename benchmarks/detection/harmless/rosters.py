"""Harmless lists of people: strangers, near misses of the leak, phone books, census lists."""

import random
from collections.abc import Callable
from dataclasses import replace

from anyascii import anyascii

from benchmarks.detection import names
from benchmarks.detection.damage import HEAVY, LIGHT
from benchmarks.detection.documents import Look, choose_layout, show
from benchmarks.detection.layouts import write_sheet
from benchmarks.detection.layouts.sheet import Sheet, label
from benchmarks.detection.notations import PHONES, choose_notation, clean_notation
from benchmarks.detection.origins import Name
from benchmarks.detection.people import Person, Population, new_id, new_phone
from benchmarks.detection.registry import Registry

Made = tuple[bytes, tuple[str, ...]]
_SIZES = (20, 20, 25, 30, 30, 40, 50, 60, 80, 100, 150, 200, 400)
_ALL = ("id", "name", "birth", "nationality", "facility", "status", "arrival", "email", "phone")
_DAMAGED_SHARE = 0.15
_COLUMNS = (
    _ALL, ("id", "name", "birth", "nationality", "facility", "status"), ("name", "birth", "nationality", "status"),
    ("name", "birth"), ("name", "birth"), ("id", "name"), ("id", "birth"), ("name",), ("name", "nationality"),
    ("name", "facility", "arrival"), ("name", "email"), ("name", "phone"), ("id", "status"),
    ("email",), ("phone",), ("id",),
)  # fmt: skip
_DATED = (_ALL, ("name", "birth", "nationality", "facility", "status"), ("name", "birth"), ("name", "birth"))
_NUMBERED = (("id",), ("id", "name"), ("id", "name", "birth"), ("id", "status", "facility"), _ALL)
_STREETS = (
    "Elm Street", "Oak Avenue", "Second Street", "Calle Mayor", "Avenida Central", "Rue de la Gare", "Mill Road",
    "Park Lane", "Rua Direita", "Via Roma", "Hauptstraße", "улица Ленина", "Station Road", "Church Hill",
    "Calle 13", "Boulevard Sud",
)  # fmt: skip
_TOWNS = (
    "Riverton",
    "Springdale",
    "San Marcos",
    "Villa Nueva",
    "Port Clare",
    "Lakewood",
    "Beaumont",
    "Santa Rita",
    "Kells",
)
_WORK = ("farmer", "teacher", "smith", "at school", "widow", "carpenter", "clerk", "laborer", "seamstress", "none")


def strangers(draw: random.Random, population: Population, registry: Registry) -> Made:
    """Other people of the same population, in any layout and notation, now and then damaged."""
    damage = draw.choice(LIGHT + HEAVY) if draw.random() < _DAMAGED_SHARE else None
    layout = choose_layout(draw, plain=damage is not None and damage.cuts_lines)
    look = Look(draw.choice(_COLUMNS), layout, choose_notation(draw, damage=damage))
    size = draw.choice(_SIZES)
    people: list[Person] = []
    while len(people) < size:
        person = population.next()
        if look.fields not in (("email",), ("phone",)) or (person.email if look.fields == ("email",) else person.phone):
            people.append(person)
    return show(people, look, draw), look.traits()


def twins(draw: random.Random, population: Population, registry: Registry) -> Made:
    """People with a surname and birth date of the leak and other given names, on every row or on some."""
    return _near_misses(draw, population, registry, lambda person: _twin(population, person))


def namesakes(draw: random.Random, population: Population, registry: Registry) -> Made:
    """People with the full name of somebody in the leak and another birth date, on every row or on some."""
    return _near_misses(draw, population, registry, population.with_other_birth)


def recombined(draw: random.Random, population: Population, registry: Registry) -> Made:
    """People put together from the leak's own given names, surnames, dates and places."""
    people: list[Person] = []
    size = draw.choice(_SIZES)
    keeps_origin = draw.random() < 0.5
    while len(people) < size:
        first, second, third, fourth = draw.sample(registry.people, 4)
        if first.is_native != second.is_native or (keeps_origin and first.origin != second.origin):
            continue
        person = replace(
            fourth,
            id=new_id(draw),
            name=Name(first.name.given, second.name.family),
            birth=third.birth,
            nationality=second.nationality,
            email="",
            phone=new_phone(draw, second.nationality),
        )
        if population.take(person):
            people.append(person)
    look = Look(draw.choice(_DATED), choose_layout(draw), choose_notation(draw))
    return show(people, look, draw), ("names: one origin" if keeps_origin else "names: mixed", *look.traits())


def default_dates(draw: random.Random, population: Population, registry: Registry) -> Made:
    """Strangers who are all said to be born on 1 January, many with a surname of the leak."""
    people: list[Person] = []
    size, bearers = draw.choice(_SIZES), [person for person in registry.people if not person.is_native]
    while len(people) < size:
        person = population.next()
        person = replace(person, birth=person.birth.replace(month=1, day=1))
        if not person.is_native and draw.random() < 0.5:
            person = replace(person, name=Name(person.name.given, draw.choice(bearers).name.family))
        if population.take(replace(person, id="", email="", phone=None)):
            people.append(person)
    look = Look(draw.choice(_DATED), choose_layout(draw), choose_notation(draw))
    return show(people, look, draw), look.traits()


def ids_one_off(draw: random.Random, population: Population, registry: Registry) -> Made:
    """Strangers whose ID numbers miss one of the leak by one, or by one digit."""
    taken = {person.id for person in registry.people}
    people: list[Person] = []
    size = draw.choice(_SIZES)
    while len(people) < size:
        number = _one_off(draw.choice(registry.people).id, draw)
        if number not in taken:
            people.append(replace(population.next(), id=number))
    look = Look(draw.choice(_NUMBERED), choose_layout(draw), choose_notation(draw))
    return show(people, look, draw), look.traits()


def sequential_ids(draw: random.Random, population: Population, registry: Registry) -> Made:
    """Strangers numbered one after another, by small numbers, or by five random digits."""
    size, way = draw.choice(_SIZES), draw.choice(("run in the leak's range", "small", "five digits", "years"))
    start = draw.randrange(200_000_000, 249_999_000)
    numbers = {
        "run in the leak's range": [f"A{start + at}" for at in range(size)],
        "small": [str(draw.randrange(1, 9) * 100 + at) for at in range(size)],
        "five digits": [f"{draw.randrange(100_000):05d}" for _ in range(size)],
        "years": [f"{draw.randrange(2000, 2023)}-{at:04d}" for at in range(1, size + 1)],
    }[way]
    fields = draw.choice(_NUMBERED)
    look = Look(fields, choose_layout(draw), replace(choose_notation(draw), id_form="as is"))
    people = [replace(person, id=number) for person, number in zip(population.draw(size), numbers, strict=True)]
    return show(people, look, draw), (f"IDs: {way}", *look.traits())


def phone_books(draw: random.Random, population: Population, registry: Registry) -> Made:
    """Names in alphabetical order with street and telephone number."""
    notation = choose_notation(draw, reduced=False)
    form = draw.choice((names.initials, names.one_of_each, names.middle_initial, lambda name: name))
    rows = []
    for person in population.draw(draw.choice(_SIZES)):
        name = form(person.name)
        phone = PHONES[notation.phone_form](new_phone(draw, person.nationality))
        street = f"{draw.choice(_STREETS)} {draw.randrange(1, 220)}"
        rows.append((f"{' '.join(name.family)}, {' '.join(name.given)}", street, draw.choice(_TOWNS), phone))
    columns = draw.choice(((0, 3), (0, 1, 3), (0, 1, 2, 3)))
    shown = sorted(tuple(row[at] for at in columns) for row in rows)
    words = {
        0: label("name", notation.language, draw),
        1: "Address",
        2: "Town",
        3: label("phone", notation.language, draw),
    }
    fields = tuple(("name", "facility", "nationality", "phone")[at] for at in columns)
    sheet = Sheet(
        fields, tuple(words[at] for at in columns), shown, notation.language, draw.choice(("Directory", "Phones"))
    )
    layout = choose_layout(draw)
    return write_sheet(sheet, layout, draw), (f"layout: {layout}",)


def census_lists(draw: random.Random, population: Population, registry: Registry) -> Made:
    """Households with names, ages or years of birth, relation and work."""
    notation = choose_notation(draw, reduced=False)
    dated, size, rows = draw.random() < 0.3, draw.choice(_SIZES), []
    household, people = 0, population.draw(size)
    for at, person in enumerate(people):
        if at == 0 or draw.random() < 0.35:
            household, family, relation = household + 1, person.name.family, "head"
        else:
            relation = draw.choice(("wife", "son", "daughter", "mother", "lodger"))
        when = (
            notation.write_date(person.birth)
            if dated
            else str(draw.choice((person.birth.year, 2022 - person.birth.year)))
        )
        rows.append((str(household), " ".join(family), " ".join(person.name.given), relation, when, draw.choice(_WORK)))
    fields = ("number", "family", "given", "status", "birth", "facility")
    labels = ("Household", "Surname", "Given name", "Relation", "Born" if dated else "Age", "Work")
    layout = choose_layout(draw)
    sheet = Sheet(fields, labels, rows, notation.language, "Census of the parish")
    return write_sheet(sheet, layout, draw), (f"layout: {layout}", f"dates: {dated}")


def _near_misses(
    draw: random.Random, population: Population, registry: Registry, miss: Callable[[Person], Person]
) -> Made:
    size, everywhere = draw.choice(_SIZES), draw.random() < 0.5
    count = size if everywhere else draw.choice((1, 1, 2, 3, max(1, size // 5)))
    missed = [miss(person) for person in draw.sample(registry.people, count)]
    people = missed + population.draw(size - count)
    draw.shuffle(people)
    look = Look(draw.choice(_DATED), choose_layout(draw), clean_notation(draw))
    return show(people, look, draw), ("rows: all" if everywhere else "rows: some", *look.traits())


def _twin(population: Population, person: Person) -> Person:
    """Return a twin who shares no given name: parents tell their children apart."""
    own = _words(person.name.given)
    while True:
        twin = population.sibling(person, twin=True)
        assert twin.naming is not None
        spelled = twin.naming.native if person.is_native else twin.naming.latin
        if spelled is None:
            continue
        twin = replace(twin, name=Name(spelled.given, person.name.family))
        if not own & _words(twin.name.given) and population.take(twin):
            return twin


def _words(parts: tuple[str, ...]) -> set[str]:
    return set(anyascii(" ".join(parts)).casefold().replace("-", " ").split())


def _one_off(number: str, draw: random.Random) -> str:
    if draw.random() < 0.5:
        return f"A{int(number[1:]) + draw.choice((-1, 1)):09d}"
    at = draw.randrange(3, len(number))
    return number[:at] + draw.choice([digit for digit in "0123456789" if digit != number[at]]) + number[at + 1 :]
