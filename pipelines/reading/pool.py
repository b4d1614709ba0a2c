"""A pool of limited worker processes that turn bytes into text; a document that hurts one harms only itself."""

import hashlib
import threading
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from pipelines.errors import WorkerError
from pipelines.items import Reason
from pipelines.reading.budget import Limits
from pipelines.reading.parts import PartEnd, PartStart, Piece
from pipelines.reading.process import WorkerGoneError, WorkerProcess

__all__ = ["Limits", "PartEnd", "Piece", "ReaderPool"]

_UNKNOWN = "application/octet-stream"


class ReaderPool:
    """Reads documents in at most `workers` processes at a time; safe to use from several threads.

    `format_folders` are folders with more format files, each like those in `pipelines/reading/formats`.
    """

    def __init__(self, workers: int = 2, limits: Limits | None = None, format_folders: tuple[Path, ...] = ()) -> None:
        self._limits = limits or Limits()
        self._format_folders = format_folders
        self._free = threading.Semaphore(workers)
        self._lock = threading.Lock()
        self._idle: list[WorkerProcess] = []
        self._is_closed = False

    def read(self, body: bytes) -> Iterator[Piece | PartEnd]:
        """Yield the pieces of a document and the ends of its parts; the last item is the document's own PartEnd.

        It never raises because of the document. A worker is held until the iterator is used up or closed.
        """
        if len(body) > self._limits.body:
            digest = hashlib.sha256(body).digest()
            yield PartEnd((), _UNKNOWN, len(body), digest, Reason.TOO_BIG, is_container=False)
            return
        with self._free:
            yield from self._read(body)

    def close(self) -> None:
        """End the waiting workers now and busy ones when they are done; calling it twice is harmless."""
        with self._lock:
            self._is_closed = True
            idle, self._idle = self._idle, []
        for worker in idle:
            worker.end()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _read(self, body: bytes) -> Iterator[Piece | PartEnd]:
        reason = Reason.CRASHED_READER
        unfinished: list[PartStart] = []
        # A worker that died while it waited is replaced; one that dies twice before it has the document is not.
        for _ in range(2):
            try:
                yield from self._read_once(body, unfinished)
            except WorkerGoneError as error:
                reason = error.reason
                if error.had_begun:
                    break
            else:
                return
        for part in reversed(unfinished):
            yield PartEnd(part.member, part.media_type, part.size, part.sha256, reason, part.is_container)
        if not unfinished:
            yield PartEnd((), _UNKNOWN, len(body), hashlib.sha256(body).digest(), reason, is_container=False)

    def _read_once(self, body: bytes, unfinished: list[PartStart]) -> Iterator[Piece | PartEnd]:
        worker = self._take_worker()
        is_done = False
        try:
            for item in worker.read(body):
                if isinstance(item, PartStart):
                    unfinished.append(item)
                    continue
                if isinstance(item, PartEnd):
                    unfinished.pop()
                    is_done = not item.member
                yield item
        finally:
            self._give_back(worker, is_usable=is_done)

    def _take_worker(self) -> WorkerProcess:
        with self._lock:
            if self._is_closed:
                raise WorkerError("The reading workers have been closed; open the case again.")
            if self._idle:
                return self._idle.pop()
        return WorkerProcess(self._limits, self._format_folders)

    def _give_back(self, worker: WorkerProcess, *, is_usable: bool) -> None:
        with self._lock:
            keep = is_usable and not self._is_closed and worker.documents < self._limits.documents_per_worker
            if keep:
                self._idle.append(worker)
        if not keep:
            worker.end()
