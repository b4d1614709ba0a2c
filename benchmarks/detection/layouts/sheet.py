"""What a layout lays out: a sheet of cells with its columns, and how columns are called in many languages."""

import random
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table to be laid out; `fields` says what a column is, `labels` what the document calls it."""

    fields: tuple[str, ...]
    labels: tuple[str, ...]
    rows: Sequence[tuple[str, ...]] = field(repr=False)
    language: str = "en"
    title: str = ""

    def dicts(self) -> list[dict[str, str]]:
        """Return every row as a mapping from field to cell."""
        return [dict(zip(self.fields, row, strict=True)) for row in self.rows]

    def widths(self) -> list[int]:
        """Return how wide each column is, its label included."""
        columns = zip(self.labels, *self.rows, strict=True)
        return [max(len(cell) for cell in column) for column in columns]


def label(name: str, language: str, draw: random.Random) -> str:
    """Return what a document in this language calls the column; English where the language has no word here."""
    labels = _labels()
    return draw.choice(labels.get(language, {}).get(name) or labels["en"][name])


@cache
def _labels() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(files("benchmarks.detection").joinpath("data", "labels.toml").read_text(encoding="utf-8"))
