"""tracker fingerprint: tables of any usual form in, sentences for the rest, nothing half-written."""

import csv
import os
import stat
import subprocess
import sys

import odf.opendocument
import odf.table
import odf.text
import openpyxl
import pytest

from fingerprints.fields.roles import Role
from tests.cli import Result, Tracker, refused, write_csv
from tests.people import HEADER, people, rows

TABLE = rows(people(60, seed=21))
ROLES = ["id", "family_name", "given_name", "birth_date", "place", "email", "place", "category"]


def taken_for(result: Result) -> list[str]:
    """The roles in the table that the command shows."""
    words = {role.value for role in Role}
    return [next(word for word in line.split() if word in words) for line in result.out.splitlines()[1:]]


def found_rows(tracker: Tracker, table: list[list[str]], wanted: list[int], case: str = "spring") -> None:
    """The case finds just these rows of a page that shows them among headings."""
    page = tracker.work / "page.txt"
    page.write_text("\n".join("; ".join(table[n]) for n in wanted), encoding="utf-8")
    (line,) = tracker.ok("scan", page, "--case", case, "--format", "json", "--reveal-rows", code=1).lines
    assert line["matched_rows"] == sorted(wanted)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimited_text_of_any_dialect(tracker: Tracker, encoding: str, delimiter: str) -> None:
    table = [[cell.encode("ascii", "ignore").decode() for cell in row] for row in TABLE]
    table[3][2] = "Zoë" if encoding != "cp1252" else "José"
    table[4][6] = f'Block "A"{delimiter} second floor\nleft'
    path = tracker.work / "leak.dat"
    with path.open("w", newline="", encoding=encoding) as file:
        csv.writer(file, delimiter=delimiter).writerows([HEADER, *table])
    result = tracker.ok("fingerprint", path, "--case", "spring", "--yes")
    assert taken_for(result) == ROLES
    assert "60 rows" in result.err
    found_rows(tracker, table, [0, 3, 4, 5, 59])


def test_a_workbook_and_its_sheets(tracker: Tracker) -> None:
    book = openpyxl.Workbook()
    book.active.title = "Statistics"
    book.active.append(["Month", "Number"])
    book.active.append(["June", 17])
    sheet = book.create_sheet("Custody list")
    sheet.append(HEADER)
    for row in TABLE:
        import datetime

        sheet.append([*row[:3], datetime.date.fromisoformat(row[3]), *row[4:]])
    path = tracker.work / "leak.xlsx"
    book.save(path)
    refused(
        tracker.run("fingerprint", path, "--case", "spring", "--yes"), 2, "'Statistics'", "'Custody list'", "--sheet"
    )
    refused(
        tracker.run("fingerprint", path, "--case", "spring", "--sheet", "List", "--yes"), 2, "'List'", "'Custody list'"
    )
    assert not tracker.home.exists()
    tracker.ok("fingerprint", path, "--case", "spring", "--sheet", "Custody list", "--yes")
    found_rows(tracker, TABLE, [0, 30, 59])


def test_an_open_document_sheet(tracker: Tracker) -> None:
    document = odf.opendocument.OpenDocumentSpreadsheet()
    table = odf.table.Table(name="People")
    for row in [HEADER, *TABLE]:
        line = odf.table.TableRow()
        for cell in row:
            box = odf.table.TableCell(valuetype="string")
            box.addElement(odf.text.P(text=cell))
            line.addElement(box)
        table.addElement(line)
    document.spreadsheet.addElement(table)
    path = tracker.work / "leak.ods"
    document.save(path)
    tracker.ok("fingerprint", path, "--case", "spring", "--yes")
    found_rows(tracker, TABLE, [1, 58])


def test_a_table_without_header_under_a_title(tracker: Tracker) -> None:
    plain = write_csv(tracker.work / "plain.csv", None, TABLE)
    result = tracker.ok("fingerprint", plain, "--case", "plain", "--yes")
    assert "no header line" in result.err
    found_rows(tracker, TABLE, [0, 1, 59], case="plain")
    titled = tracker.work / "titled.csv"
    titled.write_text("Custody list of June\n\n" + plain.read_text().replace("\n", "\n", 1), encoding="utf-8")
    titled.write_text("Custody list\n" + ",".join(HEADER) + "\n" + plain.read_text(), encoding="utf-8")
    tracker.ok("fingerprint", titled, "--case", "titled", "--yes")
    found_rows(tracker, TABLE, [0, 59], case="titled")


def test_roles_can_be_corrected_by_header_or_number(tracker: Tracker) -> None:
    path = write_csv(tracker.work / "leak.csv", HEADER, TABLE)
    result = tracker.ok(
        "fingerprint", path, "--case", "spring", "--yes", "--role", "Status=text", "--role", "1=category"
    )
    taken = taken_for(result)
    assert (taken[0], taken[-1]) == ("category", "text")
    refused(tracker.run("fingerprint", path, "--case", "b", "--yes", "--role", "Nothing=id"), 2, "Nothing")
    refused(tracker.run("fingerprint", path, "--case", "b", "--yes", "--role", "Status=colour"), 2, "birth_date")
    refused(tracker.run("fingerprint", path, "--case", "b", "--yes", "--role", "Status"), 2, "COLUMN=ROLE")


def test_files_are_for_the_owner_alone_and_hold_no_cell(tracker: Tracker) -> None:
    path = write_csv(tracker.folder / "leak.csv", HEADER, TABLE)
    result = tracker.ok("fingerprint", path, "--case", "spring", "--yes")
    cells = {
        cell for row in TABLE for cell in (row[0], row[3], row[5], f"{row[2]} {row[1]}", f"{row[1]},{row[2]}") if cell
    }
    shown = result.out + result.err
    assert not [cell for cell in cells if cell in shown]
    files = [file for file in (*tracker.home.rglob("*"), *tracker.keys.rglob("*")) if file.is_file()]
    assert {file.name for file in files} == {"case.toml", "fingerprints.sealed", "spring.match", "spring.owner"}
    for file in files:
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        content = file.read_bytes()
        assert not [cell for cell in cells if cell.encode() in content]


def test_settings_are_kept_and_more_can_be_added(tracker: Tracker) -> None:
    path = write_csv(tracker.work / "leak.csv", HEADER, TABLE[:30])
    tracker.ok(
        "fingerprint", path, "--case", "spring", "--yes", "--contact", "desk@example.org",
        "--origin-url", "https://Agency.example/x.csv#top", "--incident-from", "2026-11-20T09:45Z",
    )  # fmt: skip
    more = write_csv(tracker.work / "more.csv", HEADER, TABLE[30:])
    tracker.ok("fingerprint", more, "--case", "spring", "--add", "--yes", "--incident-until", "2026-11-20T14:04+01:00")
    (facts,) = tracker.ok("case", "show", "--json").lines
    assert facts["origin_urls"] == ["https://agency.example/x.csv"]
    assert (facts["contact"], facts["rows"], facts["persons"]) == ("desk@example.org", 60, 60)
    assert facts["incident_from"] == "2026-11-20T09:45:00.000Z"
    assert facts["incident_until"] == "2026-11-20T13:04:00.000Z"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", ["empty"]),
        (b" \n\n", ["empty"]),
        (b"Name,Birth date\n", ["leak.csv"]),
        (b"City,Number\nOslo,5\nRome,7\n", ["identifies"]),
        (b"PK\x03\x04 broken", ["workbook"]),
        (b"\x00\x01\x02\x03\xff\xfe\xfd" * 200, ["--encoding"]),
    ],
)
def test_tables_that_are_none_are_refused(tracker: Tracker, content: bytes, words: list[str]) -> None:
    path = tracker.work / "leak.csv"
    path.write_bytes(content)
    result = tracker.run("fingerprint", path, "--case", "spring", "--yes")
    assert result.code == 2, result
    said = [line for line in result.err.splitlines() if line.startswith("tracker: ")]
    assert len(said) == 1
    assert all(word in said[0] for word in words), said
    assert not (tracker.home / "cases").exists()
    assert not tracker.keys.exists()


def test_other_bad_input_is_one_sentence(tracker: Tracker) -> None:
    path = write_csv(tracker.work / "leak.csv", HEADER, TABLE)
    run = tracker.run
    refused(run("fingerprint", "missing.csv", "--case", "spring", "--yes"), 2, "missing.csv")
    refused(run("fingerprint", ".", "--case", "spring", "--yes"), 2, "cannot read")
    refused(run("fingerprint", path, "--case", "Spring 1", "--yes"), 2, "case name")
    refused(run("fingerprint", path, "--case", "spring", "--add", "--yes"), 2, "spring")
    refused(run("fingerprint", path, "--case", "spring", "--yes", "--incident-from", "soon"), 2, "--incident-from")
    refused(run("fingerprint", path, "--case", "spring", "--yes", "--origin-url", "file:///x"), 2, "--origin-url")
    refused(run("fingerprint", path, "--case", "spring", "--yes", "--encoding", "klingon"), 2, "klingon")
    refused(run("fingerprint", path, "--case", "spring", "--yes", "--encoding", "utf-32"), 2, "utf-32")
    tracker.ok("fingerprint", path, "--case", "spring", "--yes")
    before = (tracker.keys / "spring.match").read_bytes()
    refused(run("fingerprint", path, "--case", "spring", "--yes"), 2, "exists already", "--add")
    assert (tracker.keys / "spring.match").read_bytes() == before


def test_ragged_and_duplicate_rows_are_taken(tracker: Tracker) -> None:
    table = [TABLE[0], TABLE[1][:4], [*TABLE[2], "more", "cells"], TABLE[0]]
    result = tracker.ok("fingerprint", write_csv(tracker.work / "l.csv", HEADER, table), "--case", "spring", "--yes")
    assert "3 rows were longer or shorter" in result.err
    assert "4 rows of 3 persons" in result.err
    found_rows(tracker, TABLE, [1, 2])


def test_a_full_disk_and_a_read_only_folder_leave_nothing(tracker: Tracker) -> None:
    path = write_csv(tracker.folder / "leak.csv", HEADER, rows(people(3000)))
    script = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (20000, 20000));"
        "sys.argv = ['tracker', *sys.argv[1:]]; from tracker.cli.main import run; run()"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, "fingerprint", str(path), "--case", "spring", "--yes"],
        capture_output=True, text=True, cwd=tracker.work, check=False,
        # Byte code cut short by the limit would break the next run of Python.
        env=tracker.environment(PYTHONDONTWRITEBYTECODE="1"),
    )  # fmt: skip
    assert done.returncode == 4, done
    assert "disk is full" in done.stderr
    assert "Traceback" not in done.stderr
    assert [file for file in (*tracker.home.rglob("*"), *tracker.keys.rglob("*")) if file.is_file()] == []
    assert not tracker.home.joinpath("cases/spring").exists()


def test_a_folder_one_may_not_write_to(tracker: Tracker) -> None:
    path = write_csv(tracker.work / "leak.csv", HEADER, TABLE)
    tracker.folder.chmod(0o500)
    result = tracker.run("fingerprint", path, "--case", "spring", "--yes", unprivileged=True)
    tracker.folder.chmod(0o700)
    assert result.code == 4, result
    assert "no permission" in result.err
    assert not tracker.home.exists()


def test_questions_are_asked_on_a_terminal(tracker: Tracker) -> None:
    import pty

    path = write_csv(tracker.work / "leak.csv", HEADER, TABLE)
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "tracker", "fingerprint", str(path), "--case", "spring"],
        stdin=theirs, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tracker.work, env=tracker.environment(),
    )  # fmt: skip
    os.write(ours, b"n\nStatus=text\ny\n2026-11-20T09:45Z\n\nhttps://agency.example/x\n\ndesk@example.org\n")
    _out, err = process.communicate(timeout=60)
    os.close(theirs)
    os.close(ours)
    assert process.returncode == 0, err
    (facts,) = tracker.ok("case", "show", "--json").lines
    assert facts["columns"][-1] == "text"
    assert facts["incident_from"] == "2026-11-20T09:45:00.000Z"
    assert facts["incident_until"] is None
    assert (facts["origin_urls"], facts["contact"]) == (["https://agency.example/x"], "desk@example.org")


def test_of_two_that_make_one_case_at_once_one_wins_whole(tracker: Tracker) -> None:
    path = write_csv(tracker.work / "leak.csv", HEADER, TABLE)
    command = [sys.executable, "-m", "tracker", "fingerprint", str(path), "--case", "spring", "--yes"]
    for number in range(4):
        environment = tracker.environment(
            TRACKER_HOME=str(tracker.folder / f"h{number}"), TRACKER_KEYS=str(tracker.folder / f"k{number}")
        )
        both = [
            subprocess.Popen(
                command, cwd=tracker.work, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            for _ in range(2)
        ]
        assert sorted(process.wait() for process in both) == [0, 2]
        scanned = tracker.run(
            "scan",
            path,
            TRACKER_HOME=str(tracker.folder / f"h{number}"),
            TRACKER_KEYS=str(tracker.folder / f"k{number}"),
        )
        assert scanned.code == 1
