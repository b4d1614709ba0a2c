"""What one run does to each host: how often, how fast, and when it leaves the host alone.

One ledger is shared by all spiders of a run, so that two sources on one host do not double the load.
"""

import asyncio
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from pipelines.items import Reason
from tracker.crawling.outcomes import LONGEST_WAIT

_JITTER = 0.5
_SLOWER = 1.0
_FAILURES_IN_A_ROW = 5


class HostClosedError(Exception):
    """The host is left alone for the rest of the run, for this reason."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(slots=True)
class _Host:
    requests: int = 0
    free_at: float = 0.0
    pause: float = 0.0
    held: float = 0.0
    failures: int = 0
    closed: Reason | None = None
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)


class Hosts:
    """The ledger; it is used from one thread, and waiting is the caller's.

    A request is booked, waits for its `turn` and until `left` is 0, and is then `started`.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic, dice: random.Random | None = None) -> None:
        self._clock = clock
        self._dice = dice or random.Random()  # noqa: S311 - spreads requests in time, hides nothing
        self._hosts: dict[str, _Host] = {}

    def book(self, host: str, budget: int) -> asyncio.Lock:
        """Count a request to a host and return the lock that is its turn.

        HostClosedError when the budget is spent or the host was given up.
        """
        entry = self._of(host)
        self.check(host)
        if entry.requests >= budget:
            raise HostClosedError(Reason.BUDGET)
        entry.requests += 1
        return entry.turn

    def check(self, host: str) -> None:
        """Raise HostClosedError when the host was given up."""
        closed = self._of(host).closed
        if closed is not None:
            raise HostClosedError(closed)

    def left(self, host: str) -> float:
        """Seconds until the host may be asked again."""
        return max(0.0, self._of(host).free_at - self._clock())

    def started(self, host: str, delay: float) -> None:
        """Note that a request starts now; the next one waits at least the longest pause that anybody asked for."""
        entry = self._of(host)
        pause = max(delay, entry.pause) * (1 + self._dice.uniform(0, _JITTER))
        entry.free_at = max(entry.free_at, self._clock() + pause)

    def hold(self, host: str, seconds: float) -> bool:
        """Ask the host nothing for so long, and more slowly from then on: it said so.

        False when its pauses together take longer than one run waits for a host.
        """
        entry = self._of(host)
        until = self._clock() + seconds
        entry.held += max(0.0, until - max(entry.free_at, self._clock()))
        entry.free_at = max(entry.free_at, until)
        entry.pause = max(_SLOWER, 2 * entry.pause)
        return entry.held <= LONGEST_WAIT

    def slow_down(self, host: str, pause: float) -> None:
        """Pause at least so long between two requests to the host."""
        entry = self._of(host)
        entry.pause = max(entry.pause, pause)

    def give_up(self, host: str, reason: Reason) -> None:
        """Leave the host alone for the rest of the run; the first reason stays."""
        entry = self._of(host)
        entry.closed = entry.closed or reason

    def answered(self, host: str) -> None:
        """Note that the host answered, whatever it said."""
        self._of(host).failures = 0

    def failed(self, host: str, reason: Reason) -> None:
        """Note that the host did not answer; several times in a row and it is given up for that reason."""
        entry = self._of(host)
        entry.failures += 1
        if entry.failures >= _FAILURES_IN_A_ROW:
            self.give_up(host, reason)

    def _of(self, host: str) -> _Host:
        return self._hosts.setdefault(host, _Host())
