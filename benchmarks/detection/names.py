"""How a person's name is written: order, initials, left-out parts, case and accents."""

import unicodedata
from collections.abc import Callable

from benchmarks.detection.origins import Name
from benchmarks.detection.people import plain

Form = Callable[[Name], Name]
_PARTICLES = {
    "de",
    "la",
    "las",
    "los",
    "del",
    "da",
    "das",
    "do",
    "dos",
    "e",
    "y",
    "van",
    "von",
    "le",
    "el",
    "al",
    "dela",
}


def _units(name: Name) -> tuple[list[str], list[str]]:
    return " ".join(name.given).split(), list(name.family)


def _initialed(words: list[str]) -> tuple[str, ...]:
    return tuple(f"{word[0]}." for word in words)


def middle_initial(name: Name) -> Name:
    """`José L. Hernández`: given names after the first become initials."""
    given, _ = _units(name)
    return Name((given[0], *_initialed(given[1:])), name.family)


def initials(name: Name) -> Name:
    """`J. L. Hernández`: every given name becomes an initial."""
    return Name(_initialed(_units(name)[0]), name.family)


def one_given(name: Name) -> Name:
    """Leave out given names after the first."""
    return Name((_units(name)[0][0],), name.family)


def one_family(name: Name) -> Name:
    """Leave out the family names after the first."""
    return Name(name.given, name.family[:1])


def one_of_each(name: Name) -> Name:
    """Leave out all but the first given and the first family name."""
    return one_given(one_family(name))


def no_particles(name: Name) -> Name:
    """Leave out `de la`, `dos`, `El-` and the like."""

    def bare(part: str) -> str:
        words = part.replace("Al-", "al ").replace("El-", "el ").split()
        return " ".join(word for word in words if word.casefold() not in _PARTICLES) or part

    return Name(name.given, tuple(bare(part) for part in name.family))


def hyphenated(name: Name) -> Name:
    """`José-Luis Hernández-López`."""
    return Name(("-".join(name.given),), ("-".join(name.family),))


def double_swapped(name: Name) -> Name:
    """Exchange the given names: `Luis José`."""
    return Name(name.given[::-1], name.family)


WHOLE: dict[str, Form] = {"whole": lambda name: name, "hyphenated": hyphenated}
REDUCED: dict[str, Form] = {
    "middle initial": middle_initial, "initials": initials, "one given name": one_given, "one family name": one_family,
    "one of each": one_of_each, "no particles": no_particles, "given names exchanged": double_swapped,
}  # fmt: skip
ORDERS: dict[str, Callable[[str, str], str]] = {
    "given family": lambda given, family: f"{given} {family}",
    "family, given": lambda given, family: f"{family}, {given}",
    "family given": lambda given, family: f"{family} {given}",
    "FAMILY, given": lambda given, family: f"{family.upper()}, {given}",
    "given FAMILY": lambda given, family: f"{given} {family.upper()}",
    "FAMILY given": lambda given, family: f"{family.upper()} {given}",
}
CASES: dict[str, Callable[[str], str]] = {"as is": str, "upper": str.upper, "lower": str.lower, "title": str.title}
ACCENTS: dict[str, Callable[[str], str]] = {
    "kept": str, "stripped": plain, "decomposed": lambda text: unicodedata.normalize("NFD", text),
}  # fmt: skip
