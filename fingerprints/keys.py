"""The two keys of a case, what is derived from them, and sealing to the owner.

The match key (symmetric) fingerprints, matches and names things: crawl hosts have it. The owner identity (age) alone
opens what was sealed to its recipient: which rows matched, and where a row stood in the leaked table.
"""

import base64
import binascii
import hashlib
import secrets
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

import pyrage
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from fingerprints.errors import KeyMaterialError

_PREFIX = "TRACKER-MATCH-KEY-1-"
_SECRET_SIZE = 32
_CHECK_SIZE = 4
# A fixed salt: the secret is uniform already, and every purpose has its own info string.
_SALT = b"republication-tracker/1"
_SMALLEST_SEALED = 4096
_ROW_SIZE = 4


@dataclass(frozen=True, slots=True, repr=False)
class MatchKey:
    """The secret under which one case is fingerprinted and matched; it is used only through `derive`."""

    _secret: bytes

    @classmethod
    def generate(cls) -> Self:
        """Make a new random key."""
        return cls(secrets.token_bytes(_SECRET_SIZE))

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Read what `to_text` wrote, surrounding white space aside; anything else is a KeyMaterialError."""
        line = text.strip().upper()
        if not line.startswith(_PREFIX):
            raise KeyMaterialError(f"This is not a match key: it must be one line that starts with {_PREFIX}.")
        encoded = line.removeprefix(_PREFIX)
        try:
            data = base64.b32decode(encoded + "=" * (-len(encoded) % 8))
        except (binascii.Error, ValueError):
            data = b""
        secret, check = data[:_SECRET_SIZE], data[_SECRET_SIZE:]
        if len(check) != _CHECK_SIZE or not secrets.compare_digest(check, _check(secret)):
            raise KeyMaterialError("The match key is damaged or cut short: restore it from your copy.")
        return cls(secret)

    def to_text(self) -> str:
        """Return the key as one line that `from_text` reads, with a check that finds a typing error."""
        encoded = base64.b32encode(self._secret + _check(self._secret)).decode("ascii")
        return _PREFIX + encoded.rstrip("=")

    def derive(self, purpose: str, size: int) -> bytes:
        """Return `size` bytes that are this key's for `purpose`; different purposes share nothing."""
        kdf = HKDF(algorithm=hashes.SHA256(), length=size, salt=_SALT, info=purpose.encode("utf-8"))
        return kdf.derive(self._secret)


@dataclass(frozen=True, slots=True, repr=False)
class OwnerRecipient:
    """The public half of the owner identity (`age1...`): whoever has it can seal, and cannot open."""

    _recipient: Any

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Read an age X25519 recipient; anything else is a KeyMaterialError."""
        try:
            return cls(pyrage.x25519.Recipient.from_str(text.strip()))
        except (pyrage.RecipientError, ValueError) as error:
            raise KeyMaterialError("The owner recipient must be an age X25519 recipient (age1...).") from error

    def to_text(self) -> str:
        """Return the recipient as `age1...`."""
        return str(self._recipient)

    def seal(self, data: bytes) -> bytes:
        """Encrypt `data` so that only the owner identity opens it; its size stays visible."""
        return bytes(pyrage.encrypt(data, [self._recipient]))


@dataclass(frozen=True, slots=True, repr=False)
class OwnerIdentity:
    """The owner's age identity; it is never needed to fingerprint, match or crawl."""

    _identity: Any

    @classmethod
    def generate(cls) -> Self:
        """Make a new random identity."""
        return cls(pyrage.x25519.Identity.generate())

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Read an age identity file that holds one X25519 identity; anything else is a KeyMaterialError."""
        lines = [line.strip() for line in text.splitlines()]
        identities = [line for line in lines if line and not line.startswith("#")]
        if len(identities) != 1:
            raise KeyMaterialError("The owner identity must be an age identity file with exactly one identity in it.")
        try:
            return cls(pyrage.x25519.Identity.from_str(identities[0]))
        except (pyrage.IdentityError, ValueError) as error:
            raise KeyMaterialError(
                "The owner identity is damaged, cut short or no age X25519 identity: restore it from your copy."
            ) from error

    def to_text(self) -> str:
        """Return the identity as a file that the `age` tool reads too."""
        return f"# public key: {self.recipient().to_text()}\n{self._identity}\n"

    def recipient(self) -> OwnerRecipient:
        """Return the public half."""
        return OwnerRecipient(self._identity.to_public())

    def unseal(self, data: bytes) -> bytes:
        """Open what `OwnerRecipient.seal` made; a KeyMaterialError when it is another owner's or damaged."""
        try:
            return bytes(pyrage.decrypt(data, [self._identity]))
        except (pyrage.DecryptError, ValueError) as error:
            raise KeyMaterialError(
                "This owner identity does not open what is sealed here: it is another case's, or the data is damaged."
            ) from error


class CaseIds:
    """The keyed names of one case's things: equal inputs give equal ids, and without the key they say nothing."""

    def __init__(self, case: str, key: MatchKey) -> None:
        self._case = case.encode("utf-8", "surrogatepass")
        self._keys = {kind: key.derive(f"id/{kind}", 32) for kind in ("sighting", "version", "digest", "operation")}

    def sighting(self, url: str) -> str:
        """Return the id of the sighting at a canonical URL."""
        return self._id("sighting", url.encode("utf-8", "surrogatepass"))

    def version(self, sighting: str, digest: str) -> str:
        """Return the id of the version of a sighting that has this digest."""
        return self._id("version", sighting.encode(), digest.encode())

    def digest(self, data: bytes) -> str:
        """Return the keyed digest of a body, which may stand in the open."""
        return self._id("digest", data)

    def operation(self, *parts: str) -> str:
        """Return the id by which a repeated operation is recognized."""
        return self._id("operation", *(part.encode("utf-8", "surrogatepass") for part in parts))

    def _id(self, kind: str, *parts: bytes) -> str:
        mac = hashlib.blake2b(key=self._keys[kind], digest_size=16)
        for part in (self._case, *parts):
            # The length in front keeps ("ab", "c") and ("a", "bc") apart.
            mac.update(struct.pack("<Q", len(part)))
            mac.update(part)
        return base64.b32encode(mac.digest()).decode("ascii").rstrip("=").lower()


def seal_rows(rows: Sequence[int], recipient: OwnerRecipient, *, open_count: int = 0) -> bytes:
    """Seal row numbers so that the size says no more than the size class of `open_count`, the count that stands open.

    A smaller `open_count` than there are rows is raised to their number.
    """
    size = _SMALLEST_SEALED
    while size < _ROW_SIZE * (1 + max(len(rows), open_count)):
        size *= 2
    data = struct.pack(f"<{1 + len(rows)}I", len(rows), *rows)
    return recipient.seal(data.ljust(size, b"\0"))


def unseal_rows(sealed: bytes, identity: OwnerIdentity) -> list[int]:
    """Return the row numbers that `seal_rows` sealed; a KeyMaterialError when they cannot be opened."""
    data = identity.unseal(sealed)
    count = struct.unpack_from("<I", data)[0] if len(data) >= _ROW_SIZE else len(data)
    if _ROW_SIZE * (1 + count) > len(data):
        raise KeyMaterialError("What is sealed here is no list of rows.")
    return list(struct.unpack_from(f"<{count}I", data, _ROW_SIZE))


def _check(secret: bytes) -> bytes:
    return hashlib.sha256(_SALT + secret).digest()[:_CHECK_SIZE]
