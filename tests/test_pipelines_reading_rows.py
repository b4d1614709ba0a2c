"""No row of a delimited or JSON table is lost, whatever is in its cells."""

import csv
import io
import json

from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.reading.budget import Budget, Limits
from pipelines.reading.formats import json_values, plain
from pipelines.reading.json_records import JsonRecords
from pipelines.reading.rows import delimiter_of, rows_of
from pipelines.reading.sample import Sample
from pipelines.reading.structure import RS, US, lines

CELLS = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn")) | st.sampled_from("\n\"',;|\\ "), max_size=12)
TABLES = st.integers(2, 6).flatmap(
    lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=2, max_size=12)
)


def squeezed(cells: list[str]) -> list[str]:
    return [" ".join(cell.split()) for cell in cells]


def records(pieces) -> list[list[str]]:
    return [squeezed(part.split(US)) for part in "".join(pieces).split(RS)]


@settings(max_examples=200, deadline=None)
@given(TABLES, st.sampled_from(",;\t|"), st.sampled_from(["\n", "\r\n"]))
def test_any_table_survives_csv(table: list[list[str]], delimiter: str, ending: str) -> None:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=ending, quoting=csv.QUOTE_ALL).writerows(table)
    text = out.getvalue().replace("\r\n", "\n").replace("\r", "\n")
    found = records(rows_of([text], delimiter))
    assert all(squeezed(row) in found for row in table)


@settings(max_examples=200, deadline=None)
@given(TABLES, st.booleans())
def test_any_table_survives_json(table: list[list[str]], as_objects: bool) -> None:
    names = [f"field{place}" for place in range(len(table[0]))]
    value = [dict(zip(names, row, strict=True)) for row in table] if as_objects else table
    text = "".join(JsonRecords().of(json.loads(json.dumps(value))))
    words = {word for row in table for cell in row for word in cell.split()}
    assert all(word in text for word in words if not set(word) & set('<>{}[]"\\&'))
    plain_rows = [row for row in table if not any(cell.lstrip()[:1] in ("{", "[", "<") for cell in row)]
    found = [[cell for cell in record if cell not in names] for record in records([text])]
    for row in plain_rows:
        assert [cell for cell in squeezed(row) if cell and cell not in names] in [
            list(filter(None, one)) for one in found
        ]


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300), st.sampled_from(",;\t|"))
def test_no_text_raises_and_no_word_is_lost(text: str, delimiter: str) -> None:
    given_text = "".join(rows_of([text.replace("\r", "\n")], delimiter))
    for word in text.replace(delimiter, " ").split():
        if word.isalnum():
            assert word in given_text


@settings(max_examples=100, deadline=None)
@given(st.text(st.sampled_from('ab1,;()[]{}>\n "'), min_size=1900, max_size=9000))
def test_cutting_long_lines_loses_nothing(text: str) -> None:
    cut = lines(text)
    for start in range(0, len(text) - 40, 40):
        word = text[start : start + 6]
        if word.isalnum():
            assert word in cut


def test_the_delimiter_is_what_agrees_best() -> None:
    assert delimiter_of("a;b;c\n1,5;2,5;x\n1,7;3;y\n") == ";"
    assert delimiter_of("a\tb\n1, 2\tx\n3\ty, z\n") == "\t"
    assert delimiter_of("just words\nand more of them\n") is None
    assert delimiter_of("") is None


def test_a_stray_quote_does_not_swallow_rows() -> None:
    text = 'a,b,c\n"open,1,2\n' + "".join(f"n{number},x,y\n" for number in range(300))
    found = records(rows_of([text], ","))
    assert all([f"n{number}", "x", "y"] in found or [f"n{number},x,y"] in found for number in range(300))


def test_a_cell_over_several_lines_is_one_cell_also_across_chunks() -> None:
    found = records(rows_of(['a,"first\n', 'second",c\nd,e,f\n'], ","))
    assert ["a", "first second", "c"] in found
    assert ["d", "e", "f"] in found


def read_json(text: str) -> list[list[str]]:
    return records(json_values.read(Sample(text.encode()), Budget(Limits())))


def test_json_shapes() -> None:
    assert read_json('{"a": 1, "b": {"c": "x", "d": [2, 3]}, "e": null}')[0] == [
        "a",
        "1",
        "b",
        "c",
        "x",
        "d",
        "2",
        "3",
        "e",
    ]
    family = {name: {"first": name, "born": "1980", "id": name * 2} for name in ("anna", "bela", "cem")}
    found = read_json(json.dumps({"city": "Graz", **family}))
    assert all({"anna", "1980", "annaanna"} - set(one) == set() for one in found if "annaanna" in one)
    assert not any({"annaanna", "belabela"} <= set(one) for one in found)
    assert ["A", "x"] in read_json('{"n": {"0": "A", "1": "B"}, "d": {"0": "x", "1": "y"}}')
    assert ["B", "y"] in read_json('{"n": ["A", "B"], "d": ["x", "y"]}')


def test_json_strings_that_hold_documents_are_read_as_these() -> None:
    inner = json.dumps(json.dumps([{"n": "Anna", "b": "1980"}]))
    assert ["Anna", "1980"] in [[c for c in one if c not in ("n", "b")] for one in read_json(f'{{"data": {inner}}}')]
    assert ["Anna", "1980"] in read_json(json.dumps({"text": "n,b\nAnna,1980\nBela,1971\nCem,1999\n"}))
    assert ["Anna", "1980"] in read_json(json.dumps(["<table><tr><td>Anna</td><td>1980</td></tr></table>"]))


def test_large_json_is_streamed_record_by_record() -> None:
    people = [{"id": number, "name": f"name{number}", "tags": ["x"]} for number in range(120_000)]
    text = json.dumps(
        {"meta": {"n": 1}, "people": people, "more": {str(number): f"v{number}" for number in range(9000)}}
    )
    assert len(text) > 4 << 20
    found = {tuple(one) for one in read_json(text)}
    assert all((str(number), f"name{number}", "x") in found for number in range(1, 120_000, 7))
    assert any("v8999" in one for one in found)


def test_json_cut_short_gives_its_rows() -> None:
    people = json.dumps([{"id": number, "name": f"name{number}"} for number in range(2000)])
    text = "\n".join(",".join(one) for one in read_json(people[: len(people) // 2]))
    assert all(
        f'"id": {number}, "name": "name{number}"' in text or f"{number},name{number}" in text for number in range(900)
    )


def test_delimited_text_with_separator_marks_in_it_keeps_its_rows() -> None:
    found = records(plain.read(Sample(b"a\x1fa,b\nc,d\x1ed\n"), Budget(Limits())))
    assert ["a a", "b"] in found
    assert ["c", "d d"] in found
