"""XML of hostile origin, element by element in little memory; no entity, DTD or address in it is followed."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Protocol

from pipelines.items import Reason
from pipelines.reading.budget import UnreadableError

_SPACES = ("s", "tab", "line-break", "br")


class Source(Protocol):
    """Something that XML is read from."""

    def read(self, size: int = -1) -> bytes:
        """Return some more bytes, b"" at the end."""
        ...


def elements(source: Source, *tags: str) -> Iterator[Any]:
    """Yield the elements with these local names as they end; each is emptied when the next one is asked for.

    What stands before a fault in the XML is yielded, then UnreadableError is raised.
    """
    from lxml import etree

    try:
        parser = etree.iterparse(
            source,
            events=("end",),
            tag=[f"{{*}}{tag}" for tag in tags],
            resolve_entities=False,
            load_dtd=False,
            no_network=True,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        for _, element in parser:
            yield element
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    except etree.XMLSyntaxError:
        raise UnreadableError(Reason.BROKEN) from None


def local_name(element: Any) -> str:  # noqa: ANN401 - lxml's classes are not typed
    """Return an element's name without its namespace, "" for what is no element."""
    return _without_namespace(element.tag)


@lru_cache(maxsize=1024)
def _without_namespace(tag: object) -> str:
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def text_of(element: Any, *, without: tuple[str, ...] = ()) -> str:  # noqa: ANN401
    """Return all text in an element, with a space for every tab and line break, but not that of some inner ones."""
    if not len(element):
        return element.text or ""
    bits = [element.text or ""]
    for inner in element:
        name = local_name(inner)
        if name in _SPACES:
            bits.append(" ")
        elif name not in without:
            bits.append(text_of(inner, without=without))
        bits.append(inner.tail or "")
    return "".join(bits)
