"""The product, taken the way its commands take it: roles inferred, fingerprints built, documents inspected."""

from datetime import UTC, datetime

from benchmarks.detection.leak import Leak
from benchmarks.detection.methods.base import Answer
from fingerprints.build import LeakTable, build
from fingerprints.fields.roles import infer_columns
from fingerprints.keys import CaseIds, MatchKey, OwnerIdentity, unseal_rows
from pipelines.inspection import Inspector
from pipelines.items import Document, Verdict
from pipelines.reading.pool import ReaderPool

_SAMPLE_ROWS = 200
_AT = datetime(2022, 11, 28, tzinfo=UTC)


class Engine:
    """Bytes in, verdict out; rows are opened with the owner's identity, as `scan --reveal-rows` does."""

    name, names_rows, reads_bytes = "tracker", True, True

    def __init__(self, leak: Leak, pool: ReaderPool) -> None:
        key, self._identity = MatchKey.generate(), OwnerIdentity.generate()
        recipient = self._identity.recipient()
        columns = infer_columns(leak.header, leak.rows[:_SAMPLE_ROWS])
        self.columns = [(column.header, column.role.value) for column in columns]
        fingerprints = build([LeakTable(leak.name, columns, leak.rows)], key, recipient)
        located = fingerprints.locate(range(fingerprints.rows), self._identity)
        self._row_of = [row for _, row in located]
        self._inspector = Inspector(fingerprints, CaseIds("benchmark", key), recipient, key, pool)

    def inspect(self, body: bytes, text: str) -> Answer:
        """Inspect the bytes; `text` is not looked at."""
        seen = self._inspector.inspect(Document(body, "benchmark", _AT))
        sealed = unseal_rows(seen.sealed_rows, self._identity) if seen.sealed_rows else []
        return Answer(
            found=seen.verdict is Verdict.MATCH,
            rows=tuple(self._row_of[row] for row in sealed),
            confidence=seen.finding.confidence,
            was_read=seen.verdict is not Verdict.NOT_INSPECTED,
        )
