"""Writing the few files of a case: whole or not at all, for the owner's eyes only."""

import contextlib
import os
import secrets
from pathlib import Path

from tracker.errors import disk_error


def make_private_folder(folder: Path) -> None:
    """Create a folder and its parents with mode 0700; an existing folder is left as it is."""
    try:
        for place in (*reversed(folder.parents), folder):
            # Not `parents=True`: it gives the parents the mode of the umask.
            place.mkdir(exist_ok=True, mode=0o700)
    except OSError as error:
        raise disk_error(error, f"cannot make the folder {folder}") from None


def write_private(path: Path, content: bytes, *, replace: bool = True) -> None:
    """Write a file with mode 0600 so that after a crash it is there wholly or not at all.

    With `replace=False` an existing file raises FileExistsError and stays untouched.
    """
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if replace:
            temporary.replace(path)
        else:
            os.link(temporary, path)
    except FileExistsError:
        raise
    except OSError as error:
        raise disk_error(error, f"cannot write {path}") from None
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink()
