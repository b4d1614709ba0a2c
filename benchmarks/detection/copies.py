"""Copies of the leak of every kind and size, with their truth; each depends on the seed and its own name alone."""

import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from anyascii import anyascii

from benchmarks.detection.damage import HEAVY, LIGHT, Damage
from benchmarks.detection.documents import Look, Trial, choose_layout, show
from benchmarks.detection.notations import Notation, choose_notation, clean_notation
from benchmarks.detection.people import Person, Population
from benchmarks.detection.registry import PEOPLE, Registry

ALL = ("id", "name", "birth", "nationality", "facility", "status", "arrival", "email", "phone")
CASE = ("name", "birth", "nationality", "facility", "status")
NAME_AND_BIRTH = ("name", "birth")
_CAREFUL = (
    (ALL, 25), (CASE, 15), (NAME_AND_BIRTH, 20), (("id",), 8), (("id", "name"), 8), (("id", "birth"), 5),
    (("id", "facility", "status"), 5), (("name", "birth", "email"), 3), (("birth", "name", "phone", "nationality"), 3),
    (("arrival", "birth", "name"), 4), (("id", "nationality", "arrival"), 4),
)  # fmt: skip
_HEAVY = ((NAME_AND_BIRTH, 40), (CASE, 35), (ALL, 25))
_NAMES_ONLY = ((("name",), 60), (("name", "nationality"), 25), (("name", "facility", "status"), 15))
_NAMES_SHARE = (1.0, 1.0, 0.9, 0.75, 0.6)
_MIXED_SHARE, _DILUTED_SHARE, _SINGLE_AMONG_SHARE = 0.15, 0.1, 0.3
_DILUTED_SIZES = (3, 10, 30)


@dataclass(frozen=True, slots=True)
class Plan:
    """How many documents of each size (in leaked rows) one kind has; sizes are cut to what the leak holds."""

    kind: str
    counts: dict[int, int]


FULL, TENTH, HUNDREDTH = PEOPLE, PEOPLE // 10, PEOPLE // 100
PLANS = (
    Plan("careful", {FULL: 30, TENTH: 80, HUNDREDTH: 300, 30: 300, 10: 400, 3: 400, 1: 500}),
    Plan("light damage", {TENTH: 30, HUNDREDTH: 150, 30: 150, 10: 200, 3: 150, 1: 150}),
    Plan("heavy damage", {TENTH: 40, HUNDREDTH: 200, 30: 250, 10: 300, 3: 100, 1: 100}),
    Plan("single row, all columns", {1: 500}),
    Plan("single row, name + birth date", {1: 500}),
    Plan("names only", {FULL: 10, TENTH: 40, HUNDREDTH: 250, 30: 300, 10: 100}),
    Plan("contacts only", {HUNDREDTH: 60, 10: 60, 1: 80}),
)


class Copies:
    """Makes the copies of one leak; the same seed and name always give the same document."""

    def __init__(self, registry: Registry, seed: int) -> None:
        self._registry, self._seed = registry, seed
        self._strangers = Population(random.Random(seed), registry.people)
        self._alike: dict[str, set[int]] = defaultdict(set)
        for row, person in enumerate(registry.people):
            self._alike[_name_key(person)].add(registry.person_of[row])

    def trials(self, plan: Plan, share: float) -> Iterator[Trial]:
        """Return this share of the documents that the plan names."""
        for size, count in plan.counts.items():
            for number in range(max(1, round(count * share))):
                yield self._trial(plan.kind, min(size, len(self._registry.people)), number)

    def _trial(self, kind: str, size: int, number: int) -> Trial:
        name = f"{kind}/{size}/{number}"
        draw = random.Random(f"{self._seed}/{name}")
        self._strangers.reseed(f"{self._seed}/{name}/strangers")
        look = _look(kind, number, draw)
        rows = self._rows(look, size, draw)
        among = self._among(kind, len(rows), draw)
        people = [self._registry.people[row] for row in rows]
        shown = _interleave(people, self._strangers.draw(among), draw)
        persons = self._registry.persons(rows)
        traits = (*look.traits(), _dilution(len(rows), among))
        return Trial(name, kind, size, show(shown, look, draw), traits, persons, self._tolerated(look, people))

    def _rows(self, look: Look, size: int, draw: random.Random) -> list[int]:
        fits = _fitting(look)
        rows = [row for row, person in enumerate(self._registry.people) if fits(person)]
        chosen = draw.sample(rows, min(size, len(rows)))
        return chosen if draw.random() < 0.5 else sorted(chosen)

    def _among(self, kind: str, rows: int, draw: random.Random) -> int:
        """Return how many strangers stand between the rows."""
        if kind.startswith("single"):
            return draw.randrange(20, 100) if draw.random() < _SINGLE_AMONG_SHARE else 0
        if kind == "names only":
            return round(rows / draw.choice(_NAMES_SHARE)) - rows
        if kind == "careful" and rows in _DILUTED_SIZES and draw.random() < _DILUTED_SHARE:
            return 99 * rows
        return draw.randrange(1, 2 * rows + 2) if draw.random() < _MIXED_SHARE else 0

    def _tolerated(self, look: Look, people: Sequence[Person]) -> frozenset[int]:
        if {"id", "birth", "email", "phone"} & set(look.fields):
            return frozenset()
        return frozenset().union(*(self._alike[_name_key(person)] for person in people))


def _look(kind: str, number: int, draw: random.Random) -> Look:
    """Choose columns, layout and notation; layouts and damages take turns so that each has its share."""
    if kind == "single row, all columns":
        return Look(ALL, choose_layout(draw), clean_notation(draw))
    if kind == "single row, name + birth date":
        return Look(NAME_AND_BIRTH, choose_layout(draw), clean_notation(draw))
    if kind == "names only":
        return Look(_weighted(_NAMES_ONLY, draw), choose_layout(draw), _names_notation(draw))
    if kind == "contacts only":
        return Look((draw.choice(("email", "phone")),), choose_layout(draw), choose_notation(draw))
    if kind == "careful":
        return Look(_weighted(_CAREFUL, draw), choose_layout(draw), choose_notation(draw))
    damage = (LIGHT if kind == "light damage" else HEAVY)[
        number % (len(LIGHT) if kind == "light damage" else len(HEAVY))
    ]
    fields = _damaged_columns(damage, draw) if kind == "light damage" else _weighted(_HEAVY, draw)
    notation = replace(clean_notation(draw), damage=damage)
    return Look(fields, choose_layout(draw, plain=damage.cuts_lines), notation)


def _names_notation(draw: random.Random) -> Notation:
    form = draw.choices(("whole", "one of each", "one family name", "middle initial"), (85, 5, 5, 5))[0]
    return replace(choose_notation(draw, reduced=False), form=form)


def _damaged_columns(damage: Damage, draw: random.Random) -> tuple[str, ...]:
    if damage.key == "blank cells":
        return draw.choice((ALL, CASE))
    if damage.spelling == "wrong birth":
        return draw.choice((CASE, ALL, ("name", "birth", "nationality")))
    return _weighted(_HEAVY, draw)


def _fitting(look: Look) -> Callable[[Person], bool]:
    damage, fields = look.notation.damage, set(look.fields)
    if damage and damage.spelling == "respelled":
        return lambda person: person.respelled is not None
    if damage and damage.spelling == "other script":
        return lambda person: person.other_script is not None
    if fields == {"email"}:
        return lambda person: bool(person.email)
    if fields == {"phone"}:
        return lambda person: person.phone is not None
    return lambda person: True


def _interleave(people: list[Person], strangers: list[Person], draw: random.Random) -> list[Person]:
    """Put the strangers anywhere between the people, whose order stays."""
    if not strangers:
        return people
    places = set(draw.sample(range(len(people) + len(strangers)), len(people)))
    ours, others = iter(people), iter(strangers)
    return [next(ours) if at in places else next(others) for at in range(len(people) + len(strangers))]


def _dilution(rows: int, among: int) -> str:
    share = "none" if not among else "1 in 100" if among >= 50 * rows else "some"
    return f"strangers: {share}"


def _weighted(options: Sequence[tuple[tuple[str, ...], int]], draw: random.Random) -> tuple[str, ...]:
    return draw.choices([fields for fields, _ in options], [weight for _, weight in options])[0]


def _name_key(person: Person) -> str:
    words = anyascii(" ".join((*person.name.given, *person.name.family))).casefold()
    return " ".join(sorted(words.replace("-", " ").split()))
