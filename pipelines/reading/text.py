"""Text under every encoding it may be in, without giving twice what reads the same."""

from collections.abc import Callable, Iterable, Iterator

from pipelines.reading.sample import Sample
from pipelines.reading.structure import RS


def every_reading(sample: Sample, structured: Callable[[Iterable[str]], Iterable[str]]) -> Iterator[str]:
    """Yield the structured text under the best encoding, and under the others what has non-ASCII characters.

    `structured` turns chunks that end at line ends into whole records.
    """
    for place, encoding in enumerate(sample.encodings):
        for piece in structured(encoding.decode(sample.body)):
            yield piece if place == 0 else _foreign_records(piece)


def _foreign_records(piece: str) -> str:
    if piece.isascii():
        return ""
    kept = []
    for part in piece.split(RS):
        if part.isascii():
            continue
        kept.append("\n".join(line for line in part.split("\n") if not line.isascii()))
    return RS.join((*kept, ""))
