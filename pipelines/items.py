"""The values that flow: Document -> Inspection -> Sighting with its Versions and Events, counted by a Run.

Times are aware UTC datetimes with millisecond precision. Nothing here holds text from outside but URLs and checked
media types; which rows matched exists only sealed to the owner.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from fingerprints.fields.roles import Role


class Verdict(StrEnum):
    """How an inspection ends; there is no fourth way."""

    MATCH = "match"
    NO_MATCH = "no_match"
    NOT_INSPECTED = "not_inspected"


class Reason(StrEnum):
    """Why a document was not (fully) inspected, or why a visit showed nothing."""

    # the body could not be read
    TOO_BIG = "too_big"
    BOMB = "bomb"
    ENCRYPTED = "encrypted"
    BROKEN = "broken"
    TIMEOUT = "timeout"
    CRASHED_READER = "crashed_reader"
    UNSUPPORTED = "unsupported"
    # the type is known, and what reads it is an extra that is not installed
    NEEDS_ARCHIVES = 'needs the extra "archives"'
    NEEDS_OCR = 'needs the extra "ocr"'
    NEEDS_OFFICE = 'needs the extra "office"'
    NEEDS_PARQUET = 'needs the extra "parquet"'
    PARTIAL = "partial"
    # the body could not be fetched
    BLOCKED = "blocked"
    ROBOTS = "robots"
    RATE_LIMITED = "rate_limited"
    BUDGET = "budget"
    PRIVATE_ADDRESS = "private_address"
    UNREACHABLE = "unreachable"
    REDIRECT_LOOP = "redirect_loop"
    SERVER_ERROR = "server_error"
    # the local path could not be read
    NOT_A_FILE = "not_a_file"
    UNREADABLE = "unreadable"
    # a no_match that explains itself
    GONE = "gone"
    KNOWN_GOOD = "known_good"


class Evidence(StrEnum):
    """Whether a match rests on one row, which is never acted on without a person, or on several."""

    SINGLE = "single"
    SEVERAL = "several"


@dataclass(frozen=True, slots=True)
class Document:
    """One fetched body or one local file, with the facts of how it came here.

    `url` is the canonical URL that a notice would name, None for a local file that nobody saw on the web;
    `fetch_url` is what recheck fetches, None when it is the same. `is_cut` says that the body ended too early.
    """

    body: bytes = field(repr=False)
    source: str
    fetched_at: datetime
    url: str | None = None
    fetch_url: str | None = None
    status: int | None = None
    media_type: str | None = None
    server_ip: str | None = None
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """What one document or one part of it showed, in numbers that may stand in the open."""

    rows_matched: int = 0
    persons_matched: int = 0
    columns: tuple[Role, ...] = ()
    coverage: float = 0.0
    chance_matches: float = 0.0
    confidence: float = 0.0
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class PartInspection:
    """The verdict on one part: `member` holds the names from the outside in, () for the document's own text.

    Member names are text from outside: shown escaped by `scan`, never logged, never stored in the open.
    """

    member: tuple[str, ...] = field(repr=False)
    verdict: Verdict
    reason: Reason | None
    partial: bool
    finding: Finding
    digest: str
    rows: tuple[int, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Inspection:
    """One visit to a document and its verdict; `sealed_rows` (a match only) opens with the owner identity alone.

    `digest` is the keyed digest of the whole body, None when there was none to digest.
    `is_container` says that the document is an archive whose members are the parts.
    """

    verdict: Verdict
    reason: Reason | None
    partial: bool
    finding: Finding
    source: str
    at: datetime
    digest: str | None = None
    url: str | None = None
    fetch_url: str | None = None
    status: int | None = None
    media_type: str | None = None
    server_ip: str | None = None
    size: int = 0
    is_container: bool = False
    parts: tuple[PartInspection, ...] = field(default=(), repr=False)
    sealed_rows: bytes | None = field(default=None, repr=False)


class Triage(StrEnum):
    """What a person decided about a sighting."""

    NEW = "new"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"


class Presence(StrEnum):
    """What inspections last said about a sighting."""

    PRESENT = "present"
    PARTLY = "partly"
    UNKNOWN = "unknown"
    GONE = "gone"
    REAPPEARED = "reappeared"


@dataclass(frozen=True, slots=True)
class Version:
    """What one sighting showed at one time; a page that shows the same content again adds no version."""

    id: str
    sighting: str
    digest: str
    first_seen: datetime
    last_seen: datetime
    finding: Finding
    partial: bool
    media_type: str | None
    size: int
    status: int | None
    server_ip: str | None
    sealed_rows: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Sighting:
    """A URL at which the leak was once seen; `finding` is that of its newest version."""

    id: str
    case: str
    url: str
    fetch_url: str | None
    source: str
    first_seen: datetime
    last_seen: datetime
    triage: Triage
    presence: Presence
    finding: Finding
    partial: bool
    versions: int
    revision: int


class EventKind(StrEnum):
    """What can happen to a sighting; seeing the same content once more is no event, only a later `last_seen`."""

    FOUND = "found"
    CHANGED = "changed"
    NOT_SEEN = "not_seen"
    SEEN_AGAIN = "seen_again"


@dataclass(frozen=True, slots=True)
class Event:
    """One link of a sighting's hash chain: `digest` covers `previous` and every field here but itself.

    `operation` is the caller's id of what it does; the same operation filed twice is one event.
    """

    sighting: str
    sequence: int
    operation: str
    at: datetime
    who: str
    kind: EventKind
    detail: dict[str, str | int | float | bool | None]
    previous: str
    digest: str


class RunKind(StrEnum):
    """What made a run."""

    CRAWL = "crawl"
    SCAN = "scan"
    CHECK = "check"


@dataclass(frozen=True, slots=True)
class SourceCount:
    """What one run saw at one source; `partial` when the source could not be read to its end, and why."""

    requests: int = 0
    bytes: int = 0
    verdicts: dict[str, int] = field(default_factory=dict)
    reasons: dict[str, int] = field(default_factory=dict)
    partial: bool = False
    partial_reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Run:
    """One execution of a crawl, scan or check; `finished` is None while it runs and after it was killed."""

    id: str
    case: str
    kind: RunKind
    started: datetime
    finished: datetime | None = None
    allowed_hosts: tuple[str, ...] = ()
    robots_overridden: bool = False
    sources: dict[str, SourceCount] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Visit:
    """An inspection as the store keeps it under its run: open facts only; `url` is None for local files."""

    run: str
    sequence: int
    at: datetime
    source: str
    url: str | None
    verdict: Verdict
    reason: Reason | None
    partial: bool
    digest: str | None
