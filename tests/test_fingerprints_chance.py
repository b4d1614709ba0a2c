"""The chance model against its formulas, and against documents of strangers."""

import math
import random

import pytest
from synthetic_people import judged, matcher, people, written

from fingerprints.fields.roles import Role
from fingerprints.matching.chance import confidence_of, may_stand_alone, poisson_tail


@pytest.mark.parametrize("expected", [0.001, 0.5, 3.0, 40.0, 700.0])
@pytest.mark.parametrize("count", [0, 1, 2, 5, 30, 90, 800])
def test_poisson_tail(expected, count):
    below = math.fsum(math.exp(k * math.log(expected) - expected - math.lgamma(k + 1)) for k in range(count))
    assert poisson_tail(expected, count) == pytest.approx(max(0.0, 1.0 - below), abs=1e-9)


def test_poisson_tail_keeps_its_precision_far_out():
    assert poisson_tail(1e-6, 1) == pytest.approx(1e-6, rel=1e-5)
    assert 0 < poisson_tail(1.0, 60) < 1e-80
    assert poisson_tail(0.0, 1) == 0.0


def test_a_number_stands_alone_when_rare_or_far_beyond_chance():
    assert may_stand_alone(0.009, 1)
    assert not may_stand_alone(0.011, 2)
    assert not may_stand_alone(36.0, 40)
    assert may_stand_alone(36.0, 100)


def test_confidence_is_that_of_the_best_evidence():
    assert confidence_of([]) == 0.0
    assert confidence_of([(0, 0.0), (0, 5.0)]) == 0.0
    assert confidence_of([(1, 0.001), (4, 3.0)]) == pytest.approx(0.999, abs=1e-5)


def _short_ids(seed, count):
    rng = random.Random(seed)
    return [f"{number}" for number in rng.sample(range(10000, 100000), count)]


SHORT = matcher([[name[0], name[1], number] for name, number in zip(people(6252), _short_ids(1, 6252), strict=True)],
                (Role.GIVEN_NAME, Role.FAMILY_NAME, Role.ID))  # fmt: skip


def test_short_ids_of_strangers_are_hit_and_do_not_count():
    strangers = _short_ids(2, 400)
    judgement = judged(SHORT, "\n".join(strangers))
    assert set(strangers) & set(_short_ids(1, 6252)), "the test needs hits"
    assert not judgement.is_match
    assert judgement.rows_matched == 0


def test_one_short_id_is_no_match_and_with_the_name_it_is():
    leaked = _short_ids(1, 6252)[7]
    given, family = people(6252)[7][:2]
    assert not judged(SHORT, leaked).is_match
    judgement = judged(SHORT, f"{given} {family} {leaked}")
    assert judgement.is_match
    assert judgement.columns == (Role.GIVEN_NAME, Role.FAMILY_NAME, Role.ID)


def test_a_bare_list_of_600_short_ids_is_a_match_and_lists_its_rows():
    judgement = judged(SHORT, "\n".join(_short_ids(1, 6252)[:600]))
    assert judgement.is_match
    assert judgement.rows_matched == len(judgement.rows) == 600
    assert 30 < judgement.chance_matches < 60


def test_sequential_ids_do_not_stand_alone_however_long_they_are():
    rows = [[given, family, str(700_000_000 + number)] for number, (given, family, *_) in enumerate(people(500))]
    sequential = matcher(rows, (Role.GIVEN_NAME, Role.FAMILY_NAME, Role.ID))
    assert not judged(sequential, "700000123").is_match
    assert not judged(sequential, "\n".join(str(700_000_000 + number) for number in range(0, 1000, 25))).is_match
    assert judged(sequential, " ".join(rows[123])).is_match


def test_strangers_of_the_same_population_do_not_match_and_the_estimate_is_right():
    rows = [row[:3] for row in people(6000)]
    by_name = matcher(rows, (Role.GIVEN_NAME, Role.FAMILY_NAME, Role.BIRTH_DATE))
    leaked = {tuple(row) for row in rows}
    strangers = [row for row in people(30000, seed=2) if tuple(row[:3]) not in leaked]
    judgement = judged(by_name, written(strangers, (0, 1, 2)))
    assert not judgement.is_match
    # 6,000 people, 104 given and 196 family names, 55 years of 336 days: 0.48 namesakes with the same birth date.
    assert 0.2 < judgement.chance_matches < 0.9


def test_a_list_in_which_all_were_born_on_the_leaks_default_date_does_not_match():
    rng = random.Random(3)
    rows = [[*person[:2], "1990-01-01" if rng.random() < 0.5 else person[2]] for person in people(3000)]
    spiked = matcher(rows, (Role.GIVEN_NAME, Role.FAMILY_NAME, Role.BIRTH_DATE))
    leaked = {tuple(row) for row in rows}
    strangers = [[*row[:2], "1990-01-01"] for row in people(400, seed=4)]
    namesakes = sum(tuple(row) in leaked for row in strangers)
    judgement = judged(spiked, written(strangers, (0, 1, 2)))
    assert namesakes > 3, "the test needs accidents"
    assert not judgement.is_match
    assert judgement.chance_matches == pytest.approx(namesakes, rel=0.8)


def test_every_leaked_row_beats_chance_alone_with_name_and_birth_date():
    rows = people(300)
    whole = matcher(rows)
    for number, row in enumerate(rows):
        judgement = judged(whole, written([row], (0, 1, 2)))
        assert judgement.is_match, number
        assert judgement.persons_matched == 1
