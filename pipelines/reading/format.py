"""The contract of a format: how it knows its bytes, and how it turns them into text and parts."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from pipelines.items import Reason
from pipelines.reading.budget import Budget
from pipelines.reading.sample import Sample


@dataclass(frozen=True, slots=True)
class Member:
    """A document inside a document. `reason` says why `body` is cut short or missing; None when it is whole."""

    name: str
    body: bytes | None = field(default=None, repr=False)
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of document.

    Formats are asked in order of `rank`, lowest first. `recognize` returns the checked media type, or None when the
    bytes are something else; it must not raise. `read` yields the document's own text, whole records at a time, and
    its members; it raises UnreadableError when it cannot go on, and what it yielded before that stays read.
    """

    rank: int
    recognize: Callable[[Sample], str | None]
    read: Callable[[Sample, Budget], Iterator[str | Member]]
    is_container: bool = False
