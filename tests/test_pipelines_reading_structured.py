"""XML, YAML, RDF, vCards and office documents in their details; nothing in them is lost."""

import io
import re
from collections.abc import Iterator

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from pipelines.items import Reason
from pipelines.reading.budget import Budget, Limits
from pipelines.reading.pool import ReaderPool
from pipelines.reading.structure import RS, US
from pipelines.reading.xml_events import records
from pipelines.reading.xml_records import XmlRecords
from pipelines.reading.yaml_records import YamlRecords
from tests.readings import read
from tests.test_pipelines_reading_formats import zipped

WORDS = st.text("abcxyzäßЖ中 '\"-:#&*!|>%@`{}[],?\\", min_size=1, max_size=12)


@pytest.fixture(scope="module")
def pool() -> Iterator[ReaderPool]:
    with ReaderPool(workers=1) as pool:
        yield pool


def xml(text: str) -> list[list[str]]:
    out = "".join(records([text.encode()], XmlRecords(), Budget(Limits()), "utf-8"))
    return [part.split(US) for part in out.split(RS) if part]


def from_yaml(text: str, *, by_line: bool = False) -> list[list[str]]:
    chunks = text.splitlines(keepends=True) if by_line else [text]
    return [part.split(US) for part in "".join(YamlRecords().of(chunks)).split(RS) if part]


def test_an_element_is_one_record_with_what_belongs_to_it() -> None:
    text = "<l><p id='7'><n><g>A</g><f>B</f></n><b>1980</b></p><p id='8'><n>C</n><a><c>D</c></a><a><c>E</c></a></p></l>"
    assert xml(text) == [["A", "B"], ["7", "1980", "A", "B"], ["D"], ["E"], ["8", "C"]]


def test_what_is_wrong_in_xml_ends_nothing(pool: ReaderPool) -> None:
    body = "<?xml version='1.0'?><a><b>x&nbsp;y</b><c>&uuml;&amp;&nothing;</c><d><![CDATA[z]]></d></a>"
    reading = read(pool, body.encode())
    assert (reading.reason, reading.records) == (None, [["x y", "ü&", "z"]])
    reading = read(pool, b"<?xml version='1.0'?><a><b>x & y</b><b>needle</b></z><b>later")
    assert reading.reason is None
    assert reading.records[0] == ["x y", "needle"]
    assert "later" in reading.text


def test_text_between_elements_is_read() -> None:
    assert xml("<p>Dear <b>Anna</b>, born <i>1980</i> here</p>") == [["Dear", "Anna", ", born", "1980", "here"]]


@given(st.lists(st.lists(WORDS, min_size=2, max_size=5), min_size=2, max_size=6), st.booleans(), st.booleans())
def test_any_list_of_mappings_in_yaml(rows: list[list[str]], by_line: bool, unicode: bool) -> None:
    data = [{f"k{place}": text for place, text in enumerate(row)} for row in rows]
    found = from_yaml(yaml.safe_dump({"people": data}, allow_unicode=unicode), by_line=by_line)
    for row in rows:
        words = [" ".join(text.split()) for text in row if text.strip() and text.strip()[0] not in "{[<"]
        assert any(set(words) <= set(record) for record in found)


@given(st.text("ab:-# \n'\"|>[]{}&*?", max_size=120))
def test_no_word_of_yaml_is_lost(noise: str) -> None:
    out = "".join(YamlRecords().of([f"a: needle1\n- b: needle2\n{noise}\nc: needle3\n"]))
    assert all(f"needle{number}" in out for number in (1, 2, 3))


def test_yaml_in_its_styles() -> None:
    text = (
        "# a comment\n%TAG ! x\n---\npeople:\n- &a name: Anna  # first\n  born: !!str 1980-02-01\n  note: |\n"
        "    one\n    two\n  tags: [x, 'y z', {k: v}]\n- name: 'O''Brien'\n  born: \"19\\x380\"\n  none: ~\n"
        "  long: some\n    more\n- *a\n...\n---\nid7:\n  name: Zoë\n  address:\n    city: Rome\n"
    )
    found = from_yaml(text)
    assert any({"Anna", "1980-02-01", "one two", "x", "y z", "v"} <= set(row) for row in found)
    assert any({"O'Brien", "1980", "some more"} <= set(row) for row in found)
    assert any({"id7", "Zoë", "Rome"} <= set(row) for row in found)


@pytest.mark.parametrize("text", ["Name: Anna\nBorn: 1980\nCity: Rome\n", "- one\n- two\n- three\n", "a, b: c\nd\ne\n"])
def test_lines_with_colons_are_no_yaml(pool: ReaderPool, text: str) -> None:
    assert read(pool, text.encode()).end.media_type != "application/yaml"


def test_turtle_in_its_styles(pool: ReaderPool) -> None:
    text = (
        '@prefix p: <http://example.org/p#> .\n# comment\np:a1 a p:Person ; p:name "Zo\\u00eb", \'B "b"\'@de ;\n'
        ' p:note """two\nlines; here.\n""" ; p:age 41 ; p:home [ p:city "Rome" ] ; p:mail <mailto:z@example.org> .\n'
        'p:a2 p:name "Cyril"^^<http://www.w3.org/2001/XMLSchema#string>.\n'
    )
    found = read(pool, text.encode()).records
    assert any({"a1", "Zoë", 'B "b"', "41", "Rome", "z@example.org", "two lines; here."} <= set(row) for row in found)
    assert any({"a2", "Cyril"} <= set(row) for row in found)


def test_a_card_in_its_styles(pool: ReaderPool) -> None:
    text = (
        "BEGIN:VCARD\r\nVERSION:3.0\r\nitem1.EMAIL;TYPE=work:z@exa\r\n mple.org\r\nN:O\\,Brien;Zoë;;;\r\n"
        "BDAY;VALUE=date:19800201"
        '\r\nTEL;VALUE=uri:tel:+49-176-123\r\nADR;LABEL="a:b":;;Main St 1;Rome\r\n'
        "PHOTO;ENCODING=b:AAAA\r\n BBBB\r\nEND:VCARD\r\n"
    )
    assert read(pool, text.encode()).records == [
        ["z@example.org", "O,Brien", "Zoë", "1980-02-01", "+49-176-123", "Main St 1", "Rome"]
    ]


def test_nested_tables_and_deleted_text_of_a_docx(pool: ReaderPool) -> None:
    inner = "<tbl><tr><tc><p><r><t>in</t></r></p></tc><tc><p><r><t>ner</t></r></p></tc></tr></tbl>"
    document = (
        f"<document><body><p><r><t>An</t></r><r><t>na</t></r><tab/><r><delText>gone</delText></r></p><tbl><tr><tc>{inner}"
        "<p><r><t>outer</t></r></p></tc><tc><p><r><t>last</t></r></p></tc></tr></tbl></body></document>"
    )
    links = '<Relationships><Relationship Target="mailto:z@example.org"/></Relationships>'
    body = zipped(
        {
            "[Content_Types].xml": b"<Types/>",
            "word/document.xml": document.encode(),
            "word/_rels/document.xml.rels": links.encode(),
            "word/media/image1.png": b"\x89PNG\r\n\x1a\n",
            "word/embeddings/book.csv": b"a,b\n1,2\n3,4\n",
            "hidden/people.csv": b"Dora,5\nEmil,6\nFay,7\n",
        }
    )
    reading = read(pool, body)
    assert reading.reason is None
    for row in (
        ["Anna gone"],
        ["in", "ner"],
        ["in ner outer", "last"],
        ["mailto:z@example.org"],
        ["Dora", "5"],
        ["1", "2"],
    ):
        assert row in reading.records
    assert {end.member for end in reading.ends} == {("word/embeddings/book.csv",), ("hidden/people.csv",), ()}


def test_a_document_of_pictures_alone_has_to_be_looked_at(pool: ReaderPool) -> None:
    types, picture = b"<Types/>", b"\x89PNG\r\n\x1a\n"
    empty = {"[Content_Types].xml": types, "word/document.xml": b"<document><p/></document>"}
    assert read(pool, zipped(empty)).reason is None
    assert read(pool, zipped({**empty, "word/media/image1.png": picture})).reason is Reason.NEEDS_OCR
    kind = b"application/vnd.oasis.opendocument.text"
    odt = {"mimetype": kind, "content.xml": b"<d><p>\n</p></d>", "Pictures/1.png": picture}
    assert read(pool, zipped(odt)).reason is Reason.NEEDS_OCR
    assert read(pool, zipped({**odt, "content.xml": b"<d><p>text</p></d>"})).reason is None


def test_filled_forms_notes_and_attachments_of_a_pdf(pool: ReaderPool) -> None:
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.drawString(50, 700, "printed")
    canvas.acroForm.textfield(name="n", value="typed in", x=50, y=500, width=200)
    canvas.setAuthor("Zoë B")
    canvas.save()
    text = read(pool, out.getvalue()).text
    assert all(word in text for word in ("printed", "typed in", "Zoë B"))


def test_links_margins_and_tables_of_rtf(pool: ReaderPool) -> None:
    text = (
        r"{\rtf1\ansi\ansicpg1251{\header head\par}{\field{\*\fldinst{HYPERLINK "
        r'"mailto:z@example.org"}}{\fldrslt write}}\par \trowd a\cell b\cell\row '
        r"{\footnote foot}\'c0\'ed\'ed\'e0 \u26085?\par{\pict 0102ff}}"
    )
    reading = read(pool, text.encode())
    assert all(word in reading.text for word in ("head", "z@example.org", "write", "foot", "Анна", "日"))
    assert any(row[:2] == ["a", "b"] for row in reading.records)
    assert not re.search("0102ff", reading.text)
