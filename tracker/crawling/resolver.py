"""The guard at Scrapy's connect time: a name resolver that hands out only addresses that may be connected to.

Twisted connects to exactly the addresses it is given here, so that there is no moment between check and connection.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Self

from twisted.internet.interfaces import IHostnameResolver, IResolutionReceiver
from zope.interface import implementer  # type: ignore[import-untyped]

from tracker.crawling.addresses import parse_address
from tracker.crawling.guard import Guard, canonical

if TYPE_CHECKING:
    from twisted.internet.base import ReactorBase
    from twisted.internet.interfaces import IAddress, IHostResolution

_REMEMBERED = 10_000


@implementer(IHostnameResolver)
class GuardedResolver:
    """Resolves names and literal addresses alike, and passes on what one of the admitted guards lets through.

    Without a guard it lets through what is public. It keeps no answers: what was public may not be so any more.
    """

    def __init__(self, reactor: "ReactorBase", original: Any) -> None:  # noqa: ANN401 - an untyped zope interface
        self._reactor: Any = reactor
        self._original = original
        self._guards: list[Guard] = []
        self._refused: dict[str, None] = {}

    @classmethod
    def from_crawler(cls, crawler: Any, reactor: "ReactorBase") -> Self:  # noqa: ANN401 - a crawler or a process
        """Make the resolver as Scrapy's setting TWISTED_DNS_RESOLVER wants it."""
        return cls(reactor, reactor.nameResolver)

    def install_on_reactor(self) -> None:
        """Put this resolver before every connection of the reactor."""
        self._reactor.installNameResolver(self)

    def admit(self, guard: Guard) -> None:
        """Let through what this guard allows, until it is dismissed."""
        self._guards.append(guard)

    def dismiss(self, guard: Guard) -> None:
        """Forget a guard; one that is not there is no error."""
        if guard in self._guards:
            self._guards.remove(guard)

    def was_refused(self, host: str) -> bool:
        """Say whether this canonical host was last found to have no address that may be connected to."""
        return host in self._refused

    def passes(self, host: str, port: int, address: str) -> bool:
        """Say whether this address of this host may be connected to; what is no address may not."""
        parsed = parse_address(address)
        return parsed is not None and any(guard.passes(host, port, parsed) for guard in self._guards or [Guard()])

    def resolveHostName(  # noqa: N802 - Twisted's name
        self,
        resolutionReceiver: Any,  # noqa: ANN401, N803
        hostName: str,  # noqa: N803
        portNumber: int = 0,  # noqa: N803
        addressTypes: "Sequence[type[IAddress]] | None" = None,  # noqa: N803
        transportSemantics: str = "TCP",  # noqa: N803
    ) -> "IHostResolution":
        """Resolve as the original resolver does, leaving out what may not be connected to."""
        receiver = _FilteringReceiver(self, resolutionReceiver, hostName, portNumber)
        resolution: IHostResolution = self._original.resolveHostName(
            receiver, hostName, portNumber, addressTypes, transportSemantics
        )
        return resolution

    def note(self, host: str, *, is_refused: bool) -> None:
        """Remember, in bounded room, whether a host was refused; who explains a failure asks."""
        try:
            host = canonical(host)
        except ValueError:
            return
        self._refused.pop(host, None)
        if is_refused:
            self._refused[host] = None
            if len(self._refused) > _REMEMBERED:
                del self._refused[next(iter(self._refused))]


@implementer(IResolutionReceiver)
class _FilteringReceiver:
    def __init__(self, resolver: GuardedResolver, receiver: Any, host: str, port: int) -> None:  # noqa: ANN401
        self._resolver, self._receiver = resolver, receiver
        self._host, self._port = host, port
        self._passed = self._stopped = 0

    def resolutionBegan(self, resolutionInProgress: Any) -> None:  # noqa: ANN401, N802, N803
        self._receiver.resolutionBegan(resolutionInProgress)

    def addressResolved(self, address: Any) -> None:  # noqa: ANN401, N802
        if self._resolver.passes(self._host, self._port, address.host):
            self._passed += 1
            self._receiver.addressResolved(address)
        else:
            self._stopped += 1

    def resolutionComplete(self) -> None:  # noqa: N802
        self._resolver.note(self._host, is_refused=bool(self._stopped and not self._passed))
        self._receiver.resolutionComplete()
