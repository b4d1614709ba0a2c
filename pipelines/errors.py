"""The errors of this package; each message is one sentence that never quotes text from outside.

PipelinesError
├── UrlError               a web address is none (also a ValueError)
├── QueryError             a filter is none that a search knows (also a ValueError)
├── StoreError             the store cannot be opened, read or written
│   ├── StoreFormatError   the store is damaged, foreign or newer than this program
│   ├── StoreFullError     no room left on the disk: what was written before is safe
│   └── NotFoundError      nothing has this id, or more than one thing has this prefix
└── WorkerError            the limited reading worker cannot be started on this machine
"""


class PipelinesError(Exception):
    """Anything this package refuses; its text is fit for the screen."""


class UrlError(PipelinesError, ValueError):
    """A web address is none, or none that may be visited."""


class QueryError(PipelinesError, ValueError):
    """A filter is none that a search knows."""


class StoreError(PipelinesError):
    """The store cannot be opened, read or written."""


class StoreFormatError(StoreError):
    """The store is damaged, foreign or newer than this program."""


class StoreFullError(StoreError):
    """No room is left on the disk; everything written before is safe."""


class NotFoundError(StoreError):
    """Nothing has this id, or more than one thing has this prefix."""


class WorkerError(PipelinesError):
    """The limited reading worker cannot be started on this machine."""
