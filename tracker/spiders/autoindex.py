"""Open directories: the listings of nginx, Apache, lighttpd, Caddy, Python's http.server and what prints alike."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from typing import Any

from scrapy import Request
from scrapy.http import Response

from pipelines.items import Reason
from pipelines.urls import canonical_url
from tracker.crawling.listing import Listing, depth_below, is_wanted, read_listing
from tracker.spiders.base import TrackerSpider, first_url


class AutoindexSpider(TrackerSpider):
    """Walks the folders below the source's URL and visits their files; listings themselves are not inspected.

    A folder that shows a page of its own instead of a listing is inspected as a document.
    """

    name = "autoindex"
    root: str | None = None

    async def start(self) -> AsyncIterator[Request]:
        """Ask for the listing at the source's URL."""
        for request in self.page(self.source.base, self.parse_listing):
            yield request

    async def parse_listing(self, response: Response) -> AsyncIterator[Any]:
        """Visit what a listing names. Where the source's URL redirects to is the root that everything lies below."""
        here = canonical_url(response.url)
        reason = self.reason_of(response)
        if reason is Reason.GONE and self.root is not None:
            yield self.not_fetched(here, reason, response)
            return
        if reason is not None:
            yield self.page_refused(response, reason)
            return
        self.root = self.root or (here if here.endswith("/") else here.rpartition("/")[0] + "/")
        listing = await self._read(response, here)
        if listing is None:
            if here == self.root:
                self.partial("the page at the source's URL is no directory listing")
            yield self.document(response, here)
            return
        if listing.is_cut or "dataloss" in response.flags:
            self.partial("a listing was cut short, or is longer than is read of one")
        for request in self._entries(listing, self.root):
            yield request

    async def parse_document(self, response: Response, url: str | None) -> AsyncIterator[Any]:  # type: ignore[override]
        """Yield the document; what turns out to be a folder (it redirects to itself with a slash) is walked."""
        here = canonical_url(response.url)
        if here == first_url(response.request) + "/":
            async for result in self.parse_listing(response):
                yield result
            return
        for item in super().parse_document(response, url):
            yield item

    async def _read(self, response: Response, here: str) -> Listing | None:
        root = self.root or here
        if not here.endswith("/") or not here.startswith(root):
            return None
        return await asyncio.to_thread(read_listing, response.body, here, root)

    def _entries(self, listing: Listing, root: str) -> Iterator[Request]:
        include, exclude = self.source.include, self.source.exclude
        for folder in listing.folders:
            if not is_wanted(folder, root, include, exclude):
                continue
            if depth_below(folder, root) > self.source.max_depth:
                self.partial(f"folders more than {self.source.max_depth} deep were not visited (max_depth)")
            else:
                yield from self.page(folder, self.parse_listing)
        for file in listing.files:
            if is_wanted(file, root, include, exclude):
                yield from self.visit(file)
