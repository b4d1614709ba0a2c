"""The text of word processor files and slides: table rows as records, paragraphs as lines."""

import re
from collections.abc import Iterable, Iterator, Mapping

from pipelines.reading.structure import lines, record, without_separators

_ROWS = frozenset(("tr", "table-row"))
_CELLS = frozenset(("tc", "table-cell", "covered-table-cell"))
_PARAGRAPHS = frozenset(("p", "h"))
_SPACES = frozenset(("tab", "br", "cr", "s", "line-break", "ptab"))
_MOST_LINES_IN_CELL = 10
_WORD = re.compile(r"\w{2}")


class OfficeText:
    """Takes the XML of DOCX, PPTX and OpenDocument parts.

    Text counts inside elements with one of the local names `text_tags`; with None all of it does, and where
    `every_element` is set each element is a line of its own.
    """

    def __init__(self, text_tags: frozenset[str] | None, *, every_element: bool = False) -> None:
        self._text_tags = text_tags
        self._every_element = every_element
        self._counts = text_tags is None
        self._bits: list[str] = []
        self._rows: list[list[str]] = []
        self._cells: list[list[str]] = []
        self._lines: list[str] = []
        self._out: list[str] = []

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Open a row, a cell or a paragraph."""
        name = tag.rpartition("}")[2]
        if self._text_tags is not None:
            self._counts = name in self._text_tags
        if name in _PARAGRAPHS or self._every_element:
            self._end_paragraph()
        elif name in _ROWS:
            self._end_paragraph()
            self._rows.append([])
        elif name in _CELLS and self._rows:
            self._end_paragraph()
            self._cells.append([])
        elif name in _SPACES:
            self._bits.append(" ")
        elif name == "noBreakHyphen":
            self._bits.append("-")

    def end(self, tag: str) -> None:
        """Close what was opened; a row inside a cell is a record and part of that cell too."""
        name = tag.rpartition("}")[2]
        if self._text_tags is not None:
            self._counts = False
            if name == "v":
                # The values of a chart stand in no paragraph.
                self._end_paragraph()
        if name in _PARAGRAPHS or self._every_element:
            self._end_paragraph()
        elif name in _CELLS and self._cells:
            self._end_paragraph()
            self._end_cell(self._cells.pop())
        elif name in _ROWS and self._rows:
            self._end_row(self._rows.pop())

    def data(self, text: str) -> None:
        """Keep a bit of text."""
        if self._counts:
            self._bits.append(text)

    def close(self) -> None:
        """End what is still open when a document is cut short."""
        self._end_paragraph()
        while self._rows:
            for cell in self._cells:
                self._rows[-1].append(" ".join(cell))
            self._cells.clear()
            self._end_row(self._rows.pop())
        self._end_lines()

    def taken(self) -> list[str]:
        """Return and forget the finished records."""
        taken, self._out = self._out, []
        return taken

    def _end_paragraph(self) -> None:
        if not self._bits:
            return
        text = " ".join("".join(self._bits).split())
        self._bits.clear()
        if not text:
            return
        if self._cells:
            self._cells[-1].append(text)
        else:
            self._lines.append(text)

    def _end_cell(self, paragraphs: list[str]) -> None:
        if len(paragraphs) > _MOST_LINES_IN_CELL:
            # A table that only lays out a page.
            self._lines += paragraphs
        elif self._rows:
            self._rows[-1].append(" ".join(paragraphs))

    def _end_row(self, cells: list[str]) -> None:
        if not any(cells):
            return
        self._end_lines()
        self._out.append(record(cells))
        if self._cells:
            self._cells[-1].append(" ".join(cells))

    def _end_lines(self) -> None:
        if self._lines:
            self._out.append(lines(without_separators("\n".join(self._lines))))
            self._lines.clear()


class Words:
    """Notices whether there is any text: a document of pictures alone has to be looked at."""

    def __init__(self) -> None:
        self.seen = False

    def noticed(self, pieces: Iterable[str]) -> Iterator[str]:
        """Pass the pieces on."""
        for piece in pieces:
            self.seen = self.seen or bool(_WORD.search(piece))
            yield piece
