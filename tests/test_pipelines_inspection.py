"""From bytes to a verdict: whole documents and their parts, with real fingerprints and real workers."""

import dataclasses
import io
import json
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fingerprints.build import Fingerprints, LeakTable, build
from fingerprints.fields.roles import Column, Role
from fingerprints.keys import CaseIds, MatchKey, OwnerIdentity, unseal_rows
from pipelines.inspection import MAX_BODY, Inspector, keyed_digest
from pipelines.items import Document, Evidence, Inspection, Reason, Verdict
from pipelines.reading.pool import Limits, ReaderPool
from tests.people import HEADER, people, rows

AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
ROLES = (
    Role.ID,
    Role.FAMILY_NAME,
    Role.GIVEN_NAME,
    Role.BIRTH_DATE,
    Role.CATEGORY,
    Role.EMAIL,
    Role.PLACE,
    Role.CATEGORY,
)
ALL = rows(people(700))
LEAKED, STRANGERS = ALL[:300], ALL[300:]


@dataclass(frozen=True)
class Case:
    inspector: Inspector
    fingerprints: Fingerprints
    ids: CaseIds
    owner: OwnerIdentity
    key: MatchKey
    pool: ReaderPool

    def look(self, body: bytes, **more) -> Inspection:
        return self.inspector.inspect(Document(body, "here", AT, **more))

    def with_known_good(self, *bodies: bytes) -> "Case":
        known = frozenset(keyed_digest(self.ids, body) for body in bodies)
        inspector = Inspector(self.fingerprints, self.ids, self.owner.recipient(), self.key, self.pool, known)
        return dataclasses.replace(self, inspector=inspector)


@pytest.fixture(scope="module")
def case() -> Iterator[Case]:
    key, owner = MatchKey.generate(), OwnerIdentity.generate()
    columns = [Column(header, role, "") for header, role in zip(HEADER, ROLES, strict=True)]
    fingerprints = build([LeakTable("people", columns, LEAKED)], key, owner.recipient())
    ids = CaseIds("spring", key)
    with ReaderPool(2, Limits(unpacked=8 << 20, seconds=5, wall_seconds=20)) as pool:
        inspector = Inspector(fingerprints, ids, owner.recipient(), key, pool, frozenset())
        yield Case(inspector, fingerprints, ids, owner, key, pool)


def text(table: list[list[str]]) -> bytes:
    return "".join(",".join(row) + "\n" for row in table).encode()


def zipped(*members: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in members:
            archive.writestr(name, body)
    return out.getvalue()


def parts(inspection: Inspection) -> list[tuple[tuple[str, ...], Verdict, Reason | None, int]]:
    return [(part.member, part.verdict, part.reason, part.finding.rows_matched) for part in inspection.parts]


PNG = b"\x89PNG\r\n\x1a\n...."
COPY, OTHERS = text(LEAKED[:40]), text(STRANGERS[:200])
MATCH, NO_MATCH, NOT_INSPECTED = Verdict.MATCH, Verdict.NO_MATCH, Verdict.NOT_INSPECTED


def test_a_copy_matches_and_its_rows_open_for_the_owner_alone(case: Case) -> None:
    found = case.look(
        OTHERS + COPY, url="https://a.example/x", fetch_url="https://a.example/raw", status=200, server_ip="192.0.2.1"
    )
    assert (found.verdict, found.reason, found.partial) == (MATCH, None, False)
    assert found.finding.rows_matched == 40
    assert found.finding.persons_matched == 40
    assert found.finding.evidence is Evidence.SEVERAL
    assert found.finding.confidence > 0.99
    assert Role.BIRTH_DATE in found.finding.columns
    assert (found.url, found.fetch_url, found.status) == ("https://a.example/x", "https://a.example/raw", 200)
    assert (found.source, found.at, found.server_ip) == ("here", AT, "192.0.2.1")
    assert found.size == len(OTHERS + COPY)
    assert found.digest == keyed_digest(case.ids, OTHERS + COPY)
    located = case.fingerprints.locate(unseal_rows(found.sealed_rows, case.owner), case.owner)
    assert sorted(located) == [(0, number) for number in range(40)]


def test_one_row_is_single_evidence(case: Case) -> None:
    assert case.look(text(LEAKED[:1])).finding.evidence is Evidence.SINGLE


def test_strangers_do_not_match(case: Case) -> None:
    found = case.look(OTHERS)
    assert (found.verdict, found.reason, found.partial, found.sealed_rows) == (NO_MATCH, None, False, None)
    assert found.finding.rows_matched == 0
    assert found.finding.evidence is None


def test_the_media_type_is_what_the_bytes_are(case: Case) -> None:
    assert case.look(OTHERS, media_type="application/pdf").media_type == "text/csv"
    assert case.look(b"", media_type="text/html").media_type == "application/x-empty"


@pytest.mark.parametrize(
    ("body", "verdict", "reason"),
    [(b"", NO_MATCH, None), (PNG, NOT_INSPECTED, Reason.UNSUPPORTED), (b"[" * 99999, NOT_INSPECTED, Reason.BROKEN)],
)
def test_single_documents_keep_their_own_reason(
    case: Case, body: bytes, verdict: Verdict, reason: Reason | None
) -> None:
    found = case.look(body)
    assert (found.verdict, found.reason, found.partial, found.parts) == (verdict, reason, False, ())


def test_every_member_has_a_verdict_and_the_whole_has_their_union(case: Case) -> None:
    inner = zipped(("deep.csv", text(LEAKED[20:60])))
    found = case.look(zipped(("a.csv", COPY), ("in.zip", inner), ("b.txt", OTHERS), ("empty", b"")))
    assert found.is_container
    assert (found.verdict, found.reason, found.partial) == (MATCH, None, False)
    assert found.finding.rows_matched == 60
    assert parts(found) == [
        (("a.csv",), MATCH, None, 40),
        (("in.zip", "deep.csv"), MATCH, None, 40),
        (("b.txt",), NO_MATCH, None, 0),
        (("empty",), NO_MATCH, None, 0),
    ]
    assert found.parts[0].digest == keyed_digest(case.ids, COPY) == case.look(COPY).digest
    rows_of_part = case.fingerprints.locate(found.parts[1].rows, case.owner)
    assert sorted(rows_of_part) == [(0, number) for number in range(20, 60)]


def test_a_part_that_cannot_be_read_makes_the_whole_partial(case: Case) -> None:
    with_match = case.look(zipped(("a.csv", COPY), ("photo", PNG)))
    assert (with_match.verdict, with_match.reason, with_match.partial) == (MATCH, Reason.UNSUPPORTED, True)
    without = case.look(zipped(("a.csv", OTHERS), ("photo", PNG)))
    assert (without.verdict, without.reason, without.partial) == (NOT_INSPECTED, Reason.PARTIAL, True)
    assert parts(without)[1] == (("photo",), NOT_INSPECTED, Reason.UNSUPPORTED, 0)
    nothing = case.look(zipped(("photo", PNG), ("photo2", PNG)))
    assert (nothing.verdict, nothing.reason, nothing.partial) == (NOT_INSPECTED, Reason.UNSUPPORTED, False)


def test_a_nested_archive_has_a_line_only_when_it_was_not_fully_read(case: Case) -> None:
    whole = zipped(("deep.csv", COPY))
    cut = whole[: whole.find(b"PK\1\2")]
    found = case.look(zipped(("whole.zip", whole), ("cut.zip", cut), ("none.zip", zipped())))
    assert parts(found) == [
        (("whole.zip", "deep.csv"), MATCH, None, 40),
        (("cut.zip",), MATCH, Reason.BROKEN, 40),
        (("cut.zip", "deep.csv"), MATCH, None, 40),
        (("none.zip",), NO_MATCH, None, 0),
    ]
    assert found.partial


def test_a_cut_archive_is_partial(case: Case) -> None:
    body = zipped(("a.csv", COPY), ("b.csv", OTHERS))
    found = case.look(body[:-30])
    assert (found.verdict, found.partial, found.finding.rows_matched) == (MATCH, True, 40)


def test_members_of_one_name_are_two_parts(case: Case) -> None:
    with pytest.warns(UserWarning, match="Duplicate"):
        body = zipped(("same", COPY), ("same", OTHERS))
    assert parts(case.look(body)) == [(("same",), MATCH, None, 40), (("same",), NO_MATCH, None, 0)]


def test_known_good_documents_and_members_are_no_copies(case: Case) -> None:
    knowing = case.with_known_good(COPY)
    found = knowing.look(COPY)
    assert (found.verdict, found.reason, found.finding.rows_matched) == (NO_MATCH, Reason.KNOWN_GOOD, 0)
    archive = knowing.look(zipped(("good.csv", COPY), ("other.csv", text(LEAKED[100:110]))))
    assert archive.finding.rows_matched == 10
    assert parts(archive)[0] == (("good.csv",), NO_MATCH, Reason.KNOWN_GOOD, 0)
    assert knowing.look(zipped(("good.csv", COPY))).verdict is NO_MATCH


def test_a_known_good_archive_covers_what_is_in_it(case: Case) -> None:
    inner = zipped(("a.csv", COPY), ("photo", PNG))
    found = case.with_known_good(inner).look(zipped(("in.zip", inner)))
    assert (found.verdict, found.partial) == (NO_MATCH, False)
    assert {part.reason for part in found.parts} == {Reason.KNOWN_GOOD}


def test_what_has_no_body_is_not_inspected_unless_it_is_gone(case: Case) -> None:
    gone = case.inspector.not_fetched(source="s", at=AT, url="https://a.example/", reason=Reason.GONE, status=404)
    assert (gone.verdict, gone.reason, gone.status, gone.digest) == (NO_MATCH, Reason.GONE, 404, None)
    blocked = case.inspector.not_fetched(source="s", at=AT, url=None, reason=Reason.BLOCKED)
    assert (blocked.verdict, blocked.reason, blocked.partial) == (NOT_INSPECTED, Reason.BLOCKED, False)


def test_a_bomb_is_partial_and_keeps_the_match(case: Case) -> None:
    found = case.look(zipped(("a.csv", COPY), ("bomb", b"x" * (20 << 20))))
    assert (found.verdict, found.partial) == (MATCH, True)


def test_sealed_rows_do_not_tell_their_number_by_size(case: Case) -> None:
    sizes = [len(case.look(text(LEAKED[:count])).sealed_rows) for count in (1, 5, 40, 300)]
    # The age format itself adds some random bytes to its header.
    assert 4096 < min(sizes) <= max(sizes) < 4096 + 600


def test_nothing_shows_text_or_rows(case: Case) -> None:
    found = case.look(zipped(("Anna Weber.csv", COPY)))
    shown = repr(found) + repr(found.parts)
    assert "Weber" not in shown
    assert "rows=" not in shown
    assert not any(cell in shown for row in LEAKED[:40] for cell in row[:4])


def test_many_threads_give_the_same_answers(case: Case) -> None:
    bodies = [text(LEAKED[number : number + 10]) if number % 3 else text(STRANGERS[:30]) for number in range(60)]
    expected = [case.look(body).finding.rows_matched for body in bodies]
    with ThreadPoolExecutor(6) as threads:
        found = list(threads.map(case.look, bodies))
    assert [one.finding.rows_matched for one in found] == expected


def test_the_largest_body_is_what_the_pool_takes() -> None:
    assert Limits().body == MAX_BODY


BEGINNINGS = st.sampled_from([b"", b"PK\3\4", b"{", b"[", b"<html>", b"\xff\xfe", b"a,b\n", zipped(("a", b"b"))])


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(BEGINNINGS, st.binary(max_size=400))
def test_any_bytes_end_in_a_verdict(case: Case, beginning: bytes, rest: bytes) -> None:
    found = case.look(beginning + rest)
    assert found.verdict in Verdict
    assert (found.reason is None) == (found.verdict is not NOT_INSPECTED)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.integers(0, 255))
def test_a_damaged_workbook_ends_in_a_verdict(case: Case, place: int, value: int) -> None:
    body = bytearray(WORKBOOK)
    body[place % len(body)] = value
    found = case.look(bytes(body))
    assert found.verdict in Verdict
    assert found.verdict is not NO_MATCH or bytes(body) != WORKBOOK


def workbook() -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    for row in LEAKED[:20]:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


WORKBOOK = workbook()


def test_a_workbook_and_a_dump_match(case: Case) -> None:
    assert case.look(WORKBOOK).finding.rows_matched == 20
    dump = json.dumps([dict(zip(HEADER, row, strict=True)) for row in LEAKED[:20]]).encode()
    assert case.look(dump).finding.rows_matched == 20
