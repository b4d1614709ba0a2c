"""XML data as records: an element with the values in it, and with those inside that are there once."""

from collections.abc import Mapping

from pipelines.reading.json_records import cell_records

_MOST_CELLS = 64
_LONGEST_CELL = 1000


class _Element:
    """An open element: its own values, and the records of the elements inside it by their names."""

    __slots__ = ("bits", "cells", "groups", "has_elements", "name")

    def __init__(self, name: str) -> None:
        self.name = name
        self.cells: list[str] = []
        self.bits: list[str] = []
        self.groups: dict[str, list[str] | None] = {}
        self.has_elements = False


class XmlRecords:
    """Takes the events of any XML; memory does not grow with the document."""

    def __init__(self) -> None:
        self._open: list[_Element] = [_Element("")]
        self._out: list[str] = []

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Open an element; its attributes are its first values."""
        outer = self._open[-1]
        outer.has_elements = True
        self._end_text(outer)
        element = _Element(tag.rpartition("}")[2])
        element.cells.extend(value for value in attributes.values() if value.strip())
        self._open.append(element)

    def end(self, tag: str) -> None:
        """Close an element: a plain value belongs to the one around it, everything else is a record."""
        element = self._open.pop()
        outer = self._open[-1]
        self._end_text(element)
        if element.has_elements:
            self._end_record(element, outer)
            return
        outer.cells += element.cells
        if len(outer.cells) > 4 * _MOST_CELLS:
            # A long list of values, or a row too wide to be one: what belongs together stays near.
            self._out += cell_records(outer.cells)
            outer.cells = []

    def data(self, text: str) -> None:
        """Keep a bit of text."""
        self._open[-1].bits.append(text)

    def close(self) -> None:
        """End what a cut document left open."""
        while len(self._open) > 1:
            self.end("")
        self._end_text(self._open[0])
        self._out += cell_records(self._open[0].cells)
        self._open[0].cells = []

    def taken(self) -> list[str]:
        """Return and forget the finished records."""
        taken, self._out = self._out, []
        return taken

    def _end_text(self, element: _Element) -> None:
        if element.bits:
            text = "".join(element.bits).strip()
            element.bits.clear()
            if text:
                element.cells.append(text)

    def _end_record(self, element: _Element, outer: _Element) -> None:
        cells = element.cells
        parts = [inner for inner in element.groups.values() if inner]
        for inner in parts:
            if len(cells) + len(inner) <= _MOST_CELLS:
                cells = cells + inner
        if element.cells or len(parts) > 1:
            self._out += cell_records(cells)
        # One address belongs to its person; of several the second says that they are a list.
        if element.name in outer.groups:
            outer.groups[element.name] = None
        elif len(cells) <= _MOST_CELLS:
            outer.groups[element.name] = [cell for cell in cells if len(cell) <= _LONGEST_CELL]
