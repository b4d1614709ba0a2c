"""Leaked tables -> Fingerprints. The tables are read once and not kept."""

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from fingerprints.errors import TableError
from fingerprints.fields.folding import NORMALIZER_VERSION
from fingerprints.fields.roles import IDENTIFYING, Column
from fingerprints.index.collect import DIGEST_SIZE, NEVER_BORN, Collected, Collector
from fingerprints.index.density import densities_of, merged
from fingerprints.index.fingerprints import NOBODY, Density, Fingerprints, Table
from fingerprints.index.payload import content_digest
from fingerprints.index.postings import Postings
from fingerprints.keys import MatchKey, OwnerRecipient

__all__ = ["Fingerprints", "LeakTable", "build", "extend"]


@dataclass(frozen=True, slots=True)
class LeakTable:
    """One leaked table: its data rows, header not among them, in the order of the file; they are read once."""

    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[str]] = field(repr=False)


def build(tables: Sequence[LeakTable], key: MatchKey, recipient: OwnerRecipient) -> Fingerprints:
    """Fingerprint the tables of a leak; a TableError names the table that cannot be."""
    nothing = Fingerprints(
        tables=(),
        postings=Postings.from_pairs(np.empty(0, np.uint64), np.empty(0, np.uint8), np.empty(0, np.uint32)),
        person_of=np.empty(0, np.uint32),
        person_digests=np.empty((0, DIGEST_SIZE), np.uint8),
        densities=(),
        born=NEVER_BORN,
        normalizer=NORMALIZER_VERSION,
        digest="",
    )
    return extend(nothing, tables, key, recipient)


def extend(
    fingerprints: Fingerprints, tables: Sequence[LeakTable], key: MatchKey, recipient: OwnerRecipient
) -> Fingerprints:
    """Return fingerprints of the old tables and these; rows and people of the old ones keep their numbers."""
    made = list(fingerprints.tables)
    pairs = [fingerprints.postings.pairs()]
    digests, empty = [fingerprints.person_digests[_known(fingerprints)]], [fingerprints.person_of == NOBODY]
    densities: tuple[Density, ...] = fingerprints.densities
    first = fingerprints.rows
    born = fingerprints.born
    for table in tables:
        collected = _collect(table, key)
        order = _random_order(len(collected.empty))
        place_of = np.argsort(order).astype(np.uint32)
        pairs.append((collected.hashes, collected.kinds, np.uint32(first) + place_of[collected.rows]))
        digests.append(collected.digests[order])
        empty.append(collected.empty[order])
        densities = merged(densities, densities_of(collected.numbers))
        born = min(born[0], collected.born[0]), max(born[1], collected.born[1])
        sealed = recipient.seal(order.astype("<u4").tobytes())
        made.append(Table(table.name, tuple(table.columns), len(order), first, collected.ragged, sealed))
        first += len(order)
    postings = Postings.from_pairs(*(np.concatenate(parts) for parts in zip(*pairs, strict=True)))
    person_of, person_digests = _people(np.concatenate(digests), np.concatenate(empty))
    return Fingerprints(
        tables=tuple(made),
        postings=postings,
        person_of=person_of,
        person_digests=person_digests,
        densities=densities,
        born=born,
        normalizer=NORMALIZER_VERSION,
        digest=content_digest(
            [postings.hashes, postings.offsets, postings.rows, person_of], [table.sealed_order for table in made]
        ),
    )


def _collect(table: LeakTable, key: MatchKey) -> Collected:
    roles = [column.role for column in table.columns]
    identifying = [str(place) for place, role in enumerate(roles, start=1) if role in IDENTIFYING]
    if not identifying:
        raise TableError(
            f"Table {table.name} has no column that identifies people (name, birth date, ID, e-mail, phone):"
            " correct the roles of its columns."
        )
    collector = Collector(roles, key)
    for row in table.rows:
        collector.add(row)
    if not collector.row_count:
        raise TableError(f"Table {table.name} has no data rows.")
    collected = collector.finish()
    if not len(collected.hashes):
        raise TableError(
            f"Table {table.name} has nothing to find it by in its identifying columns"
            f" (column {', '.join(identifying)}): they are empty or their roles are wrong."
        )
    return collected


def _random_order(count: int) -> npt.NDArray[np.int64]:
    """Return the number in the file of each internal row."""
    return np.argsort(np.frombuffer(os.urandom(8 * count), dtype=np.uint64))


def _known(fingerprints: Fingerprints) -> npt.NDArray[np.int64]:
    """The person of each old row; anybody for rows of nobody, which stay marked as empty."""
    return np.where(fingerprints.person_of == NOBODY, 0, fingerprints.person_of).astype(np.int64)


def _people(
    digests: npt.NDArray[np.uint8], empty: npt.NDArray[np.bool_]
) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint8]]:
    """Number people by first appearance; rows with equal digests are one person."""
    numbers: dict[bytes, int] = {}
    person_of = np.full(len(digests), NOBODY, dtype=np.uint32)
    data = digests.tobytes()
    for row in np.flatnonzero(~empty).tolist():
        person_of[row] = numbers.setdefault(data[row * DIGEST_SIZE : (row + 1) * DIGEST_SIZE], len(numbers))
    return person_of, np.frombuffer(b"".join(numbers), dtype=np.uint8).reshape(-1, DIGEST_SIZE)
