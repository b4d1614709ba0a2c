"""Rows named as the leaked file names them; only with the owner identity."""

from collections.abc import Iterable

from fingerprints.build import Fingerprints
from fingerprints.keys import OwnerIdentity


def located(
    fingerprints: Fingerprints, rows: Iterable[int], identity: OwnerIdentity
) -> list[int] | list[tuple[int, int]]:
    """Undo the permutation: 0-based data rows in file order, or (table, row) pairs where there are several tables."""
    pairs = sorted(fingerprints.locate(rows, identity))
    return [row for _, row in pairs] if len(fingerprints.tables) == 1 else pairs
