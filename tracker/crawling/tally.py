"""What a run saw at each source, counted while it runs."""

import threading
from collections import Counter
from dataclasses import dataclass, field

from pipelines.errors import PipelinesError
from pipelines.items import Inspection, SourceCount


@dataclass(slots=True)
class _Count:
    requests: int = 0
    bytes: int = 0
    verdicts: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    partial_reasons: dict[str, None] = field(default_factory=dict)


class Tally:
    """Counts per source; every method may be called from any thread.

    `error` is the first error that must end the run (a store that cannot be written); who runs the run raises it.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counts: dict[str, _Count] = {}
        self.error: PipelinesError | None = None

    def count_source(self, source: str) -> None:
        """Make a source appear in the counts although nothing may happen there."""
        with self._lock:
            self._of(source)

    def count_request(self, source: str) -> None:
        """Count one request that was sent, robots.txt and redirects included."""
        with self._lock:
            self._of(source).requests += 1

    def count_bytes(self, source: str, size: int) -> None:
        """Count bytes of bodies as they came over the wire."""
        with self._lock:
            self._of(source).bytes += size

    def count_inspection(self, inspection: Inspection) -> None:
        """Count the verdict and the reason of one inspection, under its source."""
        with self._lock:
            count = self._of(inspection.source)
            count.verdicts[inspection.verdict.value] += 1
            if inspection.reason is not None:
                count.reasons[inspection.reason.value] += 1

    def mark_partial(self, source: str, why: str) -> None:
        """Say that a source was not read to its end; `why` is a sentence without text from outside."""
        with self._lock:
            self._of(source).partial_reasons.setdefault(why)

    def fail(self, error: PipelinesError) -> None:
        """Keep the first error that must end the run."""
        with self._lock:
            self.error = self.error or error

    def counts(self) -> dict[str, SourceCount]:
        """Return what was counted so far, sources in the order in which they first appeared."""
        with self._lock:
            return {source: _frozen(count) for source, count in self._counts.items()}

    def _of(self, source: str) -> _Count:
        return self._counts.setdefault(source, _Count())


def _frozen(count: _Count) -> SourceCount:
    return SourceCount(
        requests=count.requests,
        bytes=count.bytes,
        verdicts=dict(count.verdicts),
        reasons=dict(count.reasons),
        partial=bool(count.partial_reasons),
        partial_reasons=tuple(count.partial_reasons),
    )
