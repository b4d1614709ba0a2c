import csv
import os
import signal
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path

import pytest

from tests.needles import Needles
from tracker.demo.incident import build_incident
from tracker.demo.play import MARKER

pytestmark = [pytest.mark.server, pytest.mark.xdist_group("demo")]

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def caller(tmp_path_factory):
    """The folders of a caller who has a tracker of their own."""
    folder = tmp_path_factory.mktemp("caller")
    for name in ("home", "keys", "user", "tmp", "work"):
        (folder / name).mkdir()
        (folder / name / "mine").write_text("left alone")
    return folder


def environment(caller):
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "HOME": str(caller / "user"),
        "TMPDIR": str(caller / "tmp"),
        "TRACKER_HOME": str(caller / "home"),
        "TRACKER_KEYS": str(caller / "keys"),
    }


def play(caller, *arguments):
    return subprocess.run(
        [sys.executable, "-m", "tracker", "demo", *map(str, arguments)],
        capture_output=True,
        text=True,
        cwd=caller / "work",
        env=environment(caller),
        timeout=120,
        check=False,
    )


@pytest.fixture(scope="module")
def played(caller):
    began = time.monotonic()
    done = play(caller)
    return done, caller / "work" / "demo-incident", time.monotonic() - began


def test_finds_the_three_copies_and_nothing_harmless(played):
    done, folder, seconds = played
    assert done.returncode == 0, done.stderr
    assert seconds < 60
    assert done.stdout.startswith("3 sightings: ")
    table = done.stdout.partition("\n\n")[2].partition("These are")[0]
    assert "november.zip" in table.replace("\n", "")
    assert all(word in table for word in ("2000", "300", "40", "100.0%", "15.0%", "2.0%", "tracker"))
    incident = build_incident(folder.parent / "again")
    names = {Path(name).name for name in incident.harmless}
    assert not [name for name in names if name in done.stdout]


def test_names_the_leak_and_the_folder_by_their_absolute_paths(played):
    done, folder, _ = played
    assert f"{folder / 'input' / 'leak.csv'};" in done.stdout
    assert (folder / "input" / "leak.csv").is_file()
    assert f" {folder}." in done.stdout


def test_ends_with_a_command_that_opens_what_was_found(played, tmp_path):
    command = played[0].stdout.splitlines()[-1]
    bare = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), "HOME": str(tmp_path)}
    opened = subprocess.run(command, shell=True, cwd=tmp_path, env=bare, capture_output=True, text=True, check=True)
    assert "november.zip" in opened.stdout.replace("\n", "")
    assert list(tmp_path.iterdir()) == []


def test_leaves_the_caller_alone(caller, played):
    for name in ("home", "keys", "user", "tmp"):
        assert [path.name for path in (caller / name).rglob("*")] == ["mine"]
    assert played[0].returncode == 0


def test_no_cell_of_the_leak_stands_outside_input_and_site(played):
    done, folder, _ = played
    with (folder / "input" / "leak.csv").open(encoding="utf-8", newline="") as file:
        people = list(csv.DictReader(file))[::5]
    needles = Needles(
        [person[name] for person in people for name in ("A-Number", "E-mail") if person[name]],
        [(person["First Name"], person["Last Name"]) for person in people],
        [datetime.strptime(person["Date of Birth"], "%m/%d/%Y").date() for person in people],  # noqa: DTZ007
    )
    assert len({hit.value for hit in needles.search_tree(folder / "input")}) > len(people) * 3
    assert needles.search_tree(folder, exclude=[folder / "input", folder / "site"]) == []
    assert needles.search((done.stdout + done.stderr).encode()) == []


def test_an_earlier_demo_is_replaced_even_one_that_was_killed(caller):
    folder = caller / "work" / "second"
    with subprocess.Popen(
        [sys.executable, "-m", "tracker", "demo", str(folder)],
        env=environment(caller),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    ) as killed:
        while not (folder / "servers").exists():
            time.sleep(0.01)
        os.killpg(killed.pid, signal.SIGKILL)
    (folder / "site" / "rest").write_text("of the first demo")
    done = play(caller, folder)
    assert done.returncode == 0, done.stderr
    assert not (folder / "site" / "rest").exists()


@pytest.mark.parametrize("kind", ["folder", "file", "link", "link to a demo"])
def test_what_is_no_demo_is_never_replaced(caller, tmp_path, kind):
    target = tmp_path / "precious"
    if kind == "file":
        target.write_text("precious")
    else:
        real = tmp_path / "real" if "link" in kind else target
        real.mkdir()
        (real / "thesis.txt").write_text("precious")
        if "link" in kind:
            target.symlink_to(real)
            if kind == "link to a demo":
                (real / MARKER).touch()
    before = sorted(tmp_path.rglob("*"))
    done = play(caller, target)
    assert done.returncode == 2
    assert str(target) in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert done.stdout == ""
    assert sorted(tmp_path.rglob("*")) == before
