"""The values of SQL rows as text: quoting, hexadecimal, function calls, the binary dates of MSSQL scripts."""

import re
from datetime import date, timedelta

_NOTHING = frozenset(("null", "default", "true", "false", "current_timestamp"))
_BACKSLASH = re.compile(r"\\(.)", re.DOTALL)
_LETTERS = {"n": "\n", "r": "\n", "t": "\t", "0": "", "b": "", "Z": ""}
_HEX = re.compile(r"(?:0x((?:[0-9a-f]{2})+)\b|\bx'((?:[0-9a-f]{2})*)')", re.IGNORECASE)
_CODE_POINT = re.compile(r"\\(?:\+([0-9a-fA-F]{6})|u?([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))")
_BINARY_DATE = re.compile(r"cast\s*\(\s*0x([0-9a-f]{6,18})\s+as\s+(smalldatetime|datetime|date)\b", re.IGNORECASE)
_COPY_BACKSLASH = re.compile(r"\\([0-7]{1,3}|x[0-9a-fA-F]{1,2}|.)", re.DOTALL)
_LAST_DAY = 3_652_058


def cell_text(raw: str, string: re.Pattern[str], *, has_escapes: bool) -> str:
    """Return what stands in one place of a VALUES list; `string` is how the dialect quotes."""
    raw = raw.strip()
    if raw[:1] == "'" and "'" not in raw[1:-1] and "\\" not in raw:
        return raw[1:-1]
    if raw[:1] in ("'", '"') and string.fullmatch(raw):
        return _unquoted(raw, has_escapes=has_escapes)
    if raw.lower() in _NOTHING:
        return ""
    hexadecimal = _HEX.search(raw) if "0" in raw or "'" in raw else None
    if hexadecimal:
        return _binary_date(raw) or _bytes_text(hexadecimal.group(1) or hexadecimal.group(2) or "")
    if "'" not in raw and '"' not in raw:
        return raw
    is_marked = raw[:1] in ("e", "E")
    texts = [_unquoted(found, has_escapes=has_escapes or is_marked) for found in string.findall(raw)]
    call = raw[:8].lower()
    if call.startswith("replace(") and texts:
        # The shell of SQLite wrote line breaks as two characters inside this call.
        return texts[0].replace("\\n", " ").replace("\\r", " ")
    if call.startswith("unistr(") and texts:
        return _CODE_POINT.sub(_character, texts[0])
    return " ".join(texts)


def copied_cell(raw: str) -> str:
    """Return a cell of PostgreSQL's COPY format."""
    if raw == "\\N":
        return ""
    return _COPY_BACKSLASH.sub(_copied_character, raw) if "\\" in raw else raw


def _unquoted(quoted: str, *, has_escapes: bool) -> str:
    mark, text = quoted[0], quoted[1:-1]
    if mark in text:
        text = text.replace(mark * 2, mark)
    if has_escapes and "\\" in text:
        text = _BACKSLASH.sub(lambda found: _LETTERS.get(found.group(1), found.group(1)), text)
    return text


def _copied_character(found: re.Match[str]) -> str:
    code = found.group(1)
    if code[0] in "01234567":
        return chr(int(code, 8))
    if code[0] == "x" and len(code) > 1:
        return chr(int(code[1:], 16))
    return _LETTERS.get(code, code)


def _character(found: re.Match[str]) -> str:
    number = int(found.group(1) or found.group(2) or found.group(3), 16)
    return chr(number) if number < 0x110000 and not 0xD800 <= number < 0xE000 else "\ufffd"


def _bytes_text(digits: str) -> str:
    data = bytes.fromhex(digits)
    try:
        return data.decode("utf-16-le" if data[1::2].count(0) * 2 > len(data[1::2]) else "utf-8")
    except UnicodeDecodeError:
        return ""


def _binary_date(raw: str) -> str:
    found = _BINARY_DATE.search(raw)
    if not found:
        return ""
    digits, kind = found.group(1), found.group(2).lower()
    if kind == "date":
        days = int.from_bytes(bytes.fromhex(digits[:6]), "little")
        first = date(1, 1, 1)
    else:
        days = int(digits[: len(digits) // 2], 16)
        first = date(1900, 1, 1)
    return (first + timedelta(days)).isoformat() if first.toordinal() + days <= _LAST_DAY else ""
