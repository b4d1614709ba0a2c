"""Text inside other text: a script or textarea of a page, a string of a JSON document."""

import json
import re
from collections.abc import Iterator
from typing import Any

from pipelines.reading.json_records import JsonRecords, parsed
from pipelines.reading.rows import delimiter_of, rows_of
from pipelines.reading.structure import lines, without_separators

_HEAD = 1 << 16
_MOST_ISLANDS = 32
_ISLAND = re.compile(r"[=(:]\s*([{\[])")
_DECODER = json.JSONDecoder(strict=False)
_CLOSING_TAG = re.compile(r"</[a-zA-Z]{1,10}>|<br ?/?>")


def embedded_text(text: str) -> Iterator[str]:
    """Yield the records of a text that is JSON, HTML, delimited or plain."""
    from pipelines.reading.page import page_records

    stripped = text.strip()
    if stripped[:1] in ("{", "["):
        value = parsed(stripped)
        if value is not None:
            yield from JsonRecords().of(value)
            return
    if _CLOSING_TAG.search(stripped[:_HEAD]):
        yield from page_records(stripped)
        return
    clean = without_separators(text.replace("\r\n", "\n").replace("\r", "\n"))
    delimiter = delimiter_of(clean[:_HEAD])
    if delimiter:
        yield from rows_of([clean], delimiter)
    else:
        yield lines(clean)


def script_text(text: str) -> Iterator[str]:
    """Yield the records of the JSON values in a script, and the script as lines."""
    stripped = text.strip()
    value = parsed(stripped) if stripped[:1] in ("{", "[") else None
    if value is not None:
        yield from JsonRecords().of(value)
        return
    place = 0
    for _ in range(_MOST_ISLANDS):
        island = _ISLAND.search(text, place)
        if not island:
            break
        value, place = _decoded(text, island.start(1))
        if value:
            yield from JsonRecords().of(value)
    yield lines(without_separators(text))


def _decoded(text: str, start: int) -> tuple[Any, int]:
    """Return the JSON value that begins there and where it ends, None when there is none."""
    try:
        return _DECODER.raw_decode(text, start)
    except (ValueError, RecursionError):
        return None, start + 1
