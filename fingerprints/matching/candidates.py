"""A block of records -> what in it could be a birth date, an ID, an e-mail or a phone number of the leak."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from fingerprints.fields.contacts import PHONE_SIZE, SHORTEST_PHONE, find_emails
from fingerprints.fields.dates import Days, named_dates, numeric_dates
from fingerprints.fields.ids import DIGITS_SHAPE, FEWEST_DIGITS, LONGEST_PREFIX, bare_key, shape_of, written_forms
from fingerprints.index.density import LENGTH_SHAPE
from fingerprints.index.fingerprints import Density
from fingerprints.index.tokens import Kind, TokenHasher

# In place of a shape: an e-mail address, a date.
ADDRESS = -1
DATE = -2

# Digits that one number may be made of, however it is grouped.
_RUN = re.compile(r"[0-9]+(?:(?: ?[-/.()] ?|\) ?\(| )[0-9]+)*")
_GROUP = re.compile(r"[0-9]+")
# Nothing shorter is an ID with this finder, a phone number or a date ("1.2.83").
_SHORTEST_RUN = FEWEST_DIGITS
_COMPACT_DATE = len("19830512")
_MOST_GROUPS = 6
_LONGEST_NUMBER = 15
_PREFIX = re.compile(rf"(?<![a-z0-9])([a-z]{{1,{LONGEST_PREFIX}}})[-/. ]?$")
_BEFORE_NUMBER = frozenset("abcdefghijklmnopqrstuvwxyz-/. ")
_ALNUM_RUN = re.compile(r"[a-z0-9]+(?:[-/._][a-z0-9]+)*")
_NOT_ALNUM = re.compile(r"[^a-z0-9]+")
_MOST_MEMOIZED = 50_000
_LONGEST_MEMOIZED = 32


@dataclass(slots=True, repr=False)
class Trials:
    """What a document gave chance to hit: its different numbers by shape, and its dates in the leak's range."""

    numbers: list[set[int]]
    dates: int = 0


@dataclass(repr=False)
class Candidates:
    """Hashes to look up, each with where its text ends in the block and with its shape."""

    hashes: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    shapes: list[int] = field(default_factory=list)

    def add(self, hashed: int, end: int, shape: int) -> None:
        """Take one more."""
        self.hashes.append(hashed)
        self.ends.append(end)
        self.shapes.append(shape)

    @cached_property
    def ends_by_shape(self) -> dict[int, list[int]]:
        """Where the different candidates of each shape end, in order; to be asked for when all are found."""
        ends: dict[int, set[int]] = defaultdict(set)
        for end, shape in zip(self.ends, self.shapes, strict=True):
            ends[shape].add(end)
        return {shape: sorted(found) for shape, found in ends.items()}


# One way to read a run of digits: how far before the run's end it ends, its hash, its shape, and the number tried.
_Reading = tuple[int, int, int, int]
# A run, the short word before it, and whether letters touch it before and after.
_Run = tuple[str, str, bool, bool]


class Finder:
    """Finds candidates of the kinds and shapes that a leak has; one serves many documents, one after the other.

    `born` are the first and the last day of the decades of the leak's birth dates: others cannot hit it.
    """

    def __init__(
        self, kinds: Iterable[int], densities: Sequence[Density], born: tuple[int, int], hasher: TokenHasher
    ) -> None:
        self._kinds = frozenset(Kind(kind) for kind in kinds)
        self._hash = hasher.hash
        self._born = born
        numbers = {(Kind(density.kind), density.shape): number for number, density in enumerate(densities)}
        ids = {shape: number for (kind, shape), number in numbers.items() if kind is Kind.ID}
        self._ids = {int(shape[1:]): number for shape, number in ids.items() if shape[0] == DIGITS_SHAPE}
        self._by_length = {int(shape[1:]): number for shape, number in ids.items() if shape[0] == LENGTH_SHAPE}
        self._patterns = [(number, _pattern(shape)) for shape, number in ids.items() if shape[0] in "a9"]
        self._phones = {int(shape[1:]): number for (kind, shape), number in numbers.items() if kind is Kind.PHONE}
        self._longest_id = max(self._ids, default=0)
        self._shortest_number = min([*self._ids, *self._phones], default=_LONGEST_NUMBER)
        self._has_dates = Kind.BIRTH_DATE in self._kinds
        self.needs_every_record = any(set(shape) == {"a"} for shape in ids)
        self._memo: dict[_Run, tuple[list[_Reading], int]] = {}

    def find(self, text: str, trials: Trials) -> Candidates:
        """Return the candidates of a folded text, and count its trials."""
        found = Candidates()
        self._find_numbers(text, found, trials)
        if self._has_dates:
            for _, end, days in named_dates(text):
                trials.dates += self._is_in_range(days)
                for day in days.all:
                    found.add(self._hash(Kind.BIRTH_DATE, str(day)), end, DATE)
        if Kind.EMAIL in self._kinds:
            for _, end, address in find_emails(text):
                found.add(self._hash(Kind.EMAIL, address), end, ADDRESS)
        for end, plain, shape in self._other_ids(text):
            hashed = self._hash(Kind.ID, plain)
            trials.numbers[shape].add(hashed)
            found.add(hashed, end, shape)
        return found

    def _find_numbers(self, text: str, found: Candidates, trials: Trials) -> None:
        memo, has_ids, numbers = self._memo, bool(self._ids), trials.numbers
        for match in _RUN.finditer(text):
            start, end = match.span()
            if end - start < _SHORTEST_RUN:
                continue
            before = text[start - 1 : start]
            prefix = ""
            if has_ids and before in _BEFORE_NUMBER:
                written = _PREFIX.search(text, max(0, start - LONGEST_PREFIX - 1), start)
                prefix = written[1] if written else ""
            run = match.group(), prefix, "a" <= before <= "z", "a" <= text[end : end + 1] <= "z"
            readings, dates = memo.get(run) or self._read(run)
            trials.dates += dates
            for behind, hashed, shape, number in readings:
                found.add(hashed, end - behind, shape)
                if shape >= 0:
                    numbers[shape].add(number)

    def _read(self, run: _Run) -> tuple[list[_Reading], int]:
        text = run[0]
        readings: list[_Reading] = []
        if text.isdigit():
            dates = self._read_dates(text, readings) if self._has_dates and len(text) == _COMPACT_DATE else 0
            if len(text) >= self._shortest_number:
                self._read_numbers([(text, 0)], run, readings)
            return readings, dates
        dates = self._read_dates(text, readings) if self._has_dates else 0
        groups = [(match.group(), len(text) - match.end()) for match in _GROUP.finditer(text)]
        if len(text) - len(groups) >= self._shortest_number - 1:
            self._read_numbers(groups, run, readings)
        # Dates and addresses of the net come again and again, long numbers do not.
        if len(text) <= _LONGEST_MEMOIZED:
            if len(self._memo) >= _MOST_MEMOIZED:
                self._memo.clear()
            self._memo[run] = readings, dates
        return readings, dates

    def _read_numbers(self, groups: list[tuple[str, int]], run: _Run, readings: list[_Reading]) -> None:
        is_continued = run[3]
        for last in range(len(groups)):
            if self._ids and not (is_continued and last + 1 == len(groups)):
                self._read_ids(groups, last, run, readings)
            if self._phones:
                self._read_phones(groups, last, readings)

    def _read_dates(self, text: str, readings: list[_Reading]) -> int:
        dates = 0
        for _, end, days in numeric_dates(text):
            dates += self._is_in_range(days)
            for day in days.all:
                readings.append((len(text) - end, self._hash(Kind.BIRTH_DATE, str(day)), DATE, 0))
        return dates

    def _read_ids(self, groups: list[tuple[str, int]], last: int, run: _Run, readings: list[_Reading]) -> None:
        _, prefix, attached, _ = run
        digits, behind = "", groups[last][1]
        for first in range(last, max(-1, last - _MOST_GROUPS), -1):
            digits = groups[first][0] + digits
            number = digits.lstrip("0")
            if len(number) > self._longest_id:
                return
            shape = self._ids.get(len(number))
            if shape is None:
                continue
            bare = self._hash(Kind.ID, bare_key(number))
            if first or not attached:
                readings.append((behind, bare, shape, bare))
            if not first and prefix:
                for form in written_forms(prefix, number):
                    readings.append((behind, self._hash(Kind.ID, form), shape, bare))

    def _read_phones(self, groups: list[tuple[str, int]], last: int, readings: list[_Reading]) -> None:
        digits, behind = "", groups[last][1]
        for first in range(last, max(-1, last - _MOST_GROUPS), -1):
            digits = groups[first][0] + digits
            if len(digits) > _LONGEST_NUMBER:
                return
            shape = self._phones.get(min(len(digits), PHONE_SIZE))
            if len(digits) >= SHORTEST_PHONE and shape is not None:
                hashed = self._hash(Kind.PHONE, digits[-PHONE_SIZE:])
                readings.append((behind, hashed, shape, hashed))
            if len(digits) >= PHONE_SIZE:
                return

    def _other_ids(self, text: str) -> Iterator[tuple[int, str, int]]:
        for shape, pattern in self._patterns:
            for match in pattern.finditer(text):
                yield match.end(1), _NOT_ALNUM.sub("", match[1]), shape
        if not self._by_length:
            return
        for run in _ALNUM_RUN.finditer(text):
            pieces = [(run.end(), run.group())]
            if not run.group().isalnum():
                pieces += [(run.start() + part.end(), part.group()) for part in re.finditer("[a-z0-9]+", run.group())]
            for end, piece in pieces:
                plain = _NOT_ALNUM.sub("", piece)
                shape_number = self._by_length.get(len(plain))
                if shape_number is not None and "9" in shape_of(plain):
                    yield end, plain, shape_number

    def _is_in_range(self, days: Days) -> bool:
        return any(self._born[0] <= day <= self._born[1] for day in days.all)


def _pattern(shape: str) -> re.Pattern[str]:
    """Find this shape at every place where a word starts, with a separator between any two characters."""
    separator = "[-/._]?" if set(shape) == {"a"} else "[-/._ ]?"
    body = separator.join("[a-z]" if character == "a" else "[0-9]" for character in shape)
    return re.compile(f"(?<![a-z0-9])(?=({body})(?![a-z0-9]))")
