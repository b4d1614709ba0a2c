"""Harmless texts: news, headers, single columns, prose, code and logs; half of the prose and code is Python's own."""

import pydoc_data.topics
import random
import sysconfig
import tomllib
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path

from benchmarks.detection import dates
from benchmarks.detection.layouts import choose_table_layout, write_sheet
from benchmarks.detection.layouts.sheet import Sheet, label
from benchmarks.detection.notations import LANGUAGES, choose_notation
from benchmarks.detection.people import Population, new_id
from benchmarks.detection.registry import Registry

Made = tuple[bytes, tuple[str, ...]]
_FIELDS = ("id", "name", "family", "given", "birth", "nationality", "facility", "status", "arrival", "email", "phone")
_COLUMNS = ("nationality", "facility", "status", "arrival", "birth")
_PAGE = (
    "<!DOCTYPE html><html><head><title>{title}</title></head>\n"
    "<body><article><h1>{title}</h1>\n{body}\n</article></body></html>"
)


def news(draw: random.Random, population: Population, registry: Registry) -> Made:
    """An article about the leak with its numbers, places and dates, and the names of people who comment."""
    told = _phrases()["news"]
    language = draw.choice(list(told))
    sentences = [
        _filled(draw.choice(told[language]), language, draw, population) for _ in range(draw.randrange(24, 60))
    ]
    return _article(sentences, draw), (f"language: {language}",)


def headers(draw: random.Random, population: Population, registry: Registry) -> Made:
    """The leak's form without people: empty tables, forms to fill in, descriptions of the columns."""
    language = draw.choice(LANGUAGES)
    fields = tuple(draw.sample(_FIELDS, draw.randrange(5, len(_FIELDS) + 1)))
    labels = tuple(label(field, language, draw) for field in fields)
    way, count = draw.choice(("empty rows", "form", "dictionary")), draw.randrange(20, 120)
    if way == "form":
        blank = draw.choice(("____________", "..........", "[ ]", ""))
        lines = [f"{text}: {blank}" for _ in range(count // 4 + 1) for text in labels]
        return "\n".join(lines).encode(), (f"way: {way}",)
    if way == "dictionary":
        head = ("Column", "Type", "Required", "Description")
        kinds = ("text", "date (MM/DD/YYYY)", "A + 9 digits", "code", "varchar(80)")
        rows = [
            (draw.choice(labels), draw.choice(kinds), draw.choice(("yes", "no")), f"see page {draw.randrange(90)}")
            for _ in range(count)
        ]
        sheet = Sheet(("name", "status", "facility", "remark"), head, rows, language, "Data dictionary")
    else:
        marks = draw.choice((("",), ("", "", "X"), ("-",), ("n/a", "")))
        sheet = Sheet(
            fields, labels, [tuple(draw.choice(marks) for _ in fields) for _ in range(count)], language, "Template"
        )
    return write_sheet(sheet, choose_table_layout(draw), draw), (f"way: {way}",)


def single_columns(draw: random.Random, population: Population, registry: Registry) -> Made:
    """One column of the leak that tells nobody: its places, its statuses, its dates, even its birth dates."""
    field, notation = draw.choice(_COLUMNS), choose_notation(draw)
    people = draw.sample(registry.people, min(len(registry.people), draw.choice((20, 30, 60, 200, 600))))
    rows = [(notation.write(person, draw)[field],) for person in people]
    sheet = Sheet((field,), (label(field, notation.language, draw),), rows, notation.language, "Column")
    layout = choose_table_layout(draw)
    return write_sheet(sheet, layout, draw), (f"column: {field}", f"layout: {layout}", f"date: {notation.date_form}")


def prose(draw: random.Random, population: Population, registry: Registry) -> Made:
    """Stories, minutes and letters with common names and dates in many languages, or real documentation."""
    if draw.random() < 0.5:
        topics = [text for text in pydoc_data.topics.topics.values() if len(text) > 2_000]
        lines = draw.choice(topics).splitlines()
        at = draw.randrange(max(1, len(lines) - 200))
        return "\n".join(lines[at : at + 200]).encode(), ("source: documentation",)
    told = _phrases()["stories"]
    language = draw.choice(list(told))
    sentences = [
        _filled(draw.choice(told[language]), language, draw, population) for _ in range(draw.randrange(30, 120))
    ]
    return _article(sentences, draw), ("source: generated", f"language: {language}")


def code(draw: random.Random, population: Population, registry: Registry) -> Made:
    """Programs: pieces of Python's library, and generated ones with fixtures, constants and comments."""
    if draw.random() < 0.5:
        lines = draw.choice(_library()).read_text(encoding="utf-8", errors="replace").splitlines()
        at = draw.randrange(max(1, len(lines) - 300))
        return "\n".join(lines[at : at + 300]).encode(), ("source: library",)
    told = _phrases()["code"]
    language = draw.choice(list(told))
    lines = [_filled(draw.choice(told[language]), "en", draw, population) for _ in range(draw.randrange(30, 200))]
    return "\n".join(lines).encode(), ("source: generated", f"language: {language}")


def logs(draw: random.Random, population: Population, registry: Registry) -> Made:
    """Logs of servers: times, addresses, long numbers, user names; some name strangers."""
    told = _phrases()["logs"]
    kind = draw.choice(list(told))
    lines = [_filled(draw.choice(told[kind]), "en", draw, population) for _ in range(draw.randrange(40, 400))]
    return "\n".join(lines).encode(), (f"log: {kind}",)


def _filled(phrase: str, language: str, draw: random.Random, population: Population) -> str:
    """Fill the slots of a phrase; people in it are strangers."""
    person = population.next()
    day = draw.choice((person.birth, person.arrival, person.arrival))
    now = date(2022, 11, draw.randrange(26, 31))
    return phrase.format(
        given=person.name.given[0], family=person.name.family[0],
        name=" ".join((*person.name.given, *person.name.family)),
        date=dates.worded(language, draw)(day), iso=day.isoformat(),
        day=now.isoformat(), access=f"{now:%d/%b/%Y}", syslog=f"{now:%b %d}", us=f"{day:%m/%d/%Y}", year=day.year,
        place=person.facility, country=person.nationality, status=person.status, id=new_id(draw),
        n=draw.randrange(2, 900), big=f"{draw.randrange(1_000, 60_000):,}", nine=draw.randrange(10**8, 10**9),
        time=f"{draw.randrange(24):02d}:{draw.randrange(60):02d}:{draw.randrange(60):02d}",
        ip=".".join(str(draw.randrange(1, 255)) for _ in range(4)), hex=f"{draw.getrandbits(64):016x}",
        epoch=draw.randrange(1_640_000_000, 1_670_000_000), mail=f"{draw.choice(('info', 'desk'))}@example.org",
        word=draw.choice(_phrases()["words"]["en"]), other=draw.choice(_phrases()["words"]["en"]),
    )  # fmt: skip


def _article(sentences: list[str], draw: random.Random) -> bytes:
    paragraphs, current = [], []
    for sentence in sentences:
        current.append(sentence)
        if draw.random() < 0.3:
            paragraphs.append(" ".join(current))
            current = []
    paragraphs.append(" ".join(current))
    title = sentences[0].rstrip(".")
    if draw.random() < 0.5:
        return _PAGE.format(title=title, body="\n".join(f"<p>{text}</p>" for text in paragraphs)).encode()
    return "\n\n".join([title, *paragraphs]).encode()


@cache
def _phrases() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(files("benchmarks.detection").joinpath("data", "phrases.toml").read_text(encoding="utf-8"))


@cache
def _library() -> list[Path]:
    return sorted(Path(sysconfig.get_path("stdlib")).glob("*.py"))
