"""Outlook messages (MSG), with the messages inside them: texts and bodies, attached files as members."""

import io
import re
from collections.abc import Iterator
from typing import Any

from pipelines.items import Reason
from pipelines.reading.budget import Budget, UnreadableError
from pipelines.reading.embedded import embedded_text
from pipelines.reading.extras import extra
from pipelines.reading.format import Format, Member
from pipelines.reading.rtf_compressed import decompressed
from pipelines.reading.sample import Sample
from pipelines.reading.structure import in_pieces

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PROPERTIES = "__properties_version1.0".encode("utf-16-le")
_STREAM = re.compile(r"__substg1\.0_([0-9A-F]{4})(001F|001E|0102)", re.IGNORECASE)
_UNICODE, _NARROW, _BINARY = "001F", "001E", "0102"
_HTML, _RTF, _FILE = "1013", "1009", "3701"
_FILE_NAMES = ("3707001F", "3707001E", "3704001F", "3704001E", "3001001F", "3001001E")


def recognize(sample: Sample) -> str | None:
    """Take an OLE file with the property streams of a message."""
    is_message = sample.body.startswith(_OLE) and _PROPERTIES in sample.body
    return "application/vnd.ms-outlook" if is_message else None


def read(sample: Sample, budget: Budget) -> Iterator[str | Member]:
    """Yield every text property as it stands in the file, and each attached file."""
    olefile = extra("olefile", Reason.NEEDS_OFFICE)
    is_broken = False
    with olefile.OleFileIO(io.BytesIO(sample.body)) as file:
        for path in file.listdir():
            found = _STREAM.fullmatch(path[-1])
            if not found:
                continue
            number, kind = found.group(1).upper(), found.group(2).upper()
            try:
                data = file.openstream(path).read()
                budget.spend_unpacked(len(data))
                if kind == _BINARY and number == _FILE:
                    yield Member(_file_name(file, path[:-1]), data)
                elif kind == _BINARY and number == _RTF:
                    yield Member("body.rtf", decompressed(data, budget))
                elif kind in (_UNICODE, _NARROW) or number == _HTML:
                    yield from in_pieces(embedded_text(_text(data, is_wide=kind == _UNICODE)))
            except (OSError, ValueError):
                is_broken = True
    if is_broken:
        raise UnreadableError(Reason.BROKEN)


def _text(data: bytes, *, is_wide: bool) -> str:
    if is_wide:
        return data.decode("utf-16-le", "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _file_name(file: Any, folder: list[str]) -> str:  # noqa: ANN401 - olefile is not typed
    for name in _FILE_NAMES:
        path = [*folder, f"__substg1.0_{name}"]
        if file.exists(path):
            return _text(file.openstream(path).read(), is_wide=name.endswith(_UNICODE)).strip("\0")
    return "attachment"


FORMATS = (Format(rank=7, recognize=recognize, read=read),)
