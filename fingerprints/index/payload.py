"""Fingerprints <-> bytes: a JSON description, then plain arrays; nothing in it can run."""

import hashlib
import json
import struct
from typing import Any

import numpy as np
import numpy.typing as npt

from fingerprints.errors import FingerprintFileError
from fingerprints.fields.folding import NORMALIZER_VERSION
from fingerprints.fields.roles import Column, Role
from fingerprints.index.fingerprints import Density, Fingerprints, Table
from fingerprints.index.postings import Postings

_LENGTH = struct.Struct("<Q")
_Array = npt.NDArray[Any]


class PayloadError(Exception):
    """The bytes are no packed fingerprints."""


def pack(fingerprints: Fingerprints) -> bytes:
    """Return the bytes that `unpack` reads."""
    arrays = _arrays(fingerprints)
    description = {
        "normalizer": fingerprints.normalizer,
        "digest": fingerprints.digest,
        "tables": [_table_to_json(table) for table in fingerprints.tables],
        "densities": [[item.kind, item.shape, item.count, item.local] for item in fingerprints.densities],
        "born": fingerprints.born,
        "arrays": [[name, array.dtype.str, list(array.shape)] for name, array in arrays.items()],
    }
    text = json.dumps(description, ensure_ascii=True).encode("ascii")
    return b"".join([_LENGTH.pack(len(text)), text, *(array.tobytes() for array in arrays.values())])


def unpack(data: bytes) -> Fingerprints:
    """Read packed bytes, whatever padding follows them; a newer normalizer is refused as a FingerprintFileError."""
    try:
        (length,) = _LENGTH.unpack_from(data)
        described = json.loads(data[_LENGTH.size : _LENGTH.size + length])
        arrays = _read_arrays(data, _LENGTH.size + length, described["arrays"])
        orders = [arrays[f"order {number}"].tobytes() for number in range(len(described["tables"]))]
        fingerprints = Fingerprints(
            tables=tuple(_table_from_json(*both) for both in zip(described["tables"], orders, strict=True)),
            postings=Postings(arrays["hashes"], arrays["kinds"], arrays["offsets"], arrays["rows"]),
            person_of=arrays["person_of"],
            person_digests=arrays["person_digests"],
            densities=tuple(Density(*item) for item in described["densities"]),
            born=_pair(described["born"]),
            normalizer=int(described["normalizer"]),
            digest=str(described["digest"]),
        )
    except (struct.error, ValueError, KeyError, TypeError) as error:
        raise PayloadError from error
    if fingerprints.normalizer > NORMALIZER_VERSION:
        raise FingerprintFileError("These fingerprints were made by a newer version of this program: update it first.")
    return fingerprints


def content_digest(parts: list[_Array], sealed: list[bytes]) -> str:
    """Return the identity of some content; the random row order in it keeps two builds of one leak apart."""
    digest = hashlib.sha256()
    for piece in [*(array.tobytes() for array in parts), *sealed]:
        digest.update(_LENGTH.pack(len(piece)))
        digest.update(piece)
    return digest.hexdigest()[:32]


def _arrays(fingerprints: Fingerprints) -> dict[str, _Array]:
    postings = fingerprints.postings
    arrays: dict[str, _Array] = {
        "hashes": postings.hashes,
        "kinds": postings.kinds,
        "offsets": postings.offsets,
        "rows": postings.rows,
        "person_of": fingerprints.person_of,
        "person_digests": fingerprints.person_digests,
    }
    for number, table in enumerate(fingerprints.tables):
        arrays[f"order {number}"] = np.frombuffer(table.sealed_order, dtype=np.uint8)
    return arrays


def _read_arrays(data: bytes, start: int, described: list[list[Any]]) -> dict[str, _Array]:
    arrays: dict[str, _Array] = {}
    for name, dtype, shape in described:
        count = int(np.prod(shape, dtype=np.int64))
        # A copy is aligned, which searching needs to be fast.
        arrays[name] = np.frombuffer(data, dtype=np.dtype(dtype), count=count, offset=start).reshape(shape).copy()
        start += arrays[name].nbytes
    return arrays


def _table_to_json(table: Table) -> dict[str, Any]:
    columns = [[column.header, column.role.value, column.shape] for column in table.columns]
    return {"name": table.name, "columns": columns, "rows": table.rows, "first": table.first, "ragged": table.ragged}


def _table_from_json(described: dict[str, Any], sealed_order: bytes) -> Table:
    columns = tuple(Column(header, Role(role), shape) for header, role, shape in described["columns"])
    rows, first, ragged = (int(described[name]) for name in ("rows", "first", "ragged"))
    return Table(str(described["name"]), columns, rows, first, ragged, sealed_order)


def _pair(described: list[int]) -> tuple[int, int]:
    first, last = described
    return int(first), int(last)
