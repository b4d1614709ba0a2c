"""Which of the world's older encodings a text may be in, judged by how word-like its words become.

A short paste has too few words for a statistical detector: what tells encodings apart there is that a wrong one makes
words of mixed scripts, of capitals after small letters, and of symbols.
"""

import re
import unicodedata
from functools import cache
from itertools import pairwise

_MOST = 6
# Most widespread first: where two read equally well, the earlier one is the better guess.
_CODECS = (
    "cp1252",
    "cp1251",
    "cp1250",
    "gb18030",
    "cp932",
    "big5hkscs",
    "cp949",
    "euc_jp",
    "cp1254",
    "cp1256",
    "cp1253",
    "cp1255",
    "cp874",
    "koi8_u",
    "cp866",
    "iso8859_2",
    "iso8859_15",
    "cp1257",
    "cp1258",
    "mac_roman",
    "cp850",
    "cp852",
    "iso8859_5",
    "iso8859_6",
    "iso8859_4",
    "iso8859_3",
    "mac_latin2",
    "mac_cyrillic",
    "cp855",
    "cp857",
    "cp437",
    "cp864",
    "cp862",
    "johab",
)
_TOGETHER = {"HIRAGANA": "CJK", "KATAKANA": "CJK", "KATAKANA-HIRAGANA": "CJK", "IDEOGRAPHIC": "CJK", "HANGUL": "CJK"}
# First and last lead byte, and first trail byte, of the characters that the encoding's own language uses every day.
_EVERYDAY = {
    "gb18030": (0xB0, 0xD7, 0xA1),
    "big5hkscs": (0xA4, 0xC6, 0x40),
    "cp932": (0x82, 0x97, 0x40),
    "euc_jp": (0xA4, 0xCF, 0xA1),
    "cp949": (0xB0, 0xC8, 0xA1),
    "johab": (0x84, 0xD3, 0x41),
}
_WORD = re.compile(r"[^\x00-\x40\[-`{-\x7f\u3000]+")
_FOREIGN = re.compile(r"[^\x00-\x7f]")
_UNDECODABLE = "\ufffd"


def legacy_encodings(sample: bytes, declared: str | None) -> list[str]:
    """Return up to six codecs under which the sample reads differently, the most plausible first."""
    readings: dict[str, tuple[float, int, str]] = {}
    for place, name in enumerate(filter(None, (declared, *_CODECS))):
        text = sample.decode(name, "replace")
        if text not in readings:
            # What the page itself declares wins unless its words are clearly worse.
            bonus = 0.3 if name == declared and place == 0 else 0.0
            readings[text] = (-round(_plausibility(text, name) + bonus, 1), place, name)
    best = sorted(readings.values())
    floor = best[0][0] / 2
    return [name for score, _, name in best if score <= floor][:_MOST]


def _plausibility(text: str, codec: str) -> float:
    """Return the share of the words with non-ASCII characters that look like words."""
    words = [word for word in _WORD.findall(text) if _FOREIGN.search(word)]
    return sum(_word_likeness(word, codec) for word in words) / len(words) if words else 0.0


def _word_likeness(word: str, codec: str) -> float:
    if _UNDECODABLE in word:
        return -1.0
    scripts = {_script(char) for char in word} - {"MARK"}
    if scripts == {"CJK"}:
        return sum(_is_everyday(char, codec) for char in word) / len(word)
    if len(scripts) != 1 or scripts == {"SYMBOL"}:
        return 0.0
    if any(a.islower() and b.isupper() for a, b in pairwise(word)):
        return 0.2
    # A Latin word of mostly accented letters is another alphabet seen through the wrong encoding.
    strange = scripts == {"LATIN"} and len(word) > 2 and len(_FOREIGN.findall(word)) * 5 > len(word) * 3
    return 0.4 if strange else 1.0


def _is_everyday(char: str, codec: str) -> bool:
    first, last, trail = _EVERYDAY.get(codec, (0, 0, 0))
    encoded = char.encode(codec, "replace")
    return len(encoded) == 2 and first <= encoded[0] <= last and encoded[1] >= trail


@cache
def _script(char: str) -> str:
    category = unicodedata.category(char)
    if category.startswith("M"):
        return "MARK"
    if not category.startswith("L"):
        return "SYMBOL"
    script = unicodedata.name(char, "SYMBOL").split()[0]
    return _TOGETHER.get(script, script)
