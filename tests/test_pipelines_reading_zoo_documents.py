"""The same 50 people in every kind of table and document, found with their row numbers."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from fingerprints.build import LeakTable, build
from fingerprints.fields.roles import Column
from fingerprints.keys import CaseIds, MatchKey, OwnerIdentity, unseal_rows
from pipelines.inspection import Inspector
from pipelines.items import Document, Inspection, Reason, Verdict
from pipelines.reading.pool import ReaderPool
from tests import documents, workbooks
from tests.people import HEADER, people, rows
from tests.test_pipelines_inspection import AT, ROLES

DUMPS = Path(__file__).parent / "dumps"
ALL = rows(people(400, seed=11))
LEAKED = ALL[:300]
SHOWN = LEAKED[100:150]
TABLE = [list(HEADER), *SHOWN]
BODIES = {
    "docx": lambda: documents.docx(TABLE),
    "docx, paragraphs of many runs": lambda: documents.docx_paragraphs(TABLE),
    "docx, header, footer and comments": lambda: documents.docx_margins(SHOWN),
    "pptx, table and notes": lambda: documents.pptx(TABLE),
    "odt": lambda: documents.odt(TABLE),
    "odp": lambda: documents.odp(TABLE),
    "pdf": lambda: documents.pdf(TABLE),
    "pdf, encrypted without a password": lambda: documents.pdf(TABLE, user=""),
    "xls": lambda: documents.xls(TABLE),
    "xlsb": lambda: workbooks.xlsb(TABLE),
    "xlsm": lambda: workbooks.xlsm(TABLE),
    "parquet": lambda: documents.parquet(TABLE),
    "sqlite": lambda: documents.sqlite(TABLE),
    "sqlite in WAL mode": lambda: documents.sqlite(TABLE, mode="WAL"),
    "rtf": lambda: documents.rtf(TABLE),
    "eml": lambda: documents.eml(TABLE),
    "mbox": lambda: documents.mbox(TABLE),
    "vcf": lambda: documents.vcf(SHOWN),
    "xml": lambda: documents.xml_records(SHOWN),
    "yaml": lambda: documents.yaml(TABLE),
    "yaml by ID": lambda: documents.yaml(TABLE, keyed=True),
    "turtle": lambda: documents.rdf(SHOWN, "turtle"),
    "n-triples": lambda: documents.rdf(SHOWN, "nt11"),
    "rdf/xml": lambda: documents.rdf(SHOWN, "xml"),
    "json-ld": lambda: documents.rdf(SHOWN, "json-ld"),
    "markdown": lambda: documents.table(TABLE, "github"),
    "grid": lambda: documents.table(TABLE, "grid"),
    "psql": lambda: documents.table(TABLE, "psql"),
    "box": lambda: documents.table(TABLE, "fancy_grid"),
    "wiki": lambda: documents.table(TABLE, "mediawiki"),
    "jira": lambda: documents.table(TABLE, "jira"),
    "latex": lambda: documents.table(TABLE, "latex"),
    "restructured text": lambda: documents.table(TABLE, "rst"),
    "org": lambda: documents.table(TABLE, "orgtbl"),
    "fixed width": lambda: documents.fixed_width(TABLE),
    "vcf 2.1": lambda: documents.old_vcf(SHOWN),
}


class Desk:
    """A case with some leaked people and a real pool."""

    def __init__(self, pool: ReaderPool, leaked: list[list[str]]) -> None:
        self.key, self.owner = MatchKey.generate(), OwnerIdentity.generate()
        columns = [Column(header, role, "") for header, role in zip(HEADER, ROLES, strict=True)]
        self.fingerprints = build([LeakTable("people", columns, leaked)], self.key, self.owner.recipient())
        ids = CaseIds("zoo", self.key)
        self._inspector = Inspector(self.fingerprints, ids, self.owner.recipient(), self.key, pool, frozenset())

    def look(self, body: bytes) -> Inspection:
        return self._inspector.inspect(Document(body, "zoo", AT))

    def found(self, inspection: Inspection) -> set[int]:
        """The numbers of the leaked rows that were found."""
        sealed = unseal_rows(inspection.sealed_rows, self.owner) if inspection.sealed_rows else []
        return {row for _, row in self.fingerprints.locate(sealed, self.owner)}


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    with ReaderPool(workers=1) as pool:
        yield Desk(pool, LEAKED)


@pytest.mark.parametrize("name", BODIES)
def test_every_row_is_found(desk: Desk, name: str) -> None:
    inspection = desk.look(BODIES[name]())
    assert (inspection.verdict, inspection.reason) == (Verdict.MATCH, None)
    assert desk.found(inspection) == set(range(100, 150))


def test_a_pdf_with_a_password_is_encrypted(desk: Desk) -> None:
    inspection = desk.look(documents.pdf(TABLE, user="secret"))
    assert (inspection.verdict, inspection.reason) == (Verdict.NOT_INSPECTED, Reason.ENCRYPTED)


@pytest.mark.parametrize("name", sorted(path.name for path in DUMPS.iterdir() if path.suffix != ".json"))
def test_every_row_of_a_real_dump_is_found(name: str) -> None:
    with ReaderPool(workers=1) as pool:
        desk = Desk(pool, json.loads((DUMPS / "people.json").read_text("utf-8"))["rows"])
        inspection = desk.look((DUMPS / name).read_bytes())
    assert (inspection.verdict, inspection.reason) == (Verdict.MATCH, None)
    assert desk.found(inspection) == set(range(50))
