"""tracker doctor: is everything as it should be?"""

import dataclasses

import typer

from tracker.cli.options import FormatOption, HomeOption
from tracker.cli.output import Format, print_lines

_ERRORS_FOUND = 2
_COLUMNS = {"level": "", "subject": "what", "text": "finding"}


def doctor(*, style: FormatOption = Format.TABLE, home: HomeOption = None) -> None:
    """Say what is not as it should be.

    Looks at folders, keys, the store, the reading worker and every case. Exit code: 0 when nothing is broken
    (warnings aside), 2 otherwise.

    Example: tracker doctor
    """
    from tracker.cases.checkup import Level, checkup
    from tracker.cases.home import Home

    findings = list(checkup(Home.locate(home)))
    print_lines([dataclasses.asdict(finding) for finding in findings], style, _COLUMNS, "nothing to look at")
    if any(finding.level is Level.ERROR for finding in findings):
        raise typer.Exit(_ERRORS_FOUND)
