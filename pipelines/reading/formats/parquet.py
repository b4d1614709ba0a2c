"""Parquet tables, batch by batch; their values nested or flat."""

from collections.abc import Iterator
from typing import Any

from pipelines.items import Reason
from pipelines.reading.budget import Budget, UnreadableError
from pipelines.reading.extras import extra
from pipelines.reading.format import Format, Member
from pipelines.reading.json_records import JsonRecords
from pipelines.reading.sample import Sample
from pipelines.reading.structure import in_pieces, record

_MARK = b"PAR1"
_SEALED_MARK = b"PARE"
_ROWS = 4096


def recognize(sample: Sample) -> str | None:
    """Take what begins and ends with the mark, and what only begins with it and is no text."""
    body = sample.body
    if not body.startswith((_MARK, _SEALED_MARK)) or (body[-4:] != body[:4] and sample.encodings):
        return None
    return "application/vnd.apache.parquet"


def read(sample: Sample, budget: Budget) -> Iterator[str | Member]:
    """Yield the rows; a damaged file keeps those before the damage."""
    if sample.body.startswith(_SEALED_MARK):
        raise UnreadableError(Reason.ENCRYPTED)
    parquet = extra("pyarrow.parquet", Reason.NEEDS_PARQUET)
    arrow = extra("pyarrow", Reason.NEEDS_PARQUET)
    arrow.set_cpu_count(1)
    file = parquet.ParquetFile(arrow.BufferReader(sample.body))
    yield record(file.schema_arrow.names)
    yield from in_pieces(_records(file, budget))


def _records(file: Any, budget: Budget) -> Iterator[str]:  # noqa: ANN401 - pyarrow is not typed
    nested = JsonRecords()
    for batch in file.iter_batches(batch_size=_ROWS, use_threads=False):
        budget.check_time()
        columns = [column.to_pylist() for column in batch.columns]
        is_nested = [index for index, column in enumerate(batch.columns) if column.type.num_fields]
        if is_nested:
            names = batch.schema.names
            for row in zip(*columns, strict=True):
                yield from nested.of(dict(zip(names, map(_plain, row), strict=True)))
        else:
            for row in zip(*columns, strict=True):
                yield record(map(_text, row))


def _text(value: Any) -> str:  # noqa: ANN401
    if isinstance(value, str):
        return value
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return str(value)


def _plain(value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, dict):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return _text(value)


FORMATS = (Format(rank=16, recognize=recognize, read=read),)
