"""What `tracker doctor` looks at: each check yields findings, and none of them changes anything."""

import shutil
import stat
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from fingerprints.errors import FingerprintsError
from pipelines.errors import PipelinesError
from tracker.cases.home import Home
from tracker.errors import TrackerError

_LITTLE_ROOM = 500 * 1024 * 1024


class Level(StrEnum):
    """How bad a finding is."""

    OK = "ok"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class CheckupFinding:
    """One thing looked at, and what to do when it is not as it should be."""

    level: Level
    subject: str
    text: str


def checkup(home: Home) -> Iterator[CheckupFinding]:
    """Look at the folders, the store, the reading worker and every case."""
    yield from _folders(home)
    yield from _store(home)
    yield from _worker()
    names = home.case_names()
    if not names:
        yield CheckupFinding(Level.OK, "cases", "none yet; make one with: tracker fingerprint LEAK --case NAME")
    for name in names:
        yield from _case(home, name)


def _folders(home: Home) -> Iterator[CheckupFinding]:
    if home.keys == home.root or home.root in home.keys.parents or home.keys in home.root.parents:
        yield CheckupFinding(
            Level.WARNING,
            "folders",
            f"keys ({home.keys}) and home ({home.root}) lie below each other: whoever copies "
            "one copies both; set TRACKER_KEYS to a folder elsewhere",
        )
    for folder in (home.root, home.keys):
        if folder.is_dir() and sys.platform != "win32" and stat.S_IMODE(folder.stat().st_mode) & 0o077:
            yield CheckupFinding(Level.WARNING, "folders", f"others can look into {folder}: chmod 700 {folder}")
    if home.keys.is_dir():
        for file in sorted(home.keys.iterdir()):
            if file.suffix not in {".match", ".owner"}:
                yield CheckupFinding(Level.WARNING, "keys", f"{file} is no key; nothing else should lie there")
            elif stat.S_IMODE(file.stat().st_mode) & 0o077:
                yield CheckupFinding(Level.WARNING, "keys", f"others can read {file}: chmod 600 {file}")
    place = home.root
    while not place.exists():
        place = place.parent
    free = shutil.disk_usage(place).free
    level = Level.OK if free > _LITTLE_ROOM else Level.WARNING
    yield CheckupFinding(level, "disk", f"{free // 1024**2} MiB free at {place}")


def _store(home: Home) -> Iterator[CheckupFinding]:
    from tracker.cases.desk import open_store

    if not home.store.exists():
        yield CheckupFinding(Level.OK, "store", "none yet; it is made on first use")
        return
    try:
        with open_store(home) as store:
            runs = store.runs(limit=None)
    except PipelinesError as error:
        yield CheckupFinding(Level.ERROR, "store", str(error))
        return
    yield CheckupFinding(Level.OK, "store", f"{home.store}, {len(runs)} runs")
    open_ended = sum(1 for run in runs if run.finished is None)
    if open_ended:
        yield CheckupFinding(
            Level.WARNING,
            "runs",
            f"{open_ended} runs are running or were killed; a crawl that was killed can be "
            "started again: nothing is filed twice",
        )


def _worker() -> Iterator[CheckupFinding]:
    from pipelines.reading.pool import ReaderPool

    pool = ReaderPool(workers=1)
    try:
        read = list(pool.read(b"one line of text\n"))
    except PipelinesError as error:
        yield CheckupFinding(Level.ERROR, "reading worker", str(error))
        return
    finally:
        pool.close()
    whole = bool(read) and getattr(read[-1], "reason", None) is None
    yield (
        CheckupFinding(Level.OK, "reading worker", "starts and reads")
        if whole
        else CheckupFinding(Level.ERROR, "reading worker", "starts, but cannot read a line of text within its limits")
    )


def _case(home: Home, name: str) -> Iterator[CheckupFinding]:
    from tracker.cases.case import load_case
    from tracker.cases.desk import SOURCES_FILE, open_fingerprints
    from tracker.cases.keyring import load_match_key, load_owner_identity
    from tracker.crawling.sources import load_sources

    subject = f"case {name}"
    try:
        folder: Path = home.case_folder(name)
        case = load_case(folder)
        prints = open_fingerprints(home, name, load_match_key(home, name))
        sources = load_sources(folder / SOURCES_FILE)
        yield CheckupFinding(
            Level.OK, subject, f"{prints.rows} rows of {prints.persons} persons, {len(sources)} sources"
        )
        if home.owner_identity(name).exists():
            recipient = load_owner_identity(home, name).recipient().to_text()
            if recipient != case.recipient:
                yield CheckupFinding(
                    Level.ERROR,
                    subject,
                    f"{home.owner_identity(name)} is not this case's owner identity; "
                    "sealed rows will not open: restore the right file",
                )
        else:
            yield CheckupFinding(Level.OK, subject, "no owner identity here: rows stay sealed (right on a crawl host)")
    except (TrackerError, FingerprintsError, PipelinesError) as error:
        yield CheckupFinding(Level.ERROR, subject, str(error))
        return
    if case.contact is None:
        yield CheckupFinding(
            Level.WARNING, subject, f"no contact for site operators: set contact in {folder}/case.toml"
        )
    if not sources:
        yield CheckupFinding(Level.WARNING, subject, "no source to crawl yet: tracker source add --help")
