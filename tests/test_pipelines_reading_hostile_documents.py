"""Tables and documents that are made to hurt, and damaged ones: each ends in time with the right reason."""

import io
import random
import sqlite3
import struct
import time
import zipfile
import zlib
from collections.abc import Iterator
from itertools import pairwise

import pytest

from pipelines.items import Reason
from pipelines.reading.pool import Limits, ReaderPool
from tests import documents
from tests.people import HEADER, people, rows
from tests.readings import Reading, read
from tests.test_pipelines_reading_formats import zipped
from tests.workbooks import binary_workbook

ROWS = rows(people(50))
TABLE = [list(HEADER), *ROWS]
LIMITS = Limits(seconds=8, wall_seconds=20)
DONE = (None, Reason.BROKEN)


@pytest.fixture(scope="module")
def pool() -> Iterator[ReaderPool]:
    with ReaderPool(1, LIMITS) as pool:
        yield pool


def read_in_time(pool: ReaderPool, body: bytes, seconds: float = 6) -> Reading:
    began = time.monotonic()
    reading = read(pool, body)
    assert time.monotonic() - began < seconds
    return reading


def entity_bomb(inner: str) -> bytes:
    names = "abcdefghij"
    entities = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in pairwise(names))
    return f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "haha">{entities}]>{inner}'.encode()


def docx_with(document: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(documents.docx(TABLE))) as whole:
        members = {name: whole.read(name) for name in whole.namelist()}
    return zipped({**members, "word/document.xml": document})


def pdf_of(*objects: bytes) -> bytes:
    """Return a PDF of numbered objects, the first of which is the catalog."""
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(out + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start))


def page(content: bytes, more: bytes = b"", resources: bytes = b"", *objects: bytes) -> bytes:
    return pdf_of(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>%s>>>>"
        % resources,
        b"<</Length %d%s>>stream\n%s\nendstream" % (len(content), more, content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        *objects,
    )


def test_entities_are_not_worth_much(pool: ReaderPool) -> None:
    reading = read_in_time(pool, entity_bomb("<x><p>before</p><p>&j;</p><p>after</p></x>"))
    assert "before" in reading.text
    assert len(reading.text) < 20 << 20
    office = read_in_time(pool, docx_with(entity_bomb('<w:p xmlns:w="w"><w:t>before</w:t><w:t>&j;</w:t></w:p>')))
    assert len(office.text) < 20 << 20


def test_no_file_is_opened_for_an_entity(pool: ReaderPool) -> None:
    head = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd"><!ENTITY % p SYSTEM "/etc/hosts">'
    head += "%p;]>"
    for body in (f"{head}<x><p>here &e;</p></x>".encode(), docx_with(f"{head}<p><t>here &e;</t></p>".encode())):
        reading = read_in_time(pool, body)
        assert "here" in reading.text
        assert "root:" not in reading.text
        assert "localhost" not in reading.text


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("deep", b"<?xml version='1.0'?>" + b"<a>" * 200_000 + b"needle"),
        ("attributes", b"<?xml version='1.0'?><a " + b" ".join(b"a%d='x'" % n for n in range(100_000)) + b"/>"),
        ("wide", b"<?xml version='1.0'?><a>" + b"<b>x</b>" * 500_000 + b"</a>"),
        (
            "names",
            b"<?xml version='1.0'?><a>" + b"".join(b"<b%d><c>x</c></b%d>" % (n, n) for n in range(100_000)) + b"</a>",
        ),
        ("comment", b"<!--" + b"-- " * 300_000),
        ("not closed", b"<?xml version='1.0'?><a><b>x" + b"<" * 500_000),
        ("deep yaml", b"a: 1\n- b: 2\n" + b"".join(b" " * n + b"- k:\n" for n in range(2000))),
        ("dashes", b"a:\n - b: 1\n - c: 2\n" + b"- " * 300_000),
        ("open quote", b'a:\n - b: 1\n - c: "x\n' + b' "y\n' * 200_000),
        ("folded yaml", b"a:\n - b: 1\n - c: x\n" + b"  z\n" * 300_000),
        ("rtf", b"{\\rtf1 " + b"{" * 200_000 + b"needle"),
        ("rtf fonts", b"{\\rtf1{\\fonttbl" + b"{\\f0\\fcharset" * 30_000),
        ("folded card", b"BEGIN:VCARD\nNOTE:x" + b"\n y" * 300_000),
        ("card", b"BEGIN:VCARD\n" + b"N;" * 300_000 + b"\n" + b'N;A="' * 100_000),
        ("headers", b"From: a\nTo: b\nSubject:" + b"\n x" * 300_000),
        ("mailbox", b"From a 10:10\nFrom: a\nTo: b\n\n" + b"\nFrom a 10:10\n" * 20_000),
        ("turtle", b"@prefix a: <b> .\n" + b'"' * 300_000),
        ("turtle brackets", b"@prefix a: <b> .\n" + b"[ " * 300_000),
        ("turtle quotes", b"@prefix a: <b> .\n" + b'""" \\' * 100_000),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_bait_takes_linear_time(pool: ReaderPool, name: str, body: bytes) -> None:
    assert read_in_time(pool, body).reason in (*DONE, Reason.BOMB)


def test_aliases_of_yaml_are_not_followed(pool: ReaderPool) -> None:
    levels = "\n".join(f"{b}: &{b} [{','.join([f'*{a}'] * 9)}]" for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    reading = read_in_time(pool, f"people:\n  - name: needle\n    born: 1980-02-01\na: &a [lol]\n{levels}\n".encode())
    assert reading.reason is None
    assert len(reading.text) < 2000
    assert reading.has_rows([["needle", "1980-02-01"]])


def test_deep_yaml_keeps_its_values(pool: ReaderPool) -> None:
    text = (
        "a: 1\n- b: 2\n- c: 3\n"
        + "".join(" " * depth + f"k{depth}:\n" for depth in range(1000))
        + " " * 1001
        + "x: needle\n"
    )
    assert "needle" in read_in_time(pool, text.encode()).text


def test_a_docx_that_unpacks_to_gigabytes_is_a_bomb(pool: ReaderPool) -> None:
    head = b'<w:document xmlns:w="w"><w:p><w:t>needle</w:t></w:p>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("word/document.xml", "w") as member:
            member.write(head)
            for _ in range(600):
                member.write(b"<w:p/>" * 170_000)
    reading = read_in_time(pool, out.getvalue(), 20)
    assert reading.reason in (Reason.BOMB, Reason.TIMEOUT)
    assert "needle" in reading.text


def test_a_pdf_whose_page_unpacks_to_a_gigabyte(pool: ReaderPool) -> None:
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b" " * (1 << 20)) for _ in range(1000)) + packer.flush()
    reading = read_in_time(pool, page(packed, b"/Filter/FlateDecode"), 20)
    assert reading.reason in (None, Reason.BROKEN, Reason.TIMEOUT, Reason.CRASHED_READER, Reason.TOO_BIG)


def test_a_pdf_with_forms_in_circles_and_trees_without_end(pool: ReaderPool) -> None:
    form = (
        b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>/Length 24>>stream\n"
        + b"/X Do " * 4
        + b"\nendstream"
    )
    body = page(b"BT /F 12 Tf 50 700 Td (needle one) Tj ET /X Do", b"", b"/XObject<</X 6 0 R>>", form)
    reading = read_in_time(pool, body)
    assert "needle one" in reading.text or reading.reason is Reason.CRASHED_READER
    tree = pdf_of(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2000000000>>")
    assert read_in_time(pool, tree, 20).reason in (*DONE, Reason.TIMEOUT)


def test_a_damaged_pdf_keeps_its_good_pages(pool: ReaderPool) -> None:
    whole = documents.pdf(TABLE)
    reading = read(pool, whole[: len(whole) * 2 // 3])
    assert sum(reading.has_rows([row]) for row in ROWS) >= 15 or reading.reason is Reason.BROKEN


def test_a_scanned_pdf_is_not_taken_for_an_empty_one(pool: ReaderPool) -> None:
    picture = b"<</Type/XObject/Subtype/Image/Width 2/Height 2/ColorSpace/DeviceGray/BitsPerComponent 8"
    picture += b"/Length 4>>stream\n\0\1\2\3\nendstream"
    body = page(b"q 600 0 0 800 0 0 cm /X Do Q", b"", b"/XObject<</X 6 0 R>>", picture)
    assert read(pool, body).reason is Reason.NEEDS_OCR


@pytest.mark.parametrize("seed", range(20))
def test_a_damaged_database_keeps_what_is_whole(pool: ReaderPool, seed: int) -> None:
    body = bytearray(documents.sqlite(TABLE))
    chance = random.Random(seed)
    for _ in range(30):
        body[chance.randrange(8192, len(body))] = chance.randrange(256)
    reading = read_in_time(pool, bytes(body))
    assert reading.reason in DONE


def test_a_database_made_to_hurt(pool: ReaderPool) -> None:
    database = sqlite3.connect(":memory:")
    database.execute("CREATE TABLE a (x)")
    database.execute("CREATE TABLE b (name, born)")
    database.execute("INSERT INTO a VALUES (1)")
    database.execute("ALTER TABLE a ADD COLUMN y AS (hex(zeroblob(400000000)))")
    database.execute("INSERT INTO b VALUES ('needle', '1980-02-01')")
    database.commit()
    body = database.serialize()
    reading = read_in_time(pool, body, 12)
    assert reading.has_rows([["needle", "1980-02-01"]])
    assert reading.reason is Reason.BROKEN
    many = bytearray(body)
    many[28:32] = struct.pack(">I", 0xFFFFFFFF)
    assert read_in_time(pool, bytes(many)).reason in DONE
    assert read_in_time(pool, body[:5000]).reason in DONE
    assert read_in_time(pool, body[:100]).reason is Reason.BROKEN


def test_an_empty_sheet_with_far_corners(pool: ReaderPool) -> None:
    import xlwt

    book = xlwt.Workbook()
    sheet = book.add_sheet("a")
    sheet.write(0, 0, "near")
    sheet.write(65535, 255, "far")
    out = io.BytesIO()
    book.save(out)
    reading = read_in_time(pool, out.getvalue(), 15)
    assert reading.reason in (Reason.CRASHED_READER, Reason.TOO_BIG) or {"near", "far"} <= {
        cell for row in reading.records for cell in row
    }


def test_a_binary_workbook_with_far_corners_costs_only_itself(pool: ReaderPool) -> None:
    reading = read_in_time(pool, binary_workbook({(0, 0): "near", (1048575, 16383): "far"}), 15)
    assert reading.reason in (Reason.CRASHED_READER, Reason.TOO_BIG)
    assert read(pool, b"a,b\n").reason is None


@pytest.mark.parametrize(
    "make",
    [documents.docx, documents.odt, documents.pdf, documents.xls, documents.parquet, documents.rtf, documents.eml],
)
def test_cut_and_flipped_files_end_in_a_reason(pool: ReaderPool, make) -> None:
    whole = make(TABLE)
    chance = random.Random(5)
    for _ in range(25):
        body = bytearray(whole)
        for _ in range(chance.randrange(1, 20)):
            body[chance.randrange(len(body))] = chance.randrange(256)
        cut = chance.randrange(len(body) // 2, len(body))
        for damaged in (bytes(body), bytes(body[:cut])):
            assert isinstance(read_in_time(pool, damaged, 12).reason, Reason | None)
