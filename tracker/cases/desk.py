"""The composition root: an opened case with everything that looking at documents needs, and the run that is counted."""

import dataclasses
import secrets
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from fingerprints.build import Fingerprints
from fingerprints.index.file import read_fingerprints
from fingerprints.keys import CaseIds, MatchKey, OwnerRecipient
from pipelines.inspection import Inspector
from pipelines.items import Run, RunKind
from pipelines.reading.pool import ReaderPool
from pipelines.storing.base import Store
from tracker.cases.case import Case, load_case
from tracker.cases.files import make_private_folder
from tracker.cases.home import Home
from tracker.cases.keyring import load_match_key
from tracker.crawling.sources import Source, load_sources
from tracker.crawling.tally import Tally
from tracker.errors import CaseError

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

FINGERPRINTS_FILE = "fingerprints.sealed"
SOURCES_FILE = "sources.toml"


@dataclass(frozen=True, slots=True)
class Desk:
    """One case opened for one run; `fingerprints` never leave this process."""

    case: Case
    sources: dict[str, Source]
    fingerprints: Fingerprints
    ids: CaseIds
    inspector: Inspector
    store: Store
    run_id: str
    tally: Tally


def open_store(home: Home) -> Store:
    """Open the store of this home, creating it on first use."""
    from pipelines.storing.sqlite import SqliteStore

    make_private_folder(home.root)
    return SqliteStore(home.store)


def open_fingerprints(home: Home, case: str, key: MatchKey) -> Fingerprints:
    """Unseal the fingerprints of a case."""
    return read_fingerprints(home.case_folder(case) / FINGERPRINTS_FILE, key)


@contextmanager
def open_desk(home: Home, case_name: str, kind: RunKind, *, robots_overridden: bool = False) -> Iterator[Desk]:
    """Open a case and start a run; on leaving, however that happens, the run is finished and everything closed."""
    folder = home.case_folder(case_name)
    case = load_case(folder)
    key = load_match_key(home, case_name)
    fingerprints = open_fingerprints(home, case_name, key)
    ids = CaseIds(case_name, key)
    run = Run(
        id=ids.operation("run", secrets.token_hex(16)),
        case=case_name,
        kind=kind,
        started=datetime.now(UTC),
        allowed_hosts=case.allow_hosts,
        robots_overridden=robots_overridden,
    )
    with ExitStack() as stack:
        store = stack.enter_context(open_store(home))
        pool = ReaderPool()
        stack.callback(pool.close)
        inspector = Inspector(
            fingerprints=fingerprints,
            ids=ids,
            recipient=OwnerRecipient.from_text(case.recipient),
            key=key,
            pool=pool,
            known_good=frozenset(case.known_good),
        )
        tally = Tally()
        sources = load_sources(folder / SOURCES_FILE)
        store.start_run(run)
        try:
            yield Desk(case, sources, fingerprints, ids, inspector, store, run.id, tally)
        finally:
            store.finish_run(dataclasses.replace(run, finished=datetime.now(UTC), sources=tally.counts()))


def open_desk_for_spider(crawler: "Crawler", case: str | None, source: str | None) -> Desk:
    """Open a desk for a spider that Scrapy itself started; it is closed when the spider closes.

    The case and the source are those of `scrapy crawl FAMILY -a case=NAME -a source=NAME`.
    """
    from scrapy import signals

    home = Home.locate()
    opened = open_desk(home, home.choose_case(case), RunKind.CRAWL)
    desk = opened.__enter__()
    if source is not None and source not in desk.sources:
        opened.__exit__(None, None, None)
        raise CaseError(f"the case has no source {source}; known: {', '.join(desk.sources) or 'none'}")

    def close(**_: Any) -> None:  # noqa: ANN401 - signal arguments that are not looked at
        opened.__exit__(None, None, None)

    crawler.signals.connect(close, signal=signals.spider_closed, weak=False)
    return desk
