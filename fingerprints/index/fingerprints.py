"""What is kept of a leak, in memory: everything here is keyed or sealed, and sealed once more on disk."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from fingerprints.errors import FingerprintsError
from fingerprints.fields.roles import Column
from fingerprints.index.postings import Postings
from fingerprints.keys import OwnerIdentity

NOBODY = np.uint32(0xFFFFFFFF)


@dataclass(frozen=True, slots=True)
class Table:
    """One leaked table: its rows have the internal numbers `first` ... `first + rows - 1`, in an order of their own.

    `sealed_order` holds, for the owner alone, the number in the file of each internal row; `ragged` counts the rows
    that were longer or shorter than the table is wide.
    """

    name: str
    columns: tuple[Column, ...]
    rows: int
    first: int
    ragged: int
    sealed_order: bytes


@dataclass(frozen=True, slots=True)
class Density:
    """How many of one kind's values have one shape, and how crowded the range is in which most of them lie."""

    kind: int
    shape: str
    count: int
    local: float


@dataclass(frozen=True, eq=False, repr=False)
class Fingerprints:
    """The fingerprints of one case's tables; `digest` is the identity of their content and tells nothing about it.

    `born` are the first and the last day (YYYYMMDD) of the decades in which people were born.
    """

    tables: tuple[Table, ...]
    postings: Postings
    person_of: npt.NDArray[np.uint32]
    person_digests: npt.NDArray[np.uint8]
    densities: tuple[Density, ...]
    born: tuple[int, int]
    normalizer: int
    digest: str

    @property
    def rows(self) -> int:
        """The number of rows of all tables, empty ones included."""
        return len(self.person_of)

    @property
    def persons(self) -> int:
        """The number of different people."""
        return len(self.person_digests)

    @cached_property
    def rows_of_person(self) -> npt.NDArray[np.int64]:
        """How many rows each person has."""
        known = self.person_of[self.person_of != NOBODY]
        return np.bincount(known, minlength=self.persons)

    def locate(self, rows: Iterable[int], identity: OwnerIdentity) -> list[tuple[int, int]]:
        """Return (table, 0-based data row in the file) of each internal row; only the owner can."""
        orders: dict[int, npt.NDArray[np.uint32]] = {}
        found = []
        for row in rows:
            number = self._table_of(row)
            if number not in orders:
                opened = identity.unseal(self.tables[number].sealed_order)
                orders[number] = np.frombuffer(opened, dtype="<u4")
            found.append((number, int(orders[number][row - self.tables[number].first])))
        return found

    def _table_of(self, row: int) -> int:
        for number, table in enumerate(self.tables):
            if table.first <= row < table.first + table.rows:
                return number
        raise FingerprintsError(f"These fingerprints have no row {row}: it was sealed for other ones.")
