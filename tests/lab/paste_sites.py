"""The paste sites of the lab, which live in a virtual environment of their own (environment.py)."""

import base64
import contextlib
import urllib.parse
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass

from lab import environment
from lab.running import HOST, Server, folder, free_port, missing, running


@dataclass(frozen=True)
class PasteSite(Server):
    """A running paste site that can be posted to."""

    secret: str = ""

    def post(self, content: bytes, name: str = "part.csv", media_type: str = "text/csv") -> str:
        """Post a paste and return its id."""
        if self.name == "bepasty":
            return self._post_bepasty(content, name, media_type)
        return self.post_form(upload=content.decode(), filename=name)

    def post_form(self, **fields: str) -> str:
        """Post a paste to pasttle with these form fields and return its id."""
        body = urllib.parse.urlencode(fields).encode()
        with urllib.request.urlopen(f"{self.url}post", data=body, timeout=10) as answer:
            return answer.read().decode().rpartition("/")[2]

    def lock(self, paste_id: str) -> None:
        """Take a bepasty item off public view."""
        self._admin(f"apis/rest/items/{paste_id}/lock")

    def delete(self, paste_id: str) -> None:
        """Delete a bepasty item."""
        self._admin(f"apis/rest/items/{paste_id}/delete")

    def _admin(self, path: str) -> None:
        token = base64.b64encode(f"x:{self.secret}".encode()).decode()
        request = urllib.request.Request(self.url + path, b"", {"Authorization": f"Basic {token}"})
        urllib.request.urlopen(request, timeout=10).close()

    def _post_bepasty(self, content: bytes, name: str, media_type: str) -> str:
        headers = {
            "Content-Type": media_type,
            "Content-Filename": name,
            "Content-Range": f"bytes 0-{len(content) - 1}/{len(content)}",
            "Maxlife-Value": "1",
            "Maxlife-Unit": "months",
        }
        request = urllib.request.Request(f"{self.url}apis/rest/items", base64.b64encode(content), headers)
        with urllib.request.urlopen(request, timeout=10) as answer:
            return str(answer.headers["Content-Location"]).rpartition("/")[2]


@contextlib.contextmanager
def bepasty() -> Iterator[PasteSite]:
    """bepasty, with public reading, listing and posting."""
    _need_lab()
    with folder() as state:
        port = free_port()
        (state / "items").mkdir()
        config = state / "bepasty.conf"
        config.write_text(f"""
STORAGE = "filesystem"
STORAGE_FILESYSTEM_DIRECTORY = "{state}/items/"
SECRET_KEY = "lab"
SESSION_COOKIE_SECURE = False
DEFAULT_PERMISSIONS = "read,list,create"
PERMISSIONS = {{"adminpw": "admin,list,create,modify,read,delete"}}
""")
        program = environment.lab_folder() / "bin" / "bepasty-server"
        command = [str(environment.lab_python()), str(program), "--host", HOST, "--port", str(port)]
        with running(command, state, port, BEPASTY_CONFIG=str(config)) as pid:
            yield PasteSite("bepasty", port, state / "output.log", pid, "adminpw")


@contextlib.contextmanager
def pasttle() -> Iterator[PasteSite]:
    """pasttle, whose list shows the hundred newest pastes."""
    _need_lab()
    with folder() as state:
        port = free_port()
        config = state / "pasttle.ini"
        config.write_text(f"""
[main]
debug = false
bind = {HOST}
port = {port}
title = lab
recent_items = 100
wsgi = wsgiref
pool_recycle = 3600
dsn = sqlite:///{state}/pastes.sqlite
pygments_style = tango
""")
        program = environment.lab_folder() / "bin" / "pasttle-server.py"
        with running([str(environment.lab_python()), str(program)], state, port, PASTTLECONF=str(config)) as pid:
            yield PasteSite("pasttle", port, state / "output.log", pid)


def _need_lab() -> None:
    if not environment.is_ready():
        missing("the lab's paste sites are not installed; run: python -m tests.lab.environment")
