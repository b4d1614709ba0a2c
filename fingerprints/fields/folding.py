"""Text of any script -> lower-case ASCII, the same for a cell of the leak and for a document.

Every canonical form starts here. Whatever changes the result for any text is a new `NORMALIZER_VERSION`.
"""

import re
import unicodedata

from anyascii import anyascii

NORMALIZER_VERSION = 1

# Combining classes that make another letter rather than an accent: nukta, kana voicing, virama.
_LETTER_MAKING = frozenset({7, 8, 9})
# Arabic alef maksura: keyboards of Iran and Egypt write it where others write yeh.
_SAME_LETTER = {"\u0649": "y"}

_PLACEHOLDERS = frozenset(
    re.findall(
        r"[^|\s](?:[^|\n]*[^|\s])?",
        """
        na | n a | none | null | nil | nan | unknown | unk | blank | tbd | tba | pending | missing | empty
        not available | not applicable | not known | no name | fnu | lnu | unbekannt | keine | keine angabe | inconnu
        aucun | desconocido | desconocida | ninguno | ninguna | sin datos | no consta | sconosciuto | desconhecido
        nenhum | onbekend | geen | bilinmiyor | yok | neizvestno | net dannykh | xx | xxx | xxxx
        """,
    )
)

_NOT_WORD = re.compile(r"[^a-z0-9]+")


def fold(text: str) -> str:
    """Return `text` in lower-case ASCII, without accents and invisible characters; folding twice changes nothing.

    Letters and digits become letters and digits, never punctuation; NUL and whatever cannot be written vanish or
    become a space. Line ends and the separators of structured text stay.
    """
    if text.isascii():
        return text.lower().replace("\0", "")
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    return text.translate(_FOLDS)


def is_blank(folded: str) -> bool:
    """Tell whether a folded cell says nothing: empty, only punctuation, or a word that stands for "not known"."""
    words = _NOT_WORD.sub(" ", folded).strip()
    # "Na" is a family name, "n/a" is not: a bare short word is only a placeholder with punctuation in it.
    return not words or (words in _PLACEHOLDERS and (len(words) > 2 or not folded.strip().isalpha()))


class _Folds(dict[int, str]):
    """A memo of `_fold_character`, in the form that `str.translate` wants."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold_character(chr(code))
        return folded


_FOLDS = _Folds()


def _fold_character(character: str) -> str:
    if character.isascii():
        return "" if character == "\0" else character.lower()
    if character in _SAME_LETTER:
        return _SAME_LETTER[character]
    category = unicodedata.category(character)
    if category == "Cf":
        return ""
    if category[0] in "CZ":
        return " "
    plain = anyascii(_without_marks(character).casefold()).lower()
    if category[0] in "LMN":
        return "".join(letter for letter in plain if letter.isalnum())
    if category[0] == "P" or category == "Sk":
        return plain if len(plain) == 1 else " "
    return " "


def _without_marks(character: str) -> str:
    parts = unicodedata.normalize("NFKD", character)
    kept = (part for part in parts if not unicodedata.combining(part) or unicodedata.combining(part) in _LETTER_MAKING)
    return unicodedata.normalize("NFC", "".join(kept))
