"""What all OpenDocument files share."""

from pipelines.reading.archive import Archive
from pipelines.reading.budget import Budget, UnreadableError
from pipelines.reading.xml_stream import elements


def is_encrypted(archive: Archive, budget: Budget) -> bool:
    """Tell whether the content needs a password."""
    if archive.named("encrypted-package"):
        return True
    manifest = archive.named("META-INF/manifest.xml")
    try:
        return manifest is not None and any(True for _ in elements(archive.stream(manifest, budget), "encryption-data"))
    except UnreadableError:
        return False
