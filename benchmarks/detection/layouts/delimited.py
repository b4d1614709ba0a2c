"""Tables in plain text: delimited, fixed width, drawn with lines."""

import csv
import io
import random

from benchmarks.detection.layouts.sheet import Sheet


def comma(sheet: Sheet, draw: random.Random) -> str:
    """CSV with quotes where needed, everywhere, or doubled line ends."""
    return _delimited(sheet, draw, ",")


def tab(sheet: Sheet, draw: random.Random) -> str:
    """TSV without quotes."""
    return _delimited(sheet, draw, "\t")


def semicolon(sheet: Sheet, draw: random.Random) -> str:
    """CSV as European office programs write it."""
    return _delimited(sheet, draw, ";")


def pipe(sheet: Sheet, draw: random.Random) -> str:
    """Cells between pipes, with or without spaces around them."""
    gap = draw.choice(("|", " | "))
    lines = [gap.join(cells) for cells in _with_header(sheet, draw)]
    return "\n".join(lines) + "\n"


def fixed_width(sheet: Sheet, draw: random.Random) -> str:
    """Columns padded with spaces, as reports and terminals show them."""
    gap = " " * draw.choice((1, 2, 3))
    widths = sheet.widths()
    lines = [_padded(cells, widths, gap) for cells in _with_header(sheet, draw)]
    if draw.random() < 0.4:
        lines.insert(1, gap.join("-" * width for width in widths))
    return "\n".join(lines) + "\n"


def markdown(sheet: Sheet, draw: random.Random) -> str:
    """A Markdown table."""
    rule = draw.choice(("---", ":--", ":-:"))
    lines = [f"| {' | '.join(cells)} |" for cells in [sheet.labels, *sheet.rows]]
    lines.insert(1, f"|{'|'.join(rule for _ in sheet.fields)}|")
    head = f"# {sheet.title}\n\n" if draw.random() < 0.5 else ""
    return head + "\n".join(lines) + "\n"


def ascii_table(sheet: Sheet, draw: random.Random) -> str:
    """A table drawn with +-| as data base shells print it, or with box characters."""
    left, middle, right, line, bar = draw.choice(("+++-|", "└┴┘─│", "   -|"))
    widths = sheet.widths()
    rule = left + middle.join(line * (width + 2) for width in widths) + right
    body = [f"{bar} {_padded(cells, widths, f' {bar} ')} {bar}" for cells in [sheet.labels, *sheet.rows]]
    count = f"\n({len(sheet.rows)} rows)" if draw.random() < 0.5 else ""
    return "\n".join([rule, body[0], rule, *body[1:], rule]) + count + "\n"


def wiki_table(sheet: Sheet, draw: random.Random) -> str:
    """A table of a wiki."""
    if draw.random() < 0.5:
        rows = "\n".join("|-\n| " + " || ".join(cells) for cells in sheet.rows)
        return f'{{| class="wikitable"\n! {" !! ".join(sheet.labels)}\n{rows}\n|}}\n'
    return "\n".join([f"||{'||'.join(sheet.labels)}||", *(f"|{'|'.join(cells)}|" for cells in sheet.rows)]) + "\n"


def latex(sheet: Sheet, draw: random.Random) -> str:
    """A LaTeX tabular."""
    rule = draw.choice((r"\hline", r"\midrule"))
    rows = "\n".join(" & ".join(cells) + r" \\" for cells in [sheet.labels, *sheet.rows])
    return f"\\begin{{tabular}}{{{'l' * len(sheet.fields)}}}\n{rule}\n{rows}\n{rule}\n\\end{{tabular}}\n"


def combo(sheet: Sheet, draw: random.Random) -> str:
    """Values strung together by colons, as credential lists are."""
    mark = draw.choice((":", " : ", " - ", " / "))
    return "\n".join(mark.join(cell for cell in row if cell) for row in sheet.rows) + "\n"


def _delimited(sheet: Sheet, draw: random.Random, delimiter: str) -> str:
    out = io.StringIO()
    quoting = draw.choice((csv.QUOTE_MINIMAL, csv.QUOTE_MINIMAL, csv.QUOTE_ALL))
    writer = csv.writer(out, delimiter=delimiter, quoting=quoting, lineterminator=draw.choice(("\n", "\r\n")))
    writer.writerows(_with_header(sheet, draw))
    return out.getvalue()


def _with_header(sheet: Sheet, draw: random.Random) -> list[tuple[str, ...]]:
    return [sheet.labels, *sheet.rows] if draw.random() < 0.8 else list(sheet.rows)


def _padded(cells: tuple[str, ...], widths: list[int], gap: str) -> str:
    return gap.join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()
