"""Canonical forms -> keyed 64-bit hashes.

Without the key a hash says nothing, so that a guessed name cannot be tried against the fingerprints.
"""

from enum import IntEnum

import siphashc

from fingerprints.fields.roles import Role
from fingerprints.keys import MatchKey


class Kind(IntEnum):
    """What a token is; the number is part of what is hashed, so it never changes its meaning.

    The joined kinds are spellings that join several words of a name.
    """

    GIVEN = 1
    GIVEN_JOINED = 2
    FAMILY = 3
    FAMILY_JOINED = 4
    FULL = 5
    FULL_JOINED = 6
    BIRTH_DATE = 7
    ID = 8
    EMAIL = 9
    PHONE = 10


ROLE_OF = {
    Kind.GIVEN: Role.GIVEN_NAME,
    Kind.GIVEN_JOINED: Role.GIVEN_NAME,
    Kind.FAMILY: Role.FAMILY_NAME,
    Kind.FAMILY_JOINED: Role.FAMILY_NAME,
    Kind.FULL: Role.FULL_NAME,
    Kind.FULL_JOINED: Role.FULL_NAME,
    Kind.BIRTH_DATE: Role.BIRTH_DATE,
    Kind.ID: Role.ID,
    Kind.EMAIL: Role.EMAIL,
    Kind.PHONE: Role.PHONE,
}
NAME_KINDS = (
    Kind.GIVEN,
    Kind.GIVEN_JOINED,
    Kind.FAMILY,
    Kind.FAMILY_JOINED,
    Kind.FULL,
    Kind.FULL_JOINED,
)


class TokenHasher:
    """Hashes canonical forms under a key of its own, derived from the match key."""

    def __init__(self, key: MatchKey) -> None:
        self._key = key.derive("token hashes", 16)
        self._prefixes = {kind: chr(kind) for kind in Kind}

    def hash(self, kind: Kind, form: str) -> int:
        """Return the 64-bit hash of a canonical form, which is ASCII."""
        return siphashc.siphash(self._key, self._prefixes[kind] + form)
