"""The figures of the report: shares with Wilson's interval, rows found and named, what confidence is worth."""

import math
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from benchmarks.detection.measure import Outcome

_Z = 1.959964
_EDGES = (1e-9, 0.5, 0.9, 0.99, 0.999, 0.9999, 0.99999, 0.999999)


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many, with the interval in which the true share lies at 95 %."""

    hits: int
    total: int

    @property
    def value(self) -> float:
        """The share; 0 of nothing is nothing."""
        return self.hits / self.total if self.total else math.nan

    def wilson(self) -> tuple[float, float]:
        """Return Wilson's interval."""
        if not self.total:
            return 0.0, 1.0
        share, square = self.value, _Z * _Z
        middle = (share + square / (2 * self.total)) / (1 + square / self.total)
        spread = math.sqrt(share * (1 - share) / self.total + square / (4 * self.total**2))
        half = _Z * spread / (1 + square / self.total)
        return max(0.0, middle - half), min(1.0, middle + half)


def found(outcomes: Iterable[Outcome]) -> Share:
    """Return how many documents were found."""
    seen = [one.found for one in outcomes]
    return Share(sum(seen), len(seen))


def row_recall(outcomes: Iterable[Outcome]) -> float:
    """Return the share of a document's people that were named, averaged over documents; missed documents count 0."""
    shares = [one.recalled / one.shown for one in outcomes if one.shown]
    return sum(shares) / len(shares) if shares else math.nan


def rows_recalled(outcomes: Iterable[Outcome]) -> Share:
    """Return how many of all the people shown were named."""
    seen = list(outcomes)
    return Share(sum(one.recalled for one in seen), sum(one.shown for one in seen))


def rows_right(outcomes: Iterable[Outcome]) -> Share:
    """Return how many of all the people named were rightly named."""
    seen = list(outcomes)
    return Share(sum(one.right for one in seen), sum(one.named for one in seen))


@dataclass(frozen=True, slots=True)
class Bin:
    """Documents of about one confidence: how many, what they claim on average, and what share are copies.

    `claimed` and `copies` are weighted to the stated mix.
    """

    low: float
    high: float
    documents: int
    claimed: float
    copies: float


def reliability(
    copies: Sequence[Outcome], harmless: Sequence[Outcome], share_of_copies: float, fewest: int = 50
) -> list[Bin]:
    """Sort the documents by confidence into bins of at least `fewest`; a bin with fewer joins the next one."""
    weights = {True: share_of_copies / max(1, len(copies)), False: (1 - share_of_copies) / max(1, len(harmless))}
    groups: list[list[tuple[float, bool]]] = [[] for _ in range(len(_EDGES) + 1)]
    for outcomes, is_copy in ((copies, True), (harmless, False)):
        for one in outcomes:
            if one.confidence is not None:
                groups[bisect_right(_EDGES, one.confidence)].append((one.confidence, is_copy))
    joined: list[list[tuple[float, bool]]] = []
    for group in groups:
        if joined and len(joined[-1]) < fewest:
            joined[-1] += group
        elif group:
            joined.append(group)
    if len(joined) > 1 and len(joined[-1]) < fewest:
        joined[-2:] = [joined[-2] + joined[-1]]
    return [_bin(group, weights) for group in joined]


def _bin(group: list[tuple[float, bool]], weights: dict[bool, float]) -> Bin:
    total = sum(weights[is_copy] for _, is_copy in group)
    claimed = sum(value * weights[is_copy] for value, is_copy in group) / total
    copies = sum(weights[True] for _, is_copy in group if is_copy) / total
    values = [value for value, _ in group]
    return Bin(min(values), max(values), len(group), claimed, copies)
