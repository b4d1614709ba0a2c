"""The one word that says where a sighting stands, and the one table that derives it."""

from enum import StrEnum

from pipelines.items import Presence, Triage


class Status(StrEnum):
    """The word shown in searches, queue and dashboards; it is derived on reading and never stored."""

    NEW = "new"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"
    REQUESTED = "requested"
    ACKNOWLEDGED = "acknowledged"
    REFUSED = "refused"
    ESCALATED = "escalated"
    REMOVED = "removed"
    REAPPEARED = "reappeared"
    OVERDUE = "overdue"


_TABLE = {
    (Triage.NEW, Presence.PRESENT): Status.NEW,
    (Triage.NEW, Presence.PARTLY): Status.NEW,
    (Triage.NEW, Presence.UNKNOWN): Status.NEW,
    (Triage.NEW, Presence.GONE): Status.REMOVED,
    (Triage.NEW, Presence.REAPPEARED): Status.REAPPEARED,
    (Triage.CONFIRMED, Presence.PRESENT): Status.CONFIRMED,
    (Triage.CONFIRMED, Presence.PARTLY): Status.CONFIRMED,
    (Triage.CONFIRMED, Presence.UNKNOWN): Status.CONFIRMED,
    (Triage.CONFIRMED, Presence.GONE): Status.REMOVED,
    (Triage.CONFIRMED, Presence.REAPPEARED): Status.REAPPEARED,
    (Triage.DISMISSED, Presence.PRESENT): Status.DISMISSED,
    (Triage.DISMISSED, Presence.PARTLY): Status.DISMISSED,
    (Triage.DISMISSED, Presence.UNKNOWN): Status.DISMISSED,
    (Triage.DISMISSED, Presence.GONE): Status.DISMISSED,
    (Triage.DISMISSED, Presence.REAPPEARED): Status.DISMISSED,
}


def status_of(triage: Triage, presence: Presence) -> Status:
    """Return the status word of a sighting."""
    return _TABLE[triage, presence]


def states_with(status: Status) -> list[tuple[Triage, Presence]]:
    """Return every pair of states that is shown as this status, for stores that filter by it; there may be none."""
    return [states for states, word in _TABLE.items() if word is status]


def presence_when_seen(before: Presence) -> Presence:
    """Return the presence after the leak was seen: what was gone has reappeared, until it is gone again."""
    if before in (Presence.GONE, Presence.REAPPEARED):
        return Presence.REAPPEARED
    return Presence.PRESENT
