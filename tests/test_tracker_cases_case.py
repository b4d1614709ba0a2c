"""case.toml: what is written is read again, by hand edits survive, and a wrong field is named."""

import dataclasses
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tracker.cases.case import Case, load_case, save_case
from tracker.errors import CaseError, SettingsError

FULL = Case(
    name="spring",
    recipient="age1xyz",
    created=datetime(2026, 11, 25, 10, 0, tzinfo=UTC),
    contact="desk@example.org",
    incident_from=datetime(2026, 11, 20, 9, 45, tzinfo=UTC),
    incident_until=datetime(2026, 11, 20, 14, 4, tzinfo=UTC),
    origin_urls=("https://agency.example/stats.xlsx",),
    known_good=("abc", "def"),
    allow_hosts=("127.0.0.1",),
)


@pytest.mark.parametrize("case", [FULL, Case(name="a", recipient="age1x", created=FULL.created)])
def test_written_is_read_again(tmp_path: Path, case: Case) -> None:
    save_case(dataclasses.replace(case, folder=tmp_path))
    assert load_case(tmp_path) == case
    assert stat.S_IMODE((tmp_path / "case.toml").stat().st_mode) == 0o600


def test_comments_made_by_hand_survive(tmp_path: Path) -> None:
    save_case(dataclasses.replace(FULL, folder=tmp_path))
    path = tmp_path / "case.toml"
    path.write_text(path.read_text() + "# ask Ana before changing this\n")
    save_case(dataclasses.replace(load_case(tmp_path), contact="new@example.org"))
    assert "# ask Ana before changing this" in path.read_text()
    assert load_case(tmp_path).contact == "new@example.org"


def test_an_emptied_field_goes(tmp_path: Path) -> None:
    save_case(dataclasses.replace(FULL, folder=tmp_path))
    save_case(dataclasses.replace(load_case(tmp_path), contact=None))
    assert load_case(tmp_path).contact is None


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("contact = 5", "contact"),
        ('origin_urls = "https://one.example"', "origin_urls"),
        ('incident_from = "yesterday"', "incident_from"),
        ('colour = "red"', "colour"),
        ("allow_hosts = [1, 2]", "allow_hosts"),
    ],
)
def test_a_wrong_field_is_named_with_its_file(tmp_path: Path, line: str, named: str) -> None:
    (tmp_path / "case.toml").write_text(f'name = "a"\nrecipient = "age1x"\ncreated = 2026-11-25T10:00:00Z\n{line}\n')
    with pytest.raises(SettingsError) as caught:
        load_case(tmp_path)
    assert named in str(caught.value)
    assert str(tmp_path / "case.toml") in str(caught.value)


@pytest.mark.parametrize("content", [b"name = ", b"\xff\xfe", b'name = "a"\n'])
def test_damaged_settings_are_one_sentence(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "case.toml").write_bytes(content)
    with pytest.raises(SettingsError, match=r"case\.toml"):
        load_case(tmp_path)


def test_missing_settings_say_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="import the case again"):
        load_case(tmp_path)
