"""YAML."""

from collections.abc import Iterator

from pipelines.reading.budget import Budget
from pipelines.reading.format import Format
from pipelines.reading.sample import Sample
from pipelines.reading.structure import in_pieces
from pipelines.reading.text import every_reading
from pipelines.reading.yaml_records import DASH, KEY, YamlRecords

_SAMPLE_LINES = 200
_LONGEST_LINE = 2000
_FEWEST_FITTING = 0.9
_FEWEST_LINES = 3


def recognize(sample: Sample) -> str | None:
    """Take text of which next to all lines are entries, with lists or nesting; flat `key: value` lines are lines."""
    head = [line for line in sample.head[: _LONGEST_LINE * 30].split("\n")[:_SAMPLE_LINES] if line.strip()]
    fitting = nested = 0
    before = -1
    for line in head:
        text = line[:_LONGEST_LINE].strip()
        column = len(line) - len(line.lstrip(" "))
        dash = DASH.match(text)
        is_entry = bool(dash or KEY.match(text))
        nested += bool(column > before >= 0 and is_entry) or bool(dash and KEY.match(text[dash.end() :]))
        fitting += is_entry or text.startswith(("#", "---", "...")) or (column > 0 and not is_entry and "," not in text)
        before = column if is_entry else -1
    is_yaml = len(head) >= _FEWEST_LINES and nested and fitting >= _FEWEST_FITTING * len(head)
    return "application/yaml" if is_yaml else None


def read(sample: Sample, budget: Budget) -> Iterator[str]:
    """Yield the records."""
    return every_reading(sample, lambda chunks: in_pieces(YamlRecords().of(chunks)))


FORMATS = (Format(rank=80, recognize=recognize, read=read),)
