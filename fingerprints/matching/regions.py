"""A record -> the stretches of it that are about one person."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple, TypeVar

from fingerprints.matching.candidates import ADDRESS, DATE, Candidates
from fingerprints.matching.naming import Word

# A line or row up to this size is about one person. In longer ones only what stands near an anchor belongs to it, and
# not beyond the next date (of a date) or number of the same shape (of a number), save as many as a row has of them;
# the words of one name stand together.
_LONGEST_LINE = 1000
_LONGEST_ROW = 4000
_REACH = 400
_NAME_REACH = 80
_BETWEEN_OBJECTS = re.compile(r"\}\s*,?\s*\{")


class Anchor(NamedTuple):
    """A birth date, ID, e-mail or phone number of the leak, seen where it ends."""

    end: int
    place: int
    shape: int


@dataclass(slots=True, repr=False)
class Record:
    """A record of a block, with what of the leak was seen in it; anchors and words are in order of their ends.

    `rivals` are all candidates of its block, also those that did not hit.
    """

    text: str
    start: int
    end: int
    has_cells: bool
    anchors: Sequence[Anchor]
    words: Sequence[Word]
    rivals: Candidates


class Width(NamedTuple):
    """How many dates and numbers a row of the leak has."""

    dates: int
    numbers: int


_Item = TypeVar("_Item", Anchor, Word)


class Region(NamedTuple):
    """A stretch of a record: the anchors whose rows it may show, all anchors and words in it.

    `name_reach` is how far apart the words of one name may stand.
    """

    anchors: Sequence[Anchor]
    near: Sequence[Anchor]
    words: Sequence[Word]
    name_reach: int


def regions(record: Record, width: Width) -> Iterator[Region]:
    """Yield the stretches of a record; every anchor is asked about in exactly one of them."""
    size = record.end - record.start
    if size <= (_LONGEST_ROW if record.has_cells else _LONGEST_LINE):
        yield Region(record.anchors, record.anchors, record.words, size)
        return
    borders = [found.start() for found in _BETWEEN_OBJECTS.finditer(record.text, record.start, record.end)]
    if not borders:
        yield from _around_anchors(record, width)
        return
    for start, end in pairwise([record.start, *borders, record.end]):
        anchors = _between(record.anchors, start, end)
        if anchors:
            words = _between(record.words, start, end)
            piece = Record(record.text, start, end, has_cells=False, anchors=anchors, words=words, rivals=record.rivals)
            yield from regions(piece, width)


def _around_anchors(record: Record, width: Width) -> Iterator[Region]:
    for anchor in record.anchors:
        low, high = anchor.end - _REACH, anchor.end + _REACH
        if anchor.shape != ADDRESS:
            others = record.rivals.ends_by_shape[anchor.shape]
            place = bisect_left(others, anchor.end)
            count = width.dates if anchor.shape == DATE else width.numbers
            low = max(low, others[place - count]) if place >= count else low
            high = min(high, others[place + count]) if place + count < len(others) else high
        low, high = max(low, record.start), min(high, record.end)
        near, words = _between(record.anchors, low, high), _between(record.words, low, high)
        yield Region([anchor], near, words, _NAME_REACH)


def _between(items: Sequence[_Item], start: int, end: int) -> Sequence[_Item]:
    return items[bisect_right(items, start, key=_end) : bisect_right(items, end, key=_end)]


def _end(item: Anchor | Word) -> int:
    return item.end
