import csv
import io
import re
import zipfile
from collections import defaultdict
from datetime import date, datetime

import pytest
from openpyxl import load_workbook

from tracker.demo.incident import HEADER, LEAKED_PEOPLE, PASTED_ROWS, build_incident
from tracker.demo.workbook import workbook


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("incident")


@pytest.fixture(scope="module")
def incident(folder):
    return build_incident(folder)


@pytest.fixture(scope="module")
def leaked(incident):
    rows = list(csv.DictReader(io.StringIO(incident.leak.read_text(encoding="utf-8"))))
    assert len(rows) == LEAKED_PEOPLE
    assert list(rows[0]) == list(HEADER)
    return rows


def planted(incident, name):
    return next(copy for copy in incident.planted if copy.name == name)


def test_paste_shows_the_rows_it_says(incident, leaked):
    copy = next(copy for copy in incident.planted if copy.on_paste_site)
    text = next(paste.text for paste in incident.pastes if paste.name == copy.name)
    assert len(copy.rows) == PASTED_ROWS
    for line, row in zip(text.splitlines(), copy.rows, strict=True):
        person = leaked[row]
        born = datetime.strptime(person["Date of Birth"], "%m/%d/%Y").date()  # noqa: DTZ007
        assert line.startswith(f"{person['First Name']} {person['Last Name'].upper()} | {born.isoformat()}")
        assert person["A-Number"] not in line


def test_csv_copy_is_the_whole_leak_shuffled_without_its_ids(incident, leaked):
    copy = planted(incident, "dumps/2022-11/list_noid.csv")
    rows = list(csv.DictReader(io.StringIO((incident.mirror / copy.name).read_text(encoding="utf-8"))))
    assert sorted(copy.rows) == list(range(LEAKED_PEOPLE))
    assert list(copy.rows) != sorted(copy.rows)
    for shown, row in zip(rows, copy.rows, strict=True):
        assert shown == {name: cell for name, cell in leaked[row].items() if name != "A-Number"}


def test_zip_copy_is_one_sheet_of_a_workbook(incident, leaked):
    copy = planted(incident, "dumps/2022-11/november.zip")
    member, sheet = copy.member
    with zipfile.ZipFile(incident.mirror / copy.name) as archive:
        assert len(archive.namelist()) == 3
        book = load_workbook(io.BytesIO(archive.read(member)))
    assert len(book.sheetnames) == 3
    rows = list(book[sheet].iter_rows(min_row=2, values_only=True))
    for (given, family, born, nationality, status), row in zip(rows, copy.rows, strict=True):
        person = leaked[row]
        assert [given, family, born.strftime("%m/%d/%Y"), nationality, status] == [
            person[name]
            for name in ("First Name", "Last Name", "Date of Birth", "Country of Citizenship", "Case Status")
        ]


def test_harmless_files_hold_nobody_of_the_leak(incident, leaked):
    secrets = {person[name] for person in leaked for name in ("A-Number", "E-mail") if person[name]}
    names = {(person["First Name"], person["Last Name"], person["Date of Birth"]) for person in leaked}
    by_birth = defaultdict(list)
    for given, family, born in names:
        by_birth[born].append((given, family))
    harmless = [paste.text for paste in incident.pastes if paste.name in incident.harmless]
    for name in incident.harmless:
        path = incident.mirror / name
        if path.suffix == ".xlsx":
            rows = list(load_workbook(path)["Cases"].iter_rows(min_row=2, values_only=True))
            assert len(rows) >= 400
            assert not names & {(row[2], row[1], row[3].strftime("%m/%d/%Y")) for row in rows}
            harmless.append("\n".join(str(cell) for row in rows for cell in row))
        elif path.is_file():
            harmless.append(path.read_text(encoding="utf-8"))
    assert len(harmless) == len(incident.harmless) == 14
    for text in harmless:
        words = set(re.findall(r"[\w.@-]+", text))
        assert not words & (secrets | {secret.removeprefix("A") for secret in secrets})
        for line in text.splitlines():
            assert not [born for born in re.findall(r"\d\d/\d\d/\d{4}", line) if spells_out(line, by_birth[born])]


def spells_out(line, names):
    return any(given in line and family in line for given, family in names)


def test_nothing_else_is_written_and_the_bytes_repeat(incident, folder, tmp_path):
    again = build_incident(tmp_path)
    assert again.pastes == incident.pastes
    files = {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert files == {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    served = {path.as_posix() for path in files if path.parts[0] == "site"}
    expected = {copy.name for copy in incident.planted if not copy.on_paste_site} | set(incident.harmless)
    assert served == {f"site/mirror/{name}" for name in expected - {paste.name for paste in incident.pastes}}


def test_workbook_is_read_back_by_another_program():
    rows = [["a < b & c", 3, date(1988, 3, 14)], ["", "é", ""]]
    book = load_workbook(io.BytesIO(workbook([('One & "two"', rows), ("Empty", [])])))
    assert book.sheetnames == ['One & "two"', "Empty"]
    assert [list(row) for row in book.worksheets[0].iter_rows(values_only=True)] == [
        ["a < b & c", 3, datetime(1988, 3, 14)],  # noqa: DTZ001
        [None, "é", None],
    ]
