"""A body with the questions that recognizing it asks, each answered once."""

from functools import cached_property

from pipelines.reading.archive import Archive, open_archive
from pipelines.reading.budget import Budget, Limits, UnreadableError
from pipelines.reading.encodings import Encoding, encodings_of
from pipelines.reading.rows import delimiter_of

_HEAD = 1 << 16


class Sample:
    """One document's bytes; nothing is computed before it is asked for."""

    def __init__(self, body: bytes) -> None:
        self.body = body

    @cached_property
    def encodings(self) -> tuple[Encoding, ...]:
        """The encodings this may be text in, best first; none for binary data."""
        return encodings_of(self.body)

    @cached_property
    def head(self) -> str:
        """The beginning of the text under the best encoding, "" for binary data; it may end inside a line."""
        if not self.encodings:
            return ""
        return "".join(self.encodings[0].decode(self.body[:_HEAD]))

    @cached_property
    def delimiter(self) -> str | None:
        """The delimiter of the text, None when it is not delimited."""
        return delimiter_of(self.head)

    @cached_property
    def archive(self) -> Archive | None:
        """The ZIP archive this is, None when it is none; a damaged one holds what could be found of it."""
        return open_archive(self.body)

    @cached_property
    def open_document_type(self) -> str:
        """The media type that an OpenDocument file names inside, "" for anything else."""
        entry = self.archive.named("mimetype") if self.archive else None
        if self.archive is None or entry is None:
            return ""
        try:
            beginning = next(self.archive.chunks(entry, Budget(Limits())), b"")
        except UnreadableError:
            return ""
        return beginning[:100].decode("ascii", "replace").strip()
