"""The one requests session: fetches single links politely and within limits, for `tracker check`."""

import http.cookiejar
import socket
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import TracebackType
from typing import TYPE_CHECKING, Self
from urllib.parse import urljoin, urlsplit

import requests
import urllib3

from pipelines.items import Document, Inspection, Reason
from pipelines.scrapy import inspect_document
from pipelines.urls import canonical_url
from tracker.crawling.agent import user_agent
from tracker.crawling.connections import CONNECT_SECONDS, Deadline, GuardedAdapter, GuardedConnector, Resolve
from tracker.crawling.guard import Guard, GuardError
from tracker.crawling.http_errors import CAUGHT, FetchError, fetch_error
from tracker.crawling.outcomes import checked_media_type, reason_of_status, retry_after
from tracker.crawling.robots import RobotsRules, rules_from
from tracker.crawling.sources import MAX_BODY
from tracker.sites.profiles import Profile, load_profiles

if TYPE_CHECKING:
    from tracker.cases.desk import Desk

_CHUNK = 64 * 1024
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_LONGEST_WAIT = 30.0
_KEPT_HEADERS = ("etag", "last-modified", "retry-after")


@dataclass(frozen=True, slots=True)
class Fetched:
    """One answer; `reason` is why it is no document, None when it is. `is_cut` says that the body ended too early."""

    final_url: str
    status: int
    reason: Reason | None
    body: bytes = field(repr=False)
    is_cut: bool = False
    media_type: str | None = None
    server_ip: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Limits:
    """What one fetch may cost; `seconds` is for everything together, waiting and redirects included."""

    max_bytes: int = MAX_BODY
    seconds: float = 120.0
    read_seconds: float = 30.0
    redirects: int = 8


class Session:
    """Fetches links one at a time, through the guard, without proxies, netrc or cookies of its own.

    `requests_sent` and `bytes_received` grow as it works.
    """

    def __init__(
        self,
        guard: Guard,
        contact: str | None,
        limits: Limits | None = None,
        resolve: Resolve = socket.getaddrinfo,
    ) -> None:
        self._guard = guard
        self._limits = limits or Limits()
        self._connector = GuardedConnector(guard, resolve)
        self._robots: dict[str, RobotsRules] = {}
        self.requests_sent = 0
        self.bytes_received = 0
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.cookies.set_policy(_NoCookies())
        self._session.headers.update({"User-Agent": user_agent(contact), "Accept": "*/*", "Connection": "close"})
        for scheme in list(self._session.adapters):
            del self._session.adapters[scheme]
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, GuardedAdapter(self._connector))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._session.close()

    def fetch(self, url: str, *, obey_robots: bool = True) -> Fetched:
        """Fetch a link, following redirects through the guard; an answer of any status is returned, with its reason.

        FetchError for everything else, whatever the libraries below raise.
        """
        deadline = Deadline(self._limits.seconds)
        self._connector.deadline = deadline
        try:
            return self._follow(url, deadline, obey_robots=obey_robots)
        except GuardError as error:
            raise FetchError(error.reason, str(error)) from None
        except CAUGHT as error:
            raise fetch_error(error, is_late=not deadline.left) from None
        finally:
            self._connector.deadline = None
            deadline.close()

    def _follow(self, url: str, deadline: Deadline, *, obey_robots: bool) -> Fetched:
        seen: set[str] = set()
        has_waited = False
        while True:
            self._guard.check_url(url)
            url = canonical_url(url)
            if obey_robots:
                self._obey(url, deadline)
            with self._get(url, deadline) as response:
                location = response.headers.get("Location")
                if response.status_code in _REDIRECTS and location:
                    seen.add(url)
                    url = urljoin(url, location)
                    self._guard.check_url(url)
                    if len(seen) > self._limits.redirects or canonical_url(url) in seen:
                        raise FetchError(Reason.REDIRECT_LOOP, "the link redirects in a loop or too often")
                    continue
                wait = retry_after(response.headers.get("Retry-After"))
                is_busy = response.status_code in {429, 503} and wait is not None
                if is_busy and not has_waited and wait is not None and wait < min(_LONGEST_WAIT, deadline.left):
                    has_waited = True
                    response.close()
                    time.sleep(wait)
                    continue
                return self._fetched(url, response, deadline, is_busy=is_busy)

    def _obey(self, url: str, deadline: Deadline) -> None:
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._robots:
            self._robots[origin] = self._rules(origin, deadline)
        rules = self._robots[origin]
        if rules.unavailable is not None:
            raise FetchError(rules.unavailable, f"the robots.txt of {parts.netloc} cannot be read, which forbids all")
        if not rules.allows(url):
            raise FetchError(Reason.ROBOTS, f"the robots.txt of {parts.netloc} forbids to fetch this link")

    def _rules(self, origin: str, deadline: Deadline) -> RobotsRules:
        try:
            answer = self._follow(f"{origin}/robots.txt", deadline, obey_robots=False)
        except FetchError as error:
            if error.reason is Reason.REDIRECT_LOOP:
                return RobotsRules()  # RFC 9309: as if there were none
            raise
        return rules_from(answer.status, answer.body)

    def _get(self, url: str, deadline: Deadline) -> requests.Response:
        self.requests_sent += 1
        left = max(0.001, deadline.left)
        timeout = (min(CONNECT_SECONDS, left), min(self._limits.read_seconds, left))
        return self._session.get(url, allow_redirects=False, stream=True, timeout=timeout)

    def _fetched(self, url: str, response: requests.Response, deadline: Deadline, *, is_busy: bool) -> Fetched:
        body, is_cut = self._body(response, deadline)
        return Fetched(
            final_url=url,
            status=response.status_code,
            reason=reason_of_status(response.status_code, has_retry_after=is_busy),
            body=body,
            is_cut=is_cut,
            media_type=checked_media_type(response.headers.get("Content-Type")),
            server_ip=self._connector.server_ip,
            headers={name: response.headers[name] for name in _KEPT_HEADERS if name in response.headers},
        )

    def _body(self, response: requests.Response, deadline: Deadline) -> tuple[bytes, bool]:
        chunks: list[bytes] = []
        size = 0
        is_cut = False
        announced = response.headers.get("Content-Length", "")
        if announced.isdigit() and int(announced[:20]) > self._limits.max_bytes:
            raise FetchError(Reason.TOO_BIG, f"the link announces more than {self._limits.max_bytes} bytes")
        try:
            for chunk in _chunks(response):
                size += len(chunk)
                self.bytes_received += len(chunk)
                if size > self._limits.max_bytes:
                    raise FetchError(Reason.TOO_BIG, f"the link shows more than {self._limits.max_bytes} bytes")
                chunks.append(chunk)
        except (urllib3.exceptions.ProtocolError, urllib3.exceptions.DecodeError):
            if not size:
                raise
            is_cut = True
        if not deadline.left:
            raise FetchError(Reason.TIMEOUT, f"the link was not delivered within {self._limits.seconds:g} seconds")
        return b"".join(chunks), is_cut


class Visitor:
    """Looks at reported links on behalf of an opened case."""

    def __init__(self, desk: "Desk", *, ignore_robots: bool = False) -> None:
        self._desk = desk
        self._ignore_robots = ignore_robots
        self._session = Session(Guard(desk.case.allow_hosts), desk.case.contact)
        self._profiles = load_profiles()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._session.__exit__(kind, error, trace)

    def look(self, url: str, at: datetime) -> Inspection:
        """Fetch and inspect one link; a link to a paste of a known source is fetched where its bare text lies."""
        source, profile, shown, fetched_from = self._address(url)
        inspector = self._desk.inspector
        before = self._session.requests_sent, self._session.bytes_received
        try:
            answer = self._session.fetch(fetched_from or shown, obey_robots=not self._ignore_robots)
        except FetchError as error:
            return inspector.not_fetched(source=source, at=at, url=shown, reason=error.reason)
        finally:
            self._count(source, before)
        reason = answer.reason or (profile.reason_of_page(answer.body) if profile else None)
        if reason is not None:
            return inspector.not_fetched(source=source, at=at, url=shown, reason=reason, status=answer.status)
        document = Document(
            body=answer.body,
            source=source,
            fetched_at=at,
            url=shown if fetched_from else canonical_url(answer.final_url),
            fetch_url=fetched_from,
            status=answer.status,
            media_type=answer.media_type,
            server_ip=answer.server_ip,
            is_cut=answer.is_cut,
        )
        return inspect_document(inspector, document)

    def _address(self, url: str) -> tuple[str, Profile | None, str, str | None]:
        for source in self._desk.sources.values():
            profile = self._profiles.get(source.profile or "")
            found = profile.find_id(source.base, url) if profile else None
            if profile is not None and found is not None:
                shown, fetched_from = profile.addresses(source.base, found)
                return source.name, profile, shown, fetched_from
        return "check", None, url, None

    def _count(self, source: str, before: tuple[int, int]) -> None:
        for _ in range(self._session.requests_sent - before[0]):
            self._desk.tally.count_request(source)
        self._desk.tally.count_bytes(source, self._session.bytes_received - before[1])


class _NoCookies(http.cookiejar.DefaultCookiePolicy):
    """Keep and send no cookie: two links of one check must not be tied together."""

    def set_ok(self, cookie: http.cookiejar.Cookie, request: object) -> bool:
        return False

    def return_ok(self, cookie: http.cookiejar.Cookie, request: object) -> bool:
        return False


def _chunks(response: requests.Response) -> Iterator[bytes]:
    while chunk := response.raw.read1(_CHUNK, decode_content=True):
        yield chunk
