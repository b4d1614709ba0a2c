"""A case's settings: case.toml, readable and editable by hand, holding no cell of the leak."""

import tomllib
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tracker.cases.files import write_private
from tracker.errors import CaseError, SettingsError

FILE_NAME = "case.toml"
_HEAD = "# Settings of one case of the re-publication tracker. No cell of the leak stands here.\n"


@dataclass(frozen=True, slots=True)
class Case:
    """One incident's settings; what nobody has said yet is empty, and what needs it says so.

    `known_good` are keyed digests of files that are no copies; `allow_hosts` the hosts that the guard lets through
    although they lie in a private network; times are UTC.
    """

    name: str
    recipient: str
    created: datetime
    contact: str | None = None
    incident_from: datetime | None = None
    incident_until: datetime | None = None
    origin_urls: tuple[str, ...] = ()
    known_good: tuple[str, ...] = ()
    allow_hosts: tuple[str, ...] = ()
    folder: Path = field(default=Path(), compare=False)


def load_case(folder: Path) -> Case:
    """Read a case's settings; SettingsError names the file and the field that is wrong."""
    path = folder / FILE_NAME
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise CaseError(f"{path} is missing; import the case again from an export") from None
    except OSError as error:
        raise CaseError(f"cannot read {path}: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        where = str(error).rpartition("(")[2].rstrip(")") if "(" in str(error) else "not UTF-8 text"
        raise SettingsError(f"{path} is no valid TOML ({where}); mend that place") from None
    unknown = sorted(set(values) - _KINDS.keys())
    if unknown:
        raise SettingsError(f"{path}: unknown field {unknown[0]}; known are {', '.join(_KINDS)}")
    for name, kind in _KINDS.items():
        if name in values:
            values[name] = _checked(path, name, values[name], kind)
        elif name in {"name", "recipient", "created"}:
            raise SettingsError(f"{path}: the field {name} is missing")
    return Case(folder=folder, **values)


def save_case(case: Case) -> None:
    """Write a case's settings, keeping the comments and the order of an existing file; whole or not at all."""
    import tomlkit

    path = case.folder / FILE_NAME
    document = tomlkit.parse(path.read_text(encoding="utf-8") if path.exists() else _HEAD)
    for name in _KINDS:
        value = getattr(case, name)
        if value is None:
            document.pop(name, None)
            continue
        plain = list(value) if isinstance(value, tuple) else value
        if document.get(name) != plain:
            document[name] = plain
    write_private(path, tomlkit.dumps(document).encode())


_KINDS: dict[str, type] = {
    "name": str,
    "recipient": str,
    "created": datetime,
    "contact": str,
    "incident_from": datetime,
    "incident_until": datetime,
    "origin_urls": tuple,
    "known_good": tuple,
    "allow_hosts": tuple,
}


def _checked(path: Path, name: str, value: Any, kind: type) -> Any:  # noqa: ANN401 - TOML values have any type
    if kind is datetime and isinstance(value, datetime):
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)
    if kind is tuple and isinstance(value, list) and all(isinstance(item, str) for item in value):
        return tuple(value)
    if kind is str and isinstance(value, str):
        return value
    wanted = {datetime: "a time such as 2026-11-28T09:45:00Z", tuple: "a list of texts", str: "a text in quotes"}[kind]
    raise SettingsError(f"{path}: the field {name} must be {wanted}")
