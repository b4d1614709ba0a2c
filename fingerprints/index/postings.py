"""Which rows a token stands in: sorted unique hashes, and for each its rows."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

Hashes = npt.NDArray[np.uint64]
Rows = npt.NDArray[np.uint32]
Offsets = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False, repr=False)
class Postings:
    """`rows[offsets[i]:offsets[i + 1]]`, ascending, are the rows of `hashes[i]`, which is of kind `kinds[i]`."""

    hashes: Hashes
    kinds: npt.NDArray[np.uint8]
    offsets: Offsets
    rows: Rows

    @classmethod
    def from_pairs(cls, hashes: Hashes, kinds: npt.NDArray[np.uint8], rows: Rows) -> "Postings":
        """Sort (hash, kind, row) triples in any order; a pair given twice counts once."""
        order = np.lexsort((rows, hashes))
        hashes, kinds, rows = hashes[order], kinds[order], rows[order]
        fresh = np.ones(len(hashes), dtype=bool)
        fresh[1:] = (hashes[1:] != hashes[:-1]) | (rows[1:] != rows[:-1])
        hashes, kinds, rows = hashes[fresh], kinds[fresh], rows[fresh]
        starts = np.flatnonzero(np.concatenate(([True], hashes[1:] != hashes[:-1]))) if len(hashes) else np.arange(0)
        offsets = np.append(starts, len(hashes)).astype(np.int64)
        return cls(hashes[starts], kinds[starts], offsets, rows)

    def find(self, hashes: Hashes) -> npt.NDArray[np.int64]:
        """Return for each hash its place in `hashes`, -1 where it is in no row."""
        if not len(self.hashes):
            return np.full(len(hashes), -1, dtype=np.int64)
        places = np.searchsorted(self.hashes, hashes)
        places[places == len(self.hashes)] = 0
        return np.where(self.hashes[places] == hashes, places, -1).astype(np.int64)

    def rows_of(self, place: int) -> Rows:
        """Return the rows of one token, ascending."""
        return self.rows[self.offsets[place] : self.offsets[place + 1]]

    @cached_property
    def counts(self) -> npt.NDArray[np.int64]:
        """How many rows each token stands in."""
        return np.diff(self.offsets)

    def pairs(self) -> tuple[Hashes, npt.NDArray[np.uint8], Rows]:
        """Return the triples that `from_pairs` takes."""
        return np.repeat(self.hashes, self.counts), np.repeat(self.kinds, self.counts), self.rows

    def by_row(self, row_count: int) -> tuple[Offsets, npt.NDArray[np.int64]]:
        """Return offsets and token places such that `places[offsets[r]:offsets[r + 1]]` are the tokens of row r."""
        places = np.repeat(np.arange(len(self.hashes)), self.counts)
        order = np.argsort(self.rows, kind="stable")
        offsets = np.zeros(row_count + 1, dtype=np.int64)
        np.cumsum(np.bincount(self.rows, minlength=row_count), out=offsets[1:])
        return offsets, places[order]
