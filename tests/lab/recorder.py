"""A relay before any server of the lab, which keeps every byte that clients send it."""

import contextlib
import socket
import socketserver
import threading
from collections.abc import Iterator


class Recorder(socketserver.ThreadingTCPServer):
    """Relays to a port of this machine; `received` is all that came, of all connections."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, port: int) -> None:
        super().__init__(("127.0.0.1", 0), _Relay)
        self.port = port
        self.received = bytearray()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/"


class _Relay(socketserver.BaseRequestHandler):
    server: Recorder
    request: socket.socket

    def handle(self) -> None:
        with socket.create_connection(("127.0.0.1", self.server.port)) as behind:
            back = threading.Thread(target=_copy, args=(behind, self.request, None), daemon=True)
            back.start()
            _copy(self.request, behind, self.server.received)
            back.join()


def _copy(source: socket.socket, target: socket.socket, kept: bytearray | None) -> None:
    with contextlib.suppress(OSError):
        while data := source.recv(65536):
            if kept is not None:
                kept.extend(data)
            target.sendall(data)
    with contextlib.suppress(OSError):
        target.shutdown(socket.SHUT_WR)


@contextlib.contextmanager
def recorder(port: int) -> Iterator[Recorder]:
    """Run the relay in a thread."""
    with Recorder(port) as relay:
        thread = threading.Thread(target=relay.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield relay
        finally:
            relay.shutdown()
            thread.join()
