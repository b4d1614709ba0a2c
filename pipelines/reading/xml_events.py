"""XML of hostile origin as events, without building a tree; no entity, DTD or address in it is followed."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol

from pipelines.items import Reason
from pipelines.reading.budget import Budget, UnreadableError

_CHUNK = 1 << 16
# Pages and exports use the names of HTML's entities without declaring them.
_HARMLESS = ("ERR_UNDECLARED_ENTITY", "WAR_UNDECLARED_ENTITY", "NS_ERR_UNDEFINED_NAMESPACE")


class Handler(Protocol):
    """What takes the events; `taken` returns the records finished since it was last asked."""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Take the start of an element."""

    def end(self, tag: str) -> None:
        """Take the end of an element."""

    def data(self, text: str) -> None:
        """Take a bit of text."""

    def close(self) -> None:
        """End what is open; it may be called twice."""

    def taken(self) -> list[str]:
        """Return and forget the finished records."""
        ...


def records(chunks: Iterable[bytes], handler: Handler, budget: Budget, encoding: str | None = None) -> Iterator[str]:
    """Yield what the handler makes of XML; after a fault the parser goes on, and UnreadableError is raised at the end.

    `encoding` overrules what the document says about itself.
    """
    from lxml import etree

    parser = etree.XMLParser(
        target=handler,
        encoding=encoding,
        recover=True,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    fault = None
    try:
        for chunk in chunks:
            for start in range(0, len(chunk), _CHUNK):
                parser.feed(chunk[start : start + _CHUNK])
                yield from handler.taken()
                budget.check_time()
        parser.close()
        if any(error.type_name not in _HARMLESS for error in parser.feed_error_log):
            fault = UnreadableError(Reason.BROKEN)
    except etree.LxmlError:
        fault = UnreadableError(Reason.BROKEN)
    except UnreadableError as error:
        fault = error
    handler.close()
    yield from handler.taken()
    if fault:
        raise fault
