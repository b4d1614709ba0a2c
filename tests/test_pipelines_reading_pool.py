"""The limits of the workers, driven by a format that does on demand what a broken parser would."""

import gc
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import pytest

from pipelines.errors import WorkerError
from pipelines.items import Reason
from pipelines.reading.pool import Limits, PartEnd, Piece, ReaderPool
from tests.readings import read

ROOT = Path(__file__).resolve().parents[1]
TROUBLE = """
import os, signal, sys, time
from pipelines.reading.format import Format, Member


class Panic(BaseException):
    pass


def recognize(sample):
    return "test/trouble" if sample.body.startswith(b"TROUBLE ") else None


def read(sample, budget):
    what = sample.body.split()[1].decode()
    yield "before the trouble\\n"
    yield Member("inner.txt", b"inside\\n")
    if what == "spin":
        while True:
            pass
    elif what == "sleep":
        time.sleep(1000)
    elif what == "eat":
        data = [bytes(1 << 20) for _ in range(1 << 20)]
    elif what == "grow":
        read.__globals__["kept"] = b"x" * (150 << 20)
    elif what == "abort":
        os.abort()
    elif what == "segfault":
        os.kill(os.getpid(), signal.SIGSEGV)
    elif what == "exit":
        os._exit(0)
    elif what == "panic":
        raise Panic
    elif what == "raise":
        raise KeyError
    elif what == "recurse":
        read.__globals__["again"] = lambda: read.__globals__["again"]()
        read.__globals__["again"]()
    elif what == "print":
        print("P" * 100000, flush=True)
        print("E" * 100000, file=sys.stderr, flush=True)
        os.write(1, b"E" * 1000)
        assert os.read(0, 10) == b""
    elif what == "write":
        with open(sample.body.split()[2].decode(), "wb") as file:
            file.write(b"x" * 10)
            file.flush()
    elif what == "environment":
        yield repr(sorted(os.environ)) + repr(sys.flags.isolated)
    elif what == "flood":
        while True:
            yield "x" * (1 << 16)


FORMATS = (Format(rank=1, recognize=recognize, read=read),)
"""


@pytest.fixture(scope="module")
def trouble(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("formats")
    (folder / "trouble.py").write_text(TROUBLE)
    return folder


@pytest.fixture(scope="module")
def open_pool(trouble: Path) -> Callable[..., ReaderPool]:
    def opened(workers: int = 1, **limits) -> ReaderPool:
        return ReaderPool(workers, Limits(**{"seconds": 1, "wall_seconds": 8, "text": 4 << 20, **limits}), (trouble,))

    return opened


@pytest.fixture(scope="module")
def pool(open_pool) -> Iterator[ReaderPool]:
    with open_pool() as pool:
        yield pool


@pytest.mark.parametrize(
    ("what", "reason"),
    [
        ("spin", Reason.TIMEOUT),
        ("eat", Reason.TOO_BIG),
        ("abort", Reason.CRASHED_READER),
        ("segfault", Reason.CRASHED_READER),
        ("exit", Reason.CRASHED_READER),
        ("panic", Reason.CRASHED_READER),
        ("raise", Reason.BROKEN),
        ("recurse", Reason.BROKEN),
        ("flood", Reason.BOMB),
        ("none", None),
        ("print", None),
    ],
)
def test_trouble_ends_only_its_document(pool: ReaderPool, what: str, reason: Reason | None) -> None:
    body = f"TROUBLE {what}".encode()
    reading = read(pool, body)
    assert reading.text.startswith("before the trouble\ninside\n")
    assert [(end.member, end.reason) for end in reading.ends] == [(("inner.txt",), None), ((), reason)]
    assert (reading.end.media_type, reading.end.size) == ("test/trouble", len(body))
    assert reading.end.sha256 == sha256(body).digest()
    following = read(pool, b"the next line\n")
    assert (following.reason, following.records) == (None, [["the next line"]])


def test_a_reader_that_waits_is_ended_by_the_clock(open_pool) -> None:
    with open_pool(wall_seconds=1) as pool:
        assert read(pool, b"TROUBLE sleep").reason is Reason.TIMEOUT
        assert read(pool, b"next\n").reason is None


def test_slow_matching_is_not_held_against_a_document(open_pool) -> None:
    with open_pool(wall_seconds=1, text=3 << 20) as pool:
        reason = None
        for number, item in enumerate(pool.read(b"TROUBLE flood")):
            if number < 3:
                time.sleep(0.6)
            reason = item.reason if isinstance(item, PartEnd) else reason
        assert reason is Reason.BOMB


def test_a_worker_writes_no_file(pool: ReaderPool, tmp_path: Path) -> None:
    reading = read(pool, f"TROUBLE write {tmp_path}/out".encode())
    assert reading.reason is Reason.BROKEN
    assert not (tmp_path / "out").exists() or (tmp_path / "out").stat().st_size == 0


def test_a_worker_is_isolated_and_has_no_environment(open_pool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET", "x")
    with open_pool() as pool:
        text = read(pool, b"TROUBLE environment").text
    assert "SECRET" not in text
    assert "PATH" not in text
    assert text.endswith("1")


def test_a_document_over_the_limit_is_not_read(open_pool) -> None:
    with open_pool(body=10) as pool:
        assert (read(pool, b"x" * 11).reason, read(pool, b"x" * 11).text) == (Reason.TOO_BIG, "")
        assert read(pool, b"x" * 10).reason is None


def test_a_worker_that_dies_between_documents_is_replaced(open_pool) -> None:
    with open_pool() as pool:
        read(pool, b"one\n")
        for _ in range(3):
            os.kill(worker_of(pool), signal.SIGKILL)
            time.sleep(0.05)
            assert read(pool, b"two\n").reason is None


def test_workers_are_kept_and_recycled(open_pool) -> None:
    with open_pool(documents_per_worker=3) as pool:
        workers = []
        for _ in range(5):
            read(pool, b"x\n")
            workers.append(worker_of(pool) if pool._idle else None)
        assert workers[0] == workers[1] != workers[3]
        assert workers[2] is None
        assert workers[3] == workers[4]


def test_a_large_parent_does_not_wear_out_its_workers(open_pool) -> None:
    ballast = bytearray(b"x") * (600 << 20)
    with open_pool() as pool:
        read(pool, b"x\n")
        worker = worker_of(pool)
        read(pool, b"x\n")
        assert worker_of(pool) == worker
    assert len(ballast) == 600 << 20


def test_a_worker_that_has_grown_is_not_used_again(open_pool) -> None:
    with open_pool(memory=256 << 20) as pool:
        assert read(pool, b"TROUBLE grow").reason is None
        grown = worker_of(pool)
        time.sleep(0.1)
        assert read(pool, b"x\n").reason is None
        assert worker_of(pool) != grown


def test_a_reading_that_is_given_up_leaves_the_pool_usable(open_pool) -> None:
    with open_pool() as pool:
        pieces = pool.read(b"TROUBLE flood")
        assert isinstance(next(pieces), Piece)
        pieces.close()
        assert read(pool, b"next\n").reason is None


def test_many_threads_share_few_workers(open_pool) -> None:
    with open_pool(workers=2) as pool, ThreadPoolExecutor(8) as threads:
        bodies = [b"TROUBLE abort" if number % 10 == 0 else f"line {number}\n".encode() for number in range(80)]
        readings = list(threads.map(lambda body: read(pool, body), bodies))
        assert len(pool._idle) <= 2
    for body, reading in zip(bodies, readings, strict=True):
        if body.startswith(b"TROUBLE"):
            assert reading.reason is Reason.CRASHED_READER
        else:
            assert reading.records == [[body.decode().strip()]]


def test_large_bodies_and_answers_do_not_block_each_other(open_pool) -> None:
    body = b"a line of text, and another cell\n" * (1 << 19)
    with open_pool(seconds=20, text=1 << 30) as pool:
        reading = read(pool, body)
    assert reading.reason is None
    assert len(reading.text) == len(body)


def test_close_ends_the_workers_and_refuses_more(open_pool) -> None:
    pool = open_pool()
    read(pool, b"x\n")
    worker = worker_of(pool)
    pool.close()
    pool.close()
    with pytest.raises(ProcessLookupError):
        os.kill(worker, 0)
    with pytest.raises(WorkerError):
        read(pool, b"x\n")
    gc.collect()


def test_a_worker_that_cannot_start_is_said_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nonexistent/python")
    with ReaderPool(1) as pool, pytest.raises(WorkerError):
        read(pool, b"x\n")
    monkeypatch.setattr(sys, "executable", "/bin/true")
    with ReaderPool(1) as pool, pytest.raises(WorkerError):
        read(pool, b"x\n")


@pytest.mark.parametrize("busy", [False, True])
def test_workers_end_when_the_parent_is_killed(busy: bool, trouble: Path) -> None:
    script = f"""
import sys; sys.path.insert(0, {str(ROOT)!r})
from pathlib import Path
from pipelines.reading.pool import ReaderPool
pool = ReaderPool(1, format_folders=(Path({str(trouble)!r}),))
list(pool.read(b"x\\n"))
print(pool._idle[0]._child.pid, flush=True)
pieces = pool.read(b"TROUBLE flood")
{"next(pieces)" if busy else "pass"}
import time; time.sleep(60)
"""
    with parent_running(script) as (parent, worker):
        time.sleep(0.2)
        parent.kill()
        parent.wait()
        for _ in range(100):
            if not is_running(worker):
                return
            time.sleep(0.05)
    pytest.fail("the worker outlives its parent")


def test_an_interrupt_of_the_terminal_leaves_workers_alone(open_pool) -> None:
    with open_pool() as pool:
        read(pool, b"x\n")
        assert os.getpgid(worker_of(pool)) != os.getpgid(0)


def test_reading_from_a_thread_that_ends_keeps_the_worker(open_pool) -> None:
    with open_pool() as pool:
        thread = threading.Thread(target=read, args=(pool, b"x\n"))
        thread.start()
        thread.join()
        worker = worker_of(pool)
        assert read(pool, b"y\n").reason is None
        assert worker_of(pool) == worker


def worker_of(pool: ReaderPool) -> int:
    return pool._idle[-1]._child.pid


def is_running(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


@contextmanager
def parent_running(script: str) -> Iterator[tuple[subprocess.Popen, int]]:
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE) as parent:
        try:
            yield parent, int(parent.stdout.readline())
        finally:
            parent.kill()
