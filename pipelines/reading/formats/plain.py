"""Plain and delimited text: the last text format, which takes whatever can be decoded."""

from collections.abc import Iterable, Iterator

from pipelines.reading.budget import Budget
from pipelines.reading.format import Format
from pipelines.reading.rows import rows_of
from pipelines.reading.sample import Sample
from pipelines.reading.structure import in_pieces, lines
from pipelines.reading.text import every_reading

_MEDIA_TYPES = {"\t": "text/tab-separated-values", ",": "text/csv", ";": "text/csv", "|": "text/csv"}


def recognize(sample: Sample) -> str | None:
    """Take everything that has an encoding."""
    if not sample.encodings:
        return None
    return _MEDIA_TYPES.get(sample.delimiter or "", "text/plain")


def read(sample: Sample, budget: Budget) -> Iterator[str]:
    """Yield the rows, or the lines where there is no delimiter."""
    delimiter = sample.delimiter

    def structured(chunks: Iterable[str]) -> Iterator[str]:
        return rows_of(chunks, delimiter) if delimiter else in_pieces(map(lines, chunks))

    return every_reading(sample, structured)


FORMATS = (Format(rank=90, recognize=recognize, read=read),)
