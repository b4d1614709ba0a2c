"""Times as every store keeps them: UTC, in milliseconds."""

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


def to_millis(at: datetime) -> int:
    """Return the milliseconds since 1970; finer parts are cut off, and a time without a zone is a ValueError."""
    if at.tzinfo is None:
        raise ValueError("a time in the store needs a time zone")
    return (at - _EPOCH) // _MILLISECOND


def from_millis(millis: int) -> datetime:
    """Return the aware UTC time of `to_millis`."""
    return _EPOCH + millis * _MILLISECOND


def whole_millis(at: datetime) -> datetime:
    """Return the time as it will be read back."""
    return from_millis(to_millis(at))


def to_text(at: datetime) -> str:
    """Return the time as `2026-01-31T12:00:00.000Z`."""
    return whole_millis(at).isoformat(timespec="milliseconds").replace("+00:00", "Z")
