"""The same table as documents of many kinds, written by other libraries than those that read them."""

import io
from collections.abc import Sequence

Rows = Sequence[Sequence[str]]


def docx(rows: Rows) -> bytes:
    import docx as library

    document = library.Document()
    document.add_heading("People")
    table = document.add_table(rows=0, cols=len(rows[0]))
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    return _saved(document)


def docx_paragraphs(rows: Rows) -> bytes:
    import docx as library

    document = library.Document()
    document.add_paragraph("A list")
    for row in rows:
        paragraph = document.add_paragraph()
        for cell in row:
            # Word splits words into runs as it likes.
            paragraph.add_run(cell[:3])
            paragraph.add_run(cell[3:]).bold = True
            paragraph.add_run("\t")
    return _saved(document)


def docx_margins(rows: Rows) -> bytes:
    import docx as library

    document = library.Document()
    section = document.sections[0]
    third = len(rows) // 3
    body = document.add_paragraph("x")
    for row in rows[:third]:
        section.header.add_paragraph(", ".join(row))
    for row in rows[third : 2 * third]:
        section.footer.add_paragraph(", ".join(row))
    for row in rows[2 * third :]:
        document.add_comment(body.runs, text=", ".join(row), author="x")
    return _saved(document)


def pptx(rows: Rows) -> bytes:
    import pptx as library
    from pptx.util import Inches

    slides = library.Presentation()
    half = len(rows) // 2
    slide = slides.slides.add_slide(slides.slide_layouts[6])
    table = slide.shapes.add_table(half, len(rows[0]), 0, 0, Inches(8), Inches(5)).table
    for place, row in enumerate(rows[:half]):
        for column, text in enumerate(row):
            table.cell(place, column).text = text
    notes = slide.notes_slide.notes_text_frame
    notes.text = "\n".join("; ".join(row) for row in rows[half:])
    return _saved(slides)


def odt(rows: Rows) -> bytes:
    import odf.opendocument
    import odf.table
    import odf.text

    document = odf.opendocument.OpenDocumentText()
    document.text.addElement(odf.text.H(outlinelevel=1, text="People"))
    document.text.addElement(_odf_table(rows))
    return _saved(document)


def odp(rows: Rows) -> bytes:
    import odf.draw
    import odf.opendocument
    import odf.style
    import odf.text

    document = odf.opendocument.OpenDocumentPresentation()
    layout = odf.style.PageLayout(name="a")
    document.automaticstyles.addElement(layout)
    master = odf.style.MasterPage(name="b", pagelayoutname=layout)
    document.masterstyles.addElement(master)
    page = odf.draw.Page(masterpagename=master)
    document.presentation.addElement(page)
    frame = odf.draw.Frame(width="10cm", height="10cm")
    page.addElement(frame)
    box = odf.draw.TextBox()
    frame.addElement(box)
    for row in rows:
        box.addElement(odf.text.P(text=" - ".join(row)))
    return _saved(document)


def _odf_table(rows: Rows):
    import odf.table
    import odf.text

    table = odf.table.Table(name="people")
    for row in rows:
        line = odf.table.TableRow()
        for text in row:
            cell = odf.table.TableCell(valuetype="string")
            cell.addElement(odf.text.P(text=text))
            line.addElement(cell)
        table.addElement(line)
    return table


def pdf(rows: Rows, *, user: str | None = None, owner: str = "") -> bytes:
    """Return a PDF of wide pages, encrypted when a user password, also an empty one, is given."""
    from reportlab.lib.pagesizes import landscape
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.getFont("Helvetica")
    out = io.BytesIO()
    lock = None if user is None else StandardEncryption(user, owner or "owner", strength=128)
    canvas = Canvas(out, landscape((595, 1400)), encrypt=lock)
    for start in range(0, len(rows), 20):
        for place, row in enumerate(rows[start : start + 20]):
            for column, text in enumerate(row):
                canvas.drawString(30 + 165 * column, 550 - 20 * place, text)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def xls(rows: Rows) -> bytes:
    import xlwt

    book = xlwt.Workbook()
    sheet = book.add_sheet("people")
    for place, row in enumerate(rows):
        for column, text in enumerate(row):
            sheet.write(place, column, text)
    return _saved(book)


def _saved(document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def rtf(rows: Rows) -> bytes:
    """Return RTF as Word writes it; half of the rows stand in a table, the others in the footer."""
    half = len(rows) // 2
    cells = "".join(rf"\cellx{1000 * (place + 1)}" for place in range(len(rows[0])))
    table = "".join(
        rf"\trowd{cells}" + "".join(rf"\pard\intbl {_rtf_text(cell)}\cell" + "\n" for cell in row) + r"\row" + "\n"
        for row in rows[:half]
    )
    footer = "".join(r"\pard " + r"\tab ".join(map(_rtf_text, row)) + r"\par" + "\n" for row in rows[half:])
    text = rf"{{\rtf1\ansi\ansicpg1252\deff0{{\fonttbl{{\f0 Arial;}}}}{{\footer {footer}}}{table}\pard end\par}}"
    return text.encode("ascii")


def _rtf_text(text: str) -> str:
    return "".join(char if char.isascii() else rf"\u{_signed(ord(char))}?" for char in text)


def _signed(code: int) -> int:
    return code - 0x10000 if code >= 0x8000 else code


def eml(rows: Rows) -> bytes:
    """Return a message with rows in its text, in an HTML part, in an attachment and in a forwarded message."""
    from email.message import EmailMessage

    quarter = len(rows) // 4
    parts = [rows[:quarter], rows[quarter : 2 * quarter], rows[2 * quarter : 3 * quarter], rows[3 * quarter :]]
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "Zoë <a@example.org>", "b@example.org", "Liste für Zoë"
    message.set_content(
        _csv(parts[0]), charset="iso-8859-15" if _is_latin(parts[0]) else "utf-8", cte="quoted-printable"
    )
    table = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in parts[1])
    message.add_alternative(f"<html><table>{table}</table></html>", subtype="html", cte="base64")
    message.add_attachment(_csv(parts[2]).encode("utf-16"), maintype="application", subtype="x", filename="ä.bin")
    inner = EmailMessage()
    inner["From"], inner["Subject"] = "c@example.org", "inner"
    inner.set_content(_csv(parts[3]))
    message.add_attachment(inner)
    return message.as_bytes()


def mbox(rows: Rows) -> bytes:
    import mailbox
    import tempfile
    from email.message import EmailMessage
    from pathlib import Path

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "box")
        box = mailbox.mbox(path)
        for row in rows:
            message = EmailMessage()
            message["From"], message["Subject"] = "a@example.org", row[0]
            message.set_content("Hello\n\nFrom now on:\n" + "; ".join(row) + "\n")
            box.add(message)
        box.close()
        return path.read_bytes()


def _is_latin(rows: Rows) -> bool:
    try:
        _csv(rows).encode("iso-8859-15")
    except UnicodeEncodeError:
        return False
    return True


def _csv(rows: Rows) -> str:
    import csv

    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


def vcf(rows: Rows) -> bytes:
    """Return one card for each row: ID, family and given name, birth date, nation, e-mail, place, status."""
    import vobject

    cards = []
    for row in rows:
        card = vobject.vCard()
        card.add("n").value = vobject.vcard.Name(family=row[1], given=row[2])
        card.add("fn").value = f"{row[2]} {row[1]}"
        card.add("bday").value = row[3]
        card.add("note").value = f"{row[0]}, {row[4]}; {row[6]}\n{row[7]} " + "and so on, " * 10
        if row[5]:
            card.add("email").value = row[5]
        cards.append(card.serialize())
    return "".join(cards).encode()


def old_vcf(rows: Rows) -> bytes:
    """Return cards as phones of the version 2.1 wrote them, in quoted-printable."""
    import quopri

    def quoted(text: str) -> str:
        return quopri.encodestring(text.encode(), quotetabs=True).decode().replace(";", "=3B")

    return "".join(
        "BEGIN:VCARD\r\nVERSION:2.1\r\n"
        f"N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:{quoted(row[1])};{quoted(row[2])};;;\r\n"
        f"BDAY:{row[3].replace('-', '')}\r\nEMAIL;INTERNET:{row[5]}\r\n"
        f"X-ID:{row[0]}\r\nEND:VCARD\r\n"
        for row in rows
    ).encode()


def parquet(rows: Rows) -> bytes:
    import fastparquet
    import pandas

    frame = pandas.DataFrame([list(row) for row in rows[1:]], columns=list(rows[0]))
    out = io.BytesIO()
    out.close = lambda: None  # fastparquet closes what it writes to
    fastparquet.write("unused", frame, open_with=lambda *_: out, compression="GZIP", write_index=False)
    return out.getvalue()


def sqlite(rows: Rows, *, mode: str = "DELETE") -> bytes:
    import sqlite3
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "people.db")
        database = sqlite3.connect(path)
        database.execute(f"PRAGMA journal_mode={mode}")
        names = ", ".join(f'"{name}"' for name in rows[0])
        database.execute(f'CREATE TABLE "the ""people""" ({names}, photo)')
        marks = ", ".join("?" * len(rows[0]))
        database.executemany(f'INSERT INTO "the ""people""" VALUES ({marks}, x\'ff00\')', rows[1:])
        database.execute(
            "CREATE VIEW v AS WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x+1 FROM c) SELECT x FROM c"
        )
        database.execute("CREATE VIRTUAL TABLE words USING fts5(a)")
        database.commit()
        database.close()
        return path.read_bytes()


def xml_records(rows: Rows) -> bytes:
    import xml.etree.ElementTree as ElementTree

    root = ElementTree.Element("people")
    for row in rows:
        person = ElementTree.SubElement(root, "person", id=row[0])
        name = ElementTree.SubElement(person, "name")
        ElementTree.SubElement(name, "family").text = row[1]
        ElementTree.SubElement(name, "given").text = row[2]
        for place, text in enumerate(row[3:]):
            ElementTree.SubElement(person, f"field{place}").text = text
    return ElementTree.tostring(root, encoding="utf-16")


def yaml(rows: Rows, *, keyed: bool = False) -> bytes:
    import yaml as library

    people = [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
    data = {person["A-Number"]: {"person": person} for person in people} if keyed else {"people": people}
    return library.safe_dump(data).encode()


def rdf(rows: Rows, form: str) -> bytes:
    import rdflib

    graph = rdflib.Graph()
    space = rdflib.Namespace("http://example.org/people#")
    graph.bind("p", space)
    for row in rows:
        person = space[row[0]]
        for name, text in zip(("family", "given", "born", "nation", "mail", "place", "status"), row[1:], strict=True):
            value = rdflib.URIRef(f"mailto:{text}") if name == "mail" and text else rdflib.Literal(text)
            graph.add((person, space[name], value))
    return graph.serialize(format=form, encoding="utf-8")


def table(rows: Rows, form: str) -> bytes:
    import tabulate

    return tabulate.tabulate(rows[1:], list(rows[0]), tablefmt=form, disable_numparse=True).encode()


def fixed_width(rows: Rows) -> bytes:
    widths = [max(len(row[column]) for row in rows) + 1 for column in range(len(rows[0]))]
    return "\n".join("".join(map(str.ljust, row, widths)) for row in rows).encode()
