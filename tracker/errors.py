"""The errors of the application and what each error of the house exits with.

TrackerError            exit code 2: usage or bad input; the message says what to do
├── CaseError           an unknown, existing or damaged case
├── LeakError           the leaked file cannot be read as a table
├── SettingsError       a field of case.toml or sources.toml is wrong
└── DiskError           exit code 4: a folder cannot be written, or the disk is full
"""

import errno

from fingerprints.errors import FingerprintsError
from pipelines.errors import NotFoundError, PipelinesError


class TrackerError(Exception):
    """Anything the application refuses; its text is one sentence fit for the screen."""

    exit_code = 2


class CaseError(TrackerError):
    """A case is unknown, exists already or is damaged."""


class LeakError(TrackerError):
    """The leaked file cannot be read as a table."""


class SettingsError(TrackerError):
    """A field of case.toml or sources.toml is wrong; the message names file and field."""


class DiskError(TrackerError):
    """A folder cannot be written, or the disk is full."""

    exit_code = 4


EXPECTED = (TrackerError, FingerprintsError, PipelinesError)


def exit_code_of(error: Exception) -> int:
    """Return the exit code of an expected error: 2 for what the user can mend, 4 for the store and the disk."""
    if isinstance(error, TrackerError):
        return error.exit_code
    if isinstance(error, PipelinesError) and not isinstance(error, NotFoundError):
        return 4
    return 2


def disk_error(error: OSError, doing: str) -> DiskError:
    """Say in one sentence why a file could not be written; `doing` names the file and the act."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        return DiskError(f"{doing}: the disk is full; nothing was changed. Make room and run the command again.")
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return DiskError(f"{doing}: no permission to write there; nothing was changed.")
    return DiskError(f"{doing}: {error.strerror or type(error).__name__}; nothing was changed.")
