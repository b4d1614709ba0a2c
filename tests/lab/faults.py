"""A server with the faults that no real server offers: it resets, hangs, lies about lengths and never ends."""

import contextlib
import gzip
import socket
import socketserver
import threading
import time
from collections.abc import Callable, Iterator

_HANG_SECONDS = 30.0
Fault = Callable[[socket.socket], None]


def _answer(sock: socket.socket, body: bytes, *headers: str, status: str = "200 OK") -> None:
    head = "\r\n".join([f"HTTP/1.1 {status}", "Connection: close", *headers])
    with contextlib.suppress(OSError):
        sock.sendall(head.encode() + b"\r\n\r\n" + body)


def _reset(sock: socket.socket) -> None:
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")


def _reset_later(sock: socket.socket) -> None:
    _answer(sock, b"id,email\n" * 50, "Content-Type: text/csv", "Content-Length: 100000")
    time.sleep(0.2)
    _reset(sock)


def _hang(sock: socket.socket) -> None:
    with contextlib.suppress(OSError):
        sock.settimeout(_HANG_SECONDS)
        sock.recv(1)


def _drip(sock: socket.socket, head: bytes, more: bytes) -> None:
    end = time.monotonic() + _HANG_SECONDS
    with contextlib.suppress(OSError):
        sock.sendall(head)
        while time.monotonic() < end:
            sock.sendall(more)
            time.sleep(0.1)


def _endless(sock: socket.socket) -> None:
    with contextlib.suppress(OSError):
        sock.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n")
        chunk = b"10000\r\n" + b"x" * 65536 + b"\r\n"
        while True:
            sock.sendall(chunk)


FAULTS: dict[str, Fault] = {
    "/reset": _reset,
    "/reset-later": _reset_later,
    "/hang": _hang,
    "/short": lambda sock: _answer(
        sock, b"id,email\n1,a@b.example\n", "Content-Type: text/csv", "Content-Length: 9999"
    ),
    "/short-leak": lambda sock: _answer(sock, b"id,email\n1,LEAKED@x.example\n", "Content-Length: 9999"),
    "/long": lambda sock: _answer(sock, b"id,email\n" + b"x" * 500, "Content-Type: text/csv", "Content-Length: 9"),
    "/drip-body": lambda sock: _drip(sock, b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n", b"x"),
    "/drip-head": lambda sock: _drip(sock, b"HTTP/1.1 200 OK\r\nX-Slow: ", b"x"),
    "/endless": _endless,
    "/announced": lambda sock: _answer(sock, b"x", "Content-Length: 99999999999"),
    "/swelling": lambda sock: _answer(
        sock, gzip.compress(bytes(64 * 1024 * 1024)), "Content-Encoding: gzip", "Content-Type: text/plain"
    ),
    "/no-http": lambda sock: sock.sendall(b"\x00\x01\x02 nonsense \r\n\r\n"),
    "/bad-gzip": lambda sock: _answer(sock, b"this is no gzip", "Content-Encoding: gzip"),
}


class FaultServer(socketserver.ThreadingTCPServer):
    """Answers paths that have a fault with it, the others with what `pages` holds; keeps the paths asked for."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.pages: dict[str, tuple[str, bytes]] = {}
        self.asked: list[str] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/"

    def handle_error(self, request: object, client_address: object) -> None:
        """Clients that hang up are what these tests are about."""


class _Handler(socketserver.BaseRequestHandler):
    server: FaultServer
    request: socket.socket

    def handle(self) -> None:
        self.request.settimeout(_HANG_SECONDS)
        head = b""
        while b"\r\n\r\n" not in head:
            received = self.request.recv(65536)
            if not received:
                return
            head += received
        path = head.split(b" ", 2)[1].decode("latin-1")
        self.server.asked.append(path)
        fault = FAULTS.get(path.rstrip("/"))
        if fault is not None:
            fault(self.request)
            return
        status, body = self.server.pages.get(path, ("404 Not Found", b"nothing here"))
        kind = "application/json" if body.startswith((b"{", b"[")) else "text/html"
        _answer(self.request, body, f"Content-Length: {len(body)}", f"Content-Type: {kind}", status=status)


@contextlib.contextmanager
def fault_server() -> Iterator[FaultServer]:
    """Run the server in a thread."""
    with FaultServer() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
