"""The tokenizer behind free text search: stores write its terms and look them up, so all of them answer the same."""

import re
import unicodedata
from itertools import accumulate
from urllib.parse import unquote

from pipelines.urls import host_of, is_address

# No word holds this character, so a search for words never meets a domain.
_DOMAIN_MARK = "@"


def words_of(text: str) -> list[str]:
    """Return the words of a text, each once, in order: letters, digits and marks, case folded, escapes resolved."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", unquote(text)).casefold())
    spaced = "".join(char if unicodedata.category(char)[0] in "LNM" else " " for char in folded)
    return list(dict.fromkeys(spaced.split()))


def domain_term(host: str) -> str:
    """Return the term that a host and every host below it carry."""
    return _DOMAIN_MARK + host


def terms_of(url: str, source: str) -> list[str]:
    """Return every term under which a sighting is found: words of its URL and source, and the domains it is below."""
    host = host_of(url)
    readable = re.sub(r"xn--[a-z0-9-]+", _readable, host)
    words = words_of(f"{url} {readable} {source}")
    return [*words, *map(domain_term, [host] if is_address(host) else _domains(host))]


def _readable(label: re.Match[str]) -> str:
    try:
        return label[0].removeprefix("xn--").encode("ascii").decode("punycode")
    except UnicodeError:
        return label[0]


def _domains(host: str) -> list[str]:
    return list(accumulate(reversed(host.split(".")), lambda below, label: f"{label}.{below}"))
