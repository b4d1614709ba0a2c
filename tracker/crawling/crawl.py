"""Running the spiders of a case in this process."""

import signal
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tracker.crawling.sources import Source

if TYPE_CHECKING:
    from tracker.cases.desk import Desk


def crawl(desk: "Desk", sources: Sequence[Source]) -> None:
    """Visit the sources, all at once, and return when all are done; what was seen stands in `desk.tally`.

    SIGINT and SIGTERM end it after the requests under way, a second one at once. A store that cannot be written ends
    it with that store's error. It works once in the life of a process: a Twisted reactor does not start again.
    """
    if not sources:
        return
    from scrapy.crawler import AsyncCrawlerProcess
    from scrapy.settings import Settings

    from tracker import settings as module
    from tracker.crawling.hosts import Hosts
    from tracker.spiders.base import DESK_SETTING, HOSTS_SETTING

    settings = Settings()
    settings.setmodule(module, priority="project")
    handlers = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    process = AsyncCrawlerProcess(settings)
    hosts = Hosts()
    spiders = []
    for source in sources:
        crawler = process.create_crawler(source.family)
        # Set after the settings were copied: an opened store cannot be.
        crawler.settings.set(DESK_SETTING, desk, priority="cmdline")
        crawler.settings.set(HOSTS_SETTING, hosts, priority="cmdline")
        spiders.append(process.crawl(crawler, source=source.name))
    try:
        process.start()
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)
    if desk.tally.error is not None:
        raise desk.tally.error
    for spider in spiders:
        failed = spider.exception() if spider.done() and not spider.cancelled() else None
        if failed is not None:
            raise failed
