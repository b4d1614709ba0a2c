"""JSON too large to hold: the pieces of its arrays and objects, as soon as there are enough of them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from pipelines.items import Reason
from pipelines.reading.budget import UnreadableError

_DEEPEST = 200
_MOST_NODES = 5000


@dataclass(slots=True)
class _Open:
    """An array or object whose end has not been seen; `was_cut` when a part of it has been given already."""

    value: Any
    key: str = ""
    nodes: int = 0
    was_cut: bool = field(default=False)

    def add(self, value: Any, nodes: int) -> None:  # noqa: ANN401 - JSON
        self.nodes += nodes
        if isinstance(self.value, dict):
            self.value[self.key] = value
        else:
            self.value.append(value)

    def cut(self) -> Any:  # noqa: ANN401 - JSON
        given, self.value = self.value, type(self.value)()
        self.nodes, self.was_cut = 0, True
        return given


def streamed_values(source: BinaryIO) -> Iterator[Any]:
    """Yield values one after the other; a large one comes in several of its kind with some thousand nodes each.

    ValueError when the source is no JSON (any more), UnreadableError when it is nested too deep to be a table.
    """
    import ijson

    stack: list[_Open] = []
    try:
        for event, value in ijson.basic_parse(source, multiple_values=True):
            if event == "map_key":
                stack[-1].key = value
            elif event in ("start_map", "start_array"):
                if len(stack) >= _DEEPEST:
                    raise UnreadableError(Reason.BROKEN)
                stack.append(_Open({} if event == "start_map" else []))
            elif event in ("end_map", "end_array"):
                closed = stack.pop()
                yield from _placed(stack, closed.value, closed.nodes + 1, is_rest=closed.was_cut)
            else:
                yield from _placed(stack, value, 1, is_rest=False)
    except ijson.JSONError as error:
        for opened in stack:
            yield opened.value
        raise ValueError("no JSON") from error


def _placed(stack: list[_Open], value: Any, nodes: int, *, is_rest: bool) -> Iterator[Any]:  # noqa: ANN401 - JSON
    """Put a finished value into the container that is open, or give it away."""
    if is_rest or not stack:
        yield value
        return
    parent = stack[-1]
    parent.add(value, nodes)
    if parent.nodes >= _MOST_NODES:
        yield parent.cut()
