"""The guard at connect time of the requests session: connections resolve, check and connect by themselves.

urllib3 opens sockets only through the two classes here, so that no redirect, proxy variable or name server answer
leads to an address that was not checked.
"""

import contextlib
import socket
import threading
import time
from collections.abc import Callable
from typing import Any

import requests
import requests.adapters
import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection

from tracker.crawling.addresses import parse_address
from tracker.crawling.guard import Guard, private

CONNECT_SECONDS = 20.0
Resolve = Callable[..., list[tuple[Any, ...]]]


class Deadline:
    """The end of one fetch: sockets handed to it are shut down then, in whatever state a slow server keeps them."""

    def __init__(self, seconds: float) -> None:
        self._ends = time.monotonic() + seconds
        self._lock = threading.Lock()
        self._sockets: list[socket.socket] = []
        self._timer = threading.Timer(seconds, self._shut)
        self._timer.daemon = True
        self._timer.start()

    @property
    def left(self) -> float:
        """Seconds left, never negative."""
        return max(0.0, self._ends - time.monotonic())

    def watch(self, sock: socket.socket) -> None:
        """Shut this connection down at the end; TLS may detach the socket object, so that a duplicate is kept."""
        with self._lock:
            self._sockets.append(sock.dup())
        if not self.left:
            self._shut()

    def close(self) -> None:
        """Stop watching."""
        self._timer.cancel()
        with self._lock:
            for sock in self._sockets:
                sock.close()
            self._sockets.clear()

    def _shut(self) -> None:
        with self._lock:
            for sock in self._sockets:
                with contextlib.suppress(OSError):
                    sock.shutdown(socket.SHUT_RDWR)


class GuardedConnector:
    """Opens connections for one fetch after the other; `server_ip` is the address of the newest one."""

    def __init__(self, guard: Guard, resolve: Resolve) -> None:
        self._guard = guard
        self._resolve = resolve
        self.deadline: Deadline | None = None
        self.server_ip: str | None = None

    def connect(self, host: str, port: int) -> socket.socket:
        """Connect to the first address of the host that may be connected to and answers.

        GuardError when none may; OSError when none answers.
        """
        found = self._addresses(host, port)
        allowed = [entry for entry in found if self._may(host, port, str(entry[4][0]))]
        if found and not allowed:
            raise private(host)
        error: OSError = OSError("no address")
        for family, kind, protocol, _, address in allowed:
            sock = socket.socket(family, kind, protocol)
            try:
                sock.settimeout(min(CONNECT_SECONDS, self._left()))
                sock.connect(address)
            except OSError as failed:
                sock.close()
                error = failed
                continue
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.server_ip = str(address[0]).partition("%")[0]
            if self.deadline is not None:
                self.deadline.watch(sock)
            return sock
        raise error

    def _left(self) -> float:
        return max(0.001, self.deadline.left) if self.deadline is not None else CONNECT_SECONDS

    def _may(self, host: str, port: int, address: str) -> bool:
        parsed = parse_address(address)
        return parsed is not None and self._guard.passes(host, port, parsed)

    def _addresses(self, host: str, port: int) -> list[tuple[Any, ...]]:
        """Resolve in a thread of its own: the system's resolver knows no time limit."""
        answers: list[list[tuple[Any, ...]] | OSError | UnicodeError] = []

        def resolve() -> None:
            try:
                answers.append(self._resolve(host.strip("[]"), port, type=socket.SOCK_STREAM))
            except (OSError, UnicodeError) as error:
                answers.append(error)

        thread = threading.Thread(target=resolve, daemon=True)
        thread.start()
        thread.join(min(CONNECT_SECONDS, self._left()))
        if not answers:
            raise TimeoutError("the name server does not answer")
        if isinstance(answers[0], list):
            return answers[0]
        raise socket.gaierror(str(answers[0])) from None


class GuardedAdapter(requests.adapters.HTTPAdapter):
    """The only way of the session to a server; it keeps no connection and knows no proxy."""

    def __init__(self, connector: GuardedConnector) -> None:
        self._connector = connector
        super().__init__(pool_connections=1, pool_maxsize=1, max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - requests' own signature
        """Make the pools with connections that ask the guard."""
        super().init_poolmanager(*args, **kwargs)
        connector = self._connector

        class Plain(HTTPConnection):
            def _new_conn(self) -> socket.socket:
                return connector.connect(self._dns_host, self.port or self.default_port)

        class Tls(HTTPSConnection):
            def _new_conn(self) -> socket.socket:
                return connector.connect(self._dns_host, self.port or self.default_port)

        plain_pool = type("PlainPool", (urllib3.HTTPConnectionPool,), {"ConnectionCls": Plain})
        tls_pool = type("TlsPool", (urllib3.HTTPSConnectionPool,), {"ConnectionCls": Tls})
        self.poolmanager.pool_classes_by_scheme = {"http": plain_pool, "https": tls_pool}

    def proxy_manager_for(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        """Refuse every proxy: behind one, nobody could check the address."""
        raise requests.exceptions.InvalidProxyURL("proxies are not used")
