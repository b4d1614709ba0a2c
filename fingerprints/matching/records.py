"""Text -> the records that are worth a look.

A record is a line, or, in text with structure, what stands between two RS marks (its cells are separated by US). A
match needs a birth date, an ID, an e-mail or a phone number, so records without a digit or an @ are passed over.
"""

import re
from collections.abc import Iterator

from fingerprints.fields.folding import fold

RECORD_MARK = "\x1e"
CELL_MARK = "\x1f"
_BLOCK_SIZE = 1 << 16
_ANCHOR = re.compile(r"[\d@＠﹫]")
_ASCII_ANCHOR = re.compile("[0-9@]")


class Block:
    """Some folded records, one after the other, so that one search serves them all; `starts` says where each begins."""

    def __init__(self, records: list[str]) -> None:
        self.text = fold(RECORD_MARK.join(records))
        self.starts = [0]
        mark = self.text.find(RECORD_MARK)
        while mark >= 0:
            self.starts.append(mark + 1)
            mark = self.text.find(RECORD_MARK, mark + 1)

    def bounds(self, number: int) -> tuple[int, int]:
        """Return where a record starts and ends."""
        last = number + 1 == len(self.starts)
        return self.starts[number], len(self.text) if last else self.starts[number + 1] - 1


def blocks(text: str, *, every_record: bool) -> Iterator[Block]:
    """Yield the records of a text in blocks; with `every_record` also those without a digit or an @."""
    kept: list[str] = []
    size = 0
    for record in _records(text, every_record=every_record):
        kept.append(record)
        size += len(record)
        if size >= _BLOCK_SIZE:
            yield Block(kept)
            kept, size = [], 0
    if kept:
        yield Block(kept)


def _records(text: str, *, every_record: bool) -> Iterator[str]:
    if RECORD_MARK not in text:
        yield from _lines(text, every_record=every_record)
        return
    for record in _pieces(text, RECORD_MARK, every_record=every_record):
        # A record of one cell is running text (a paste in a page): its lines are its records.
        if CELL_MARK in record or ("\n" not in record and "\r" not in record):
            yield record
        else:
            yield from _lines(record, every_record=every_record)


def _lines(text: str, *, every_record: bool) -> Iterator[str]:
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _pieces(text, "\n", every_record=every_record)


def _pieces(text: str, mark: str, *, every_record: bool) -> Iterator[str]:
    if every_record:
        yield from filter(None, text.split(mark))
        return
    anchor = _ASCII_ANCHOR if text.isascii() else _ANCHOR
    place = 0
    while found := anchor.search(text, place):
        start = text.rfind(mark, place, found.start()) + 1 or place
        end = text.find(mark, found.end())
        if end < 0:
            end = len(text)
        yield text[start:end]
        place = end + 1
