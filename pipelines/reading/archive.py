"""ZIP archives, whole or damaged: members by the central directory, or by their own headers when that is missing."""

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from pipelines.items import Reason
from pipelines.reading.budget import Budget, UnreadableError

_CHUNK = 1 << 20
_SMALL_CHUNK = 1 << 16
_HEADER_SIZE = 30
_LOCAL_HEADER = b"PK\x03\x04"
_MARKS = (_LOCAL_HEADER, b"PK\x05\x06", b"PK\x07\x08", b"PK00PK")
# Archives hidden behind a picture or a program are common on image boards.
_FRONTS = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"MZ", b"\x7fELF", b"RIFF")
_END_OF_DIRECTORY = b"PK\x05\x06"
_FARTHEST_END = (1 << 16) + 22
_ENCRYPTED = 0x1
_SIZES_FOLLOW = 0x8
_STORED, _DEFLATED = 0, 8
_MOST_SALVAGED = 20_000


@dataclass(frozen=True, slots=True)
class Entry:
    """One member; its packed data stand between `start` and `end`, and `crc` is None when it is not known."""

    name: str
    is_folder: bool = False
    is_symlink: bool = False
    is_encrypted: bool = False
    method: int = _STORED
    crc: int | None = None
    start: int = 0
    end: int = 0
    info: zipfile.ZipInfo | None = None


class Archive:
    """The members of a ZIP archive; `damaged` when its directory is missing and they were looked for."""

    def __init__(self, body: bytes, directory: zipfile.ZipFile | None) -> None:
        self._body = body
        self._directory = directory
        self.damaged = directory is None
        listed = (_entry(info, body) for info in directory.infolist()) if directory else _salvaged(body)
        self.entries = tuple(listed)

    def named(self, name: str) -> Entry | None:
        """Return the last member of this name, as everybody else reads it."""
        return next((entry for entry in reversed(self.entries) if entry.name == name), None)

    def chunks(self, entry: Entry, budget: Budget) -> Iterator[bytes]:
        """Yield a member's bytes; UnreadableError when the rest cannot be had."""
        if entry.is_encrypted:
            raise UnreadableError(Reason.ENCRYPTED)
        is_common = entry.method in (_STORED, _DEFLATED)
        source = self._unpacked(entry) if is_common or not entry.info else self._by_library(entry.info)
        try:
            for chunk in source:
                budget.spend_unpacked(len(chunk))
                yield chunk
        except (UnreadableError, MemoryError):
            raise
        except NotImplementedError:
            raise UnreadableError(Reason.UNSUPPORTED) from None
        except Exception:  # noqa: BLE001 - the decompressors raise many unrelated classes
            raise UnreadableError(Reason.BROKEN) from None

    def stream(self, entry: Entry, budget: Budget) -> "EntryStream":
        """Return a member as something that XML parsers read from."""
        return EntryStream(self.chunks(entry, budget))

    def _by_library(self, info: zipfile.ZipInfo) -> Iterator[bytes]:
        assert self._directory is not None
        with self._directory.open(info) as file:
            while chunk := file.read(_SMALL_CHUNK):
                yield chunk

    def _unpacked(self, entry: Entry) -> Iterator[bytes]:
        """Give everything before a fault: the library keeps a small member with a wrong checksum to itself."""
        data = memoryview(self._body)[entry.start : entry.end]
        if entry.method not in (_STORED, _DEFLATED):
            raise NotImplementedError
        crc = 0
        for chunk in _slices(data) if entry.method == _STORED else _inflated(data):
            crc = zlib.crc32(chunk, crc)
            yield chunk
        if not 0 <= entry.start <= entry.end <= len(self._body) or (entry.crc is not None and crc != entry.crc):
            raise UnreadableError(Reason.BROKEN)


class EntryStream:
    """A member's bytes behind `read`; the size asked for is only a hint."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks

    def read(self, size: int = -1) -> bytes:
        """Return some more bytes, b"" at the end."""
        return next((chunk for chunk in self._chunks if chunk), b"")


def open_archive(body: bytes) -> Archive | None:
    """Return the ZIP archive that a body is or hides, None when it is none."""
    hidden = body.startswith(_FRONTS) and _END_OF_DIRECTORY in body[-_FARTHEST_END:]
    if not (hidden or body.startswith(_MARKS)):
        return None
    try:
        archive = Archive(body, zipfile.ZipFile(io.BytesIO(body)))
    except Exception:  # noqa: BLE001 - a hostile directory makes zipfile raise many unrelated classes
        archive = Archive(body, None)
    return archive if archive.entries or not hidden else None


def _slices(data: memoryview) -> Iterator[bytes]:
    for start in range(0, len(data), _CHUNK):
        yield bytes(data[start : start + _CHUNK])


def _inflated(data: memoryview) -> Iterator[bytes]:
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    rest: bytes | memoryview = data
    while not inflate.eof:
        chunk = inflate.decompress(rest, _CHUNK)
        rest = inflate.unconsumed_tail
        if not chunk and not inflate.eof:
            raise UnreadableError(Reason.BROKEN)
        yield chunk


def _entry(info: zipfile.ZipInfo, body: bytes) -> Entry:
    start = max(0, info.header_offset)
    if body[start : start + 4] == _LOCAL_HEADER and start + _HEADER_SIZE <= len(body):
        name_size, extra_size = struct.unpack_from("<HH", body, start + 26)
        start += _HEADER_SIZE + name_size + extra_size
    else:
        start = len(body) + 1
    return Entry(
        name=info.filename,
        is_folder=info.is_dir(),
        is_symlink=stat.S_ISLNK(info.external_attr >> 16),
        is_encrypted=bool(info.flag_bits & _ENCRYPTED),
        method=info.compress_type,
        crc=info.CRC,
        start=start,
        end=start + info.compress_size,
        info=info,
    )


def _salvaged(body: bytes) -> Iterator[Entry]:
    """Yield the members whose own headers are found; a stored one without its size ends where the next begins."""
    start = body.find(_LOCAL_HEADER)
    for _ in range(_MOST_SALVAGED):
        if start < 0 or start + _HEADER_SIZE > len(body):
            return
        flags, method, _, crc, packed, _, name_size, extra_size = struct.unpack_from("<HHIIIIHH", body, start + 6)
        begin = start + _HEADER_SIZE
        name = body[begin : begin + name_size].decode("utf-8", "replace")
        data = begin + name_size + extra_size
        sized = not flags & _SIZES_FOLLOW and packed != 0xFFFFFFFF
        start = body.find(_LOCAL_HEADER, data + packed if sized else data)
        following = start if start >= 0 else len(body)
        yield Entry(
            name=name,
            is_folder=name.endswith("/"),
            is_encrypted=bool(flags & _ENCRYPTED),
            method=method,
            crc=crc if sized else None,
            start=data,
            end=data + packed if sized else following,
        )
