"""The exit codes of commands that inspect."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from pipelines.items import Verdict

MATCHES_FOUND = 1
NOT_INSPECTED = 3
PARTIAL = 5


def exit_with_verdicts(verdicts: Iterable["Verdict"]) -> None:
    """Exit with 1 when anything matched, with 3 when nothing did but something was not inspected; return otherwise."""
    from pipelines.items import Verdict

    seen = set(verdicts)
    if Verdict.MATCH in seen:
        raise typer.Exit(MATCHES_FOUND)
    if Verdict.NOT_INSPECTED in seen:
        raise typer.Exit(NOT_INSPECTED)
