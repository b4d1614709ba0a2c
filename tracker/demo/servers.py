"""Starts the two real servers of the demo on free loopback ports and stops them for sure."""

import base64
import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import IO

import requests

from tracker.demo import leash
from tracker.demo.incident import Paste

HOST = "127.0.0.1"
_READY_SECONDS = 20.0
_ATTEMPTS = 3


class DemoServerError(Exception):
    """A server of the demo is missing or does not start; the text is fit for the screen."""


@dataclass(frozen=True, slots=True)
class Servers:
    """Where the running servers answer; both URLs end in a slash."""

    paste_site: str
    mirror: str


@contextmanager
def running_servers(mirror: Path, pastes: Path, logs: Path) -> Iterator[Servers]:
    """Serve the mirror as an open directory and an empty paste site that keeps its pastes in `pastes`.

    Both end when the block is left, whatever the reason, and also when this process is killed.
    """
    if find_spec("bepasty") is None:
        raise DemoServerError(
            'The paste site of the demo is not installed: run pip install "republication-tracker[demo]".'
        )
    logs.mkdir(parents=True, exist_ok=True)
    pastes.mkdir(parents=True, exist_ok=True)
    config = logs / "bepasty.conf"
    config.write_text(_bepasty_config(pastes), encoding="utf-8")
    with ExitStack() as stack:
        directory = ("http.server", "--bind", HOST, "--directory", str(mirror), "{port}")
        mirror_url = stack.enter_context(_server(directory, logs / "mirror.log", {}))
        bepasty = ("bepasty.cli.server", "--host", HOST, "--port", "{port}")
        paste_url = stack.enter_context(_server(bepasty, logs / "bepasty.log", {"BEPASTY_CONFIG": str(config)}))
        yield Servers(paste_url, mirror_url)


def post_pastes(site: str, pastes: Iterable[Paste]) -> dict[str, str]:
    """Post the pastes to a bepasty site on loopback and return the page URL of each by its file name."""
    pages: dict[str, str] = {}
    with requests.Session() as session:
        session.trust_env = False
        for paste in pastes:
            data = paste.text.encode()
            answer = session.post(
                f"{site}apis/rest/items",
                data=base64.b64encode(data),
                headers={
                    "Content-Type": "text/plain",
                    "Content-Filename": paste.name,
                    "Content-Range": f"bytes 0-{len(data) - 1}/{len(data)}",
                    "Maxlife-Unit": "months",
                    "Maxlife-Value": "1",
                },
                timeout=10,
            )
            answer.raise_for_status()
            pages[paste.name] = site + answer.headers["Content-Location"].rsplit("/", 1)[1]
    return pages


def _bepasty_config(pastes: Path) -> str:
    settings = {
        "STORAGE": "filesystem",
        "STORAGE_FILESYSTEM_DIRECTORY": f"{pastes}/",
        "SECRET_KEY": secrets.token_urlsafe(32),
        "SESSION_COOKIE_SECURE": False,
        "DEFAULT_PERMISSIONS": "read,list,create",
    }
    return "".join(f"{name} = {value!r}\n" for name, value in settings.items())


@contextmanager
def _server(command: Sequence[str], log: Path, environment: dict[str, str]) -> Iterator[str]:
    """Run a module as a server; `{port}` in its arguments becomes a port that was free a moment ago."""
    for _ in range(_ATTEMPTS):
        port = _free_port()
        with log.open("ab") as output:
            process = _start([part.format(port=port) for part in command], output, environment)
        try:
            if _answers(process, f"http://{HOST}:{port}/"):
                yield f"http://{HOST}:{port}/"
                return
        finally:
            _stop(process)
    raise DemoServerError(f"The server {command[0]} of the demo does not start: its own words are in {log}.")


def _start(arguments: Sequence[str], output: IO[bytes], environment: dict[str, str]) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(  # noqa: S603 -- our own interpreter with fixed arguments
        [sys.executable, "-P", leash.__file__, *arguments],
        stdin=subprocess.PIPE,
        stdout=output,
        stderr=output,
        env=os.environ | environment,
        start_new_session=True,
    )


def _answers(process: "subprocess.Popen[bytes]", url: str) -> bool:
    """Wait until the server answers; False when it ended instead or never did."""
    deadline = time.monotonic() + _READY_SECONDS
    with requests.Session() as session:
        session.trust_env = False
        while process.poll() is None and time.monotonic() < deadline:
            with suppress(requests.RequestException):
                session.get(url, timeout=2)
                return process.poll() is None
            time.sleep(0.05)
    return False


def _stop(process: "subprocess.Popen[bytes]") -> None:
    process.kill()
    if process.stdin is not None:
        process.stdin.close()
    process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
