"""vCards: one record for each card."""

import quopri
import re
from collections.abc import Iterable, Iterator

from pipelines.reading.budget import Budget
from pipelines.reading.format import Format
from pipelines.reading.sample import Sample
from pipelines.reading.structure import in_pieces, lines, record, without_separators
from pipelines.reading.text import every_reading

_BEGIN = re.compile(r"\s*BEGIN:VCARD\s", re.IGNORECASE)
_LINE = re.compile(r"(?:[\w-]+\.)?([\w-]+)((?:;[^:\"\n]*(?:\"[^\"\n]*\"[^:\"\n]*)*)?):(.*)", re.DOTALL)
_FOLD = re.compile(r"\n[ \t]")
_SOFT_BREAK = re.compile(r"=\n[ \t]?")
_ESCAPED = re.compile(r"\\(.)")
_PARTS = re.compile(r"(?<!\\)[;,]")
_DAY = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T\d+Z?)?")
_NOT_SHOWN = frozenset(("BEGIN", "END", "VERSION", "PRODID", "REV", "PHOTO", "LOGO", "SOUND", "KEY", "UID"))
_MOST_LINES = 2000
_LONGEST = 1 << 20


def recognize(sample: Sample) -> str | None:
    """Take text that begins with a card."""
    return "text/vcard" if _BEGIN.match(sample.head) else None


def read(sample: Sample, budget: Budget) -> Iterator[str]:
    """Yield the cards; lines that belong to none stay lines."""
    return every_reading(sample, lambda chunks: in_pieces(_cards(chunks)))


def _cards(chunks: Iterable[str]) -> Iterator[str]:
    waiting: list[str] = []
    size = 0
    for chunk in chunks:
        for line in without_separators(chunk).splitlines():
            waiting.append(line)
            size += len(line)
            if line[:9].upper() == "END:VCARD" or len(waiting) > _MOST_LINES or size > _LONGEST:
                yield from _card("\n".join(waiting))
                waiting.clear()
                size = 0
    if waiting:
        yield from _card("\n".join(waiting))


def _card(text: str) -> Iterator[str]:
    if "QUOTED-PRINTABLE" in text.upper():
        text = _SOFT_BREAK.sub("", text)
    cells: list[str] = []
    for line in _FOLD.sub("", text).split("\n"):
        found = _LINE.fullmatch(line)
        if not found:
            if line.strip():
                yield lines(line)
            continue
        name, parameters, value = found.groups()
        if name.upper() not in _NOT_SHOWN:
            cells += _values(value, parameters.upper())
    if cells:
        yield record(cells)


def _values(value: str, parameters: str) -> Iterator[str]:
    if "QUOTED-PRINTABLE" in parameters:
        value = _unquoted(value, parameters)
    day = _DAY.fullmatch(value)
    if day:
        yield "-".join(day.groups())
        return
    for part in _PARTS.split(value):
        text = _ESCAPED.sub(lambda match: " " if match.group(1) in "nN" else match.group(1), part).strip()
        if text:
            yield text.removeprefix("mailto:").removeprefix("tel:")


def _unquoted(value: str, parameters: str) -> str:
    data = quopri.decodestring(value.encode("utf-8", "replace"))
    charset = re.search(r"CHARSET=\"?([\w-]+)", parameters)
    try:
        return data.decode(charset.group(1) if charset else "utf-8")
    except (ValueError, LookupError):
        return data.decode("cp1252", "replace")


FORMATS = (Format(rank=46, recognize=recognize, read=read),)
