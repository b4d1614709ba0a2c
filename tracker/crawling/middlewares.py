"""Scrapy's downloader middlewares: guard, robots.txt, politeness, retries, redirects.

Each takes what it needs from the running spider: its opened case (`desk`), its `source`, and the run's `hosts`.
"""

import asyncio
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

from scrapy import signals
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware as ScrapyRedirectMiddleware
from scrapy.downloadermiddlewares.retry import RetryMiddleware as ScrapyRetryMiddleware
from scrapy.downloadermiddlewares.retry import get_retry_request
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Request, Response
from scrapy.http.request import NO_CALLBACK

from pipelines.items import Reason
from tracker.crawling.failures import RefusedError, StoppingError, reason_of_failure
from tracker.crawling.guard import Guard, GuardError, canonical
from tracker.crawling.hosts import HostClosedError
from tracker.crawling.outcomes import LONGEST_WAIT, retry_after
from tracker.crawling.resolver import GuardedResolver
from tracker.crawling.robots import RobotsRules, rules_from

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from tracker.spiders.base import TrackerSpider

_SLICE = 0.5
_UNKNOWN_WAIT = 30.0
_PATIENCE = 10
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_OWN_RULES = "dont_obey_robotstxt"


class _Middleware:
    def __init__(self, crawler: "Crawler") -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: "Crawler") -> Self:
        """Make the middleware for a crawler whose spider is a TrackerSpider."""
        return cls(crawler)

    @property
    def _spider(self) -> "TrackerSpider":
        spider: Any = self._crawler.spider
        own: TrackerSpider = spider
        return own


class GuardMiddleware(_Middleware):
    """Refuses private addresses early, and sees to it that the guarded resolver stands before every connection."""

    def __init__(self, crawler: "Crawler") -> None:
        super().__init__(crawler)
        self._guard: Guard | None = None
        crawler.signals.connect(self._closed, signal=signals.spider_closed)

    def process_request(self, request: Request) -> None:
        """Let a request pass that leads to a public or an allowed host."""
        try:
            self._ready().check_url(request.url)
        except GuardError as error:
            raise RefusedError(error.reason) from None

    def _ready(self) -> Guard:
        if self._guard is None:
            self._guard = Guard(self._spider.desk.case.allow_hosts)
            guarded_resolver().admit(self._guard)
        return self._guard

    def _closed(self) -> None:
        if self._guard is not None:
            guarded_resolver().dismiss(self._guard)


class RobotsMiddleware(_Middleware):
    """Obeys robots.txt; one that cannot be read forbids everything, as RFC 9309 wants it."""

    def __init__(self, crawler: "Crawler") -> None:
        super().__init__(crawler)
        self._rules: dict[str, asyncio.Future[RobotsRules]] = {}

    async def process_request(self, request: Request) -> None:
        """Let a request pass that the site allows."""
        if request.meta.get(_OWN_RULES):
            return
        parts = urlsplit(request.url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._rules:
            self._rules[origin] = asyncio.ensure_future(self._fetch(origin))
        rules = await self._rules[origin]
        if rules.unavailable is not None:
            raise RefusedError(rules.unavailable)
        self._spider.hosts.slow_down(host_of(request), rules.delay)
        if not rules.allows(request.url):
            raise RefusedError(Reason.ROBOTS)

    async def _fetch(self, origin: str) -> RobotsRules:
        request = Request(f"{origin}/robots.txt", callback=NO_CALLBACK, dont_filter=True, meta={_OWN_RULES: True})
        try:
            response = await self._crawler.engine.download_async(request)
        except StoppingError:
            return RobotsRules(unavailable=Reason.ROBOTS)
        except Exception as error:  # noqa: BLE001 - whatever the downloader raises is a reason here
            reason = reason_of_failure(error, is_host_refused=is_refused(request))
            return RobotsRules() if reason is Reason.REDIRECT_LOOP else RobotsRules(unavailable=reason)
        return rules_from(response.status, response.body)


class PolitenessMiddleware(_Middleware):
    """Waits for each host's turn, spends its budget, and counts what is sent and received."""

    async def process_request(self, request: Request) -> None:
        """Let a request pass when it is its turn."""
        spider, host = self._spider, host_of(request)
        try:
            async with spider.hosts.book(host, spider.source.max_requests):
                await self._wait(host)
                spider.hosts.started(host, spider.source.delay)
        except HostClosedError as error:
            raise RefusedError(error.reason) from None
        spider.desk.tally.count_request(spider.source.name)

    async def _wait(self, host: str) -> None:
        """Wait in slices, so that the end of the crawl is not kept up."""
        while True:
            if not self._crawler.crawling or self._spider.desk.tally.error is not None:
                raise StoppingError
            self._spider.hosts.check(host)
            left = self._spider.hosts.left(host)
            if not left:
                return
            await asyncio.sleep(min(left, _SLICE))

    def process_response(self, request: Request, response: Response) -> Response:
        """Count an answer, before it is unpacked."""
        self._spider.hosts.answered(host_of(request))
        self._spider.desk.tally.count_bytes(self._spider.source.name, len(response.body))
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Count a failure of the host's."""
        reason = reason_of_failure(exception)
        if reason in {Reason.TIMEOUT, Reason.UNREACHABLE} and not isinstance(exception, RefusedError):
            self._spider.hosts.failed(host_of(request), reason)


class RetryMiddleware(ScrapyRetryMiddleware):
    """Scrapy's retries, but for an answer that says when to come back: it is waited for, or the host is given up."""

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        """Return the request to try again, or the response as it is."""
        spider: Any = self.crawler.spider
        wait = retry_after(_header(response, "Retry-After"))
        if response.status == 429 or (response.status == 503 and wait is not None):
            host, seconds = host_of(request), _UNKNOWN_WAIT if wait is None else wait
            again = get_retry_request(request, spider=spider, reason="slow down", max_retry_times=_PATIENCE)
            if again is None or seconds > LONGEST_WAIT or not spider.hosts.hold(host, seconds):
                spider.hosts.give_up(host, Reason.RATE_LIMITED)
                return response
            return again
        if "dataloss" in response.flags:
            return self._retry(request, "cut") or response
        return super().process_response(request, response)


class RedirectMiddleware(ScrapyRedirectMiddleware):
    """Scrapy's redirects; a loop or too many of them end as `redirect_loop`, one out of the web as `unsupported`."""

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        """Return the request that follows, or the response as it is."""
        try:
            result = super().process_response(request, response)
        except IgnoreRequest:
            raise RefusedError(Reason.REDIRECT_LOOP) from None
        if isinstance(result, Request) and result.url in result.meta["redirect_urls"]:
            raise RefusedError(Reason.REDIRECT_LOOP)
        if isinstance(result, Response) and result.status in _REDIRECTS and "Location" in result.headers:
            raise RefusedError(Reason.UNSUPPORTED)
        return result


def guarded_resolver() -> GuardedResolver:
    """Return the reactor's guarded resolver, putting one there when some other stands in its place."""
    from twisted.internet import reactor

    present: Any = reactor.nameResolver
    if isinstance(present, GuardedResolver):
        return present
    resolver = GuardedResolver(reactor, present)
    resolver.install_on_reactor()
    return resolver


def host_of(request: Request) -> str:
    """Return the canonical host of a request that passed the guard."""
    return canonical(str(urlsplit(request.url).hostname))


def is_refused(request: Request) -> bool:
    """Say whether the host of a request was last found to have private addresses only."""
    try:
        return guarded_resolver().was_refused(host_of(request))
    except ValueError:
        return False


def _header(response: Response, name: str) -> str | None:
    value = response.headers.get(name)
    return value.decode("latin-1") if value is not None else None
