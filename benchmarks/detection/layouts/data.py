"""Data formats of programs: JSON in several shapes, YAML, SQL, Turtle, INI, vCard, program text."""

import json
import random

from benchmarks.detection.layouts.sheet import Sheet


def json_array(sheet: Sheet, draw: random.Random) -> str:
    """A JSON array of objects, or of arrays, within an answer of some service or bare."""
    objects: object = _objects(sheet)
    if draw.random() < 0.25:
        objects = [list(sheet.labels), *map(list, sheet.rows)]
    if draw.random() < 0.4:
        objects = {"count": len(sheet.rows), "next": None, draw.choice(("results", "data", "people")): objects}
    return json.dumps(objects, ensure_ascii=draw.random() < 0.4, indent=draw.choice((None, 1, 2, 4)))


def json_lines(sheet: Sheet, draw: random.Random) -> str:
    """One JSON object on each line, sometimes as a search server's bulk file."""
    escaped, is_bulk = draw.random() < 0.4, draw.random() < 0.2
    lines = []
    for number, one in enumerate(_objects(sheet)):
        if is_bulk:
            lines.append(json.dumps({"index": {"_index": "people", "_id": number}}))
        lines.append(json.dumps(one, ensure_ascii=escaped))
    return "\n".join(lines) + "\n"


def json_nested(sheet: Sheet, draw: random.Random) -> str:
    """JSON with the name, contacts and case in objects of their own."""
    groups = {
        "family": "name",
        "given": "name",
        "email": "contact",
        "phone": "contact",
        "status": "case",
        "arrival": "case",
    }
    people = []
    for row in sheet.rows:
        one: dict[str, object] = {}
        for field, text, cell in zip(sheet.fields, sheet.labels, row, strict=True):
            place = one.setdefault(groups[field], {}) if field in groups else one
            assert isinstance(place, dict)
            place[text] = cell or None
        people.append({"type": "person", "attributes": one})
    return json.dumps({"data": people}, ensure_ascii=False, indent=draw.choice((None, 2)))


def json_columns(sheet: Sheet, draw: random.Random) -> str:
    """JSON by column, as data frames write it."""
    columns = {
        text: {str(number): row[at] for number, row in enumerate(sheet.rows)} for at, text in enumerate(sheet.labels)
    }
    return json.dumps(columns, ensure_ascii=False, indent=draw.choice((None, 2)))


def yaml(sheet: Sheet, draw: random.Random) -> str:
    """A YAML list of mappings."""
    quote = draw.choice(("", '"', "'"))
    lines = []
    for row in sheet.rows:
        for at, (text, cell) in enumerate(zip(sheet.labels, row, strict=True)):
            mark = quote or ('"' if any(letter in cell for letter in ":#'+") else "")
            lines.append(f"{'  ' if at else '- '}{text}: {mark}{cell}{mark}")
    return f"people:\n{chr(10).join(lines)}\n" if draw.random() < 0.5 else "\n".join(lines) + "\n"


def sql_inserts(sheet: Sheet, draw: random.Random) -> str:
    """An SQL dump: one INSERT for each row, INSERTs of many rows, or COPY."""
    columns = [_column(text) for text in sheet.labels]
    table, way = draw.choice(("people", "detainees", "`clients`", "public.cases")), draw.randrange(3)
    if way == 0:
        head = f"COPY {table} ({', '.join(columns)}) FROM stdin;\n"
        return head + "\n".join("\t".join(cell or r"\N" for cell in row) for row in sheet.rows) + "\n\\.\n"
    values = [f"({', '.join(_quoted(cell) for cell in row)})" for row in sheet.rows]
    create = f"CREATE TABLE {table} ({', '.join(f'{column} varchar(255)' for column in columns)});\n"
    insert = f"INSERT INTO {table} ({', '.join(columns)}) VALUES"
    if way == 1:
        return create + "\n".join(f"{insert} {value};" for value in values) + "\n"
    step = draw.choice((50, 500))
    return create + "\n".join(
        f"{insert} {draw.choice((',', f',{chr(10)}')).join(values[at : at + step])};"
        for at in range(0, len(values), step)
    )


def turtle(sheet: Sheet, draw: random.Random) -> str:
    """RDF in Turtle or as triples."""
    names = [_column(text) for text in sheet.labels]
    out = ["@prefix p: <http://example.org/people#> .", ""]
    for number, row in enumerate(sheet.rows):
        pairs = [f'p:{name} "{cell}"' for name, cell in zip(names, row, strict=True) if cell]
        if not pairs:
            continue
        subject = f"<http://example.org/people/{number}>"
        if draw.random() < 0.5:
            out += [f"{subject} a p:Person ;", *(f"    {pair} ;" for pair in pairs[:-1]), f"    {pairs[-1]} .", ""]
        else:
            out += [f"{subject} {pair} ." for pair in pairs]
    return "\n".join(out) + "\n"


def ini(sheet: Sheet, draw: random.Random) -> str:
    """Sections of settings, one for each person."""
    mark = draw.choice((" = ", "=", ": "))
    return "\n".join(
        f"[{number}]\n"
        + "\n".join(f"{_column(text)}{mark}{cell}" for text, cell in zip(sheet.labels, row, strict=True))
        + "\n"
        for number, row in enumerate(sheet.rows, 1)
    )


def vcard(sheet: Sheet, draw: random.Random) -> str:
    """An address book."""
    keys = {"birth": "BDAY", "email": "EMAIL", "phone": "TEL", "id": "UID", "facility": "ORG", "nationality": "NOTE"}
    cards = []
    for one in sheet.dicts():
        lines = ["BEGIN:VCARD", f"VERSION:{draw.choice(('3.0', '4.0'))}"]
        if "family" in one:
            lines += [f"N:{one['family']};{one['given']};;;", f"FN:{one['given']} {one['family']}"]
        elif "name" in one:
            lines.append(f"FN:{one['name']}")
        lines += [f"{keys[field]}:{cell}" for field, cell in one.items() if field in keys and cell]
        cards.append("\n".join([*lines, "END:VCARD"]))
    return "\n".join(cards) + "\n"


def program_text(sheet: Sheet, draw: random.Random) -> str:
    """Rows as literals in a program."""
    if draw.random() < 0.5:
        return "PEOPLE = [\n" + "\n".join(f"    {one!r}," for one in _objects(sheet)) + "\n]\n"
    return "const rows = [\n" + ",\n".join(f"  [{', '.join(map(json.dumps, row))}]" for row in sheet.rows) + "\n];\n"


def _objects(sheet: Sheet) -> list[dict[str, str]]:
    return [dict(zip(sheet.labels, row, strict=True)) for row in sheet.rows]


def _quoted(cell: str) -> str:
    return "NULL" if not cell else "'" + cell.replace("'", "''") + "'"


def _column(text: str) -> str:
    return "".join(letter.lower() if letter.isalnum() else "_" for letter in text).strip("_")
