"""Text from outside cannot command the terminal or the spreadsheet."""

import os

from hypothesis import given
from hypothesis import strategies as st

from tracker.cli.printable import path_text, printable, spreadsheet_cell


@given(st.text())
def test_printable_text_holds_no_control_character(text: str) -> None:
    shown = printable(text)
    assert shown.isprintable()
    shown.encode("utf-8")


@given(st.text(alphabet=st.characters(categories=["L", "N", "P", "S", "Zs"], exclude_characters="\xa0"), max_size=50))
def test_ordinary_text_is_left_as_it_is(text: str) -> None:
    if text.isprintable():
        assert printable(text) == text


def test_escapes_and_bidi_controls_are_shown_not_obeyed() -> None:
    assert printable("a\x1b[31mb\u202ec\n") == "a\\x1b[31mb\\u202ec\\x0a"


@given(st.binary(min_size=1, max_size=40).filter(lambda raw: b"\0" not in raw))
def test_any_path_becomes_valid_text(raw: bytes) -> None:
    text = path_text(os.fsdecode(raw))
    assert text.encode("utf-8").decode("utf-8") == text


def test_undecodable_bytes_are_escaped() -> None:
    assert path_text(b"a\xff.csv") == "a\\xff.csv"


def test_formulas_do_not_run() -> None:
    for start in "=+-@":
        assert spreadsheet_cell(f"{start}cmd") == f"'{start}cmd"
    assert spreadsheet_cell("https://a.example") == "https://a.example"
    assert spreadsheet_cell(-3) == -3
