"""The child process in which hostile bytes are read; it holds no key, no fingerprints and no way out but its pipe."""

import contextlib
import json
import os
import resource
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

from pipelines.reading import frames
from pipelines.reading.budget import Budget, Limits
from pipelines.reading.format import Format
from pipelines.reading.parts import read_parts
from pipelines.reading.registry import load_formats

_OPEN_FILES = 32
_NOT_DUMPABLE = 4
_STATM = Path("/proc/self/statm")
# A worker that has grown to this share of its memory is not used again.
_WORN = 0.4


def main() -> None:
    """Read jobs from standard input and answer on what was standard output, until the input ends."""
    limits = Limits(**json.loads(sys.argv[2]))
    jobs, answers = _take_pipes()
    _limit(limits)
    formats = load_formats(tuple(map(Path, sys.argv[3:])))
    _write(answers, frames.signal(frames.READY))
    while header := jobs.read(frames.JOB.size):
        (size,) = frames.JOB.unpack(header)
        body = jobs.read(size)
        if len(body) < size:
            return
        _write(answers, frames.signal(frames.RECEIVED))
        _answer(body, formats, limits, answers)
        del body
        if _is_worn(limits):
            return


def _take_pipes() -> tuple[BinaryIO, int]:
    """Keep both pipes for ourselves: a parser that prints must not be able to forge an answer."""
    jobs = os.fdopen(os.dup(0), "rb")
    answers = os.dup(1)
    nothing = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nothing, descriptor)
    os.close(nothing)
    return jobs, answers


def _limit(limits: Limits) -> None:
    for kind, size in (
        (resource.RLIMIT_AS, limits.memory),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, _OPEN_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        # Some systems refuse some limits; the parent's clock is the last one.
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(kind, (size, size))
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_NOT_DUMPABLE, 0, 0, 0, 0)


def _answer(body: bytes, formats: Sequence[Format], limits: Limits, answers: int) -> None:
    _renew_cpu(limits)
    for item in read_parts(body, formats, Budget(limits)):
        _write(answers, frames.pack(item))


def _renew_cpu(limits: Limits) -> None:
    """Allow as much CPU from now on; two seconds more than the budget, which ends the reading in an orderly way."""
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    soft = int(time.process_time() + limits.seconds) + 2
    resource.setrlimit(resource.RLIMIT_CPU, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard))


def _is_worn(limits: Limits) -> bool:
    return _memory_in_use() > limits.memory * _WORN


def _memory_in_use() -> int:
    try:
        resident = int(_STATM.read_text().split()[1]) * resource.getpagesize()
    except OSError:
        # Where there is no /proc, the largest use so far; on Linux that would include the parent's.
        resident = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return resident


def _write(descriptor: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]
