"""What every command that tells of a finding says alike."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipelines.items import Finding

_SHORT = 10


def short_id(identifier: str) -> str:
    """Return the beginning of an id that people read and type; every command accepts it."""
    return identifier[:_SHORT]


def finding_fields(finding: "Finding") -> dict[str, object]:
    """Return the numbers of a finding under the names of the command line's contract."""
    return {
        "rows_matched": finding.rows_matched,
        "persons_matched": finding.persons_matched,
        "columns": [role.value for role in finding.columns],
        "coverage": finding.coverage,
        "chance_matches": finding.chance_matches,
        "confidence": finding.confidence,
        "evidence": finding.evidence.value if finding.evidence else None,
    }
