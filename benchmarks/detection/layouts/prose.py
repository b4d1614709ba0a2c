"""Sentences about people in several languages; many ways to say it, so that no engine can learn one."""

import random
import tomllib
from functools import cache
from importlib.resources import files

from benchmarks.detection.layouts.sheet import Sheet


def prose(sheet: Sheet, draw: random.Random) -> str:
    """Sentences that name one person each, in paragraphs, with sentences between that say nothing."""
    paragraphs: list[str] = [sheet.title]
    current: list[str] = []
    for cells in sheet.dicts():
        current.append(sentence(cells, sheet.language, draw))
        if draw.random() < 0.15:
            current.append(draw.choice(_told()["between"]["sentences"]))
        if draw.random() < 0.3:
            paragraphs.append(" ".join(current))
            current = []
    return "\n\n".join([*paragraphs, " ".join(current)]) + "\n"


def sentence(cells: dict[str, str], language: str, draw: random.Random) -> str:
    """Return one sentence that says what the cells hold."""
    told = _told()
    name = cells.get("name") or " ".join(part for part in (cells.get("given"), cells.get("family")) if part)
    used = {"name", "given", "family", "birth"}
    if not name:
        anchor = next((field for field in ("id", "email", "phone") if cells.get(field)), "status")
        name = f"{draw.choice(('File', 'Entry', 'Case'))} {cells.get(anchor, '')}"
        used.add(anchor)
    tail = "".join(
        draw.choice(told["tails"][field]).format(cell)
        for field, cell in cells.items()
        if cell and field in told["tails"] and field not in used
    )
    ways = told["with_birth" if cells.get("birth") else "without_birth"]
    return draw.choice(ways.get(language, ways["en"])).format(name=name, birth=cells.get("birth"), tail=tail)


@cache
def _told() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(files("benchmarks.detection").joinpath("data", "sentences.toml").read_text(encoding="utf-8"))
