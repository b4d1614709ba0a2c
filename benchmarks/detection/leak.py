"""A leaked table as the methods get it."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Leak:
    """A table with its header; `fields` says for rivals that cannot infer it what a column is, "" for the rest.

    `person_of` numbers the person of each row, since a person may stand in several.
    """

    name: str
    header: tuple[str, ...]
    fields: tuple[str, ...]
    rows: list[list[str]] = field(repr=False)
    person_of: tuple[int, ...] = field(repr=False)

    def csv(self) -> str:
        """Return the file that leaked."""
        out = io.StringIO()
        csv.writer(out).writerows([self.header, *self.rows])
        return out.getvalue()

    def column(self, name: str) -> list[str]:
        """Return the cells of the column that is `name`, empty ones if there is none."""
        if name not in self.fields:
            return [""] * len(self.rows)
        at = self.fields.index(name)
        return [row[at] for row in self.rows]

    def persons(self, rows: Iterable[int]) -> frozenset[int]:
        """Return the persons of these rows."""
        return frozenset(self.person_of[row] for row in rows)
