"""YAML line by line, without a parser: no anchor is followed, and nesting costs nothing.

The items of a list, and mappings with values of their own, are one record each.
"""

import re
from collections.abc import Iterable, Iterator

from pipelines.reading.json_records import cell_records
from pipelines.reading.structure import lines, without_separators
from pipelines.reading.yaml_scalars import opens_quote, scalars, without_properties

DASH = re.compile(r"-(?:[ \t]+|$)")
KEY = re.compile(
    r"""(?:\?\s+)?("(?:[^"\\]|\\.)*+"|'(?:[^']|'')*+'|(?![-?:][\s]|[#&*!|>'"%@`\[\]{},])(?:[^:]|:(?=\S))++):(?:\s+|$)"""
)
_BLOCK = re.compile(r"[|>][-+0-9]{0,2}\s*(?:#.*)?$")
_DEEPEST = 100
_MOST_CELLS = 64
_MOST_WAITING = 400
_MOST_LINES = 50_000
_LINES_IN_QUOTES = 200
_LONGEST_FOLDED = 2000
_MOST_KEYS_SEEN = 100_000
_CROWD = 3


class _Node:
    """An open list item or mapping at a column, with its values and those of the mappings inside it."""

    __slots__ = ("cells", "column", "groups", "has_keys", "is_item")

    def __init__(self, column: int, *, is_item: bool) -> None:
        self.column = column
        self.is_item = is_item
        self.has_keys = False
        self.cells: list[str] = []
        self.groups: list[list[str]] = []

    def is_plain_value(self) -> bool:
        """Tell whether this is a list item without keys or lists in it."""
        return self.is_item and not self.has_keys and len(self.cells) == 1


class YamlRecords:
    """Turns the lines of one document into records."""

    def __init__(self) -> None:
        self._nodes = [_Node(-1, is_item=False)]
        self._seen: set[str] = set()
        self._column = 0
        self._block: list[str] | None = None
        self._quoted: list[str] = []
        self._out: list[str] = []

    def of(self, chunks: Iterable[str]) -> Iterator[str]:
        """Yield everything; the chunks end at line ends."""
        for chunk in chunks:
            for line in without_separators(chunk).split("\n"):
                self._add(line)
                if self._out:
                    yield from self._out
                    self._out = []
        self._end_value()
        self._close(-2)
        yield from self._out

    def _add(self, line: str) -> None:
        text = line.strip()
        column = len(line) - len(line.lstrip(" \t"))
        if self._goes_on(line, text, column):
            return
        if not text:
            return
        if text[0] == "#" or (column == 0 and text[0] == "%"):
            self._out.append(lines(text))
        elif column == 0 and text[:3] in ("---", "...") and text[3:4] in ("", " "):
            self._close(-1)
            self._value(text[3:].strip(), 0)
        else:
            self._entry(text, column)

    def _entry(self, text: str, column: int) -> None:
        left = column
        while (dash := DASH.match(text)) and len(self._nodes) <= _DEEPEST:
            self._close(column, keeps_key=True)
            self._nodes.append(_Node(column, is_item=True))
            left = column
            text, column = text[dash.end() :], column + dash.end()
        text = without_properties(text)
        key = KEY.match(text)
        if not key:
            self._value(text, left)
            return
        self._close(column)
        self._nodes[-1].has_keys = True
        name = " ".join(scalars(key.group(1)))
        value = without_properties(text[key.end() :])
        if value or len(self._nodes) > _DEEPEST:
            self._nodes[-1].cells += self._key_cells(name)
            self._value(value, column)
        elif name:
            node = _Node(column, is_item=False)
            node.cells.append(name)
            self._nodes.append(node)

    def _value(self, value: str, column: int) -> None:
        """Take a value that may go on in the next lines, which then stand to the right of `column`."""
        self._column = column
        if _BLOCK.fullmatch(value):
            self._block = []
        elif opens_quote(value):
            self._quoted = [value]
        else:
            node = self._nodes[-1]
            node.cells += scalars(value)
            if len(node.cells) > _MOST_WAITING:
                self._out += cell_records(node.cells)
                node.cells = []

    def _goes_on(self, line: str, text: str, column: int) -> bool:
        """Tell whether a line belongs to the value before it, and take it."""
        if self._block is not None:
            if (not text or column > self._column) and len(self._block) < _MOST_LINES:
                self._block.append(text)
                return True
            self._end_value()
        elif self._quoted:
            if len(self._quoted) < _LINES_IN_QUOTES:
                self._quoted.append(line)
                if not opens_quote(self._quoted[0][0] + line):
                    self._end_value()
                return True
            self._end_value()
        elif text and column > self._column and not DASH.match(text) and not KEY.match(text):
            # A long value that was folded.
            cells = self._nodes[-1].cells
            if cells and text[0] != "#":
                cells[-1] = f"{cells[-1]} {text}" if len(cells[-1]) < _LONGEST_FOLDED else text
                return True
        return False

    def _end_value(self) -> None:
        node = self._nodes[-1]
        if self._block is not None:
            node.cells.append("\n".join(self._block).strip())
            self._block = None
        if self._quoted:
            node.cells += scalars("\n".join(self._quoted))
            self._quoted = []

    def _close(self, column: int, *, keeps_key: bool = False) -> None:
        """Close what does not hold what begins at a column; a list may stand right below its key."""
        while len(self._nodes) > 1 and self._nodes[-1].column >= column:
            if keeps_key and self._nodes[-1].column == column and not self._nodes[-1].is_item:
                return
            self._end(self._nodes.pop(), self._nodes[-1])
        if column < 0:
            self._end(self._nodes[0], None)
            self._nodes[0] = _Node(-1, is_item=False)

    def _end(self, node: _Node, outer: _Node | None) -> None:
        cells = node.cells
        if outer and outer.column >= 0 and node.is_plain_value() and len(outer.cells) <= _MOST_WAITING:
            # A row is a list of plain values.
            outer.cells += cells
            return
        if len(node.groups) < _CROWD:
            for group in node.groups:
                cells = cells + group
        self._out += cell_records(cells)
        if outer and not node.is_item and len(cells) <= _MOST_CELLS and len(outer.groups) < _CROWD:
            outer.groups.append(cells)

    def _key_cells(self, key: str) -> list[str]:
        if key in self._seen:
            return []
        if len(self._seen) < _MOST_KEYS_SEEN:
            self._seen.add(key)
        return [key]
