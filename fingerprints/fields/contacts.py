"""E-mail addresses and phone numbers: a cell -> its canonical forms, and the addresses of a document."""

import re
from collections.abc import Iterator

from fingerprints.fields.folding import fold

PHONE_SIZE = 9
SHORTEST_PHONE = 7
_LONGEST_PHONE = 15
_LOCAL_BACKWARDS = re.compile(r"[a-z0-9_%+'.~-]{1,64}")
_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,62})\.){1,8}[a-z]{2,24}")
_SEVERAL = re.compile(r"[;,/|\n]| or ")
_EXTENSION = re.compile(r"(?:ext|x|#).*$")
_NOT_DIGIT = re.compile(r"[^0-9]+")


def find_emails(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, address) of every e-mail address in a folded text."""
    at = text.find("@")
    while at >= 0:
        local = _LOCAL_BACKWARDS.match(text[max(0, at - 64) : at][::-1])
        domain = _DOMAIN.match(text, at + 1)
        if local and domain:
            name = local.group()[::-1].lstrip(".'-")
            if name:
                yield at - len(name), domain.end(), f"{name}@{domain.group()}"
        at = text.find("@", at + 1)


def email_forms(cell: str) -> tuple[str, ...]:
    """Return the addresses in a cell, in canonical form."""
    return tuple(dict.fromkeys(address for _, _, address in find_emails(fold(cell))))


def phone_forms(cell: str) -> tuple[str, ...]:
    """Return the canonical forms of the numbers in a cell: the last nine digits, shorter ones whole."""
    forms: dict[str, None] = {}
    for piece in _SEVERAL.split(fold(cell)):
        digits = _NOT_DIGIT.sub("", _EXTENSION.sub("", piece))
        if not SHORTEST_PHONE <= len(digits) <= _LONGEST_PHONE or len(set(digits)) == 1:
            continue
        forms[digits[-PHONE_SIZE:]] = None
        if piece.strip().startswith(("+", "00")) and (national := _short_national(digits.lstrip("0"))):
            forms[national] = None
    return tuple(forms)


def _short_national(digits: str) -> str | None:
    """A national number of fewer than nine digits, which its country's own pages write without the country code."""
    import phonenumbers  # slow, and few tables need it

    try:
        national = str(phonenumbers.parse("+" + digits).national_number)
    except phonenumbers.NumberParseException:
        return None
    return national if SHORTEST_PHONE <= len(national) < PHONE_SIZE else None
