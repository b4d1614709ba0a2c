"""The report in Markdown: goals, recall by kind and size, false alarms, FEBRL, confidence, speed."""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from benchmarks.detection.copies import PLANS
from benchmarks.detection.febrl import SETS
from benchmarks.detection.figures import Share, found, reliability, row_recall, rows_recalled, rows_right
from benchmarks.detection.harmless.kinds import KINDS
from benchmarks.detection.measure import Outcome, Results

SHARE_OF_COPIES = 0.1
_SINGLES = ("single row, all columns", "single row, name + birth date")
_ROWS_OF = ("careful", "light damage", "heavy damage", *_SINGLES)
_FEWEST_OF_TRAIT = 8
_WORST_TRAITS = 30


@dataclass(frozen=True, slots=True)
class Goal:
    """One line of the table of goals: measured as a share, to be at least `floor` and `goal` (in %)."""

    measure: str
    share: Share | None
    value: float
    floor: float
    goal: float

    def line(self) -> str:
        """Return the line; a goal that was not measured says so."""
        if math.isnan(self.value):
            return f"| {self.measure} | {self.floor:g} % | {self.goal:g} % | not measured | |"
        value = 100 * self.value
        met = "goal met" if value >= self.goal else "floor met" if value >= self.floor else "**not met**"
        shown = percent(self.share) if self.share else f"{value:.2f} %"
        return f"| {self.measure} | {self.floor:g} % | {self.goal:g} % | {shown} | {met} |"


def percent(share: Share) -> str:
    """Return a share with its interval; nothing of nothing is a dash."""
    if not share.total:
        return "–"
    low, high = share.wilson()
    return f"{100 * share.value:.1f} % ({100 * low:.1f}–{100 * high:.1f})"


def report(results: Results, head: str) -> str:
    """Return the whole report; the first method is the product, the others stand beside it."""
    names = list(results.outcomes)
    parts = [
        head,
        "### Goals\n\n" + _goals(results, names[0]),
        "### Copies found\n\n" + _recall(results, names),
        "### Rows named\n\n" + _rows(results, names),
        "### False alarms per 1,000 documents\n\n" + _alarms(results, names),
        "### FEBRL\n\n" + _febrl(results, names),
        f"### What `confidence` is worth\n\nMix: {SHARE_OF_COPIES:.0%} copies, {1 - SHARE_OF_COPIES:.0%} harmless "
        "documents, both in the proportions of this benchmark.\n\n" + _confidence(results, names[0]),
        "### Speed\n\nReading included for the product and TLSH, not for the others.\n\n" + _speed(results, names),
    ]
    return "\n\n".join(parts) + "\n"


def weakest_traits(results: Results) -> str:
    """Return the traits of copies that are found clearly less often than their kind."""
    method = next(iter(results.outcomes))
    by_trait: dict[tuple[str, str], list[bool]] = defaultdict(list)
    for one in results.outcomes[method]:
        for trait in one.traits if one.shown else ():
            by_trait[one.kind, trait].append(one.found)
    kinds = {kind: found(results.of(method, kind)).value for kind, _ in by_trait}
    shares = [(key, Share(sum(seen), len(seen))) for key, seen in by_trait.items() if len(seen) >= _FEWEST_OF_TRAIT]
    weak = [(key, share) for key, share in shares if share.hits < share.total and share.wilson()[1] < kinds[key[0]]]
    worst = sorted(weak, key=lambda item: item[1].wilson()[1] - kinds[item[0][0]])[:_WORST_TRAITS]
    lines = [
        f"{100 * share.value:5.1f} % of {share.total:4}, {kind} has {100 * kinds[kind]:.1f} %: {trait}"
        for (kind, trait), share in worst
    ]
    return "\n".join(lines)


def _goals(results: Results, name: str) -> str:
    heavy = [one for one in results.of(name, "heavy damage") if one.size >= 10]
    only_names = [one for one in results.of(name, "names only") if one.size >= 30]
    singles = [one for kind in _SINGLES for one in results.of(name, kind)]
    copies = [one for kind in _ROWS_OF for one in results.of(name, kind)]
    full, dated = ([one for number in SETS for one in results.of(name, f"FEBRL {number}, {kind}")]
                   for kind in ("all columns", "name + birth date"))  # fmt: skip
    goals = [
        _share_goal("careful cases found", found(results.of(name, "careful")), 97, 99),
        _share_goal("heavy damage, 10 rows and more, found", found(heavy), 90, 95),
        _share_goal("one single row found", found(singles), 90, 95),
        _share_goal("names only, 30 rows and more, found", found(only_names), 85, 95),
        Goal("row recall (mean over copies)", None, row_recall(copies), 90, 95),
        _share_goal("row precision (rows named rightly)", rows_right(copies), 99.5, 99.8),
        _share_goal("FEBRL rows, all columns", rows_recalled(full), 93, 97),
        _share_goal("FEBRL rows, name + birth date", rows_recalled(dated), 70, 80),
    ]
    lines = ["| measure | floor | goal | measured | |", "|---|---|---|---|---|", *(goal.line() for goal in goals)]
    lines += [line for kind in KINDS if kind.most is not None for line in _alarm_goal(results, name, kind.key)]
    return "\n".join(lines)


def _share_goal(measure: str, share: Share, floor: float, goal: float) -> Goal:
    return Goal(measure, share, share.value, floor, goal)


def _alarm_goal(results: Results, name: str, key: str) -> list[str]:
    kind = next(kind for kind in KINDS if kind.key == key)
    assert kind.most is not None
    assert kind.goal is not None
    share = found(results.of(name, key))
    if not share.total:
        return []
    value = 1_000 * share.value
    met = "goal met" if value <= kind.goal else "floor met" if value <= kind.most else "**not met**"
    return [f"| false alarms per 1,000, {key} | {kind.most:g} | {kind.goal:g} | {_per_thousand(share)} | {met} |"]


def _recall(results: Results, names: Sequence[str]) -> str:
    lines = [_row(["kind", "rows", "documents", *names]), _rule(3 + len(names))]
    for plan in PLANS:
        sizes = sorted({one.size for one in results.of(names[0], plan.kind)}, reverse=True)
        for size in sizes:
            shares = [found(results.of(name, plan.kind, size)) for name in names]
            lines.append(_row([plan.kind, f"{size:,}", f"{shares[0].total:,}", *_with_first_interval(shares)]))
        if len(sizes) > 1:
            shares = [found(results.of(name, plan.kind)) for name in names]
            lines.append(_row([plan.kind, "all", f"{shares[0].total:,}", *_with_first_interval(shares)]))
    return "\n".join(lines)


def _with_first_interval(shares: Sequence[Share]) -> list[str]:
    return [percent(shares[0]), *(f"{100 * share.value:.1f} %" for share in shares[1:])]


def _rows(results: Results, names: Sequence[str]) -> str:
    lines = [
        "Recall is the share of a document's people that were named, averaged over documents (missed ones count 0);",
        "precision is the share of all the people named that were rightly named.\n",
        _row(["kind", *(f"{name}: recall, precision" for name in names)]),
        _rule(1 + len(names)),
    ]
    for plan in PLANS:
        if results.of(names[0], plan.kind):
            cells = [_recall_and_precision(results.of(name, plan.kind)) for name in names]
            lines.append(_row([plan.kind, *cells]))
    return "\n".join(lines)


def _recall_and_precision(outcomes: Sequence[Outcome]) -> str:
    right = rows_right(outcomes)
    if not right.total:
        return "names no rows"
    return f"{100 * row_recall(outcomes):.1f} %, {100 * right.value:.2f} %"


def _alarms(results: Results, names: Sequence[str]) -> str:
    lines = [_row(["kind", "documents", "floor, goal", *names]), _rule(3 + len(names))]
    kinds = [(kind.key, "" if kind.most is None else f"{kind.most:g}, {kind.goal:g}") for kind in KINDS]
    for key, goals in [*kinds, *((f"FEBRL {number}, strangers", "") for number in SETS)]:
        shares = [found(results.of(name, key)) for name in names]
        if shares[0].total:
            alarms = [_per_thousand(shares[0]), *(f"{1_000 * share.value:.1f}" for share in shares[1:])]
            lines.append(_row([key, f"{shares[0].total:,}", goals, *alarms]))
    return "\n".join(lines)


def _per_thousand(share: Share) -> str:
    low, high = share.wilson()
    return f"{1_000 * share.value:.1f} ({1_000 * low:.1f}–{1_000 * high:.1f})"


def _febrl(results: Results, names: Sequence[str]) -> str:
    lines = [_row(["data set", "duplicates", *(f"{name}: found, right" for name in names)]), _rule(2 + len(names))]
    for number in SETS:
        for kind in (f"FEBRL {number}, all columns", f"FEBRL {number}, name + birth date"):
            seen = [results.of(name, kind) for name in names]
            if seen[0]:
                cells = [_duplicates(outcomes, with_interval=at == 0) for at, outcomes in enumerate(seen)]
                lines.append(_row([kind, f"{rows_recalled(seen[0]).total:,}", *cells]))
    return "\n".join(lines)


def _duplicates(outcomes: Sequence[Outcome], *, with_interval: bool) -> str:
    right = rows_right(outcomes)
    if not right.total:
        return f"{100 * found(outcomes).value:.0f} % of documents"
    recalled = rows_recalled(outcomes)
    shown = percent(recalled) if with_interval else f"{100 * recalled.value:.1f} %"
    return f"{shown}, {100 * right.value:.2f} %"


def _confidence(results: Results, name: str) -> str:
    outcomes = results.outcomes[name]
    copies = [one for one in outcomes if one.shown]
    harmless = [one for one in outcomes if not one.shown]
    lines = ["| confidence | documents | claimed on average | copies among them |", _rule(4)]
    for one in reliability(copies, harmless, SHARE_OF_COPIES):
        span = f"{one.low:.7g}–{one.high:.7g}"
        lines.append(_row([span, f"{one.documents:,}", f"{one.claimed:.4f}", f"{one.copies:.4f}"]))
    return "\n".join(lines)


def _speed(results: Results, names: Sequence[str]) -> str:
    lines = ["| method | MB | seconds | MB/s |", _rule(4)]
    for name in names:
        size, seconds = results.bytes[name] / 1e6, results.seconds[name]
        lines.append(_row([name, f"{size:.0f}", f"{seconds:.0f}", f"{size / seconds:.2f}"]))
    unread = sum(not one.was_read for one in results.outcomes[names[0]])
    return "\n".join(lines) + f"\n\nDocuments that {names[0]} did not fully inspect and saw no match in: {unread}."


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _rule(columns: int) -> str:
    return "|" + "---|" * columns
