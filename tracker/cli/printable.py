"""Text that may come from outside, made fit for a terminal, a JSON line or a spreadsheet."""

import os

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def printable(text: str) -> str:
    """Escape control characters, bidi controls and undecodable bytes, so that no terminal obeys them."""
    return "".join(char if char.isprintable() else _escaped(char) for char in text)


def path_text(path: str | bytes | os.PathLike[str]) -> str:
    """Return a path as valid Unicode; bytes that are no UTF-8 become `\\xNN`."""
    return os.fsencode(path).decode("utf-8", errors="backslashreplace")


def spreadsheet_cell(value: object) -> object:
    """Put an apostrophe before text that a spreadsheet would run as a formula."""
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return value


def _escaped(char: str) -> str:
    code = ord(char)
    if 0xDC80 <= code <= 0xDCFF:
        return f"\\x{code - 0xDC00:02x}"
    if code <= 0xFF:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
