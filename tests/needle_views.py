"""Other ways to read the same bytes: decoded, decompressed, dumped. Nothing here knows what is looked for.

Every view is a join of pieces with `EDGE` between them, which counts as the end of the data.
"""

import base64
import bz2
import html
import lzma
import re
import sqlite3
import struct
import zlib
from contextlib import closing, suppress

EDGE = b"\n" * 8
MAX_UNPACKED = 1 << 28
TEXT = b"\t\r\n" + bytes(range(0x20, 0x7F))

PRINTABLE_RUN = re.compile(rb"[\t\x20-\x7e\x80-\xff]{4,}")
PERCENT = re.compile(rb"%([0-9A-Fa-f]{2})")
PLUS = re.compile(rb"\+")
QUOTED = re.compile(rb"=([0-9A-Fa-f]{2})")
ENTITY = re.compile(rb"&#?\w{1,10};")
ESCAPE = re.compile(rb"\\+(?:u\{([0-9A-Fa-f]{1,6})\}|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|x([0-9A-Fa-f]{2})|([0-7]{3}))")
BASE64_RUN = re.compile(rb"[A-Za-z0-9+/_-](?:[A-Za-z0-9+/_-]|\r?\n[ \t]?(?=[A-Za-z0-9+/_-])){5,}")
BASE32_RUN = re.compile(rb"[A-Z2-7]{7,}|[a-z2-7]{7,}")
HEX_RUN = re.compile(rb"[0-9A-Fa-f]{6,}(?:\r?\n[0-9A-Fa-f]{6,})*")
HEX_PAIRS = re.compile(rb"[0-9A-Fa-f]{2}(?:[ :,-]{1,2}(?:0x)?[0-9A-Fa-f]{2}){2,}")
LINE_BREAK = re.compile(rb"\s")
PAIR_BREAK = re.compile(rb"[ :,-]{1,2}(?:0x)?")
STANDARD = bytes.maketrans(b"-_", b"+/")
MAGIC = re.compile(
    rb"\x1f\x8b\x08|BZh[1-9]1AY&SY|\xfd7zXZ\x00|PK\x03\x04|\x28\xb5\x2f\xfd|\x78[\x01\x5e\x9c\xda]|SQLite format 3\x00"
)
SQLITE = b"SQLite format 3\x00"


def text_views(data):
    """Yield (label, bytes) for every way of decoding that changes the data and needs no guessing."""
    if data.count(0) * 5 > len(data):
        yield "without NUL bytes", data.replace(b"\0", b"")
    runs = PRINTABLE_RUN.findall(data)
    for label, trigger, decode in (
        ("percent-decoded", PERCENT, lambda run: PERCENT.sub(lambda found: bytes.fromhex(found[1].decode()), run)),
        ("plus signs decoded", PLUS, lambda run: run.replace(b"+", b" ")),
        ("escapes decoded", ESCAPE, lambda run: _paired(ESCAPE.sub(_unescaped, run))),
        ("entities decoded", ENTITY, lambda run: html.unescape(run.decode("utf-8", "replace")).encode()),
    ):
        if changed := [decode(run) for run in runs if trigger.search(run)]:
            yield label, EDGE.join(changed)
    if QUOTED.search(data) or b"=\n" in data or b"=\r\n" in data:
        unfolded = re.sub(rb"=\r?\n", b"", data)
        changed = [
            QUOTED.sub(lambda found: bytes.fromhex(found[1].decode()), run) for run in PRINTABLE_RUN.findall(unfolded)
        ]
        yield "quoted-printable decoded", EDGE.join(changed)


def guessed_views(data):
    """Yield (label, bytes) for what may be an encoding or may be plain words: base64 and hex at each phase, base32."""
    runs = [LINE_BREAK.sub(b"", run).translate(STANDARD) for run in BASE64_RUN.findall(data)]
    for phase in range(4):
        pieces = [_filled(run[phase:], 4) for run in runs]
        yield "base64", base64.b64decode(base64.b64encode(EDGE + b"\n").join(pieces))
    pieces = [_filled(run.upper(), 8) for run in BASE32_RUN.findall(data)]
    yield "base32", base64.b32decode(base64.b32encode(EDGE + b"\n\n").join(pieces))
    runs = [LINE_BREAK.sub(b"", run) for run in HEX_RUN.findall(data)]
    paired = [PAIR_BREAK.sub(b"", run) for run in HEX_PAIRS.findall(data)]
    for digits in (runs, [run[1:] for run in runs], paired):
        yield "hex", bytes.fromhex(EDGE.hex().join(run[: len(run) // 2 * 2].decode() for run in digits))


def printable_pieces(data):
    """Return the pieces of a view that are text: only these can hold a further text encoding."""
    pieces = (piece.strip(b"\0") for piece in data.split(EDGE))
    return EDGE.join(piece for piece in pieces if len(piece.translate(None, TEXT)) * 10 < len(piece))


def _filled(run, size):
    """Fill the last group of a run with zeros, which decode to zero bytes."""
    return run + b"A" * (-len(run) % size)


def unpacked_views(data):
    """Yield (label, bytes) for all that is packed in compressed streams and databases at any offset, if there is any.

    A stream that breaks off is read as far as it goes.
    """
    unpacked = [_unpacked(data, found.start(), found[0]) for found in MAGIC.finditer(data)]
    if any(unpacked):
        yield "unpacked", EDGE.join(piece for piece in unpacked if piece)


def _unpacked(data, start, magic):
    if magic == SQLITE:
        return dump_bytes(data[start:])
    if magic == b"PK\x03\x04":
        return _zip_entry(data, start)
    return _inflate(_decompressor(magic), data, start)


def dump_bytes(data):
    """Return every cell of an SQLite database given as bytes, whichever journal mode its header says."""
    with closing(sqlite3.connect(":memory:")) as connection, suppress(sqlite3.Error):
        connection.deserialize(data[:18] + b"\1\1" + data[20:])
        return dump(connection)
    return b""


def dump(connection):
    """Return every cell and, for full-text tables, every term, as far as the database can be read."""
    connection.text_factory = bytes
    cells = []
    with suppress(sqlite3.Error):
        tables = connection.execute("SELECT name, sql FROM sqlite_master WHERE type IN ('table', 'view')").fetchall()
        for name, sql in tables:
            quoted = name.decode().replace('"', '""')
            cells += [name, sql or b"", *_column_values(connection, f'SELECT * FROM "{quoted}"')]
            if b"fts5" in (sql or b"").lower():
                text = name.decode().replace("'", "''")
                with suppress(sqlite3.Error):
                    connection.execute(f"CREATE VIRTUAL TABLE temp.needle_terms USING fts5vocab(main, '{text}', row)")
                    cells += _column_values(connection, "SELECT term FROM temp.needle_terms")
                    connection.execute("DROP TABLE temp.needle_terms")
    return EDGE.join(cells)


def _column_values(connection, query):
    values = []
    with suppress(sqlite3.Error):
        for row in connection.execute(query):
            values += [cell if isinstance(cell, bytes) else str(cell).encode() for cell in row if cell is not None]
    return values


def _unescaped(found):
    digits = next(group for group in found.groups() if group is not None)
    number = int(digits, 8 if found[5] else 16)
    if found[4] or found[5]:
        return bytes([number & 0xFF])
    return chr(min(number, 0x10FFFF)).encode("utf-8", "surrogatepass")


def _paired(data):
    """Join surrogates that were escaped one by one."""
    if b"\xed" not in data:
        return data
    text = data.decode("utf-8", "surrogatepass") if _is_surrogate_text(data) else None
    return data if text is None else text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode()


def _is_surrogate_text(data):
    try:
        data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return False
    return True


def _decompressor(magic):
    if magic.startswith((b"\x1f", b"x")):
        return zlib.decompressobj(47)
    if magic.startswith(b"BZh"):
        return bz2.BZ2Decompressor()
    if magic.startswith(b"\xfd"):
        return lzma.LZMADecompressor()
    from backports.zstd import ZstdDecompressor

    return ZstdDecompressor()


def _zip_entry(data, start):
    """Return what a deflated ZIP entry holds; other methods are stored openly or carry a magic of their own."""
    if len(data) < start + 30:
        return b""
    method, name_size, extra_size = struct.unpack_from("<8xH16xHH", data, start)
    return _inflate(zlib.decompressobj(-15), data, start + 30 + name_size + extra_size) if method == 8 else b""


def _inflate(decompressor, data, start):
    """Decompress until the stream ends or breaks, and return what came out until then."""
    pieces, size = [], 0
    try:
        for offset in range(start, len(data), 1 << 12):
            pieces.append(decompressor.decompress(data[offset : offset + (1 << 12)]))
            size += len(pieces[-1])
            assert size < MAX_UNPACKED, "more than this instrument can search"
            if decompressor.eof:
                break
    except (zlib.error, OSError, ValueError, lzma.LZMAError, EOFError):
        pass
    except Exception as error:
        if type(error).__name__ != "ZstdError":
            raise
    return b"".join(pieces)
