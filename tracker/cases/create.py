"""Making a case from its leaked tables, and adding tables to one: wholly or not at all."""

import dataclasses
import shutil
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from fingerprints.build import Fingerprints, LeakTable, build, extend
from fingerprints.index.file import write_fingerprints
from fingerprints.keys import CaseIds, MatchKey, OwnerIdentity, OwnerRecipient
from pipelines.inspection import keyed_digest
from tracker.cases.case import Case, load_case, save_case
from tracker.cases.desk import FINGERPRINTS_FILE, open_fingerprints
from tracker.cases.files import make_private_folder
from tracker.cases.home import Home
from tracker.cases.keyring import load_match_key, save_keys
from tracker.errors import CaseError, disk_error


@dataclasses.dataclass(frozen=True, slots=True)
class Settings:
    """What the responder said about the incident; everything may be empty."""

    contact: str | None = None
    incident_from: datetime | None = None
    incident_until: datetime | None = None
    origin_urls: tuple[str, ...] = ()
    known_good: tuple[Path, ...] = ()
    allow_hosts: tuple[str, ...] = ()


def refuse_existing(home: Home, name: str) -> None:
    """Raise CaseError when a case, or keys of one, have this name already."""
    if home.case_folder(name).exists():
        raise CaseError(f"the case {name} exists already; add a table to it with --add, or choose another name")
    for path in (home.match_key(name), home.owner_identity(name)):
        if path.exists():
            raise CaseError(f"the key {path} exists already; choose another case name or move that file away")


def create_case(home: Home, name: str, tables: Sequence[LeakTable], settings: Settings) -> tuple[Case, Fingerprints]:
    """Fingerprint the tables under new keys and write the case; after any failure nothing of it is left."""
    refuse_existing(home, name)
    key, identity = MatchKey.generate(), OwnerIdentity.generate()
    fingerprints = build(tables, key, identity.recipient())
    case = Case(
        name=name,
        recipient=identity.recipient().to_text(),
        created=datetime.now(UTC).replace(microsecond=0),
        contact=settings.contact,
        incident_from=settings.incident_from,
        incident_until=settings.incident_until,
        origin_urls=settings.origin_urls,
        known_good=_digests(settings.known_good, CaseIds(name, key)),
        allow_hosts=settings.allow_hosts,
        folder=home.case_folder(name),
    )
    _claim(case.folder)
    try:
        save_keys(home, name, key, identity)
        try:
            _write(case.folder / FINGERPRINTS_FILE, fingerprints, key)
            save_case(case)
        except BaseException:
            for path in (home.match_key(name), home.owner_identity(name)):
                path.unlink(missing_ok=True)
            raise
    except BaseException:
        shutil.rmtree(case.folder, ignore_errors=True)
        raise
    return case, fingerprints


def add_tables(home: Home, name: str, tables: Sequence[LeakTable], settings: Settings) -> tuple[Case, Fingerprints]:
    """Add tables to a case's fingerprints; rows fingerprinted before keep their numbers. Settings given are added."""
    case = load_case(home.case_folder(home.choose_case(name)))
    key = load_match_key(home, name)
    before = open_fingerprints(home, name, key)
    fingerprints = extend(before, tables, key, OwnerRecipient.from_text(case.recipient))
    good = _digests(settings.known_good, CaseIds(name, key))
    changed = dataclasses.replace(
        case,
        contact=settings.contact or case.contact,
        incident_from=settings.incident_from or case.incident_from,
        incident_until=settings.incident_until or case.incident_until,
        origin_urls=_union(case.origin_urls, settings.origin_urls),
        known_good=_union(case.known_good, good),
        allow_hosts=_union(case.allow_hosts, settings.allow_hosts),
    )
    _write(case.folder / FINGERPRINTS_FILE, fingerprints, key)
    if changed != case:
        save_case(changed)
    return changed, fingerprints


def _claim(folder: Path) -> None:
    """Make the folder of a new case; of two that make one case at once, the second is refused and harms nothing."""
    make_private_folder(folder.parent)
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        raise CaseError(f"the case {folder.name} exists already, or is being made; choose another name") from None
    except OSError as error:
        raise disk_error(error, f"cannot make the folder {folder}") from None


def _write(path: Path, fingerprints: Fingerprints, key: MatchKey) -> None:
    try:
        write_fingerprints(path, fingerprints, key)
    except OSError as error:
        raise disk_error(error, f"cannot write {path}") from None


def _digests(paths: Sequence[Path], ids: CaseIds) -> tuple[str, ...]:
    digests = []
    for path in paths:
        try:
            digests.append(keyed_digest(ids, path.read_bytes()))
        except OSError as error:
            raise CaseError(f"cannot read the known good file {path}: {error.strerror}") from None
    return tuple(dict.fromkeys(digests))


def _union(before: tuple[str, ...], more: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*before, *more)))
