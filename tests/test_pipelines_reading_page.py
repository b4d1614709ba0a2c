"""HTML as people write it: what stands together on the page stands together in a record or line."""

import html

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.reading.formats import hypertext
from pipelines.reading.page import page_records
from pipelines.reading.sample import Sample
from pipelines.reading.structure import RS, US

WORDS = st.text(st.characters(categories=("Lu", "Ll", "Lo", "Nd")), min_size=1, max_size=8)


def records(page: str) -> list[list[str]]:
    found = []
    for part in "".join(page_records(page)).split(RS):
        found += [part.split(US)] if US in part else [[line] for line in part.split("\n") if line]
    return found


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(WORDS, min_size=2, max_size=5), min_size=1, max_size=8), st.data())
def test_any_table_is_found_in_any_dress(rows: list[list[str]], data: st.DataObject) -> None:
    dress = st.sampled_from(
        [("", ""), ("<b>", "</b>"), ("<span class='a>'>", "</span>"), ("\n  <p>", "</p>\n"), ("<!-- -->", "")]
    )
    tag = st.sampled_from([("<td>", "</td>"), ("<TD\n class=x>", "</TD>"), ("<th>", ""), ("<td>", "")])
    body = ""
    for row in rows:
        body += "<tr>"
        for cell in row:
            (opening, closing), (before, after) = data.draw(tag), data.draw(dress.filter(lambda d: "'" not in d[0]))
            body += opening + before + html.escape(cell) + after + closing
        body += data.draw(st.sampled_from(["</tr>", "", "\n"]))
    found = records(f"<html><body><table>{body}</table></body></html>")
    assert all(row in found for row in rows)


@settings(max_examples=200, deadline=None)
@given(st.text(st.sampled_from("<>/!-'\"=& ab1\ntdrp"), max_size=200))
def test_no_page_raises(page: str) -> None:
    records(page)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.sampled_from(["<p>", "</p>", "<", ">", "<!--", "<td>", "<a href='x>", "<i>", "</div>", '"', "<!x", "]]>"])
    )
)
def test_no_word_between_tags_is_lost(bits: list[str]) -> None:
    page = "".join(f" word{place} {bit} " for place, bit in enumerate(bits))
    text = "".join(page_records(page))
    assert all(f"word{place}" in text for place in range(len(bits)))


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<p>An<b>na</b> We<i>b</i>er</p>", [["Anna Weber"]]),
        ("<div><span>Anna</span><span>Weber</span></div>", [["Anna Weber"]]),
        ("<p>12<!-- -->.<!-- -->03<!-- -->.1980", [["12.03.1980"]]),
        ("<p>Anna\n   Weber</p>", [["Anna Weber"]]),
        ("<p>Anna\n   Weber,\n  1980</p>", [["Anna"], ["Weber,"], ["1980"], ["Anna Weber, 1980"]]),
        ("<div>" + "one\ntwo\n" * 8 + "</div>", [["one"], ["two"]] * 8),
        ("<ul><li>a 1<li>b 2</ul>", [["a 1"], ["b 2"]]),
        ("a<br>b<BR/>c", [["a"], ["b"], ["c"]]),
        ("<p>M&uuml;ller&nbsp;&#74;&#x6f;e&eacute; AT&T", [["Müller Joeé AT&T"]]),
        ("<p>x &#30; y &#x1f; z", [["x y z"]]),
        ("<p>x \x1e y \x1f z", [["x y z"]]),
        ("<dl><dt>Name<dd>Anna<dt>Born<dd>1980</dl>", [["Name", "Anna", "Born", "1980"]]),
        ("<table><tr><td>a<td>b<br>c</table>after", [["a", "b c"], ["after"]]),
        ("<td>a</td><td>b</td>", [["a", "b"]]),
        ("<table><tr><td><table><tr><td>a<td>b</table><td>c", [["a", "b"], ["c"]]),
        ("<![CDATA[Anna Weber]]>", [["Anna Weber"]]),
        ("<p hidden>a</p><style>b</style>", [["a"], ["b"]]),
        ("<pre>a,b\n<b>c</b>,d\n</pre>", [["a", "b"], ["c", "d"]]),
        ("<td><textarea>Anna</textarea></td><td><input value='Weber'></td>", [["Anna", "Weber"]]),
        ('<input value="Anna &amp; Co" type=text>', [["Anna & Co"]]),
        ("<a href='mailto:a@b.example'>write</a><a href='/x'>y</a>", [["mailto:a@b.example write y"]]),
        ("<textarea>a;b\n1;2\n", [["a", "b"], ["1", "2"]]),
        ("<td>1 < 2</td><td>3 > 2</td>", [["1 < 2", "3 > 2"]]),
    ],
)
def test_layouts(page: str, expected: list[list[str]]) -> None:
    assert records(page) == expected


def test_a_card_of_labels_and_values_is_one_record_too() -> None:
    page = "<table><tr><th>Name<td>Anna Weber</tr><tr><th>Born<td>1980-02-01</tr><tr><td>ID:<td>77</table>"
    assert ["Name", "Anna Weber", "Born", "1980-02-01", "ID:", "77"] in records(page)


def test_a_page_laid_out_in_a_table_has_lines() -> None:
    page = "<table><tr><td>" + "<br>".join(f"person {n}, {1950 + n}" for n in range(40)) + "<td>menu</table>"
    assert ["person 7, 1957"] in records(page)


def test_a_long_list_of_terms_has_one_record_each() -> None:
    page = "<dl>" + "".join(f"<dt>name{n}<dd>born {n}" for n in range(100)) + "</dl>"
    assert ["name42", "born 42"] in records(page)


def test_scripts_give_their_json_and_their_lines() -> None:
    page = """<script>window.a = {"people": [{"n": "Anna", "b": 1980}, {"n": "Bela", "b": 1971}]};
        let b = [{n: 'Cem', b: 1999}];</script>"""
    found = records(page)
    assert ["people", "n", "Anna", "b", "1980"] in found or ["n", "Anna", "b", "1980"] in found
    assert any("n: 'Cem', b: 1999" in line for record in found for line in record)


def test_a_tag_longer_than_a_segment_is_one_tag() -> None:
    words = ", ".join(f'{{"n": "name{n}", "b": {n}}}' for n in range(8000))
    page = f'<p>before<div data-all="{html.escape("[" + words + "]")}">after</div>'
    found = records(page)
    assert ["name7999", "7999"] in found
    assert found[-1] == ["after"]


@pytest.mark.parametrize(
    ("body", "is_page"),
    [
        (b"<!DOCTYPE html><p>x", True),
        (b"\xef\xbb\xbf\n<HTML>", True),
        (b"some text <b>bold</b> <i>x</i><br> more<br> and <a href='x'>y</a>", True),
        (b"<?xml version='1.0'?><people><person/></people>", False),
        (b"name,remark\nAnna,<3\nBela,a < b > c\n", False),
        (b'{"a": "<b>x</b>"}', False),
        (b"1 < 2", False),
    ],
)
def test_what_is_taken_for_a_page(body: bytes, is_page: bool) -> None:
    sample = Sample(body)
    json_first = body.startswith(b"{")
    assert (hypertext.recognize(sample) is not None and not json_first) is is_page
