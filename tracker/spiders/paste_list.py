"""Paste sites that list their pastes; which list, and how, is the site profile's to say."""

import asyncio
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urljoin

from scrapy import Request
from scrapy.http import Response

from pipelines.items import Inspection, Reason
from tracker.crawling.pastes import ListError, read_list
from tracker.sites.profiles import Profile, load_profiles
from tracker.spiders.base import TrackerSpider

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


class PasteListSpider(TrackerSpider):
    """Reads the list of a paste site and visits the newest pastes, as bare text where the site has it."""

    name = "paste_list"
    profile: Profile

    @classmethod
    def from_crawler(cls, crawler: "Crawler", *args: Any, **kwargs: Any) -> Self:  # noqa: ANN401 - Scrapy's signature
        """Make the spider with the profile of its source."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.profile = load_profiles()[str(spider.source.profile)]
        return spider

    async def start(self) -> AsyncIterator[Request]:
        """Ask for the list."""
        for request in self.page(urljoin(self.source.base, self.profile.list_path), self.parse_list):
            yield request

    async def parse_list(self, response: Response) -> AsyncIterator[Request | Inspection]:
        """Visit what the list names; a list that cannot be read makes the source partial, never empty."""
        reason = self.reason_of(response)
        if reason is not None:
            yield self.page_refused(response, reason)
            return
        base = self.source.base
        try:
            listed = await asyncio.to_thread(read_list, self.profile, response.body, response.url, base)
        except ListError as error:
            self.partial(str(error))
            yield self.not_fetched(response.url, Reason.BROKEN, response)
            return
        if listed.unread:
            self.partial("some entries of the list have no id that the profile describes")
        if len(listed.ids) > self.source.max_pastes:
            self.partial(
                f"the list names more than {self.source.max_pastes} pastes; the newest were visited (max_pastes)"
            )
        for paste_id in listed.ids[: self.source.max_pastes]:
            for request in self.visit(*self.profile.addresses(base, paste_id)):
                yield request

    def reason_of(self, response: Response) -> Reason | None:
        """Return why an answer is no paste; the profile knows pages that say so with status 200."""
        return super().reason_of(response) or self.profile.reason_of_page(response.body)
