"""ZIP archives: each member is a document of its own, also when two bear the same name."""

from collections.abc import Iterator

from pipelines.items import Reason
from pipelines.reading.archive import Archive, Entry
from pipelines.reading.budget import Budget, UnreadableError
from pipelines.reading.format import Format, Member
from pipelines.reading.sample import Sample


def recognize(sample: Sample) -> str | None:
    """Take every ZIP archive, damaged and hidden ones too."""
    return "application/zip" if sample.archive else None


def read(sample: Sample, budget: Budget) -> Iterator[str | Member]:
    """Yield the members that are documents."""
    archive = sample.archive
    assert archive is not None
    for entry in archive.entries:
        if not entry.is_folder:
            yield read_member(archive, entry, budget)
    if archive.damaged:
        raise UnreadableError(Reason.BROKEN)


def read_member(archive: Archive, entry: Entry, budget: Budget) -> Member:
    """Return one member, with what could be read of it and why that is not all."""
    if entry.is_symlink:
        return Member(entry.name, reason=Reason.UNSUPPORTED)
    chunks: list[bytes] = []
    size = 0
    reason = None
    try:
        for chunk in archive.chunks(entry, budget):
            chunks.append(chunk)
            size += len(chunk)
            if size > budget.limits.member:
                reason = Reason.TOO_BIG
                break
    except UnreadableError as error:
        reason = error.reason
    body = b"".join(chunks)
    return Member(entry.name, body if body or reason is None else None, reason)


FORMATS = (Format(rank=30, recognize=recognize, read=read, is_container=True),)
