"""A document's parts as they were read: what each showed, what lies in it, and why it could not be read fully."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from fingerprints.matching.matcher import Scan
from pipelines.items import Reason
from pipelines.reading.pool import PartEnd, Piece


@dataclass(slots=True, repr=False)
class Part:
    """One part and those inside it; `digest` is its keyed digest, "" when its bytes were not all there."""

    member: tuple[str, ...]
    scan: Scan
    has_text: bool = False
    inner: "list[Part]" = field(default_factory=list)
    end: PartEnd | None = None
    digest: str = ""
    is_known_good: bool = False

    def counted(self) -> "Iterator[Part]":
        """Yield this part and all inside it, but nothing of what is known to be good."""
        if not self.is_known_good:
            yield self
            for inner in self.inner:
                yield from inner.counted()

    def scans(self) -> list[Scan]:
        """Return what is to be judged together; never empty."""
        return [part.scan for part in self.counted() if part.has_text] or [self.scan]

    def reason(self) -> Reason | None:
        """Return why it was not fully read: one reason if it is the same all over, `partial` if there are several."""
        reasons = {part.end.reason for part in self.counted() if part.end and part.end.reason}
        return reasons.pop() if len(reasons) == 1 else (Reason.PARTIAL if reasons else None)

    def was_read(self) -> bool:
        """Tell whether anything of it was read."""
        return any(part.has_text or (not part.inner and not part.fault) for part in self.counted())

    @property
    def fault(self) -> Reason | None:
        """Why it was itself not fully read."""
        return self.end.reason if self.end else None


class PartTree:
    """Sorts what the pool tells into parts: pieces and parts of a part come before its end."""

    def __init__(self, new_scan: Callable[[], Scan]) -> None:
        self._new_scan = new_scan
        self.root = Part((), new_scan())
        self._open: dict[tuple[str, ...], Part] = {(): self.root}

    def feed(self, piece: Piece) -> None:
        """Match a piece of text."""
        part = self._part(piece.member)
        part.has_text = True
        part.scan.feed(piece.text)

    def end(self, end: PartEnd, digest: str, *, is_known_good: bool) -> None:
        """Close a part; the next one of the same name is another."""
        part = self._part(end.member)
        part.end, part.digest, part.is_known_good = end, digest, is_known_good
        del self._open[end.member]

    def _part(self, member: tuple[str, ...]) -> Part:
        part = self._open.get(member)
        if part is None:
            part = Part(member, self._new_scan())
            self._part(member[:-1]).inner.append(part)
            self._open[member] = part
        return part
