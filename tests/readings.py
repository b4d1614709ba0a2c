"""What a pool reads of a document, in a form that tests compare."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from pipelines.items import Reason
from pipelines.reading.pool import PartEnd, Piece, ReaderPool
from pipelines.reading.structure import RS, US


@dataclass
class Reading:
    """The text of all parts, and how each ended; `end` is the document's own."""

    text: str = ""
    ends: list[PartEnd] = field(default_factory=list)

    @property
    def end(self) -> PartEnd:
        return self.ends[-1]

    @property
    def reason(self) -> Reason | None:
        return self.end.reason

    @property
    def records(self) -> list[list[str]]:
        """The records with their cells; plain text has one for each line."""
        found = []
        for part in self.text.split(RS):
            found += [part.split(US)] if US in part else [[line] for line in part.split("\n") if line]
        return found

    def has_rows(self, rows: Iterable[list[str]]) -> bool:
        """Tell whether every row stands in one record, its filled cells in this order."""
        records = self.records
        return all(_is_within([cell for cell in row if cell], records) for row in rows)


def read(pool: ReaderPool, body: bytes) -> Reading:
    reading = Reading()
    for item in pool.read(body):
        if isinstance(item, Piece):
            reading.text += item.text
        else:
            reading.ends.append(item)
    return reading


def _is_within(row: list[str], records: list[list[str]]) -> bool:
    return any(row == [cell for cell in record if cell in row] for record in records)
