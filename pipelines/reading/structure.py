"""Text with structure: RS ends a record, US separates its cells, and text without them has lines."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice

RS = "\x1e"
US = "\x1f"
_PIECE = 1 << 18
_LONG_LINE = 2000
_OVERLAP = 400
_MANY_ROWS = 5
# Where rows meet in SQL dumps, JSON and program text that stand on one line.
_ROW_END = re.compile(r"[)\]}] ?, ?(?=[(\[{])|;")
_WITHOUT_SEPARATORS = str.maketrans({RS: " ", US: " "})


def without_separators(text: str) -> str:
    """Replace what would be taken for structure by spaces."""
    return text.translate(_WITHOUT_SEPARATORS) if RS in text or US in text else text


def record(cells: Iterable[str]) -> str:
    """Return one record; white space of any kind inside a cell, line breaks too, becomes a space."""
    return US.join([" ".join(cell.split()) for cell in cells]) + RS


def lines(text: str) -> str:
    """Return plain text as lines that no record runs into; over-long ones are cut where rows may end."""
    if len(text) <= _LONG_LINE:
        return text + RS
    return "\n".join(_cut(text)) + RS


def has_long_line(text: str) -> bool:
    """Tell whether some line is longer than rows are."""
    place = 0
    while len(text) - place > _LONG_LINE:
        place = text.rfind("\n", place, place + _LONG_LINE + 1) + 1
        if not place:
            return True
    return False


def is_many_rows(line: str) -> bool:
    """Tell whether a line is so long, and has so many places where rows meet, that it is no row itself."""
    return len(line) > _LONG_LINE and sum(1 for _ in islice(_ROW_END.finditer(line), _MANY_ROWS)) == _MANY_ROWS


def in_pieces(parts: Iterable[str]) -> Iterator[str]:
    """Gather whole records into pieces of some 256 K characters; what came before an exception is yielded too."""
    gathered: list[str] = []
    size = 0
    try:
        for part in parts:
            gathered.append(part)
            size += len(part)
            if size >= _PIECE:
                yield "".join(gathered)
                gathered.clear()
                size = 0
    except Exception:
        yield "".join(gathered)
        raise
    yield "".join(gathered)


def _cut(text: str) -> Iterator[str]:
    for line in text.split("\n"):
        yield from _cut_long(line) if len(line) > _LONG_LINE else (line,)


def _cut_long(line: str) -> Iterator[str]:
    start = 0
    for end in _ROW_END.finditer(line):
        yield from _cut_longest(line[start : end.end()])
        start = end.end()
    yield from _cut_longest(line[start:])


def _cut_longest(line: str) -> Iterator[str]:
    """Cut blindly, but so that every row shorter than the overlap stands whole in one of the pieces."""
    if len(line) <= _LONG_LINE:
        yield line
        return
    for start in range(0, len(line) - _OVERLAP, _LONG_LINE - _OVERLAP):
        yield line[start : start + _LONG_LINE]
