"""The errors of this package; each message is one sentence that never quotes a cell.

FingerprintsError
├── TableError             the leaked table cannot be fingerprinted
├── KeyMaterialError       a key or identity is missing, malformed or the wrong one
└── FingerprintFileError   a fingerprint file is truncated, foreign, newer or damaged
"""


class FingerprintsError(Exception):
    """Anything this package refuses; its text is fit for the screen."""


class TableError(FingerprintsError):
    """The leaked table cannot be fingerprinted as it is."""


class KeyMaterialError(FingerprintsError):
    """A key or identity is missing, malformed or the wrong one."""


class FingerprintFileError(FingerprintsError):
    """A fingerprint file is truncated, foreign, newer than this program or damaged."""
