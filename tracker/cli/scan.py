"""tracker scan: inspect local files, folders, archives or stdin."""

import os
import stat
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli.exits import exit_with_verdicts
from tracker.cli.findings import finding_fields
from tracker.cli.options import CaseOption, FormatOption, HomeOption
from tracker.cli.output import Format, print_json, print_lines
from tracker.cli.printable import path_text
from tracker.errors import TrackerError

if TYPE_CHECKING:
    from fingerprints.keys import OwnerIdentity
    from pipelines.items import Inspection, PartInspection, Reason
    from tracker.cases.desk import Desk

_SOURCE = "scan"
_COLUMNS = {
    "path": "path",
    "member": "inside",
    "verdict": "verdict",
    "reason": "reason",
    "rows_matched": "rows",
    "coverage": "coverage",
    "columns": "columns",
    "chance_matches": "by chance",
    "confidence": "confidence",
    "matched_rows": "matched rows",
}


@dataclass(frozen=True, slots=True)
class _Found:
    """A path to inspect; `reason` is set when it cannot be opened as a file."""

    path: str
    reason: "Reason | None"


def scan(
    paths: Annotated[list[str], typer.Argument(metavar="PATH", help="Files and folders; - reads from stdin.")],
    *,
    case: CaseOption = None,
    url: Annotated[
        str | None, typer.Option("--url", metavar="URL", help="Where this one file was found: files a sighting there.")
    ] = None,
    reveal_rows: Annotated[
        bool, typer.Option("--reveal-rows", help="Name the matched rows; needs the owner identity.")
    ] = False,
    style: FormatOption = Format.TABLE,
    home: HomeOption = None,
) -> None:
    """Look for the leak in local files and archives.

    Nothing is filed unless --url says where the file was found. Exit code: 0 nothing found, 1 matches found,
    3 something could not be inspected and nothing was found.

    Example: tracker scan ~/Downloads --case spring
    """
    from pipelines.items import RunKind
    from tracker.cases.desk import open_desk
    from tracker.cases.home import Home
    from tracker.cases.keyring import load_owner_identity

    place = Home.locate(home)
    name = place.choose_case(case)
    found = list(_walk(paths))
    filed_at = _filing_url(url, paths)
    identity = load_owner_identity(place, name) if reveal_rows else None
    verdicts = []
    lines = []
    with open_desk(place, name, RunKind.SCAN) as desk:
        for item in found:
            inspection = _inspect(desk, item, filed_at)
            verdicts.append(inspection.verdict)
            for line in _lines(item.path, inspection, desk, identity):
                if style is Format.JSON:
                    print_json(line)
                else:
                    lines.append(line)
    if style is not Format.JSON:
        columns = {field: heading for field, heading in _COLUMNS.items() if reveal_rows or field != "matched_rows"}
        print_lines(lines, style, columns, "nothing to inspect there")
    exit_with_verdicts(verdicts)


def _filing_url(url: str | None, paths: Sequence[str]) -> str | None:
    from pipelines.urls import canonical_url

    if url is None:
        return None
    if len(paths) != 1 or (paths[0] != "-" and Path(paths[0]).is_dir()):
        raise TrackerError("--url says where one file was found; name exactly one file with it")
    try:
        return canonical_url(url)
    except ValueError as error:
        raise TrackerError(f"--url: {error}") from None


def _walk(paths: Sequence[str]) -> Iterator[_Found]:
    """Yield every path that is no folder and no symlink, in sorted order; a folder that cannot be listed too."""
    from pipelines.items import Reason

    for path in paths:
        if path != "-" and not os.path.lexists(path):
            raise TrackerError(f"there is no file or folder {path_text(path)}")
    found: dict[str, Reason | None] = {}
    for path in paths:
        if path == "-" or not Path(path).is_dir():
            found[path] = None
            continue
        for folder, folders, files in os.walk(
            path, onerror=lambda error: found.setdefault(error.filename, Reason.UNREADABLE)
        ):
            folders[:] = [name for name in folders if not (Path(folder) / name).is_symlink()]
            entries = (os.path.join(folder, name) for name in files)  # noqa: PTH118 - keeps undecodable names
            found.update({entry: None for entry in entries if not Path(entry).is_symlink()})
    for path in sorted(found):
        yield _Found(path, found[path])


def _inspect(desk: "Desk", item: _Found, url: str | None) -> "Inspection":
    from pipelines.items import Document, Reason

    now = datetime.now(UTC)
    body: bytes | Reason = item.reason or (_stdin() if item.path == "-" else _body(item.path))
    if isinstance(body, Reason):
        inspection = desk.inspector.not_fetched(source=_SOURCE, at=now, url=url, reason=body)
    else:
        inspection = desk.inspector.inspect(Document(body=body, source=_SOURCE, fetched_at=now, url=url))
    operation = desk.ids.operation(desk.run_id, os.fsencode(item.path).hex())
    desk.store.file(desk.run_id, inspection, desk.ids, operation=operation, who="scan")
    desk.tally.count_inspection(inspection)
    return inspection


def _stdin() -> "bytes | Reason":
    from pipelines.inspection import MAX_BODY
    from pipelines.items import Reason

    body = sys.stdin.buffer.read(MAX_BODY + 1)
    return Reason.TOO_BIG if len(body) > MAX_BODY else body


def _body(path: str) -> "bytes | Reason":
    """Read a regular file; opened without blocking and checked after opening, so that a FIFO cannot hang the scan."""
    from pipelines.inspection import MAX_BODY
    from pipelines.items import Reason

    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | getattr(os, "O_CLOEXEC", 0))
    except OSError:
        with suppress(OSError):
            if not stat.S_ISREG(os.stat(path).st_mode):  # noqa: PTH116 - keeps undecodable names
                return Reason.NOT_A_FILE
        return Reason.UNREADABLE
    with os.fdopen(descriptor, "rb") as file:
        facts = os.fstat(file.fileno())
        if not stat.S_ISREG(facts.st_mode):
            return Reason.NOT_A_FILE
        if facts.st_size > MAX_BODY:
            return Reason.TOO_BIG
        try:
            body = file.read(MAX_BODY + 1)
        except (OSError, MemoryError):
            return Reason.UNREADABLE
    return Reason.TOO_BIG if len(body) > MAX_BODY else body


def _lines(
    path: str, inspection: "Inspection", desk: "Desk", identity: "OwnerIdentity | None"
) -> Iterator[dict[str, object]]:
    """Yield the document's line, unless it is a container that was fully read and had members, and one per member."""
    from fingerprints.keys import unseal_rows

    members = [part for part in inspection.parts if part.member]
    if not (inspection.is_container and members and not inspection.partial and inspection.reason is None):
        sealed = inspection.sealed_rows
        rows = unseal_rows(sealed, identity) if identity and sealed else []
        yield _line(path, None, inspection, desk, identity, rows)
    for part in members:
        yield _line(path, "!/".join(part.member), part, desk, identity, part.rows)


def _line(
    path: str,
    member: str | None,
    seen: "Inspection | PartInspection",
    desk: "Desk",
    identity: "OwnerIdentity | None",
    rows: Sequence[int],
) -> dict[str, object]:
    from tracker.cases.rows import located

    return {
        "path": path_text(path),
        "member": None if member is None else path_text(member.encode("utf-8", "surrogateescape")),
        "verdict": seen.verdict.value,
        "reason": seen.reason.value if seen.reason else None,
        "partial": seen.partial,
        **finding_fields(seen.finding),
        "matched_rows": located(desk.fingerprints, rows, identity) if identity else None,
        "digest": seen.digest,
        "run": desk.run_id,
    }
