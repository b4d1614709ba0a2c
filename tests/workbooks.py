"""Workbooks that no library writes: binary ones by hand, and those with macros."""

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence

Rows = Sequence[Sequence[str]]
_MAIN = "http://schemas.openxmlformats.org"
_KIND = "application/vnd.ms-excel"
_TYPES = (
    f'<Types xmlns="{_MAIN}/package/2006/content-types">'
    f'<Default Extension="bin" ContentType="{_KIND}.sheet.binary.macroEnabled.main"/>'
    f'<Override PartName="/xl/worksheets/sheet1.bin" ContentType="{_KIND}.worksheet"/></Types>'
)
_LINKS = (
    f'<Relationships xmlns="{_MAIN}/package/2006/relationships"><Relationship Id="rId1" '
    f'Type="{_MAIN}/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.bin"/></Relationships>'
)


def xlsb(rows: Rows) -> bytes:
    return binary_workbook({(y, x): text for y, row in enumerate(rows) for x, text in enumerate(row)})


def binary_workbook(cells: Mapping[tuple[int, int], str]) -> bytes:
    """Return an XLSB as MS-XLSB describes it, with the few parts that readers need."""
    bottom, right = (max(place[axis] for place in cells) for axis in (0, 1))
    workbook = _part(131) + _part(153, bytes(8) + _text("")) + _part(143)
    workbook += _part(156, struct.pack("<II", 0, 1) + _text("rId1") + _text("people")) + _part(144) + _part(132)
    sheet = _part(129) + _part(148, struct.pack("<4I", 0, bottom, 0, right)) + _part(145)
    row = None
    for (y, x), value in cells.items():
        if y != row:
            sheet += _part(0, struct.pack("<IIHHBI", y, 0, 300, 0, 0, 0))
            row = y
        sheet += _part(6, struct.pack("<II", x, 0) + _text(value))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("xl/workbook.bin", workbook)
        archive.writestr("xl/_rels/workbook.bin.rels", _LINKS)
        archive.writestr("xl/worksheets/sheet1.bin", sheet + _part(146) + _part(130))
    return out.getvalue()


def xlsm(rows: Rows) -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(list(row))
    out = io.BytesIO()
    book.save(out)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    return out.getvalue()


def _part(kind: int, data: bytes = b"") -> bytes:
    number = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, left = bytearray(), len(data)
    while left > 0x7F:
        size.append(left & 0x7F | 0x80)
        left >>= 7
    return number + bytes(size) + bytes([left]) + data


def _text(value: str) -> bytes:
    data = value.encode("utf-16-le")
    return struct.pack("<I", len(data) // 2) + data
