"""Who has the store and no keys, and knows the true population, still cannot tell members from strangers.

Two stores are made of two cases that are alike in all open facts (URL, body size, counts) and differ in who matched. An
attacker with the whole population as dictionary tries every unkeyed digest of every form of every person, and every
feature of the bytes that does not need a key; a member must not stand out from a stranger.
"""

import base64
import hashlib
import random
import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.cli import Tracker, write_csv
from tests.conftest import Spring
from tests.needles import Needles
from tests.people import HEADER

CHOSEN = 60


@pytest.fixture
def filed(spring: Spring) -> set[int]:
    """File a page that shows half of 120 people; the other half are on the leak and not on the page."""
    chosen = set(random.Random(11).sample(range(120), CHOSEN))
    page = write_csv(spring.tracker.work / "page.csv", HEADER, [spring.leaked[n] for n in sorted(chosen)])
    spring.tracker.ok("scan", page, "--url", "https://forum.example/t/9", code=1)
    page.unlink()
    return chosen


def guesses(row: list[str]) -> Iterator[bytes]:
    """What an attacker would hash: single fields, pairs and the whole row, in usual forms and digests."""
    identifier, family, given, birth = row[:4]
    texts = [identifier, birth, f"{given} {family}", f"{family} {given}", f"{given}{family}{birth}", ",".join(row)]
    for form in {form for text in texts for form in (text, text.upper(), text.casefold())}:
        data = form.encode()
        for name in ("md5", "sha1", "sha256", "sha512", "blake2b", "blake2s"):
            yield hashlib.new(name, data).digest()
        yield hashlib.blake2b(data, digest_size=16).digest()
        yield hashlib.sha256(data + b"\n").digest()


def cells(store: Path) -> list[bytes]:
    with sqlite3.connect(store) as database:
        tables = [name for (name,) in database.execute("select name from sqlite_master where type = 'table'")]
        found = [cell for table in tables for row in database.execute(f'select * from "{table}"') for cell in row]
    database.close()
    return [cell if isinstance(cell, bytes) else str(cell).encode() for cell in found if cell is not None]


def test_no_digest_of_a_guess_stands_in_the_store(spring: Spring, filed: set[int]) -> None:
    spring.tracker.keys.joinpath("spring.owner").unlink()
    everything = b"\0".join(cells(spring.tracker.home / "store.sqlite")).lower()
    marked = set()
    for number, row in enumerate(spring.leaked[:120]):
        for digest in guesses(row):
            forms = (digest, digest.hex().encode(), base64.b32encode(digest).rstrip(b"=").lower(), digest[:8])
            if any(form in everything for form in forms):
                marked.add(number)
    assert marked == set()


def test_the_instrument_sees_a_digest_that_is_there() -> None:
    row = ["A1", "Test", "Anna", "1990-01-02"]
    assert hashlib.sha256(b"Anna Test").digest() in set(guesses(row))


def test_stores_of_other_people_look_the_same(spring: Spring, tmp_path: Path) -> None:
    def facts(rows: list[list[str]], name: str) -> tuple[list[int], dict[str, object]]:
        tracker: Tracker = spring.tracker.copy(tmp_path / name)
        page = write_csv(tracker.work / "page.csv", ("n", "x"), [[row[0], ""] for row in rows])
        tracker.ok("scan", page, "--url", "https://forum.example/t/9", code=1)
        with sqlite3.connect(tracker.home / "store.sqlite") as database:
            sizes = [len(blob) for (blob,) in database.execute("select sealed_rows from versions")]
        database.close()
        (line,) = tracker.ok("search", "--format", "json").lines
        open_facts = {key: value for key, value in line.items() if key not in ("first_seen", "last_seen")}
        return sizes, open_facts

    sizes_of, facts_of = zip(*(facts(spring.leaked[k : k + 40], f"copy{k}") for k in (0, 40, 80)), strict=True)
    assert facts_of[0] == facts_of[1] == facts_of[2]
    # An age header has a line of random length, which says nothing about what is sealed.
    assert max(sizes_of)[0] - min(sizes_of)[0] < 300
    assert min(sizes_of)[0] > 4096


def test_no_cell_stands_in_the_home(spring: Spring, filed: set[int]) -> None:
    planted = [spring.leaked[n] for n in filed]
    needles = Needles(
        values=[cell for row in planted for cell in (row[0], row[5]) if cell],
        names=[(row[2], row[1]) for row in planted],
        dates=[date.fromisoformat(row[3]) for row in planted],
    )
    assert needles.search_tree(spring.tracker.home) == []
