"""Text for people: blocks, printed pages, mail, logs and chats."""

import base64
import quopri
import random

from benchmarks.detection.layouts.delimited import fixed_width, pipe, semicolon
from benchmarks.detection.layouts.prose import prose
from benchmarks.detection.layouts.sheet import Sheet

_SUBJECTS = ("Fwd: list", "Re: the file from November", "as discussed", "FW: import", "Lista", "Fichier", "документ")
_SENDERS = ("desk@office.example", "k.olsen@firm.example", "intake@help.example", "records@county.example")
_GREETINGS = ("Hi,", "Hello all,", "See below.", "Dear colleagues,", "Buenos días:", "Bonjour,", "Добрый день,", "fyi")
_LOG_LINES = (
    "{time} INFO  import: row {number} ok {pairs}",
    "{time} [worker-3] DEBUG save person {pairs}",
    "{day} host app[812]: created record #{number}: {pairs}",
    '{time} level=info msg="upsert" n={number} {pairs}',
    "[{time}] POST /people 201 {pairs} 12ms",
)


def blocks(sheet: Sheet, draw: random.Random) -> str:
    """`key: value` lines, one block for each person, parted by blank lines or rules."""
    mark, rule = draw.choice((": ", " = ", ":\t", " - ")), draw.choice(("\n", "\n-----\n", "\n***\n", "\n\n"))
    width = max(map(len, sheet.labels)) if draw.random() < 0.3 else 0
    return rule.join(
        "\n".join(f"{text.ljust(width)}{mark}{cell}" for text, cell in zip(sheet.labels, row, strict=True)) + "\n"
        for row in sheet.rows
    )


def field_a_line(sheet: Sheet, draw: random.Random) -> str:
    """Every cell on a line of its own, the people parted by blank lines or not at all."""
    gap = draw.choice(("\n", "\n\n"))
    return gap.join("\n".join(cell for cell in row if cell) for row in sheet.rows) + "\n"


def printed_rows(sheet: Sheet, draw: random.Random) -> str:
    """Text taken out of a PDF, row by row, with page heads and numbers, columns parted by single spaces."""
    per_page, out = draw.choice((25, 40, 55)), []
    for page, at in enumerate(range(0, len(sheet.rows), per_page), 1):
        out += [sheet.title, " ".join(sheet.labels)]
        out += [" ".join(cell for cell in row if cell) for row in sheet.rows[at : at + per_page]]
        out.append(f"Page {page}\f" if draw.random() < 0.5 else f"- {page} -")
    return "\n".join(out) + "\n"


def printed_columns(sheet: Sheet, draw: random.Random) -> str:
    """Text taken out of a PDF column by column: a page's first column from top to bottom, then its second."""
    per_page, out = draw.choice((20, 30, 45)), []
    for at in range(0, len(sheet.rows), per_page):
        page = sheet.rows[at : at + per_page]
        for column, text in enumerate(sheet.labels):
            out += [text, *(row[column] for row in page if row[column])]
        out.append("\f")
    return "\n".join(out) + "\n"


def mail(sheet: Sheet, draw: random.Random) -> str:
    """A mail with the rows in its body, in one of the transfer encodings that mail programs use."""
    body = "\n".join(
        (draw.choice(_GREETINGS), "", _mail_rows(sheet, draw), "", draw.choice(("Regards", "--\nsent from my phone")))
    )
    return mail_headers(draw) + encode_body(body, draw)


def quoted_mail(sheet: Sheet, draw: random.Random) -> str:
    """A reply that quotes the rows with `>`, once or twice."""
    mark = draw.choice(("> ", ">", ">> ", "> > "))
    quoted = "\n".join(mark + line for line in _mail_rows(sheet, draw).splitlines())
    return mail_headers(draw) + encode_body(f"Thanks, got it.\n\nOn Monday somebody wrote:\n{quoted}\n", draw)


def log(sheet: Sheet, draw: random.Random) -> str:
    """Lines of a program's log, one for each row, with other lines between."""
    line, mark = (
        draw.choice(_LOG_LINES),
        draw.choice(('{key}="{cell}"', "{key}={cell}", "{key}: {cell},", "'{key}': '{cell}'")),
    )
    keys = [text.lower().replace(" ", "_") for text in sheet.labels]
    out, second = [], draw.randrange(80_000)
    for number, row in enumerate(sheet.rows, 1):
        second += draw.randrange(3)
        time = f"2022-11-{draw.choice((28, 29))} {second // 3600 % 24:02d}:{second // 60 % 60:02d}:{second % 60:02d}"
        pairs = " ".join(mark.format(key=key, cell=cell) for key, cell in zip(keys, row, strict=True))
        out.append(line.format(time=time, day=f"Nov 28 {time[11:]}", number=number, pairs=pairs))
        if draw.random() < 0.1:
            out.append(f"{time} WARN  queue depth {draw.randrange(100, 2_000)}, limit 1000")
    return "\n".join(out) + "\n"


def chat(sheet: Sheet, draw: random.Random) -> str:
    """Messages of a chat or comments below a post."""
    nicks = ("kestrel", "oak_77", "mira", "tt", "nightbus")
    mark, out = draw.choice((", ", " / ", " ", "; ")), []
    for row in sheet.rows:
        stamp = f"[{draw.randrange(24):02d}:{draw.randrange(60):02d}]"
        out.append(f"{stamp} <{draw.choice(nicks)}> {mark.join(cell for cell in row if cell)}")
        if draw.random() < 0.08:
            out.append(
                f"{stamp} <{draw.choice(nicks)}> {draw.choice(('lol', 'source?', 'delete this', 'more?', 'wow'))}"
            )
    return "\n".join(out) + "\n"


def bullets(sheet: Sheet, draw: random.Random) -> str:
    """A numbered or starred list with one person on each line."""
    mark = draw.choice((", ", "; ", " — ", " (", " | "))
    close = ")" if mark == " (" else ""
    numbered = draw.random() < 0.5
    return "\n".join(
        f"{f'{number}.' if numbered else '*'} {row[0]}{''.join(mark + cell + close for cell in row[1:] if cell)}"
        for number, row in enumerate(sheet.rows, 1)
    )


def mail_headers(draw: random.Random) -> str:
    """Return the first lines of a mail's header."""
    sender, to = draw.sample(_SENDERS, 2)
    return (
        f"From: {sender}\nTo: {to}\nSubject: {draw.choice(_SUBJECTS)}\n"
        f"Date: Mon, 28 Nov 2022 1{draw.randrange(10)}:14:05 +0000\n"
        f"Message-ID: <{draw.randrange(10**9)}@mail.example>\nMIME-Version: 1.0\n"
    )


def encode_body(body: str, draw: random.Random) -> str:
    """Return the rest of the header and the body under a transfer encoding."""
    way = draw.choices(("8bit", "quoted-printable", "base64"), (6, 2, 2))[0]
    head = f"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: {way}\n\n"
    if way == "quoted-printable":
        return head + quopri.encodestring(body.encode()).decode()
    return head + (base64.encodebytes(body.encode()).decode() if way == "base64" else body)


def _mail_rows(sheet: Sheet, draw: random.Random) -> str:
    return draw.choice((pipe, semicolon, fixed_width, blocks, bullets, prose))(sheet, draw).replace("\r\n", "\n")
