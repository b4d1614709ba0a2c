"""HTML as records and lines, in one linear pass that no nesting, attribute or broken tag slows down.

A tag is what stands between `<` and the next `>` with no other `<` between them. Where that is wrong (a `>` in an
attribute), the rest of the tag becomes text: nothing is lost. Comments and declarations are text for the same reason.
"""

import html
import re
from collections.abc import Iterator
from itertools import pairwise

from pipelines.reading.embedded import embedded_text, script_text
from pipelines.reading.structure import in_pieces, lines, record, without_separators

_TAG = re.compile(r"<(/?)([a-zA-Z][^\s<>/]{0,40})([^<>]*+)>|<!--\s*+-->|<!--|--!?>|<!\[CDATA\[|\]\]>|<[!?]")
_ATTRIBUTE = re.compile(
    r"""\b(value|title|alt|content|placeholder|label|srcdoc|href|aria-label|data-[\w.:-]{1,64})"""
    r"""\s*+=\s*+(?:"([^"]*+)|'([^']*+)|([^\s"'>]++))""",
    re.IGNORECASE,
)
_LINKS_WITH_DATA = ("mailto:", "tel:", "sms:")
_RAW_END = {name: re.compile(rf"</{name}\b", re.IGNORECASE) for name in ("script", "style", "textarea", "title", "xmp")}
_INLINE = frozenset(
    (
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "img",
        "input",
        "ins",
        "kbd",
        "label",
        "mark",
        "nobr",
        "output",
        "q",
        "rp",
        "rt",
        "ruby",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
    )
)
_LINES_IN_TEXT = 3
_LINES_IN_CELL = 10
_MOST_TERMS = 40
_WAITING = 500


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
        self._lines: list[str] = []
        self._out: list[str] = []

    def records(self) -> Iterator[str]:
        text, search = self._text, _TAG.search
        place = 0
        closed_inline_at = -1
        while tag := search(text, place):
            start = tag.start()
            if start > place:
                self._add_text(text[place:start])
            place = tag.end()
            closing, name = tag.group(1), tag.group(2)
            if name is None:
                if not tag.group().endswith("-->") or not tag.group().startswith("<!--"):
                    self._bits.append("\n")
                continue
            name = name.lower()
            if name in _INLINE:
                # Cells are often drawn with neighboring inline elements; one word is never two of them.
                if not closing and start == closed_inline_at:
                    self._bits.append(" ")
                closed_inline_at = place if closing else -1
            else:
                self._at_block(name, is_closing=bool(closing))
            if "=" in tag.group(3):
                self._add_attributes(tag.group(3))
            if not closing and name in _RAW_END:
                place = self._take_raw(name, place)
            if len(self._out) > _WAITING:
                yield from self._taken()
        self._add_text(text[place:])
        self._end_group()
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
        for match in _ATTRIBUTE.finditer(attributes):
            value = html.unescape(match.group(2) or match.group(3) or match.group(4) or "").strip()
            if match.group(1).lower() == "href":
                if value.lower().startswith(_LINKS_WITH_DATA):
                    self._bits.append(f" {value} ")
            elif value[:1] in ("{", "[", "<"):
                self._end_lines()
                self._out.extend(embedded_text(value))
            elif value:
                self._bits.append(f" {html.escape(value)} ")

    def _take_raw(self, name: str, start: int) -> int:
        """Take the content of an element in which tags are text; return where the page goes on."""
        end = _RAW_END[name].search(self._text, start)
        stop = end.start() if end else len(self._text)
        content = self._text[start:stop]
        if name == "title" or (name == "textarea" and self._cells is not None and content.count("\n") < _LINES_IN_TEXT):
            self._bits.append(content)
        elif content.strip():
            self._end_lines()
            self._out.extend(
                script_text(content) if name in ("script", "style") else embedded_text(html.unescape(content))
            )
        return stop

    def _at_block(self, name: str, *, is_closing: bool) -> None:
        if name in ("td", "th"):
            self._at_cell(in_terms=False, is_closing=is_closing)
        elif name in ("dt", "dd") and self._in_terms:
            self._at_cell(in_terms=True, is_closing=is_closing)
            if name == "dt" and not is_closing and self._cells is not None:
                self._starts.append(len(self._cells))
        elif name in ("tr", "table", "thead", "tbody", "tfoot", "dl"):
            self._end_group()
            self._end_line()
            if name == "tr" and not is_closing:
                self._cells = []
            self._in_terms = name == "dl" and not is_closing
            if self._in_terms:
                self._cells = []
        elif name == "pre" and self._cells is None:
            self._at_pre(is_closing=is_closing)
        elif self._cells is None and not self._in_pre:
            self._end_line()
        else:
            self._bits.append("\n")

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
        if self._bits:
            self._add_lines(self._taken_text())

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
        """End the open row or list of terms; what is laid out in a table without being one becomes lines."""
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

    def _add_group(self, cells: list[str]) -> None:
        if len(cells) < 2 or any(cell.strip().count("\n") > _LINES_IN_CELL for cell in cells):
            for cell in cells:
                self._add_lines(cell)
        else:
            self._end_lines()
            self._out.append(record(cells))
