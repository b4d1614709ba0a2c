"""RDF as Turtle, N-Triples or N-Quads: one record for each subject."""

import re
from collections.abc import Iterable, Iterator

from pipelines.reading.budget import Budget
from pipelines.reading.format import Format
from pipelines.reading.json_records import cell_records
from pipelines.reading.sample import Sample
from pipelines.reading.structure import in_pieces, without_separators
from pipelines.reading.text import every_reading

_PREFIX = re.compile(r"\s*(?:#[^\n]*\n\s*)*(?:@(?:prefix|base)|PREFIX|BASE)\s[^\n]*<[^>\n]*>", re.IGNORECASE)
_TRIPLE = re.compile(r"\s*(?:#[^\n]*\n\s*)*(?:<[a-z][^<>\s]*>|_:\w+)\s+<[a-z][^<>\s]*>\s+(?:<|_:|\")", re.IGNORECASE)
_TOKEN = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*+"""|"(?:[^"\\\n]|\\.)*+"|'
    r"'''(?:[^'\\]|\\.|'(?!''))*+'''|'(?:[^'\\\n]|\\.)*+'"
    r"|<[^<>\s]*>|\^\^|@[A-Za-z-]+|[;,.\[\]()](?=[\s;,.\])]|\Z)|[\[(]|#[^\n]*|[^\s;,\[\]()<>\"']+|\S",
    re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))", re.DOTALL)
_LETTERS = {"n": "\n", "t": "\t", "r": "\n", "b": "", "f": " "}
_LONGEST = 1 << 20
_MOST_CELLS = 400
_MOST_TOKENS = 10_000
_MOST_WAITING = 300_000


def recognize(sample: Sample) -> str | None:
    """Take text that begins with a prefix or a triple."""
    if _PREFIX.match(sample.head):
        return "text/turtle"
    return "application/n-triples" if _TRIPLE.match(sample.head) else None


def read(sample: Sample, budget: Budget) -> Iterator[str]:
    """Yield the values that each subject has."""
    return every_reading(sample, lambda chunks: in_pieces(_records(chunks)))


def _records(chunks: Iterable[str]) -> Iterator[str]:
    """Gather what is said of each subject; writers scatter it, so many subjects stay open at a time."""
    subjects: dict[str, list[str]] = {}
    waiting = 0
    for tokens in _statements(chunks):
        cells = subjects.setdefault(tokens[0], [])
        values = [text for token in tokens[1:] if (text := _shown(token))]
        waiting += len(values) + 1
        cells += values
        if waiting > _MOST_WAITING or len(cells) > _MOST_CELLS:
            yield from _ended(subjects)
            subjects, waiting = {}, 0
    yield from _ended(subjects)


def _ended(subjects: dict[str, list[str]]) -> Iterator[str]:
    for subject, cells in subjects.items():
        yield from cell_records([_shown(subject), *cells])


def _statements(chunks: Iterable[str]) -> Iterator[list[str]]:
    """Yield the tokens of each statement; one that does not end is one all the same."""
    tokens: list[str] = []
    for chunk in _between_statements(chunks):
        for token in _TOKEN.findall(chunk):
            if token[0] == "#":
                continue
            is_end = token[-1] == "." and token[0] not in "\"'<"
            if not is_end or len(token) > 1:
                tokens.append(token[:-1] if is_end else token)
            if tokens and (is_end or len(tokens) >= _MOST_TOKENS):
                yield tokens
                tokens = []
    if tokens:
        yield tokens


def _between_statements(chunks: Iterable[str]) -> Iterator[str]:
    """Move what follows the last statement that ends with a line to the next chunk."""
    rest = ""
    for chunk in chunks:
        text = rest + without_separators(chunk)
        end = text.rfind(".\n") + 2
        if end < 2 and len(text) < _LONGEST:
            rest = text
            continue
        end = end if end >= 2 else len(text)
        yield text[:end]
        rest = text[end:]
    yield rest


def _shown(token: str) -> str:
    """Return the text of a literal, the last part of an address, nothing for punctuation and names of fields."""
    mark = token[0]
    if mark in "\"'":
        edge = 3 if token.startswith(mark * 3) and len(token) >= 6 else 1
        return _ESCAPE.sub(_character, token[edge:-edge])
    if mark == "<":
        address = token[1:-1]
        return re.split(r"[/#]", address)[-1].removeprefix("mailto:").removeprefix("tel:")
    if mark in ";,.[]()@^" or len(token) == 1:
        return ""
    return token if ":" not in token else token.partition(":")[2]


def _character(found: re.Match[str]) -> str:
    digits = found.group(1) or found.group(2)
    if digits:
        number = int(digits, 16)
        return chr(number) if number < 0x110000 and not 0xD800 <= number < 0xE000 else "\ufffd"
    return _LETTERS.get(found.group(3), found.group(3))


FORMATS = (Format(rank=47, recognize=recognize, read=read),)
