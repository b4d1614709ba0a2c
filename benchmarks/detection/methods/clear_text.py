"""A careful matcher on clear text, which no responder may run since it keeps the leak: the rival to beat."""

import re
from collections import defaultdict
from contextlib import suppress
from datetime import date

from anyascii import anyascii
from rapidfuzz.distance import Levenshtein

from benchmarks.detection.leak import Leak
from benchmarks.detection.methods.base import Answer

_NUMERIC = re.compile(r"(?<!\d)(\d{1,4})[-./ ](\d{1,2})[-./ ](\d{2,4})(?!\d)")
_BASIC = re.compile(r"(?<!\d)((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)")
_WORDED = re.compile(
    r"(\d{1,2})?(?:st|nd|rd|th|er|\.)?[ -]*(?:de )?([a-z]{3,12})\.?[ -]*(?:de )?(\d{1,2})?,? *(\d{4}|\d\d)\b"
)
_NUMBER = re.compile(r"\d[\d -]{5,16}\d")
_MAIL = re.compile(r"[\w.+-]+@[\w.-]+\w")
_WORD = re.compile(r"[a-z']{2,}")
_MONTHS = (
    "jan ene ian gen sty oca yan|feb fev fem lut sub|mar mrt|apr abr avr nis kwi|may mai mag maj|"
    "jun jui giu cze haz iiu|jul lug lip tem|aug ago aou avg sie|sep set wrz eyl|oct okt out ott paz eki|"
    "nov noi noe lis kas|dec dic dez dek gru ara"
)
_MONTH_OF = {name: number for number, names in enumerate(_MONTHS.split("|"), 1) for name in names.split()}
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
_LIKE, _SHARE_OF_NAMES, _FEW_NAMES, _LONE_DIGITS = 0.75, 0.4, 5, 8


class ClearText:
    """Normalized names, dates and numbers in dictionaries; names beside a known birth date may be misspelt."""

    name, names_rows, reads_bytes = "clear text", True, False

    def __init__(self, leak: Leak) -> None:
        self._born: dict[date, list[int]] = defaultdict(list)
        self._numbers: dict[str, list[int]] = defaultdict(list)
        self._mails: dict[str, list[int]] = defaultdict(list)
        self._full: dict[str, list[int]] = defaultdict(list)
        self._names: list[tuple[list[str], list[str]]] = []
        columns = (leak.column(name) for name in ("given", "family", "birth", "id", "email", "phone"))
        for row, (given, family, birth, number, mail, phone) in enumerate(zip(*columns, strict=True)):
            names = _words(given), _words(family)
            self._names.append(names)
            if names[0] and names[1]:
                self._full[" ".join(sorted(names[0] + names[1]))].append(row)
            for born in _dates(birth):
                self._born[born].append(row)
            for digits in (_digits(number), _digits(phone)[-8:]):
                if len(digits) >= _LONE_DIGITS - 1:
                    self._numbers[digits].append(row)
            if mail:
                self._mails[mail.casefold()].append(row)

    def inspect(self, body: bytes, text: str) -> Answer:
        """Look at every line, and at three short ones together."""
        records = [record for record in re.split(r"[\n\x1e\f]", text.translate(_INVISIBLE)) if record.strip()]
        folded = [anyascii(record).casefold().replace("\x1f", " | ") for record in records]
        certain: set[int] = set()
        named: set[int] = set()
        for at, record in enumerate(folded):
            near = " | ".join(folded[max(0, at - 2) : at + 3]) if len(record) < 40 else record
            certain.update(self._numbered(record), self._dated(record, near))
            named.update(self._spelled_out(_words(record)))
        if len(named) >= max(_FEW_NAMES, _SHARE_OF_NAMES * len(folded)):
            certain |= named
        return Answer(bool(certain), tuple(sorted(certain)))

    def _numbered(self, record: str) -> list[int]:
        rows = [row for found in _MAIL.findall(record) for row in self._mails.get(found, ())]
        for found in _NUMBER.findall(record):
            digits = _digits(found)
            rows += self._numbers.get(digits, []) + self._numbers.get(digits[-8:], [])
        return rows

    def _spelled_out(self, words: list[str]) -> list[int]:
        """Return the rows of whole names among neighboring words, in any order."""
        spans = (words[at : at + size] for size in range(2, 6) for at in range(len(words) - size + 1))
        return [row for span in spans for row in self._full.get(" ".join(sorted(span)), ())]

    def _dated(self, record: str, near: str) -> list[int]:
        words = _words(near)
        return [row for born in _dates(record) for row in self._born.get(born, ()) if self._is_like(row, words)]

    def _is_like(self, row: int, words: list[str]) -> bool:
        """One given and one family name must be there, or nearly; an initial does for the given name."""
        given, family = self._names[row]
        letters = {word[0] for word in words}
        has_given = any(_near(name, words) for name in given)
        has_family = any(_near(name, words) for name in family)
        return has_family and (has_given or (len(words) <= len(family) and any(name[0] in letters for name in given)))


def _near(name: str, words: list[str]) -> bool:
    if name in words:
        return True
    if len(name) < 4:
        return False
    return any(Levenshtein.normalized_similarity(name, word, score_cutoff=_LIKE) for word in words)


def _words(text: str) -> list[str]:
    return _WORD.findall(anyascii(text).casefold().replace("-", " "))


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text).lstrip("0")


def _dates(text: str) -> set[date]:
    """Return every date that the text may mean; a day that may be a month is both."""
    found: set[date] = set()
    for first, second, third in _NUMERIC.findall(text) + _BASIC.findall(text):
        one, two, three = int(first), int(second), int(third)
        for year, month, day in ((one, two, three), (three, one, two), (three, two, one)):
            found |= _valid(year, month, day)
    for before, name, after, year in _WORDED.findall(text.casefold()):
        if name[:3] in _MONTH_OF and (before or after):
            found |= _valid(int(year), _MONTH_OF[name[:3]], int(before or after))
    return found


def _valid(year: int, month: int, day: int) -> set[date]:
    found = set()
    for one in (year,) if year > 100 else (1900 + year, 2000 + year):
        with suppress(ValueError):
            found.add(date(one, month, day))
    return found
