"""One crawl in a process of its own (a Twisted reactor runs once), with an inspector that keeps what it is given.

As a program it reads what to do as JSON from stdin and writes what happened as JSON to stdout.
"""

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

_TOP = Path(__file__).resolve().parents[2]


@dataclass
class Crawled:
    """What a crawl showed: documents by URL, inspections by URL, counts by source."""

    documents: dict[str, dict[str, Any]]
    inspections: dict[str, dict[str, Any]]
    counts: dict[str, dict[str, Any]]
    error: str | None
    seconds: float
    stderr: str = field(repr=False)

    def reasons(self) -> dict[str, str | None]:
        """The reason of every inspection, by the last part of its URL."""
        return {url.rpartition("/")[2] or url: value["reason"] for url, value in self.inspections.items()}

    def names(self) -> set[str]:
        """The last parts of the URLs of all documents."""
        return {url.rpartition("/")[2] for url in self.documents}


def crawl(
    *sources: dict[str, Any],
    allow_hosts: tuple[str, ...] = ("127.0.0.1",),
    settings: dict[str, Any] | None = None,
    names: dict[str, list[str]] | None = None,
    fail_store_after: int | None = None,
    contact: str | None = "abuse@lab.example",
    timeout: float = 120,
) -> Crawled:
    """Crawl sources given as the fields of their tables; `names` answers name look-ups, one list entry a look-up."""
    order = {
        "sources": [{"delay": 0.0, **source} for source in sources],
        "allow_hosts": allow_hosts,
        "settings": settings or {},
        "names": names or {},
        "fail_store_after": fail_store_after,
        "contact": contact,
    }
    done = subprocess.run(
        [sys.executable, "-W", "error", __file__],
        input=json.dumps(order).encode(),
        capture_output=True,
        env=surroundings(),
        timeout=timeout,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    return Crawled(**json.loads(done.stdout), stderr=done.stderr.decode())


def surroundings() -> dict[str, str]:
    """The environment of a crawl: with a proxy that must not be used."""
    return {**os.environ, "PYTHONPATH": str(_TOP), "http_proxy": "http://127.0.0.1:9", "NO_PROXY": ""}


class Inspector:
    """Keeps what it is given; text with the word LEAKED in it is a match."""

    def __init__(self) -> None:
        self.documents: dict[str, dict[str, Any]] = {}

    def inspect(self, document: Any) -> Any:
        from pipelines.items import Finding, Inspection, Verdict

        self.documents[document.url] = {
            "source": document.source,
            "fetch_url": document.fetch_url,
            "status": document.status,
            "media_type": document.media_type,
            "server_ip": document.server_ip,
            "is_cut": document.is_cut,
            "body": document.body[:2000].decode("latin-1"),
            "size": len(document.body),
        }
        verdict = Verdict.MATCH if b"LEAKED" in document.body else Verdict.NO_MATCH
        return Inspection(verdict, None, False, Finding(), document.source, document.fetched_at, url=document.url)

    def not_fetched(self, source: str, at: Any, url: str, reason: Any, **facts: Any) -> Any:
        from pipelines.inspection import Inspector as Real

        return Real.not_fetched(self, source, at, url, reason, **facts)  # type: ignore[arg-type]


class _Store:
    def __init__(self, fail_after: int | None) -> None:
        self.filed: dict[str, dict[str, Any]] = {}
        self._fail_after = fail_after

    def file(self, run: str, inspection: Any, ids: Any, *, operation: str, who: str) -> None:
        from pipelines.errors import StoreFullError

        if self._fail_after is not None and len(self.filed) >= self._fail_after:
            raise StoreFullError("the disk is full")
        self.filed[inspection.url] = {
            "verdict": inspection.verdict,
            "reason": inspection.reason,
            "partial": inspection.partial,
            "status": inspection.status,
            "source": inspection.source,
        }


def main() -> None:
    """Do what stdin says."""
    order = json.load(sys.stdin)
    if order["names"]:
        _answer_names(order["names"])
    import tracker.settings
    from pipelines.errors import PipelinesError
    from tracker.crawling.crawl import crawl as run
    from tracker.crawling.sources import Source
    from tracker.crawling.tally import Tally

    for name, value in order["settings"].items():
        setattr(tracker.settings, name, value)
    sources = [
        Source(**{name: tuple(value) if isinstance(value, list) else value for name, value in source.items()})
        for source in order["sources"]
    ]
    inspector, store, tally = Inspector(), _Store(order["fail_store_after"]), Tally()
    desk: Any = SimpleNamespace(
        case=SimpleNamespace(name="lab", contact=order["contact"], allow_hosts=tuple(order["allow_hosts"])),
        sources={source.name: source for source in sources},
        inspector=inspector,
        store=store,
        ids=SimpleNamespace(operation=lambda *parts: "/".join(parts)),
        run_id="run",
        tally=tally,
    )
    began, error = time.monotonic(), None
    try:
        run(desk, sources)
    except PipelinesError as failed:
        error = str(failed)
    counts = {
        name: {
            "requests": count.requests,
            "bytes": count.bytes,
            "verdicts": count.verdicts,
            "reasons": count.reasons,
            "partial": list(count.partial_reasons),
        }
        for name, count in tally.counts().items()
    }
    seconds = time.monotonic() - began
    json.dump(
        {
            "documents": inspector.documents,
            "inspections": store.filed,
            "counts": counts,
            "error": error,
            "seconds": seconds,
        },
        sys.stdout,
    )


def _answer_names(names: dict[str, list[str]]) -> None:
    """Stand in for the name server before anything has taken hold of getaddrinfo."""
    import socket

    real = socket.getaddrinfo

    def answer(host: Any, port: Any, *args: Any, **kwargs: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        if name not in names:
            return real(host, port, *args, **kwargs)
        addresses = names[name]
        address = addresses.pop(0) if len(addresses) > 1 else addresses[0]
        return real(address, port, *args, **kwargs)

    socket.getaddrinfo = answer


if __name__ == "__main__":
    main()
