"""Links out of hostile HTML, in time that grows with its size alone."""

import html
import re
from collections import Counter
from collections.abc import Iterator

_LONGEST_TAG = 8192
_ANCHOR = re.compile(rf"<a\s([^<>]{{0,{_LONGEST_TAG}}})>([^<]{{0,300}})", re.IGNORECASE)
_HREF = re.compile(r"""(?:^|[\s"'])href\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)""", re.IGNORECASE)
_TAG = re.compile(rf"<(/?)([a-zA-Z][a-zA-Z0-9:-]{{0,30}})(?=[\s/>])[^<>]{{0,{_LONGEST_TAG}}}")
_LONG_TAG = re.compile(rf"<[a-zA-Z/!][^<>]{{{_LONGEST_TAG},}}")
# Elements that need no end tag, or whose start ends the one before.
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_IMPLIED = {"p", "li", "dd", "dt", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "optgroup", "colgroup"}
_CLOSED_BY_THEMSELVES = frozenset(_VOID | _IMPLIED)
_MOST_TAGS = 50_000
_DEEPEST = 400


def anchors(page: str) -> Iterator[tuple[str, str]]:
    """Yield the href and the text of every anchor, with entities resolved.

    The text goes up to the first tag inside the anchor: it is good for recognizing, not for reading.
    """
    for anchor in _ANCHOR.finditer(page):
        found = _HREF.search(anchor[1])
        if found:
            value = found[1][1:-1] if found[1][0] in "\"'" else found[1]
            yield html.unescape(value).strip(), html.unescape(anchor[2]).strip()


def is_tame(page: str) -> bool:
    """Say whether an HTML parser gets through the page quickly: few tags, none of them long, not deeply nested.

    Parsers take quadratic time where elements are left open or carry very many attributes.
    """
    if _LONG_TAG.search(page):
        return False
    open_elements: Counter[str] = Counter()
    depth = 0
    for number, tag in enumerate(_TAG.finditer(page)):
        name = tag[2].lower()
        if number >= _MOST_TAGS or depth > _DEEPEST:
            return False
        if name in _CLOSED_BY_THEMSELVES:
            continue
        step = -1 if tag[1] else 1
        if open_elements[name] + step >= 0:
            open_elements[name] += step
            depth += step
    return depth <= _DEEPEST
