"""Where the tags of a page are: one linear pass that no nesting, attribute or broken tag slows down.

A tag is what stands between `<` and the next `>` with no other `<` between them. Where that is wrong (a `>` in an
attribute), the rest of the tag becomes text: nothing is lost. Comments and declarations are text for the same reason.
"""

import html
import re
from collections.abc import Iterator

# Text before, "/" if closing, name, attributes, and whether it is an empty comment, which joins what stands around it.
Tag = tuple[str, str | None, str | None, str | None, str | None]

_TAG = re.compile(r"<(/?)([a-zA-Z][^\s<>/]{0,40})([^<>]*+)>|(<!--\s*+-->)|<!--|--!?>|<!\[CDATA\[|\]\]>|<[!?]")
_RAW_START = re.compile(r"<(script|style|textarea|title|xmp)\b[^<>]*+>", re.IGNORECASE)
_RAW_END = {name: re.compile(rf"</{name}\b", re.IGNORECASE) for name in ("script", "style", "textarea", "title", "xmp")}
_ATTRIBUTE = re.compile(
    r"""\b(value|title|alt|content|placeholder|label|srcdoc|href|aria-label|data-[\w.:-]{1,64})"""
    r"""\s*+=\s*+(?:"([^"]*+)|'([^']*+)|([^\s"'>]++))""",
    re.IGNORECASE,
)
_LINKS_WITH_DATA = ("mailto:", "tel:", "sms:")
_SEGMENT = 1 << 16


def segments(text: str) -> Iterator[tuple[list[Tag], str, str]]:
    """Yield the tags of one stretch after the other, and the name and content of the raw element that ends it, if any.

    Raw is an element in which tags are text, such as a script. What stands after the last tag of a stretch comes as a
    tag without a name that is an empty comment.
    """
    place = 0
    raw = _RAW_START.search(text)
    while place < len(text):
        stop = raw.end() if raw else len(text)
        while place < stop:
            end = _end_of_segment(text, place, stop)
            is_last = end == stop and raw is not None
            if not is_last:
                yield _tags(text[place:end]), "", ""
                place = end
                continue
            assert raw is not None
            name = raw.group(1).lower()
            closing = _RAW_END[name].search(text, end)
            content_end = closing.start() if closing else len(text)
            yield _tags(text[place:end]), name, text[end:content_end]
            place = content_end
            raw = _RAW_START.search(text, place)
            break


def attribute_texts(attributes: str) -> Iterator[str]:
    """Yield the unescaped values of those attributes of a tag that people read or programs fill."""
    for match in _ATTRIBUTE.finditer(attributes):
        value = html.unescape(match.group(2) or match.group(3) or match.group(4) or "").strip()
        is_link = match.group(1).lower() == "href"
        if value and (not is_link or value.lower().startswith(_LINKS_WITH_DATA)):
            yield value


def _end_of_segment(text: str, start: int, stop: int) -> int:
    """Return where to cut so that no tag is cut: tags hold no `<`."""
    if start + _SEGMENT >= stop:
        return stop
    end = text.rfind("<", start + 1, start + _SEGMENT)
    if end < 0:
        end = text.find("<", start + _SEGMENT, stop)
    return end if end >= 0 else stop


def _tags(segment: str) -> list[Tag]:
    pieces: list[str | None] = _TAG.split(segment)
    pieces += ["", None, None, "joins"]
    step = iter(pieces)
    return list(zip(step, step, step, step, step, strict=True))  # type: ignore[arg-type]
