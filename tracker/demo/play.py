"""Plays the made-up incident from leak to filed sightings through the public command line."""

import json
import os
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import requests

from tracker.demo.incident import LEAKED_PEOPLE, Incident, build_incident
from tracker.demo.servers import HOST, DemoServerError, Servers, post_pastes, running_servers

DEFAULT_FOLDER = Path("demo-incident")
MARKER = ".tracker-demo"
CASE = "demo"
CONTACT = "demo@example.org"
_REFUSED = 2
_FAILED = 4
_WRONG = 5


@dataclass(frozen=True, slots=True)
class Tracker:
    """The tracker's command line with a home and keys of its own, whatever the caller's are."""

    home: Path
    keys: Path

    def run(self, *arguments: str) -> str:
        """Run a command and return what it printed; CalledProcessError holds its words when it fails."""
        return self._run(arguments, capture=True).stdout

    def show(self, *arguments: str) -> None:
        """Run a command that prints to the screen."""
        self._run(arguments, capture=False)

    def as_typed(self, *arguments: str) -> str:
        """Return the line that runs a command in any shell and folder."""
        return " ".join(
            [
                f"TRACKER_HOME={shlex.quote(str(self.home))}",
                f"TRACKER_KEYS={shlex.quote(str(self.keys))}",
                *(shlex.quote(part) for part in (*_program(), *arguments)),
            ]
        )

    def _run(self, arguments: tuple[str, ...], *, capture: bool) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(  # noqa: S603 -- our own interpreter with fixed arguments
            [sys.executable, "-m", "tracker", *arguments],
            env=os.environ | {"TRACKER_HOME": str(self.home), "TRACKER_KEYS": str(self.keys)},
            stdin=subprocess.DEVNULL,
            capture_output=capture,
            encoding="utf-8",
            check=True,
        )


def play(folder: Path = DEFAULT_FOLDER) -> int:
    """Play the incident in the folder and return the exit code; an earlier demo there is replaced, nothing else is."""
    folder = folder.absolute()
    try:
        if not _is_free(folder):
            _tell(f"{folder} exists and is not an earlier demo; name another folder or move it away.")
            return _REFUSED
        _make_folder(folder)
        incident = _build(folder)
        tracker = Tracker(folder / "home", folder / "keys")
        is_right = _respond(folder, incident, tracker)
    except subprocess.CalledProcessError as error:
        _tell((error.stderr or "").rstrip())
        _tell(f"The demo stopped because its step `tracker {error.cmd[3]}` ended with code {error.returncode}.")
        return _FAILED
    except (DemoServerError, requests.RequestException, OSError) as error:
        _tell(f"The demo stopped: {error}")
        return _FAILED
    _say(f"\nThe made-up leak is {incident.leak}; everything this demo wrote lies in {folder}.")
    _say(f"Open what was found with:\n{tracker.as_typed('search')}")
    return 0 if is_right else _WRONG


def _is_free(folder: Path) -> bool:
    if not folder.is_symlink() and not folder.exists():
        return True
    if folder.is_symlink() or not folder.is_dir():
        return False
    return (folder / MARKER).is_file() or not any(folder.iterdir())


def _make_folder(folder: Path) -> None:
    """Empty the folder but for the marker, so that a demo stopped at any point can be replaced by the next."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARKER).write_text("Made by `tracker demo`, which may replace this folder.\n", encoding="utf-8")
    for entry in folder.iterdir():
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        elif entry.name != MARKER:
            entry.unlink()


def _build(folder: Path) -> Incident:
    _tell(f"1/5 Making up a leak of {LEAKED_PEOPLE:,} people, three partial copies, and harmless files around them.")
    return build_incident(folder)


def _respond(folder: Path, incident: Incident, tracker: Tracker) -> bool:
    """Do what a responder does and return whether the planted copies, and nothing else, were filed."""
    site = folder / "site"
    _tell("2/5 Starting a paste site and an open directory on this machine.")
    with running_servers(incident.mirror, site / "pastes", folder / "servers") as servers:
        pages = post_pastes(servers.paste_site, incident.pastes)
        planted = {pages[copy.name] if copy.on_paste_site else servers.mirror + copy.name for copy in incident.planted}
        _tell("3/5 Fingerprinting the leak: it is read once, and only keyed hashes of it are kept.")
        tracker.run(
            "fingerprint",
            str(incident.leak),
            *("--case", CASE, "--yes", "--allow-host", HOST, "--contact", CONTACT),
        )
        _add_sources(tracker, servers)
        _tell("4/5 Crawling both sites.")
        tracker.run("crawl")
    _tell("5/5 Looking at what was filed. Both sites are stopped again.\n")
    found = {json.loads(line)["url"] for line in tracker.run("search", "--format", "json").splitlines()}
    harmless = len(incident.harmless)
    _say(f"{len(found)} sightings: the leak was published again at {len(found)} addresses.\n")
    tracker.show("search")
    if found == planted:
        _say(f"\nThese are the {len(planted)} planted copies; none of the {harmless} harmless files is among them.")
    else:
        _tell(f"\nThat is wrong: {len(planted - found)} copies were missed, {len(found - planted)} are no copies.")
    return found == planted


def _add_sources(tracker: Tracker, servers: Servers) -> None:
    delay = ("--delay", "0")
    tracker.run("source", "add", "paste", "--profile", "bepasty", "--url", servers.paste_site, *delay)
    tracker.run("source", "add", "mirror", "--family", "autoindex", "--url", servers.mirror, *delay)


def _program() -> tuple[str, ...]:
    """Return how the tracker is called from a shell: by name where that finds this very program."""
    script = Path(sys.executable).with_name("tracker")
    if not script.is_file():
        return (sys.executable, "-m", "tracker")
    found = shutil.which("tracker")
    return ("tracker",) if found and Path(found).resolve() == script.resolve() else (str(script),)


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _tell(text: str) -> None:
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()
