"""Person names: a cell -> its words, and the words of a document that could be names.

Words are split at spaces, hyphens and apostrophes. The joined spelling is kept beside them, so that O'Brien, OBrien
and O Brien meet.
"""

import re
from dataclasses import dataclass

from fingerprints.fields.folding import fold, is_blank

# Words that strangers' names share: they are no evidence unless a cell holds nothing else.
PARTICLES = frozenset(
    re.findall(
        r"\w+",
        """
        de la le el al du des del della di da do dos das van von der den ter ten vom zu zur und y e i bin ibn bint ben
        abu ul ur mr mrs ms miss dr prof sr sra srta jr ii iii iv herr frau mme mlle st
        """,
    )
)
_RUN = re.compile(r"[a-z]+(?:['`-][a-z]+)*")
_PART = re.compile(r"[a-z]+")
_LONGEST_PREFIX = 3
_MOST_JOINED = 5
# More words than this are no name; a cell of 40 KB must not become thousands of keys.
_MOST_WORDS = 12


@dataclass(frozen=True, slots=True, repr=False)
class NameForms:
    """What one name cell is found by: its significant words, and the spellings that join some of them."""

    words: frozenset[str]
    joined: frozenset[str]


def name_forms(cell: str) -> NameForms:
    """Return the forms of a name cell; none for an empty cell or a placeholder."""
    folded = fold(cell)
    if is_blank(folded):
        return NameForms(frozenset(), frozenset())
    parts = _PART.findall(folded)[:_MOST_WORDS]
    words = frozenset(part for part in parts if len(part) > 1 and part not in PARTICLES)
    joined = frozenset(word for _, _, word in name_words(folded)[: 4 * _MOST_WORDS]).difference(parts)
    if 1 < len(parts) <= _MOST_JOINED:
        joined |= {"".join(parts)}
    if not words:
        words = frozenset(part for part in parts if len(part) > 1)
    return NameForms(words, joined)


def name_words(text: str) -> list[tuple[int, int, str]]:
    """Return (start, end, word) of every word of a folded text that may be (part of) a name, joined spellings too."""
    words: list[tuple[int, int, str]] = []
    before: list[tuple[int, int, str]] = []
    for run in _RUN.finditer(text):
        start, end = run.span()
        word = run.group()
        if not word.isalpha():
            parts = list(_PART.finditer(word))
            words += [(start + part.start(), start + part.end(), part.group()) for part in parts]
            word = "".join(part.group() for part in parts)
        words.append((start, end, word))
        # A short word and its neighbor may be one name: "Mc Donald", "O Brien", "Al Masri", "De La Cruz".
        if before and before[-1][1] == start - 1 and text[start - 1] == " ":
            before = [(first, end, head + word) for first, _, head in before]
            words += before
        else:
            before = []
        if len(word) <= _LONGEST_PREFIX:
            before = [*before, (start, end, word)][-_MOST_JOINED:]
        elif before:
            before = []
    return words
