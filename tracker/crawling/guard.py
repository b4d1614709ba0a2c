"""The guard before every connection: only the public Internet, and the hosts that the case names.

It stands twice before each of the two ways out. A URL that names a private address is refused early; that is a
courtesy. What protects is the check of the very addresses that are connected to (`passes`), made after every
resolution, so that no answer of a name server and no redirect gets around it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from pipelines.items import Reason
from pipelines.urls import canonical_host, canonical_url
from tracker.crawling.addresses import Address, is_public, parse_address
from tracker.errors import SettingsError, TrackerError

_PORTS = {"http": 80, "https": 443}


class GuardError(TrackerError):
    """A URL that must not be fetched; `reason` is what its inspection says."""

    def __init__(self, reason: Reason, message: str) -> None:
        super().__init__(message)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a URL leads; `host` is in canonical spelling, an IPv6 address with brackets."""

    scheme: str
    host: str
    port: int


class Guard:
    """Refuses what is not public, but for the hosts allowed by name (`paste.lan`, `127.0.0.1:8080`, `[::1]:80`).

    An allowed host is let through under that name alone: another name that resolves to the same address is not.
    """

    def __init__(self, allow_hosts: Iterable[str] = ()) -> None:
        self._allowed = frozenset(_allowed(entry) for entry in allow_hosts)

    def check_url(self, url: str) -> Endpoint:
        """Return where the URL leads; GuardError when it is no web address or names a private one."""
        try:
            parts = urlsplit(canonical_url(url))
            endpoint = Endpoint(parts.scheme, canonical(str(parts.hostname)), parts.port or _PORTS[parts.scheme])
        except ValueError:
            raise GuardError(Reason.UNSUPPORTED, "only http and https addresses of a host are fetched") from None
        if self.admits(endpoint.host, endpoint.port):
            return endpoint
        address = parse_address(endpoint.host)
        is_local_name = endpoint.host == "localhost" or endpoint.host.endswith(".localhost")
        if is_local_name or (address is not None and not is_public(address)):
            raise private(endpoint.host)
        return endpoint

    def admits(self, host: str, port: int) -> bool:
        """Say whether the case allows this canonical host, at every port or at this one."""
        return (host, None) in self._allowed or (host, port) in self._allowed

    def passes(self, host: str, port: int, address: Address) -> bool:
        """Say whether this address, to which this host resolved, may be connected to."""
        if is_public(address):
            return True
        try:
            return self.admits(canonical(host), port)
        except ValueError:
            return False


def canonical(host: str) -> str:
    """Return the canonical spelling of a host; brackets of an IPv6 address may be missing. ValueError if it is none."""
    return canonical_host(f"[{host}]" if ":" in host and not host.startswith("[") else host)


def private(host: str) -> GuardError:
    """Make the error that says a host lies in a private network, and what allows it."""
    return GuardError(
        Reason.PRIVATE_ADDRESS,
        f"{host} lies in a private or reserved network and is not fetched; if it is meant, name it in allow_hosts of "
        "case.toml",
    )


def _allowed(entry: str) -> tuple[str, int | None]:
    host, colon, port = entry.strip().rpartition(":")
    has_port = bool(colon) and port.isascii() and port.isdigit() and (":" not in host or host.startswith("["))
    try:
        return (canonical(host), int(port)) if has_port else (canonical(entry.strip()), None)
    except ValueError:
        raise SettingsError(
            f"allow_hosts of case.toml: {entry!r} is no host; write a name or an address, with :port if one is meant"
        ) from None
