"""`python -m benchmarks.detection`: does the engine find what must be found, and leave the rest alone?"""

import argparse
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.detection import febrl
from benchmarks.detection.copies import PLANS, Copies
from benchmarks.detection.documents import Trial
from benchmarks.detection.harmless.kinds import KINDS, Harmless
from benchmarks.detection.leak import Leak
from benchmarks.detection.measure import Results, counted, run
from benchmarks.detection.methods.base import Method
from benchmarks.detection.methods.engine import Engine
from benchmarks.detection.registry import Registry, make_registry
from benchmarks.detection.report import report, weakest_traits
from pipelines.reading.pool import ReaderPool

SEED = 20221128
_TENTH = 0.1
_FEBRL = "febrl"


def main() -> None:
    options = _options()
    started = time.monotonic()
    registry = make_registry(options.seed)
    results = Results()
    with ReaderPool(workers=1) as pool:
        leak = registry.leak()
        methods = _methods(options.rivals, leak, pool)
        _say(f"leak of {len(leak.rows):,} rows ready for {', '.join(method.name for method in methods)}")
        trials = _trials(registry, options.seed, options.kinds, _TENTH if options.quick else 1.0)
        run(counted(trials, _say), leak, methods, pool, results, options.keep)
        if _wanted(_FEBRL, options.kinds):
            _run_febrl(options, pool, results)
    if not results.outcomes:
        sys.exit(f"no kind of document is named like {options.kinds}")
    text = report(results, _head(options, time.monotonic() - started))
    if options.markdown:
        options.markdown.write_text(text, encoding="utf-8")
    print(text)
    print("Weakest traits of copies, the worst first:\n" + weakest_traits(results))


def _run_febrl(options: argparse.Namespace, pool: ReaderPool, results: Results) -> None:
    for number in febrl.SETS:
        data = febrl.load(number)
        methods = _methods(options.rivals, data.leak, pool)
        for trials in (febrl.trials(data, options.seed), febrl.strangers(data, options.seed)):
            run(counted(trials, _say), data.leak, methods, pool, results, options.keep)


def _methods(rivals: str, leak: Leak, pool: ReaderPool) -> list[Method]:
    methods: list[Method] = [Engine(leak, pool)]
    if rivals in ("all", "clear"):
        from benchmarks.detection.methods.clear_text import ClearText

        methods.append(ClearText(leak))
    if rivals == "all":
        from benchmarks.detection.methods.baselines import EnsembleDocument, MinHashLines, NameSearch, Tlsh

        methods += [MinHashLines(leak), EnsembleDocument(leak), Tlsh(leak), NameSearch(leak)]
    return methods


def _trials(registry: Registry, seed: int, kinds: list[str], share: float) -> Iterator[Trial]:
    copies, harmless = Copies(registry, seed), Harmless(registry, seed)
    for plan in PLANS:
        if _wanted(plan.kind, kinds):
            yield from copies.trials(plan, share)
    for kind in KINDS:
        if _wanted(kind.key, kinds):
            yield from harmless.trials(kind, share)


def _wanted(kind: str, kinds: list[str]) -> bool:
    return not kinds or any(kind.casefold().startswith(one) for one in kinds)


def _head(options: argparse.Namespace, seconds: float) -> str:
    command = "python -m benchmarks.detection" + (" --quick" if options.quick else "")
    command += f" --kinds {','.join(options.kinds)}" if options.kinds else ""
    return (
        f"Made by `{command} --seed {options.seed}` in {seconds:.0f} s. Intervals are Wilson's at 95 %. "
        "The product comes first, then what the other methods find in the same documents."
    )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.detection", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a tenth of the documents, and no rivals unless asked for")
    parser.add_argument("--seed", type=int, default=SEED, help="another seed makes another leak and other documents")
    parser.add_argument("--kinds", default="", help="only kinds that begin so, by commas: careful,twins,febrl")
    parser.add_argument("--rivals", choices=("all", "clear", "none"), help="which other methods to measure beside")
    parser.add_argument("--markdown", type=Path, help="also write the report to this file")
    parser.add_argument("--keep", type=Path, help="write what the product missed or wrongly found to this folder")
    options = parser.parse_args()
    options.kinds = [one.strip().casefold() for one in options.kinds.split(",") if one.strip()]
    options.rivals = options.rivals or ("none" if options.quick else "all")
    return options


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
