"""Matching: every leaked row is found however it is written, and nobody else is."""

import json
import random
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from synthetic_people import KEY, ROLES, fingerprint, judged, located, matcher, people, written

from fingerprints.fields.roles import Role
from fingerprints.matching.matcher import Judgement, Matcher, judge

ROWS = people(600)
LEAK = matcher(ROWS)
NAMED = (Role.GIVEN_NAME, Role.FAMILY_NAME, Role.BIRTH_DATE)
PROSE = "The quick brown fox, aged 7, jumped over 13 lazy dogs on 3 May 2021; call 118 or 555 0100.\n"


def _csv(row, order):
    return ",".join(row[place] for place in order)


def _cells(row, order):
    return "\x1f".join(row[place] for place in order) + "\x1e"


def _labeled(row, order):
    return "; ".join(f"{ROLES[place].value}: {row[place]}" for place in order)


def _json(row, order):
    return json.dumps({ROLES[place].value: row[place] for place in order})


LAYOUTS = {"csv": _csv, "cells": _cells, "labeled": _labeled, "json": _json}


@pytest.mark.parametrize("layout", LAYOUTS)
@settings(max_examples=40, deadline=None)
@given(st.data())
def test_every_row_is_found_with_its_number_in_any_order(layout, data):
    chosen = data.draw(st.lists(st.integers(0, 599), min_size=1, max_size=30, unique=True))
    order = data.draw(st.permutations(range(8)))
    end = "" if layout == "cells" else "\n"
    judgement = judged(LEAK, "".join(LAYOUTS[layout](ROWS[number], order) + end for number in chosen))
    assert located(LEAK, judgement) == set(chosen)
    assert judgement.rows_matched == judgement.persons_matched == len(chosen)
    assert judgement.coverage == len(chosen) / 600


_LETTERS = st.text(st.characters(categories=["Lu", "Ll"], max_codepoint=0x4FF), min_size=3, max_size=12)
_ROW = st.tuples(
    _LETTERS,
    _LETTERS,
    st.dates(date(1900, 1, 1), date(2020, 12, 31)).map(str),
    st.integers(10**9, 10**10 - 1).map(lambda number: f"X{number}"),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(_ROW, min_size=1, max_size=12, unique_by=lambda row: row[3]), st.permutations(range(4)))
def test_every_row_of_any_leak_is_found(rows, order):
    leak = matcher(rows, (*NAMED, Role.ID))
    for separator, end in ((",", "\n"), ("\x1f", "\x1e"), (" | ", "\n")):
        text = "".join(separator.join(row[place] for place in order) + end for row in rows)
        assert located(leak, judged(leak, text)) == set(range(len(rows)))


@settings(max_examples=50, deadline=None)
@given(st.lists(st.integers(0, 599), min_size=1, max_size=5, unique=True), st.lists(st.text(max_size=60), max_size=4))
def test_harmless_text_removes_no_match(chosen, texts):
    rows = written([ROWS[number] for number in chosen], range(8))
    noise = "".join(text.replace("\x1e", "").replace("\x1f", "") + "\n" for text in texts)
    for text in (noise + rows, rows + noise, PROSE * 30 + rows + PROSE * 30):
        assert located(LEAK, judged(LEAK, text)) == set(chosen)


def test_feeding_in_pieces_and_in_parts_changes_nothing():
    text = written(ROWS[:50], range(8))
    lines = text.splitlines(keepends=True)
    whole = judged(LEAK, text)
    assert judged(LEAK, *lines) == whole
    scans = [LEAK.scan(), LEAK.scan()]
    scans[0].feed("".join(lines[:20]))
    scans[1].feed("".join(lines[20:]))
    together = judge(scans)
    assert (together.rows, together.persons_matched) == (whole.rows, 50)
    assert judge(scans[:1]).persons_matched == 20
    assert judge([]) == Judgement()


@pytest.mark.parametrize(
    "places",
    [(0, 1, 2), (2, 1, 0), (3,), (4,), (5, 0), (3, 0), (1, 3), (0, 1, 2, 6, 7), (7, 6, 4)],
)
@pytest.mark.parametrize("separator", [",", "\t", " ", ";", "|"])
def test_partial_copies_are_found(places, separator):
    judgement = judged(LEAK, written(ROWS[100:140], places, separator))
    assert judgement.is_match
    assert located(LEAK, judgement) == set(range(100, 140))
    assert set(judgement.columns) == {ROLES[place] for place in places if place < 6}


@pytest.mark.parametrize("places", [(0, 1), (0, 1, 6, 7), (2,), (2, 6), (0, 2), (6, 7)])
def test_what_does_not_carry_a_row(places):
    judgement = judged(LEAK, written(ROWS, places))
    assert not judgement.is_match
    assert (judgement.rows_matched, judgement.rows, judgement.columns) == (0, (), ())


def test_recombined_strangers_do_not_match():
    rng = random.Random(5)
    by_name = matcher([row[:3] for row in ROWS], NAMED)
    mixed = [[rng.choice(ROWS)[place] for place in range(3)] for _ in range(3000)]
    leaked = {tuple(row[:3]) for row in ROWS}
    strangers = [row for row in mixed if tuple(row) not in leaked]
    judgement = judged(by_name, written(strangers, range(3)))
    assert not judgement.is_match
    assert judged(by_name, written(strangers, range(3)).replace("\n", "\x1e").replace(",", "\x1f")) == judgement


def test_data_of_different_records_never_combine():
    given, family, born, number = ROWS[0][:4]
    by_name = matcher([ROWS[0][:4]], (*NAMED, Role.ID))
    for text in (f"{given} {family}\n{born}\n", f"{given}\x1f{family}\x1e{born}\x1e", f"{given}\n{family} {born}"):
        assert not judged(by_name, text).is_match
    assert judged(by_name, f"{given}\n{number}\n").columns == (Role.ID,)


TWINS = matcher(
    [
        ["Maria", "Garcia", "1983-05-12", "A300000001"],
        ["Maria Jose", "Hernandez", "1990-02-03", "A417285936"],
        ["Anna", "Kovalenko", "1971-11-30", "A638201547"],
        ["James", "James", "1966-07-07", "A751930284"],
        ["Thomas James", "Peters", "1967-07-07", "A892650173"],
    ],
    (*NAMED, Role.ID),
)


@pytest.mark.parametrize(
    "text",
    [
        "Ana Garcia 1983-05-12",
        "Maria Garcia 1983-05-13",
        "Maria Lopez 1983-05-12",
        "Maria,1983-05-12",
        "Garcia,1983-05-12",
        "Maria Luisa,Hernandez,1990-02-03",
        "Maria Luisa Hernandez 1990-02-03",
        "Hernandez, Maria Luisa; 3.2.1990",
        "A300000009",
        "A30000000",
        "B300000001",
        "A3000000011",
        "James 1966-07-07",
        "Anna K. 1971-11-30",
    ],
)
def test_siblings_namesakes_and_near_misses_do_not_match(text):
    assert not judged(TWINS, text).is_match


@pytest.mark.parametrize(
    "text",
    [
        "GARCIA, Maria (b. 12 May 1983)",
        "María García 12/05/83",
        "maria garcia lopez 5/12/1983",
        "Mr. and Mrs. Maria Garcia; 12.05.1983",
        "Maria Hernandez 1990-02-03",
        "Maria J. Hernandez 1990-02-03",
        "Jose Hernandez,1990-02-03",
        "Maria Luisa (Jose) A417285936",
        "Анна Kovalenko 30.11.1971",
        "James James 1966-07-07",
        "James Peters 1967-07-07",
        "A-638-201-547",
        "a 638 201 547",
        "alien no 0638201547",
        "ref:638201547.",
        '{"n":"Maria","s":"Garcia","d":"1983-05-12T00:00:00Z"}',
    ],
)
def test_ways_to_write_a_person_match(text):
    judgement = judged(TWINS, text)
    assert judgement.is_match
    assert judgement.persons_matched == judgement.rows_matched == 1
    assert judgement.confidence >= 0.99


def test_full_names_in_one_column():
    leak = matcher(
        [["Garcia Lopez, Maria", "1983-05-12"], ["Olena Kovalenko", "1984-01-01"], ["Suharto", "1985-01-01"]],
        (Role.FULL_NAME, Role.BIRTH_DATE),
    )
    for text in (
        "Maria Garcia 1983-05-12",
        "Maria,Garcia Lopez,1983-05-12",
        "kovalenko olena 1.1.84",
        "Suharto,1985-01-01",
    ):
        assert judged(leak, text).columns == (Role.FULL_NAME, Role.BIRTH_DATE), text
    for text in ("Maria 1983-05-12", "Garcia Lopez Ana,1983-05-12", "Ivan Kovalenko 1.1.84", "1985-01-01"):
        assert not judged(leak, text).is_match, text


def test_a_record_of_several_people_shows_all_of_them():
    chosen = ROWS[20:60]
    one_line = " ".join(" ".join(row) for row in chosen)
    blob = json.dumps([dict(zip(map(str, ROLES), row, strict=True)) for row in chosen])
    prose = "Among them were " + ", ".join(f"{row[0]} {row[1]}, born {row[2]} in {row[6]}" for row in chosen) + "."
    for text in (one_line, blob, prose):
        judgement = judged(LEAK, text)
        assert set(range(20, 60)) <= located(LEAK, judgement)
        assert judgement.persons_matched <= 42


def test_the_strongest_row_wins_in_a_record():
    rows = [
        ["Maria", "Garcia", "1983-05-12", "A300000001"],
        ["Maria", "Garcia", "1983-05-12", "A417285936"],
        ["Maria", "Garcia", "1999-09-09", "A638201547"],
    ]
    leak = matcher([*rows, *(row[:4] for row in people(50))], (*NAMED, Role.ID))
    assert located(leak, judged(leak, ",".join(rows[1]))) == {1}
    assert located(leak, judged(leak, f"Maria Garcia {rows[2][3]}")) == {2}


def test_who_cannot_be_told_apart_counts_as_one_and_is_not_listed():
    rows = [["Maria", "Garcia", "1983-05-12", number] for number in ("A300000001", "A417285936", "A638201547")]
    leak = matcher([*rows, *(row[:4] for row in people(50))], (*NAMED, Role.ID))
    judgement = judged(leak, "Maria Garcia 1983-05-12")
    assert (judgement.persons_matched, judgement.rows_matched, judgement.rows) == (1, 1, ())
    assert judgement.is_match
    thrice = judged(leak, "Maria Garcia 1983-05-12\n" * 3)
    assert (thrice.persons_matched, thrice.rows_matched, thrice.rows) == (1, 3, ())
    both = judged(leak, "Maria Garcia 1983-05-12\nA417285936\n")
    assert (both.persons_matched, located(leak, both)) == (1, {1})


@pytest.mark.parametrize(("times", "matched", "decided"), [(1, 1, 0), (2, 2, 2), (5, 2, 2)])
def test_identical_rows_are_one_person(times, matched, decided):
    rows = [*ROWS[:20], ROWS[3]]
    leak = matcher(rows)
    judgement = judged(leak, written([ROWS[3]] * times, range(8)))
    assert judgement.persons_matched == 1
    assert judgement.rows_matched == matched
    assert located(leak, judgement) == ({3, 20} if decided else set())
    assert judgement.coverage == 1 / 20


def test_lines_inside_a_page_that_has_tables_are_records():
    rows = [row[:3] for row in ROWS[:10]]
    by_name = matcher(rows, NAMED)
    page = "Title\x1e" + written(rows, range(3), " ") + "\x1e" + "a\x1fb\x1e"
    assert located(by_name, judged(by_name, page)) == set(range(10))
    assert not judged(by_name, f"{rows[0][0]} {rows[0][1]}\n{rows[0][2]}\x1e").is_match


def test_cells_with_line_breaks_belong_to_their_row():
    given, family, born = ROWS[0][:3]
    by_name = matcher([ROWS[0][:3]], NAMED)
    assert judged(by_name, f"{given}\n{family}\x1f{born}\x1e").is_match


def test_wide_rows_are_one_record():
    row = ROWS[5]
    filler = ["filler text"] * 60
    assert judged(LEAK, "\x1f".join([row[0], row[1], *filler, row[2]]) + "\x1e").persons_matched == 1
    assert judged(LEAK, ",".join([row[0], row[1], *filler, row[2]])).persons_matched == 1


def test_line_ends_of_every_system():
    for end in ("\n", "\r\n", "\r"):
        assert located(LEAK, judged(LEAK, written(ROWS[:5], range(3)).replace("\n", end))) == set(range(5))


def test_an_id_without_digits_is_found():
    leak = matcher(
        [["jdoe_nyc", "Jo", "Doe"], ["mgarcia", "Ma", "Garcia"]], (Role.ID, Role.GIVEN_NAME, Role.FAMILY_NAME)
    )
    assert located(leak, judged(leak, "jdoe_nyc Jo Doe")) == {0}


def test_ids_of_random_letters_and_digits():
    rng = random.Random(9)
    rows = [["".join(rng.choices("abcdef0123456789", k=32))] for _ in range(300)]
    leak = matcher(rows, (Role.ID,))
    uuids = [f"{row[0][:8]}-{row[0][8:12]}-{row[0][12:16]}-{row[0][16:20]}-{row[0][20:]}".upper() for row in rows]
    assert located(leak, judged(leak, "\n".join(f"user={uuid}" for uuid in uuids))) == set(range(300))
    assert not judged(leak, "0123456789abcdef" * 2).is_match


def test_spaced_national_ids():
    leak = matcher([["QQ123456C"], ["AB654321D"]], (Role.ID,))
    assert located(leak, judged(leak, "QQ 12 34 56 C")) == {0}


def test_other_scripts():
    rows = [["Фатіма", "Коваленко", "12.05.1983"], ["محمد", "علی", "1990-02-03"], ["小明", "王", "1975年3月9日"]]
    leak = matcher(rows, NAMED)
    assert located(leak, judged(leak, "КОВАЛЕНКО Фатіма, 12 травня 1983 р.")) == {0}
    assert located(leak, judged(leak, "محمد علي ٣/٢/١٩٩٠")) == {1}
    assert located(leak, judged(leak, "王,小明,1975-03-09")) == {2}


def test_a_judgement_shows_no_rows_when_printed():
    judgement = judged(LEAK, written(ROWS[:3], range(8)))
    assert judgement.rows
    assert "rows=" not in repr(judgement).replace("rows_matched=", "")


def test_the_wrong_key_finds_nothing():
    other = Matcher(fingerprint(ROWS), type(KEY)(bytes(32)))
    assert not judged(other, written(ROWS, range(8))).is_match


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.one_of(st.text(max_size=50), st.sampled_from([*ROWS[0], "\x1e", "\x1f", "\n", "(", "1983", "@"])),
        max_size=40,
    )
)
def test_any_text_is_read_without_a_crash(pieces):
    judgement = judged(LEAK, "".join(pieces))
    assert 0 <= judgement.confidence <= 1
    assert judgement.is_match == (judgement.persons_matched > 0)
    assert len(judgement.rows) <= judgement.rows_matched


def test_neighbors_in_one_long_line_make_no_third_person():
    rng = random.Random(8)
    by_name = matcher([row[:3] for row in people(6000)], NAMED)
    leaked = {tuple(row[:3]) for row in people(6000)}
    strangers = [row for row in people(2000, seed=9) if tuple(row[:3]) not in leaked]
    rng.shuffle(strangers)
    for text in (" ".join(" ".join(row[:3]) for row in strangers), json.dumps([row[:3] for row in strangers])):
        assert not judged(by_name, text).is_match


def test_objects_on_one_line_are_records_whatever_the_order_of_their_fields():
    order = [1, 6, 4, 5, 7, 3, 0, 2]
    blob = "[" + ", ".join(_json(row, order) for row in ROWS[:50]) + "]"
    judgement = judged(LEAK, blob)
    assert located(LEAK, judgement) == set(range(50))
    assert judgement.persons_matched == 50
