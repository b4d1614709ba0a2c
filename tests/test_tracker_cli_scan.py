"""tracker scan: one line for every document and part, the right rows, the right exit code."""

import os
import random
import socket
import zipfile
from pathlib import Path

import openpyxl
import pytest

from tests.cli import refused, write_csv
from tests.conftest import Spring
from tests.people import HEADER

FIELDS = {
    "path", "member", "verdict", "reason", "partial", "rows_matched", "persons_matched", "matched_rows", "columns",
    "coverage", "chance_matches", "confidence", "evidence", "digest", "run",
}  # fmt: skip


def test_a_shuffled_part_is_found_with_its_rows(spring: Spring) -> None:
    chosen = random.Random(1).sample(range(300), 40)
    path = write_csv(spring.tracker.work / "part.csv", HEADER[1:], [spring.leaked[n][1:] for n in chosen])
    result = spring.tracker.ok("scan", path, "--format", "json", "--reveal-rows", code=1)
    (line,) = result.lines
    assert set(line) == FIELDS
    assert line["path"] == str(path)
    assert line["member"] is None
    assert (line["verdict"], line["reason"], line["partial"]) == ("match", None, False)
    assert line["matched_rows"] == sorted(chosen)
    assert line["rows_matched"] == line["persons_matched"] == 40
    assert line["coverage"] == pytest.approx(40 / 300)
    assert {"family_name", "given_name", "birth_date"} <= set(line["columns"])
    assert "id" not in line["columns"]
    assert line["confidence"] >= 0.99
    assert line["evidence"] == "several"
    assert result.err == ""


def test_rows_are_named_only_when_asked(spring: Spring) -> None:
    path = write_csv(spring.tracker.work / "one.csv", None, spring.leaked[5:6])
    (line,) = spring.tracker.ok("scan", path, "--format", "json", code=1).lines
    assert line["matched_rows"] is None
    assert line["evidence"] == "single"


def test_strangers_are_left_alone(spring: Spring) -> None:
    path = write_csv(spring.tracker.work / "others.csv", HEADER, spring.strangers)
    (line,) = spring.tracker.ok("scan", path, "--format", "json").lines
    assert (line["verdict"], line["rows_matched"], line["columns"]) == ("no_match", 0, [])


def test_members_of_archives_have_lines_of_their_own(spring: Spring) -> None:
    book = openpyxl.Workbook()
    book.active.append(HEADER)
    for row in spring.leaked[100:120]:
        book.create_sheet("tab") if len(book.sheetnames) == 1 else None
        book["tab"].append(row)
    book.save(spring.tracker.work / "book.xlsx")
    write_csv(spring.tracker.work / "others.csv", HEADER, spring.strangers)
    archive = spring.tracker.folder / "dump.zip"
    with zipfile.ZipFile(archive, "w") as file:
        file.write(spring.tracker.work / "book.xlsx", "deep/book.xlsx")
        file.write(spring.tracker.work / "others.csv", "others.csv")
        with file.open("inner.zip", "w") as inner, zipfile.ZipFile(inner, "w") as nested:
            nested.write(spring.tracker.work / "book.xlsx", "b.xlsx")
    lines = spring.tracker.ok("scan", archive, "--format", "json", "--reveal-rows", code=1).lines
    assert {line["path"] for line in lines} == {str(archive)}
    assert {line["member"]: (line["verdict"], line["matched_rows"]) for line in lines} == {
        "deep/book.xlsx": ("match", list(range(100, 120))),
        "others.csv": ("no_match", []),
        "inner.zip!/b.xlsx": ("match", list(range(100, 120))),
    }


def test_every_path_gets_a_line_in_order(spring: Spring) -> None:
    folder = spring.tracker.work / "found"
    (folder / "sub").mkdir(parents=True)
    write_csv(folder / "a.csv", None, spring.leaked[:3])
    (folder / "empty.txt").write_bytes(b"")
    (folder / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    (folder / "sub" / "prose.txt").write_text("nothing of interest\n")
    (folder / "sub.txt").write_text("nothing either\n")
    os.mkfifo(folder / "fifo")
    (folder / "link").symlink_to(folder / "a.csv")
    (folder / "loop").symlink_to(folder)
    with (folder / os.fsdecode(b"odd\xff\x1b[31m.txt")).open("w") as file:
        file.write("x")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(folder / "socket"))
        lines = spring.tracker.ok("scan", "found", "--format", "json", code=1).lines
    assert [line["path"] for line in lines] == [
        "found/a.csv", "found/empty.txt", "found/fifo", "found/odd\\xff\x1b[31m.txt", "found/picture.png",
        "found/socket", "found/sub.txt", "found/sub/prose.txt",
    ]  # fmt: skip
    assert {line["path"].removeprefix("found/"): (line["verdict"], line["reason"]) for line in lines} == {
        "a.csv": ("match", None),
        "empty.txt": ("no_match", None),
        "fifo": ("not_inspected", "not_a_file"),
        "odd\\xff\x1b[31m.txt": ("no_match", None),
        "picture.png": ("not_inspected", "unsupported"),
        "socket": ("not_inspected", "not_a_file"),
        "sub.txt": ("no_match", None),
        "sub/prose.txt": ("no_match", None),
    }


def test_the_table_obeys_no_escape(spring: Spring) -> None:
    (spring.tracker.work / "a\x1b[31m\u202eb.txt").write_text("x")
    result = spring.tracker.ok("scan", ".")
    assert "\x1b" not in result.out
    assert "\u202e" not in result.out
    assert "a\\x1b[31m\\u202eb.txt" in result.out


def test_stdin_is_a_document(spring: Spring) -> None:
    text = "\n".join(",".join(row) for row in spring.leaked[7:17]).encode()
    (line,) = spring.tracker.ok("scan", "-", "--format", "json", "--reveal-rows", stdin=text, code=1).lines
    assert (line["path"], line["matched_rows"]) == ("-", list(range(7, 17)))


def test_nothing_found_but_something_unread_is_3(spring: Spring) -> None:
    (spring.tracker.work / "x.rar").write_bytes(b"Rar!\x1a\x07\x01\x00" + bytes(50))
    assert spring.tracker.run("scan", "x.rar", "--format", "json").code == 3


def test_unreadable_files_and_folders_are_said(spring: Spring) -> None:
    folder = spring.tracker.work / "shut"
    (folder / "room").mkdir(parents=True)
    (folder / "file.txt").write_text("x")
    (folder / "file.txt").chmod(0)
    (folder / "room").chmod(0)
    result = spring.tracker.run("scan", "shut", "--format", "json", unprivileged=True)
    (folder / "room").chmod(0o700)
    assert result.code == 3, result
    assert {line["path"]: line["reason"] for line in result.lines} == {
        "shut/file.txt": "unreadable",
        "shut/room": "unreadable",
    }


def test_with_a_url_a_sighting_is_filed_and_otherwise_none(spring: Spring) -> None:
    path = write_csv(spring.tracker.work / "mail.csv", HEADER, spring.leaked[:30])
    spring.tracker.ok("scan", path, code=1)
    assert spring.tracker.ok("search", "--format", "json").out == ""
    spring.tracker.ok("scan", path, "--url", "HTTPS://Forum.Example:443/t/9#post3", code=1)
    (found,) = spring.tracker.ok("search", "--format", "json").lines
    assert (found["url"], found["rows_matched"], found["status"]) == ("https://forum.example/t/9", 30, "new")
    assert spring.tracker.ok("scan", path, "--url", "https://forum.example/t/9", code=1)
    assert len(spring.tracker.ok("search", "--format", "json").lines) == 1


def test_a_known_good_file_is_no_copy(spring: Spring, tmp_path: Path) -> None:
    good = write_csv(spring.tracker.work / "good.csv", HEADER, spring.leaked[:30])
    more = write_csv(spring.tracker.work / "more.csv", HEADER, spring.strangers[:20])
    spring.tracker.ok("fingerprint", more, "--case", "spring", "--add", "--yes", "--known-good", good)
    (line,) = spring.tracker.ok("scan", good, "--format", "json").lines
    assert (line["verdict"], line["reason"]) == ("no_match", "known_good")


def test_rows_of_several_tables_are_pairs(spring: Spring) -> None:
    more = write_csv(spring.tracker.work / "more.csv", HEADER, spring.strangers[:50])
    spring.tracker.ok("fingerprint", more, "--case", "spring", "--add", "--yes")
    both = write_csv(spring.tracker.work / "both.csv", HEADER, [spring.strangers[49], spring.leaked[3]])
    (line,) = spring.tracker.ok("scan", both, "--format", "json", "--reveal-rows", code=1).lines
    assert line["matched_rows"] == [[0, 3], [1, 49]]


def test_bad_input_is_one_sentence(spring: Spring, tmp_path: Path) -> None:
    run = spring.tracker.run
    refused(run("scan", "no-such-file"), 2, "no-such-file")
    refused(run("scan", ".", "--case", "autumn"), 2, "autumn", "spring")
    refused(run("scan", ".", "--url", "https://a.example/"), 2, "one file")
    path = write_csv(spring.tracker.work / "x.csv", HEADER, spring.leaked[:3])
    refused(run("scan", path, "--url", "ftp://a.example/"), 2, "--url")
    spring.tracker.keys.joinpath("spring.owner").unlink()
    refused(run("scan", path, "--reveal-rows"), 2, "owner identity", "spring.owner")
    assert run("scan", path).code == 1


def test_keys_and_fingerprints_that_do_not_fit_are_refused(spring: Spring, tmp_path: Path) -> None:
    path = write_csv(spring.tracker.work / "x.csv", HEADER, spring.leaked[:3])
    other = spring.tracker.copy(tmp_path / "other")
    other.ok("fingerprint", path, "--case", "autumn", "--yes")
    match, sealed = spring.tracker.keys / "spring.match", spring.tracker.home / "cases/spring/fingerprints.sealed"
    right, content = match.read_bytes(), sealed.read_bytes()
    match.write_bytes((other.keys / "autumn.match").read_bytes())
    refused(spring.tracker.run("scan", path), 2, "key")
    match.write_bytes(right[:20])
    refused(spring.tracker.run("scan", path), 2, "match key")
    match.unlink()
    refused(spring.tracker.run("scan", path), 2, str(match))
    match.write_bytes(right)
    for damaged in (content[:1000], content[:5], b"", b"PK\x03\x04" + content[4:], content[:-1], content + b"x"):
        sealed.write_bytes(damaged)
        refused(spring.tracker.run("scan", path), 2, str(sealed))
    sealed.unlink()
    refused(spring.tracker.run("scan", path), 2, str(sealed))
