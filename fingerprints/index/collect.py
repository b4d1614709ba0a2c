"""One leaked table, read once -> its tokens by row, the digests of its people, and how crowded its numbers are."""

import hashlib
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from fingerprints.fields.contacts import email_forms, phone_forms
from fingerprints.fields.dates import Days, parse_date
from fingerprints.fields.ids import IdForms, id_forms
from fingerprints.fields.names import name_forms
from fingerprints.fields.roles import IDENTIFYING, Role
from fingerprints.index.postings import Hashes
from fingerprints.index.tokens import Kind, TokenHasher
from fingerprints.keys import MatchKey

# A value that this many rows of a column share names nobody.
_SHARED_ROWS = 100
_SHARED_PART = 100
# This many cells must speak for one order of day and month against each one that speaks for the other.
_ORDER_MAJORITY = 20
_MOST_MEMOIZED = 100_000
DIGEST_SIZE = 16
# The range of no birth date at all.
NEVER_BORN = (99999999, 0)

_NAMES = {
    Role.GIVEN_NAME: (Kind.GIVEN, Kind.GIVEN_JOINED),
    Role.FAMILY_NAME: (Kind.FAMILY, Kind.FAMILY_JOINED),
    Role.FULL_NAME: (Kind.FULL, Kind.FULL_JOINED),
}


@dataclass(frozen=True, eq=False, repr=False)
class Collected:
    """What one table gave; rows are numbered as in the file. A row that is `empty` identifies nobody."""

    hashes: Hashes
    kinds: npt.NDArray[np.uint8]
    rows: npt.NDArray[np.uint32]
    digests: npt.NDArray[np.uint8]
    empty: npt.NDArray[np.bool_]
    ragged: int
    born: tuple[int, int]
    numbers: dict[tuple[Kind, str], tuple[Hashes, npt.NDArray[np.float64]]]


@dataclass(repr=False)
class _Pairs:
    hashes: "array[int]" = field(default_factory=lambda: array("Q"))
    rows: "array[int]" = field(default_factory=lambda: array("I"))

    def add(self, hashed: int, row: int) -> None:
        self.hashes.append(hashed)
        self.rows.append(row)

    def arrays(self) -> tuple[Hashes, npt.NDArray[np.uint32]]:
        return np.array(self.hashes, dtype=np.uint64), np.array(self.rows, dtype=np.uint32)


class Collector:
    """Collects one table: `add` its rows in order, then `finish`."""

    def __init__(self, roles: Sequence[Role], key: MatchKey) -> None:
        self._columns = [(place, role) for place, role in enumerate(roles) if role in IDENTIFYING]
        self._width = len(roles)
        self._hasher = TokenHasher(key)
        self._digest_key = key.derive("person digests", 32)
        self._pairs: dict[tuple[int, Kind], _Pairs] = defaultdict(_Pairs)
        self._numbers: dict[tuple[Kind, str], tuple[array[int], array[float]]] = {}
        self._dates: dict[int, list[Days | None]] = {
            place: [] for place, role in self._columns if role is Role.BIRTH_DATE
        }
        self._known_dates: dict[str, Days | None] = {}
        self._digests = bytearray()
        self._empty = bytearray()
        self._ragged = 0
        self._born = NEVER_BORN

    @property
    def row_count(self) -> int:
        """How many rows were added."""
        return len(self._empty)

    def add(self, cells: Sequence[str]) -> None:
        """Take the next row; missing cells are empty, surplus ones are ignored."""
        row = self.row_count
        self._ragged += len(cells) != self._width
        fields = []
        for place, role in self._columns:
            cell = cells[place] if place < len(cells) else ""
            if role is Role.BIRTH_DATE:
                self._dates[place].append(self._date(cell))
                continue
            forms = self._add_cell(place, role, cell, row)
            if forms:
                fields.append("\x1f".join([role.value, *forms]))
        self._empty.append(not fields)
        self._digests += self._digest("\x1e".join(sorted(fields)).encode("ascii"))

    def finish(self) -> Collected:
        """Decide what only the whole table tells: the order of its dates, and which values are shared by too many."""
        digests = self._digests
        for place, days in self._dates.items():
            digests = self._add_dates(place, days, digests)
        parts = [(kind, *self._kept(kind, pairs)) for (_, kind), pairs in self._pairs.items()]
        return Collected(
            hashes=np.concatenate([hashes for _, hashes, _ in parts] or [np.empty(0, np.uint64)]),
            kinds=np.concatenate(
                [np.full(len(rows), kind, np.uint8) for kind, _, rows in parts] or [np.empty(0, np.uint8)]
            ),
            rows=np.concatenate([rows for _, _, rows in parts] or [np.empty(0, np.uint32)]),
            digests=np.frombuffer(bytes(digests), dtype=np.uint8).reshape(-1, DIGEST_SIZE),
            empty=np.frombuffer(bytes(self._empty), dtype=np.uint8).astype(bool),
            ragged=self._ragged,
            born=_decades(self._born),
            numbers={key: (np.array(hashes), np.array(numbers)) for key, (hashes, numbers) in self._numbers.items()},
        )

    def _add_cell(self, place: int, role: Role, cell: str, row: int) -> Iterable[str]:
        if role in _NAMES:
            forms = name_forms(cell)
            for kind, words in zip(_NAMES[role], (forms.words, forms.joined), strict=True):
                self._add_forms(place, kind, words, row)
            return sorted(forms.words) or sorted(forms.joined)
        if role is Role.EMAIL:
            return self._add_forms(place, Kind.EMAIL, email_forms(cell), row)
        if role is Role.PHONE:
            phones = phone_forms(cell)
            for phone in phones:
                self._add_number(Kind.PHONE, f"#{len(phone)}", self._hasher.hash(Kind.PHONE, phone), int(phone))
            return self._add_forms(place, Kind.PHONE, phones, row)
        found = id_forms(cell)
        return self._add_id(place, found, row) if found else ()

    def _add_id(self, place: int, found: IdForms, row: int) -> Iterable[str]:
        self._add_number(Kind.ID, found.shape, self._hasher.hash(Kind.ID, found.keys[-1]), found.number)
        return self._add_forms(place, Kind.ID, found.keys, row)

    def _add_forms(self, place: int, kind: Kind, forms: Iterable[str], row: int) -> Iterable[str]:
        pairs = self._pairs[place, kind]
        for form in forms:
            pairs.add(self._hasher.hash(kind, form), row)
        return forms

    def _add_number(self, kind: Kind, shape: str, hashed: int, number: int) -> None:
        hashes, numbers = self._numbers.setdefault((kind, shape), (array("Q"), array("d")))
        hashes.append(hashed)
        numbers.append(float(number))

    def _date(self, cell: str) -> Days | None:
        if cell not in self._known_dates:
            if len(self._known_dates) >= _MOST_MEMOIZED:
                self._known_dates.clear()
            self._known_dates[cell] = parse_date(cell, serials=True)
        return self._known_dates[cell]

    def _add_dates(self, place: int, column: list[Days | None], digests: bytearray) -> bytearray:
        read = _decided_order(column)
        pairs = self._pairs[place, Kind.BIRTH_DATE]
        result = bytearray()
        for row, days in enumerate(column):
            digest = bytes(digests[row * DIGEST_SIZE : (row + 1) * DIGEST_SIZE])
            if days is not None:
                self._empty[row] = False
                forms = [str(day) for day in read(days)]
                self._born = min(self._born[0], *read(days)), max(self._born[1], *read(days))
                for form in forms:
                    pairs.add(self._hasher.hash(Kind.BIRTH_DATE, form), row)
                digest = self._digest(digest + ",".join(forms).encode("ascii"))
            result += digest
        return result

    def _kept(self, kind: Kind, pairs: _Pairs) -> tuple[Hashes, npt.NDArray[np.uint32]]:
        hashes, rows = pairs.arrays()
        if kind not in (Kind.ID, Kind.EMAIL, Kind.PHONE):
            return hashes, rows
        _, inverse, counts = np.unique(hashes, return_inverse=True, return_counts=True)
        keep = counts[inverse] < max(_SHARED_ROWS, self.row_count // _SHARED_PART)
        return hashes[keep], rows[keep]

    def _digest(self, data: bytes) -> bytes:
        return hashlib.blake2b(data, key=self._digest_key, digest_size=DIGEST_SIZE).digest()


def _decades(born: tuple[int, int]) -> tuple[int, int]:
    """Widen a range of days to whole decades, so that nobody's birthday can be read from it."""
    if born == NEVER_BORN:
        return born
    first, last = (day // 100_000 * 100_000 for day in born)
    return first, last + 91_231


def _decided_order(column: list[Days | None]) -> Callable[[Days], tuple[int, ...]]:
    """How this column's dates are read: by the order that its impossible days prove, or both ways."""
    day_first = sum(days is not None and not days.month_first for days in column)
    month_first = sum(days is not None and not days.day_first for days in column)
    if day_first > _ORDER_MAJORITY * month_first:
        return lambda days: days.day_first or days.month_first
    if month_first > _ORDER_MAJORITY * day_first:
        return lambda days: days.month_first or days.day_first
    return lambda days: days.all
