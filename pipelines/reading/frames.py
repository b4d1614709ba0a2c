"""What goes over the pipes between the pool and a worker: one type byte, a length, and that many bytes.

A job is a bare length and the body. The answer is READY once at the start, and for each job RECEIVED, then the parts
and pieces as they are read; the PartEnd of the outer document is the last.
"""

import json
import struct

from pipelines.items import Reason
from pipelines.reading.parts import PartEnd, PartStart, Piece

READY = b"R"
RECEIVED = b"A"
_START = b"S"
_PIECE = b"P"
_END = b"E"
JOB = struct.Struct("<Q")
HEADER = struct.Struct("<cI")
_NAME_SIZE = struct.Struct("<I")


def signal(kind: bytes) -> bytes:
    """Return a frame that says only its type."""
    return HEADER.pack(kind, 0)


def pack(item: PartStart | Piece | PartEnd) -> bytes:
    """Return the frame of one item; what is no valid Unicode is replaced."""
    if isinstance(item, Piece):
        name = json.dumps(item.member).encode()
        text = item.text.encode("utf-8", "replace")
        payload = b"".join((_NAME_SIZE.pack(len(name)), name, text))
        return HEADER.pack(_PIECE, len(payload)) + payload
    reason = item.reason if isinstance(item, PartEnd) else None
    facts = [item.member, item.media_type, item.size, item.sha256.hex(), item.is_container, reason]
    payload = json.dumps(facts).encode()
    return HEADER.pack(_END if isinstance(item, PartEnd) else _START, len(payload)) + payload


def unpack(kind: bytes, payload: bytes) -> PartStart | Piece | PartEnd:
    """Return the item of a frame; ValueError when a worker that has gone wrong sent something else."""
    if kind == _PIECE:
        (size,) = _NAME_SIZE.unpack_from(payload)
        begin = _NAME_SIZE.size
        return Piece(tuple(json.loads(payload[begin : begin + size])), payload[begin + size :].decode("utf-8"))
    if kind not in (_START, _END):
        raise ValueError("unknown frame")
    member, media_type, size, digest, is_container, reason = json.loads(payload)
    facts = (tuple(member), media_type, size, bytes.fromhex(digest))
    if kind == _START:
        return PartStart(*facts, is_container)
    return PartEnd(*facts, Reason(reason) if reason else None, is_container)
