"""The compressed RTF in which Outlook keeps bodies."""

import struct

from pipelines.items import Reason
from pipelines.reading.budget import Budget, UnreadableError

_HEADER = struct.Struct("<IIII")
_COMPRESSED, _PLAIN = 0x75465A4C, 0x414C454D
_START = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor MS Sans Serif"
    rb"SymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0"
    b"\r\n"
    rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)
_WINDOW = 4096


def decompressed(data: bytes, budget: Budget) -> bytes:
    """Return the RTF; what stands before a fault in it is all there is. UnreadableError when it is something else."""
    if len(data) < _HEADER.size:
        raise UnreadableError(Reason.BROKEN)
    _, size, kind, _ = _HEADER.unpack_from(data)
    if kind == _PLAIN:
        return data[_HEADER.size : _HEADER.size + size]
    if kind != _COMPRESSED:
        raise UnreadableError(Reason.BROKEN)
    out = bytearray(_START)
    place = _HEADER.size
    while place < len(data):
        flags = data[place]
        place += 1
        for bit in range(8):
            if not flags >> bit & 1:
                out += data[place : place + 1]
                place += 1
                continue
            if place + 2 > len(data):
                return _spent(out, budget)
            token = data[place] << 8 | data[place + 1]
            place += 2
            distance = (len(out) - (token >> 4)) % _WINDOW
            if not distance:
                return _spent(out, budget)
            for _ in range((token & 15) + 2):
                out.append(out[-distance] if distance <= len(out) else 0x20)
    return _spent(out, budget)


def _spent(out: bytearray, budget: Budget) -> bytes:
    budget.spend_unpacked(len(out))
    return bytes(out[len(_START) :])
