"""The values of YAML as text: quotes, escapes, anchors, tags, values in flow style."""

import re

_PROPERTIES = re.compile(r"(?:[&!]\S*(?:\s+|$))*+(?:\*\S+$)?")
_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|\n[ \t]*|(.))")
_SURROGATES = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_LETTERS = {
    "n": "\n",
    "t": "\t",
    "r": "\n",
    "0": "",
    "a": "",
    "b": "",
    "e": "",
    "f": " ",
    "v": " ",
    "_": "\xa0",
    "N": "\n",
}
_FOLD = re.compile(r"(?<!\\)[ \t]*\n[ \t]*")
_FLOW_END = re.compile(r"[,\[\]{}]")
_FLOW_KEY = re.compile(r"\s*(?:\"[^\"]*\"|'[^']*'|[^:]*):\s")
_NOTHING = frozenset(("null", "Null", "NULL", "~", "true", "True", "false", "False"))


def without_properties(value: str) -> str:
    """Return a value without its anchors and tags; an alias is nothing."""
    return value[_PROPERTIES.match(value).end() :] if value[:1] in ("&", "!", "*") else value  # type: ignore[union-attr]


def opens_quote(value: str) -> bool:
    """Tell whether a quoted value goes on in the next line."""
    mark = value[:1]
    if mark == "'":
        return value[1:].replace("''", "").count("'") == 0
    if mark == '"':
        return '"' not in re.sub(r"\\.", "", value[1:], flags=re.DOTALL)
    return False


def scalars(value: str) -> list[str]:
    """Return the texts in a value; one in flow style may have several."""
    mark = value[:1]
    if mark in ("'", '"'):
        end = len(value) if opens_quote(value) else value.rfind(mark)
        inner = _FOLD.sub(" ", value[1:end])
        after = scalars(value[end + 1 :].strip()) if len(value) - end > 1 else []
        return [inner.replace("''", "'") if mark == "'" else _unescaped(inner), *after]
    value, _, comment = value.partition(" #")
    value, remarks = value.strip(), [comment.strip()] if comment.strip() else []
    if mark in ("[", "{"):
        parts = (_FLOW_KEY.sub("", part).strip(" \"'\n") for part in _FLOW_END.split(value))
        return [part for part in parts if part and part not in _NOTHING] + remarks
    return remarks if value in _NOTHING or not value else [value, *remarks]


def _unescaped(text: str) -> str:
    if "\\" not in text:
        return text
    text = _ESCAPE.sub(_character, text)
    return _SURROGATES.sub(lambda pair: pair.group().encode("utf-16-le", "surrogatepass").decode("utf-16-le"), text)


def _character(found: re.Match[str]) -> str:
    digits = found.group(1) or found.group(2) or found.group(3)
    if digits:
        number = int(digits, 16)
        return chr(number) if number < 0x110000 else "\ufffd"
    letter = found.group(4) or ""
    return _LETTERS.get(letter, letter)
