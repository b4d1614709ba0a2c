"""The hash chain of a sighting's events: plain SHA-256, so that it verifies without any key and after a case is closed.

A cut tail leaves a whole chain: it shows only against the digest of the last event noted elsewhere.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import replace

from pipelines.items import Event
from pipelines.storing.times import to_text

GENESIS = "0" * 64


def link(event: Event) -> Event:
    """Return the event with the digest that its other fields give."""
    return replace(event, digest=_digest(event))


def verify_chain(events: Iterable[Event]) -> int | None:
    """Return the sequence of the first event that does not fit what stands before it, None when the chain is whole."""
    previous, sighting = GENESIS, None
    for expected, event in enumerate(events, start=1):
        sighting = sighting or event.sighting
        fits = (event.sequence, event.previous, event.sighting) == (expected, previous, sighting)
        if not fits or event.digest != _digest(event):
            return event.sequence
        previous = event.digest
    return None


def _digest(event: Event) -> str:
    fields = {
        "sighting": event.sighting,
        "sequence": event.sequence,
        "operation": event.operation,
        "at": to_text(event.at),
        "who": event.who,
        "kind": event.kind.value,
        "detail": event.detail,
        "previous": event.previous,
    }
    text = json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)
    return hashlib.sha256(text.encode("ascii")).hexdigest()
