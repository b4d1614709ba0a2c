"""The keys of a case: files of mode 0600 in a folder of their own."""

from pathlib import Path

from fingerprints.errors import KeyMaterialError
from fingerprints.keys import MatchKey, OwnerIdentity
from tracker.cases.files import make_private_folder, write_private
from tracker.cases.home import Home
from tracker.errors import CaseError


def load_match_key(home: Home, case: str) -> MatchKey:
    """Read the match key of a case; KeyMaterialError says where it should lie when it is missing or malformed."""
    path = home.match_key(case)
    return MatchKey.from_text(_read(path, f"the match key of case {case}"))


def load_owner_identity(home: Home, case: str) -> OwnerIdentity:
    """Read the owner identity of a case, which only commands that open sealed rows need."""
    path = home.owner_identity(case)
    return OwnerIdentity.from_text(_read(path, f"the owner identity of case {case}, which opens sealed rows,"))


def save_keys(home: Home, case: str, key: MatchKey, identity: OwnerIdentity | None) -> None:
    """Write the keys of a new case; existing keys are never overwritten: they may be the only ones that fit."""
    make_private_folder(home.keys)
    wanted = [(home.match_key(case), key.to_text())]
    if identity is not None:
        wanted.append((home.owner_identity(case), identity.to_text()))
    for path, _ in wanted:
        if path.exists():
            raise CaseError(f"the key {path} exists already; choose another case name or move that file away")
    written: list[Path] = []
    try:
        for path, text in wanted:
            write_private(path, text.encode(), replace=False)
            written.append(path)
    except BaseException as error:
        for path in written:
            path.unlink(missing_ok=True)
        if isinstance(error, FileExistsError):
            raise CaseError(f"a key of case {case} exists already in {home.keys}; choose another case name") from None
        raise


def _read(path: Path, what: str) -> str:
    try:
        return path.read_text(encoding="ascii")
    except FileNotFoundError:
        raise KeyMaterialError(f"{what} is missing: {path}; copy it there or set TRACKER_KEYS to its folder") from None
    except OSError as error:
        raise KeyMaterialError(f"{what} cannot be read: {path}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise KeyMaterialError(f"{what} is damaged: {path}") from None
