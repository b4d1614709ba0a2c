"""Building: what is refused, what is counted, and what extending keeps."""

import subprocess
import sys

import numpy as np
import pytest
from synthetic_people import KEY, OWNER, columns, fingerprint, judged, located, people, written

from fingerprints.build import LeakTable, build, extend
from fingerprints.errors import FingerprintsError, TableError
from fingerprints.fields.roles import Column, Role
from fingerprints.index.tokens import Kind, TokenHasher
from fingerprints.keys import MatchKey, OwnerIdentity
from fingerprints.matching.matcher import Matcher

NAMED = (Role.GIVEN_NAME, Role.FAMILY_NAME, Role.BIRTH_DATE)


def test_the_rows_are_read_once():
    assert fingerprint(iter(people(3))).rows == 3


@pytest.mark.parametrize(
    ("rows", "roles", "words"),
    [
        ([], NAMED, "no data rows"),
        ([["Lima", "open"]], (Role.PLACE, Role.CATEGORY), "no column that identifies"),
        ([["", "N/A", " "], ["-", "", ""]], NAMED, "column 1, 2, 3"),
    ],
)
def test_what_cannot_be_fingerprinted_is_refused_by_name(rows, roles, words):
    with pytest.raises(TableError, match=words) as refusal:
        fingerprint(rows, roles, name="people.csv")
    assert "people.csv" in str(refusal.value)
    assert "Lima" not in str(refusal.value)


def test_hostile_cells_are_fingerprinted():
    rows = [
        ["Ana\0", "\ud800Lopez", "1983-05-12"],
        ["\u202eMaria\u202c", "x" * 40_000, "1984-05-12"],
        ["a " * 20_000, "Perez\x1e\x1f\n", "1985-05-12"],
        ["", "", ""],
    ]
    fingerprints = fingerprint(rows, NAMED)
    assert fingerprints.rows == 4
    assert fingerprints.persons == 3
    judgement = judged(Matcher(fingerprints, KEY), "ana lopez 1983-05-12")
    assert located(Matcher(fingerprints, KEY), judgement) == {0}


def test_ragged_rows_are_padded_cut_and_counted():
    fingerprints = fingerprint([["Ana", "Lopez", "1983-05-12"], ["Bea"], ["Cleo", "Diaz", "1984-01-02", "more"]], NAMED)
    assert fingerprints.tables[0].ragged == 2
    assert judged(Matcher(fingerprints, KEY), "Cleo Diaz 1984-01-02").rows_matched == 1


def test_rows_with_the_same_identifying_fields_are_one_person_across_tables_and_ways_of_writing():
    one = LeakTable("one", columns((*NAMED, Role.PLACE)), [["Ana", "Lopez", "1983-05-12", "Lima"]] * 2)
    other = LeakTable(
        "two", columns((Role.BIRTH_DATE, Role.FAMILY_NAME, Role.GIVEN_NAME)), [["12 May 1983", "LÓPEZ", "ana"]]
    )
    fingerprints = build([one, other], KEY, OWNER.recipient())
    assert (fingerprints.rows, fingerprints.persons) == (3, 1)


def test_internal_order_is_unrelated_to_the_files_and_sealed():
    fingerprints = fingerprint(people(2000))
    places = np.array([row for _, row in fingerprints.locate(range(2000), OWNER)])
    assert sorted(places) == list(range(2000))
    # Under independence the correlation of 2,000 pairs has a standard deviation of 0.022.
    assert abs(np.corrcoef(places, np.arange(2000))[0, 1]) < 0.12
    with pytest.raises(FingerprintsError):
        fingerprints.locate([0], OwnerIdentity.generate())
    with pytest.raises(FingerprintsError):
        fingerprints.locate([2000], OWNER)


def test_extending_keeps_old_rows_and_finds_new_ones():
    first, second = people(50, seed=1), people(60, seed=2)
    old = fingerprint(first)
    new = extend(old, [LeakTable("second", columns(), second)], KEY, OWNER.recipient())
    assert [table.first for table in new.tables] == [0, 50]
    assert new.locate(range(50), OWNER) == old.locate(range(50), OWNER)
    assert new.digest != old.digest
    assert new.persons == 110
    assert old.rows == 50, "the old fingerprints are untouched"
    both = Matcher(new, KEY)
    judgement = judged(both, written(first[:3] + second[:4], range(8)))
    assert set(new.locate(judgement.rows, OWNER)) == {(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2), (1, 3)}


def test_extending_with_the_same_people_adds_rows_and_no_persons():
    rows = people(20)
    new = extend(fingerprint(rows), [LeakTable("again", columns(), rows)], KEY, OWNER.recipient())
    assert (new.rows, new.persons) == (40, 20)


def test_the_order_of_a_date_column_is_proven_by_its_impossible_days():
    rows = [[f"Ana{chr(97 + day)}", "Lopez", f"{day}/04/1983"] for day in range(1, 26)]
    fingerprints = Matcher(fingerprint(rows, NAMED), KEY)
    assert judged(fingerprints, f"{rows[4][0]} Lopez 1983-04-05").is_match
    assert not judged(fingerprints, f"{rows[4][0]} Lopez 1983-05-04").is_match
    unproven = Matcher(fingerprint(rows[:12], NAMED), KEY)
    assert judged(unproven, f"{rows[4][0]} Lopez 1983-04-05").is_match
    assert judged(unproven, f"{rows[4][0]} Lopez 1983-05-04").is_match


def test_a_value_that_a_hundred_rows_share_is_no_key():
    rows = [[*row[:3], "A555666777" if number < 100 else row[3]] for number, row in enumerate(people(300))]
    shared = Matcher(fingerprint(rows, (*NAMED, Role.ID)), KEY)
    assert not judged(shared, "A555666777").is_match
    assert judged(shared, rows[200][3]).is_match
    few = [[*row[:3], "A555666777" if number < 99 else row[3]] for number, row in enumerate(people(300))]
    assert judged(Matcher(fingerprint(few, (*NAMED, Role.ID)), KEY), "A555666777").is_match


def test_without_the_key_a_guess_is_found_as_often_as_chance():
    rows = people(2000)
    fingerprints = fingerprint(rows)
    right, wrong = TokenHasher(KEY), TokenHasher(MatchKey.generate())
    guesses = sorted({row[0].lower() for row in rows})
    for hasher, share in ((right, 1.0), (wrong, 0.0)):
        hashes = np.array([hasher.hash(Kind.GIVEN, guess) for guess in guesses], dtype=np.uint64)
        assert np.mean(fingerprints.postings.find(hashes) >= 0) == share


def test_building_twice_shows_no_common_order():
    rows = people(300)
    one, two = fingerprint(rows), fingerprint(rows)
    assert one.digest != two.digest
    assert one.locate(range(300), OWNER) != two.locate(range(300), OWNER)


def test_importing_is_quick():
    code = "import sys, fingerprints.build, fingerprints.matching.matcher; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.split()
    assert not {"numba", "scipy", "datasketch", "pandas", "phonenumbers"} & set(loaded)


def test_empty_fingerprints_need_no_people_to_judge():
    only_ids = Matcher(fingerprint([["A123456789"]], (Role.ID,)), KEY)
    assert judged(only_ids, "nothing here").persons_matched == 0
    assert judged(only_ids, "see A-123-456-789").rows_matched == 1


def test_nobodys_birthday_can_be_read_from_the_range_of_birth_dates():
    born = [f"{year}-07-2{year % 10}" for year in range(1948, 2005)]
    rows = [[f"Given{number}", f"Family{number}", day] for number, day in enumerate(born)]
    columns = [Column(role.value, role, "") for role in (Role.GIVEN_NAME, Role.FAMILY_NAME, Role.BIRTH_DATE)]
    made = build([LeakTable("leak", columns, rows)], MatchKey.generate(), OwnerIdentity.generate().recipient())
    assert made.born == (19400000, 20091231)
