"""What an answer of a server means: one table for the spiders and for `tracker check`."""

import email.utils
import mimetypes
import re
from datetime import UTC, datetime
from functools import cache

from pipelines.items import Reason

LONGEST_WAIT = 120.0
_MEDIA_TYPE = re.compile(r"\s*([!-~]{1,127}/[!-~]{1,127}?)\s*(?:;|$)")
_MORE_TYPES = frozenset(
    {
        "application/gzip",
        "application/x-7z-compressed",
        "application/x-gzip",
        "application/x-ndjson",
        "application/x-rar-compressed",
        "application/x-sqlite3",
        "application/xhtml+xml",
        "application/yaml",
        "application/zstd",
        "text/tab-separated-values",
        "text/x-tsql",
    }
)


def reason_of_status(status: int, *, has_retry_after: bool = False) -> Reason | None:
    """Return why an answer of this status is no document; None when its body is one."""
    if 200 <= status < 300:
        return None
    if status in {404, 410}:
        return Reason.GONE
    if status == 429 or (status == 503 and has_retry_after):
        return Reason.RATE_LIMITED
    if status == 408:
        return Reason.TIMEOUT
    if status >= 500:
        return Reason.SERVER_ERROR
    return Reason.BROKEN if status < 400 else Reason.BLOCKED


def retry_after(value: str | None, now: datetime | None = None) -> float | None:
    """Read a Retry-After header as seconds from now; None when it is missing or makes no sense."""
    text = (value or "").strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        at = email.utils.parsedate_to_datetime(text)
        at = at if at.tzinfo else at.replace(tzinfo=UTC)
        return max(0.0, (at - (now or datetime.now(UTC))).total_seconds())
    except (ValueError, OverflowError):
        return None


def checked_media_type(value: str | None) -> str | None:
    """Return a Content-Type's media type when it is a registered one; any other is text from outside and is dropped."""
    found = _MEDIA_TYPE.match(value or "")
    if found is None:
        return None
    media_type = found[1].lower()
    return media_type if media_type in _registered_types() else None


@cache
def _registered_types() -> frozenset[str]:
    tables = mimetypes.MimeTypes(filenames=()).types_map
    return _MORE_TYPES.union(*(table.values() for table in tables))
