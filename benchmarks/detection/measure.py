"""Runs the methods over the documents and keeps what the report needs of each."""

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.detection.documents import Trial
from benchmarks.detection.leak import Leak
from benchmarks.detection.methods.base import Answer, Method
from pipelines.reading.pool import Piece, ReaderPool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one method made of one document: `shown` people were in it, `named` were named, `right` of them rightly,
    and `recalled` are those shown that were named."""

    kind: str
    size: int
    traits: tuple[str, ...]
    found: bool
    was_read: bool
    confidence: float | None
    shown: int
    named: int
    right: int
    recalled: int


@dataclass(slots=True)
class Results:
    """The outcomes of each method by its name, and what its work cost."""

    outcomes: dict[str, list[Outcome]] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    bytes: dict[str, int] = field(default_factory=dict)

    def of(self, method: str, kind: str, *sizes: int) -> list[Outcome]:
        """Return a method's outcomes on one kind of document, of these sizes or of all."""
        return [one for one in self.outcomes.get(method, ()) if one.kind == kind and (not sizes or one.size in sizes)]

    def kinds(self) -> list[str]:
        """Return the kinds that were measured, in their order."""
        return list(dict.fromkeys(one.kind for one in next(iter(self.outcomes.values()), [])))


def run(
    trials: Iterable[Trial],
    leak: Leak,
    methods: list[Method],
    pool: ReaderPool,
    results: Results,
    keep: Path | None = None,
) -> None:
    """Give every document to every method; wrong answers of the first method are written to `keep`."""
    needs_text = any(not method.reads_bytes for method in methods)
    for trial in trials:
        text = _text(pool, trial.body) if needs_text else ""
        for method in methods:
            start = time.perf_counter()
            answer = method.inspect(trial.body, text)
            _add(results.seconds, method.name, time.perf_counter() - start)
            _add(results.bytes, method.name, len(trial.body))
            outcome = _outcome(trial, answer, leak)
            results.outcomes.setdefault(method.name, []).append(outcome)
            if keep and method is methods[0] and outcome.found != bool(trial.persons):
                _keep(keep, trial, outcome)


def counted(trials: Iterable[Trial], say: Callable[[str], None]) -> Iterator[Trial]:
    """Pass the documents on and say how far it is now and then."""
    last = time.monotonic()
    for number, trial in enumerate(trials, 1):
        yield trial
        if time.monotonic() - last > 10:
            last = time.monotonic()
            say(f"{number:,} documents, at {trial.name}")


def _text(pool: ReaderPool, body: bytes) -> str:
    return "\n".join(item.text for item in pool.read(body) if isinstance(item, Piece))


def _outcome(trial: Trial, answer: Answer, leak: Leak) -> Outcome:
    named = leak.persons(answer.rows) if answer.found else frozenset()
    return Outcome(
        kind=trial.kind,
        size=trial.size,
        traits=trial.traits,
        found=answer.found,
        was_read=answer.was_read,
        confidence=answer.confidence,
        shown=len(trial.persons),
        named=len(named),
        right=len(named & (trial.persons | trial.tolerated)),
        recalled=len(named & trial.persons),
    )


def _keep(folder: Path, trial: Trial, outcome: Outcome) -> None:
    """Write a missed copy or a false alarm with its traits beside it; the people are made up."""
    folder.mkdir(parents=True, exist_ok=True)
    name = trial.name.replace("/", "-").replace(" ", "_").replace(",", "").replace("'", "")
    (folder / name).write_bytes(trial.body)
    (folder / f"{name}.why").write_text(f"{outcome}\n{chr(10).join(trial.traits)}\n", encoding="utf-8")


def _add(sums: dict[str, float] | dict[str, int], name: str, more: float) -> None:
    sums[name] = sums.get(name, 0) + more  # type: ignore[assignment]
