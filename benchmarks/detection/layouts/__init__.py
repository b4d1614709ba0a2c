"""Every layout in which the benchmark writes a sheet, and the bytes that a file or page of it has."""

import random
from collections.abc import Callable
from dataclasses import dataclass

from benchmarks.detection.layouts import data, delimited, markup, prose, text
from benchmarks.detection.layouts.sheet import Sheet
from tracker.demo.workbook import archive, workbook

Write = Callable[[Sheet, random.Random], str]


@dataclass(frozen=True, slots=True)
class Layout:
    """How to write a sheet; lines of a `is_plain` one may be cut, a `is_file` one is kept in several encodings."""

    key: str
    write: Write
    is_plain: bool = False
    is_file: bool = False


LAYOUTS = (
    Layout("CSV", delimited.comma, is_file=True),
    Layout("TSV", delimited.tab, is_file=True),
    Layout("semicolons", delimited.semicolon, is_file=True),
    Layout("pipes", delimited.pipe, is_plain=True),
    Layout("fixed width", delimited.fixed_width, is_plain=True, is_file=True),
    Layout("Markdown table", delimited.markdown),
    Layout("ASCII table", delimited.ascii_table),
    Layout("wiki table", delimited.wiki_table),
    Layout("LaTeX table", delimited.latex),
    Layout("colon list", delimited.combo, is_plain=True),
    Layout("HTML table", markup.html_table),
    Layout("HTML cards", markup.html_cards),
    Layout("HTML list", markup.html_list),
    Layout("HTML pre", markup.html_pre),
    Layout("XML elements", markup.xml_elements),
    Layout("XML attributes", markup.xml_attributes),
    Layout("BBCode", markup.bbcode),
    Layout("JSON", data.json_array),
    Layout("JSON lines", data.json_lines),
    Layout("nested JSON", data.json_nested),
    Layout("JSON by column", data.json_columns),
    Layout("YAML", data.yaml),
    Layout("SQL", data.sql_inserts),
    Layout("Turtle", data.turtle),
    Layout("INI", data.ini),
    Layout("vCard", data.vcard),
    Layout("program text", data.program_text),
    Layout("blocks", text.blocks, is_plain=True),
    Layout("field a line", text.field_a_line),
    Layout("PDF text, rows", text.printed_rows, is_plain=True),
    Layout("PDF text, columns", text.printed_columns),
    Layout("mail", text.mail),
    Layout("quoted mail", text.quoted_mail),
    Layout("log", text.log, is_plain=True),
    Layout("chat", text.chat, is_plain=True),
    Layout("bullets", text.bullets, is_plain=True),
    Layout("prose", prose.prose, is_plain=True),
)
WORKBOOK, ZIPPED = "XLSX", "zipped CSV"
BINARY = (WORKBOOK, ZIPPED)
_ABOUT_PEOPLE = ("vCard", "prose", "mail", "quoted mail", "nested JSON")
_BY_KEY = {layout.key: layout for layout in LAYOUTS}


def layout(key: str) -> Layout | None:
    """Return the layout of that key, None for the binary ones."""
    return _BY_KEY.get(key)


def choose_table_layout(draw: random.Random) -> str:
    """Return a layout that shows any columns, not only those of people."""
    return draw.choice([one.key for one in LAYOUTS if one.key not in _ABOUT_PEOPLE])


def write_sheet(
    sheet: Sheet, key: str, draw: random.Random, cut: Callable[[str, random.Random], str] | None = None
) -> bytes:
    """Return the bytes of a document that shows the sheet; `cut` is done to finished text."""
    if key == WORKBOOK:
        return workbook([("Sheet1", [sheet.labels, *sheet.rows])])
    if key == ZIPPED:
        return archive({"README.txt": b"see the table\n", "export/list.csv": delimited.comma(sheet, draw).encode()})
    chosen = _BY_KEY[key]
    written = chosen.write(sheet, draw)
    if cut:
        written = cut(written, draw)
    return encode(written, draw) if chosen.is_file else written.encode()


def encode(written: str, draw: random.Random) -> bytes:
    """Encode as files are: mostly UTF-8, some with a mark, some in UTF-16 or in what older office programs use."""
    encoding = draw.choices(("utf-8", "utf-8-sig", "utf-16", "cp1252"), (80, 8, 5, 7))[0]
    try:
        return written.encode(encoding)
    except UnicodeEncodeError:
        return written.encode()
