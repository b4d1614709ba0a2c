"""The same people in every supported format, written by other libraries than those that read them."""

import csv
import html
import io
import json
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from itertools import pairwise

import odf.opendocument
import odf.table
import odf.text
import openpyxl
import openpyxl.comments
import pytest

from pipelines.items import Reason
from pipelines.reading.pool import ReaderPool
from tests.people import HEADER, people, rows
from tests.readings import read

ROWS = rows(people(50))
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODS = "application/vnd.oasis.opendocument.spreadsheet"


@pytest.fixture(scope="module")
def pool() -> Iterator[ReaderPool]:
    with ReaderPool(workers=1) as pool:
        yield pool


def delimited(delimiter: str = ",", quoting: int = csv.QUOTE_MINIMAL, **more) -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, quoting=quoting, **more)
    writer.writerows([HEADER, *ROWS])
    return out.getvalue()


def page() -> str:
    body = "".join("<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>" for row in ROWS)
    return f"<!DOCTYPE html><html><head><title>x</title></head><body><table>{body}</table></body></html>"


def objects() -> list[dict[str, str]]:
    return [dict(zip(HEADER, row, strict=True)) for row in ROWS]


def xlsx(*, write_only: bool = False) -> bytes:
    book = openpyxl.Workbook(write_only=write_only)
    sheet = book.create_sheet("people") if write_only else book.active
    for row in [list(HEADER), *ROWS]:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def ods() -> bytes:
    document = odf.opendocument.OpenDocumentSpreadsheet()
    table = odf.table.Table(name="people")
    for row in [list(HEADER), *ROWS]:
        line = odf.table.TableRow()
        for text in row:
            cell = odf.table.TableCell(valuetype="string")
            cell.addElement(odf.text.P(text=text))
            line.addElement(cell)
        table.addElement(line)
    document.spreadsheet.addElement(table)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, body in members.items():
            archive.writestr(name, body)
    return out.getvalue()


BODIES = {
    "csv": (delimited().encode(), "text/csv"),
    "semicolons": (delimited(";").encode("utf-8-sig"), "text/csv"),
    "tabs, all quoted": (delimited("\t", csv.QUOTE_ALL).encode(), "text/tab-separated-values"),
    "pipes": (delimited("|", lineterminator="\n").encode(), "text/csv"),
    "old Mac line ends": (delimited(lineterminator="\r").encode(), "text/csv"),
    "backslash escapes": (delimited(doublequote=False, escapechar="\\").encode(), "text/csv"),
    "utf-16": (delimited().encode("utf-16"), "text/csv"),
    "utf-16 without mark": (delimited().encode("utf-16-le"), "text/csv"),
    "big-endian utf-16 without mark": (delimited().encode("utf-16-be"), "text/csv"),
    "utf-32": (delimited().encode("utf-32"), "text/csv"),
    "utf-32 without mark": (delimited().encode("utf-32-be"), "text/csv"),
    "preamble": (("Report of the day\n\nfor internal use only\n" + delimited()).encode(), "text/csv"),
    "html": (page().encode(), "text/html"),
    "html in utf-16": (page().encode("utf-16"), "text/html"),
    "pre": (f"<html><body><pre>{html.escape(delimited())}</pre>".encode(), "text/html"),
    "textarea": (f"<html><textarea name=t>{html.escape(delimited(';'))}</textarea>".encode(), "text/html"),
    "comment": (f"<html><p>nothing</p><!-- {page()[60:]} -->".encode(), "text/html"),
    "json in a script": (f"<html><script>let d = {json.dumps(objects())};</script>".encode(), "text/html"),
    "json in an attribute": (
        f'<html><div id=a data-page="{html.escape(json.dumps({"p": objects()}))}">x</div>'.encode(),
        "text/html",
    ),
    "json": (json.dumps({"total": 50, "results": objects()}, indent=2).encode(), "application/json"),
    "json, escaped": (json.dumps(objects(), ensure_ascii=True).encode("utf-16"), "application/json"),
    "json rows": (json.dumps({"columns": HEADER, "data": ROWS}).encode(), "application/json"),
    "json columns": (
        json.dumps({name: [row[place] for row in ROWS] for place, name in enumerate(HEADER)}).encode(),
        "application/json",
    ),
    "json by ID": (json.dumps({row[0]: dict(zip("bcdefgh", row[1:], strict=True)) for row in ROWS}).encode(),) * 1
    + ("application/json",),
    "json lines": ("\n".join(map(json.dumps, objects())).encode(), "application/json"),
    "json with NaN": (json.dumps([{**person, "x": float("nan")} for person in objects()]).encode(), "application/json"),
    "a paste in json": (json.dumps({"id": 7, "content": delimited()}).encode(), "application/json"),
    "a page in json": (json.dumps({"content": {"rendered": page()[60:-20]}}).encode(), "application/json"),
    "xlsx": (xlsx(), XLSX),
    "xlsx with inline strings": (xlsx(write_only=True), XLSX),
    "ods": (ods(), ODS),
    "zip": (zipped({"a/people.csv": delimited().encode()}), "application/zip"),
    "zip, stored": (zipped({"people.csv": delimited().encode()}, zipfile.ZIP_STORED), "application/zip"),
    "zip, bzip2": (zipped({"people.csv": delimited().encode()}, zipfile.ZIP_BZIP2), "application/zip"),
    "zip, lzma": (zipped({"people.csv": delimited().encode()}, zipfile.ZIP_LZMA), "application/zip"),
    "xlsx in zip in zip": (zipped({"b.zip": zipped({"a": b"", "people.bin": xlsx()})}), "application/zip"),
    "zip behind a picture": (b"\xff\xd8\xff\xe0" + bytes(500) + zipped({"p": page().encode()}), "application/zip"),
}


@pytest.mark.parametrize("name", BODIES)
def test_every_row_is_one_record(pool: ReaderPool, name: str) -> None:
    body, media_type = BODIES[name]
    reading = read(pool, body)
    assert reading.reason is None
    assert reading.end.media_type == media_type
    assert reading.end.size == len(body)
    assert reading.has_rows(ROWS)


def test_xlsx_cells_are_read_as_people_see_them(pool: ReaderPool) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(
        [date(1980, 2, 1), datetime.fromisoformat("1999-12-31T23:05"), 491761234500, 0.1 + 0.2, True, None, "  a\nb "]
    )
    sheet["A2"], sheet["A2"].number_format = 1, "dd.mm.yyyy"
    sheet["B2"], sheet["B2"].number_format = 59, '[$-407]d". "mmmm" "yyyy'
    sheet["C2"], sheet["C2"].number_format = 61, "m/d/yy"
    sheet["D2"], sheet["D2"].number_format = 61, '0.00" days"'
    sheet["E2"], sheet["E2"].number_format = 61, "[Red]0"
    out = io.BytesIO()
    book.save(out)
    assert read(pool, out.getvalue()).records == [
        ["1980-02-01", "1999-12-31 23:05:00", "491761234500", "0.3", "a b"],
        ["1900-01-01", "1900-02-28", "1900-03-01", "61", "61"],
    ]


def test_xlsx_in_the_1904_date_system(pool: ReaderPool) -> None:
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.active.append([date(1980, 2, 1)])
    out = io.BytesIO()
    book.save(out)
    assert read(pool, out.getvalue()).records == [["1980-02-01"]]


def test_hidden_sheets_and_notes_are_read(pool: ReaderPool) -> None:
    book = openpyxl.Workbook()
    book.create_sheet("b").append(["under the carpet"])
    book["b"].sheet_state = "veryHidden"
    book.active["A1"] = "seen"
    book.active["A1"].comment = openpyxl.comments.Comment("whispered", "x")
    out = io.BytesIO()
    book.save(out)
    assert {"seen", "under the carpet", "whispered"} <= {
        cell for row in read(pool, out.getvalue()).records for cell in row
    }


def test_the_pivot_cache_of_a_deleted_sheet_is_read(pool: ReaderPool) -> None:
    names = b"<cacheField name='n'><sharedItems><s v='Anna'/><s v='Bela'/></sharedItems></cacheField>"
    born = b"<cacheField name='b'><sharedItems/></cacheField>"
    body = zipped(
        {
            "xl/workbook.xml": b"<workbook/>",
            "xl/pivotCache/pivotCacheDefinition1.xml": b"<d><cacheFields>" + names + born + b"</cacheFields></d>",
            "xl/pivotCache/pivotCacheRecords1.xml": b"<p><r><x v='1'/><d v='1980-02-01T00:00:00'/></r></p>",
        }
    )
    assert read(pool, body).records == [["Bela", "1980-02-01"]]


def test_deleted_shared_strings_are_read_and_missing_ones_are_a_fault(pool: ReaderPool) -> None:
    sheet = b"<worksheet><sheetData><row><c t='s'><v>0</v></c></row></sheetData></worksheet>"
    strings = b"<sst><si><t>kept</t></si><si><r><t>left </t></r><r><t>over</t></r><rPh><t>x</t></rPh></si></sst>"
    members = {"xl/worksheets/sheet1.xml": sheet, "xl/sharedStrings.xml": strings}
    assert read(pool, zipped(members)).records == [["kept"], ["left over"]]
    broken = read(pool, zipped({"xl/worksheets/sheet1.xml": sheet.replace(b"<v>0", b"<v>7")}))
    assert broken.reason is Reason.BROKEN


def test_files_in_a_workbook_are_members(pool: ReaderPool) -> None:
    with zipfile.ZipFile(io.BytesIO(xlsx())) as whole:
        members = {name: whole.read(name) for name in whole.namelist()}
    reading = read(pool, zipped({**members, "xl/embeddings/inner.csv": b"a,b\n1,2\n"}))
    assert [end.member for end in reading.ends] == [("xl/embeddings/inner.csv",), ()]
    assert not reading.end.is_container


def test_ods_values_and_repetitions(pool: ReaderPool) -> None:
    office, table = (
        "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
        "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    )
    content = f"""<o:document-content xmlns:o="{office}" xmlns:t="{table}" xmlns:x="x"><t:table><t:table-row
        t:number-rows-repeated="1048576"><t:table-cell o:value-type="date" o:date-value="1980-02-01T00:00:00"><x:p>x
        </x:p></t:table-cell><t:table-cell o:value-type="float" o:value="4.9176E11"/><t:table-cell
        t:number-columns-repeated="16384"/><t:table-cell o:value-type="string" t:number-columns-repeated="1000000"
        ><x:p>An<x:span>na</x:span><x:s/>B</x:p><o:annotation><x:p>noted</x:p></o:annotation></t:table-cell>
        </t:table-row></t:table></o:document-content>"""
    body = zipped({"mimetype": ODS.encode(), "content.xml": content.encode()})
    assert read(pool, body).records == [["1980-02-01", "491760000000", *["Anna B"] * 16], ["noted"]]


def test_members_of_an_archive(pool: ReaderPool) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("d/", "")
        archive.writestr("same.txt", "first\n")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("same.txt", "second\n")
        archive.writestr("empty", "")
        archive.writestr("photo.txt", b"\x89PNG\r\n\x1a\n....")
        link = zipfile.ZipInfo("link")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    reading = read(pool, out.getvalue())
    assert [(end.member, end.reason) for end in reading.ends] == [
        (("same.txt",), None),
        (("same.txt",), None),
        (("empty",), None),
        (("photo.txt",), Reason.UNSUPPORTED),
        (("link",), Reason.UNSUPPORTED),
        ((), None),
    ]
    assert reading.records == [["first"], ["second"]]
    assert reading.end.is_container


@pytest.mark.parametrize(
    ("body", "media_type"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "application/x-ole-storage"),
        (b"Rar!\x1a\x07\x01\x00abc", "application/vnd.rar"),
        (b"7z\xbc\xaf\x27\x1c\x00\x04", "application/x-7z-compressed"),
        (b"\x1f\x8b\x08\x00abc", "application/gzip"),
        (b"\0\1\0\0Standard Jet DB\0" + bytes(100), "application/x-msaccess"),
        (bytes(range(256)) * 20, "application/octet-stream"),
    ],
)
def test_known_and_unknown_binary_data_is_unsupported(pool: ReaderPool, body: bytes, media_type: str) -> None:
    reading = read(pool, body)
    assert (reading.reason, reading.end.media_type, reading.text) == (Reason.UNSUPPORTED, media_type, "")


def test_a_workbook_with_a_password_is_encrypted(pool: ReaderPool) -> None:
    body = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(100)
    assert read(pool, body).reason is Reason.ENCRYPTED
    sealed = zipped(
        {"mimetype": ODS.encode(), "content.xml": b"\x01\x02", "META-INF/manifest.xml": b"<m><encryption-data/></m>"}
    )
    assert read(pool, sealed).reason is Reason.ENCRYPTED


def test_an_empty_body_is_read(pool: ReaderPool) -> None:
    reading = read(pool, b"")
    assert (reading.reason, reading.text, reading.end.media_type) == (None, "", "application/x-empty")


def test_names_say_nothing_about_content(pool: ReaderPool) -> None:
    reading = read(pool, zipped({"evil.exe": delimited().encode(), "data.csv": b"%PDF-1.4", "x.txt": xlsx()}))
    assert [end.media_type for end in reading.ends] == ["text/csv", "application/pdf", XLSX, "application/zip"]


def test_long_lines_are_cut_where_rows_meet(pool: ReaderPool) -> None:
    values = ",".join("(" + ",".join(f"'{cell}'" for cell in row) + ")" for row in ROWS)
    reading = read(pool, f"INSERT INTO t VALUES {values};\n".encode())
    lines = [record[0] if len(record) == 1 else ",".join(record) for record in reading.records]
    assert all(any(all(cell in line for cell in row) for line in lines) for row in ROWS)
    assert max(map(len, lines)) < 2500


def test_blind_cuts_leave_every_short_row_whole(pool: ReaderPool) -> None:
    words = [f"word{number:07}" for number in range(30_000)]
    lines = read(pool, " ".join(words).encode()).text.split("\n")
    assert all(any(f"{a} {b}" in line for line in lines) for a, b in list(pairwise(words))[::997])
