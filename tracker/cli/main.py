"""The command line: every command of the house under one name, and every error as one sentence."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli import cases, runs, sources
from tracker.cli.check import check
from tracker.cli.crawl import crawl
from tracker.cli.demo import demo
from tracker.cli.doctor import doctor
from tracker.cli.fingerprint import fingerprint
from tracker.cli.hardening import forbid_core_dumps
from tracker.cli.output import say
from tracker.cli.printable import printable
from tracker.cli.scan import scan
from tracker.cli.search import search, show

if TYPE_CHECKING:
    from typer.exceptions import TyperException

_INTERNAL_ERROR = 70
_INTERRUPTED = 130

app = typer.Typer(
    name="tracker",
    help="Find where a leaked table of people was published again, and see each copy through to its removal.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    add_completion=False,
)
for command in (fingerprint, scan, check, crawl, search, show, doctor, demo):
    app.command()(command)
app.add_typer(runs.app, name="run")
app.add_typer(cases.app, name="case")
app.add_typer(sources.app, name="source")


def _print_version(wanted: bool) -> None:  # noqa: FBT001 - the form that typer calls
    if wanted:
        from importlib.metadata import version

        typer.echo(f"tracker {version('republication-tracker')}")
        raise typer.Exit


@app.callback()
def _options(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Say which version this is.")
    ] = False,
) -> None:
    pass


def run() -> None:
    """Run the command line; exits with the codes of each command, and never with a traceback.

    An unexpected error is told by its class and place alone: its text could quote what was being read.
    """
    forbid_core_dumps()
    try:
        code = app(standalone_mode=False)
    except (KeyboardInterrupt, typer.Abort):
        say("interrupted; what was filed until now stays filed")
        code = _INTERRUPTED
    except Exception as error:  # noqa: BLE001 - the outermost handler
        code = _explain(error)
    sys.exit(code if isinstance(code, int) else 0)


def _explain(error: Exception) -> int:
    from typer.exceptions import TyperException

    from tracker.errors import EXPECTED, exit_code_of

    if isinstance(error, TyperException):
        return _explain_usage(error)
    if isinstance(error, EXPECTED):
        say(f"tracker: {printable(str(error))}")
        return exit_code_of(error)
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    where = f"{place.tb_frame.f_globals.get('__name__')}:{place.tb_lineno}" if place else "unknown place"
    say(f"tracker: internal error, please report it: {type(error).__name__} at {where}")
    return _INTERNAL_ERROR


def _explain_usage(error: "TyperException") -> int:
    context = getattr(error, "ctx", None)
    if context is not None:
        say(context.get_help() if type(error).__name__ == "NoArgsIsHelpError" else context.get_usage())
    if type(error).__name__ != "NoArgsIsHelpError":
        say(f"tracker: {printable(error.format_message())}")
    return 2


if __name__ == "__main__":
    run()
