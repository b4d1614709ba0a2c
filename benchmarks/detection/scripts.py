"""Romanization of names by the usual national standards, several for each alphabet; none of it is the engine's."""

_RUSSIAN_PASSPORT = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh", "з": "z", "и": "i", "й": "i",
    "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f",
    "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "ie", "ы": "y", "ь": "", "э": "e", "ю": "iu",
    "я": "ia",
}  # fmt: skip
_RUSSIAN_BGN = _RUSSIAN_PASSPORT | {"ё": "yo", "й": "y", "ъ": "", "ю": "yu", "я": "ya"}
_RUSSIAN_FRENCH = _RUSSIAN_BGN | {
    "ж": "j", "у": "ou", "ц": "ts", "ч": "tch", "ш": "ch", "щ": "chtch", "ю": "iou", "я": "ia", "й": "i", "ё": "io",
}  # fmt: skip
_RUSSIAN_GERMAN = _RUSSIAN_BGN | {
    "в": "w", "ж": "sch", "з": "s", "х": "ch", "ц": "z", "ч": "tsch", "ш": "sch", "щ": "schtsch", "ю": "ju",
    "я": "ja", "й": "j", "ё": "jo",
}  # fmt: skip
_UKRAINIAN_NATIONAL = _RUSSIAN_BGN | {
    "г": "h", "ґ": "g", "е": "e", "є": "ie", "и": "y", "і": "i", "ї": "i", "й": "i", "ю": "iu", "я": "ia", "'": "",
}  # fmt: skip
_UKRAINIAN_RUSSIFIED = _RUSSIAN_BGN | {"є": "ye", "и": "i", "і": "i", "ї": "yi", "'": "", "ґ": "g"}
_GEORGIAN_NATIONAL = {
    "ა": "a", "ბ": "b", "გ": "g", "დ": "d", "ე": "e", "ვ": "v", "ზ": "z", "თ": "t", "ი": "i", "კ": "k", "ლ": "l",
    "მ": "m", "ნ": "n", "ო": "o", "პ": "p", "ჟ": "zh", "რ": "r", "ს": "s", "ტ": "t", "უ": "u", "ფ": "p", "ქ": "k",
    "ღ": "gh", "ყ": "q", "შ": "sh", "ჩ": "ch", "ც": "ts", "ძ": "dz", "წ": "ts", "ჭ": "ch", "ხ": "kh", "ჯ": "j",
    "ჰ": "h",
}  # fmt: skip
_GEORGIAN_RUSSIFIED = _GEORGIAN_NATIONAL | {"ღ": "g", "ყ": "k", "ფ": "f", "ჯ": "dzh", "ხ": "h", "ჰ": "g", "ც": "c"}
_ARMENIAN_EASTERN = {
    "ա": "a", "բ": "b", "գ": "g", "դ": "d", "ե": "e", "զ": "z", "է": "e", "ը": "y", "թ": "t", "ժ": "zh", "ի": "i",
    "լ": "l", "խ": "kh", "ծ": "ts", "կ": "k", "հ": "h", "ձ": "dz", "ղ": "gh", "ճ": "ch", "մ": "m", "յ": "y",
    "ն": "n", "շ": "sh", "ո": "o", "չ": "ch", "պ": "p", "ջ": "j", "ռ": "r", "ս": "s", "վ": "v", "տ": "t", "ր": "r",
    "ց": "ts", "ւ": "u", "փ": "p", "ք": "k", "օ": "o", "ֆ": "f", "և": "ev",
}  # fmt: skip
_ARMENIAN_WESTERN = _ARMENIAN_EASTERN | {
    "բ": "p", "գ": "k", "դ": "t", "կ": "g", "պ": "b", "տ": "d", "ծ": "dz", "ձ": "ts", "ճ": "j", "ջ": "ch", "և": "ew",
}  # fmt: skip
_GREEK_ELOT = {
    "α": "a", "β": "v", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "i", "θ": "th", "ι": "i", "κ": "k", "λ": "l",
    "μ": "m", "ν": "n", "ξ": "x", "ο": "o", "π": "p", "ρ": "r", "σ": "s", "ς": "s", "τ": "t", "υ": "y", "φ": "f",
    "χ": "ch", "ψ": "ps", "ω": "o", "ά": "a", "έ": "e", "ή": "i", "ί": "i", "ό": "o", "ύ": "y", "ώ": "o", "ϊ": "i",
    "ΐ": "i", "ϋ": "y", "ΰ": "y",
}  # fmt: skip
_GREEK_SPOKEN = _GREEK_ELOT | {"χ": "h", "υ": "i", "ύ": "i", "ξ": "ks", "γ": "gh", "φ": "ph"}
_PAIRS = {
    "greek": {"ου": "ou", "ού": "ou", "μπ": "b", "ντ": "nt", "γγ": "ng", "γκ": "gk", "ευ": "ev", "εύ": "ef"},
    "armenian": {"ու": "u", "եա": "ea"},
}
_STYLES = {
    "russian": (_RUSSIAN_PASSPORT, _RUSSIAN_BGN, _RUSSIAN_FRENCH, _RUSSIAN_GERMAN),
    "ukrainian": (_UKRAINIAN_NATIONAL, _UKRAINIAN_RUSSIFIED),
    "georgian": (_GEORGIAN_NATIONAL, _GEORGIAN_RUSSIFIED),
    "armenian": (_ARMENIAN_EASTERN, _ARMENIAN_WESTERN),
    "greek": (_GREEK_ELOT, _GREEK_SPOKEN),
}


def styles(script: str) -> int:
    """Return how many romanizations there are for the names of this script."""
    return len(_STYLES[script])


def romanize(name: str, script: str, style: int) -> str:
    """Return the name in Latin letters; style 0 is the one that passports of today use."""
    table, pairs = _STYLES[script][style], _PAIRS.get(script, {})
    lower, out, at = name.lower(), [], 0
    while at < len(lower):
        pair = pairs.get(lower[at : at + 2])
        out.append(pair if pair is not None else table.get(lower[at], lower[at]))
        at += 2 if pair is not None else 1
    text = "".join(out)
    if style and script in ("russian", "ukrainian"):
        text = _endings(text)
    return "-".join(part[:1].upper() + part[1:] for part in text.split("-"))


def _endings(text: str) -> str:
    """Shorten the endings that the looser styles shorten: Dmitriy -> Dmitry, Mariia -> Maria."""
    for long, short in (("iy", "y"), ("yy", "y"), ("iia", "ia"), ("iya", "ia"), ("ij", "i")):
        if text.endswith(long):
            return text.removesuffix(long) + short
    return text
