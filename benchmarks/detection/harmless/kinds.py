"""The kinds of harmless documents and how many of each; every one is 20 rows or lines and more."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from benchmarks.detection.documents import Trial
from benchmarks.detection.harmless import office, rosters, texts
from benchmarks.detection.people import Population
from benchmarks.detection.registry import Registry

Make = Callable[[random.Random, Population, Registry], tuple[bytes, tuple[str, ...]]]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of harmless document; `most` is the floor of the issue and `goal` its goal, in alarms per 1,000."""

    key: str
    make: Make
    count: int = 1_000
    most: float | None = None
    goal: float | None = None


KINDS = (
    Kind("fair strangers", rosters.strangers, 3_000, 3, 1),
    Kind("twins and siblings", rosters.twins, 1_000, 20, 10),
    Kind("namesakes", rosters.namesakes, 1_000, 10, 5),
    Kind("same generator's names", rosters.recombined, 1_000, 20, 10),
    Kind("IDs one off", rosters.ids_one_off),
    Kind("sequential and short IDs", rosters.sequential_ids),
    Kind("default birth dates", rosters.default_dates),
    Kind("phone books", rosters.phone_books, 1_000, 0, 0),
    Kind("census lists", rosters.census_lists),
    Kind("news about the leak", texts.news, 1_000, 0, 0),
    Kind("headers alone", texts.headers, 1_000, 0, 0),
    Kind("single columns", texts.single_columns),
    Kind("prose", texts.prose, 1_000, 0, 0),
    Kind("code", texts.code, 1_000, 0, 0),
    Kind("logs", texts.logs),
    Kind("office files", office.monthly, 1_000, 0, 0),
)


class Harmless:
    """Makes harmless documents; the same seed, kind and number always give the same one."""

    def __init__(self, registry: Registry, seed: int) -> None:
        self._registry, self._seed = registry, seed
        self._population = Population(random.Random(seed), registry.people)

    def trials(self, kind: Kind, share: float) -> Iterator[Trial]:
        """Return this share of the documents of a kind."""
        for number in range(max(1, round(kind.count * share))):
            name = f"{kind.key}/{number}"
            draw = random.Random(f"{self._seed}/{name}")
            self._population.reseed(f"{self._seed}/{name}/people")
            body, traits = kind.make(draw, self._population, self._registry)
            yield Trial(name, kind.key, 0, body, traits)
