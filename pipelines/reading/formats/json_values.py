"""JSON documents, JSON Lines and JSON values one after the other."""

import io
import re
from collections.abc import Iterable, Iterator

from pipelines.reading.budget import Budget, UnreadableError
from pipelines.reading.format import Format
from pipelines.reading.json_records import JsonRecords, parsed
from pipelines.reading.json_stream import streamed_values
from pipelines.reading.sample import Sample
from pipelines.reading.structure import in_pieces, lines
from pipelines.reading.text import every_reading

_START = re.compile(r'\s*(?:\{\s*(?:"|\}|\Z)|\[\s*(?:["\[{\]]|-?\d[\d.eE+-]*\s*[,\]]|true|false|null|\Z))')
_WORD = re.compile(r"\w{2}")
# Larger documents are streamed: parsed as a whole they take some twenty times their size in memory.
_LARGEST_AT_ONCE = 4 << 20


def recognize(sample: Sample) -> str | None:
    """Take text that begins like a JSON object or array; whether it is one shows when it is read."""
    return "application/json" if _START.match(sample.head) else None


def read(sample: Sample, budget: Budget) -> Iterator[str]:
    """Yield the records of the values, and as plain text what turns out to be none."""

    def structured(chunks: Iterable[str]) -> Iterator[str]:
        text = "".join(chunks)
        try:
            yield from in_pieces(_records(text, budget))
        except UnreadableError:
            # Nesting may be there to hide something: as lines it can still be matched.
            yield lines(text) if _WORD.search(text) else ""
            raise

    return every_reading(sample, structured)


def _records(text: str, budget: Budget) -> Iterator[str]:
    records = JsonRecords()
    if len(text) <= _LARGEST_AT_ONCE:
        value = parsed(text)
        if value is not None:
            yield from records.of(value)
            return
    first, _, others = text.lstrip().partition("\n")
    if others and parsed(first) is not None:
        yield from _lines_of_values(text, records)
        return
    try:
        for values in streamed_values(io.BytesIO(text.encode("utf-8", "replace"))):
            budget.check_time()
            yield from records.of(values)
    except ValueError:
        # It only began like JSON, or is cut short or damaged somewhere: the text holds it all.
        yield lines(text)


def _lines_of_values(text: str, records: JsonRecords) -> Iterator[str]:
    for line in text.split("\n"):
        value = parsed(line)
        if value is not None:
            yield from records.of(value)
        elif line.strip():
            yield lines(line)


FORMATS = (Format(rank=50, recognize=recognize, read=read),)
