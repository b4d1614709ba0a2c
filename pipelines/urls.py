"""URLs in the one spelling that names a sighting."""

import ipaddress
import re
import socket
from urllib.parse import unquote

from pipelines.errors import UrlError

_DEFAULT_PORTS = {"http": 80, "https": 443}
_EDGES = "".join(map(chr, range(0x21)))
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?|[a-z0-9_-]{1,63}")
_NUMBER = re.compile(r"[0-9]+|0[xX][0-9a-fA-F]*")
_ESCAPE = re.compile(rb"%[0-9a-fA-F]{2}|.", re.DOTALL)
_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_PLAIN_IN_PATH = _UNRESERVED | frozenset(b"/:@!$&'()*+,;=[]|")
_HIDDEN_IN_QUERY = frozenset(b" \"#<>'")
_LONGEST_HOST = 253
_LARGEST_PORT = 65535


def canonical_url(url: str) -> str:
    """Return the one ASCII spelling of an http(s) URL; a UrlError (a ValueError) names what is wrong with any other.

    The fragment and any user name are dropped, the query is kept as it is: escapes in it are not touched.
    """
    text = re.sub(r"[\t\n\r]", "", url.strip(_EDGES)).partition("#")[0]
    before, mark, query = text.partition("?")
    # Browsers read a backslash as a slash; reading it otherwise would name another host than they visit.
    scheme, colon, rest = before.replace("\\", "/").partition(":")
    scheme = scheme.lower()
    if not colon or scheme not in _DEFAULT_PORTS or not rest.startswith("//"):
        raise UrlError("this is no web address: it has to begin with http:// or https://")
    authority, slash, path = rest[2:].partition("/")
    host, port = _split_port(authority.rpartition("@")[2])
    shown_port = "" if port in (None, _DEFAULT_PORTS[scheme]) else f":{port}"
    shown_path = _without_dots(_escaped_path(slash + path or "/"))
    return f"{scheme}://{canonical_host(host)}{shown_port}{shown_path}{mark}{_escaped_query(query)}"


def canonical_host(host: str) -> str:
    """Return a host name in lower-case ASCII (punycode) or an address in its shortest form; else a UrlError.

    Every spelling of an IPv4 address that a resolver takes (octal, hexadecimal, one number) becomes a dotted quad.
    """
    if host.startswith("["):
        return _ipv6(host)
    try:
        name = unquote(host, errors="strict")
    except UnicodeDecodeError:
        raise UrlError("the host name of the web address holds escapes that are no text") from None
    name = name.lower() if name.isascii() else _punycode(name)
    name = name.removesuffix(".")
    labels = name.split(".")
    if not name:
        raise UrlError("the web address names no host")
    if len(name) > _LONGEST_HOST or not all(_LABEL.fullmatch(label) for label in labels):
        raise UrlError("the host name of the web address is too long or has a character that no host name may have")
    if _NUMBER.fullmatch(labels[-1]):
        return _ipv4(name)
    return name


def host_of(url: str) -> str:
    """Return the host of a canonical URL; an IPv6 address keeps its brackets."""
    authority = url.partition("://")[2].partition("/")[0]
    return authority if authority.endswith("]") else authority.rpartition(":")[0] or authority


def is_address(host: str) -> bool:
    """Say whether a canonical host is an IP address and therefore has no domain above it."""
    return host.startswith("[") or host.rpartition(".")[2].isdigit()


def _split_port(authority: str) -> tuple[str, int | None]:
    host, colon, port = authority.rpartition(":")
    if not colon or port.endswith("]"):
        return authority, None
    if not port:
        return host, None
    if not (port.isascii() and port.isdigit()) or int(port[:6]) > _LARGEST_PORT or len(port.lstrip("0")) > 5:
        raise UrlError("the port of the web address is no number from 0 to 65535")
    return host, int(port)


def _ipv6(host: str) -> str:
    try:
        address = ipaddress.IPv6Address(host.removeprefix("[").removesuffix("]"))
    except ValueError:
        address = None
    if address is None or address.scope_id is not None or not host.endswith("]"):
        raise UrlError("the brackets in the web address hold no IPv6 address")
    return f"[{address.compressed}]"


def _ipv4(name: str) -> str:
    try:
        return socket.inet_ntoa(socket.inet_aton(name))
    except OSError:
        raise UrlError("the host of the web address ends in a number but is no IPv4 address") from None


def _punycode(name: str) -> str:
    import idna

    try:
        # The mapping of UTS #46 as browsers use it; the stricter IDNA 2008 refuses hosts that exist.
        mapped = idna.uts46_remap(name, std3_rules=False, transitional=False)
        labels = (
            label if label.isascii() else "xn--" + label.encode("punycode").decode("ascii")
            for label in mapped.split(".")
        )
        return ".".join(labels).lower()
    except UnicodeError:
        raise UrlError("the host name of the web address has a character that no host name may have") from None


def _utf8(text: str) -> bytes:
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        raise UrlError("the web address holds bytes that are no text") from None


def _escaped_path(path: str) -> str:
    def spell(found: re.Match[bytes]) -> bytes:
        piece = found[0]
        code = int(piece[1:], 16) if len(piece) > 1 else piece[0]
        keep = _UNRESERVED if len(piece) > 1 else _PLAIN_IN_PATH
        return bytes([code]) if code in keep else b"%%%02X" % code

    return _ESCAPE.sub(spell, _utf8(path)).decode("ascii")


def _escaped_query(query: str) -> str:
    plain = range(0x21, 0x7F)
    return "".join(
        chr(code) if code in plain and code not in _HIDDEN_IN_QUERY else f"%{code:02X}" for code in _utf8(query)
    )


def _without_dots(path: str) -> str:
    kept: list[str] = []
    segments = path.split("/")[1:]
    for segment in segments:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in (".", ".."):
        kept.append("")
    return "/" + "/".join(kept)
