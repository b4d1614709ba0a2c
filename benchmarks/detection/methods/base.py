"""What a method of finding copies is to the benchmark."""

from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Answer:
    """What a method says of a document; `rows` are rows of the leak in file order, none for methods that name none."""

    found: bool
    rows: tuple[int, ...] = field(default=(), repr=False)
    confidence: float | None = None
    was_read: bool = True


class Method(Protocol):
    """A method made for one leak; `reads_bytes` ones do their own reading, the others get the product's text."""

    name: str
    names_rows: bool
    reads_bytes: bool

    def inspect(self, body: bytes, text: str) -> Answer:
        """Say whether the document shows the leak."""
