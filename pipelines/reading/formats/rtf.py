"""RTF documents: table rows as records, other text as lines."""

import re
from collections.abc import Iterator

from pipelines.items import Reason
from pipelines.reading.budget import Budget
from pipelines.reading.extras import extra
from pipelines.reading.format import Format, Member
from pipelines.reading.sample import Sample
from pipelines.reading.structure import in_pieces, lines, record, without_separators

_MARK = b"{\\rtf"
# The library leaves these groups out; as paragraphs they are read.
_MARGINS = re.compile(r"(?:\\\*)?\\(?:header[lrf]?|footer[lrf]?|footnote|annotation)(?![a-z])")
_CELL_END = re.compile(r"\\(?:nest)?cell(?![a-z])")
# The address of a link stands in a group that the library leaves out, but for a search of its own that takes for ever.
_LINK = re.compile(r"\{\\field\s*\{\s*\\\*\\fldinst(?![a-z])")
_MOST_FONTS = 2000
_FONTS, _CHARSET = "\\fonttbl", "\\fcharset"
_CELL = "\x1f"


def recognize(sample: Sample) -> str | None:
    """Take what begins as RTF."""
    return "application/rtf" if sample.body.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(_MARK) else None


def read(sample: Sample, budget: Budget) -> Iterator[str | Member]:
    """Yield the text in its order."""
    striprtf = extra("striprtf.striprtf", Reason.NEEDS_OFFICE)
    source = without_separators(sample.body.decode("cp1252", "replace"))
    source = _LINK.sub(r"{\\field {\\tab ", _CELL_END.sub(_CELL, _MARGINS.sub(r"\\par ", source)))
    if source.count(_CHARSET) > _MOST_FONTS:
        source = source.replace(_FONTS, "")
    yield from in_pieces(_records(striprtf.rtf_to_text(source, errors="replace")))


def _records(text: str) -> Iterator[str]:
    waiting: list[str] = []
    for line in text.split("\n"):
        if _CELL not in line:
            waiting.append(line)
            continue
        if waiting:
            yield lines("\n".join(waiting))
            waiting.clear()
        yield record(line.split(_CELL))
    if waiting:
        yield lines("\n".join(waiting))


FORMATS = (Format(rank=40, recognize=recognize, read=read),)
