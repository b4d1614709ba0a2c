"""Delimited text: which delimiter it has, and its rows; when in doubt the lines themselves are records."""

import csv
import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator

from pipelines.reading.structure import (
    RS,
    US,
    has_long_line,
    in_pieces,
    is_many_rows,
    lines,
    record,
    without_separators,
)

_DELIMITERS = "\t;,|"
_SAMPLE_LINES = 200
_FEWEST_AGREEING = 0.6
_QUOTED = re.compile(r'"(?:[^"]|"")*"')
_MOST_LINES_IN_ROW = 50
_MOST_CHARACTERS_IN_ROW = 1 << 15
# Where quotes are doubled, a backslash can stand before one only at the end of a cell or before another quote.
_BACKSLASH_QUOTE = r'\\"(?!["\n{}]|$)'


def delimiter_of(sample: str) -> str | None:
    """Return the delimiter whose count agrees best over the lines, None when the text has none."""
    rows = [line for line in _QUOTED.sub('""', sample).split("\n") if line.strip()][:_SAMPLE_LINES]
    if len(rows) == 1 and is_many_rows(rows[0]):
        return None
    best, best_share = None, 0.0
    for delimiter in _DELIMITERS:
        counts = Counter(line.count(delimiter) for line in rows)
        count, agreeing = max(counts.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
        share = agreeing / len(rows) if rows else 0.0
        # More columns win over a slightly better agreement: a comma inside every date column is no delimiter.
        if count and share >= _FEWEST_AGREEING and share * (1 + count / 1000) > best_share:
            best, best_share = delimiter, share * (1 + count / 1000)
    return best


def rows_of(chunks: Iterable[str], delimiter: str) -> Iterator[str]:
    """Yield every row of delimited text as a record; the chunks end at line ends.

    A row that runs over several lines is given twice, as one record and as its lines: one of both is the truth.
    """
    return in_pieces(_rows(chunks, delimiter))


def _rows(chunks: Iterable[str], delimiter: str) -> Iterator[str]:
    waiting: deque[str] = deque()
    escapes = False
    escape = re.compile(_BACKSLASH_QUOTE.format(re.escape(delimiter)))
    for chunk in chunks:
        clean = without_separators(chunk)
        if not waiting and '"' not in clean and not has_long_line(clean):
            yield clean.rstrip("\n").replace(delimiter, US).replace("\n", RS) + RS
            continue
        escapes = escapes or bool(escape.search(clean))
        waiting.extend(clean.split("\n"))
        if not waiting[-1]:
            waiting.pop()
        yield from _quoted_rows(waiting, delimiter, escapes=escapes, is_last=False)
    yield from _quoted_rows(waiting, delimiter, escapes=escapes, is_last=True)


class _Lines:
    """Hands lines to the csv reader and remembers those of the current row; a row may not become too long."""

    def __init__(self, waiting: deque[str]) -> None:
        self._waiting = waiting
        self._size = 0
        self.taken: list[str] = []
        self.ran_dry = False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        self.ran_dry = not self._waiting
        if self.ran_dry or len(self.taken) >= _MOST_LINES_IN_ROW or self._size > _MOST_CHARACTERS_IN_ROW:
            raise StopIteration
        line = self._waiting.popleft()
        self.taken.append(line)
        self._size += len(line)
        return line + "\n"

    def next_row(self) -> list[str]:
        """Forget the lines of the row that has ended, and return them."""
        taken, self.taken, self._size = self.taken, [], 0
        return taken

    def give_back(self) -> str:
        """Return the first line of a row that does not end, and put the others back."""
        first, *others = self.next_row()
        self._waiting.extendleft(reversed(others))
        return first


def _quoted_rows(waiting: deque[str], delimiter: str, *, escapes: bool, is_last: bool) -> Iterator[str]:
    """Take rows from the lines that wait; a row that may go on in the next chunk stays, unless this is the last."""
    while waiting:
        source = _Lines(waiting)
        reader = csv.reader(
            source, delimiter=delimiter, escapechar="\\" if escapes else None, doublequote=not escapes, strict=True
        )
        try:
            for row in reader:
                taken = source.next_row()
                if is_many_rows(taken[0]):
                    yield lines("\n".join(taken))
                elif len(taken) == 1:
                    yield US.join(row) + RS
                else:
                    yield record(row)
                    yield lines("\n".join(taken))
        except csv.Error:
            if source.ran_dry and not is_last:
                waiting.extendleft(reversed(source.next_row()))
                return
            # An unclosed or stray quote: only this line is in doubt.
            yield lines(source.give_back())
