"""Messages of mail programs, their attachments, and messages made to hurt."""

import struct
from collections.abc import Iterator

import pytest

from pipelines.items import Reason
from pipelines.reading.budget import Budget, Limits, UnreadableError
from pipelines.reading.pool import ReaderPool
from pipelines.reading.rtf_compressed import decompressed
from tests.readings import read

# The example in Microsoft's description of the format (MS-OXRTFCP 4.1.1).
COMPRESSED = bytes.fromhex(
    "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0"
)
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


@pytest.fixture(scope="module")
def pool() -> Iterator[ReaderPool]:
    with ReaderPool(workers=1) as pool:
        yield pool


def compound(tree: dict) -> bytes:
    """Return an OLE compound file (MS-CFB, version 3) of nested folders; streams are padded past the small ones."""
    entries: list[list] = []
    data: list[bytes] = []

    def add(name: str, content: dict | bytes | None) -> int:
        place = len(entries)
        entries.append([name, content, _FREE, _FREE, 0, 0])
        if isinstance(content, dict):
            chain = [add(inner, content[inner]) for inner in content]
            for left, right in zip(chain, [*chain[1:], _FREE], strict=True):
                entries[left][2] = right
            entries[place][3] = chain[0] if chain else _FREE
        else:
            padded = content.ljust(4096, b"\0")
            entries[place][4], entries[place][5] = sum(map(len, data)) // 512, len(padded)
            data.append(padded + bytes(-len(padded) % 512))
        return place

    add("Root Entry", tree)
    directory = b"".join(
        (name + "\0").encode("utf-16-le").ljust(64, b"\0")
        + struct.pack(
            "<HBBIII",
            2 * len(name) + 2,
            (5 if not place else 1) if isinstance(content, dict) else 2,
            1,
            _FREE,
            right,
            child,
        )
        + bytes(36)
        + struct.pack("<IQ", _END if isinstance(content, dict) else start, size)
        for place, (name, content, right, child, start, size) in enumerate(entries)
    )
    directory += bytes(-len(directory) % 512)
    sectors = b"".join(data)
    first_directory = len(sectors) // 512
    fat = []
    for block in data:
        fat += [len(fat) + step + 1 for step in range(len(block) // 512 - 1)] + [_END]
    fat += [len(fat) + step + 1 for step in range(len(directory) // 512 - 1)] + [_END]
    fat_sectors = -(-len(fat) // 127)
    first_fat = len(fat)
    fat += [_FAT] * fat_sectors
    fat += [_FREE] * (fat_sectors * 128 - len(fat))
    header = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(16)
        + struct.pack(
            "<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, fat_sectors, first_directory, 0, 4096, _END, 0, _END, 0
        )
    )
    places = [*range(first_fat, first_fat + fat_sectors)]
    header += struct.pack("<109I", *places, *[_FREE] * (109 - len(places)))
    return header + sectors + directory + struct.pack(f"<{len(fat)}I", *fat)


def wide(text: str) -> bytes:
    return text.encode("utf-16-le")


def message(**inner) -> bytes:
    return compound({"__properties_version1.0": bytes(32), **inner})


def test_an_outlook_message(pool: ReaderPool) -> None:
    body = message(
        **{
            "__substg1.0_0037001F": wide("About Zoë"),
            "__substg1.0_1000001F": wide("id;name\n1;Anna\n2;Bela\n"),
            "__substg1.0_10130102": b"<html><table><tr><td>3<td>Cyril</table>",
            "__substg1.0_10090102": COMPRESSED,
            "__recip_version1.0_#00000000": {"__substg1.0_3003001E": b"to@example.org"},
            "__attach_version1.0_#00000000": {
                "__substg1.0_3707001F": wide("liste.csv"),
                "__substg1.0_37010102": b"4,Dora\n5,Emil\n" * 400,
            },
            "__attach_version1.0_#00000001": {
                "__substg1.0_3701000D": {
                    "__properties_version1.0": b"x",
                    "__substg1.0_1000001F": wide("6;Fay\n7;Gil\n"),
                }
            },
        }
    )
    reading = read(pool, body)
    cells = [[cell.strip("\0 ") for cell in row] for row in reading.records]
    for row in (["1", "Anna"], ["3", "Cyril"], ["4", "Dora"], ["6", "Fay"]):
        assert row in cells
    text = reading.text
    assert all(word in text for word in ("About Zoë", "to@example.org", "hello world"))
    assert (reading.reason, reading.end.media_type) == (None, "application/vnd.ms-outlook")
    assert ("liste.csv",) in [end.member for end in reading.ends]


def test_compressed_rtf() -> None:
    budget = Budget(Limits())
    assert decompressed(COMPRESSED, budget) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"
    assert decompressed(struct.pack("<IIII", 99, 5, 0x414C454D, 0) + b"plain...", budget) == b"plain"
    with pytest.raises(UnreadableError):
        decompressed(b"short", budget)
    with pytest.raises(UnreadableError):
        decompressed(bytes(40), budget)


def test_an_outlook_message_whose_folders_go_in_circles(pool: ReaderPool) -> None:
    body = bytearray(message(**{"__attach_version1.0_#00000000": {"__substg1.0_1000001F": wide("text")}}))
    place = body.index(wide("__attach"))
    body[place + 76 : place + 80] = struct.pack("<I", 0)
    assert read(pool, bytes(body)).reason in (None, Reason.BROKEN)
    whole = message(**{"__substg1.0_1000001F": wide("needle"), "__substg1.0_0037001F": wide("b") * 9000})
    assert read(pool, whole[:-600]).reason is Reason.BROKEN


def test_a_message_nested_too_deep_is_read_as_lines(pool: ReaderPool) -> None:
    head = "".join(
        f"Content-Type: multipart/mixed; boundary=b{depth}\nSubject: x\n\n--b{depth}\n" for depth in range(3000)
    )
    reading = read(pool, f"From: a@example.org\n{head}\n\nneedle 1980-02-01\n".encode())
    assert reading.reason is Reason.BROKEN
    assert "needle 1980-02-01" in reading.text


def test_headers_and_bodies_that_lie(pool: ReaderPool) -> None:
    body = (
        b"From: =?utf-8?q?Zo=C3=AB?= <a@example.org>\nSubject: =?x-unknown?b?AAAA?= =?utf-8?b?////?=\n"
        b"MIME-Version: 1.0\nContent-Type: text/plain; charset=x-none\n"
        b"Content-Transfer-Encoding: quoted-printable\n\nAnn=\na M=FCller, 1980\n"
    )
    reading = read(pool, body)
    assert "Zoë" in reading.text
    assert "Anna Müller" in reading.text


def test_a_letter_is_no_message(pool: ReaderPool) -> None:
    assert read(pool, b"From: here\nWe have seen: nothing\n").end.media_type == "text/plain"
    assert read(pool, b"From the desk of\nSubject: all\n").end.media_type == "text/plain"
