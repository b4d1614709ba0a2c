"""The instrument of the leak test: finds planted cell values in bytes and folders, however they are encoded or packed.

It searches few spellings (needle_spellings) in many views of the data (needle_views). A short common name that random
bytes could show by accident counts only where its surroundings make that unlikely: a hit must be worth `ENOUGH_BITS`.
"""

import math
import os
import shutil
import sqlite3
import stat
import struct
import tempfile
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from tests.needle_spellings import (
    date_spellings,
    joined_date_spellings,
    number_in,
    number_spellings,
    pair_spellings,
    spellings,
)
from tests.needle_views import EDGE, SQLITE, dump, guessed_views, printable_pieces, text_views, unpacked_views

ENOUGH_BITS = 42
LONG_LETTERS = 8
CONTEXT = 8
MAX_PAIR_GAP = 16
SHORTEST = 3
MAX_DEPTH = 5
MAX_GUESSES = 2
GUESSED = {"base64", "base32", "hex"}
PRINTABLE = frozenset(range(0x20, 0x7F)) | {9, 10, 13}
LETTERS = frozenset(b"abcdefghijklmnopqrstuvwxyz") | frozenset(range(0x80, 0x100))
DIGITS = frozenset(b"0123456789")
WORD = LETTERS | DIGITS


@dataclass(frozen=True)
class Hit:
    """A planted value that was found: where, and through which views of the data."""

    value: str
    where: str
    how: str


@dataclass(frozen=True)
class Pattern:
    """One spelling in one encoding; `stops` are the neighbors that would make it a part of a longer word."""

    value: str
    data: bytes
    unit: int
    stops: frozenset
    alone: bool

    @property
    def bits(self):
        """How unlikely random bytes are to show it: letters are searched in either case."""
        return sum(7 if byte in LETTERS and byte < 0x80 else 8 for byte in self.data)


class Needles:
    """What is looked for: `values` as whole cells, `names` as (given, family), `dates` in any order of day and month.

    A given or family name alone counts from four letters on, shorter ones only beside each other.
    """

    def __init__(self, values=(), names=(), dates=()):
        self._patterns = {}
        self._pairs = {}
        for value in values:
            self._add_value(value)
        for given, family in names:
            self._add_name(given, family)
        for day in dates:
            self._add_date(day)
        self._by_anchor = {}
        for pattern in self._patterns.values():
            offset = min(len(pattern.data) - len(pattern.data.lstrip(b"\0")), len(pattern.data) - SHORTEST)
            shapes = self._by_anchor.setdefault(pattern.data[offset : offset + SHORTEST], {})
            shapes.setdefault((offset, len(pattern.data)), {}).setdefault(pattern.data, []).append(pattern)
        self._table = np.zeros(1 << 24, dtype=bool)
        self._table[[int.from_bytes(anchor, "big") for anchor in self._by_anchor]] = True

    def search(self, data, where="data"):
        """Return the hits in `data` and in everything that it encodes or packs."""
        hits = {}
        self._search(bytes(data), where, (), hits)
        return list(hits.values())

    def search_tree(self, folder, exclude=()):
        """Return the hits in all names, link targets and files below `folder`, leaving out what `exclude` names."""
        hits = []
        excluded = {Path(path) for path in exclude}
        for parent, folders, files in os.walk(folder, onerror=_refuse):
            folders[:] = [name for name in folders if Path(parent, name) not in excluded]
            for name in sorted((*folders, *files)):
                path = Path(parent, name)
                if path not in excluded:
                    hits += self.search(os.fsencode(name), f"name of {path}")
                    hits += self._search_entry(path)
        return hits

    def _search_entry(self, path):
        mode = path.lstat().st_mode
        if stat.S_ISLNK(mode):
            return self.search(os.fsencode(path.readlink()), f"target of {path}")
        if not stat.S_ISREG(mode):
            return []
        data = path.read_bytes()
        hits = self.search(data, str(path))
        if data.startswith(SQLITE):
            hits += self.search(_dump_file(path), f"{path} with its journal")
        return hits

    def _search(self, data, where, trail, hits):
        if len(data) < SHORTEST:
            return
        for value in self._scan(data):
            hits.setdefault((value, where), Hit(value, where, " > ".join(trail) or "as it is"))
        if len(trail) == MAX_DEPTH:
            return
        for label, decoded in (*text_views(data), *unpacked_views(data)):
            self._search(decoded, where, (*trail, label), hits)
        guesses = sum(label in GUESSED for label in trail)
        if guesses < MAX_GUESSES:
            for label, decoded in guessed_views(printable_pieces(data) if guesses else data):
                self._search(decoded, where, (*trail, label), hits)

    def _scan(self, data):
        """Yield the values that are in the data as it is, in any of the character encodings."""
        low = data.lower()
        found = []
        for position in self._candidates(low):
            for (offset, size), patterns in self._by_anchor[low[position : position + SHORTEST]].items():
                start = position - offset
                for pattern in patterns.get(low[start : start + size] if start >= 0 else b"", ()):
                    found.append((start, start + size, pattern))
        for start, end, pattern in found:
            if (
                pattern.alone
                and _is_free(low, start, end, pattern, pattern.stops)
                and _is_strong(low, start, end, pattern)
            ):
                yield pattern.value
        yield from self._beside_each_other(low, found)

    def _candidates(self, low):
        data = np.frombuffer(low, dtype=np.uint8)
        for start in range(0, len(data) - 2, 1 << 22):
            chunk = data[start : start + (1 << 22) + 2].astype(np.uint32)
            keys = (chunk[:-2] << 16) | (chunk[1:-1] << 8) | chunk[2:]
            yield from (np.flatnonzero(self._table[keys]) + start).tolist()

    def _beside_each_other(self, low, found):
        named = sorted(((start, end, pattern) for start, end, pattern in found if pattern.value in self._pairs),
                       key=lambda hit: hit[:2])  # fmt: skip
        for number, (start, end, pattern) in enumerate(named):
            for next_start, next_end, other in named[number + 1 : number + 40]:
                if next_start > end + MAX_PAIR_GAP * pattern.unit:
                    break
                is_pair = other.value in self._pairs[pattern.value] and other.unit == pattern.unit
                if not is_pair or next_start < end:
                    continue
                touch = next_start == end
                if (
                    _is_free(low, start, end, pattern, LETTERS, right=not touch)
                    and _is_free(low, next_start, next_end, other, LETTERS, left=not touch)
                    and pattern.bits + other.bits - math.log2(MAX_PAIR_GAP * 2) >= ENOUGH_BITS
                ):
                    yield f"{pattern.value} {other.value}"

    def _add_value(self, value):
        letters = sum(letter.isalnum() for letter in value)
        assert letters >= 4, f"{value!r} is too short to be looked for alone"
        self._add(value, spellings(value), WORD if letters < LONG_LETTERS else frozenset())
        if digits := number_in(value):
            self._add(value, number_spellings(value), WORD)
            for form in ("<q", ">q"):
                self._keep(Pattern(value, struct.pack(form, int(digits)).lower(), 1, frozenset(), alone=True))

    def _add_name(self, given, family):
        self._pairs.setdefault(given, set()).add(family)
        self._pairs.setdefault(family, set()).add(given)
        for name in (given, family):
            self._add(name, spellings(name), WORD, alone=sum(letter.isalpha() for letter in name) >= 4)
        if min(len(given), len(family)) < SHORTEST:
            self._add(f"{given} {family}", pair_spellings(given, family), LETTERS)

    def _add_date(self, day):
        self._add(day.isoformat(), date_spellings(day), DIGITS)
        self._add(day.isoformat(), joined_date_spellings(day), WORD - {ord("t")})

    def _add(self, value, spelled, stops, *, alone=True):
        for spelling in spelled:
            for encoding, unit in (("utf-8", 1), ("latin-1", 1), ("utf-16-le", 2), ("utf-16-be", 2),
                                   ("utf-32-le", 4), ("utf-32-be", 4)):  # fmt: skip
                with suppress(UnicodeEncodeError):
                    self._keep(Pattern(value, spelling.encode(encoding).lower(), unit, stops, alone))

    def _keep(self, pattern):
        """Keep a pattern; of two for the same bytes the one that counts more often."""
        known = self._patterns.get((pattern.value, pattern.data))
        if len(pattern.data) >= SHORTEST and (
            known is None or (pattern.alone, -len(pattern.stops)) > (known.alone, -len(known.stops))
        ):
            self._patterns[pattern.value, pattern.data] = pattern


def _is_free(low, start, end, pattern, stops, *, left=True, right=True):
    """Whether the hit is a word of its own on the asked sides, as far as its neighbors are among `stops`."""
    is_cut = (left and _before(low, start, pattern.unit) in stops) or (
        right and _after(low, end, pattern.unit) in stops
    )
    return not is_cut


def _before(low, start, unit):
    """Return the character before a place as a byte value, 0 where there is none or it is no text."""
    if unit > 1:
        return _wide(low[max(0, start - unit) : start])
    last, one_before = (b"\0\0" + low[max(0, start - 2) : start])[:-3:-1]
    return last if last < 0x80 or (last < 0xC0 and one_before >= 0x80) else 0


def _after(low, end, unit):
    """Return the character at a place as a byte value, 0 where there is none or it is no text."""
    if unit > 1:
        return _wide(low[end : end + unit])
    first, second = (low[end : end + 2] + b"\0\0")[:2]
    return first if first < 0x80 or (first >= 0xC2 and 0x80 <= second < 0xC0) else 0


def _wide(unit):
    letters = [byte for byte in unit if byte]
    return letters[0] if len(letters) == 1 else 0


def _is_strong(low, start, end, pattern):
    """Whether the hit and its surroundings together are no accident."""
    bits = pattern.bits
    if bits >= ENOUGH_BITS:
        return True
    before, after = (
        (EDGE + low[max(0, start - CONTEXT) : start])[-CONTEXT:],
        (low[end : end + CONTEXT] + EDGE)[:CONTEXT],
    )
    bits += max(_text_bits(reversed(before)), 8 * (before[-1] in {0, end - start}))
    bits += max(_text_bits(after), 8 * (after[0] == 0))
    return bits >= ENOUGH_BITS


def _text_bits(context):
    count = 0
    for byte in context:
        if byte not in PRINTABLE:
            break
        count += 1
    return 1.4 * count


def _dump_file(path):
    """Return every cell of a database with what still stands in its write-ahead log, from a copy elsewhere."""
    with tempfile.TemporaryDirectory() as folder:
        for suffix in ("", "-wal"):
            with suppress(FileNotFoundError):
                shutil.copyfile(f"{path}{suffix}", Path(folder, f"copy{suffix}"))
        with suppress(sqlite3.Error), closing(sqlite3.connect(Path(folder, "copy"))) as connection:
            return dump(connection)
    return b""


def _refuse(error):
    raise error
