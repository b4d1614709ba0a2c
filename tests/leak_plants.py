"""What the leak test plants: people with unmistakable and with common names, among made-up others."""

import csv
import io
import os
import zipfile
from datetime import date

import openpyxl

from tests.needle_forms import days
from tests.needles import Needles
from tests.people import people, row

HEADER = (
    "A-Number", "Last name", "First name", "Date of birth", "Citizenship", "E-mail", "Facility", "Status", "Phone",
    "Notes",
)  # fmt: skip
UNMISTAKABLE = (
    ("Pathquorvex", "Ziebrandlow"), ("Zyxquvonath", "Brüülkwister"), ("Ærøsvanquist", "Ødkjyrlundeq"),
    ("Жыкувонатов", "Щюпелевский"), ("Quorvimaltz", "Tjzembrovik"), ("Ñuñoquelpín", "Übrazquellar"),
)  # fmt: skip
COMMON = (("Fatima", "Hassan"), ("José", "García"), ("Muhammad", "Khan"), ("Mariam", "Zhang"))
PLANTED = (*UNMISTAKABLE, *COMMON)
NAMES = [f"{given} {family}" for given, family in PLANTED]
ASCII_NAME = NAMES[4]
ROBOTS = f"# {NAMES[2]}\nUser-agent: *\nDisallow: /forbidden-{ASCII_NAME}/\nSitemap: {NAMES[1]}"
ON_SCREEN = UNMISTAKABLE[0]
BORN = days(len(PLANTED))
OTHERS = 230


def planted_row(number):
    """Return the row of one planted person; every cell but citizenship and status is theirs alone."""
    given, family = PLANTED[number]
    email, phone = f"qv{number}.zumblat7@example.org", f"+120255501{number}7"
    return [
        f"A98{number}374{number}61", family, given, BORN[number].isoformat(), "Peru", email,
        f"Vorqualdin{number} Annex",
        "Appeal pending", phone, f"arrived by qworblatt{number} ferry",
    ]  # fmt: skip


def leak_rows():
    """Return the whole leak: the planted people among others."""
    others = [
        [*row(person), f"+1303555{number:04}", f"note {number}"]
        for number, person in enumerate(people(OTHERS, seed=91))
    ]
    planted = [planted_row(number) for number in range(len(PLANTED))]
    return [*others[:20], *planted, *others[20:]]


def stranger_rows(count):
    """Return rows of people who are not on the leak."""
    # The same draw goes on, so that nobody is drawn twice.
    return [[*row(person), "", ""] for person in people(OTHERS + count, seed=91)[OTHERS:]]


def needles():
    """Return the instrument for every cell that is one person's alone."""
    rows = leak_rows()
    planted = [planted_row(number) for number in range(len(PLANTED))]
    values = [cell for cells in planted for cell in (cells[0], *cells[5:7], *cells[8:])]
    values += [cell for cells in rows for cell in (cells[0], cells[5]) if cell]
    values += [name for pair in UNMISTAKABLE for name in pair]
    return Needles(dict.fromkeys(values), PLANTED, [date.fromisoformat(cells[3]) for cells in planted])


def planted_values():
    """Return every value that is planted, each of which must be found where it is put."""
    cells = [planted_row(number) for number in range(len(PLANTED))]
    return [cell for row in cells for place, cell in enumerate(row) if place not in {4, 7}]


def csv_bytes(header, rows):
    """Return a CSV file."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerows([*([header] if header else []), *rows])
    return out.getvalue().encode()


def page(rows, name):
    """Return an HTML page with a table, and with a name in its title, headings, comments and links."""
    cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{name} | a list</title>'
        f'<meta name="author" content="{name}"></head><body class="x"><!-- {name} --><h1 id="{name}">{name}</h1>'
        f'<a href="#{name}">{name}</a><table>{cells}</table></body></html>'
    ).encode()


def workbook(rows, name):
    """Return an XLSX file whose sheet, author and comment are called by a name."""
    book = openpyxl.Workbook()
    book.properties.creator = name
    book.active.title = name
    for cells in (HEADER, *rows):
        book.active.append(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def archive(rows, name):
    """Return a ZIP file with members called by a name: a CSV, a workbook, another archive and rubbish."""
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(f"{name}/{name}.csv", csv_bytes(HEADER, rows))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.comment = name.encode()
        file.writestr(f"{name}.csv", csv_bytes(HEADER, rows))
        file.writestr(f"{name}.xlsx", workbook(rows, name))
        file.writestr(f"more \x1b[31m{name}.zip", inner.getvalue())
        file.writestr(f"{name}.zip", inner.getvalue()[:-40])
        file.writestr(f"{name}.bin", bytes(range(256)) * 9)
    return out.getvalue()


def locked(data):
    """Return a ZIP file whose members claim to be encrypted."""
    out = bytearray(data)
    for magic, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = out.find(magic)
        while place >= 0:
            out[place + flags] |= 1
            place = out.find(magic, place + 4)
    return bytes(out)


def lay_out(inputs):
    """Write the leak, local files to scan, and what nginx serves."""
    rows = leak_rows()
    some = rows[15:40]
    files = {
        "leak.csv": csv_bytes(HEADER, rows),
        "headless.csv": csv_bytes(None, rows),
        "second.xlsx": workbook(rows[:60], "Sheet"),
        "ragged.csv": csv_bytes(HEADER, [row[: 4 + n % 9] for n, row in enumerate(rows)]),
        "latin.csv": csv_bytes(HEADER, rows).decode().encode("cp1251", "replace"),
        "names-only.csv": csv_bytes(None, [row[1:3] for row in rows[20:]]),
        "no-identity.csv": csv_bytes(["Status", "Country"], [[row[7], row[4]] for row in rows]),
        "torn.xlsx": workbook(rows, "Sheet")[:-300],
        "empty.csv": b"",
        "good.csv": csv_bytes(HEADER, rows[:30]),
        "web/copies/one.csv": csv_bytes(HEADER, some),
        "web/copies/page.html": page(some, NAMES[2]),
        "web/copies/dump.zip": archive(some, NAMES[1]),
        "web/headers/one.csv": csv_bytes(HEADER, some),
        "web/broken/torn.zip": archive(some, NAMES[1])[:-90],
        "web/broken/locked.zip": locked(archive(some, ASCII_NAME)),
        "web/broken/torn.xlsx": workbook(some, NAMES[1])[:-300],
        "web/broken/torn.json": b'[{"name": "' + NAMES[1].encode() + b'", "born": ',
        "web/harmless/others.csv": csv_bytes(HEADER, stranger_rows(100)),
        "web/robots.txt": ROBOTS.encode(),
    }
    shown = " ".join(ON_SCREEN)
    files |= {
        f"scanned/{shown}/{shown}.csv": files["web/copies/one.csv"],
        f"scanned/\x1b[2J{shown}.zip": archive(some, shown),
        f"scanned/{shown}-torn.zip": archive(some, shown)[:-90],
        f"scanned/{shown}-locked.zip": locked(archive(some, shown)),
        f"scanned/{shown}.html": page(some, NAMES[2]),
    }
    for name, data in files.items():
        path = inputs / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    os.mkfifo(inputs / "scanned" / f"{shown}.fifo")
