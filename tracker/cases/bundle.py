"""A case as one file sealed with a passphrase, so that one dead laptop does not end it.

The file is an age file (passphrase recipient, scrypt) around a ZIP with fixed member names.
"""

import io
import zipfile
from pathlib import Path

from fingerprints.keys import MatchKey, OwnerIdentity
from pipelines.storing.base import Store
from tracker.cases.case import FILE_NAME as CASE_FILE
from tracker.cases.desk import FINGERPRINTS_FILE, SOURCES_FILE
from tracker.cases.files import make_private_folder, write_private
from tracker.cases.home import Home, check_case_name
from tracker.cases.keyring import save_keys
from tracker.errors import CaseError

_NAME, _MATCH, _OWNER, _HISTORY = "name", "match.key", "owner.key", "history"
_MEMBERS = frozenset({_NAME, CASE_FILE, SOURCES_FILE, FINGERPRINTS_FILE, _MATCH, _OWNER, _HISTORY})
_SHORTEST_PASSPHRASE = 12


def export_case(home: Home, store: Store, case: str, target: Path, passphrase: str, *, for_crawl: bool) -> list[str]:
    """Write the sealed export of a case and return what is in it; an existing file is never overwritten.

    `for_crawl` leaves out the owner identity and the history: a crawl host matches and seals, and opens nothing.
    """
    import pyrage

    if len(passphrase) < _SHORTEST_PASSPHRASE:
        raise CaseError(
            f"the passphrase must have at least {_SHORTEST_PASSPHRASE} characters: it guards the whole case"
        )
    if target.exists():
        raise CaseError(f"{target} exists already; choose another name with -o")
    folder = home.case_folder(case)
    members: dict[str, bytes] = {_NAME: case.encode()}
    for name in (CASE_FILE, SOURCES_FILE, FINGERPRINTS_FILE):
        if (folder / name).exists():
            members[name] = (folder / name).read_bytes()
    members[_MATCH] = _key_bytes(home.match_key(case), "match key")
    if not for_crawl:
        if home.owner_identity(case).exists():
            members[_OWNER] = home.owner_identity(case).read_bytes()
        members[_HISTORY] = store.export_case(case)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    sealed = pyrage.passphrase.encrypt(buffer.getvalue(), passphrase)
    try:
        write_private(target, sealed, replace=False)
    except FileExistsError:
        raise CaseError(f"{target} exists already; choose another name with -o") from None
    return sorted(members.keys() - {_NAME})


def import_case(home: Home, store: Store, source: Path, passphrase: str) -> str:
    """Bring an exported case into this home and return its name; nothing is written unless everything is there."""
    members = _open(source, passphrase)
    try:
        case = check_case_name(members[_NAME].decode("ascii"))
        key = MatchKey.from_text(members[_MATCH].decode("ascii"))
        identity = OwnerIdentity.from_text(members[_OWNER].decode("ascii")) if _OWNER in members else None
        settings, fingerprints = members[CASE_FILE], members[FINGERPRINTS_FILE]
    except (KeyError, UnicodeDecodeError):
        raise CaseError(f"{source} is no complete export of a case; make it again with: tracker case export") from None
    folder = home.case_folder(case)
    if folder.exists():
        raise CaseError(f"the case {case} exists already in {home.root}; nothing was imported")
    save_keys(home, case, key, identity)
    if _HISTORY in members:
        store.import_case(members[_HISTORY])
    make_private_folder(folder)
    if SOURCES_FILE in members:
        write_private(folder / SOURCES_FILE, members[SOURCES_FILE])
    write_private(folder / FINGERPRINTS_FILE, fingerprints)
    write_private(folder / CASE_FILE, settings)
    return case


def _key_bytes(path: Path, what: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CaseError(f"cannot read the {what} {path}: {error.strerror}") from None


def _open(source: Path, passphrase: str) -> dict[str, bytes]:
    import pyrage

    try:
        sealed = source.read_bytes()
    except OSError as error:
        raise CaseError(f"cannot read {source}: {error.strerror}") from None
    try:
        content = pyrage.passphrase.decrypt(sealed, passphrase)
    except (pyrage.DecryptError, ValueError):
        raise CaseError(f"{source} does not open: the passphrase is wrong, or it is no (complete) export") from None
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return {name: archive.read(name) for name in archive.namelist() if name in _MEMBERS}
    except (zipfile.BadZipFile, OSError):
        raise CaseError(f"{source} is an age file, but no export of a case") from None
