"""The parent's side of one worker process: spawned bare, spoken to without ever blocking for longer than its time."""

import dataclasses
import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from pipelines.errors import WorkerError
from pipelines.items import Reason
from pipelines.reading import frames
from pipelines.reading.budget import Limits
from pipelines.reading.parts import PartEnd, PartStart, Piece

# -I leaves out the current folder and the user's packages, so the worker is told where this very package lies.
_BOOT = (
    "import sys; sys.path.count(sys.argv[1]) or sys.path.insert(0, sys.argv[1]); "
    "from pipelines.reading.worker import main; main()"
)
_ROOT = Path(__file__).resolve().parents[2]
_SECONDS_TO_START = 60.0
_CHUNK = 1 << 20
# Most documents go over with their length in one write.
_FIRST = 1 << 15
_LARGEST_FRAME = 1 << 26


class WorkerGoneError(Exception):
    """The worker ended, was ended, or sent nonsense; `reason` is what that makes of its document."""

    def __init__(self, reason: Reason, *, had_begun: bool) -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.had_begun = had_begun


class WorkerProcess:
    """One worker. It ends when its input does, also when this process is killed: no other process holds that pipe."""

    def __init__(self, limits: Limits, format_folders: tuple[Path, ...]) -> None:
        settings = json.dumps(dataclasses.asdict(limits))
        folders = [str(folder.resolve()) for folder in format_folders]
        try:
            self._child = subprocess.Popen(  # noqa: S603 - our own interpreter with our own code
                [sys.executable, "-I", "-B", "-c", _BOOT, str(_ROOT), settings, *folders],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                # Parsers print page text, which must not reach a terminal or a log.
                stderr=subprocess.DEVNULL,
                env={},
                bufsize=0,
                # An interrupt from the terminal is for us to act on.
                start_new_session=True,
            )
        except OSError as error:
            raise WorkerError(
                f"The reading worker cannot be started ({error.strerror}); check memory and limits."
            ) from error
        assert self._child.stdin is not None
        assert self._child.stdout is not None
        self._to_child, self._from_child = self._child.stdin.fileno(), self._child.stdout.fileno()
        os.set_blocking(self._to_child, False)
        os.set_blocking(self._from_child, False)
        self._limits = limits
        self._waited = 0.0
        self._may_wait = _SECONDS_TO_START
        self._received = bytearray()
        self._is_ready = False
        self.documents = 0

    def read(self, body: bytes) -> Iterator[PartStart | Piece | PartEnd]:
        """Yield what the worker says about a document, up to its own PartEnd; WorkerGoneError when it ends before."""
        self._await_ready()
        self.documents += 1
        self._waited, self._may_wait = 0.0, self._limits.wall_seconds
        had_begun = False
        try:
            self._send(frames.JOB.pack(len(body)) + body[:_FIRST])
            self._send(memoryview(body)[_FIRST:])
            had_begun = self._receive()[0] == frames.RECEIVED
            while True:
                item = frames.unpack(*self._receive())
                yield item
                if isinstance(item, PartEnd) and not item.member:
                    return
        except TimeoutError:
            raise WorkerGoneError(Reason.TIMEOUT, had_begun=True) from None
        except (EOFError, OSError):
            raise WorkerGoneError(self._reason_of_end(), had_begun=had_begun) from None
        except ValueError:
            raise WorkerGoneError(Reason.CRASHED_READER, had_begun=True) from None

    def end(self) -> None:
        """End the process, gently if it waits for a job; calling it twice is harmless."""
        assert self._child.stdin is not None
        assert self._child.stdout is not None
        self._child.stdin.close()
        self._child.stdout.close()
        self._child.kill()
        self._child.wait()

    def _await_ready(self) -> None:
        if self._is_ready:
            return
        try:
            kind, _ = self._receive()
        except (EOFError, OSError, TimeoutError):
            kind = b""
        if kind != frames.READY:
            raise WorkerError("The reading worker ended before it was ready; check memory limits and the installation.")
        self._is_ready = True

    def _reason_of_end(self) -> Reason:
        try:
            code = self._child.wait(timeout=5)
        except subprocess.TimeoutExpired:
            return Reason.CRASHED_READER
        return Reason.TIMEOUT if code == -signal.SIGXCPU else Reason.CRASHED_READER

    def _send(self, data: bytes | memoryview) -> None:
        view = memoryview(data)
        while view:
            try:
                view = view[os.write(self._to_child, view[:_CHUNK]) :]
            except BlockingIOError:
                self._wait(self._to_child, select.POLLOUT)

    def _receive(self) -> tuple[bytes, bytes]:
        kind, size = frames.HEADER.unpack(self._take(frames.HEADER.size))
        if size > _LARGEST_FRAME:
            raise ValueError("frame too large")
        return kind, self._take(size)

    def _take(self, size: int) -> bytes:
        while len(self._received) < size:
            try:
                data = os.read(self._from_child, _CHUNK)
            except BlockingIOError:
                self._wait(self._from_child, select.POLLIN)
                continue
            if not data:
                raise EOFError
            self._received += data
        taken = bytes(self._received[:size])
        del self._received[:size]
        return taken

    def _wait(self, descriptor: int, event: int) -> None:
        """Wait for the worker; only this counts as its time, so that slow matching is not held against a document."""
        began = time.monotonic()
        poll = select.poll()
        poll.register(descriptor, event)
        ready = poll.poll(max(0.0, self._may_wait - self._waited) * 1000)
        self._waited += time.monotonic() - began
        if not ready:
            raise TimeoutError
