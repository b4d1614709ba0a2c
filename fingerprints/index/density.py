"""How crowded the numbers of a leak are: whether a number of the same shape hits one of them by chance."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

import numpy as np
import numpy.typing as npt

from fingerprints.fields.ids import DIGITS_SHAPE, shape_space
from fingerprints.index.fingerprints import Density
from fingerprints.index.postings import Hashes
from fingerprints.index.tokens import Kind

# IDs of more shapes than this (random letters and digits) are kept by length alone.
_MOST_SHAPES = 12
LENGTH_SHAPE = "x"
# The range that is looked at leaves out the outliers of typing errors and test entries.
_OUTLIERS = 5
_MOST_MEMBERS = 100 - 2 * _OUTLIERS

Numbers = Mapping[tuple[Kind, str], tuple[Hashes, npt.NDArray[np.float64]]]


def densities_of(numbers: Numbers) -> tuple[Density, ...]:
    """Return the density of each shape of one table's IDs and phone numbers."""
    shapes = [shape for kind, shape in numbers if kind is Kind.ID and not shape.startswith(DIGITS_SHAPE)]
    densities: list[Density] = []
    by_length: dict[str, int] = defaultdict(int)
    for (kind, shape), (hashes, values) in numbers.items():
        _, places = np.unique(hashes, return_index=True)
        if len(shapes) > _MOST_SHAPES and shape in shapes:
            by_length[f"{LENGTH_SHAPE}{len(shape)}"] += len(places)
        else:
            densities.append(Density(int(kind), shape, len(places), _local_density(values[places])))
    densities += [Density(int(Kind.ID), shape, count, 0.0) for shape, count in by_length.items()]
    return tuple(densities)


def merged(*groups: Iterable[Density]) -> tuple[Density, ...]:
    """Add up the densities of several tables, as if they had no value in common."""
    counts: dict[tuple[int, str], tuple[int, float]] = {}
    for density in (density for group in groups for density in group):
        count, local = counts.get((density.kind, density.shape), (0, 0.0))
        counts[density.kind, density.shape] = (count + density.count, local + density.local)
    return tuple(Density(kind, shape, count, local) for (kind, shape), (count, local) in counts.items())


def chance_of_hit(density: Density) -> float:
    """Return the probability that a stranger's number of this shape is one of the leak's, at its most crowded."""
    space = 10.0 ** int(density.shape[1:]) if density.shape.startswith(LENGTH_SHAPE) else shape_space(density.shape)
    return min(1.0, max(density.count / space, density.local))


def _local_density(values: npt.NDArray[np.float64]) -> float:
    if len(values) == 1:
        return 0.0
    low, high = np.percentile(values, [_OUTLIERS, 100 - _OUTLIERS])
    return min(1.0, len(values) * _MOST_MEMBERS / 100 / (float(high - low) + 1.0))
