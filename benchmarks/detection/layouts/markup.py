"""Pages: HTML tables, cards and lists, XML, BBCode."""

import random
from collections.abc import Callable
from xml.sax.saxutils import escape, quoteattr

from benchmarks.detection.layouts.sheet import Sheet

_PAGE = """<!DOCTYPE html>
<html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>
<style>td {{ padding: 2px }} .card {{ border: 1px solid #ccc }}</style></head>
<body><header><a href="/">Home</a> | <a href="/new">New</a> | <a href="/login">Log in</a></header>
<h1>{title}</h1>
{body}
<footer>Powered by PageThing 2.4.1 &copy; 2022</footer></body></html>
"""


def html_table(sheet: Sheet, draw: random.Random) -> str:
    """An HTML table, tidy or on one line."""
    gap = draw.choice(("\n", "", "\n    "))
    head = gap.join(f"<th>{escape(text)}</th>" for text in sheet.labels)
    rows = gap.join(f"<tr>{gap.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in sheet.rows)
    return _page(sheet, f"<table>{gap}<thead><tr>{head}</tr></thead>{gap}<tbody>{rows}</tbody></table>")


def html_cards(sheet: Sheet, draw: random.Random) -> str:
    """One card for each person, as directories and search results show them."""
    card = draw.choice(_CARDS)
    return _page(sheet, "\n".join(card(sheet.labels, row) for row in sheet.rows))


def html_list(sheet: Sheet, draw: random.Random) -> str:
    """A list with one item for each person, or lines parted by <br>."""
    mark = draw.choice((", ", " – ", " · ", " | "))
    lines = [escape(mark.join(cell for cell in row if cell)) for row in sheet.rows]
    if draw.random() < 0.5:
        return _page(sheet, "<ol>\n" + "\n".join(f"<li>{line}</li>" for line in lines) + "\n</ol>")
    return _page(sheet, "<p>" + "<br>\n".join(lines) + "</p>")


def html_pre(sheet: Sheet, draw: random.Random) -> str:
    """A paste site's page: the text in <pre> or <textarea>."""
    text = escape("\n".join("\t".join(row) for row in [sheet.labels, *sheet.rows]))
    tag = draw.choice(("pre", "textarea", "code"))
    return _page(sheet, f"<{tag}>{text}</{tag}>")


def xml_elements(sheet: Sheet, draw: random.Random) -> str:
    """XML with one element for each cell."""
    row_tag, gap = draw.choice(("row", "record", "person", "item")), draw.choice(("", "\n  "))
    names = [_tag(text) for text in sheet.labels]
    rows = "\n".join(
        f"<{row_tag}>{gap}{gap.join(f'<{name}>{escape(cell)}</{name}>' for name, cell in zip(names, row, strict=True))}"
        f"</{row_tag}>"
        for row in sheet.rows
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<data>\n{rows}\n</data>\n'


def xml_attributes(sheet: Sheet, draw: random.Random) -> str:
    """XML with one attribute for each cell."""
    row_tag, names = draw.choice(("row", "record", "person")), [_tag(text) for text in sheet.labels]
    rows = "\n".join(
        f"  <{row_tag} {' '.join(f'{name}={quoteattr(cell)}' for name, cell in zip(names, row, strict=True))}/>"
        for row in sheet.rows
    )
    return f'<?xml version="1.0"?>\n<{row_tag}s>\n{rows}\n</{row_tag}s>\n'


def bbcode(sheet: Sheet, draw: random.Random) -> str:
    """A forum post with a BBCode table or list."""
    if draw.random() < 0.5:
        rows = "\n".join(f"[tr]{''.join(f'[td]{cell}[/td]' for cell in row)}[/tr]" for row in sheet.rows)
        return f"[b]{sheet.title}[/b]\n[table]\n{rows}\n[/table]\n"
    return f"[b]{sheet.title}[/b]\n[list]\n" + "\n".join(f"[*]{', '.join(row)}" for row in sheet.rows) + "\n[/list]\n"


def _definition_card(labels: tuple[str, ...], row: tuple[str, ...]) -> str:
    items = "".join(f"<dt>{escape(text)}</dt><dd>{escape(cell)}</dd>\n" for text, cell in zip(labels, row, strict=True))
    return f"<dl>\n{items}</dl>"


def _headed_card(labels: tuple[str, ...], row: tuple[str, ...]) -> str:
    items = "\n".join(
        f"<p><b>{escape(text)}:</b> {escape(cell)}</p>" for text, cell in zip(labels[1:], row[1:], strict=True)
    )
    return f'<div class="card"><h3>{escape(row[0])}</h3>\n{items}</div>'


def _plain_card(labels: tuple[str, ...], row: tuple[str, ...]) -> str:
    return '<section class="card">' + "".join(f"<div>{escape(cell)}</div>" for cell in row if cell) + "</section>"


def _span_card(labels: tuple[str, ...], row: tuple[str, ...]) -> str:
    spans = "".join(f'<span class="{_tag(text)}">{escape(cell)}</span>' for text, cell in zip(labels, row, strict=True))
    return f'<li class="person">{spans}</li>'


_CARDS: tuple[Callable[[tuple[str, ...], tuple[str, ...]], str], ...] = (
    _definition_card, _headed_card, _plain_card, _span_card,
)  # fmt: skip


def _page(sheet: Sheet, body: str) -> str:
    return _PAGE.format(language=sheet.language, title=escape(sheet.title), body=body)


def _tag(text: str) -> str:
    tag = "".join(letter if letter.isalnum() else "_" for letter in text).strip("_")
    return tag if tag and not tag[0].isdigit() else f"f{tag}"
