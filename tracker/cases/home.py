"""Where everything lies: the home holds all but keys, the keys folder holds nothing else."""

import os
import re
from dataclasses import dataclass
from pathlib import Path

from tracker.errors import CaseError

_APP = "republication-tracker"
_CASE_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")


def check_case_name(name: str) -> str:
    """Return `name` when it can name a case's files; otherwise raise CaseError."""
    if not _CASE_NAME.fullmatch(name):
        raise CaseError(
            "a case name is 1 to 64 lower-case letters, digits, dots, dashes or underscores "
            "and begins with a letter or digit, such as spring-2026; it appears in files and on screens"
        )
    return name


@dataclass(frozen=True, slots=True)
class Home:
    """The two folders of the tracker; making this object creates nothing on disk."""

    root: Path
    keys: Path

    @classmethod
    def locate(cls, home: Path | None = None) -> "Home":
        """Find the folders: `home` or TRACKER_HOME, and TRACKER_KEYS; the platform's own folders otherwise."""
        root = home or _from_environment("TRACKER_HOME")
        keys = _from_environment("TRACKER_KEYS")
        if root is None or keys is None:
            import platformdirs

            root = root or platformdirs.user_data_path(_APP)
            keys = keys or platformdirs.user_config_path(_APP) / "keys"
        return cls(root.absolute(), keys.absolute())

    @property
    def store(self) -> Path:
        """The SQLite store of all cases."""
        return self.root / "store.sqlite"

    @property
    def cases(self) -> Path:
        """The folder with one folder a case."""
        return self.root / "cases"

    def case_folder(self, case: str) -> Path:
        """The folder of a case, whether it exists or not."""
        return self.cases / check_case_name(case)

    def match_key(self, case: str) -> Path:
        """The file of a case's match key."""
        return self.keys / f"{case}.match"

    def owner_identity(self, case: str) -> Path:
        """The file of a case's owner identity; a crawl host has none."""
        return self.keys / f"{case}.owner"

    def case_names(self) -> list[str]:
        """Names of the cases here, sorted."""
        if not self.cases.is_dir():
            return []
        return sorted(folder.name for folder in self.cases.iterdir() if (folder / "case.toml").is_file())

    def choose_case(self, name: str | None) -> str:
        """Return the case meant: the named one, or the only one there is."""
        names = self.case_names()
        if name is not None:
            if check_case_name(name) not in names:
                known = f"known cases: {', '.join(names)}" if names else "there is no case yet"
                raise CaseError(f"there is no case {name} in {self.root} ({known})")
            return name
        if not names:
            raise CaseError(f"there is no case in {self.root} yet; make one with: tracker fingerprint LEAK --case NAME")
        if len(names) > 1:
            raise CaseError(f"there are several cases, say which with --case: {', '.join(names)}")
        return names[0]


def _from_environment(variable: str) -> Path | None:
    value = os.environ.get(variable)
    return Path(value).expanduser() if value else None
