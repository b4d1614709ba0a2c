"""Documents built to hurt: each ends within its limits with the right reason, and harms only itself."""

import io
import struct
import time
import zipfile
import zlib
from collections.abc import Iterator

import pytest

from pipelines.items import Reason
from pipelines.reading.pool import Limits, ReaderPool
from tests.readings import Reading, read

ROWS = [["Anna", "Weber", "1980-02-01"], ["Bela", "Kovacs", "1971-11-30"]]
CSV = "".join(",".join(row) + "\n" for row in ROWS).encode()
LIMITS = Limits(unpacked=16 << 20, member=8 << 20, text=32 << 20, parts=200, depth=8, seconds=4, wall_seconds=20)
LONGEST = 6.0


@pytest.fixture(scope="module")
def pool() -> Iterator[ReaderPool]:
    with ReaderPool(workers=1, limits=LIMITS) as pool:
        yield pool


def survives(pool: ReaderPool, body: bytes) -> Reading:
    """Read a document in time, and an honest one after it."""
    began = time.monotonic()
    reading = read(pool, body)
    assert time.monotonic() - began < LONGEST
    following = read(pool, CSV)
    assert following.reason is None
    assert following.has_rows(ROWS)
    return reading


def zipped(*members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, body in members:
            archive.writestr(name, body)
    return out.getvalue()


def nested(levels: int) -> bytes:
    body = CSV
    for level in range(levels):
        body = zipped((f"{level}.zip" if level else "people.csv", body))
    return body


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_zip_bomb_is_stopped_and_what_came_before_is_kept(pool: ReaderPool, method: int) -> None:
    reading = survives(pool, zipped(("people.csv", CSV), *((f"{n}", bytes(20 << 20)) for n in range(4)), method=method))
    assert reading.has_rows(ROWS)
    reasons = [end.reason for end in reading.ends]
    assert reasons[0] is None
    assert Reason.BOMB in reasons
    assert None not in reasons[1:-1]


def test_a_member_too_large_is_read_as_far_as_allowed(pool: ReaderPool) -> None:
    reading = survives(pool, zipped(("large.csv", CSV + b"x,y,z\n" * (2 << 20))))
    assert reading.has_rows(ROWS)
    assert reading.ends[0].reason is Reason.TOO_BIG
    assert reading.ends[0].sha256 == b""


def test_overlapping_members_are_counted_each(pool: ReaderPool) -> None:
    packed = zlib.compressobj(wbits=-15)
    data = packed.compress(bytes(8 << 20)) + packed.flush()
    local = struct.pack("<4sHHHHHIIIHH", b"PK\3\4", 20, 0, 8, 0, 0, 0, len(data), 8 << 20, 1, 0) + b"a"
    entry = struct.pack(
        "<4sHHHHHHIIIHHHHHII", b"PK\1\2", 20, 20, 0, 8, 0, 0, 0, len(data), 8 << 20, 1, 0, 0, 0, 0, 0, 0
    )
    directory = (entry + b"a") * 100
    place = len(local) + len(data)
    end = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, 100, 100, len(directory), place, 0)
    reading = survives(pool, local + data + directory + end)
    assert Reason.BOMB in {part.reason for part in reading.ends}


def test_deep_nesting_ends_and_less_is_read(pool: ReaderPool) -> None:
    deep = survives(pool, nested(30))
    assert [end.reason for end in deep.ends] == [Reason.BOMB, *[None] * LIMITS.depth, None]
    assert survives(pool, nested(LIMITS.depth)).has_rows(ROWS)


def test_an_archive_that_holds_itself_ends(pool: ReaderPool) -> None:
    # Each level holds the same bytes twice, so that depth alone would leave 2^8 of them.
    body = zipped(("seed", CSV))
    for _ in range(LIMITS.depth + 2):
        body = zipped(("a.zip", body), ("b.zip", body), method=zipfile.ZIP_STORED)
    reading = survives(pool, body)
    assert Reason.BOMB in {end.reason for end in reading.ends}
    assert len(reading.ends) <= LIMITS.parts + LIMITS.depth + 2


def test_too_many_members_end_the_container(pool: ReaderPool) -> None:
    reading = survives(pool, zipped(*((f"{n}.txt", b"x") for n in range(500))))
    assert reading.reason is Reason.BOMB
    assert len(reading.ends) == LIMITS.parts + 1


def sheet(xml: str, **more: str) -> bytes:
    members = {"xl/workbook.xml": "<workbook/>", "xl/worksheets/sheet1.xml": xml, **more}
    return zipped(*((name, text.encode()) for name, text in members.items()))


def test_a_sparse_sheet_is_small(pool: ReaderPool) -> None:
    cell = "<row r='{0}'><c r='{1}{0}' t='str'><v>{2}</v></c></row>"
    rows = cell.format(1, "A", "first") + cell.format(1048576, "XFD", "last")
    assert survives(pool, sheet(f"<worksheet><sheetData>{rows}</sheetData></worksheet>")).records == [
        ["first"],
        ["last"],
    ]


def test_shared_strings_that_multiply_are_stopped(pool: ReaderPool) -> None:
    row = "<row>" + "<c t='s'><v>0</v></c>" * 100 + "</row>"
    xml = f"<worksheet><sheetData>{row * 1000}</sheetData></worksheet>"
    reading = survives(pool, sheet(xml, **{"xl/sharedStrings.xml": f"<sst><si><t>{'long ' * 6000}</t></si></sst>"}))
    assert reading.reason is Reason.BOMB


def test_entities_are_not_expanded(pool: ReaderPool) -> None:
    laughs = "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10 if n else 'lol'}'>" for n in range(12))
    xml = f"<!DOCTYPE w [{laughs}]><worksheet><row><c t='inlineStr'><is><t>&l11;</t></is></c></row></worksheet>"
    reading = survives(pool, sheet(xml))
    assert "lol" not in reading.text


def test_external_entities_are_not_read(pool: ReaderPool, tmp_path) -> None:
    (tmp_path / "secret").write_text("s3cr3t")
    xml = f"""<!DOCTYPE w [<!ENTITY x SYSTEM "file://{tmp_path}/secret">]>
        <worksheet><row><c t='inlineStr'><is><t>a&x;b</t></is></c></row></worksheet>"""
    assert "s3cr3t" not in survives(pool, sheet(xml)).text


HTML_BOMBS = {
    "61 KB of tags": b"<html>" + b"".join(b"<b %d>" % n for n in range(8000)),
    "200k nested divs": b"<html>" + b"<div>" * 200_000,
    "100k attributes": b"<html><p " + b"".join(b"a%d=%d " % (n, n) for n in range(100_000)) + b">",
    "unclosed tags": b"<html>" + b"<a " * 300_000,
    "unclosed quotes": b"<html>" + b"<a ='\"" * 200_000,
    "unclosed comments": b"<html>" + b"<!--" * 300_000,
    "unclosed scripts": b"<html>" + b"<script>" * 100_000,
    "bare brackets": b"<html>" + b"<" * 1_000_000,
    "data attributes": b"<html><p " + b"data-" * 200_000 + b"=1>",
    "entities": b"<html>" + b"&" * 1_000_000 + b"&#99999999999;" * 10_000,
    "JSON beginnings": b"<html><script>" + b"=[" * 200_000,
}


@pytest.mark.parametrize("name", HTML_BOMBS)
def test_pages_built_to_hang_parsers_are_read(pool: ReaderPool, name: str) -> None:
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in ROWS)
    reading = survives(pool, f"<html><table>{rows}</table>".encode() + HTML_BOMBS[name])
    assert reading.reason is None
    assert reading.has_rows(ROWS)


@pytest.mark.parametrize("opening", [b"[", b'{"a":', b'[{"a":'])
def test_deep_json_is_broken(pool: ReaderPool, opening: bytes) -> None:
    reading = survives(pool, opening * 100_000)
    assert reading.reason is Reason.BROKEN


def test_text_hidden_in_deep_json_is_still_given(pool: ReaderPool) -> None:
    body = b"[" * 2000 + b'"Anna Weber 1980-02-01"' + b"]" * 2000
    reading = survives(pool, body)
    assert reading.reason is Reason.BROKEN
    assert "Anna Weber 1980-02-01" in reading.text


def test_unclosed_quotes_lose_no_row(pool: ReaderPool) -> None:
    body = b'name,remark\n"Anna,never closed\n' + CSV * 2000 + b'x,"y\n' * 3000
    assert survives(pool, body).has_rows(ROWS)


@pytest.mark.parametrize("share", [0.3, 0.7, 0.95])
def test_a_cut_archive_gives_what_is_there(pool: ReaderPool, share: float) -> None:
    noise = bytes(range(256)) * 40
    whole = zipped(("people.csv", CSV), ("noise", noise), method=zipfile.ZIP_STORED)
    reading = survives(pool, whole[: int(len(whole) * share)])
    assert reading.has_rows(ROWS)
    assert reading.reason is Reason.BROKEN
    assert reading.ends[0].member == ("people.csv",)


def test_a_cut_workbook_gives_what_is_there(pool: ReaderPool) -> None:
    cells = "".join("<row>" + "".join(f"<c t='str'><v>{c}</v></c>" for c in row) + "</row>" for row in ROWS * 2000)
    whole = sheet(f"<worksheet><sheetData>{cells}</sheetData></worksheet>")
    reading = survives(pool, whole[: len(whole) // 2])
    assert reading.has_rows(ROWS)
    assert reading.reason is Reason.BROKEN


def test_a_wrong_checksum_keeps_what_was_read(pool: ReaderPool) -> None:
    body = bytearray(zipped(("people.csv", CSV), ("after.txt", b"after\n"), method=zipfile.ZIP_STORED))
    body[body.find(b"1971")] = ord("2")
    reading = survives(pool, bytes(body))
    assert [end.reason for end in reading.ends] == [Reason.BROKEN, None, None]
    assert reading.has_rows(ROWS[:1])
    assert "after" in reading.text


def test_encrypted_members_are_said_to_be(pool: ReaderPool) -> None:
    body = bytearray(zipped(("secret.csv", CSV), ("open.csv", CSV)))
    for mark, offset in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        body[body.find(mark) + offset] |= 1
    reading = survives(pool, bytes(body))
    assert [end.reason for end in reading.ends] == [Reason.ENCRYPTED, None, None]


def test_an_unknown_compression_is_unsupported(pool: ReaderPool) -> None:
    body = bytearray(zipped(("a", CSV), ("b", CSV)))
    for mark, offset in ((b"PK\3\4", 8), (b"PK\1\2", 10)):
        struct.pack_into("<H", body, body.find(mark) + offset, 9)
    assert [end.reason for end in survives(pool, bytes(body)).ends] == [Reason.UNSUPPORTED, None, None]


def test_member_names_that_are_no_text_hide_nothing(pool: ReaderPool) -> None:
    body = zipped(("people\N{SNOWMAN}.csv", CSV)).replace("\N{SNOWMAN}".encode(), b"\xff\xfe\xfd")
    assert survives(pool, body).has_rows(ROWS)


def test_a_program_text_that_begins_like_json_is_text(pool: ReaderPool) -> None:
    assert survives(pool, b"[1, 2]\n" + CSV).has_rows([[",".join(row)] for row in ROWS])
