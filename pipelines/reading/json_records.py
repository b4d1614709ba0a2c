"""JSON texts as values, and values as records.

An object with what belongs to it is one record; the objects and lists in a list are one each.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pipelines.items import Reason
from pipelines.reading.budget import UnreadableError
from pipelines.reading.structure import lines, record, without_separators

_DEEPEST = 200
_MOST_CELLS = 64
# Up to here many cells may be one wide row or many values: both are given.
_MOST_WIDE_CELLS = 400
_FEWEST_ALIKE = 3
_MOST_KEYS_SEEN = 100_000
_LINES_OF_TEXT = 3
_LONG_CELL = 1000


def parsed(text: str) -> Any | None:  # noqa: ANN401 - JSON
    """Return the value of a JSON text, None when it is none; a bare `null` is no loss."""
    import orjson

    try:
        return orjson.loads(text)
    except ValueError:
        pass
    try:
        # It takes what the strict parser refuses: NaN, lone surrogates, control characters in strings.
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


class JsonRecords:
    """Turns the values of one document into records.

    A key is a cell of its own the first time it is seen: field names cost nothing after that, and keys that are data
    (an ID, an address) are all there.
    """

    def __init__(self) -> None:
        self._seen: set[str] = set()

    def of(self, value: Any, depth: int = 0) -> Iterator[str]:  # noqa: ANN401 - JSON
        """Yield the records of a value; one nested too deep to be a table is broken."""
        if depth > _DEEPEST:
            raise UnreadableError(Reason.BROKEN)
        if isinstance(value, dict):
            yield from self._of_object(value, depth)
        elif isinstance(value, list):
            yield from self._of_list(value, depth)
        else:
            yield from cell_records([_cell(value)])

    def _of_object(self, value: Mapping[str, Any], depth: int) -> Iterator[str]:
        if _is_table(value):
            yield from _transposed(value)
        cells: list[str] = []
        apart: list[Any] = []
        self._gather(value, cells, apart, depth)
        yield from cell_records(cells)
        for inner in apart:
            yield from self.of(inner, depth + 1)

    def _gather(self, value: Mapping[str, Any], cells: list[str], apart: list[Any], depth: int) -> None:
        """Collect the cells of an object's record, and what is a record of its own."""
        if depth > _DEEPEST:
            raise UnreadableError(Reason.BROKEN)
        is_crowd = _is_crowd(value)
        for key, inner in value.items():
            if isinstance(inner, dict) and (is_crowd or len(cells) > _MOST_CELLS):
                apart.append({"": key, **inner})
                continue
            cells.extend(self._key_cells(key))
            if isinstance(inner, dict):
                self._gather(inner, cells, apart, depth + 1)
            elif isinstance(inner, list):
                if len(inner) <= _MOST_CELLS and _is_flat(inner):
                    cells.extend(map(_cell, inner))
                else:
                    apart.append(inner)
            else:
                cells.append(_cell(inner))
                if len(value) > _MOST_CELLS:
                    apart.append([key, inner])

    def _of_list(self, value: Sequence[Any], depth: int) -> Iterator[str]:
        flat = [_cell(inner) for inner in value if not isinstance(inner, (dict, list))]
        # A row of a table is one record; a long list of values has one on each line.
        yield from cell_records(flat)
        for inner in value:
            if isinstance(inner, (dict, list)):
                yield from self.of(inner, depth + 1)

    def _key_cells(self, key: str) -> list[str]:
        if key in self._seen:
            return []
        if len(self._seen) < _MOST_KEYS_SEEN:
            self._seen.add(key)
        return [key]


def cell_records(cells: list[str]) -> Iterator[str]:
    """Yield a record of these cells; one that is a text of its own, such as a whole paste, is read as one."""
    from pipelines.reading.embedded import embedded_text

    short: list[str] = []
    for cell in cells:
        is_text = cell.count("\n") >= _LINES_OF_TEXT or len(cell) > _LONG_CELL
        if is_text or cell[:1] in ("{", "[", "<"):
            yield from embedded_text(cell)
        if cell and not is_text:
            short.append(cell)
    if short and len(short) <= _MOST_WIDE_CELLS:
        yield record(short)
    if len(short) > _MOST_CELLS:
        yield lines("\n".join(without_separators(" ".join(cell.split())) for cell in short))


def _cell(value: Any) -> str:  # noqa: ANN401 - JSON
    if value is None or value is True or value is False:
        return ""
    return value if isinstance(value, str) else str(value)


def _is_flat(values: Sequence[Any]) -> bool:
    return not any(isinstance(value, (dict, list)) for value in values)


def _is_crowd(value: Mapping[str, Any]) -> bool:
    """An object of several objects with the same three or more fields is a list of them under their names."""
    shapes = [frozenset(inner) for inner in value.values() if isinstance(inner, dict)]
    return len(shapes) >= _FEWEST_ALIKE and len(shapes[0]) >= _FEWEST_ALIKE and len(set(shapes)) * 2 <= len(shapes)


def _is_table(value: Mapping[str, Any]) -> bool:
    """Several equally long flat columns under their headers, as data frames are written."""
    columns = list(value.values())
    if len(columns) < 2 or not all(isinstance(column, (dict, list)) for column in columns):
        return False
    first = columns[0]
    if len(first) < 2 or any(type(column) is not type(first) or len(column) != len(first) for column in columns):
        return False
    if isinstance(first, dict):
        return all(column.keys() == first.keys() and _is_flat(list(column.values())) for column in columns)
    return all(map(_is_flat, columns))


def _transposed(value: Mapping[str, Any]) -> Iterator[str]:
    columns = [list(column.values()) if isinstance(column, dict) else column for column in value.values()]
    for row in zip(*columns, strict=True):
        yield record(map(_cell, row))
