import os
import random
import re
import sqlite3
import string
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from tests.needle_forms import database, date_forms, forms, packings, spellings
from tests.needles import Needles

UNMISTAKABLE = ("Zyxquvonath", "Ærøskjøbing Quünzl", "A220709787", "zyx.quv77@example.org", "Жыкувонатов")
COMMON = (("Fatima", "Hassan"), ("José", "García"), ("Jean Pierre", "Louis"), ("Ali", "Khan"))
BORN = date(1931, 2, 17)
SURROUNDINGS = {
    "text": (b"and then there was ", b", who came late.\n"),
    "csv": (b"1,", b",x\r\n2,b,y\r\n"),
    "json": (b'{"name": "', b'", "n": 3}'),
    "binary": (bytes(range(128, 160)), bytes(range(128, 160))),
    "alone": (b"", b""),
}
ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def needles():
    return Needles(UNMISTAKABLE, (*COMMON, ("Li", "Wu")), [BORN])


def values(hits):
    return {hit.value for hit in hits}


@pytest.mark.parametrize("surroundings", SURROUNDINGS)
@pytest.mark.parametrize("value", UNMISTAKABLE)
def test_finds_every_form_of_an_unmistakable_value(needles, value, surroundings):
    before, after = SURROUNDINGS[surroundings]
    missed = [name for name, data in forms(value).items() if value not in values(needles.search(before + data + after))]
    assert missed == []


@pytest.mark.parametrize("surroundings", ["text", "csv", "json", "alone"])
@pytest.mark.parametrize("value", ["Fatima", "Hassan", "José", "García", "Jean Pierre", "Louis", "Khan"])
def test_finds_every_form_of_a_common_name_as_a_word(needles, value, surroundings):
    before, after = SURROUNDINGS[surroundings]
    missed = [name for name, data in forms(value).items() if value not in values(needles.search(before + data + after))]
    assert missed == []


@pytest.mark.parametrize("template", ["{g} {f}", "{f}, {g}", "{f};{g}", "<td>{g}</td><td>{f}</td>", "{g}{f}", "{g}.{f}",
                                      '"{g}","{f}"', "{f}_{g}77@"])  # fmt: skip
@pytest.mark.parametrize(("given", "family"), COMMON)
def test_finds_a_pair_of_names_in_every_form(needles, given, family, template):
    text = template.format(g=given, f=family)
    missed = []
    for name, data in forms(text).items():
        found = values(needles.search(b"xx " + data + b" yy"))
        if not found & {f"{given} {family}", f"{family} {given}"}:
            missed.append(name)
    assert missed == []


@pytest.mark.parametrize("text", ["Li Wu", "WU, Li", "wu;li", "li_wu", "liwu", "<i>Li.Wu</i>"])
def test_finds_a_pair_of_two_letter_names_side_by_side(needles, text):
    missed = [name for name, data in forms(text).items() if not needles.search(b"xx " + data + b" yy")]
    assert missed == []


@pytest.mark.parametrize("form", date_forms(BORN))
def test_finds_a_date_in_every_order_and_encoding(needles, form):
    text = date_forms(BORN)[form].decode()
    missed = [
        name for name, data in forms(text).items() if str(BORN) not in values(needles.search(b"on " + data + b";"))
    ]
    assert missed == []


def test_finds_numbers_without_their_letters_and_as_integers(needles):
    for data in (b"no 220709787.", b"A220-709-787", b"220 709 787", (220709787).to_bytes(8, "little"),
                 b"\x00\x01" + (220709787).to_bytes(8, "big") + b"\x07"):  # fmt: skip
        assert values(needles.search(data)) == {"A220709787"}
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE t AS SELECT 220709787 AS n")
        assert values(needles.search(connection.serialize())) == {"A220709787"}


@pytest.mark.parametrize("container", packings(b"x"))
@pytest.mark.parametrize("content", ["Zyxquvonath", "row 7: Fatima Hassan, 17.02.1931\n", "Louis"])
def test_finds_in_every_container(needles, container, content):
    data = packings(content.encode())[container]
    assert needles.search(data)
    assert needles.search(os.urandom(100) + data) or "database" in container
    filled = packings((f"{'lorem ipsum ' * 300}{content}{' dolor sit' * 300}").encode())[container]
    assert needles.search(filled)


def test_finds_in_names_of_files_and_folders(needles, tmp_path):
    (tmp_path / "Fatima").mkdir()
    (tmp_path / "x-zyxquvonath.csv").touch()
    (tmp_path / "link").symlink_to("/nowhere/Garc%C3%ADa")
    (tmp_path / os.fsdecode("Jos\xe9".encode("latin-1"))).touch()
    os.mkfifo(tmp_path / "17.02.1931")
    found = needles.search_tree(tmp_path)
    assert values(found) == {"Fatima", "Zyxquvonath", "García", "José", "1931-02-17"}


def test_searches_below_every_folder_but_what_is_excluded(needles, tmp_path):
    for folder in ("a/b/c", "input"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / ".hidden").write_bytes(packings(b"Zyxquvonath")["gzip"])
    assert {hit.where for hit in needles.search_tree(tmp_path, exclude=[tmp_path / "input"])} == {
        str(tmp_path / "a/b/c/.hidden")
    }


def test_finds_what_is_only_in_the_write_ahead_log_or_in_freed_pages(needles, tmp_path):
    path = tmp_path / "store.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA wal_autocheckpoint=0")
        connection.execute("CREATE TABLE t (body TEXT)")
        connection.execute("INSERT INTO t VALUES (?)", ("Zyxquvonath " + "filler " * 2000,))
        connection.execute("INSERT INTO t VALUES ('Hassan')")
        connection.commit()
        assert values(needles.search_tree(tmp_path)) == {"Zyxquvonath", "Hassan"}
        assert {hit.where for hit in needles.search_tree(tmp_path) if hit.value == "Hassan"} == {
            f"{path}-wal",
            f"{path} with its journal",
        }
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA secure_delete=OFF")
        connection.execute("DELETE FROM t")
        connection.commit()
    assert values(needles.search_tree(tmp_path)) == {"Zyxquvonath", "Hassan"}


def test_finds_the_terms_of_a_full_text_index(needles, tmp_path):
    with closing(sqlite3.connect(tmp_path / "fts.sqlite")) as connection:
        connection.execute("CREATE VIRTUAL TABLE words USING fts5(body, content='')")
        connection.execute("INSERT INTO words (body) VALUES ('hassa hassan hassani zyxquvo zyxquvonath')")
        connection.commit()
    assert values(needles.search_tree(tmp_path)) == {"Zyxquvonath", "Hassan"}


def test_a_damaged_database_is_still_searched(needles, tmp_path):
    data = bytearray(database(b"Zyxquvonath"))
    data[100:140] = bytes(40)
    (tmp_path / "broken").write_bytes(data)
    assert values(needles.search_tree(tmp_path)) == {"Zyxquvonath"}


def test_finds_nothing_in_random_bytes(needles):
    draw = random.Random(11)
    assert needles.search(draw.randbytes(4_000_000)) == []
    for alphabet in (string.hexdigits, string.ascii_letters + string.digits + "+/", "abcdefghijklmnopqrstuvwxyz234567"):
        assert needles.search("".join(draw.choices(alphabet, k=500_000)).encode()) == []
    lines = ["".join(draw.choices("abcdefghijklmnopqrstuvwxyz234567", k=26)) for _ in range(20_000)]
    assert needles.search("\n".join(lines).encode()) == []


def test_finds_nothing_in_words_that_hold_a_short_name(needles):
    text = b"Validation of khanates: louisiana, hassani, josephine, fatimah, minwuest; jean pierrette 19310217123"
    assert needles.search(text) == []


def test_finds_nothing_in_the_source_of_the_project():
    unmistakable = Needles(UNMISTAKABLE, dates=[BORN])
    files = [path for name in ("fingerprints", "pipelines", "tracker", "docs") for path in (ROOT / name).rglob("*")
             if path.is_file() and path.suffix != ".pyc"]  # fmt: skip
    assert len(files) > 40
    assert [hit for path in files for hit in unmistakable.search(path.read_bytes(), str(path))] == []


def test_says_where_and_how():
    (hit,) = Needles(["Zyxquvonath"]).search(packings(b"Zyxquvonath")["base64 of gzip"], "body")
    assert (hit.value, hit.where, hit.how) == ("Zyxquvonath", "body", "base64 > unpacked")


def test_a_value_too_short_to_be_looked_for_is_refused():
    with pytest.raises(AssertionError, match=re.escape("'Ali' is too short")):
        Needles(["Ali"])


def test_forms_cover_what_is_promised():
    assert len(forms("Zyxquvonath")) >= 45
    assert {"raw", "upper", "lower", "title", "no accents"} <= set(spellings("José"))
    assert spellings("José")["no accents"] == "Jose"
