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
