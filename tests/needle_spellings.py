"""How a value can be written in plain text."""

import string
import unicodedata

from anyascii import anyascii

SEPARATORS = (" ", "_", "-", "+", ".", "")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def spellings(value):
    """Return a value as it is, composed, decomposed, without accents, transliterated, with any separator and case."""
    decomposed = unicodedata.normalize("NFKD", value)
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    forms = {value, unicodedata.normalize("NFC", value), unicodedata.normalize("NFD", value), decomposed, bare}
    forms |= {anyascii(value), anyascii(bare)}
    forms |= {between.join(form.split()) for form in forms for between in SEPARATORS}
    return {cased for form in forms for cased in (form, form.upper(), form.lower(), form.title(), form.casefold())}


def number_in(value):
    """Return the digits of an ID number, or nothing where the value is no long number with at most letters around."""
    digits = "".join(letter for letter in value if letter.isdecimal())
    return digits if len(digits) >= 7 and value.isalnum() else ""


def number_spellings(value):
    """Return an ID number in groups of three, with and without the letters before it."""
    digits = number_in(value)
    prefix = value[: len(value) - len(value.lstrip(string.ascii_letters))]
    groups = [digits[place : place + 3] for place in range(0, len(digits), 3)]
    return {start + between.join(groups) for start in ("", prefix) for between in ("", "-", " ", ".")}


def pair_spellings(given, family):
    """Return two names side by side in either order."""
    return {
        first + between + last
        for first, last in ((given, family), (family, given))
        for between in (*SEPARATORS, ", ", ",_", ",", ";", "\t")
    }


def date_spellings(day):
    """Return a date in every order, with and without zeros, with separators, and with English months."""
    found = set()
    for one_day, one_month in ((f"{day.day}", f"{day.month}"), (f"{day.day:02}", f"{day.month:02}")):
        for between in (".", "/", "-", " ", "_"):
            found |= {between.join(order) for order in _orders(one_day, one_month, str(day.year))}
        for name in (MONTHS[day.month - 1], MONTHS[day.month - 1][:3]):
            for between in (" ", "-", "_", ".", ""):
                found |= {between.join((one_day, name, str(day.year)))}
                found |= {between.join((name, one_day + comma, str(day.year))) for comma in ("", ",")}
    return found


def joined_date_spellings(day):
    """Return a date as eight digits in every order."""
    return {"".join(order) for order in _orders(f"{day.day:02}", f"{day.month:02}", str(day.year))}


def _orders(day, month, year):
    return (day, month, year), (month, day, year), (year, month, day), (year, day, month)
