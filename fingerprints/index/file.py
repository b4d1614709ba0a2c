"""The sealed fingerprint file: a fixed header, then bytes that look random to whoever lacks the match key.

Header: magic, format version, random salt, key check (it tells a wrong key from damage). Then AES-GCM chunks under a
key of this file alone; a chunk's nonce is its number and whether it is the last, so that cutting, reordering and
appending are noticed. What is sealed is padded to a size class, so that the size says little.
"""

import os
import secrets
import tempfile
from collections.abc import Iterator
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from fingerprints.errors import FingerprintFileError, KeyMaterialError
from fingerprints.index.fingerprints import Fingerprints
from fingerprints.index.payload import PayloadError, pack, unpack
from fingerprints.keys import MatchKey

MAGIC = b"RPTRKFPS"
FORMAT_VERSION = 1
_SALT_SIZE = 32
_CHECK_SIZE = 16
_TAG_SIZE = 16
_HEADER_SIZE = len(MAGIC) + 1 + _SALT_SIZE + _CHECK_SIZE
_CHUNK_SIZE = 1 << 20
_SMALLEST = 1 << 16


def write_fingerprints(path: Path, fingerprints: Fingerprints, key: MatchKey) -> None:
    """Write the file for its owner alone, wholly or not at all; an existing one is replaced. An OSError passes."""
    salt = secrets.token_bytes(_SALT_SIZE)
    cipher, check = _open_salt(key, salt)
    header = MAGIC + bytes([FORMAT_VERSION]) + salt + check
    data = pack(fingerprints)
    data += bytes(_padded_size(len(data)) - len(data))
    descriptor, name = tempfile.mkstemp(prefix=".fingerprints-", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(header)
            for number, start in enumerate(range(0, len(data), _CHUNK_SIZE)):
                nonce = _nonce(number, is_last=start + _CHUNK_SIZE >= len(data))
                file.write(cipher.encrypt(nonce, data[start : start + _CHUNK_SIZE], header))
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def read_fingerprints(path: Path, key: MatchKey) -> Fingerprints:
    """Read and check the whole file.

    FingerprintFileError: missing, unreadable, cut short, foreign, newer or damaged; KeyMaterialError: another key's.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise FingerprintFileError(f"There is no fingerprint file {path}: run `tracker fingerprint` first.") from error
    except OSError as error:
        raise FingerprintFileError(f"The fingerprint file {path} cannot be read: {error.strerror}.") from error
    header = data[:_HEADER_SIZE]
    _check_header(path, header)
    salt, check = header[len(MAGIC) + 1 : -_CHECK_SIZE], header[-_CHECK_SIZE:]
    cipher, expected = _open_salt(key, salt)
    if not secrets.compare_digest(check, expected):
        raise KeyMaterialError(f"This match key does not open {path}: it is another case's, or the file is damaged.")
    try:
        return unpack(b"".join(_chunks(cipher, header, data)))
    except (InvalidTag, PayloadError) as error:
        raise FingerprintFileError(
            f"The fingerprint file {path} is damaged or cut short: restore a copy or fingerprint the leak again."
        ) from error


def _check_header(path: Path, header: bytes) -> None:
    if not header.startswith(MAGIC[: len(header)]):
        raise FingerprintFileError(f"{path} is no fingerprint file of this program.")
    if len(header) > len(MAGIC) and header[len(MAGIC)] != FORMAT_VERSION:
        raise FingerprintFileError(
            f"The fingerprint file {path} has format {header[len(MAGIC)]}, this program reads format {FORMAT_VERSION}:"
            " use the version that wrote it or a newer one."
        )
    if len(header) < _HEADER_SIZE:
        raise FingerprintFileError(f"The fingerprint file {path} is cut short: restore it from a copy.")


def _open_salt(key: MatchKey, salt: bytes) -> tuple[AESGCM, bytes]:
    derived = key.derive(f"fingerprint file/{salt.hex()}", 32 + _CHECK_SIZE)
    return AESGCM(derived[:32]), derived[32:]


def _chunks(cipher: AESGCM, header: bytes, data: bytes) -> Iterator[bytes]:
    sealed_size = _CHUNK_SIZE + _TAG_SIZE
    # A file without any chunk still asks for the last one, which is then missing.
    starts = range(_HEADER_SIZE, max(len(data), _HEADER_SIZE + 1), sealed_size)
    for number, start in enumerate(starts):
        nonce = _nonce(number, is_last=start + sealed_size >= len(data))
        chunk = data[start : start + sealed_size]
        if len(chunk) < _TAG_SIZE:
            raise InvalidTag
        yield cipher.decrypt(nonce, chunk, header)


def _nonce(number: int, *, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([is_last])


def _padded_size(size: int) -> int:
    """Keep the four leading bits of the size: at most an eighth is added."""
    step = 1 << max(0, size.bit_length() - 4)
    return max(_SMALLEST, -(-size // step) * step)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
