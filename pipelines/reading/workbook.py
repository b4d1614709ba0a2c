"""What the cells of an XLSX workbook refer to: shared strings, date formats, the date system, pivot fields."""

import re
from collections.abc import Iterator
from typing import Any

from pipelines.items import Reason
from pipelines.reading.archive import Archive, Entry
from pipelines.reading.budget import Budget, UnreadableError
from pipelines.reading.cell_values import date_and_time, date_text, is_date_format, number_text, unescaped
from pipelines.reading.xml_stream import elements, local_name, text_of

_STYLES = "xl/styles.xml"
_PHONETIC = ("rPh", "phoneticPr")
_TRUE = ("1", "true", "on")
_NUMBER = re.compile(r"\d+")


class Workbook:
    """What is needed to read the cells of a workbook; `fault` is why some of it could not be had."""

    def __init__(self, archive: Archive, budget: Budget) -> None:
        self._archive = archive
        self._budget = budget
        self.fault: Reason | None = None
        self.entries = {entry.name.replace("\\", "/").lstrip("/").lower(): entry for entry in archive.entries}
        self._is_1904 = any(
            element.get("date1904") in _TRUE for element in self.elements("xl/workbook.xml", "workbookPr")
        )
        self._date_styles = self._read_date_styles()
        self.strings = [
            unescaped(text_of(item, without=_PHONETIC)) for item in self.elements("xl/sharedstrings.xml", "si")
        ]
        self.used = bytearray(len(self.strings))

    def named(self, beginning: str) -> Iterator[tuple[str, Entry]]:
        """Yield the members whose lower-case names begin so, with their names."""
        return ((name, entry) for name, entry in self.entries.items() if name.startswith(beginning))

    def elements(self, name: str, *tags: str) -> Iterator[Any]:
        """Yield elements of a member; one that is missing has none, and a fault in it is remembered."""
        entry = self.entries.get(name)
        if entry is None:
            return
        try:
            yield from elements(self._archive.stream(entry, self._budget), *tags)
        except UnreadableError as error:
            self.fault = self.fault or error.reason

    def row(self, element: Any) -> list[str]:  # noqa: ANN401 - lxml's classes are not typed
        """Return the filled cells of a row; empty ones are left out, however many there are between them."""
        cells = (self._cell(cell) for cell in element if local_name(cell) in ("c", "cell"))
        return [cell for cell in cells if cell]

    def unused_strings(self) -> Iterator[str]:
        """Yield the shared strings that no cell shows: what was deleted is often still there."""
        return (text for text, used in zip(self.strings, self.used, strict=True) if not used)

    def pivot_rows(self, name: str) -> Iterator[list[str]]:
        """Yield the records that a pivot cache keeps of its source, which may have been deleted."""
        numbers = _NUMBER.findall(name.rpartition("/")[2])
        definition = f"xl/pivotcache/pivotcachedefinition{numbers[0] if numbers else ''}.xml"
        fields = [
            [item.get("v") or "" for item in shared]
            for field in self.elements(definition, "cacheField")
            for shared in field
            if local_name(shared) == "sharedItems"
        ]
        for element in self.elements(name, "r"):
            yield [_pivot_value(item, fields, place) for place, item in enumerate(element)]

    def _cell(self, cell: Any) -> str:  # noqa: ANN401
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            return unescaped(text_of(cell, without=(*_PHONETIC, "f", "v")))
        value = next((inner.text or "" for inner in cell if local_name(inner) == "v"), "")
        if kind == "s":
            return self._shared(value)
        if kind in ("str", "e"):
            return unescaped(value)
        if kind == "d":
            return date_and_time(value)
        if kind == "b" or not value:
            return ""
        if self._date_styles is None:
            # The styles are lost: a number may be a date, so it is given as both.
            return f"{number_text(value)} {date_text(value, is_1904=self._is_1904)}"
        if cell.get("s") in self._date_styles:
            return date_text(value, is_1904=self._is_1904)
        return number_text(value)

    def _shared(self, value: str) -> str:
        place = int(value) if value.isdecimal() else -1
        if not 0 <= place < len(self.strings):
            self.fault = self.fault or Reason.BROKEN
            return ""
        self.used[place] = 1
        return self.strings[place]

    def _read_date_styles(self) -> frozenset[str] | None:
        if self._archive.damaged and _STYLES not in self.entries:
            return None
        codes: dict[str, str] = {}
        dates: set[str] = set()
        for element in self.elements(_STYLES, "numFmt", "cellXfs"):
            if local_name(element) == "numFmt":
                codes[element.get("numFmtId", "")] = element.get("formatCode", "")
                continue
            for place, style in enumerate(element):
                number = style.get("numFmtId", "0")
                if number.isdecimal() and is_date_format(int(number), codes.get(number, "")):
                    dates.add(str(place))
        return frozenset(dates)


def _pivot_value(item: Any, fields: list[list[str]], place: int) -> str:  # noqa: ANN401
    value: str = item.get("v") or ""
    if local_name(item) != "x":
        return date_and_time(value) if local_name(item) == "d" else value
    shared = fields[place] if place < len(fields) else []
    return shared[int(value)] if value.isdecimal() and int(value) < len(shared) else ""
