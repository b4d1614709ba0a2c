"""Made-up people, reproducible from a seed, and the texts in which their rows could turn up."""

import random

from fingerprints.build import LeakTable, build
from fingerprints.fields.roles import Column, Role
from fingerprints.keys import MatchKey, OwnerIdentity
from fingerprints.matching.matcher import Judgement, Matcher, judge

GIVEN = [
    first + second
    for first in ("Mar", "Jo", "Lu", "Ped", "Kar", "Vic", "Ros", "Fer", "Mig", "Rak", "Ole", "Tun", "Zof")
    for second in ("ia", "se", "is", "ro", "la", "tor", "ek", "une")
]
FAMILY = [
    first + second
    for first in ("Gar", "Hern", "Lop", "Mart", "Rodr", "San", "Per", "Gom", "Cast", "Mor", "Ort", "Riv", "Flor", "Kov")
    for second in ("cia", "andez", "ez", "inez", "iguez", "chuk", "asz", "illo", "os", "ales", "en", "ara", "uz", "ide")
]
ROLES = (Role.GIVEN_NAME, Role.FAMILY_NAME, Role.BIRTH_DATE, Role.ID, Role.EMAIL, Role.PHONE, Role.PLACE, Role.CATEGORY)
KEY = MatchKey(bytes(range(32)))
OWNER = OwnerIdentity.generate()


def person(rng: random.Random) -> list[str]:
    given, family = rng.choice(GIVEN), rng.choice(FAMILY)
    number = rng.randrange(10**8, 10**9)
    return [
        given,
        family,
        f"{rng.randint(1950, 2004)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}",
        f"A{number}",
        f"{given}.{family}.{number % 9973}@example.org".lower(),
        f"+1 {rng.randint(200, 999)} {rng.randint(200, 999)} {rng.randint(1000, 9999)}",
        rng.choice(["Lima", "Quito", "Havana"]),
        rng.choice(["open", "closed"]),
    ]


def people(count: int, seed: int = 1) -> list[list[str]]:
    rng = random.Random(seed)
    return [person(rng) for _ in range(count)]


def columns(roles=ROLES) -> list[Column]:
    return [Column(role.value, role, "") for role in roles]


def fingerprint(rows, roles=ROLES, name="leak"):
    return build([LeakTable(name, columns(roles), rows)], KEY, OWNER.recipient())


def matcher(rows, roles=ROLES) -> Matcher:
    return Matcher(fingerprint(rows, roles), KEY)


def judged(matcher: Matcher, *texts: str) -> Judgement:
    scan = matcher.scan()
    for text in texts:
        scan.feed(text)
    return judge([scan])


def located(matcher: Matcher, judgement: Judgement) -> set[int]:
    return {row for _, row in matcher.fingerprints.locate(judgement.rows, OWNER)}


def written(rows, places, separator=",") -> str:
    return "\n".join(separator.join(row[place] for place in places) for row in rows) + "\n"
