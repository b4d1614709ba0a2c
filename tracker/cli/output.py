"""What commands print: tables for people, JSON lines and CSV for programs, messages to stderr."""

import csv
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum

from tracker.cli.printable import printable, spreadsheet_cell

_UNKNOWN_WIDTH = 160


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

    sys.stdout.write(orjson.dumps(line, default=_plain).decode() + "\n")
    sys.stdout.flush()


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
        sys.stdout.write(f"{name:<{width}}  {_cell(value)}\n")


def _print_csv(lines: Iterable[Mapping[str, object]]) -> None:
    writer: csv.DictWriter[str] | None = None
    for line in lines:
        if writer is None:
            writer = csv.DictWriter(sys.stdout, list(line), lineterminator="\n")
            writer.writeheader()
        writer.writerow({name: spreadsheet_cell(_cell(value)) for name, value in line.items()})


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
    Console(file=sys.stdout, width=width, highlight=False).print(table)


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
