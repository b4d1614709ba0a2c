"""How many rows a document of strangers would match by accident, and what confidence that leaves.

Numbers. For IDs and phone numbers of one shape (letters alike, digits alike), the probability that a stranger's number
of that shape is one of the leak's is

    p(shape) = max(n / size of the shape's space, n' / width of the range in which the middle 90 % of them lie)

so that short, sequential and clustered numbers count as the crowded ones they are. A document tries as many as it has
different numbers of that shape:

    expected(shape) = p(shape) * trials(shape)                      numbers = sum of expected(shape) over all shapes

A number alone carries a row if expected(shape) < 0.01, or if at least 3 different numbers of that shape hit and
P(Poisson(expected) >= hits) < 1e-6.

Name and birth date. f(word) is the share of the leak's people who bear a name word, counted without the person in
question and smoothed with a background of 100 people among whom a word is borne by 1 in 10,000; names(person) is
f(given) * f(family), each the sum over the person's words (for a full name: the sum over pairs of its words). With
f(day) the share of the leak's people born on a day, again without the person in question and at least
1 / (365 * 60), the probability that a stranger's dated record matches somebody is

    p = sum over people of names(person) * f(birth day)

A document's own dates correct this as they come in, at the weight of 20 records, so that a list in which all were
born on 1 January is judged by that day: with T dates in the leak's range, of which the hits gave
S = sum over hits of (sum over people born that day of names(person)),

    expected(name, date) = T * (20 * p + S) / (20 + T)

A row is matched by at least one kind of evidence, and each has its own expectation:

    address            an e-mail address                            0
    name and date      given and family name, and the birth date    expected(name, date)
    number and name    a number, given and family name              numbers * mean names(person)
    number and date    a number and the birth date                  numbers * mean f(birth day)
    two numbers        two numbers of one row                       numbers * largest p(shape), if several shapes
    number and word    a number and one word of the name            numbers * mean sum of f(words)
    number             a number that may stand alone                sum of expected(shape) over those shapes

The chance matches of a document are the sum of these, save "number and name", which "number and word" includes. The
confidence is one minus the smallest probability that chance gives as many people by one kind of evidence, or by all:

    confidence = 1 - min over kinds, and all kinds together, of P(Poisson(expected) >= people matched)
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from fingerprints.index.density import chance_of_hit
from fingerprints.index.fingerprints import NOBODY, Fingerprints
from fingerprints.index.tokens import Kind

# Below this a single row of one document in a hundred would be an accident; a person still looks at single rows.
MATCH_CONFIDENCE = 0.99
ALONE_EXPECTED = 0.01
_EXCESS_PROBABILITY = 1e-6
_EXCESS_HITS = 3
_Floats = npt.NDArray[np.float64]

_BACKGROUND_PEOPLE = 100.0
_BACKGROUND_SHARE = 1e-4
_BIRTH_DAYS = 365.0 * 60.0
_PRIOR_RECORDS = 20.0


def poisson_tail(expected: float, count: int) -> float:
    """Return P(Poisson(expected) >= count)."""
    if count <= 0:
        return 1.0
    if expected <= 0.0:
        return 0.0
    if count <= expected:
        return max(0.0, 1.0 - math.fsum(_poisson(expected, below) for below in range(count)))
    total, number = 0.0, count
    term = _poisson(expected, number)
    while term > total * 1e-16:
        total += term
        number += 1
        term *= expected / number
    return min(1.0, total)


def may_stand_alone(expected: float, hits: int) -> bool:
    """Tell whether a number of this shape alone carries a row, in a document with so many different hits."""
    if expected < ALONE_EXPECTED:
        return True
    return hits >= _EXCESS_HITS and poisson_tail(expected, hits) < _EXCESS_PROBABILITY


def confidence_of(evidence: Iterable[tuple[int, float]]) -> float:
    """Return the confidence of (people matched, expected by chance) per kind of evidence; 0 when nobody matched."""
    return 1.0 - min((poisson_tail(expected, people) for people, expected in evidence), default=1.0)


@dataclass(frozen=True, eq=False, repr=False)
class ChanceModel:
    """The leak's side of the formulas above; `names_by_date` is, per token, the sum of names(person) of that day."""

    by_shape: tuple[float, ...]
    per_dated_record: float
    names_by_date: _Floats
    one_word: float
    full_name: float
    same_day: float
    second_number: float

    def name_and_date(self, dates: int, names_of_hits: float) -> float:
        """Return expected(name, date) of a document."""
        return dates * (_PRIOR_RECORDS * self.per_dated_record + names_of_hits) / (_PRIOR_RECORDS + dates)


def chance_model(fingerprints: Fingerprints) -> ChanceModel:
    """Work out the leak's side of the formulas; people with several rows count once."""
    people = _first_rows(fingerprints)
    postings = fingerprints.postings
    token_of_pair = np.repeat(np.arange(len(postings.hashes)), postings.counts)
    of_people = people[postings.rows]
    tokens, rows = token_of_pair[of_people], postings.rows[of_people]
    kinds = postings.kinds[tokens]
    count = max(1, fingerprints.persons)
    shared = (np.bincount(tokens, minlength=len(postings.hashes)) - 1).astype(np.float64)
    share: _Floats = (shared + _BACKGROUND_PEOPLE * _BACKGROUND_SHARE) / (count + _BACKGROUND_PEOPLE)
    size = fingerprints.rows
    names, words = _names(kinds, rows, share[tokens], size)
    born = kinds == Kind.BIRTH_DATE
    by_day = np.bincount(tokens[born], weights=names[rows[born]], minlength=len(postings.hashes)).astype(np.float64)
    same_day = np.maximum(shared[tokens[born]] / count, 1.0 / _BIRTH_DAYS)
    by_shape = tuple(chance_of_hit(density) for density in fingerprints.densities)
    return ChanceModel(
        by_shape=by_shape,
        per_dated_record=float(np.sum(names[rows[born]] * same_day)),
        names_by_date=by_day,
        one_word=float(np.sum(np.minimum(1.0, words))) / count,
        full_name=float(np.sum(names)) / count,
        same_day=float(np.sum(same_day)) / count,
        second_number=max(by_shape) if len(by_shape) > 1 else 0.0,
    )


def _names(
    kinds: npt.NDArray[np.uint8], rows: npt.NDArray[np.uint32], share: _Floats, size: int
) -> tuple[_Floats, _Floats]:
    """Return names(person) and the sum of f(words), by row."""

    def total(kind: Kind, power: float) -> _Floats:
        chosen = kinds == kind
        return np.bincount(rows[chosen], weights=share[chosen] ** power, minlength=size).astype(np.float64)

    given, family, full = (total(kind, 1.0) for kind in (Kind.GIVEN, Kind.FAMILY, Kind.FULL))
    both = given * family
    pairs = np.maximum(0.0, full**2 - total(Kind.FULL, 2.0)) / 2.0
    alone = np.where(both > 0.0, both, given + family)
    full_name = np.where(total(Kind.FULL, 0.0) > 1, pairs, full)
    return np.minimum(1.0, np.where(given + family > 0.0, alone, 0.0) + full_name), given + family + full


def _first_rows(fingerprints: Fingerprints) -> npt.NDArray[np.bool_]:
    """Mark one row of each person."""
    marked = np.zeros(fingerprints.rows, dtype=bool)
    _, first = np.unique(fingerprints.person_of, return_index=True)
    marked[first] = True
    marked[fingerprints.person_of == NOBODY] = False
    return marked


def _poisson(expected: float, count: int) -> float:
    return math.exp(count * math.log(expected) - expected - math.lgamma(count + 1))
