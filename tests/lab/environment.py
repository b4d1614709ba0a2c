"""The lab's own virtual environment, which holds the paste sites that the tests start.

Run `python -m tests.lab.environment` to make it (again and again: it does nothing when all is there). The environment
variable TRACKER_LAB_VENV names another place than `.venv-lab` at the top of the project.
"""

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

PASTTLE = "pasttle==0.10.0"
_TOP = Path(__file__).resolve().parents[2]
_REQUIREMENTS = Path(__file__).with_name("requirements.txt")


def lab_folder() -> Path:
    """Where the environment lies, whether it exists or not."""
    return Path(os.environ.get("TRACKER_LAB_VENV") or _TOP / ".venv-lab")


def lab_python() -> Path:
    """The environment's interpreter."""
    return lab_folder() / "bin" / "python"


def is_ready() -> bool:
    """Say whether the environment is there, with what the requirements ask for today."""
    stamp = lab_folder() / ".ready"
    return lab_python().exists() and stamp.is_file() and stamp.read_text() == _wanted()


def make() -> None:
    """Make the environment, or bring it up to date."""
    if is_ready():
        (lab_folder() / ".ready").touch()
        return
    venv.EnvBuilder(with_pip=True, clear=True).create(lab_folder())
    pip = [str(lab_python()), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    # setuptools must be the old one before SQLAlchemy and pasttle are built from their sources.
    subprocess.run([*pip, "setuptools<58", "wheel"], check=True)
    subprocess.run([*pip, "--no-build-isolation", "-r", str(_REQUIREMENTS)], check=True)
    subprocess.run([*pip, "--no-build-isolation", "--no-deps", PASTTLE], check=True)
    (lab_folder() / ".ready").write_text(_wanted())


def _wanted() -> str:
    version = ".".join(map(str, sys.version_info[:2]))
    return hashlib.sha256(_REQUIREMENTS.read_bytes() + f"{PASTTLE} {version}".encode()).hexdigest()


if __name__ == "__main__":
    make()
