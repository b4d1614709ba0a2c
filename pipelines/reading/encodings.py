"""Which encodings a body may be in, and its text under each.

A ladder, not a guess: byte order mark, strict UTF-8, UTF-16 and UTF-32 by their zero bytes, ISO-2022 by its escapes,
then every older encoding in which the words look like words, because names are at stake.
"""

import codecs
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from pipelines.reading.legacy import legacy_encodings

_CHUNK = 1 << 20
_HEAD = 1 << 14
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_ISO_2022 = ((b"\x1b$)C", "iso2022_kr"), (b"\x1b$", "iso2022_jp_ext"), (b"\x1b(J", "iso2022_jp_ext"))
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x7f]")
_DECLARED_WITHIN = 4096
_TEXT_CODECS = ("cp125", "cp8", "cp9", "iso8859", "koi8", "mac", "gb18030", "big5", "euc", "shift", "kz1048", "ptcp154")
# What browsers read under these names.
_WIDER = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "tis-620": "cp874",
}
_HTML_CHARSET = re.compile(rb"""(?i)<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""")


@dataclass(frozen=True, slots=True)
class Encoding:
    """One way to decode a body; with `mixed`, lines that are valid UTF-8 are that, and the others this encoding."""

    name: str
    mixed: bool = False

    def decode(self, body: bytes) -> Iterator[str]:
        """Yield the text in chunks that end at line ends, with `\\n` as the only one; undecodable bytes are U+FFFD."""
        if self.name.startswith("utf-"):
            yield from _whole_lines(self._decode_wide(body))
        else:
            yield from _whole_lines(self._decode_by_line(body))

    def _decode_wide(self, body: bytes) -> Iterator[str]:
        decoder = io.IncrementalNewlineDecoder(codecs.getincrementaldecoder(self.name)("replace"), translate=True)
        for start in range(0, len(body), _CHUNK):
            text = decoder.decode(body[start : start + _CHUNK], final=start + _CHUNK >= len(body))
            yield text.removeprefix("\ufeff") if start == 0 else text

    def _decode_by_line(self, body: bytes) -> Iterator[str]:
        # No encoding that ASCII-only tools can handle has 0x0A as the second byte of a character.
        for chunk in _byte_lines(body):
            if self.mixed:
                text = "".join(self._decode_mixed(line) for line in chunk.splitlines(keepends=True))
            else:
                text = chunk.decode(self.name, "replace")
            yield text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text

    def _decode_mixed(self, line: bytes) -> str:
        try:
            return line.decode("utf-8")
        except UnicodeDecodeError:
            return line.decode(self.name, "replace")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A body's whole text under one encoding."""

    encoding: str
    text: str = field(repr=False)


def decode_candidates(body: bytes) -> list[Decoded]:
    """Return the text under each encoding it may be in, best first; empty for binary data."""
    return [Decoded(encoding.name, "".join(encoding.decode(body))) for encoding in encodings_of(body)]


def encodings_of(body: bytes) -> tuple[Encoding, ...]:
    """Return the encodings a body may be in, best first; none for binary data."""
    for mark, name in _BOMS:
        if body.startswith(mark) and (name.startswith("utf-8") or _decodes(body[: _HEAD & ~3], name)):
            return (Encoding(name),)
    wide = _wide_encoding(body)
    if wide:
        return (Encoding(wide),)
    if _is_binary(body):
        return ()
    if body.isascii() or _is_utf8(body):
        return (Encoding(next((name for mark, name in _ISO_2022 if mark in body[:_CHUNK]), "utf-8")),)
    sample, valid, invalid = _foreign_lines(body)
    return tuple(Encoding(name, mixed=valid > invalid) for name in legacy_encodings(sample, _declared_encoding(body)))


def _decodes(data: bytes, name: str) -> bool:
    try:
        text = codecs.getincrementaldecoder(name)("strict").decode(data)
    except UnicodeDecodeError:
        return False
    odd = sum(1 for char in text if char < " " and char not in "\t\n\r\x0c\x1e\x1f")
    return odd * 50 <= len(text)


def _wide_encoding(body: bytes) -> str | None:
    """Recognize UTF-16 and UTF-32 without a mark by where the zero bytes of ASCII characters stand."""
    head = body[: _HEAD & ~3]
    zeros = [head[place::4].count(0) for place in range(4)]
    total = sum(zeros)
    if total * 50 < len(head) or total < 2:
        return None
    if total * 2 > len(head):
        for name in ("utf-32-le", "utf-32-be"):
            if _decodes(head, name):
                return name
    even, odd = zeros[0] + zeros[2], zeros[1] + zeros[3]
    name = "utf-16-le" if odd > even else "utf-16-be"
    return name if max(even, odd) >= 20 * min(even, odd) and _decodes(head, name) else None


def _is_binary(body: bytes) -> bool:
    """Text has next to no control bytes; looked for at the beginning, in the middle and at the end."""
    middle = len(body) // 2
    for part in (body[:_HEAD], body[middle : middle + _HEAD], body[-_HEAD:]):
        if len(_CONTROL.findall(part)) * 50 > len(part):
            return True
    return False


def _is_utf8(body: bytes) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")("strict")
    try:
        for start in range(0, len(body), _CHUNK):
            decoder.decode(body[start : start + _CHUNK])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _foreign_lines(body: bytes) -> tuple[bytes, int, int]:
    """Return some lines that are no UTF-8, and how many lines with non-ASCII bytes are and are not."""
    foreign: list[bytes] = []
    size = valid = invalid = 0
    for chunk in _byte_lines(body):
        for line in chunk.splitlines():
            if line.isascii():
                continue
            try:
                line.decode("utf-8")
                valid += 1
            except UnicodeDecodeError:
                invalid += 1
                if size < _HEAD:
                    foreign.append(line[:_HEAD])
                    size += len(foreign[-1])
        if size >= _HEAD:
            break
    return b"\n".join(foreign), valid, invalid


def _declared_encoding(body: bytes) -> str | None:
    """Return the codec that a page or an XML declaration names for itself."""
    declared = _HTML_CHARSET.search(body[:_DECLARED_WITHIN])
    return _browser_name(declared.group(1).decode("ascii", "replace")) if declared else None


def _browser_name(label: str) -> str | None:
    """Return the codec that browsers use for a declared one."""
    try:
        name = codecs.lookup(label).name
    except LookupError:
        return None
    name = _WIDER.get(name, name)
    return name if name.startswith(_TEXT_CODECS) else None


def _byte_lines(body: bytes) -> Iterator[bytes]:
    """Cut a body at line ends into chunks of about one megabyte; a line without end is cut blindly."""
    start = 0
    while start < len(body):
        end = min(start + _CHUNK, len(body))
        if end < len(body):
            cut = body.rfind(b"\n", start, end)
            end = cut + 1 if cut >= 0 else end
        yield body[start:end]
        start = end


def _whole_lines(chunks: Iterator[str]) -> Iterator[str]:
    """Move the unfinished last line of every chunk to the next one."""
    rest = ""
    for chunk in chunks:
        cut = chunk.rfind("\n") + 1
        if cut or len(rest) > 4 * _CHUNK:
            yield rest + chunk[:cut]
            rest = chunk[cut:]
        else:
            rest += chunk
    if rest:
        yield rest
