"""Dates: the forms in which a day is written -> the days it may mean, as numbers YYYYMMDD.

03/04/1983 stays two days until somebody knows the order. Days of other calendars (Iran, Thailand, Hijri) are kept as
written, never converted.
"""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from fingerprints.fields.folding import fold
from fingerprints.fields.months import month_numbers

# Two-digit years up to this one may be of either century, as nobody here knows today's date.
_LAST_YOUNG_YEAR = 35
_FIRST_YEAR, _LAST_YEAR = 1850, 2060
_OTHER_CALENDARS = (range(1250, 1500), range(2400, 2620))
_EXCEL_EPOCH = date(1899, 12, 30)
_EXCEL_DAYS = range(3654, 60000)

_SEPARATOR = r"( ?[./-] ?)"
_NUMERIC = re.compile(
    rf"(?<![0-9])([0-9]{{4}}|[0-9]{{1,2}}){_SEPARATOR}([0-9]{{1,2}})\2([0-9]{{4}}|[0-9]{{1,2}})(?![0-9])"
)
_SPACED = re.compile(
    r"(?<![0-9])([0-9]{1,2}) ([0-9]{1,2}) ([0-9]{4})(?![0-9])|(?<![0-9])([0-9]{4}) ([0-9]{1,2}) ([0-9]{1,2})(?![0-9])"
)
_COMPACT = re.compile(r"(?<![0-9a-z])([0-9]{8})(?![0-9])")
_WORD = re.compile("[a-z]{2,16}")
_OF = r"[ \t./,-]*(?:de |del |of |d')?[ \t]*"
_NUMBER_BEFORE = re.compile(rf"(?<![0-9])([0-9]{{1,2}}|[0-9]{{4}})(?:st|nd|rd|th|er|[oa])?{_OF}$")
_NUMBER_AFTER = re.compile(rf"{_OF}([0-9]{{4}}|[0-9]{{1,2}})(?:st|nd|rd|th)?(?![0-9])")
_REACH = 16
# East Asian dates as they fold, and Vietnamese ones.
_NAMED_PARTS = re.compile(
    r"(?<![0-9])([0-9]{4}) ?(?:nian|nyeon) ?([0-9]{1,2}) ?(?:yue|wol) ?([0-9]{1,2})"
    r"|(?<![0-9])([0-9]{1,2}) thang ([0-9]{1,2}),? nam ([0-9]{4})"
)
# What may stand before and after the date in a cell of its own: a weekday; a time of day, "of the year".
_BEFORE = re.compile(r"(?:[a-z]{2,12}[., ]+)?")
_AFTER = re.compile(
    r"(?:[t ,]+[0-9]{1,2}[:.h][0-9]{2}(?:[:.][0-9]{2}(?:[.,][0-9]+)?)?"
    r"(?: ?(?:am|pm|a\.m\.|p\.m\.))?(?: ?(?:z|utc|gmt|[+-][0-9]{2}:?[0-9]{2}))?)?(?: ?g\.?| ?ri| ?il)?[ .]*"
)
_PART_NAMES = ("nian", "nyeon", " thang ")
_MONTHS = month_numbers()


@dataclass(frozen=True, slots=True)
class Days:
    """The days one written date may mean: read day first, and read month first.

    Both are equal where the order is not in question; one is empty where no such day exists.
    """

    day_first: tuple[int, ...]
    month_first: tuple[int, ...]

    @property
    def all(self) -> tuple[int, ...]:
        """Every day it may mean."""
        return tuple(dict.fromkeys(self.day_first + self.month_first))


def parse_date(cell: str, *, serials: bool = False) -> Days | None:
    """Return the days a whole cell may mean, None when it is no date; a time of day after it is ignored.

    With `serials` a bare number of plausible size is a day count of a spreadsheet.
    """
    text = fold(cell).strip(" \t\r\n'\"")
    for start, end, days in find_dates(text):
        if _BEFORE.fullmatch(text, 0, start) and _AFTER.fullmatch(text, end):
            return days
    if serials:
        number = text.removesuffix(".0")
        if number.isdigit() and len(number) <= len("60000") and int(number) in _EXCEL_DAYS:
            day = _EXCEL_EPOCH + timedelta(days=int(number))
            return _certain(day.year, day.month, day.day)
    return None


def find_dates(text: str) -> Iterator[tuple[int, int, Days]]:
    """Yield (start, end, days) of every date in a folded text, numeric ones first."""
    yield from numeric_dates(text)
    yield from named_dates(text)


def numeric_dates(text: str) -> Iterator[tuple[int, int, Days]]:
    """Yield the dates that are written in digits alone."""
    for found in _NUMERIC.finditer(text):
        yield from _kept(found, _numeric(found[1], found[3], found[4]))
    for found in _SPACED.finditer(text):
        yield from _kept(found, _numeric(*(part for part in found.groups() if part)))
    for found in _COMPACT.finditer(text):
        yield from _kept(found, _compact(found[1]))


def named_dates(text: str) -> Iterator[tuple[int, int, Days]]:
    """Yield the dates that hold a word for the month."""
    months = _MONTHS.keys() & set(_WORD.findall(text))
    if months:
        for month in re.finditer(rf"(?<![a-z])(?:{'|'.join(sorted(months))})(?![a-z])", text):
            yield from _around_month(text, month)
    if any(word in text for word in _PART_NAMES):
        for found in _NAMED_PARTS.finditer(text):
            parts = [int(part) for part in found.groups() if part]
            yield from _kept(found, _certain(*(parts if found[1] else reversed(parts))))


def _around_month(text: str, month: re.Match[str]) -> Iterator[tuple[int, int, Days]]:
    """Read "12 May 1983", "1983 May 12" and "May 12, 1983"."""
    after = _NUMBER_AFTER.match(text, month.end())
    if after is None:
        return
    before = _NUMBER_BEFORE.search(text, max(0, month.start() - _REACH), month.start())
    days = None
    if before is not None:
        year_first = len(before[1]) > 2
        day, year = (after[1], before[1]) if year_first else (before[1], after[1])
        days = _named(year, month.group(), day)
        if days is not None:
            yield before.start(), after.end(1), days
    year_after = _NUMBER_AFTER.match(text, after.end())
    if days is None and year_after is not None and len(after[1]) <= 2:
        days = _named(year_after[1], month.group(), after[1])
        if days is not None:
            yield month.start(), year_after.end(1), days


def _kept(found: re.Match[str], days: Days | None) -> Iterator[tuple[int, int, Days]]:
    if days is not None:
        yield found.start(), found.end(), days


def _numeric(first: str, second: str, third: str) -> Days | None:
    if len(first) > 2:
        return _certain(int(first), int(second), int(third)) if len(third) <= 2 else None
    day_first = _days(third, int(second), int(first))
    month_first = _days(third, int(first), int(second))
    if not day_first and not month_first and len(third) <= 2:
        day_first = month_first = _days(first, int(second), int(third))
    if not day_first and not month_first:
        return None
    return Days(day_first, month_first)


def _compact(digits: str) -> Days | None:
    year_first = _certain(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    return year_first or _numeric(digits[:2], digits[2:4], digits[4:])


def _named(year: str, month: str, day: str) -> Days | None:
    if len(year) == 1 or len(day) > 2:
        return None
    numbers = _MONTHS.get(month, ())
    days = tuple(found for number in numbers for found in _days(year, number, int(day)))
    return Days(days, days) if days else None


def _certain(year: int, month: int, day: int) -> Days | None:
    if not _exists(year, month, day):
        return None
    days = (_number(year, month, day),)
    return Days(days, days)


def _days(year: str, month: int, day: int) -> tuple[int, ...]:
    number = int(year)
    if len(year) > 2:
        years = [number]
    elif number <= _LAST_YOUNG_YEAR:
        years = [1900 + number, 2000 + number]
    else:
        years = [1900 + number]
    return tuple(_number(year, month, day) for year in years if _exists(year, month, day))


def _exists(year: int, month: int, day: int) -> bool:
    if not 1 <= month <= 12 or day < 1:
        return False
    if _FIRST_YEAR <= year <= _LAST_YEAR:
        return day <= calendar.monthrange(year, month)[1]
    return day <= 32 and any(year in years for years in _OTHER_CALENDARS)


def _number(year: int, month: int, day: int) -> int:
    return year * 10000 + month * 100 + day
