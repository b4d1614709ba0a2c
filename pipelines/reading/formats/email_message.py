"""E-mail messages and mailboxes: headers and bodies as text, attachments as members."""

import email
import email.errors
import email.header
import email.message
import re
from collections.abc import Iterator

from pipelines.items import Reason
from pipelines.reading.budget import Budget, UnreadableError
from pipelines.reading.embedded import embedded_text
from pipelines.reading.format import Format, Member
from pipelines.reading.sample import Sample
from pipelines.reading.structure import in_pieces, lines, without_separators

_BEGINNING = 1 << 14
_HEADER = re.compile(rb"([!-9;-~]{1,76}):[^\n]*\n(?:[ \t]+[^\n]*\n)*+")
_KNOWN = frozenset(
    b"received from to cc bcc subject date message-id mime-version content-type content-transfer-encoding return-path"
    b" reply-to sender delivered-to x-mailer dkim-signature in-reply-to references".split()
)
_FEWEST_KNOWN = 2
_MAILBOX_LINE = re.compile(rb"^From [^\n]*\d\d:\d\d[^\n]*$", re.MULTILINE)
_SHOWN = ("From", "Sender", "Reply-To", "To", "Cc", "Bcc", "Subject", "Date")
_DEEPEST = 100


def recognize(sample: Sample) -> str | None:
    """Take what begins with header lines, two of them known ones; a mailbox has its own line before them."""
    body = sample.body[:_BEGINNING].lstrip(b"\xef\xbb\xbf\r\n")
    is_mailbox = body.startswith(b"From ") and b"\n" in body
    place = body.find(b"\n") + 1 if is_mailbox else 0
    known: set[bytes] = set()
    while header := _HEADER.match(body, place):
        known.add(header.group(1).lower())
        place = header.end()
    if len(known & _KNOWN) < _FEWEST_KNOWN:
        return None
    return "application/mbox" if is_mailbox else "message/rfc822"


def read(sample: Sample, budget: Budget) -> Iterator[str | Member]:
    """Yield message after message; one that cannot be taken apart is given as plain lines."""
    is_broken = False
    for message in _messages(sample.body):
        budget.check_time()
        try:
            parsed = email.message_from_bytes(message)
            parts = list(_leaves(parsed))
        except (RecursionError, ValueError, LookupError, email.errors.MessageError):
            is_broken = True
            yield from in_pieces([lines(without_separators(message.decode("utf-8", "replace")))])
            continue
        yield from _contents(parsed, parts, budget)
    if is_broken:
        raise UnreadableError(Reason.BROKEN)


def _messages(body: bytes) -> Iterator[bytes]:
    """Yield the messages of a mailbox, or the one message that this is."""
    body = body.lstrip(b"\xef\xbb\xbf\r\n")
    start = 0
    if body.startswith(b"From "):
        for line in _MAILBOX_LINE.finditer(body):
            if line.start() > start and body[line.start() - 2 : line.start()] in (b"\n\n", b"\r\n"):
                yield body[start : line.start()]
                start = line.start()
    yield body[start:]


def _leaves(message: email.message.Message, depth: int = 0) -> Iterator[email.message.Message]:
    """Yield the message itself and all parts inside it, depth first."""
    if depth > _DEEPEST:
        raise RecursionError
    yield message
    inner = message.get_payload()
    if message.is_multipart() and isinstance(inner, list):
        for part in inner:
            if isinstance(part, email.message.Message):
                yield from _leaves(part, depth + 1)


def _contents(
    message: email.message.Message, parts: list[email.message.Message], budget: Budget
) -> Iterator[str | Member]:
    for number, part in enumerate(parts):
        if part is message or any(name in part for name in ("From", "Subject")):
            yield lines(without_separators("\n".join(_headers(part))))
        for bystander in (part.preamble, part.epilogue):
            if bystander and bystander.strip():
                yield lines(without_separators(bystander))
        if part.is_multipart():
            continue
        payload = part.get_payload(decode=True)
        if not isinstance(payload, bytes) or not payload:
            continue
        budget.spend_unpacked(len(payload))
        name = _decoded(part.get_filename() or "")
        text = _text(part, payload) if not name and part.get_content_maintype() == "text" else None
        if text is None:
            yield Member(name or f"part {number}", payload)
        else:
            yield from in_pieces(embedded_text(text))


def _headers(part: email.message.Message) -> Iterator[str]:
    for name in _SHOWN:
        for value in part.get_all(name, ()):
            yield f"{name}: {' '.join(_decoded(str(value)).split())}"


def _decoded(value: str) -> str:
    """Return a header with its encoded words decoded."""
    if "=?" not in value:
        return value
    try:
        return str(email.header.make_header(email.header.decode_header(value)))
    except (ValueError, LookupError, email.errors.HeaderParseError):
        return value


def _text(part: email.message.Message, payload: bytes) -> str | None:
    """Return a body's text in the encoding it names, None when that is not true."""
    try:
        return payload.decode(part.get_content_charset("utf-8"))
    except (ValueError, LookupError):
        return None


FORMATS = (Format(rank=44, recognize=recognize, read=read),)
