"""SQL dumps as the real tools wrote them (tests/dumps), and what is made to hurt the scanner.

The files hold one synthetic table: `people.json`, dumped by sqlite3 3.40, mariadb-dump 10.11 and pg_dump 15.
"""

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.reading.pool import ReaderPool
from pipelines.reading.sql_rows import SqlRows
from pipelines.reading.structure import RS, US
from tests.readings import read

DUMPS = Path(__file__).parent / "dumps"
ROWS = [
    [" ".join(cell.split()) for cell in row] for row in json.loads((DUMPS / "people.json").read_text("utf-8"))["rows"]
]
CELLS = st.lists(
    st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="<{["), max_size=20),
    min_size=2,
    max_size=5,
)


@pytest.fixture(scope="module")
def pool() -> Iterator[ReaderPool]:
    with ReaderPool(workers=1) as pool:
        yield pool


def records(text: str, *, has_escapes: bool = False, by_line: bool = False) -> list[list[str]]:
    chunks = text.splitlines(keepends=True) if by_line else [text]
    out = "".join(SqlRows(has_escapes=has_escapes).of(chunks))
    return [part.split(US) for part in out.split(RS) if US in part]


@pytest.mark.parametrize("name", sorted(path.name for path in DUMPS.glob("*.sql")))
def test_real_dumps(pool: ReaderPool, name: str) -> None:
    reading = read(pool, (DUMPS / name).read_bytes())
    assert (reading.reason, reading.end.media_type) == (None, "application/sql")
    assert reading.has_rows(ROWS)


def test_a_script_of_sql_server(pool: ReaderPool) -> None:
    head = "USE [d]\r\nGO\r\nSET IDENTITY_INSERT [dbo].[People] ON \r\nGO\r\n"
    insert = "INSERT [dbo].[People] ([Id], [Name], [Born], [Seen]) VALUES "
    body = head + (
        insert
        + "(1, N'O''Brien', CAST(N'1980-02-01' AS Date), CAST(N'2020-01-02T03:04:05.000' AS DateTime))\r\nGO\r\n"
        + insert
        + "(2, N'Zoë', CAST(0xF6080B00 AS Date), CAST(0x0000732000000000 AS DateTime))\r\nGO\r\n"
        + insert
        + "(3, NULL, CAST(0x5B950A00 AS Date), NULL)\r\n"
    )
    found = read(pool, body.encode("utf-16")).records
    assert ["1", "O'Brien", "1980-02-01", "2020-01-02T03:04:05.000"] in found
    assert ["2", "Zoë", "1981-01-11", "1980-09-10"] in found
    assert ["3", "1900-01-01"] in found


@given(st.lists(CELLS, min_size=1, max_size=5), st.booleans(), st.booleans())
def test_any_text_comes_back(rows: list[list[str]], has_escapes: bool, by_line: bool) -> None:
    def quoted(cell: str) -> str:
        escaped = cell.replace("\\", "\\\\") if has_escapes else cell
        return "'" + escaped.replace("'", "\\'" if has_escapes else "''") + "'"

    values = ",\n".join("(1, " + ", ".join(map(quoted, row)) + ")" for row in rows)
    text = f"-- a dump\nINSERT INTO people (a, b) VALUES {values};\nCOMMIT;\n"
    expected = [["1", *(cell for row_cell in row if (cell := " ".join(row_cell.split())))] for row in rows]
    found = records(text, has_escapes=has_escapes, by_line=by_line)
    assert [row for row in expected if row != ["1"]] == [
        row for row in ([cell for cell in cells if cell] for cells in found) if row != ["1"]
    ]


@given(st.text("INSERTVALUES '\"\\(),;\n\tCOPYFROMstdinx0", max_size=200), st.booleans())
def test_no_word_is_lost(noise: str, has_escapes: bool) -> None:
    text = f"INSERT INTO a VALUES ({noise}\nneedle7 end\nINSERT INTO a VALUES (1,'needle8');\n"
    out = "".join(SqlRows(has_escapes=has_escapes).of(text.splitlines(keepends=True)))
    assert "needle7" in out
    assert "needle8" in out


def test_values_of_many_kinds() -> None:
    text = (
        "INSERT INTO t VALUES(1,replace('a\\nb','\\n',char(10)),unistr('x\\u000ay'),X'416e6e61',0x416e6e61,_binary 'z',"
        "-1.5e3,NULL,TRUE,E'it\\'',to_date('1980-02-01','YYYY'),\"double\"\"d\",'');"
    )
    text = text.replace("E'it\\''", "E'it\\n'")
    assert records(text) == [
        ["1", "a b", "x y", "Anna", "Anna", "z", "-1.5e3", "it", "1980-02-01 YYYY", 'double"d'],
    ]


@pytest.mark.parametrize(
    "bait",
    [
        "INSERT INTO a VALUES(\\'\n" * 60_000,
        "INSERT INTO a VALUES ((((((((((((\n" * 30_000,
        "INSERT INTO a (" + "a," * 500_000,
        "INSERT INTO a VALUES " + "(" * 1_000_000,
        "INSERT INTO a VALUES ('" + "''" * 600_000,
        "INSERT " * 150_000,
        "COPY a FROM stdin;\n" * 60_000,
        "INSERT INTO a VALUES (1)" + "\n" * 1_000_000,
        "INSERT INTO a VALUES (1)" + "--\n" * 400_000,
    ],
    ids=range(9),
)
@pytest.mark.parametrize("has_escapes", [False, True])
def test_bait_takes_linear_time(bait: str, has_escapes: bool) -> None:
    began = time.process_time()
    for _ in SqlRows(has_escapes=has_escapes).of([bait]):
        pass
    assert time.process_time() - began < 8
