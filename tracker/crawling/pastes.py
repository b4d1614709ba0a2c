"""The list page of a paste site: which pastes it names, by the site's profile."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from pipelines.urls import canonical_url
from tracker.crawling.links import is_tame
from tracker.errors import TrackerError
from tracker.sites.profiles import Profile


class ListError(TrackerError):
    """A list page is not what the profile describes; the message is a sentence without text from outside."""


@dataclass(frozen=True, slots=True)
class PasteList:
    """The ids a list names, newest first as far as it tells; `unread` counts entries without a usable id."""

    ids: tuple[str, ...]
    unread: int = 0


def read_list(profile: Profile, body: bytes, url: str, base: str) -> PasteList:
    """Read a list page; ListError when it cannot be what the profile describes, never an empty list instead."""
    entries = _from_json(profile, body) if profile.list_format == "json" else _from_html(profile, body, url, base)
    ids: dict[str, None] = {}
    unread = 0
    for entry in entries:
        if entry is not None and profile.is_id(entry):
            ids.setdefault(entry)
        else:
            unread += 1
    if unread and not ids:
        raise ListError(f"no entry of the list has an id of the form that the profile {profile.name} describes")
    return PasteList(tuple(ids), unread)


def _from_json(profile: Profile, body: bytes) -> list[str | None]:
    import orjson

    try:
        value: Any = orjson.loads(body)
    except orjson.JSONDecodeError:
        raise ListError("the list is no valid JSON") from None
    for step in filter(None, profile.items.split(".")):
        value = value.get(step) if isinstance(value, dict) else None
    if not isinstance(value, dict | list) or (profile.list_id == "@key" and not isinstance(value, dict)):
        raise ListError(f"the list does not have the form that the profile {profile.name} describes")
    pairs = list(value.items()) if isinstance(value, dict) else [(None, item) for item in value]
    if profile.time:
        pairs.sort(key=lambda pair: _time(_field(pair[1], profile.time)), reverse=True)
    return [_as_id(key if profile.list_id == "@key" else _field(item, profile.list_id)) for key, item in pairs]


def _from_html(profile: Profile, body: bytes, url: str, base: str) -> Iterator[str | None]:
    from selectolax.lexbor import LexborHTMLParser, SelectolaxError

    page = body.decode("utf-8", errors="replace")
    if not is_tame(page):
        raise ListError("the list page is built so that reading it would take too long")
    try:
        nodes = LexborHTMLParser(page).css(profile.select)
    except (SelectolaxError, ValueError):
        raise ListError(f"the profile {profile.name} has a selector that cannot be read") from None
    found = [profile.find_id(base, _canonical(urljoin(url, node.attributes.get("href") or ""))) for node in nodes]
    ids = [paste_id for paste_id in found if paste_id is not None]
    if not ids and not any(mark in page for mark in profile.shows):
        raise ListError(f"the page shows no list that the profile {profile.name} knows")
    yield from ids


def _canonical(address: str) -> str:
    try:
        return canonical_url(address)
    except ValueError:
        return ""


def _field(item: Any, path: str) -> Any:  # noqa: ANN401 - JSON
    for step in path.split("."):
        item = item.get(step) if isinstance(item, dict) else None
    return item


def _as_id(value: Any) -> str | None:  # noqa: ANN401 - JSON
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    return str(value)


def _time(value: Any) -> tuple[float, str]:  # noqa: ANN401 - JSON
    try:
        return float(value), ""
    except (TypeError, ValueError):
        return 0.0, value if isinstance(value, str) else ""
