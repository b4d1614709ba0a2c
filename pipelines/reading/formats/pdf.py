"""PDF documents, page by page: their text as lines, filled forms and notes too; attached files are members."""

import contextlib
import re
from collections.abc import Generator, Iterator
from typing import Any

from pipelines.items import Reason
from pipelines.reading.budget import Budget, UnreadableError
from pipelines.reading.format import Format, Member
from pipelines.reading.sample import Sample
from pipelines.reading.structure import lines, without_separators

_BEGINNING = 1024
_MARK = b"%PDF-"
_PASSWORD_NEEDED = 4
_LINE_END = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# PDFium writes a hyphen at the end of a line so.
_HYPHEN = "\ufffe"
_WORD = re.compile(r"\w{2}")
_MOST_OBJECTS = 50


def recognize(sample: Sample) -> str | None:
    """Take what has the mark near its beginning, as all viewers do."""
    body = sample.body
    if body.lstrip(b"\xef\xbb\xbf \t\r\n\0").startswith(_MARK):
        return "application/pdf"
    return "application/pdf" if _MARK in body[:_BEGINNING] and not sample.encodings else None


def read(sample: Sample, budget: Budget) -> Iterator[str | Member]:
    """Yield the pages; when some can only be seen, as scans are, the reason says so in the end."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(sample.body)
    except pypdfium2.PdfiumError as error:
        locked = getattr(error, "err_code", None) == _PASSWORD_NEEDED
        raise UnreadableError(Reason.ENCRYPTED if locked else Reason.BROKEN) from None
    try:
        yield lines(without_separators("\n".join(document.get_metadata_dict(skip_empty=True).values())))
        faults = yield from _pages(document, budget)
        yield from _attachments(document, budget)
    finally:
        document.close()
    if faults:
        raise UnreadableError(Reason.BROKEN if Reason.BROKEN in faults else faults.pop())


def _pages(document: Any, budget: Budget) -> Generator[str, None, set[Reason]]:  # noqa: ANN401 - pypdfium2 is not typed
    import pypdfium2

    faults: set[Reason] = set()
    document.init_forms()
    for number in range(len(document)):
        budget.check_time()
        try:
            text, is_picture = _page_text(document, number)
        except pypdfium2.PdfiumError:
            faults.add(Reason.BROKEN)
            continue
        if is_picture:
            faults.add(Reason.NEEDS_OCR)
        yield lines(without_separators(text))
    return faults


def _page_text(document: Any, number: int) -> tuple[str, bool]:  # noqa: ANN401
    """Return a page's text, and whether it shows a picture instead."""
    import pypdfium2
    from pypdfium2 import raw

    page = document[number]
    try:
        if raw.FPDFPage_GetAnnotCount(page) > 0:
            # Notes and form fields are drawn into the page, where their text is text.
            with contextlib.suppress(pypdfium2.PdfiumError):
                page.flatten()
            page.close()
            page = document[number]
        text_page = page.get_textpage()
        try:
            text = _LINE_END.sub("\n", text_page.get_text_range(errors="replace")).replace(_HYPHEN, "-")
        finally:
            text_page.close()
        if _WORD.search(text):
            return text, False
        is_image = (kind.type == raw.FPDF_PAGEOBJ_IMAGE for kind in page.get_objects(max_depth=3))
        return text, any(found for found, _ in zip(is_image, range(_MOST_OBJECTS), strict=False))
    finally:
        page.close()


def _attachments(document: Any, budget: Budget) -> Iterator[Member]:  # noqa: ANN401
    import pypdfium2

    for number in range(document.count_attachments()):
        try:
            attachment = document.get_attachment(number)
            data = bytes(attachment.get_data())
        except pypdfium2.PdfiumError:
            yield Member(f"attachment {number + 1}", reason=Reason.BROKEN)
            continue
        budget.spend_unpacked(len(data))
        yield Member(attachment.get_name() or f"attachment {number + 1}", data)


FORMATS = (Format(rank=8, recognize=recognize, read=read),)
