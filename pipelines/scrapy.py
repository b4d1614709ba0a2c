"""Scrapy's item pipelines: inspect what was fetched, then file it.

Both take the opened case (`desk`) from the running spider. Items are Document, or Inspection for what could not be
fetched. A store that cannot be written ends the crawl: the error is kept in `desk.tally` for who runs it.
"""

import asyncio
import dataclasses
from typing import TYPE_CHECKING, Any, Protocol, Self

from pipelines.errors import PipelinesError
from pipelines.items import Document, Inspection, Reason, Verdict

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from fingerprints.keys import CaseIds
    from pipelines.inspection import Inspector
    from pipelines.storing.base import Store

_AT_ONCE = 2
WHO = "crawl"


class Counter(Protocol):
    """What the pipelines tell the run's tally."""

    error: PipelinesError | None

    def count_inspection(self, inspection: Inspection) -> None:
        """Count one filed inspection."""

    def mark_partial(self, source: str, why: str) -> None:
        """Say that a source was not read to its end."""

    def fail(self, error: PipelinesError) -> None:
        """Keep the first error that must end the run."""


class OpenCase(Protocol):
    """The part of a desk that the pipelines need."""

    @property
    def inspector(self) -> "Inspector":
        """What turns documents into verdicts."""

    @property
    def store(self) -> "Store":
        """Where they are filed."""

    @property
    def ids(self) -> "CaseIds":
        """The case's keyed ids."""

    @property
    def run_id(self) -> str:
        """The run they are filed under."""

    @property
    def tally(self) -> Counter:
        """What the run counts."""


def inspect_document(inspector: "Inspector", document: Document) -> Inspection:
    """Inspect a document; one whose body ended too early is partial, and never `no_match`."""
    inspection = inspector.inspect(document)
    if not document.is_cut:
        return inspection
    if inspection.verdict is Verdict.NO_MATCH:
        return dataclasses.replace(inspection, verdict=Verdict.NOT_INSPECTED, reason=Reason.PARTIAL, partial=True)
    return dataclasses.replace(inspection, partial=True)


class _DeskPipeline:
    """What both pipelines share: the desk of the spider, and ending the crawl on an error that must surface."""

    def __init__(self, crawler: "Crawler") -> None:
        self._crawler = crawler
        self._closing: asyncio.Task[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: "Crawler") -> Self:
        """Make the pipeline for a crawler whose spider carries `desk`."""
        return cls(crawler)

    @property
    def _desk(self) -> OpenCase:
        spider: Any = self._crawler.spider
        desk: OpenCase = spider.desk
        return desk

    def _end_crawl(self, error: PipelinesError) -> None:
        self._desk.tally.fail(error)
        if self._closing is None:
            closing = self._crawler.engine.close_spider_async(reason="failed")
            self._closing = asyncio.ensure_future(closing)


class InspectPipeline(_DeskPipeline):
    """Turns a Document into its Inspection, a few at a time, outside the reactor's thread."""

    def __init__(self, crawler: "Crawler") -> None:
        super().__init__(crawler)
        self._slots = asyncio.Semaphore(_AT_ONCE)

    async def process_item(self, item: Document | Inspection) -> Inspection:
        """Return the inspection of an item."""
        if isinstance(item, Inspection):
            return item
        try:
            async with self._slots:
                return await asyncio.to_thread(inspect_document, self._desk.inspector, item)
        except PipelinesError as error:
            self._end_crawl(error)
            raise
        except Exception as error:
            self._desk.tally.mark_partial(item.source, f"a page could not be inspected ({type(error).__name__})")
            raise


class StorePipeline(_DeskPipeline):
    """Files inspections; filing a URL of a source twice in one run changes nothing."""

    async def process_item(self, item: Inspection) -> Inspection:
        """File an inspection and count it."""
        desk = self._desk
        if desk.tally.error is not None:
            self._end_crawl(desk.tally.error)
            raise desk.tally.error
        operation = desk.ids.operation(desk.run_id, item.source, item.url or "")
        try:
            await asyncio.to_thread(desk.store.file, desk.run_id, item, desk.ids, operation=operation, who=WHO)
        except PipelinesError as error:
            self._end_crawl(error)
            raise
        except Exception as error:
            desk.tally.mark_partial(item.source, f"a finding could not be filed ({type(error).__name__})")
            raise
        desk.tally.count_inspection(item)
        return item
