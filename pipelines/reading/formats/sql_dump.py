"""SQL dumps: the rows of INSERT and COPY statements as records, everything else as lines."""

import re
from collections.abc import Iterable, Iterator

from pipelines.reading.budget import Budget
from pipelines.reading.format import Format
from pipelines.reading.sample import Sample
from pipelines.reading.sql_rows import SqlRows
from pipelines.reading.structure import in_pieces
from pipelines.reading.text import every_reading

_STATEMENT = re.compile(
    r"^[ \t]*(?:(?:INSERT|REPLACE)\s+(?:(?:IGNORE|LOW_PRIORITY|DELAYED|OR\s+\w+)\s+)*(?:INTO\s+)?[\w\[`\"]"
    r"|CREATE\s+TABLE\s|COPY\s[^\n]*\sFROM\s+stdin)",
    re.IGNORECASE | re.MULTILINE,
)
_MYSQL = re.compile(r"(?:INTO|TABLE)(?: IF NOT EXISTS)?\s+`|MySQL|MariaDB", re.IGNORECASE)


def recognize(sample: Sample) -> str | None:
    """Take text in which a statement begins a line; pages that show one are pages."""
    head = sample.head
    is_dump = _STATEMENT.search(head) and not head.lstrip().startswith(("<", "{"))
    return "application/sql" if is_dump else None


def read(sample: Sample, budget: Budget) -> Iterator[str]:
    """Yield the rows in the order of the dump."""
    has_escapes = bool(_MYSQL.search(sample.head))

    def structured(chunks: Iterable[str]) -> Iterator[str]:
        return in_pieces(SqlRows(has_escapes=has_escapes).of(chunks))

    return every_reading(sample, structured)


FORMATS = (Format(rank=45, recognize=recognize, read=read),)
