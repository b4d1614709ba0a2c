"""The options that several commands share."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from tracker.cli.output import Format
from tracker.errors import TrackerError

HomeOption = Annotated[
    Path | None,
    typer.Option(
        "--home", metavar="FOLDER", help="The tracker's folder; TRACKER_HOME or the platform's own otherwise."
    ),
]
CaseOption = Annotated[
    str | None,
    typer.Option("--case", metavar="NAME", help="The case; may be left out when there is only one."),
]
FormatOption = Annotated[
    Format,
    typer.Option("--format", help="table for people; json (one object a line) and csv for programs."),
]


def parse_time(text: str, option: str) -> datetime:
    """Read a date, a time or an age such as 7d as a UTC time; TrackerError names the option."""
    age = text[:-1]
    if text[-1:] in {"d", "h"} and age.isdigit():
        return datetime.now(UTC) - (timedelta(days=int(age)) if text.endswith("d") else timedelta(hours=int(age)))
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise TrackerError(
            f"{option}: {text!r} is no date, time or age; write 2026-11-28, 2026-11-28T09:45Z or 7d"
        ) from None
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
