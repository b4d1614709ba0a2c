"""The sealed file: it comes back whole or is refused, and without the key it is noise."""

import stat
import zlib
from pathlib import Path

import numpy as np
import pytest
from synthetic_people import KEY, OWNER, fingerprint, people

from fingerprints.errors import FingerprintFileError, FingerprintsError, KeyMaterialError
from fingerprints.fields import folding
from fingerprints.index import file as sealed
from fingerprints.index import payload
from fingerprints.index.file import read_fingerprints, write_fingerprints
from fingerprints.keys import MatchKey

SMALL = fingerprint(people(30))


@pytest.fixture
def path(tmp_path):
    write_fingerprints(tmp_path / "spring.fingerprints", SMALL, KEY)
    return tmp_path / "spring.fingerprints"


def test_it_comes_back_whole(path):
    read = read_fingerprints(path, KEY)
    for name in ("hashes", "kinds", "offsets", "rows"):
        assert np.array_equal(getattr(read.postings, name), getattr(SMALL.postings, name))
    assert np.array_equal(read.person_of, SMALL.person_of)
    assert read.tables == SMALL.tables
    assert (read.densities, read.born, read.digest) == (SMALL.densities, SMALL.born, SMALL.digest)
    assert (read.rows, read.persons) == (30, 30)
    assert sorted(read.locate(range(30), OWNER)) == [(0, row) for row in range(30)]


def test_it_is_private_and_leaves_nothing_beside_it(path):
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(path.parent.iterdir()) == [path]


def test_a_failed_write_keeps_the_old_file_and_leaves_nothing(path, monkeypatch):
    before = path.read_bytes()

    def full_disk(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(sealed.os, "fsync", full_disk)
    with pytest.raises(OSError, match="No space"):
        write_fingerprints(path, SMALL, KEY)
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


def _refusal(path, key=KEY, error=FingerprintsError):
    with pytest.raises(error) as refusal:
        read_fingerprints(path, key)
    sentence = str(refusal.value)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return sentence


def test_missing_unreadable_foreign_newer_and_wrong_key(path, tmp_path):
    assert "no fingerprint file" in _refusal(tmp_path / "none", error=FingerprintFileError)
    assert "cannot be read" in _refusal(tmp_path, error=FingerprintFileError)
    data = path.read_bytes()
    path.write_bytes(b"PK\x03\x04" + data)
    assert "is no fingerprint file" in _refusal(path, error=FingerprintFileError)
    path.write_bytes(data[:8] + b"\x02" + data[9:])
    assert "format 2" in _refusal(path, error=FingerprintFileError)
    path.write_bytes(data)
    assert "match key" in _refusal(path, MatchKey.generate(), error=KeyMaterialError)


def test_every_truncation_is_refused(path):
    data = path.read_bytes()
    for end in [*range(200), *range(200, len(data), 997), len(data) - 1]:
        path.write_bytes(data[:end])
        _refusal(path)


def test_every_flipped_byte_is_refused(path):
    data = bytearray(path.read_bytes())
    for place in [*range(120), *range(120, len(data), 499), len(data) - 1]:
        data[place] ^= 1
        path.write_bytes(data)
        _refusal(path)
        data[place] ^= 1


def test_chunks_cannot_be_cut_off_swapped_repeated_or_appended(path, monkeypatch):
    monkeypatch.setattr(sealed, "_CHUNK_SIZE", 1 << 14)
    write_fingerprints(path, SMALL, KEY)
    data = path.read_bytes()
    size = (1 << 14) + 16
    start = len(data) - (len(data) - 57) // size * size
    header, chunks = data[:start], [data[place : place + size] for place in range(start, len(data), size)]
    assert len(chunks) >= 4
    assert len(header) == 57
    for changed in (
        chunks[:-1],
        [chunks[1], chunks[0], *chunks[2:]],
        [*chunks, chunks[-1]],
        chunks[1:],
        [*chunks, b"x"],
    ):
        path.write_bytes(header + b"".join(changed))
        _refusal(path, error=FingerprintFileError)


def test_a_newer_normalizer_is_refused(path, monkeypatch):
    monkeypatch.setattr(payload, "NORMALIZER_VERSION", folding.NORMALIZER_VERSION - 1)
    assert "newer version" in _refusal(path, error=FingerprintFileError)


def _body(path: Path) -> bytes:
    return path.read_bytes()[9:]


def test_beyond_the_header_it_is_noise_of_a_size_that_says_little(tmp_path):
    """With the population as dictionary and no key, no simple statistic over the bytes tells members from strangers."""
    members, strangers = people(400, seed=11), people(400, seed=12)
    sizes = set()
    for name, rows in (("members", members), ("strangers", strangers)):
        write_fingerprints(tmp_path / name, fingerprint(rows), KEY)
        body = _body(tmp_path / name)
        sizes.add(len(body))
        counts = np.bincount(np.frombuffer(body, np.uint8), minlength=256)
        chi_square = float(((counts - len(body) / 256) ** 2 / (len(body) / 256)).sum())
        assert 150 < chi_square < 380
        assert len(zlib.compress(body, 9)) > len(body)
    assert len(sizes) == 1
    bodies = [_body(tmp_path / name) for name in ("members", "strangers")]
    values = {cell for row in members + strangers for cell in row if len(cell) > 4}
    assert not any(value.encode() in body or value.lower().encode() in body for value in values for body in bodies)


def test_the_same_leak_sealed_twice_shares_no_block(tmp_path):
    for name in ("one", "two"):
        write_fingerprints(tmp_path / name, SMALL, KEY)
    one, two = _body(tmp_path / "one"), _body(tmp_path / "two")
    blocks = [{body[place : place + 16] for place in range(0, len(body) - 16, 16)} for body in (one, two)]
    assert not blocks[0] & blocks[1]
