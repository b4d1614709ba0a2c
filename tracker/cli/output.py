"""What commands print: tables for people, JSON lines and CSV for programs, messages to stderr."""

import csv
import io
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum

from tracker.cli.printable import printable, spreadsheet_cell

_UNKNOWN_WIDTH = 250
_READER_GONE = 141


class Format(StrEnum):
    """How a listing is printed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


def say(message: str) -> None:
    """Print a message or progress line to stderr; stdout belongs to results."""
    sys.stderr.write(f"{message}\n")
    sys.stderr.flush()


def print_json(line: Mapping[str, object]) -> None:
    """Print one object as one JSON line."""
    import orjson

    _write(orjson.dumps(line, default=_plain, option=orjson.OPT_PASSTHROUGH_DATETIME).decode() + "\n")


def print_lines(lines: Iterable[Mapping[str, object]], style: Format, columns: Mapping[str, str], empty: str) -> None:
    """Print a listing: `columns` maps each line's fields to table headings; `empty` is said when there is nothing."""
    if style is Format.JSON:
        for line in lines:
            print_json(line)
    elif style is Format.CSV:
        _print_csv(lines)
    else:
        _print_table(list(lines), columns, empty)


def print_facts(facts: Mapping[str, object]) -> None:
    """Print one thing's facts, a line each, names aligned."""
    width = max(len(name) for name in facts)
    for name, value in facts.items():
        _write(f"{name:<{width}}  {_cell(value)}\n")


def _print_csv(lines: Iterable[Mapping[str, object]]) -> None:
    for number, line in enumerate(lines):
        if number == 0:
            _write(_csv_row(list(line)))
        _write(_csv_row([spreadsheet_cell(_cell(value)) for value in line.values()]))


def _csv_row(cells: Sequence[object]) -> str:
    row = io.StringIO()
    csv.writer(row, lineterminator="\n").writerow(cells)
    return row.getvalue()


def _print_table(lines: Sequence[Mapping[str, object]], columns: Mapping[str, str], empty: str) -> None:
    if not lines:
        say(empty)
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in columns.values():
        table.add_column(heading, overflow="fold")
    for line in lines:
        table.add_row(*(Text(_cell(line.get(name))) for name in columns))
    width = None if sys.stdout.isatty() else _UNKNOWN_WIDTH
    console = Console(file=sys.stdout, width=width, highlight=False)
    with console.capture() as captured:
        console.print(table)
    _write(captured.get())


def _write(text: str) -> None:
    """Write to stdout at once; when the reader has gone away (such as `| head`) the command ends quietly."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        import typer

        # Pointed elsewhere, so that closing stdout at exit cannot fail once more.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(_READER_GONE) from None


def _cell(value: object) -> str:
    if value is None:
        return "-"
    if isinstance(value, float):
        return f"{value:.4g}"
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%SZ")
    if isinstance(value, list | tuple):
        return ", ".join(_cell(item) for item in value)
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {_cell(item)}" for name, item in value.items())
    return printable(str(value))


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%S.") + f"{value.microsecond // 1000:03d}Z"
    raise TypeError(type(value).__name__)
