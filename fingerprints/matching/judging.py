"""What the records of a document showed, taken together -> one judgement."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from fingerprints.fields.roles import Role
from fingerprints.index.fingerprints import Fingerprints
from fingerprints.index.tokens import ROLE_OF, Kind
from fingerprints.matching.candidates import Trials
from fingerprints.matching.chance import MATCH_CONFIDENCE, ChanceModel, confidence_of, may_stand_alone
from fingerprints.matching.verify import Evidence, Outcome


@dataclass(frozen=True, slots=True)
class Judgement:
    """How much of the leak a document shows.

    `rows` are internal numbers, and only those of which it is certain which row it is. Without `is_match` nothing is
    claimed: the counts are zero, and `confidence` says how little was there against `chance_matches`.
    """

    rows: tuple[int, ...] = field(default=(), repr=False)
    rows_matched: int = 0
    persons_matched: int = 0
    columns: tuple[Role, ...] = ()
    coverage: float = 0.0
    chance_matches: float = 0.0
    confidence: float = 0.0
    is_match: bool = False


@dataclass(slots=True, repr=False)
class Tally:
    """What one scan has counted."""

    trials: Trials
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    rows_hit: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    names_of_hits: float = 0.0


@dataclass(slots=True, repr=False)
class _Group:
    """Rows that could not be told apart, and in how many records they were seen."""

    times: int = 0
    evidence: int = 0
    kinds: int = 0


@dataclass(slots=True, repr=False)
class _Count:
    """People and rows counted so far; `people` holds the evidence for each."""

    people: dict[int, int] = field(default_factory=dict)
    unclear: list[int] = field(default_factory=list)
    rows_matched: int = 0
    decided: list[int] = field(default_factory=list)


def judgement_of(tallies: Sequence[Tally], fingerprints: Fingerprints, chance: ChanceModel) -> Judgement:
    """Judge tallies of one document."""
    trials = [len(set().union(*(tally.trials.numbers[shape] for tally in tallies))) for shape in _shapes(chance)]
    expected = [probability * count for probability, count in zip(chance.by_shape, trials, strict=True)]
    hits = [len(set().union(*(tally.rows_hit.get(shape, set()) for tally in tallies))) for shape in _shapes(chance)]
    alone = {shape for shape in _shapes(chance) if may_stand_alone(expected[shape], hits[shape])}
    groups = _grouped(tallies, alone)
    count = _counted(groups, fingerprints)
    by_evidence = _expectations(tallies, chance, expected, alone)
    matched = [*count.people.values(), *count.unclear]
    evidence = [(sum(1 for shown in matched if shown & kind), by_chance) for kind, by_chance in by_evidence.items()]
    # What one word of the name beside a number explains includes what the whole name does.
    by_accident = sum(by_chance for kind, by_chance in by_evidence.items() if kind is not Evidence.NUMBER_AND_NAME)
    confidence = confidence_of([*evidence, (len(matched), by_accident)]) if matched else 0.0
    if confidence < MATCH_CONFIDENCE:
        return Judgement(chance_matches=by_accident, confidence=confidence)
    kinds = 0
    for group in groups.values():
        kinds |= group.kinds
    seen = {ROLE_OF[kind] for kind in Kind if kinds & 1 << kind}
    return Judgement(
        rows=tuple(sorted(count.decided)),
        rows_matched=count.rows_matched,
        persons_matched=len(matched),
        columns=tuple(role for role in Role if role in seen),
        coverage=len(matched) / fingerprints.persons,
        chance_matches=by_accident,
        confidence=confidence,
        is_match=True,
    )


def _shapes(chance: ChanceModel) -> range:
    return range(len(chance.by_shape))


def _expectations(
    tallies: Sequence[Tally], chance: ChanceModel, expected: Sequence[float], alone: set[int]
) -> dict[Evidence, float]:
    numbers = sum(expected)
    dates = sum(tally.trials.dates for tally in tallies)
    return {
        Evidence.ADDRESS: 0.0,
        Evidence.NAME_AND_DATE: chance.name_and_date(dates, sum(tally.names_of_hits for tally in tallies)),
        Evidence.NUMBER_AND_NAME: numbers * chance.full_name,
        Evidence.NUMBER_AND_DATE: numbers * chance.same_day,
        Evidence.TWO_NUMBERS: numbers * chance.second_number,
        Evidence.NUMBER_AND_WORD: numbers * chance.one_word,
        Evidence.NUMBER: sum(expected[shape] for shape in alone),
    }


def _grouped(tallies: Sequence[Tally], alone: set[int]) -> dict[tuple[int, ...], _Group]:
    groups: dict[tuple[int, ...], _Group] = defaultdict(_Group)
    for tally in tallies:
        for outcome, times in tally.outcomes.items():
            if outcome.evidence == Evidence.NUMBER and outcome.shape not in alone:
                continue
            group = groups[outcome.rows]
            group.times += times
            group.evidence |= outcome.evidence
            group.kinds |= outcome.kinds
    return groups


def _counted(groups: dict[tuple[int, ...], _Group], fingerprints: Fingerprints) -> _Count:
    """Count people: first those that are certain, then one for each group that none of the counted explains."""
    count = _Count()
    unclear: list[tuple[set[int], int, _Group]] = []
    for rows, group in groups.items():
        people = set(fingerprints.person_of[list(rows)].tolist())
        if len(people) > 1:
            unclear.append((people, len(rows), group))
            continue
        (person,) = people
        copies = int(fingerprints.rows_of_person[person])
        count.people[person] = count.people.get(person, 0) | group.evidence
        count.rows_matched += min(group.times, copies)
        if group.times >= copies:
            count.decided += rows
    counted = set(count.people)
    for people, size, group in sorted(unclear, key=lambda item: (len(item[0]), sorted(item[0]))):
        if counted.isdisjoint(people):
            counted |= people
            count.unclear.append(group.evidence)
            count.rows_matched += min(group.times, size)
    return count
