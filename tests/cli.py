"""Runs the real command line in a process of its own, in folders of its own."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# Root may read and write everything, so that permission tests would prove nothing: it runs them without that power,
# as itself, because the interpreter may lie where no other user can reach it.
PLAIN_USER = ("setpriv", "--bounding-set", "-dac_override,-dac_read_search") if os.geteuid() == 0 else ()


@dataclass(frozen=True)
class Result:
    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]


class Tracker:
    """One installation: its home, its keys, and everything the commands could write to besides."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.home, self.keys, self.work = folder / "home", folder / "keys", folder / "work"
        self.work.mkdir(parents=True, exist_ok=True)

    def environment(self, **more: str) -> dict[str, str]:
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(self.folder / "user"),
            "TMPDIR": str(self.folder / "tmp"),
            "TRACKER_HOME": str(self.home),
            "TRACKER_KEYS": str(self.keys),
            "LANG": "C.UTF-8",
            **more,
        }

    def run(
        self, *args: str | Path, stdin: bytes = b"", unprivileged: bool = False, timeout: float = 120, **more: str
    ) -> Result:
        done = subprocess.run(
            [*(PLAIN_USER if unprivileged else ()), sys.executable, "-W", "error", "-m", "tracker", *map(str, args)],
            input=stdin,
            capture_output=True,
            cwd=self.work,
            env=self.environment(**more),
            timeout=timeout,
            check=False,
        )
        result = Result(done.returncode, done.stdout.decode(), done.stderr.decode())
        assert "Traceback" not in result.err, result.err
        return result

    def ok(self, *args: str | Path, code: int = 0, **more: Any) -> Result:
        result = self.run(*args, **more)
        assert result.code == code, (args, result)
        return result

    def copy(self, folder: Path) -> "Tracker":
        shutil.copytree(self.folder, folder, dirs_exist_ok=True)
        return Tracker(folder)


def refused(result: Result, code: int, *words: str) -> None:
    """One sentence on stderr with these words, and the right exit code."""
    assert result.code == code, result
    said = [line for line in result.err.splitlines() if line.startswith("tracker: ")]
    assert len(said) == 1, result.err
    for word in words:
        assert word in said[0], (word, said)


def write_csv(path: Path, header: Sequence[str] | None, rows: Sequence[Sequence[str]]) -> Path:
    import csv

    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        if header:
            writer.writerow(header)
        writer.writerows(rows)
    return path
