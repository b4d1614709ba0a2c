"""What is known and cannot be read: known binary signatures, and at last any other binary data.

A format that learns to read one of these takes it over by a lower rank.
"""

from collections.abc import Iterator

from pipelines.items import Reason
from pipelines.reading.budget import Budget, UnreadableError
from pipelines.reading.format import Format, Member
from pipelines.reading.sample import Sample

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_ENCRYPTED_OOXML = "application/x-ole-encrypted-package"
_SIGNATURES = (
    (0, _OLE, "application/x-ole-storage"),
    (0, b"Rar!\x1a\x07", "application/vnd.rar"),
    (0, b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (0, b"\x1f\x8b", "application/gzip"),
    (0, b"BZh", "application/x-bzip2"),
    (0, b"\xfd7zXZ\0", "application/x-xz"),
    (0, b"\x28\xb5\x2f\xfd", "application/zstd"),
    (0, b"\x04\x22\x4d\x18", "application/x-lz4"),
    (257, b"ustar", "application/x-tar"),
    (4, b"Standard Jet DB", "application/x-msaccess"),
    (4, b"Standard ACE DB", "application/x-msaccess"),
    (0, b"!BDN", "application/vnd.ms-outlook-pst"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"GIF8", "image/gif"),
    (8, b"WEBP", "image/webp"),
    (0, b"II*\0", "image/tiff"),
    (0, b"MM\0*", "image/tiff"),
    (4, b"ftyp", "video/mp4"),
    (0, b"\x1aE\xdf\xa3", "video/webm"),
    (0, b"OggS", "audio/ogg"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"\x7fELF", "application/x-elf"),
    (0, b"MZ", "application/vnd.microsoft.portable-executable"),
    (0, b"-----BEGIN PGP MESSAGE-----", "application/pgp-encrypted"),
    (0, b"age-encryption.org/v1", "application/x-age"),
)
_ENCRYPTED = {_ENCRYPTED_OOXML, "application/pgp-encrypted", "application/x-age"}
# These begin like text that somebody may have written.
_TEXT_LIKE = {"application/x-bzip2", "audio/mpeg", "audio/ogg", "video/mp4"} | {
    "application/vnd.microsoft.portable-executable",
    "image/webp",
    "image/gif",
}


def recognize_signature(sample: Sample) -> str | None:
    """Look for a known signature."""
    body = sample.body
    for start, signature, media_type in _SIGNATURES:
        if body.startswith(signature, start) and not (media_type in _TEXT_LIKE and sample.encodings):
            is_sealed = signature == _OLE and _ENCRYPTED_PACKAGE in body
            return _ENCRYPTED_OOXML if is_sealed else media_type
    return None


def recognize_binary(sample: Sample) -> str | None:
    """Take everything."""
    return "application/octet-stream"


def read(sample: Sample, budget: Budget) -> Iterator[str | Member]:
    """Read nothing, and say why."""
    encrypted = recognize_signature(sample) in _ENCRYPTED
    raise UnreadableError(Reason.ENCRYPTED if encrypted else Reason.UNSUPPORTED)


FORMATS = (
    Format(rank=40, recognize=recognize_signature, read=read),
    Format(rank=100, recognize=recognize_binary, read=read),
)
