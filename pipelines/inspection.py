"""Bytes in, verdict out: the one path that scan, check and crawl share.

Every document ends in one of three verdicts. Only counts, roles and keyed digests stand in the open; which rows matched
leaves this module sealed to the owner, and per part in memory, for a scan that may show them.
"""

import hashlib
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from fingerprints.build import Fingerprints
from fingerprints.keys import CaseIds, MatchKey, OwnerRecipient, seal_rows
from fingerprints.matching.matcher import Judgement, Matcher, judge
from pipelines.items import Document, Evidence, Finding, Inspection, PartInspection, Reason, Verdict
from pipelines.part_tree import Part, PartTree
from pipelines.reading.pool import Limits, PartEnd, ReaderPool

__all__ = ["MAX_BODY", "Inspector", "keyed_digest"]

MAX_BODY = Limits().body


def keyed_digest(ids: CaseIds, body: bytes) -> str:
    """Return the digest under which a body is known to a case, be it a whole document or a member of one."""
    # Workers hold no key: what they tell of a member is its plain digest, so the keyed one is made from that.
    return ids.digest(hashlib.sha256(body).digest())


@dataclass(frozen=True, slots=True)
class _Result:
    """What a document or part is judged to be."""

    verdict: Verdict
    reason: Reason | None
    partial: bool
    finding: Finding
    rows: tuple[int, ...] = field(default=(), repr=False)


class Inspector:
    """Inspects documents of one case; safe to use from several threads.

    `known_good` are keyed digests (`keyed_digest`) of documents and members that are no copies.
    """

    def __init__(
        self,
        fingerprints: Fingerprints,
        ids: CaseIds,
        recipient: OwnerRecipient,
        key: MatchKey,
        pool: ReaderPool,
        known_good: frozenset[str] = frozenset(),
    ) -> None:
        self._matcher = Matcher(fingerprints, key)
        # The matcher remembers words from one document to the next; matching is no faster on two threads anyway.
        self._matching = threading.Lock()
        self._ids = ids
        self._recipient = recipient
        self._pool = pool
        self._known_good = known_good

    def inspect(self, document: Document) -> Inspection:
        """Read a document within its limits and judge it, whole and part by part; it never raises because of it."""
        digest = keyed_digest(self._ids, document.body)
        whole = self._read(document.body, digest)
        result = self._judged(whole)
        end = whole.end
        return Inspection(
            verdict=result.verdict,
            reason=result.reason,
            partial=result.partial,
            finding=result.finding,
            source=document.source,
            at=document.fetched_at,
            digest=digest,
            url=document.url,
            fetch_url=document.fetch_url,
            status=document.status,
            media_type=end.media_type if end else None,
            server_ip=document.server_ip,
            size=len(document.body),
            is_container=end is not None and end.is_container,
            parts=tuple(self._part_inspections(whole, in_known_good=whole.is_known_good)),
            sealed_rows=self._sealed(result),
        )

    def not_fetched(
        self,
        source: str,
        at: datetime,
        url: str | None,
        reason: Reason,
        status: int | None = None,
        fetch_url: str | None = None,
        server_ip: str | None = None,
    ) -> Inspection:
        """Return the inspection of what has no body; `gone` is a finished look, every other reason leaves it open."""
        return Inspection(
            verdict=Verdict.NO_MATCH if reason is Reason.GONE else Verdict.NOT_INSPECTED,
            reason=reason,
            partial=False,
            finding=Finding(),
            source=source,
            at=at,
            url=url,
            fetch_url=fetch_url,
            status=status,
            server_ip=server_ip,
        )

    def _read(self, body: bytes, digest: str) -> Part:
        tree = PartTree(self._matcher.scan)
        if digest in self._known_good:
            tree.root.is_known_good = True
            return tree.root
        for item in self._pool.read(body):
            if isinstance(item, PartEnd):
                inner = self._ids.digest(item.sha256) if item.sha256 else ""
                tree.end(item, inner, is_known_good=inner in self._known_good)
            else:
                with self._matching:
                    tree.feed(item)
        return tree.root

    def _judged(self, part: Part, *, in_known_good: bool = False) -> _Result:
        if in_known_good or part.is_known_good:
            return _Result(Verdict.NO_MATCH, Reason.KNOWN_GOOD, partial=False, finding=Finding())
        with self._matching:
            judgement = judge(part.scans())
        finding, reason = _finding(judgement), part.reason()
        if judgement.is_match:
            return _Result(Verdict.MATCH, reason, reason is not None, finding, judgement.rows)
        if reason is None:
            return _Result(Verdict.NO_MATCH, None, partial=False, finding=finding)
        if part.was_read():
            return _Result(Verdict.NOT_INSPECTED, Reason.PARTIAL, partial=True, finding=finding)
        return _Result(Verdict.NOT_INSPECTED, reason, partial=False, finding=finding)

    def _part_inspections(self, part: Part, *, in_known_good: bool) -> Iterator[PartInspection]:
        """Yield the parts inside a part, in their order; a container that was fully read is its members alone."""
        for inner in part.inner:
            is_good = in_known_good or inner.is_known_good
            is_whole = inner.end is not None and inner.end.is_container and inner.reason() is None
            if not (is_whole and inner.inner):
                result = self._judged(inner, in_known_good=is_good)
                yield PartInspection(
                    member=inner.member,
                    verdict=result.verdict,
                    reason=result.reason,
                    partial=result.partial,
                    finding=result.finding,
                    digest=inner.digest,
                    rows=result.rows,
                )
            yield from self._part_inspections(inner, in_known_good=is_good)

    def _sealed(self, result: _Result) -> bytes | None:
        if result.verdict is not Verdict.MATCH:
            return None
        return seal_rows(result.rows, self._recipient, open_count=result.finding.rows_matched)


def _finding(judgement: Judgement) -> Finding:
    single = Evidence.SINGLE if judgement.persons_matched <= 1 else Evidence.SEVERAL
    return Finding(
        rows_matched=judgement.rows_matched,
        persons_matched=judgement.persons_matched,
        columns=judgement.columns,
        coverage=judgement.coverage,
        chance_matches=judgement.chance_matches,
        confidence=judgement.confidence,
        evidence=single if judgement.is_match else None,
    )
