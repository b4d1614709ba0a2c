"""Why a fetch of the requests session failed: every exception of the libraries below, as one error with a reason."""

import http.client
import socket
import ssl
from collections.abc import Iterator

import requests
import urllib3

from pipelines.items import Reason
from tracker.errors import TrackerError

# Read from top to bottom: the first class that fits tells the reason.
_REASONS: tuple[tuple[type[BaseException], Reason], ...] = (
    (requests.exceptions.TooManyRedirects, Reason.REDIRECT_LOOP),
    (requests.exceptions.ConnectTimeout, Reason.TIMEOUT),
    (requests.exceptions.Timeout, Reason.TIMEOUT),
    (requests.exceptions.ConnectionError, Reason.UNREACHABLE),
    (requests.exceptions.RetryError, Reason.UNREACHABLE),
    (requests.exceptions.HTTPError, Reason.SERVER_ERROR),
    (requests.exceptions.URLRequired, Reason.UNSUPPORTED),
    (requests.exceptions.MissingSchema, Reason.UNSUPPORTED),
    (requests.exceptions.InvalidSchema, Reason.UNSUPPORTED),
    (requests.exceptions.InvalidURL, Reason.UNSUPPORTED),
    (requests.exceptions.RequestException, Reason.BROKEN),
    (urllib3.exceptions.NewConnectionError, Reason.UNREACHABLE),
    (urllib3.exceptions.TimeoutError, Reason.TIMEOUT),
    (urllib3.exceptions.SSLError, Reason.UNREACHABLE),
    (urllib3.exceptions.ProxyError, Reason.UNREACHABLE),
    (urllib3.exceptions.PoolError, Reason.UNREACHABLE),
    (urllib3.exceptions.LocationValueError, Reason.UNSUPPORTED),
    (urllib3.exceptions.HTTPError, Reason.BROKEN),
    (http.client.HTTPException, Reason.BROKEN),
    (TimeoutError, Reason.TIMEOUT),
    (socket.gaierror, Reason.UNREACHABLE),
    (ssl.SSLError, Reason.UNREACHABLE),
    (OSError, Reason.UNREACHABLE),
    (ValueError, Reason.BROKEN),
)
CAUGHT = (requests.RequestException, urllib3.exceptions.HTTPError, http.client.HTTPException, OSError, ValueError)


class FetchError(TrackerError):
    """A link could not be fetched; `reason` is what its inspection says."""

    exit_code = 4

    def __init__(self, reason: Reason, message: str) -> None:
        super().__init__(message)
        self.reason = reason


def reason_of_error(error: BaseException) -> Reason:
    """Return why a fetch failed; a time-out is recognized below whatever the libraries wrapped it in."""
    if any(isinstance(cause, TimeoutError) for cause in _causes(error)):
        return Reason.TIMEOUT
    return next((reason for kind, reason in _REASONS if isinstance(error, kind)), Reason.BROKEN)


def _causes(error: BaseException) -> Iterator[BaseException]:
    waiting, seen = [error], set()
    while waiting:
        cause = waiting.pop()
        if id(cause) in seen:
            continue
        seen.add(id(cause))
        yield cause
        related = (cause.__cause__, cause.__context__, getattr(cause, "reason", None), *cause.args)
        waiting.extend(item for item in related if isinstance(item, BaseException))


def fetch_error(error: BaseException, *, is_late: bool) -> FetchError:
    """Translate what a library raised; `is_late` says that the time for the fetch was over."""
    reason = Reason.TIMEOUT if is_late else reason_of_error(error)
    return FetchError(reason, f"the link could not be fetched ({reason.value}: {type(error).__name__})")
