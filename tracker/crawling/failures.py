"""What went wrong with a request of a spider, as the reason that its inspection gives."""

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    NotSupported,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)
from twisted.internet import error as twisted_error

from pipelines.items import Reason


class RefusedError(IgnoreRequest):
    """A request that this program itself does not make, or gives up; `reason` is what its inspection says."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


class StoppingError(IgnoreRequest):
    """A request that is not made because the crawl ends; it leaves no inspection."""


# Read from top to bottom: the first class that fits tells the reason.
_REASONS: tuple[tuple[type[BaseException], Reason], ...] = (
    (CannotResolveHostError, Reason.UNREACHABLE),
    (DownloadTimeoutError, Reason.TIMEOUT),
    (twisted_error.TimeoutError, Reason.TIMEOUT),
    (DownloadConnectionRefusedError, Reason.UNREACHABLE),
    (DownloadCancelledError, Reason.TOO_BIG),
    (IgnoreRequest, Reason.TOO_BIG),  # the one of Scrapy's own left: a body that swells when it is unpacked
    (UnsupportedURLSchemeError, Reason.UNSUPPORTED),
    (NotSupported, Reason.UNSUPPORTED),
    (ResponseDataLossError, Reason.BROKEN),
    (DownloadFailedError, Reason.UNREACHABLE),
    (twisted_error.ConnectError, Reason.UNREACHABLE),
    (twisted_error.ConnectionClosed, Reason.UNREACHABLE),
    (OSError, Reason.BROKEN),
    (ValueError, Reason.UNSUPPORTED),
)

# The next visit may find better luck: a source with such pages was not read to its end.
TRANSIENT = {
    Reason.TIMEOUT: "some pages did not answer in time",
    Reason.UNREACHABLE: "some pages could not be reached",
    Reason.SERVER_ERROR: "the site answered some requests with an error of its own",
    Reason.RATE_LIMITED: "the site asked to slow down for longer than a visit lasts",
    Reason.BUDGET: "the budget of requests for one visit is spent (max_requests)",
}


def reason_of_failure(error: BaseException, *, is_host_refused: bool = False) -> Reason:
    """Return why a request failed; `is_host_refused` says that its host has private addresses only."""
    if isinstance(error, RefusedError):
        return error.reason
    if isinstance(error, CannotResolveHostError) and is_host_refused:
        return Reason.PRIVATE_ADDRESS
    return next((reason for kind, reason in _REASONS if isinstance(error, kind)), Reason.BROKEN)
