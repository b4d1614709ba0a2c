"""A SightingQuery as SQL; every value from outside is a bound parameter."""

import sqlite3

from pipelines.states import Status, states_with
from pipelines.storing.base import SightingQuery, SortKey
from pipelines.storing.tables import SIGHTINGS, Cell
from pipelines.storing.terms import domain_term, words_of
from pipelines.storing.times import to_millis

_SORT_COLUMNS = {
    SortKey.LAST_SEEN: "last_seen",
    SortKey.ROWS: "rows_matched",
    SortKey.COVERAGE: "coverage",
    SortKey.CONFIDENCE: "confidence",
}
# Up to so many hits of one term are fetched and sorted; above, the sort key's index is walked and each row is asked.
_RARE = 10_000


def select_sightings(db: sqlite3.Connection, query: SightingQuery) -> tuple[str, list[Cell]]:
    """Return the statement and its parameters that yield the rows of a query in its order."""
    conditions, parameters = _plain_conditions(query)
    words = words_of(query.text)
    if query.text.strip() and not words:
        conditions.append("0")
    terms = words + ([domain_term(query.domain)] if query.domain is not None else [])
    for place, (hits, term) in enumerate(sorted((_hits(db, term), term) for term in terms)):
        is_driver = place == 0 and hits < _RARE
        conditions.append(
            "id IN (SELECT sighting FROM terms WHERE term = ?)"
            if is_driver
            else "EXISTS (SELECT 1 FROM terms WHERE term = ? AND sighting = sightings.id)"
        )
        parameters.append(term)
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    parameters.append(-1 if query.limit is None else query.limit)
    return f"{SIGHTINGS.select}{where} ORDER BY {_SORT_COLUMNS[query.sort]} DESC, id LIMIT ?", parameters


def _plain_conditions(query: SightingQuery) -> tuple[list[str], list[Cell]]:
    conditions: list[str] = []
    parameters: list[Cell] = []
    sort_column = _SORT_COLUMNS[query.sort]
    equal = (("case_name", query.case), ("source", query.source))
    least = (
        ("last_seen", None if query.since is None else to_millis(query.since)),
        ("rows_matched", query.min_rows),
        ("confidence", query.min_confidence),
    )
    for column, value in equal:
        if value is not None:
            conditions.append(f"{column} = ?")
            parameters.append(value)
    for column, bound in least:
        if bound is not None:
            # The plus keeps SQLite from walking the index of a column that is not the sort key.
            conditions.append(f"{'' if column == sort_column else '+'}{column} >= ?")
            parameters.append(bound)
    if query.column is not None:
        conditions.append("instr(columns, ?) > 0")
        parameters.append(f" {query.column} ")
    if query.status is not None:
        states = states_with(Status(query.status))
        conditions.append(" OR ".join(["(triage = ? AND presence = ?)"] * len(states)).join("()") if states else "0")
        parameters.extend(state.value for pair in states for state in pair)
    return conditions, parameters


def _hits(db: sqlite3.Connection, term: str) -> int:
    counted = db.execute("SELECT count(*) FROM (SELECT 1 FROM terms WHERE term = ? LIMIT ?)", (term, _RARE))
    return int(counted.fetchone()[0])
