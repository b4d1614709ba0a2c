"""The leak test: no value that only one person of the leak has is written, shown or sent by any command.

Everything runs once (leak_story), also what fails, in installations below one folder; then every file, every word on
the screen and every request that the servers received is searched for the planted values in all their forms.
"""

import shutil
from pathlib import Path

import pytest

from tests import leak_plants as plants
from tests.leak_story import tell
from tests.needle_forms import date_forms, forms

pytestmark = [pytest.mark.server, pytest.mark.xdist_group("leak")]


@pytest.fixture(scope="module")
def needles():
    return plants.needles()


@pytest.fixture(scope="module")
def history(tmp_path_factory):
    inputs = tmp_path_factory.mktemp("inputs")
    inputs.chmod(0o755)
    return tell(tmp_path_factory.mktemp("installations"), inputs)


def test_the_needles_are_found_where_they_are_put(needles, tmp_path):
    areas = [tmp_path / area for area in ("home", "keys", "user", "tmp", "work", "work/jobs")]
    for value in plants.planted_values():
        for area in areas:
            area.mkdir(parents=True, exist_ok=True)
        day = next((born for born in plants.BORN if born.isoformat() == value), None)
        hidden = date_forms(day) if day else forms(value)
        for place, (form, data) in enumerate(hidden.items()):
            (areas[place % len(areas)] / form.replace("/", "|")).write_bytes(b"field: " + data + b"\n")
        found = {Path(hit.where).name for hit in needles.search_tree(tmp_path)}
        assert {form.replace("/", "|") for form in hidden} - found == set(), value
        for area in tmp_path.iterdir():
            shutil.rmtree(area)


def test_the_copies_were_found_so_that_silence_says_something(history):
    shown = {label: out for label, out, _, _ in history.shown}
    found = [line for line in shown["search --format json"].splitlines() if line]
    assert len(found) >= 8
    assert any("dump.zip" in line for line in found)
    assert len(history.shown) > 90
    assert len(history.asked) > 60


def test_no_file_holds_a_value_of_the_leak(history, needles):
    assert sum(path.is_file() for path in history.base.rglob("*")) > 50
    assert needles.search_tree(history.base) == []


def test_no_screen_shows_a_value_of_the_leak(history, needles):
    hits = [
        (label, hit)
        for label, out, err, scans in history.shown
        for hit in needles.search(f"{out}\n{err}".encode(), label)
        if not (
            scans and hit.value in {*plants.ON_SCREEN, " ".join(plants.ON_SCREEN), " ".join(plants.ON_SCREEN[::-1])}
        )
    ]
    assert hits == []


def test_scan_shows_paths_and_member_names_escaped(history):
    scans = [(label, out, err) for label, out, err, scans in history.shown if scans]
    assert len(scans) == 3
    for _, out, err in scans:
        assert all(name in out.replace("\n", "") for name in plants.ON_SCREEN)
        assert "\x1b" not in out + err
        assert "\\x1b[2J" in out.replace("\n", "") or "\\u001b[2J" in out


def test_no_server_was_sent_a_value_of_the_leak(history, needles):
    assert needles.search("\n".join(history.asked).encode()) == []
