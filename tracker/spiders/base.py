"""What all spiders share: the opened case, and that every request ends in a document or in a reason."""

import logging
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Self

from scrapy import Request, Spider, signals
from scrapy.http import Response

from pipelines.items import Document, Inspection, Reason
from pipelines.urls import canonical_url
from tracker.crawling.agent import user_agent
from tracker.crawling.failures import TRANSIENT, StoppingError, reason_of_failure
from tracker.crawling.hosts import Hosts
from tracker.crawling.logs import install_handler
from tracker.crawling.middlewares import is_refused
from tracker.crawling.outcomes import checked_media_type, reason_of_status
from tracker.errors import EXPECTED, SettingsError

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from twisted.python.failure import Failure

    from tracker.cases.desk import Desk
    from tracker.crawling.sources import Source

_logger = logging.getLogger(__name__)
DESK_SETTING, HOSTS_SETTING = "TRACKER_DESK", "TRACKER_HOSTS"
_AT_ONCE = 8


class TrackerSpider(Spider):
    """The base of the families; a family yields `visit` for documents and `page` for lists, and reads the lists.

    `tracker crawl` hands in the opened case by a setting; under `scrapy crawl FAMILY -a case=NAME -a source=NAME`
    the spider opens it itself.
    """

    desk: "Desk"
    source: "Source"
    hosts: Hosts

    @classmethod
    def from_crawler(cls, crawler: "Crawler", *args: Any, **kwargs: Any) -> Self:  # noqa: ANN401 - Scrapy's signature
        """Make the spider for the arguments `case` and `source`."""
        install_handler(crawler.settings["LOG_LEVEL"])
        case, name = kwargs.pop("case", None), kwargs.pop("source", None)
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.ended, signal=signals.spider_closed)
        try:
            spider.desk = crawler.settings.get(DESK_SETTING) or _open_desk(crawler, case, name)
            spider.source = spider._choose(name)
        except EXPECTED as error:
            _logger.error("%s", error)  # noqa: TRY400 - the sentence says it all
            raise
        spider.hosts = crawler.settings.get(HOSTS_SETTING) or Hosts()
        spider._apply(crawler)
        return spider

    def _choose(self, name: str | None) -> "Source":
        own = [source for source in self.desk.sources.values() if source.family == self.name]
        found = next((source for source in own if source.name == name), None)
        if found is None and (name is not None or len(own) != 1):
            known = ", ".join(source.name for source in own) or "none"
            raise SettingsError(f"say which source of the family {self.name} with -a source=NAME; known are {known}")
        return found or own[0]

    def _apply(self, crawler: "Crawler") -> None:
        settings, source = crawler.settings, self.source
        settings.set("USER_AGENT", user_agent(self.desk.case.contact), priority="spider")
        # PolitenessMiddleware keeps the delay, across all spiders of the run.
        settings.set("DOWNLOAD_DELAY", 0, priority="spider")
        settings.set("CONCURRENT_REQUESTS_PER_DOMAIN", 1 if source.delay else _AT_ONCE, priority="spider")
        self.desk.tally.count_source(source.name)
        self._seen: set[str] = set()

    def visit(self, url: str, fetch_url: str | None = None) -> Iterator[Request]:
        """Yield the request for a document, once per URL; `fetch_url` when its bare text lies elsewhere."""
        facts = {"url": url if fetch_url else None}
        yield from self._request(fetch_url or url, self.parse_document, self.failed, facts)

    def page(self, url: str, callback: Callable[..., Any]) -> Iterator[Request]:
        """Yield the request for a list page, once per URL; lists come before documents."""
        yield from self._request(url, callback, self.page_failed, {}, priority=10)

    def _request(
        self,
        url: str,
        callback: Callable[..., Any],
        errback: Callable[..., Any],
        facts: dict[str, str | None],
        priority: int = 0,
    ) -> Iterator[Request]:
        if url in self._seen:
            return
        if len(self._seen) >= self.source.max_requests:
            self.partial(TRANSIENT[Reason.BUDGET])
            return
        self._seen.add(url)
        yield Request(
            url,
            callback=callback,
            errback=errback,
            cb_kwargs=facts,
            priority=priority,
            dont_filter=True,  # a dropped duplicate would end without a reason; `_seen` keeps them out instead
            meta={"download_maxsize": self.source.max_bytes},
        )

    def parse_document(self, response: Response, url: str | None) -> Iterator[Any]:
        """Yield the document, or the inspection that says why the answer is none."""
        reason = self.reason_of(response)
        if reason is not None:
            yield self.not_fetched(url or first_url(response.request), reason, response)
            return
        fetched_from = None if url is None else response.url
        yield self.document(response, url or canonical_url(response.url), fetched_from)

    def document(self, response: Response, url: str, fetch_url: str | None = None) -> Document:
        """Make a document of an answer."""
        content_type = response.headers.get("Content-Type")
        return Document(
            body=response.body,
            source=self.source.name,
            fetched_at=_now(),
            url=url,
            fetch_url=fetch_url,
            status=response.status,
            media_type=checked_media_type(content_type.decode("latin-1") if content_type else None),
            server_ip=_server_ip(response),
            is_cut="dataloss" in response.flags,
        )

    def reason_of(self, response: Response) -> Reason | None:
        """Return why an answer is no document; families that know more about their pages add to it."""
        return reason_of_status(response.status, has_retry_after="Retry-After" in response.headers)

    def failed(self, failure: "Failure") -> Iterator[Inspection]:
        """Yield the inspection of a document that could not be fetched."""
        request: Request = failure.request  # type: ignore[attr-defined]
        error = failure.value
        if error is None or isinstance(error, StoppingError):
            return
        reason = reason_of_failure(error, is_host_refused=is_refused(request))
        yield self.not_fetched(request.cb_kwargs.get("url") or first_url(request), reason)

    def not_fetched(self, url: str, reason: Reason, response: Response | None = None) -> Inspection:
        """Make the inspection of what could not be fetched; a reason that may pass makes the source partial."""
        if reason in TRANSIENT:
            self.partial(TRANSIENT[reason])
        return self.desk.inspector.not_fetched(
            source=self.source.name,
            at=_now(),
            url=url,
            reason=reason,
            status=response.status if response is not None else None,
            server_ip=_server_ip(response),
        )

    def page_failed(self, failure: "Failure") -> Iterator[Inspection]:
        """Yield the inspection of a list page that could not be fetched: what it names stays unknown."""
        for inspection in self.failed(failure):
            self.partial(f"a list could not be fetched ({inspection.reason})")
            yield inspection

    def page_refused(self, response: Response, reason: Reason) -> Inspection:
        """Make the inspection of a list page whose answer is no list."""
        self.partial(f"a list could not be fetched ({reason}, status {response.status})")
        return self.not_fetched(first_url(response.request), reason, response)

    def partial(self, why: str) -> None:
        """Say that the source was not read to its end."""
        self.desk.tally.mark_partial(self.source.name, why)

    def ended(self, reason: str) -> None:
        """Note a crawl that ended before its end."""
        if reason != "finished" and hasattr(self, "source"):
            self.partial("the crawl was stopped before its end")


def _open_desk(crawler: "Crawler", case: str | None, source: str | None) -> "Desk":
    from tracker.cases.desk import open_desk_for_spider

    return open_desk_for_spider(crawler, case, source)


def first_url(request: Request | None) -> str:
    """Return the URL that was asked for before any redirect."""
    assert request is not None
    return canonical_url(request.meta.get("redirect_urls", [request.url])[0])


def _server_ip(response: Response | None) -> str | None:
    return str(response.ip_address) if response is not None and response.ip_address is not None else None


def _now() -> datetime:
    now = datetime.now(UTC)
    return now.replace(microsecond=now.microsecond // 1000 * 1000)
