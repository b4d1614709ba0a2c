"""Logs that carry no text from outside but URLs.

Our own loggers speak sentences of ours. Of every other library's records only what the library's authors wrote (the
template) and plain numbers and URLs are kept; of exceptions only the class and the place in the code.
"""

import logging
import re
import sys
import traceback
from typing import TYPE_CHECKING, Any, Self

from scrapy import logformatter
from scrapy.http import Request, Response

if TYPE_CHECKING:
    from scrapy import Spider
    from scrapy.crawler import Crawler
    from twisted.python.failure import Failure

_OWN = ("tracker", "pipelines", "fingerprints")
_URL = re.compile(r"https?://[!-~]{1,2000}")
_FORM = "%(asctime)s %(levelname)s %(name)s: %(message)s"


class SafeFormatter(logging.Formatter):
    """Formats records without text from outside."""

    def __init__(self) -> None:
        super().__init__(_FORM, "%Y-%m-%dT%H:%M:%S%z")

    def format(self, record: logging.LogRecord) -> str:
        """Return one line for the record."""
        safe = logging.makeLogRecord(record.__dict__)
        if record.name.split(".", 1)[0] not in _OWN:
            safe.msg, safe.args = _foreign_message(record), ()
        if record.exc_info and record.exc_info[1] is not None:
            safe.msg, safe.args = f"{safe.getMessage()} [{_place(record.exc_info[1])}]", ()
        safe.exc_info = safe.exc_text = safe.stack_info = None
        return super().format(safe)


class LogFormatter(logformatter.LogFormatter):
    """Scrapy's messages: pages and items are no news, failed requests are the inspections' to tell.

    It also installs the safe handler, because it is what Scrapy makes first for every crawler.
    """

    @classmethod
    def from_crawler(cls, crawler: "Crawler") -> Self:
        """Make the formatter and see to the handler."""
        install_handler(crawler.settings["LOG_LEVEL"])
        return cls()

    def crawled(self, request: Request, response: Response, spider: "Spider") -> Any:  # noqa: ANN401 - None: no record
        """Leave fetched pages out."""

    def scraped(self, item: Any, response: Any, spider: "Spider") -> Any:  # noqa: ANN401
        """Leave items out."""

    def dropped(self, item: Any, exception: BaseException, response: Any, spider: "Spider") -> Any:  # noqa: ANN401
        """Leave items out."""

    def item_error(
        self,
        item: Any,  # noqa: ANN401
        exception: BaseException,
        response: "Response | Failure | None",
        spider: "Spider",
    ) -> logformatter.LogFormatterResult:
        """Say that an item failed, without the item."""
        return {"level": logging.ERROR, "msg": "an item could not be processed", "args": ()}

    def download_error(
        self, failure: "Failure", request: Request, spider: "Spider", errmsg: str | None = None
    ) -> logformatter.LogFormatterResult:
        """Leave the error's text out."""
        return {"level": logging.DEBUG, "msg": "a request failed: %s", "args": (request.url,)}


def install_handler(level: str | int) -> None:
    """Put the one handler with the safe formatter on the root logger; calling it again changes its level alone."""
    root = logging.getLogger()
    for handler in root.handlers:
        if isinstance(handler.formatter, SafeFormatter):
            handler.setLevel(level)
            return
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(SafeFormatter())
    handler.setLevel(level)
    root.addHandler(handler)
    logging.getLogger("scrapy").setLevel(level)


def _foreign_message(record: logging.LogRecord) -> str:
    if not record.args:
        urls = " ".join(url.rstrip(">.,)'\"") for url in _URL.findall(str(record.msg)))
        return f"{record.module}:{record.lineno} {urls}".strip()
    args = record.args
    safe = {key: _safe(value) for key, value in args.items()} if isinstance(args, dict) else tuple(map(_safe, args))
    try:
        return str(record.msg) % safe
    except (TypeError, ValueError, KeyError):
        return f"{record.module}:{record.lineno}"


def _safe(value: object) -> object:
    if isinstance(value, bool | int | float):
        return value
    if isinstance(value, Request | Response):
        return value.url
    found = _URL.fullmatch(value) if isinstance(value, str) else None
    return found[0] if found else f"<{type(value).__name__}>"


def _place(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    where = f" at {frames[-1].name}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{where}"
