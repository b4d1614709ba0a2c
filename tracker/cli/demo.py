"""tracker demo: one made-up incident, played on real servers on this machine."""

from pathlib import Path
from typing import Annotated

import typer


def demo(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where everything the demo writes goes.")] = Path(
        "demo-incident"
    ),
) -> None:
    """Play one made-up incident on real local servers.

    Example: tracker demo
    """
    from tracker.demo.play import play

    raise typer.Exit(play(folder.absolute()))
