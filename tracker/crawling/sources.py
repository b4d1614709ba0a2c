"""The sources of a case: sources.toml, one table a source, readable and editable by hand."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pipelines.urls import canonical_url
from tracker.cases.files import write_private
from tracker.errors import SettingsError
from tracker.sites.profiles import Profile, load_profiles

AUTOINDEX, PASTE_LIST = "autoindex", "paste_list"
FAMILIES = (AUTOINDEX, PASTE_LIST)
MAX_BODY = 32 * 1024 * 1024
_HEAD = "# The places that this case watches, one table a source: [NAME] with family or profile, and url.\n"
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
_ONLY_IN = {
    AUTOINDEX: {"max_depth", "include", "exclude"},
    PASTE_LIST: {"profile", "max_pastes"},
}
_NUMBERS: dict[str, tuple[float, float, str]] = {
    "delay": (0, 3600, "a number of seconds from 0 to 3600"),
    "max_depth": (0, 100, "a whole number of folders from 0 to 100"),
    "max_pastes": (1, 1_000_000, "a whole number from 1 to 1000000"),
    "max_bytes": (1, MAX_BODY, f"a whole number of bytes from 1 to {MAX_BODY}"),
    "max_requests": (1, 10_000_000, "a whole number from 1 to 10000000"),
}


@dataclass(frozen=True, slots=True)
class Source:
    """One place that is watched; limits are per visit.

    `include` and `exclude` are patterns such as `*.csv` for file names, or with a slash for paths below the URL;
    `max_requests` is the budget that this source may spend on one host in one run.
    """

    name: str
    family: str
    url: str
    profile: str | None = None
    delay: float = 1.0
    max_depth: int = 8
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    max_pastes: int = 1000
    max_bytes: int = MAX_BODY
    max_requests: int = 10_000

    @property
    def base(self) -> str:
        """The URL as a folder: with its slash at the end, in canonical spelling."""
        return canonical_url(self.url).rstrip("/") + "/"


def load_sources(path: Path) -> dict[str, Source]:
    """Read the sources in file order; a missing file has none. SettingsError names file, source and field."""
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise SettingsError(f"cannot read {path}: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        where = str(error).rpartition("(")[2].rstrip(")") if "(" in str(error) else "not UTF-8 text"
        raise SettingsError(f"{path} is no valid TOML ({where}); mend that place") from None
    profiles = load_profiles()
    return {name: _source(path, name, table, profiles) for name, table in tables.items()}


def add_source(path: Path, source: Source) -> None:
    """Append a source to the file, keeping what is there as it is; whole or not at all.

    SettingsError when the name is taken, a field is wrong, or the file as it is cannot be read.
    """
    import tomlkit

    if source.name in load_sources(path):
        raise SettingsError(f"{path} has a source {source.name} already; choose another name or edit the file")
    table = _as_table(source)
    _source(path, source.name, table, load_profiles())
    document = tomlkit.parse(path.read_text(encoding="utf-8") if path.exists() else _HEAD)
    written = tomlkit.table()
    for field, value in table.items():
        written.add(field, value)
    if document.as_string().strip():
        document.add(tomlkit.nl())
    document.add(source.name, written)
    write_private(path, tomlkit.dumps(document).encode())


def _as_table(source: Source) -> dict[str, Any]:
    table: dict[str, Any] = {}
    for field in fields(Source):
        value = getattr(source, field.name)
        if field.name != "name" and (field.name in {"family", "url", "delay"} or value != field.default):
            table[field.name] = list(value) if isinstance(value, tuple) else value
    return table


def _source(path: Path, name: str, table: Any, profiles: Mapping[str, Profile]) -> Source:  # noqa: ANN401 - TOML
    if not isinstance(table, dict):
        raise SettingsError(f"{path}: {name} stands outside any source; write [NAME] above its fields")
    where = f"{path}: [{name}]"
    if not _NAME.fullmatch(name):
        raise SettingsError(f"{where} is no name: 1 to 64 lower-case letters, digits, dots, dashes, underscores")
    family = _family(where, table, profiles)
    known = [field.name for field in fields(Source) if field.name != "name"]
    for field, value in table.items():
        if field not in known:
            raise SettingsError(f"{where} has an unknown field {field}; known are {', '.join(known)}")
        for other, only in _ONLY_IN.items():
            if other != family and field in only:
                raise SettingsError(f"{where} {field} is for the family {other} alone; take it out")
        _check_field(where, field, value)
    values: dict[str, Any] = {
        field: tuple(value) if isinstance(value, list) else value for field, value in table.items()
    }
    values.update(name=name, family=family, url=_url(where, table))
    return Source(**values)


def _family(where: str, table: dict[str, Any], profiles: Mapping[str, Profile]) -> str:
    profile, family = table.get("profile"), table.get("family")
    if profile is not None and profile not in list(profiles):
        raise SettingsError(f"{where} profile is not known; known are {', '.join(profiles)}")
    if profile is not None and family in (None, profiles[profile].family):
        return profiles[profile].family
    if profile is not None:
        raise SettingsError(f"{where} family must be {profiles[profile].family}, the family of its profile")
    if family not in FAMILIES:
        raise SettingsError(f"{where} family is missing or not known; known are {', '.join(FAMILIES)}")
    if family == PASTE_LIST:
        raise SettingsError(f"{where} profile is missing; known are {', '.join(profiles)}")
    return str(family)


def _check_field(where: str, field: str, value: Any) -> None:  # noqa: ANN401 - TOML values have any type
    if field in _NUMBERS:
        low, high, wanted = _NUMBERS[field]
        kinds = int | float if field == "delay" else int
        if not isinstance(value, kinds) or isinstance(value, bool) or not low <= value <= high:
            raise SettingsError(f"{where} {field} must be {wanted}")
    elif field in {"include", "exclude"}:
        if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
            raise SettingsError(f'{where} {field} must be a list of patterns such as ["*.csv"]')
    elif not isinstance(value, str):
        raise SettingsError(f"{where} {field} must be a text in quotes")


def _url(where: str, table: dict[str, Any]) -> str:
    url = table.get("url")
    if not isinstance(url, str):
        raise SettingsError(f"{where} url is missing: where the site or folder begins, such as https://paste.example/")
    try:
        canonical = canonical_url(url)
    except ValueError as error:
        raise SettingsError(f"{where} url: {error}") from None
    parts = urlsplit(url)
    if parts.query or parts.fragment or parts.username is not None:
        raise SettingsError(f"{where} url must end before any ? or # and hold no user name")
    return canonical
