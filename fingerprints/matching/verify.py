"""A record in which something hit -> the rows that it really shows, each with the evidence for it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import IntFlag
from typing import NamedTuple

import numpy as np

from fingerprints.fields.roles import Role
from fingerprints.index.fingerprints import Fingerprints
from fingerprints.index.tokens import Kind
from fingerprints.matching.naming import NameHits, shows_full_name
from fingerprints.matching.regions import Record, Region, Width, regions

# Beyond this many candidates, those that share no name with the record are sorted out at once.
_MANY_ROWS = 256
_DATES = frozenset({Role.BIRTH_DATE, Role.DATE})
_NUMBERS = frozenset({Role.ID, Role.PHONE})


class Evidence(IntFlag):
    """The kinds of evidence that chance.py reckons with; NUMBER stands for a number with nothing beside it."""

    ADDRESS = 1
    NAME_AND_DATE = 2
    NUMBER_AND_NAME = 4
    NUMBER_AND_DATE = 8
    TWO_NUMBERS = 16
    NUMBER_AND_WORD = 32
    NUMBER = 64


class Outcome(NamedTuple):
    """What one place of a document shows: one of `rows` (several: it cannot be told which).

    `kinds` has the bit `1 << kind` for each kind of token that agreed; `shape` is that of a number alone.
    """

    rows: tuple[int, ...]
    evidence: int
    kinds: int
    shape: int


@dataclass(slots=True, repr=False)
class _Sight:
    """A row seen at one place; `ends` are where the texts end that show it."""

    ends: set[int]
    evidence: int
    kinds: int
    shape: int


@dataclass(slots=True, repr=False)
class _Hits:
    ends: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    shapes: dict[int, int] = field(default_factory=dict)


class Verifier:
    """Decides which rows a record shows, by the tokens of each row; it is made once and serves many documents."""

    def __init__(self, fingerprints: Fingerprints) -> None:
        self._postings = fingerprints.postings
        self._kinds = fingerprints.postings.kinds.tobytes()
        self._width = Width(_most(fingerprints, _DATES), _most(fingerprints, _NUMBERS))
        self._offsets, self._places = fingerprints.postings.by_row(fingerprints.rows)

    def outcomes(self, record: Record) -> Iterator[Outcome]:
        """Yield what a record shows: normally one row, several where several people stand in it.

        A row that is explained by part of what explains another is left out; rows explained by exactly the same are
        one outcome.
        """
        groups: dict[frozenset[int], list[tuple[int, _Sight]]] = defaultdict(list)
        for row, sights in self._sights(record).items():
            for sight in sights:
                groups[frozenset(sight.ends)].append((row, sight))
        for ends in _not_included(groups):
            evidence = kinds = 0
            for _, sight in groups[ends]:
                evidence |= sight.evidence
                kinds |= sight.kinds
            rows = tuple(sorted({row for row, _ in groups[ends]}))
            yield Outcome(rows, evidence, kinds, groups[ends][0][1].shape)

    def _sights(self, record: Record) -> dict[int, list[_Sight]]:
        sights: dict[int, list[_Sight]] = defaultdict(list)
        for region in regions(record, self._width):
            hits = _Hits()
            for anchor in region.near:
                hits.ends[anchor.place].add(anchor.end)
                hits.shapes[anchor.place] = anchor.shape
            for word in region.words:
                for place in word.places:
                    hits.ends[place].add(word.end)
            for row in self._candidates(region):
                sight = self._sight(row, hits, record.text, region)
                if sight is not None:
                    _add(sights[row], sight)
        return sights

    def _candidates(self, region: Region) -> list[int]:
        places = {anchor.place for anchor in region.anchors}
        rows: set[int] = set()
        for place in places:
            found = self._postings.rows_of(place)
            if len(found) > _MANY_ROWS:
                named = [self._postings.rows_of(place) for word in region.words for place in word.places]
                found = np.intersect1d(found, np.concatenate(named)) if named else found[:0]
            rows.update(found.tolist())
        return sorted(rows)

    def _sight(self, row: int, hits: _Hits, text: str, region: Region) -> _Sight | None:
        places: list[int] = self._places[self._offsets[row] : self._offsets[row + 1]].tolist()
        seen_places = [place for place in places if place in hits.ends]
        # A birth date alone is no evidence, and most records end here.
        if len(seen_places) == 1 and self._kinds[seen_places[0]] == Kind.BIRTH_DATE:
            return None
        names = NameHits()
        numbers: dict[int, set[int]] = defaultdict(set)
        seen = _Sight(set(), 0, 0, -1)
        born = False
        for place in places:
            kind = self._kinds[place]
            ends = hits.ends.get(place)
            if kind <= Kind.FULL_JOINED:
                names.add(kind, ends)
            if not ends:
                continue
            seen.ends |= ends
            seen.kinds |= 1 << kind
            if kind == Kind.BIRTH_DATE:
                born = True
            elif kind == Kind.EMAIL:
                seen.evidence |= Evidence.ADDRESS
            elif kind in (Kind.ID, Kind.PHONE):
                seen.shape = hits.shapes[place]
                for end in ends:
                    numbers[end].add(place)
        is_named = names.any and shows_full_name(names, text, region.words, region.name_reach)
        if born and is_named:
            seen.evidence |= Evidence.NAME_AND_DATE
        if numbers:
            seen.evidence |= _beside_number(names, numbers, is_named=is_named, born=born)
        return seen if seen.evidence else None


def _beside_number(names: NameHits, numbers: dict[int, set[int]], *, is_named: bool, born: bool) -> int:
    evidence = 0
    if names.any:
        evidence |= Evidence.NUMBER_AND_WORD
    if is_named:
        evidence |= Evidence.NUMBER_AND_NAME
    if born:
        evidence |= Evidence.NUMBER_AND_DATE
    # The same number written twice is one number.
    if len({frozenset(places) for places in numbers.values()}) > 1:
        evidence |= Evidence.TWO_NUMBERS
    return evidence or Evidence.NUMBER


def _most(fingerprints: Fingerprints, roles: frozenset[Role]) -> int:
    """The largest number of columns of these roles in a table, at least one."""
    return max([1, *(sum(column.role in roles for column in table.columns) for table in fingerprints.tables)])


def _add(sights: list[_Sight], sight: _Sight) -> None:
    """Add a sight of a row to its others, as one with that which it shares a place with."""
    if sights and not sights[-1].ends.isdisjoint(sight.ends):
        last = sights[-1]
        last.ends |= sight.ends
        last.evidence |= sight.evidence
        last.kinds |= sight.kinds
    else:
        sights.append(sight)


def _not_included(groups: Iterable[frozenset[int]]) -> Iterator[frozenset[int]]:
    """Yield the sets that no other one includes."""
    sets = list(groups)
    if len(sets) == 1:
        yield sets[0]
        return
    holders: dict[int, list[frozenset[int]]] = defaultdict(list)
    for ends in sets:
        for end in ends:
            holders[end].append(ends)
    for ends in sets:
        rarest = min((holders[end] for end in ends), key=len)
        if not any(ends < other for other in rarest):
            yield ends
