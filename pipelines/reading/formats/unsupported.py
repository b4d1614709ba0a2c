"""What is known and cannot be read: known documents, known binary signatures, and at last any other binary data.

A format that learns to read one of these takes it over by a lower rank.
"""

from collections.abc import Iterator

from pipelines.items import Reason
from pipelines.reading.budget import Budget, UnreadableError
from pipelines.reading.format import Format, Member
from pipelines.reading.sample import Sample

_OOXML = "application/vnd.openxmlformats-officedocument"
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_ENCRYPTED_OOXML = "application/x-ole-encrypted-package"
_OFFICE_PARTS = {
    "word/document.xml": f"{_OOXML}.wordprocessingml.document",
    "ppt/presentation.xml": f"{_OOXML}.presentationml.presentation",
    "xl/workbook.bin": "application/vnd.ms-excel.sheet.binary.macroEnabled.12",
}
_SIGNATURES = (
    (0, b"%PDF-", "application/pdf"),
    (0, b"{\\rtf", "application/rtf"),
    (0, _OLE, "application/x-ole-storage"),
    (0, b"Rar!\x1a\x07", "application/vnd.rar"),
    (0, b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (0, b"\x1f\x8b", "application/gzip"),
    (0, b"BZh", "application/x-bzip2"),
    (0, b"\xfd7zXZ\0", "application/x-xz"),
    (0, b"\x28\xb5\x2f\xfd", "application/zstd"),
    (0, b"\x04\x22\x4d\x18", "application/x-lz4"),
    (257, b"ustar", "application/x-tar"),
    (0, b"SQLite format 3\0", "application/vnd.sqlite3"),
    (0, b"PAR1", "application/vnd.apache.parquet"),
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
_TEXT_LIKE = {"application/x-bzip2", "audio/mpeg", "audio/ogg", "video/mp4", "application/vnd.apache.parquet"} | {
    "application/vnd.microsoft.portable-executable",
    "image/webp",
    "image/gif",
}


def recognize_office(sample: Sample) -> str | None:
    """Tell office documents that no reader is there for from other ZIP archives."""
    if not sample.archive:
        return None
    if sample.open_document_type.startswith(_OPEN_DOCUMENT):
        return sample.open_document_type
    names = {entry.name for entry in sample.archive.entries}
    return next((media_type for name, media_type in _OFFICE_PARTS.items() if name in names), None)


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
    Format(rank=20, recognize=recognize_office, read=read),
    Format(rank=40, recognize=recognize_signature, read=read),
    Format(rank=100, recognize=recognize_binary, read=read),
)
