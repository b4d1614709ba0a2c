"""What the cells of a column look like, in numbers and in one shape; no cell is kept."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fingerprints.fields.contacts import SHORTEST_PHONE, email_forms
from fingerprints.fields.dates import parse_date
from fingerprints.fields.folding import fold, is_blank
from fingerprints.fields.ids import FEWEST_DIGITS

_LONGEST_RUN = 4
_LONGEST_DIGITS = 10
_LONGEST_SHAPE = 24
_CUT = 200
_PHONE = re.compile(
    r"(?:\+|00)[0-9][0-9 ()./-]{6,20}|\(?[0-9]{2,5}\)[ /-]?[0-9][0-9 ./-]{4,12}"
    r"|[0-9]{3}[-. ][0-9]{3}[-. ][0-9]{4}|0[0-9]{1,4}[ /-][0-9][0-9 /-]{4,12}"
)
_NAME = re.compile(r"[^\W\d_]+(?:[ .,'’`-]+[^\W\d_]+)*\.?")
_MARK_RUN = re.compile(r"(A+|a+|9+)")


# Enough of the world's commonest given names to tell such a column from one of family names or towns.
_GIVEN_NAMES = frozenset(
    re.findall(
        r"\w+",
        """
        maria jose juan ana carlos luis carmen antonio manuel francisco pedro miguel jorge rosa sofia lucia
        diego elena laura marta pablo james john robert michael william david mary patricia jennifer linda
        elizabeth susan sarah thomas daniel matthew anna emma peter paul mark george emily olivia jean pierre
        marie michel francois claire nicolas camille hans klaus wolfgang stefan andreas sabine petra ursula
        giuseppe giovanni marco luca francesca giulia joao paulo fernanda mohammed muhammad mohamed ahmed
        ahmad ali hassan hussein omar yusuf ibrahim khalid abdullah fatima aisha zainab maryam layla khadija
        mehmet mustafa ayse fatma emine zeynep reza hossein mahdi zahra ivan sergey sergei dmitry alexander
        aleksandr andrey andrei olga natalia natalya tatiana svetlana oleksandr andriy oksana iryna jan piotr
        krzysztof katarzyna malgorzata jakub tomas jana raj rahul priya anita sunita amit sanjay wei ming li
        fang jing yan min jun hui yuki hiroshi kenji haruto yui minjun seoyeon minh anh thi linh budi siti
        dewi kwame ama kofi amina chinedu ngozi fatou mamadou moussa ousmane samuel esther grace joseph
        emmanuel ruth abraham yosef sara rachel johannes lars anders erik ingrid jari mika georgios ioannis
        dimitrios eleni katerina nikolaos ion andreea laszlo zoltan katalin
        """,
    )
)


@dataclass(frozen=True, slots=True)
class Content:
    """The shares of a column's filled cells that look like something, between 0 and 1.

    `years` are the middle 80 % of the years of its dates, `words` the mean number of words, `counts_up` says that the
    cells are row numbers.
    """

    filled: int = 0
    emails: float = 0.0
    phones: float = 0.0
    dates: float = 0.0
    numbered: float = 0.0
    digits: float = 0.0
    names: float = 0.0
    given: float = 0.0
    distinct: float = 0.0
    distinct_count: int = 0
    words: float = 0.0
    years: tuple[int, int] = (0, 0)
    counts_up: bool = False
    shape: str = ""


def describe(cells: Iterable[str]) -> Content:
    """Describe a column's cells; empty ones and placeholders do not count."""
    filled = [cell.strip()[:_CUT] for cell in cells if not is_blank(fold(cell[:_CUT]))]
    if not filled:
        return Content()
    folded = [fold(cell) for cell in filled]
    years = sorted(days.all[0] // 10000 for days in map(parse_date, filled) if days is not None)
    count = len(filled)
    return Content(
        filled=count,
        emails=sum(bool(email_forms(cell)) for cell in filled) / count,
        phones=sum(bool(_PHONE.fullmatch(cell)) for cell in folded) / count,
        dates=len(years) / count,
        numbered=sum(_is_numbered(cell) for cell in folded) / count,
        digits=sum(any(character.isdigit() for character in cell) for cell in folded) / count,
        names=sum(bool(_NAME.fullmatch(cell)) for cell in filled) / count,
        given=sum(not _GIVEN_NAMES.isdisjoint(cell.split()) for cell in folded) / count,
        distinct=len(set(folded)) / count,
        distinct_count=len(set(folded)),
        words=sum(len(cell.split()) for cell in filled) / count,
        years=(years[len(years) // 10], years[-1 - len(years) // 10]) if years else (0, 0),
        counts_up=_counts_up(folded),
        shape=Counter(map(shape_of_cell, filled)).most_common(1)[0][0],
    )


def shape_of_cell(cell: str) -> str:
    """Return the shape of a cell: letters as A or a, digits as 9, long runs shortened; an address is `a@a.a`."""
    cell = cell.strip()
    marks = "".join("9" if c.isdigit() else ("A" if c.isupper() else "a") if c.isalpha() else _mark(c) for c in cell)
    if email_forms(cell):
        return "a@a.a"
    shape = _MARK_RUN.sub(_shortened, marks)
    return shape if len(shape) <= _LONGEST_SHAPE else shape[:_LONGEST_SHAPE] + "…"


def looks_like_data(cell: str) -> bool:
    """Tell whether a cell cannot be a header: a date, an e-mail address, or a number of at least five digits."""
    folded = fold(cell[:_CUT])
    digits = sum(character.isdigit() for character in folded)
    return bool(email_forms(cell)) or digits >= FEWEST_DIGITS or parse_date(cell[:_CUT]) is not None


def _is_numbered(folded: str) -> bool:
    """At least four characters without a space inside words, with a digit: what an ID looks like."""
    plain = re.sub("[ ./-]", "", folded)
    return len(plain) >= FEWEST_DIGITS - 1 and plain.isalnum() and any(character.isdigit() for character in plain)


def _counts_up(cells: Sequence[str]) -> bool:
    if len(cells) < SHORTEST_PHONE - 2 or not all(cell.isdecimal() for cell in cells):
        return False
    numbers = [int(cell) for cell in cells]
    return numbers == list(range(numbers[0], numbers[0] + len(numbers))) and numbers[0] <= 1


def _shortened(run: re.Match[str]) -> str:
    return run[1][: _LONGEST_DIGITS if run[1][0] == "9" else _LONGEST_RUN]


def _mark(character: str) -> str:
    return character if character.isascii() and character.isprintable() else " "
