"""Spreadsheet cells as people read them: serial numbers as dates, numbers without the traces of floating point."""

import re
from datetime import datetime, timedelta

_BUILT_IN_DATES = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_LITERALS = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?![hms]+\])[^\]]*\]', re.IGNORECASE)
_DATE_LETTERS = re.compile(r"[dmyhs]", re.IGNORECASE)
_LAST_SERIAL = 2_958_466
_LEAP_DAY_THAT_NEVER_WAS = 60
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_LARGEST_EXACT = 1e15


def is_date_format(number: int, code: str) -> bool:
    """Tell whether cells of a number format, by its number and its code, show dates or times."""
    return number in _BUILT_IN_DATES or bool(_DATE_LETTERS.search(_LITERALS.sub("", code)))


def date_text(serial: str, *, is_1904: bool) -> str:
    """Return a serial number as ISO date, with the time if there is one; what is no date stays a number."""
    try:
        days = float(serial)
    except ValueError:
        return serial
    if not 0 <= days < _LAST_SERIAL:
        return number_text(serial)
    if is_1904:
        epoch = datetime(1904, 1, 1)  # noqa: DTZ001 - a calendar day of no zone
    else:
        first = days < _LEAP_DAY_THAT_NEVER_WAS
        epoch = datetime(1899, 12, 31 if first else 30)  # noqa: DTZ001
    moment = epoch + timedelta(seconds=round(days * 86400))
    if days < 1 and days != 0:
        return f"{moment:%H:%M:%S}"
    return date_and_time(moment.isoformat())


def date_and_time(iso: str) -> str:
    """Return an ISO time stamp as a date, and the time of day only if it is not midnight."""
    date, _, time = iso.replace(" ", "T").partition("T")
    return f"{date} {time}" if time.strip("0:.Z") else date


def number_text(value: str) -> str:
    """Return a number as a spreadsheet shows it by default: 491761234500, not 4.917612345E11."""
    if value.isdigit():
        return value
    try:
        number = float(value)
    except ValueError:
        return value
    return str(int(number)) if number.is_integer() and abs(number) < _LARGEST_EXACT else f"{number:.15g}"


def unescaped(text: str) -> str:
    """Undo the escapes by which OOXML writes control characters."""
    return _ESCAPED.sub(lambda match: chr(int(match.group(1), 16)), text) if "_x" in text else text
