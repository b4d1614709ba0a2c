"""Names in the encodings of the world, as short as pastes are."""

import pytest

from pipelines.reading.encodings import decode_candidates, encodings_of
from pipelines.reading.format import Format
from pipelines.reading.formats import plain
from pipelines.reading.sample import Sample
from pipelines.reading.text import every_reading

NAMES = {
    "cp1252": "Jürgen Müller;1980-02-01\nZoë François;1971-03-04\nIñaki Núñez;1990-12-11\n",
    "cp1250": "Łukasz Wójcik;1980-02-01\nZdeněk Dvořák;1971-03-04\nGyőző Szűcs;1991-01-02\n",
    "iso8859-2": "Łukasz Wójcik;1980-02-01\nŠárka Žižková;1971-03-04\n",
    "iso8859-15": "Zoë Œuvrard;1980-02-01\nChloé Lefèvre;1971-03-04\n",
    "cp850": "Jürgen Müller;1980-02-01\nIñaki Núñez;1990-12-11\n",
    "mac-roman": "Jürgen Müller;1980-02-01\nIñaki Núñez;1990-12-11\n",
    "cp1254": "İbrahim Şahin;1980-02-01\nAyşe Yıldız;1990-12-11\n",
    "cp1257": "Jānis Bērziņš;1980-02-01\nŽydrūnas Šimkus;1971-03-04\n",
    "cp1251": "Иван Петров;1980-02-01\nЮрий Щербаков;1990-12-11\n",
    "koi8-r": "Иван Петров;1980-02-01\nЮрий Щербаков;1990-12-11\n",
    "cp866": "Иван Петров;1980-02-01\nЮрий Щербаков;1990-12-11\n",
    "iso8859-5": "Иван Петров;1980-02-01\nЮрий Щербаков;1990-12-11\n",
    "cp1253": "Γιώργος Παπαδόπουλος;1980-02-01\nΕλένη Νικολάου;1971-03-04\n",
    "cp1255": "משה כהן;1980-02-01\nשרה לוי;1971-03-04\n",
    "cp1256": "محمد أحمد;1980-02-01\nفاطمة الزهراء;1971-03-04\n",
    "iso8859-6": "محمد أحمد;1980-02-01\nعبد الله حسن;1990-12-11\n",
    "tis-620": "สมชาย ใจดี;1980-02-01\nสมหญิง รักดี;1971-03-04\n",
    "gb18030": "王小明;1980-02-01\n李娜;1971-03-04\n欧阳锋;1990-12-11\n",
    "big5": "王小明;1980-02-01\n陳美玲;1971-03-04\n歐陽鋒;1990-12-11\n",
    "shift-jis": "山田太郎;1980-02-01\nヤマダ タロウ;1990-12-11\n",
    "euc-jp": "山田太郎;1980-02-01\nヤマダ タロウ;1990-12-11\n",
    "iso2022-jp": "山田太郎;1980-02-01\nヤマダ タロウ;1990-12-11\n",
    "euc-kr": "김철수;1980-02-01\n이영희;1971-03-04\n",
}
WIDE = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be")


@pytest.mark.parametrize("encoding", NAMES)
def test_names_come_out_right_under_one_of_few_readings(encoding: str) -> None:
    candidates = decode_candidates(NAMES[encoding].encode(encoding))
    assert NAMES[encoding] in [candidate.text for candidate in candidates]
    assert len(candidates) <= 6


def test_the_best_reading_is_mostly_the_right_one() -> None:
    first = [decode_candidates(text.encode(encoding))[0].text == text for encoding, text in NAMES.items()]
    assert sum(first) >= 16


@pytest.mark.parametrize("encoding", WIDE)
@pytest.mark.parametrize("text", NAMES.values())
def test_unicode_is_never_in_doubt(encoding: str, text: str) -> None:
    assert [candidate.text for candidate in decode_candidates(text.encode(encoding))] == [text]


def test_one_damaged_byte_does_not_make_utf8_another_encoding() -> None:
    body = (NAMES["cp1251"] * 3).encode() + b"broken \xff here\n"
    assert all(NAMES["cp1251"] in candidate.text for candidate in decode_candidates(body))


def test_lines_of_another_encoding_are_read_in_it() -> None:
    body = NAMES["cp1251"].encode() * 2 + "Jürgen Müller;1980\n".encode("cp1252")
    text = decode_candidates(body)[0].text
    assert NAMES["cp1251"] in text
    assert "Jürgen Müller;1980" in text


def test_a_page_says_its_encoding() -> None:
    body = b'<html><head><meta http-equiv="x" content="text/html; charset=windows-1254"></head>' + "Şahin".encode(
        "cp1254"
    )
    assert encodings_of(body)[0].name == "cp1254"


@pytest.mark.parametrize("label", [b"nonsense", b"utf-16", b"base64", b"punycode", b"unicode_escape", b"cp037"])
def test_a_page_may_lie_about_its_encoding(label: bytes) -> None:
    body = b"<html><meta charset=" + label + b">" + "Jürgen".encode("cp1252")
    assert "Jürgen" in "".join(candidate.text for candidate in decode_candidates(body))


def test_line_ends_become_one() -> None:
    for encoding in ("utf-8", "utf-16", "cp1252"):
        assert decode_candidates("é\r\nb\rc\n".encode(encoding))[0].text == "é\nb\nc\n"


@pytest.mark.parametrize("body", [bytes(range(256)) * 8, b"\x00\x01\x02" * 50, b"text and" + bytes(200)])
def test_binary_data_has_no_encoding(body: bytes) -> None:
    assert encodings_of(body) == ()


def test_only_what_reads_differently_is_given_again() -> None:
    body = "plain,1980\nJürgen,1981\n".encode("cp1252") * 3
    formats: tuple[Format, ...] = plain.FORMATS
    assert formats
    pieces = "".join(every_reading(Sample(body), list))
    assert pieces.count("plain") == 3
    assert pieces.count("1981") > 3


def test_long_text_is_cut_at_line_ends_only() -> None:
    line = "žluťoučký kůň;1980-02-01\n"
    for encoding in ("utf-8", "utf-16-le", "cp1250"):
        body = (line * 120_000).encode(encoding)
        found = encodings_of(body)[0]
        chunks = list(found.decode(body))
        assert len(chunks) > 1
        assert all(chunk.endswith("\n") for chunk in chunks)
        assert sum(chunk.count("\n") for chunk in chunks) == 120_000
