"""Writes small XLSX workbooks the way office programs do: shared strings, dates as styled day numbers."""

import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date
from xml.sax.saxutils import escape, quoteattr

Cell = str | int | date
Sheet = tuple[str, Sequence[Sequence[Cell]]]

_DAY_ZERO = date(1899, 12, 30)
_FIRST_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_STYLES = (
    f'<styleSheet xmlns="{_MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="mm/dd/yyyy"/></numFmts>'
    '<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="1"><fill><patternFill patternType="none"/></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf xfId="0"/><xf xfId="0" numFmtId="164" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """Return an XLSX file with these sheets; the same sheets give the same bytes."""
    strings: dict[str, int] = {}
    parts = {
        f"xl/worksheets/sheet{number}.xml": _worksheet(rows, strings) for number, (_, rows) in enumerate(sheets, 1)
    }
    parts |= {
        "xl/sharedStrings.xml": _shared_strings(strings),
        "xl/styles.xml": _STYLES,
        "xl/workbook.xml": _book([name for name, _ in sheets]),
        "xl/_rels/workbook.xml.rels": _book_relations(len(sheets)),
        "_rels/.rels": _relations([("officeDocument", "xl/workbook.xml")]),
        "[Content_Types].xml": _content_types(len(sheets)),
    }
    return archive({name: (_DECLARATION + text).encode() for name, text in reversed(parts.items())})


def archive(members: dict[str, bytes]) -> bytes:
    """Return a ZIP file with these members; the same members give the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            info = zipfile.ZipInfo(name, _FIRST_ZIP_DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            file.writestr(info, data)
    return out.getvalue()


def _worksheet(rows: Sequence[Sequence[Cell]], strings: dict[str, int]) -> str:
    lines = "".join(
        f'<row r="{number}">{"".join(_cells(row, number, strings))}</row>' for number, row in enumerate(rows, 1)
    )
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{lines}</sheetData></worksheet>'


def _cells(row: Sequence[Cell], number: int, strings: dict[str, int]) -> Iterable[str]:
    for column, cell in enumerate(row):
        place = f'r="{chr(ord("A") + column)}{number}"'
        if isinstance(cell, date):
            yield f'<c {place} s="1"><v>{(cell - _DAY_ZERO).days}</v></c>'
        elif isinstance(cell, int):
            yield f"<c {place}><v>{cell}</v></c>"
        elif cell:
            yield f'<c {place} t="s"><v>{strings.setdefault(cell, len(strings))}</v></c>'


def _shared_strings(strings: dict[str, int]) -> str:
    items = "".join(f'<si><t xml:space="preserve">{escape(text)}</t></si>' for text in strings)
    return f'<sst xmlns="{_MAIN}" uniqueCount="{len(strings)}">{items}</sst>'


def _book(names: Sequence[str]) -> str:
    sheets = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{number}" r:id="rId{number}"/>' for number, name in enumerate(names, 1)
    )
    return f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{sheets}</sheets></workbook>'


def _book_relations(count: int) -> str:
    sheets = [("worksheet", f"worksheets/sheet{number}.xml") for number in range(1, count + 1)]
    return _relations([*sheets, ("sharedStrings", "sharedStrings.xml"), ("styles", "styles.xml")])


def _relations(targets: Sequence[tuple[str, str]]) -> str:
    items = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{items}</Relationships>'


def _content_types(count: int) -> str:
    kinds = {"workbook.xml": "sheet.main", "sharedStrings.xml": "sharedStrings", "styles.xml": "styles"}
    kinds |= {f"worksheets/sheet{number}.xml": "worksheet" for number in range(1, count + 1)}
    items = "".join(
        f'<Override PartName="/xl/{part}" ContentType="{_TYPE}.{kind}+xml"/>' for part, kind in kinds.items()
    )
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{items}</Types>'
    )
