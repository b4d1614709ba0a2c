"""Fixtures: `spring` is a made case of 300 people in folders of its own, made once and copied for each test."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cli import Tracker, write_csv
from tests.people import HEADER, people, rows

LEAKED, STRANGERS = 300, 400


@dataclass(frozen=True)
class Spring:
    """The case `spring`: its installation, the leaked rows in file order, and rows of people who are not on it."""

    tracker: Tracker
    leaked: list[list[str]]
    strangers: list[list[str]]


@pytest.fixture(scope="session")
def _spring(tmp_path_factory: pytest.TempPathFactory) -> Spring:
    folder = tmp_path_factory.mktemp("spring")
    population = rows(people(LEAKED + STRANGERS))
    leak = write_csv(folder / "leak.csv", HEADER, population[:LEAKED])
    tracker = Tracker(folder / "installation")
    tracker.ok(
        "fingerprint", leak, "--case", "spring", "--yes", "--allow-host", "127.0.0.1", "--contact", "a@example.org"
    )
    return Spring(tracker, population[:LEAKED], population[LEAKED:])


@pytest.fixture
def spring(_spring: Spring, tmp_path: Path) -> Spring:
    return Spring(_spring.tracker.copy(tmp_path / "installation"), _spring.leaked, _spring.strangers)


@pytest.fixture
def tracker(tmp_path: Path) -> Tracker:
    return Tracker(tmp_path / "fresh")
