"""Site profiles: one TOML file describes one kind of site software, so that adding a site needs no Python.

docs/sources.md describes the fields; every file in this folder is one profile, named by its file.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import quote, urljoin

from pipelines.items import Reason
from tracker.errors import SettingsError

_MARKED_BYTES = 64 * 1024
_FORMATS = ("html", "json")
_REQUIRED: Mapping[str, type[Any]] = {"title": str, "family": str, "proven": str, "list": dict, "paste": dict}
_LIST = {"path": str, "format": str, "items": str, "id": str, "time": str, "select": str, "shows": list}
_PASTE = {"id": str, "url": str, "fetch_url": str, "also": list, "gone": list, "blocked": list}


@dataclass(frozen=True)
class Profile:
    """One kind of site software.

    `list_id` is, for JSON, `@key` or the dotted field that holds the id; for HTML it stays empty and `paste_id`, a
    regular expression, is looked for in the addresses that `select` finds and `url`, `fetch_url` or `also` describe.
    `shows` are texts that prove an empty list to be one. `gone` and `blocked` are texts that a page of status 200
    shows instead of a paste.
    """

    name: str
    title: str
    family: str
    proven: str
    list_path: str
    list_format: str
    paste_id: str
    url: str
    fetch_url: str
    items: str = ""
    list_id: str = ""
    time: str = ""
    select: str = "a[href]"
    shows: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    blocked: tuple[str, ...] = ()

    def addresses(self, base: str, paste_id: str) -> tuple[str, str]:
        """Return the address that a notice names and the one that is fetched, for an id on the site at `base`."""
        named = quote(paste_id, safe="")
        return urljoin(base, self.url.format(id=named)), urljoin(base, self.fetch_url.format(id=named))

    def find_id(self, base: str, address: str) -> str | None:
        """Return the id of the paste that an absolute address shows on the site at `base`; None for another page."""
        if not address.startswith(base):
            return None
        path = re.split(r"[?#]", address[len(base) :], maxsplit=1)[0]
        for pattern in self._patterns:
            if found := pattern.fullmatch(path):
                return found["id"]
        return None

    def is_id(self, text: str) -> bool:
        """Say whether a text from the site has the form of an id here."""
        return re.fullmatch(self.paste_id, text) is not None

    def reason_of_page(self, body: bytes) -> Reason | None:
        """Return why a page of status 200 shows no paste, by the profile's own texts; None when it may show one."""
        head = body[:_MARKED_BYTES].decode("utf-8", errors="replace")
        if any(text in head for text in self.gone):
            return Reason.GONE
        return Reason.BLOCKED if any(text in head for text in self.blocked) else None

    @cached_property
    def _patterns(self) -> list[re.Pattern[str]]:
        forms = (self.url, self.fetch_url, *self.also)
        return [
            re.compile("".join(f"(?P<id>{self.paste_id})" if part == "{id}" else re.escape(part) for part in pieces))
            for pieces in (re.split(r"(\{id\})", form) for form in forms)
        ]


def load_profiles() -> dict[str, Profile]:
    """Read all profiles, ordered by name; SettingsError names the file and the key that is wrong."""
    folder = resources.files("tracker.sites")
    files = sorted((item for item in folder.iterdir() if item.name.endswith(".toml")), key=lambda item: item.name)
    profiles = (parse_profile(item.name, item.read_text(encoding="utf-8")) for item in files)
    return {profile.name: profile for profile in profiles}


def parse_profile(file: str, text: str) -> Profile:
    """Read one profile; SettingsError names the file and the key that is wrong."""
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{file} is no valid TOML: {error}") from None
    _check(file, values, _REQUIRED, "", required=set(_REQUIRED))
    listing, paste = values["list"], values["paste"]
    _check(file, listing, _LIST, "[list] ", required={"path", "format"})
    _check(file, paste, _PASTE, "[paste] ", required={"id", "url", "fetch_url"})
    if listing["format"] not in _FORMATS:
        raise SettingsError(f"{file}: [list] format must be one of {', '.join(_FORMATS)}")
    if listing["format"] == "json" and not listing.get("id"):
        raise SettingsError(f"{file}: [list] id is missing: @key, or the field of an item that holds its id")
    _check_templates(file, paste)
    return Profile(
        name=Path(file).stem,
        title=values["title"],
        family=values["family"],
        proven=values["proven"],
        list_path=listing["path"],
        list_format=listing["format"],
        items=listing.get("items", ""),
        list_id=listing.get("id", ""),
        time=listing.get("time", ""),
        select=listing.get("select", "a[href]"),
        shows=tuple(listing.get("shows", ())),
        paste_id=paste["id"],
        url=paste["url"],
        fetch_url=paste["fetch_url"],
        also=tuple(paste.get("also", ())),
        gone=tuple(paste.get("gone", ())),
        blocked=tuple(paste.get("blocked", ())),
    )


def _check(
    file: str, values: dict[str, Any], known: Mapping[str, type[Any]], where: str, *, required: set[str]
) -> None:
    for name in sorted(values):
        if name not in known:
            raise SettingsError(f"{file}: unknown key {where}{name}; known are {', '.join(known)}")
        kind = known[name]
        is_list_of_text = kind is list and all(isinstance(item, str) for item in values[name])
        if not isinstance(values[name], kind) or (kind is list and not is_list_of_text):
            wanted = {"str": "a text in quotes", "list": "a list of texts"}.get(kind.__name__, "a table")
            raise SettingsError(f"{file}: {where}{name} must be {wanted}")
    for name in sorted(required - values.keys()):
        raise SettingsError(f"{file}: the key {where}{name} is missing")


def _check_templates(file: str, paste: dict[str, Any]) -> None:
    try:
        re.compile(paste["id"])
    except re.error:
        raise SettingsError(f"{file}: [paste] id must be a regular expression") from None
    for name, form in [("url", paste["url"]), ("fetch_url", paste["fetch_url"])] + [
        ("also", form) for form in paste.get("also", ())
    ]:
        if form.count("{id}") != 1 or re.search(r"[{}]", form.replace("{id}", "")) or form.startswith("/"):
            raise SettingsError(
                f"{file}: [paste] {name} must be an address below the site's, holding {{id}} once, such as raw/{{id}}"
            )
