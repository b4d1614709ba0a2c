"""How people of one origin are named: their lists, how many names each bears, and how those are romanized."""

import random
import tomllib
from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from itertools import accumulate
from typing import Any, NamedTuple

from benchmarks.detection.scripts import romanize, styles

_REPLACED = {"china", "afghanistan_iran", "arab_world", "former_soviet_union", "caucasus"}
_RANK_OFFSET = 8
_PASSPORT_SHARE = 0.7
_NO_BIRTHDAY = {"persian": 0.12, "ethiopic": 0.06, "arabic": 0.05}


class Name(NamedTuple):
    """A person's given and family names; particles and compounds stay within their unit (`de la Cruz`, `Al-Ahmad`)."""

    given: tuple[str, ...]
    family: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Naming:
    """One drawn name: in Latin letters, in the person's own script, and in another usual romanization."""

    latin: Name = field(repr=False)
    native: Name | None = field(default=None, repr=False)
    respelled: Name | None = field(default=None, repr=False)


class Origin:
    """People of one part of the world; `new_year` is the share whose papers say 1 January."""

    def __init__(self, key: str, settings: dict[str, Any]) -> None:
        self.key = key
        self.weight: float = settings["weight"]
        self.new_year: float = settings.get("new_year", _NO_BIRTHDAY.get(key, 0.003))
        self.nationalities = _split(settings["nationalities"])
        self._settings = settings

    def draw(self, draw: random.Random) -> Naming:
        """Return the name of a new person."""
        raise NotImplementedError

    def rename(self, naming: Naming, draw: random.Random) -> Naming:
        """Return a sibling: the same family names and other given names."""
        other = self.draw(draw)
        return Naming(
            Name(other.latin.given, naming.latin.family),
            other.native and naming.native and Name(other.native.given, naming.native.family),
            other.respelled and naming.respelled and Name(other.respelled.given, naming.respelled.family),
        )


class _Latin(Origin):
    def __init__(self, key: str, settings: dict[str, Any]) -> None:
        super().__init__(key, settings)
        self._given, self._family = _Pool(_split(settings["given"])), _Pool(_split(settings["family"]))

    def draw(self, draw: random.Random) -> Naming:
        given = self._given.several(draw, self._settings["given_names"])
        family = self._family.several(draw, self._settings["family_names"])
        return Naming(Name(given, family))


class _Alphabet(Origin):
    """Names listed in an alphabet; Latin letters come from its romanization tables."""

    def __init__(self, key: str, settings: dict[str, Any]) -> None:
        super().__init__(key, settings)
        self._script: str = settings["script"]
        female = settings.get("female")
        self._given = [_Pool(_split(text)) for text in (settings.get("male", settings.get("given")), female) if text]
        self._family = _Pool(_split(settings["family"]))

    def draw(self, draw: random.Random) -> Naming:
        sex = draw.randrange(len(self._given))
        family = self._family.one(draw)
        if sex == 1:
            family = _feminine(family, self._script)
        native = Name((self._given[sex].one(draw),), (family,))
        style = 0 if draw.random() < _PASSPORT_SHARE else draw.randrange(1, styles(self._script))
        others = [other for other in range(styles(self._script)) if other != style]
        latin, respelled = self._romanized(native, style), self._romanized(native, draw.choice(others))
        return Naming(latin, native, respelled if respelled != latin else None)

    def _romanized(self, native: Name, style: int) -> Name:
        given, family = (tuple(romanize(part, self._script, style) for part in parts) for parts in native)
        return Name(given, family)


class _Listed(Origin):
    """Names whose romanizations are listed; a patronymic origin's family names are the father's and his father's."""

    def __init__(self, key: str, settings: dict[str, Any]) -> None:
        super().__init__(key, settings)
        self._given = _Pool(_split(settings["given"]))
        self._family = self._given if settings.get("patronymic") else _Pool(_split(settings["family"]))

    def draw(self, draw: random.Random) -> Naming:
        is_patronymic = self._family is self._given
        given = self._given.several(draw, [100] if is_patronymic or self.key == "persian" else [60, 40])
        family = self._family.several(draw, [60, 40] if is_patronymic else [100])
        spelled = [[_spellings(entry) for entry in entries] for entries in (given, family)]
        native = Name(*(tuple(one[0] for one in part) for part in spelled))
        latin = Name(*(tuple(draw.choices(one[1], _fading(one[1]))[0] for one in part) for part in spelled))
        respelled = Name(*(tuple(draw.choice(one[1]) for one in part) for part in spelled))
        return Naming(latin, native, respelled if respelled != latin else None)


class _Chinese(Origin):
    def __init__(self, key: str, settings: dict[str, Any]) -> None:
        super().__init__(key, settings)
        self._family, self._syllables = _Pool(_split(settings["family"])), _Pool(_split(settings["syllables"]))

    def draw(self, draw: random.Random) -> Naming:
        family = _spellings(self._family.one(draw))
        given = [_spellings(entry) for entry in self._syllables.several(draw, [25, 75])]
        joined = "".join(one[1][0] for one in given).capitalize()
        spaced = draw.choice(" -").join(one[1][-1] for one in given)
        latin = Name((joined,), (family[1][0],))
        respelled = Name((spaced,), (draw.choice(family[1]),))
        native = Name(("".join(one[0] for one in given),), (family[0],))
        return Naming(latin, native, respelled if respelled != latin else None)


class _Pool:
    """A list of names of which the first ones are far more common than the last (Zipf's law)."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = names
        self._heights = list(accumulate(1 / (rank + _RANK_OFFSET) for rank in range(len(names))))

    def one(self, draw: random.Random) -> str:
        return self._names[bisect(self._heights, draw.random() * self._heights[-1])]

    def several(self, draw: random.Random, how_many: Sequence[int]) -> tuple[str, ...]:
        count = draw.choices(range(1, len(how_many) + 1), how_many)[0]
        chosen: dict[str, None] = {}
        while len(chosen) < count:
            chosen[self.one(draw)] = None
        return tuple(chosen)


def load_origins() -> list[Origin]:
    """Return every origin of the data files and of the demo's list, always in the same order."""
    data = files("benchmarks.detection").joinpath("data")
    latin = tomllib.loads(data.joinpath("latin.toml").read_text(encoding="utf-8"))
    native = tomllib.loads(data.joinpath("native.toml").read_text(encoding="utf-8"))
    demo = tomllib.loads(files("tracker.demo").joinpath("names.toml").read_text(encoding="utf-8"))
    regions = {key: region for key, region in demo.items() if key not in _REPLACED} | latin["regions"]
    for key, tail in latin["tails"].items():
        for part, names in tail.items():
            regions[key][part] = f"{regions[key][part]}, {names}"
    origins: list[Origin] = [_Latin(key, regions[key]) for key in regions]
    kinds = {"listed": _Listed, "chinese": _Chinese}
    return origins + [kinds.get(settings["script"], _Alphabet)(key, settings) for key, settings in native.items()]


def _feminine(family: str, script: str) -> str:
    if script == "greek":
        for ending, other in (("όπουλος", "οπούλου"), ("ίδης", "ίδου"), ("άκης", "άκη"), ("ος", "ου"), ("ής", "ή")):
            if family.endswith(ending):
                return family.removesuffix(ending) + other
    if script in ("russian", "ukrainian"):
        for ending, other in (("ский", "ская"), ("ський", "ська"), ("ый", "ая"), ("ой", "ая"), ("ий", "а")):
            if family.endswith(ending):
                return family.removesuffix(ending) + other
        if family.endswith(("ов", "ев", "ёв", "ин", "ін")) and script == "russian":
            return family + "а"
    return family


def _spellings(entry: str) -> tuple[str, list[str]]:
    native, _, latin = entry.partition("=")
    return native, latin.split("/")


def _fading(spellings: Sequence[str]) -> list[float]:
    return [1 / (rank + 1) for rank in range(len(spellings))]


def _split(text: str) -> list[str]:
    return [name for name in (" ".join(piece.split()) for piece in text.split(",")) if name]
