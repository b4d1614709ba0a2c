"""Where things lie, and which case is meant."""

from pathlib import Path

import pytest

from tracker.cases.home import Home, check_case_name
from tracker.errors import CaseError


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.setenv("TRACKER_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("TRACKER_KEYS", str(tmp_path / "keys"))
    return Home.locate()


def _make(home: Home, *names: str) -> None:
    for name in names:
        home.case_folder(name).mkdir(parents=True)
        (home.case_folder(name) / "case.toml").write_text("")


def test_locating_creates_nothing(home: Home, tmp_path: Path) -> None:
    assert home == Home(tmp_path / "home", tmp_path / "keys")
    assert list(tmp_path.iterdir()) == []


def test_the_option_outranks_the_variable(home: Home, tmp_path: Path) -> None:
    assert Home.locate(tmp_path / "other") == Home(tmp_path / "other", home.keys)


def test_without_variables_the_platform_decides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("TRACKER_HOME", "TRACKER_KEYS", "XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    place = Home.locate()
    assert tmp_path in place.root.parents
    assert tmp_path in place.keys.parents
    assert place.root not in place.keys.parents


def test_the_only_case_need_not_be_named(home: Home) -> None:
    _make(home, "spring")
    assert home.choose_case(None) == "spring"


def test_several_cases_must_be_named(home: Home) -> None:
    _make(home, "spring", "autumn")
    with pytest.raises(CaseError, match="autumn, spring"):
        home.choose_case(None)
    assert home.choose_case("autumn") == "autumn"


def test_no_case_and_an_unknown_case_say_what_to_do(home: Home) -> None:
    with pytest.raises(CaseError, match="tracker fingerprint"):
        home.choose_case(None)
    _make(home, "spring")
    with pytest.raises(CaseError, match="known cases: spring"):
        home.choose_case("summer")


@pytest.mark.parametrize("name", ["", "../x", "a/b", ".hidden", "Spring", "a" * 65, "ä", "a\n", "a b"])
def test_names_that_could_hurt_are_refused(name: str) -> None:
    with pytest.raises(CaseError):
        check_case_name(name)
