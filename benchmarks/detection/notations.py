"""Chooses how one document writes its people, and writes them: names, dates, numbers, addresses."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date

from benchmarks.detection import dates, names
from benchmarks.detection.damage import Damage, wrong_digit
from benchmarks.detection.people import Person, Phone

LANGUAGES = ("en", "es", "fr", "pt", "de", "ru", "tr", "ar", "uk", "it", "zh", "vi", "fa", "el", "ht", "pl", "ka", "hy")
_LANGUAGE_WEIGHTS = (34, 14, 7, 6, 4, 6, 4, 4, 3, 2, 3, 2, 2, 2, 2, 2, 1, 1)
_AMERICAN = ("US slashes", "US short", "US two-digit year", "US dashes")
_EVERYWHERE = ("ISO", "ISO with time", "SQL with time", "ISO basic", "ISO slashes", "Excel serial", "epoch seconds",
               "epoch milliseconds")  # fmt: skip
_EUROPEAN = ("EU dots", "EU short dots", "EU slashes", "EU dashes", "EU two-digit year")
IDS: dict[str, Callable[[str], str]] = {
    "as is": str,
    "lower case": str.lower,
    "no letter": lambda text: text[1:],
    "no letter, no leading zeros": lambda text: text[1:].lstrip("0"),
    "dashes": lambda text: f"{text[:4]}-{text[4:7]}-{text[7:]}",
    "spaces": lambda text: f"{text[0]} {text[1:4]} {text[4:7]} {text[7:]}",
    "dashes, no letter": lambda text: f"{text[1:4]}-{text[4:7]}-{text[7:]}",
    "number sign": lambda text: f"{text[0]}# {text[1:]}",
    "letter apart": lambda text: f"{text[0]}-{text[1:]}",
    "more leading zeros": lambda text: text[1:].zfill(12),
    "no leading zeros": lambda text: text[0] + text[1:].lstrip("0"),
}
PHONES: dict[str, Callable[[Phone], str]] = {
    "international": lambda phone: f"+{phone.country} {' '.join(phone.groups)}",
    "international, dashes": lambda phone: f"+{phone.country}-{'-'.join(phone.groups)}",
    "international, brackets": lambda phone: f"+{phone.country} ({phone.groups[0]}) {'-'.join(phone.groups[1:])}",
    "double zero": lambda phone: f"00{phone.country}{''.join(phone.groups)}",
    "digits": lambda phone: f"{phone.country}{''.join(phone.groups)}",
    "national": lambda phone: f"{phone.trunk}{' '.join(phone.groups)}",
    "national, dashes": lambda phone: f"{phone.trunk}{'-'.join(phone.groups)}",
    "national, dots": lambda phone: f"{phone.trunk}{'.'.join(phone.groups)}",
}
MAILS: dict[str, Callable[[str], str]] = {"as is": str, "upper": str.upper, "title": str.title}
_TITLES = {"en": ("Mr. ", "Ms. ", "Mrs "), "es": ("Sr. ", "Sra. "), "fr": ("M. ", "Mme "), "pt": ("Sr. ", "Dona ")}


@dataclass(frozen=True, slots=True)
class Notation:
    """How one document writes; `form` is a key of names.WHOLE or names.REDUCED, the other keys are those of tables."""

    language: str = "en"
    date_form: str = "ISO"
    write_date: Callable[[date], str] = field(default=date.isoformat, repr=False)
    form: str = "whole"
    order: str = "given family"
    case: str = "as is"
    accents: str = "kept"
    id_form: str = "as is"
    phone_form: str = "international"
    mail_form: str = "as is"
    title: str = ""
    damage: Damage | None = None

    def traits(self) -> list[tuple[frozenset[str], str]]:
        """Return what to break the results down by, each with the columns in which it shows (none for all)."""
        names = frozenset({"name"})
        traits = [
            (frozenset({"birth"}), f"date: {self.date_form}"),
            (names, f"name: {self.form}"),
            (names, f"order: {self.order}"),
            (names, f"case: {self.case}"),
            (names, f"accents: {self.accents}"),
            (frozenset({"id"}), f"ID: {self.id_form}"),
        ]
        return [*traits, (frozenset(), f"damage: {self.damage.key}")] if self.damage else traits

    def write(self, person: Person, draw: random.Random) -> dict[str, str]:
        """Return the person's cells, names both in one cell (`name`) and in two."""
        given, family = self._names(person, draw)
        birth = person.birth
        if self.damage and self.damage.spelling == "wrong birth":
            birth = wrong_digit(birth, draw)
        return {
            "id": IDS[self.id_form](person.id),
            "name": self._joined(given, family),
            "family": self._cased(family),
            "given": self._cased(given),
            "birth": self.write_date(birth),
            "nationality": self._cased(person.nationality),
            "facility": person.facility,
            "status": person.status,
            "arrival": self.write_date(person.arrival),
            "email": MAILS[self.mail_form](person.email),
            "phone": PHONES[self.phone_form](person.phone) if person.phone else "",
        }

    def spoil(self, cells: dict[str, str], draw: random.Random) -> dict[str, str]:
        """Do to the cells that a document shows what its damage does to whole cells."""
        return self.damage.cells(cells, draw) if self.damage and self.damage.cells else cells

    def _names(self, person: Person, draw: random.Random) -> tuple[str, str]:
        name, damage = person.name, self.damage
        if damage and damage.spelling == "respelled":
            name = person.respelled or name
        if damage and damage.spelling == "other script":
            name = person.other_script or name
        name = {**names.WHOLE, **names.REDUCED}[self.form](name)
        parts = [names.ACCENTS[self.accents](" ".join(part)) for part in name]
        if damage and damage.name:
            hit = draw.randrange(2) if damage.only_part else None
            parts = [damage.name(part, draw) if hit in (None, at) else part for at, part in enumerate(parts)]
        return parts[0], parts[1]

    def _joined(self, given: str, family: str) -> str:
        if not given.isascii() and "\u4e00" <= given[:1] <= "\u9fff":
            return f"{family}{given}"
        return self.title + self._cased(names.ORDERS[self.order](given, family))

    def _cased(self, text: str) -> str:
        return names.CASES[self.case](text)


def choose_notation(draw: random.Random, *, reduced: bool = True, damage: Damage | None = None) -> Notation:
    """Return a usual way of writing; `reduced` allows names of which parts are left out or initials."""
    language = draw.choices(LANGUAGES, _LANGUAGE_WEIGHTS)[0]
    form, write = _date_form(language, draw)
    forms = list(names.REDUCED) if reduced and draw.random() < 0.3 else ["whole"] * 6 + ["hyphenated"]
    orders, weights = list(names.ORDERS), (6, 4, 2, 3, 1, 1)
    is_titled = language in _TITLES and draw.random() < 0.06
    return Notation(
        language=language,
        date_form=form,
        write_date=write,
        form=draw.choice(forms),
        order="given family" if is_titled else draw.choices(orders, weights)[0],
        case=draw.choices(list(names.CASES), (6, 2, 1, 1))[0],
        accents=draw.choices(list(names.ACCENTS), (6, 3, 1))[0],
        id_form=draw.choice(list(IDS)),
        phone_form=draw.choice(list(PHONES)),
        mail_form=draw.choices(list(MAILS), (6, 2, 1))[0],
        title=draw.choice(_TITLES[language]) if is_titled else "",
        damage=damage,
    )


def clean_notation(draw: random.Random) -> Notation:
    """Return a way of writing that shows whole names: what a single row needs to be sure of."""
    return replace(choose_notation(draw, reduced=False), title="")


def _date_form(language: str, draw: random.Random) -> tuple[str, Callable[[date], str]]:
    if draw.random() < 0.3:
        return f"worded ({language})", dates.worded(language, draw)
    local = _AMERICAN if language == "en" and draw.random() < 0.7 else _EUROPEAN
    form = draw.choice(local if draw.random() < 0.55 else _EVERYWHERE)
    return form, dates.NUMERIC[form]
