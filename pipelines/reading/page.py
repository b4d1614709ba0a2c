"""HTML as records and lines."""

import html
from collections.abc import Iterator
from itertools import pairwise

from pipelines.reading.embedded import embedded_text, script_text
from pipelines.reading.page_tags import attribute_texts, segments
from pipelines.reading.structure import in_pieces, lines, record, without_separators

# fmt: off
_INLINE = frozenset((
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img",
    "input", "ins", "kbd", "label", "mark", "nobr", "output", "q", "rp", "rt", "ruby", "s", "samp",
    "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
))
# fmt: on
_CELLS = frozenset(("td", "th"))
_STRUCTURE = frozenset(("tr", "table", "thead", "tbody", "tfoot", "dl", "dt", "dd", "pre"))
_LINES_IN_TEXT = 3
_LINES_IN_CELL = 10
_MOST_TERMS = 40


def page_records(text: str) -> Iterator[str]:
    """Yield the rows of a page's tables and lists of terms as records, and everything else as lines."""
    return in_pieces(_Page(without_separators(text)).records())


class _Page:
    """The state of the pass: the text of the open line, cell or term, and the row or list it belongs to."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._bits: list[str] = []
        self._cells: list[str] | None = None
        self._starts: list[int] = []
        self._in_terms = False
        self._in_pre = False
        self._closed_inline = False
        self._has_label = False
        self._card: list[str] = []
        self._lines: list[str] = []
        self._out: list[str] = []

    def records(self) -> Iterator[str]:
        """Yield everything, and empty the state."""
        for tags, raw_name, raw_content in segments(self._text):
            for text, closing, name, attributes, joins in tags:
                if text:
                    self._add_text(text)
                if name is None:
                    if joins is None:
                        self._bits.append("\n")
                    continue
                self._at_tag(name.lower(), is_closing=closing == "/", follows_text=bool(text))
                if attributes and "=" in attributes:
                    self._add_attributes(attributes)
            if raw_name:
                self._add_raw(raw_name, raw_content)
            yield from self._taken()
        self._end_group()
        self._end_card()
        self._end_line()
        self._end_lines()
        yield from self._taken()

    def _taken(self) -> list[str]:
        taken, self._out = self._out, []
        return taken

    def _add_text(self, bit: str) -> None:
        if "\n" not in bit or self._in_pre:
            self._bits.append(bit)
        elif bit.strip().count("\n") >= _LINES_IN_TEXT - 1 + (_LINES_IN_CELL if self._cells is not None else 0):
            # White space that a style sheet keeps: so many lines in one text are lines.
            self._bits.append(bit)
        else:
            self._bits.append(bit.replace("\n", " "))

    def _add_attributes(self, attributes: str) -> None:
        for value in attribute_texts(attributes):
            if value[0] in "{[<":
                self._end_lines()
                self._out.extend(embedded_text(value))
            else:
                self._bits.append(f" {html.escape(value)} ")

    def _add_raw(self, name: str, content: str) -> None:
        """Add the content of an element in which tags are text."""
        if name == "title" or (name == "textarea" and self._cells is not None and content.count("\n") < _LINES_IN_TEXT):
            self._bits.append(content)
        elif content.strip():
            self._end_lines()
            is_code = name in ("script", "style")
            self._out.extend(script_text(content) if is_code else embedded_text(html.unescape(content)))

    def _at_tag(self, name: str, *, is_closing: bool, follows_text: bool) -> None:
        if name in _INLINE:
            # Cells are often drawn as inline elements side by side; one word is never two of them.
            if self._closed_inline and not is_closing and not follows_text:
                self._bits.append(" ")
            self._closed_inline = is_closing
            return
        self._closed_inline = False
        if name in _CELLS:
            self._at_cell(in_terms=False, is_closing=is_closing)
            self._has_label = self._has_label or name == "th"
        elif name in _STRUCTURE:
            self._at_structure(name, is_closing=is_closing)
        elif self._cells is None and not self._in_pre:
            self._end_line()
        else:
            self._bits.append("\n")

    def _at_structure(self, name: str, *, is_closing: bool) -> None:
        if name == "pre":
            self._at_pre(is_closing=is_closing)
        elif name in ("dt", "dd"):
            self._at_term(name, is_closing=is_closing)
        else:
            self._end_group()
            self._end_line()
            if name == "table":
                self._end_card()
            self._in_terms = name == "dl" and not is_closing
            if self._in_terms or (name == "tr" and not is_closing):
                self._cells = []

    def _at_term(self, name: str, *, is_closing: bool) -> None:
        if not self._in_terms:
            self._bits.append("\n")
            return
        self._at_cell(in_terms=True, is_closing=is_closing)
        if name == "dt" and not is_closing and self._cells is not None:
            self._starts.append(len(self._cells))

    def _at_cell(self, *, in_terms: bool, is_closing: bool) -> None:
        if self._in_terms != in_terms:
            self._end_group()
        if self._cells is None:
            self._end_line()
            self._cells = []
        elif self._bits:
            self._end_cell(is_closing=is_closing)
        self._in_terms = in_terms

    def _end_cell(self, *, is_closing: bool) -> None:
        assert self._cells is not None
        cell = self._taken_text()
        if is_closing or cell.strip():
            self._cells.append(cell)

    def _at_pre(self, *, is_closing: bool) -> None:
        if self._cells is not None:
            self._bits.append("\n")
            return
        if not self._in_pre:
            self._end_line()
        elif self._bits:
            self._end_lines()
            self._out.extend(embedded_text(self._taken_text()))
        self._in_pre = not is_closing

    def _taken_text(self) -> str:
        text = "".join(self._bits)
        self._bits.clear()
        return html.unescape(text) if "&" in text else text

    def _end_line(self) -> None:
        if not self._bits:
            return
        text = self._taken_text().strip()
        self._add_lines(text)
        if "\n" in text and text.count("\n") <= _LINES_IN_CELL:
            # Lines of the source may be lines of the page or one paragraph.
            self._add_lines(text.replace("\n", " "))

    def _add_lines(self, text: str) -> None:
        for line in text.split("\n"):
            words = " ".join(line.split())
            if words:
                self._lines.append(words)

    def _end_lines(self) -> None:
        if self._lines:
            self._out.append(lines("\n".join(self._lines)))
            self._lines.clear()

    def _end_group(self) -> None:
        """End the open row or list of terms."""
        cells, starts = self._cells, self._starts
        if cells is None:
            return
        if self._bits:
            self._end_cell(is_closing=False)
        self._cells, self._starts = None, []
        bounds = [0, *starts, len(cells)] if self._in_terms and len(cells) > _MOST_TERMS else [0, len(cells)]
        self._in_terms = False
        for start, stop in pairwise(bounds):
            self._add_group(cells[start:stop])
        self._has_label = False

    def _add_group(self, cells: list[str]) -> None:
        """Add a row; what is laid out in a table without being one becomes lines."""
        if len(cells) < 2 or any(cell.strip().count("\n") > _LINES_IN_CELL for cell in cells):
            for cell in cells:
                self._add_lines(cell)
            return
        self._end_lines()
        self._out.append(record(cells))
        if len(cells) == 2 and (self._has_label or cells[0].rstrip().endswith(":")):
            self._card += cells

    def _end_card(self) -> None:
        """A table of labels and values is one person's card: all of it is one more record."""
        if 2 < len(self._card) <= 2 * _MOST_TERMS:
            self._out.append(record(self._card))
        self._card.clear()
