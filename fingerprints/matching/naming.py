"""Whether a record shows a row's name, or the name of somebody who shares part of it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from fingerprints.fields.names import PARTICLES
from fingerprints.index.tokens import Kind

_CELL_BORDER = re.compile(r'[,;|\t\x1e\x1f\n":=<>{}()\[\]]|  ')
_DIGIT = re.compile("[0-9]")
# A cell with more words than this, or with digits, is running text.
_MOST_WORDS = 5
_FULL_NAME_WORDS = 2


class Word(NamedTuple):
    """A word of a record, and the name tokens of the leak that it is."""

    start: int
    end: int
    text: str
    places: tuple[int, ...]


@dataclass(slots=True, repr=False)
class _Part:
    """One part of a row's name: how many words it has, which were seen, and where."""

    words: int = 0
    words_seen: int = 0
    joined_seen: bool = False
    exists: bool = False
    ends: set[int] = field(default_factory=set)

    @property
    def is_missing_words(self) -> bool:
        return self.words_seen < self.words and not self.joined_seen

    @property
    def is_enough(self) -> bool:
        """Two words, or the only one."""
        wanted = min(_FULL_NAME_WORDS, self.words)
        return bool(self.ends) and (self.joined_seen or min(self.words_seen, len(self.ends)) >= wanted)


@dataclass(slots=True, repr=False)
class NameHits:
    """The name tokens of one row, and where a record has them."""

    given: _Part = field(default_factory=_Part)
    family: _Part = field(default_factory=_Part)
    full: _Part = field(default_factory=_Part)

    def add(self, kind: int, ends: set[int] | None) -> None:
        """Take one name token of the row, with the ends of the words that are it."""
        part = self.given if kind <= Kind.GIVEN_JOINED else self.family if kind <= Kind.FAMILY_JOINED else self.full
        is_joined = kind in (Kind.GIVEN_JOINED, Kind.FAMILY_JOINED, Kind.FULL_JOINED)
        part.exists = True
        part.words += not is_joined
        if ends:
            part.ends |= ends
            part.words_seen += not is_joined
            part.joined_seen |= is_joined

    @property
    def any(self) -> bool:
        """Whether any was seen."""
        return bool(self.given.ends or self.family.ends or self.full.ends)


def shows_full_name(names: NameHits, text: str, words: Sequence[Word], reach: int) -> bool:
    """Tell whether the words show the whole name as far as it identifies: a given and a family name within `reach`.

    Of a full name in one cell two words are asked for. A name that goes on with a word the row does not have, while
    the row has one that is not there, is somebody else's: a twin's.
    """
    given, family, full = names.given, names.family, names.full
    if given.exists and family.exists:
        shown = _are_near(given.ends, family.ends, reach)
        if shown and not _is_anothers(given, given.ends | family.ends, text, words, inside=family.ends):
            return True
    elif given.exists or family.exists:
        part = given if given.exists else family
        if part.is_enough and not _is_anothers(part, part.ends, text, words):
            return True
    # Joined spellings cover only some words of a full name.
    wanted = min(_FULL_NAME_WORDS, full.words)
    shown = bool(full.ends) and min(full.words_seen + full.joined_seen, len(full.ends)) >= wanted
    return (
        shown
        and (wanted < _FULL_NAME_WORDS or _are_near(full.ends, full.ends, reach))
        and not _is_anothers(full, full.ends, text, words)
    )


def _are_near(some: set[int], others: set[int], reach: int) -> bool:
    """Tell whether two different words, one of each, stand near each other."""
    return any(0 < abs(one - other) <= reach for one in some for other in others)


def _is_anothers(part: _Part, known: set[int], text: str, words: Sequence[Word], *, inside: Iterable[int] = ()) -> bool:
    """Look for a strange word in the cells of the part's words; where a cell holds `inside` too, only between them."""
    if not part.is_missing_words:
        return False
    spans = [(word.start, word.end) for word in words if word.end in known and word.places]
    for start, end in _cells(text, words, part.ends):
        in_cell = [word for word in words if start <= word.start and word.end <= end]
        if any(start < place <= end for place in inside):
            ours = [span for span in spans if start <= span[0] and span[1] <= end]
            low, high = min(span[0] for span in ours), max(span[1] for span in ours)
            in_cell = [word for word in in_cell if low <= word.start and word.end <= high]
        elif len(in_cell) > _MOST_WORDS or _DIGIT.search(text, start, end):
            continue
        if any(_is_strange(word, spans) for word in in_cell):
            return True
    return False


def _is_strange(word: Word, spans: list[tuple[int, int]]) -> bool:
    if len(word.text) == 1 or word.text in PARTICLES:
        return False
    return not any(start <= word.start and word.end <= end for start, end in spans)


def _cells(text: str, words: Sequence[Word], ends: set[int]) -> Iterator[tuple[int, int]]:
    """Yield the bounds of the cells in which the words with these ends stand."""
    low, high = words[0].start, max(word.end for word in words)
    borders = [low - 1, *(border.start() for border in _CELL_BORDER.finditer(text, low, high)), high]
    for left, right in pairwise(borders):
        if any(left < end <= right for end in ends):
            yield left + 1, right
