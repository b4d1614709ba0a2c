"""A linear scanner for SQL dumps: it looks at a character a bounded number of times, whatever the text is."""

import re
from collections.abc import Generator, Iterable, Iterator

from pipelines.reading.json_records import cell_records
from pipelines.reading.sql_cells import cell_text, copied_cell
from pipelines.reading.structure import lines, without_separators

_LONGEST_ROW = 4 << 20
_LONGEST_HEAD = 2000
# After so many rows whose quotes do not close, quotes mean something else here.
_MOST_UNCLOSED = 20
_NAME = r"""(?:[\w$.]++|`[^`\n]{0,100}`|"[^"\n]{0,100}"|\[[^]\n]{0,100}\])++"""
_START = re.compile(
    r"\b(?:INSERT|REPLACE)\s+(?:(?:IGNORE|INTO|DELAYED|LOW_PRIORITY|HIGH_PRIORITY|OVERWRITE|TABLE|OR\s+\w+)\s+)*+"
    rf"{_NAME}\s*(?:\([^();']{{0,20000}}\)\s*)?(?:OVERRIDING\s+\w+\s+VALUE\s*)?VALUES?\s*(?=\()"
    r"|^COPY\s[^\n]*\sFROM\s+stdin[^\n]*;[ \t]*\n",
    re.IGNORECASE | re.MULTILINE,
)
_BETWEEN = re.compile(r"\s*(?:,\s*)?(?:--[^\n]*\n\s*)*")
_COPY_END = re.compile(r"^\\\.[ \t]*$", re.MULTILINE)
_PLAIN = r"""'(?:[^']|'')*+'|"(?:[^"]|"")*+\""""
_ESCAPED = r"""'(?:[^'\\]|''|\\.)*+'|"(?:[^"\\]|""|\\.)*+\""""


class SqlRows:
    """Turns the text of one dump into records and lines.

    `has_escapes` says that a backslash escapes in every string: so do MySQL and MariaDB, all others double quotes only.
    """

    def __init__(self, *, has_escapes: bool) -> None:
        self._has_escapes = has_escapes
        string = _ESCAPED if has_escapes else _PLAIN
        inner = rf"\((?:[^()'\"]++|{string})*+\)"
        for _ in range(2):
            inner = rf"\((?:[^()'\"]++|{string}|{inner})*+\)"
        self._string = re.compile(string, re.DOTALL)
        self._row = re.compile(inner, re.DOTALL)
        self._cell = re.compile(rf"(?:[^,()'\"]++|{string}|{inner})++", re.DOTALL)
        self._unclosed = 0
        self._text = ""
        self._place = 0
        self._step = self._between_statements

    def of(self, chunks: Iterable[str]) -> Iterator[str]:
        """Yield everything; the chunks end at line ends, or inside over-long lines."""
        for chunk in chunks:
            self._text = self._text[self._place :] + without_separators(chunk)
            self._place = 0
            while (yield from self._step(is_last=False)):
                pass
        while self._place < len(self._text):
            yield from self._step(is_last=True)

    def _between_statements(self, *, is_last: bool) -> Generator[str, None, bool]:
        """Give lines up to the next rows, and tell whether there is more to do before the next chunk."""
        is_given_up = self._unclosed > _MOST_UNCLOSED
        start = None if is_given_up else _START.search(self._text, self._place)
        if start:
            yield from self._lines_until(start.start())
            self._place = start.end()
            self._step = self._copied if start.group()[-1] == "\n" and start.group()[:1] in "cC" else self._values
            return True
        end = len(self._text)
        if not is_last and not is_given_up:
            # The head of a statement may go on in the next chunk.
            end = max(self._place, self._text.rfind("\n", 0, max(0, end - _LONGEST_HEAD)) + 1)
        yield from self._lines_until(end)
        return False

    def _values(self, *, is_last: bool) -> Generator[str, None, bool]:
        text = self._text
        while True:
            gap = _BETWEEN.match(text, self._place)
            begin = gap.end() if gap else self._place
            row = self._row.match(text, begin)
            if not row:
                break
            self._place = row.end()
            yield from self._record(text[begin + 1 : row.end() - 1])
        is_open = begin == len(text) or text[begin] == "("
        if is_open and not is_last and len(text) - begin < _LONGEST_ROW:
            return False
        self._unclosed += is_open and begin < len(text)
        self._step = self._between_statements
        return True

    def _copied(self, *, is_last: bool) -> Generator[str, None, bool]:
        end = _COPY_END.search(self._text, self._place)
        stop = end.start() if end else len(self._text) if is_last else self._text.rfind("\n") + 1
        for line in self._text[self._place : max(stop, self._place)].split("\n"):
            if line:
                yield from cell_records([copied_cell(cell) for cell in line.split("\t")])
        self._place = end.end() if end else max(stop, self._place)
        if end:
            self._step = self._between_statements
        return end is not None

    def _record(self, row: str) -> Iterator[str]:
        cells = self._cell.findall(row)
        return cell_records([cell_text(cell, self._string, has_escapes=self._has_escapes) for cell in cells])

    def _lines_until(self, end: int) -> Iterator[str]:
        text = self._text[self._place : end]
        self._place = end
        if text.strip(" \t\n;"):
            yield lines(text)
