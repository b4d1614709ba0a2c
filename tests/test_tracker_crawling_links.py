"""Links out of hostile HTML: right where it matters, and in linear time."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.crawling.links import anchors, is_tame
from tracker.crawling.listing import read_listing
from tracker.crawling.pastes import ListError, read_list
from tracker.sites.profiles import load_profiles

ROOT = "http://files.example/pub/"
MILLION = 1_000_000
BOMBS = {
    "unfinished anchors": "<a " * (MILLION // 3),
    "unfinished hrefs": '<a href="' * (MILLION // 9),
    "one long tag": "<a " + "x" * MILLION,
    "many attributes": "<a " + "".join(f"a{n}=1 " for n in range(100_000)) + ">",
    "nested elements": "<div>" * (MILLION // 5),
    "nested formatting": "".join(f"<b {n}>" for n in range(60_000)),
    "formatting with foreign ends": "<b></i>" * (MILLION // 7),
    "spaces": "<a href" + " " * MILLION + "=x>",
    "spaces in many anchors": ("<a href" + " " * 200) * (MILLION // 207),
    "quotes": "<a href='" + '"' * MILLION,
    "links": '<a href="x">x</a>' * (MILLION // 17),
    "entities": "<a href='" + "&amp" * 1000 + "'>x</a>" + "&" * MILLION,
    "angle brackets": "<" * MILLION,
    "titles": "<title" * (MILLION // 6),
    "headings": "<h1>" + " " * MILLION,
    "tables": "<table><tr><td>" * (MILLION // 15),
    "selects": "<select><option>" * (MILLION // 16),
}


@pytest.mark.parametrize("name", BOMBS)
def test_no_page_takes_long(name):
    page = BOMBS[name]
    began = time.process_time()
    list(anchors(page))
    read_listing(page.encode(), ROOT, ROOT)
    if is_tame(page):
        profile = load_profiles()["pasttle"]
        with pytest.raises(ListError):
            read_list(profile, page.encode(), "http://paste.example/recent", "http://paste.example/")
    assert time.process_time() - began < 6


@pytest.mark.parametrize(
    ("page", "found"),
    [
        ('<a href="a.csv">a</a>', [("a.csv", "a")]),
        ("<A HREF='a.csv'>a</A>", [("a.csv", "a")]),
        ("<a href=a.csv>a</a>", [("a.csv", "a")]),
        ('<a\n class="x"\n href = "a&amp;b.csv" title="b">a&lt;</a>', [("a&b.csv", "a<")]),
        ('<a data-href="no">a</a><a xhref=no>b</a><abbr href=no>', []),
        ("<a href=''>a</a>", [("", "a")]),
        ('<a title="x" href="y">z</a>', [("y", "z")]),
    ],
)
def test_anchors(page, found):
    assert list(anchors(page)) == found


@given(st.text(max_size=500))
def test_any_text_is_read(text):
    for href, shown in anchors(f"{text}<a href='end'>end</a>"):
        assert isinstance(href, str)
        assert isinstance(shown, str)
    is_tame(text)


@pytest.mark.parametrize(
    "page",
    [
        "<h1>Index of /pub/</h1><pre><a href='../'>../</a></pre>",
        '<table summary="Directory Listing"></table>',
        "<title>Directory listing for /pub/</title>",
        "<H1>files.example - /pub/</H1><hr><pre><A HREF='/'>[To Parent Directory]</A>",
        "<p>Liste</p><a href='a.csv'>a.csv</a><a href='b/'>b/</a><a href='..'>nach oben</a>",
        "<a href='very-long-name-of-a-file.csv'>very-long-name-of..&gt;</a>",
    ],
)
def test_listings_are_known_by_their_marks_or_by_naming_what_they_lead_to(page):
    assert read_listing(page.encode(), ROOT, ROOT) is not None


@pytest.mark.parametrize(
    "page",
    [
        "",
        "<h1>Welcome</h1>",
        "<a href='about'>About us</a><a href='contact'>Contact</a>",
        "<a href='https://other.example/'>other</a>",
        "<a href='a.csv'>a.csv</a>" + "<a href='page/1'>Read more about this</a>" * 2 + "<a href='x/2'>And this</a>",
        "id,email\n1,a@b.example\n",
    ],
)
def test_pages_that_are_no_listing(page):
    assert read_listing(page.encode(), ROOT, ROOT) is None
