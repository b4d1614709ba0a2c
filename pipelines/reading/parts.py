"""One outer document with everything inside it, read depth first under one budget."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pipelines.items import Reason
from pipelines.reading.budget import Budget, UnreadableError
from pipelines.reading.format import Format, Member
from pipelines.reading.sample import Sample

EMPTY = "application/x-empty"


@dataclass(frozen=True, slots=True)
class PartStart:
    """A part is about to be read; `sha256` is b"" when its bytes are not all there."""

    member: tuple[str, ...] = field(repr=False)
    media_type: str
    size: int
    sha256: bytes = field(repr=False)
    is_container: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """Some whole records of a part's own text."""

    member: tuple[str, ...] = field(repr=False)
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class PartEnd:
    """A part has been read; with a reason, not or not fully. Parts inside it have ended before it."""

    member: tuple[str, ...] = field(repr=False)
    media_type: str
    size: int
    sha256: bytes = field(repr=False)
    reason: Reason | None
    is_container: bool


def read_parts(
    body: bytes, formats: Sequence[Format], budget: Budget, member: tuple[str, ...] = (), cut: Reason | None = None
) -> Iterator[PartStart | Piece | PartEnd]:
    """Yield a document's pieces and parts; the last item is its own PartEnd. `cut` says why `body` is not all of it."""
    sample = Sample(body)
    kind, media_type = _recognized(sample, formats)
    digest = b"" if cut else hashlib.sha256(body).digest()
    start = PartStart(member, media_type, len(body), digest, kind.is_container if kind else False)
    yield start
    reason: Reason | None = None
    try:
        if kind:
            yield from _contents(kind, sample, formats, budget, member)
    except UnreadableError as error:
        reason = error.reason
    except MemoryError:
        reason = Reason.TOO_BIG
    except Exception:  # noqa: BLE001 - whatever a parser raises on hostile bytes, only this part is broken
        reason = Reason.BROKEN
    except GeneratorExit:
        raise
    except BaseException:  # noqa: BLE001 - a panic of a Rust parser passes `except Exception`
        reason = Reason.CRASHED_READER
    yield _end(start, cut or reason)


def _recognized(sample: Sample, formats: Sequence[Format]) -> tuple[Format | None, str]:
    if not sample.body:
        return None, EMPTY
    for kind in formats:
        media_type = kind.recognize(sample)
        if media_type:
            return kind, media_type
    raise AssertionError("the last format takes everything")


def _contents(
    kind: Format, sample: Sample, formats: Sequence[Format], budget: Budget, member: tuple[str, ...]
) -> Iterator[PartStart | Piece | PartEnd]:
    for item in kind.read(sample, budget):
        if isinstance(item, str):
            if item:
                yield Piece(member, item)
                budget.spend_text(len(item))
        else:
            budget.spend_part()
            yield from _inner(item, formats, budget, (*member, item.name))


def _inner(
    inner: Member, formats: Sequence[Format], budget: Budget, member: tuple[str, ...]
) -> Iterator[PartStart | Piece | PartEnd]:
    too_deep = len(member) > budget.limits.depth
    if inner.body is None or too_deep:
        start = PartStart(member, "application/octet-stream", len(inner.body or b""), b"", is_container=False)
        yield start
        yield _end(start, inner.reason or Reason.BOMB)
    else:
        yield from read_parts(inner.body, formats, budget, member, inner.reason)


def _end(start: PartStart, reason: Reason | None) -> PartEnd:
    return PartEnd(start.member, start.media_type, start.size, start.sha256, reason, start.is_container)
