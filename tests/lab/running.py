"""Starting and stopping the lab's servers, and saying which are missing."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

_START_SECONDS = 20.0
HOST = "127.0.0.1"
SBIN = "/usr/sbin:/usr/bin:/sbin:/bin"


@dataclass(frozen=True)
class Server:
    """A running server; `log` is the file where it writes down its requests."""

    name: str
    port: int
    log: Path
    pid: int

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}/"

    def requests(self) -> list[str]:
        """The lines of the log."""
        if self.name == "lighttpd":  # keeps its log in memory until it is told to begin a new one
            os.kill(self.pid, signal.SIGHUP)
            time.sleep(0.5)
        return self.log.read_text(encoding="utf-8", errors="replace").splitlines() if self.log.exists() else []


def need(program: str, package: str) -> str:
    """Return the path of a program; skip the test when it is not installed, fail it in CI."""
    found = shutil.which(program, path=f"{os.environ.get('PATH', '')}:{SBIN}")
    if found is None:
        missing(f"the server {program} is not installed; install the Debian package {package}")
    return str(found)


def missing(sentence: str) -> None:
    """Skip the test, or fail it where nothing may be missing."""
    if os.environ.get("CI") == "true":
        pytest.fail(sentence)
    pytest.skip(sentence)


@contextlib.contextmanager
def folder() -> Iterator[Path]:
    """A temporary folder that servers may read which drop their rights."""
    with tempfile.TemporaryDirectory(prefix="lab-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind((HOST, 0))
        return int(sock.getsockname()[1])


@contextlib.contextmanager
def running(command: list[str], state: Path, port: int, home: Path | None = None, **more: str) -> Iterator[int]:
    """Run a server until the block is left; it must answer within the time, or its output is the failure."""
    output = state / "output.log"
    surroundings = {"PATH": SBIN, "HOME": str(home or state), "LANG": "C.UTF-8", "PYTHONWARNINGS": "ignore", **more}
    with output.open("wb") as out:
        process = subprocess.Popen(command, cwd=state, env=surroundings, stdout=out, stderr=subprocess.STDOUT)
    try:
        _wait(process, port, output)
        yield process.pid
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(process: "subprocess.Popen[bytes]", port: int, output: Path) -> None:
    end = time.monotonic() + _START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection((HOST, port), 1):
            time.sleep(0.05)
            if process.poll() is None:  # or it died, because somebody else answers at its port
                return
        time.sleep(0.05)
    pytest.fail(f"{process.args[0]} does not answer: {output.read_text(errors='replace')[-2000:]}")
