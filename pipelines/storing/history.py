"""Everything about one case as lines of JSON: what `export_case` gives and `import_case` takes."""

import base64
import binascii
import json
from collections.abc import Iterable, Iterator
from typing import Any

from pipelines.errors import StoreFormatError
from pipelines.storing.rows import event_of, reading_of, run_of, standing_of, visit_of
from pipelines.storing.tables import EVENTS, RUNS, SIGHTINGS, VERSIONS, VISITS, Cell, DamagedRowError, Row, Table

_VERSION = 1
# In this order no row stands before the one it refers to.
TABLES = (RUNS, SIGHTINGS, VERSIONS, EVENTS, VISITS)
_READERS = {"runs": run_of, "sightings": standing_of, "versions": reading_of, "events": event_of, "visits": visit_of}
DAMAGED_HISTORY = "the history in this export is damaged; export the case again"


def write_history(rows: Iterable[tuple[Table, Row]]) -> bytes:
    """Return the rows as lines below a line that tells their form."""
    lines: list[object] = [{"history": _VERSION}]
    lines.extend([table.name, *map(_to_json, row)] for table, row in rows)
    lines.append({"rows": len(lines) - 1})
    return "".join(json.dumps(line, allow_nan=False) + "\n" for line in lines).encode("ascii")


def read_history(data: bytes) -> Iterator[tuple[Table, Row]]:
    """Yield the rows of `write_history`; a StoreFormatError, perhaps after some, for what is cut or damaged."""
    try:
        lines: list[Any] = [json.loads(line) for line in data.decode("ascii").splitlines()]
        version = lines[0]["history"]
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        raise StoreFormatError(DAMAGED_HISTORY) from error
    if version != _VERSION:
        raise StoreFormatError(
            "the history in this export has a form that this program does not know; update the program"
        )
    if lines[-1] != {"rows": len(lines) - 2}:
        raise StoreFormatError(DAMAGED_HISTORY)
    tables = {table.name: table for table in TABLES}
    for line in lines[1:-1]:
        try:
            table, row = tables[line[0]], tuple(map(_from_json, line[1:]))
            _READERS[table.name](row)
        except (LookupError, TypeError, ValueError, DamagedRowError) as error:
            raise StoreFormatError(DAMAGED_HISTORY) from error
        yield table, row


def _to_json(cell: Cell) -> object:
    return {"base64": base64.b64encode(cell).decode("ascii")} if isinstance(cell, bytes) else cell


def _from_json(cell: Any) -> Cell:  # noqa: ANN401 - a value of JSON
    if isinstance(cell, dict):
        try:
            return base64.b64decode(cell["base64"], validate=True)
        except binascii.Error as error:
            raise ValueError(DAMAGED_HISTORY) from error
    if isinstance(cell, (str, int, float)) or cell is None:
        return cell
    raise TypeError(DAMAGED_HISTORY)
