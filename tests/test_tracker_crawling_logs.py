"""Logs carry no text from outside but URLs."""

import logging

import pytest
from scrapy.http import Request, Response

from tracker.crawling.logs import SafeFormatter

SECRET = "Zebulon Quackenbush"


def _line(name: str, message: str, *args, error: BaseException | None = None) -> str:
    info = (type(error), error, error.__traceback__) if error else None
    record = logging.LogRecord(name, logging.ERROR, f"/x/{name}.py", 7, message, args, info)
    if len(args) == 1 and isinstance(args[0], dict):
        record.args = args[0]
    return SafeFormatter().format(record)


@pytest.mark.parametrize(
    ("message", "args"),
    [
        (f"page says {SECRET}", ()),
        ("page says %s", (SECRET,)),
        ("page says %r", (SECRET.encode(),)),
        ("page says %(item)s", ({"item": {"cell": SECRET}},)),
        ("page says %s", (ValueError(SECRET),)),
        ("page says %s and 100%", (SECRET,)),
        ("%s", (f"http://paste.example/ {SECRET}",)),
    ],
)
def test_what_other_libraries_say_about_pages_is_left_out(message, args):
    line = _line("scrapy.core", message, *args)
    assert "Zebulon" not in line
    assert "\n" not in line


def test_urls_numbers_and_templates_are_kept():
    assert "http://paste.example/x" in _line("scrapy.core", f"{SECRET} at <GET http://paste.example/x>.")
    assert "gave up http://a.example/ 3 times" in _line(
        "scrapy", "gave up %s %d times", Request("http://a.example/"), 3
    )
    assert "http://a.example/" in _line("scrapy", "%(r)s", {"r": Response("http://a.example/", body=SECRET.encode())})


def _fail():
    raise ValueError(SECRET)


def test_errors_are_a_class_and_a_place():
    with pytest.raises(ValueError, match=SECRET) as caught:
        _fail()
    line = _line("scrapy.core", "it failed", error=caught.value)
    own = _line("tracker.spiders", "an item could not be processed", error=caught.value)
    for text in (line, own):
        assert "ValueError at _fail" in text
        assert "Zebulon" not in text
        assert "Traceback" not in text
    assert "an item could not be processed" in own


def test_terminal_escapes_do_not_come_through():
    assert "\x1b" not in _line("scrapy", "see http://paste.example/\x1b[31m and \x1b]0;x\x07")
