"""What one outer document may cost, shared by all its parts."""

import time
from dataclasses import dataclass, field

from pipelines.items import Reason


@dataclass(frozen=True, slots=True)
class Limits:
    """What one outer document may cost; none of them looks at a ratio, since honest tables compress well.

    `body` is the largest document that is read at all, `member` how much of one member is; `unpacked` and `text` are
    totals over all its parts. `seconds` are of the worker's CPU, `wall_seconds` of waiting for it, `memory` its whole
    address space.
    """

    body: int = 256 << 20
    unpacked: int = 512 << 20
    member: int = 192 << 20
    text: int = 1 << 30
    parts: int = 10_000
    depth: int = 12
    seconds: float = 60.0
    wall_seconds: float = 180.0
    memory: int = 1 << 30
    documents_per_worker: int = 500


class UnreadableError(Exception):
    """A part cannot be read (further); what was given before it is raised stays read."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(slots=True)
class Budget:
    """What is left of the limits; spending more than that raises UnreadableError."""

    limits: Limits
    unpacked: int = 0
    text: int = 0
    parts: int = 0
    deadline: float = field(init=False)

    def __post_init__(self) -> None:
        self.deadline = time.process_time() + self.limits.seconds

    def spend_unpacked(self, size: int) -> None:
        """Count bytes that came out of a compressed part."""
        self.unpacked += size
        if self.unpacked > self.limits.unpacked:
            raise UnreadableError(Reason.BOMB)

    def spend_text(self, size: int) -> None:
        """Count characters given to matching, and look at the clock."""
        self.text += size
        if self.text > self.limits.text:
            raise UnreadableError(Reason.BOMB)
        self.check_time()

    def spend_part(self) -> None:
        """Count one part inside the document, and look at the clock."""
        self.parts += 1
        if self.parts > self.limits.parts:
            raise UnreadableError(Reason.BOMB)
        self.check_time()

    def check_time(self) -> None:
        """Raise when the CPU seconds are used up; loops that give no text for long call it themselves."""
        if time.process_time() > self.deadline:
            raise UnreadableError(Reason.TIMEOUT)
