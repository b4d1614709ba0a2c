"""What happens to a copy on its way: typing errors, OCR, look-alikes, invisible characters, lost and wrong cells."""

import random
import string
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from html.entities import codepoint2name

NamePart = Callable[[str, random.Random], str]
Cells = Callable[[dict[str, str], random.Random], dict[str, str]]


def _pairs(rules: str) -> list[tuple[str, str]]:
    return [(old, new) for old, _, new in (rule.partition(">") for rule in rules.split())]


_OCR = _pairs(
    "rn>m m>rn 0>O O>0 1>l l>1 I>l 5>S S>5 cl>d d>cl 8>B B>8 vv>w w>vv nn>m h>b e>c u>ii G>6 í>i ñ>fi á>a é>6 "
    "6>b 2>Z a>o g>q t>f"
)
_PHONETIC = _pairs(
    "ph>f ck>k qu>k sh>ch ch>sh kh>h gh>g ou>u oo>u ee>i ie>y ll>y th>t ts>c dz>z z>s s>z v>b b>v y>i i>y c>k "
    "k>c j>h x>ks w>v h> q>k u>ou o>u e>i nn>n ss>s mm>m tt>t f>ph"
)
_LOOKALIKES = dict(zip("aceopxyiABCEHKMOPTX", "асеорхуіАВСЕНКМОРТХ", strict=True))
_ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
_SPACES = "\u00a0\u2009\u202f\u3000\u2002"
_ANCHORS = {"id", "name", "family", "given", "birth"}


@dataclass(frozen=True, slots=True)
class Damage:
    """One kind of damage: `name` works on the given and on the family names, `cells` on the written row.

    `spelling` asks for the names in another romanization or script; `cuts_lines` is done to the finished text.
    """

    key: str
    name: NamePart | None = None
    cells: Cells | None = None
    spelling: str = ""
    cuts_lines: bool = False
    only_part: bool = False


def edit(text: str, draw: random.Random) -> str:
    """Insert, remove or exchange one letter."""
    if not text:
        return text
    at = draw.randrange(len(text))
    letter = draw.choice([letter for letter in string.ascii_lowercase if letter != text[at].lower()])
    way = draw.randrange(3) if len(text) > 2 else 1
    if way == 0:
        return text[:at] + text[at + 1 :]
    if way == 1:
        return text[:at] + letter + text[at:]
    return text[:at] + letter + text[at + 1 :]


def two_edits(text: str, draw: random.Random) -> str:
    """Edit twice, or once where there is little to edit."""
    return edit(edit(text, draw), draw) if len(text) > 4 else edit(text, draw)


def swap(text: str, draw: random.Random) -> str:
    """Exchange two neighboring letters that differ."""
    places = [at for at in range(len(text) - 1) if text[at] != text[at + 1] and text[at : at + 2].isalpha()]
    if not places:
        return text
    at = draw.choice(places)
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def misread(text: str, draw: random.Random, rate: float = 0.25) -> str:
    """Misread some of what scanners misread, at least one place where there is one."""
    places = [(at, old, new) for at in range(len(text)) for old, new in _OCR if text.startswith(old, at)]
    if not places:
        return text
    chosen = {at: (old, new) for at, old, new in places if draw.random() < rate} or {
        place[0]: place[1:] for place in [draw.choice(places)]
    }
    out, at = [], 0
    while at < len(text):
        old, new = chosen.get(at, (text[at], text[at]))
        out.append(new)
        at += len(old)
    return "".join(out)


def respell(text: str, draw: random.Random) -> str:
    """Write each word as somebody who only heard it might."""
    return " ".join(_respell_word(word, draw) for word in text.split(" "))


def _respell_word(word: str, draw: random.Random) -> str:
    lower = word.lower()
    rules = [(old, new) for old, new in _PHONETIC if old in lower[1:]]
    for old, new in draw.sample(rules, min(len(rules), draw.choice((1, 1, 2)))):
        lower = lower[:1] + lower[1:].replace(old, new, 1)
    return lower[:1].upper() + lower[1:] if word[:1].isupper() else lower


def look_alike(text: str, draw: random.Random) -> str:
    """Exchange some Latin letters for Cyrillic ones that look the same."""
    return "".join(_LOOKALIKES.get(letter, letter) if draw.random() < 0.4 else letter for letter in text)


def _invisible(text: str, draw: random.Random) -> str:
    out = [draw.choice(_SPACES) if letter == " " and draw.random() < 0.7 else letter for letter in text]
    if len(out) > 2:
        out.insert(draw.randrange(1, len(out)), draw.choice(_ZERO_WIDTH))
    return "".join(out)


def _entities(text: str, draw: random.Random) -> str:
    named = draw.random() < 0.5
    return "".join(_entity(letter, draw, named=named) for letter in text)


def _entity(letter: str, draw: random.Random, *, named: bool) -> str:
    point = ord(letter)
    if point > 127 or letter in "&'":
        return f"&{codepoint2name[point]};" if named and point in codepoint2name else f"&#{point};"
    return f"&#x{point:x};" if letter.isalpha() and draw.random() < 0.1 else letter


def _in_every_cell(change: NamePart) -> Cells:
    return lambda cells, draw: {field: change(text, draw) for field, text in cells.items()}


def _scanned(cells: dict[str, str], draw: random.Random) -> dict[str, str]:
    rates = {"id": 0.1, "birth": 0.05, "arrival": 0.05, "phone": 0.1, "email": 0.1}
    return {
        field: misread(text, draw, 0.25) if field in ("nationality", "facility", "status") else
        (misread(text, draw, 0.5) if field in rates and draw.random() < 4 * rates[field] else text)
        for field, text in cells.items()
    }  # fmt: skip


def _blanked(cells: dict[str, str], draw: random.Random) -> dict[str, str]:
    """Empty a third of the cells; what is left still holds the ID, or the name and the birth date."""
    spared = {"id"} if "id" in cells and draw.random() < 0.5 else _ANCHORS - {"id"}
    if not {"id"} & cells.keys() or "birth" not in cells:
        spared = _ANCHORS
    return {field: text if field in spared or draw.random() < 0.67 else "" for field, text in cells.items()}


def wrong_digit(birth: date, draw: random.Random) -> date:
    """Return the birth date with one digit wrong, as a typist might leave it."""
    while True:
        year, month, day = birth.year, birth.month, birth.day
        way = draw.randrange(4)
        if way == 0:
            year = year // 10 * 10 + draw.randrange(10)
        elif way == 1:
            year = (
                year // 100 * 100 + draw.randrange(4, 10) * 10 + year % 10
                if year < 2000
                else year + draw.choice((1, 3))
            )
        elif way == 2:
            day = day // 10 * 10 + draw.randrange(10)
        else:
            month = draw.choice([one for one in range(1, 13) if (one >= 10) == (month >= 10)])
        try:
            wrong = date(year, month, day)
        except ValueError:
            continue
        if wrong != birth:
            return wrong


def cut_lines(text: str, draw: random.Random) -> str:
    """Break every line at a width, between words or within them."""
    width, within = draw.choice((28, 40, 56, 60, 72)), draw.random() < 0.3
    out = []
    for line in text.split("\n"):
        rest = line
        while len(rest) > width:
            at = width if within else (rest.rfind(" ", 1, width) + 1 or width)
            out.append(rest[:at].rstrip(" "))
            rest = rest[at:]
        out.append(rest)
    return "\n".join(out)


def truncated(width: int) -> NamePart:
    """Return the damage of a data base whose name columns are `width` characters wide."""
    return lambda text, _: text[:width].rstrip()


LIGHT = (
    Damage("one edit", edit, only_part=True),
    Damage("swapped letters", swap, only_part=True),
    Damage("phonetic", respell),
    Damage("look-alikes", look_alike, cells=_in_every_cell(lambda text, draw: look_alike(text, draw))),
    Damage("invisible characters", cells=_in_every_cell(_invisible)),
    Damage("entities", cells=_in_every_cell(_entities)),
    Damage("blank cells", cells=_blanked),
    Damage("cut lines", cuts_lines=True),
    Damage("wrong birth digit", spelling="wrong birth"),
)
HEAVY = (
    Damage("two edits", two_edits, only_part=True),
    Damage("two edits in each", two_edits),
    Damage("OCR", misread, cells=_scanned),
    Damage("transliterated", spelling="respelled"),
    Damage("original script", spelling="other script"),
    Damage("truncated at 8", truncated(8)),
    Damage("truncated at 10", truncated(10)),
    Damage("truncated at 12", truncated(12)),
)
