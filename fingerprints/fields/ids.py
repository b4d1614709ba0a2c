"""ID numbers: a cell -> the keys it is found by, and the shape by which chance is reckoned.

An ID of five digits or more, with or without a short letter prefix, is found whether or not the prefix, separators
and leading zeros were kept; two different prefixes never meet. Any other ID is found as it is, separators aside.
"""

import math
import re
from dataclasses import dataclass

from fingerprints.fields.folding import fold, is_blank

DIGITS_SHAPE = "#"
FEWEST_DIGITS = 5
LONGEST_PREFIX = 4
SEPARATORS = " -/."
_MOST_CHARACTERS = 64
_FEWEST_CHARACTERS = 3
_FEWEST_LETTERS = 5
_NUMBER = re.compile(rf"([a-z]{{0,{LONGEST_PREFIX}}})0*([1-9][0-9]{{{FEWEST_DIGITS - 1},}})")
_NOT_ALNUM = re.compile(r"[^a-z0-9]+")
# Zeros, letters or many digits that are all the same fill a field that must not be empty.
_FILLER = re.compile(r"0+|([a-z])\1*|([1-9])\2{6,}")
# A spreadsheet that took the ID for a number wrote it with a decimal part.
_DECIMAL = re.compile(r"([0-9]+)\.0+")
_TO_SHAPE = str.maketrans("abcdefghijklmnopqrstuvwxyz0123456789", "a" * 26 + "9" * 10)


@dataclass(frozen=True, slots=True, repr=False)
class IdForms:
    """What one ID cell is found by; `number` is its place among all IDs of its shape."""

    keys: tuple[str, ...]
    shape: str
    number: int


def id_forms(cell: str) -> IdForms | None:
    """Return the forms of an ID cell; None when it is empty, a placeholder or too little to be an ID."""
    folded = fold(cell).strip()
    if is_blank(folded):
        return None
    decimal = _DECIMAL.fullmatch(folded)
    plain = _NOT_ALNUM.sub("", decimal[1] if decimal else folded)
    digits = re.sub("[^0-9]", "", plain)
    if not _FEWEST_CHARACTERS <= len(plain) <= _MOST_CHARACTERS or _FILLER.fullmatch(plain):
        return None
    if not digits and (len(plain) < _FEWEST_LETTERS or " " in folded):
        return None
    number = _NUMBER.fullmatch(plain)
    if number is None:
        return IdForms((plain,), shape_of(plain), _place(plain))
    prefix, rest = number.groups()
    keys = (bare_key(rest), prefixed_key(prefix, rest) if prefix else unprefixed_key(rest))
    return IdForms(keys, digits_shape(rest), int(rest))


def shape_space(shape: str) -> float:
    """Return how many IDs of this shape there could be."""
    if shape.startswith(DIGITS_SHAPE):
        return 9.0 * 10.0 ** (int(shape[1:]) - 1)
    return math.prod(26.0 if character == "a" else 10.0 for character in shape)


def written_forms(prefix: str, digits: str) -> tuple[str, ...]:
    """Return the keys under which a number seen in a document is looked up; `digits` has no leading zero."""
    return (unprefixed_key(digits), prefixed_key(prefix, digits)) if prefix else (bare_key(digits),)


def bare_key(digits: str) -> str:
    """The key of a number written without prefix; every ID with these digits has it."""
    return "#" + digits


def unprefixed_key(digits: str) -> str:
    """The key of an ID that has no prefix in the leak, for documents that put one before it."""
    return "~" + digits


def prefixed_key(prefix: str, digits: str) -> str:
    """The key of a prefixed ID."""
    return f"{prefix}~{digits}"


def digits_shape(digits: str) -> str:
    """The shape of a number of this length, whatever its prefix."""
    return f"{DIGITS_SHAPE}{len(digits)}"


def shape_of(plain: str) -> str:
    """The shape of any other ID: letters become `a`, digits `9`."""
    return plain.translate(_TO_SHAPE)


def _place(plain: str) -> int:
    place = 0
    for character in plain:
        place = place * 10 + int(character) if character.isdigit() else place * 26 + ord(character) - ord("a")
    return place
