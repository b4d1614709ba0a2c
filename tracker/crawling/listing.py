"""Directory listings as web servers print them: what lies in a folder, by address and never by text.

Known to work with nginx, Apache (plain, fancy, table), lighttpd, Caddy, Python's http.server and what prints alike.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from urllib.parse import unquote, urljoin, urlsplit

from pipelines.urls import canonical_url
from tracker.crawling.links import anchors

_MARKS = re.compile(
    r"<(?:title|h1)\b[^<>]{0,200}>\s*(?:index of|directory listing (?:for|of)|listing directory|[^<>\s]{1,255} - /)"
    r"|summary=\"directory listing\""
    r"|\bto parent directory\]|>\s*parent directory\s*<"
    r"|href=\"https://caddyserver\.com\"",
    re.IGNORECASE,
)
_CUT = re.compile(r"\.{2,3}>?$|…$")
_READ_BYTES = 8 * 1024 * 1024
_MOST_ENTRIES = 200_000
_SURE = 0.8


@dataclass(frozen=True, slots=True)
class Listing:
    """The canonical addresses below the root that one listing names; folders end in a slash.

    `is_cut` says that it names more than is read of one listing.
    """

    files: tuple[str, ...]
    folders: tuple[str, ...]
    is_cut: bool = False


def read_listing(body: bytes, url: str, root: str) -> Listing | None:
    """Read the listing at `url`, keeping what lies below `root` (both canonical, ending in a slash).

    None when the page is no listing. Links with a query (sorting, downloads as archive), links to itself, to the
    parent and to elsewhere are no entries.
    """
    page = body[:_READ_BYTES].decode("utf-8", errors="replace")
    entries: dict[str, None] = {}
    is_cut = len(body) > _READ_BYTES
    named = others = 0
    for href, text in anchors(page):
        address = _below(urljoin(url, href), root) if href and not href.startswith(("#", "?")) else None
        if address is None or address == url or not address.startswith(url):
            others += _is_foreign(urljoin(url, href), url)
            continue
        entries.setdefault(address)
        named += _is_named(text, address[len(url) :])
        if len(entries) >= _MOST_ENTRIES:
            is_cut = True
            break
    is_listing = _MARKS.search(page) is not None or (named > 0 and named >= _SURE * (len(entries) + others))
    if not is_listing:
        return None
    return Listing(
        files=tuple(entry for entry in entries if not entry.endswith("/")),
        folders=tuple(entry for entry in entries if entry.endswith("/")),
        is_cut=is_cut,
    )


def depth_below(url: str, root: str) -> int:
    """Return how many folders lie between the root and a folder below it."""
    return url[len(root) :].count("/")


def is_wanted(url: str, root: str, include: tuple[str, ...], exclude: tuple[str, ...]) -> bool:
    """Say whether name patterns let a file or folder through; `include` speaks of files alone."""
    path = unquote(url[len(root) :]).rstrip("/").lower()
    if any(_fits(path, pattern) for pattern in exclude):
        return False
    return url.endswith("/") or not include or any(_fits(path, pattern) for pattern in include)


def _fits(path: str, pattern: str) -> bool:
    shown = path if "/" in pattern.rstrip("/") else path.rpartition("/")[2]
    return fnmatchcase(shown, pattern.rstrip("/").lower())


def _below(address: str, root: str) -> str | None:
    """Return the canonical address when it lies below the root for every reader of its path; None otherwise."""
    try:
        address = canonical_url(address)
    except ValueError:
        return None
    if not address.startswith(root) or "?" in address:
        return None
    steps = list(_steps(address[len(root) :]))
    return None if any(step in {".", ".."} for step in steps) else address


def _steps(path: str) -> Iterator[str]:
    """Yield the steps of a path as the most careless server would see them."""
    for _ in range(3):
        path = unquote(path)
    yield from re.split(r"[/\\]", path)


def _is_foreign(address: str, url: str) -> bool:
    """Say whether a link speaks against a listing: it leads neither to this page, nor up, nor away from the site."""
    here, there = urlsplit(url), urlsplit(address)
    if (there.scheme, there.netloc) != (here.scheme, here.netloc):
        return False
    return not (there.query and there.path == here.path) and not here.path.startswith(there.path)


def _is_named(text: str, path: str) -> bool:
    """Say whether a link's text is the name it leads to, as far as the server shows it."""
    name = unquote(path).rstrip("/")
    shown = _CUT.sub("", text).strip().rstrip("/")
    return bool(shown) and (name == shown or (len(shown) >= 15 and name.startswith(shown)))
