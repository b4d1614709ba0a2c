"""The real servers of the lab: started on free loopback ports, stopped again, with a log of what they were asked.

Every server is a context manager that yields a Server. One that is not installed skips the test with a sentence that
says what is missing; with CI=true in the environment it fails it.
"""

import base64
import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from lab import environment

_START_SECONDS = 20.0
_HOST = "127.0.0.1"
_SBIN = "/usr/sbin:/usr/bin:/sbin:/bin"


@dataclass(frozen=True)
class Server:
    """A running server; `log` is the file where it writes down its requests."""

    name: str
    port: int
    log: Path
    pid: int

    @property
    def url(self) -> str:
        return f"http://{_HOST}:{self.port}/"

    def requests(self) -> list[str]:
        """The lines of the log."""
        if self.name == "lighttpd":  # keeps its log in memory until it is told to begin a new one
            os.kill(self.pid, signal.SIGHUP)
            time.sleep(0.5)
        return self.log.read_text(encoding="utf-8", errors="replace").splitlines() if self.log.exists() else []


def need(program: str, package: str) -> str:
    """Return the path of a program; skip the test when it is not installed, fail it in CI."""
    found = shutil.which(program, path=f"{os.environ.get('PATH', '')}:{_SBIN}")
    if found is None:
        missing(f"the server {program} is not installed; install the Debian package {package}")
    return str(found)


def missing(sentence: str) -> None:
    """Skip the test, or fail it where nothing may be missing."""
    if os.environ.get("CI") == "true":
        pytest.fail(sentence)
    pytest.skip(sentence)


@contextlib.contextmanager
def folder() -> Iterator[Path]:
    """A temporary folder that servers may read which drop their rights."""
    with tempfile.TemporaryDirectory(prefix="lab-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind((_HOST, 0))
        return int(sock.getsockname()[1])


@contextlib.contextmanager
def nginx(root: Path, more: str = "") -> Iterator[Server]:
    """nginx with a listing of `root`; `more` are further directives of its server block."""
    program = need("nginx", "nginx")
    with folder() as state:
        port = free_port()
        temporary = "\n".join(
            f"{kind}_temp_path {state}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        user = "user root;" if os.geteuid() == 0 else ""
        config = state / "nginx.conf"
        config.write_text(f"""
{user} worker_processes 1; daemon off; pid {state}/pid; error_log {state}/error.log;
events {{ worker_connections 256; }}
http {{
  {temporary}
  types {{ text/html html; text/csv csv; text/plain txt; application/json json; application/zip zip; }}
  log_format full '"$request" $status "$http_user_agent" "$http_referer" "$http_cookie" "$http_host" $request_body';
  access_log {state}/access.log full;
  limit_req_zone $binary_remote_addr zone=slow:1m rate=1r/s;
  server {{ listen {_HOST}:{port}; root {root}; autoindex on; {more} }}
}}
""")
        with _running([program, "-e", f"{state}/error.log", "-c", str(config)], state, port) as pid:
            yield Server("nginx", port, state / "access.log", pid)


FAULTS = """
  location = /fault/500 { return 500 "broken"; }
  location = /fault/502 { return 502; }
  location = /fault/403 { return 403 "no"; }
  location = /fault/410 { return 410; }
  location = /fault/451 { return 451; }
  location = /fault/drop { return 444; }
  location = /fault/loop { return 302 /fault/loop; }
  location = /fault/loop-a { return 302 /fault/loop-b; }
  location = /fault/loop-b { return 302 /fault/loop-a; }
  location = /fault/deep { return 302 /fault/deep?$request_id; }
  location = /fault/private { return 302 http://10.1.2.3/secret; }
  location = /fault/metadata { return 302 http://[::ffff:169.254.169.254]/latest/; }
  location = /fault/decimal { return 302 http://2130706433/; }
  location = /fault/ftp { return 302 ftp://ftp.example/secret; }
  location = /fault/file { return 302 file:///etc/passwd; }
  location = /fault/busy { add_header Retry-After 100000 always; return 429; }
  location = /fault/away { add_header Retry-After 100000 always; return 503; }
  location /limited/ { limit_req zone=slow; limit_req_status 429; add_header Retry-After 1 always; }
  location /drip/ { limit_rate 40; }
"""


@contextlib.contextmanager
def apache(root: Path, options: str = "FancyIndexing HTMLTable") -> Iterator[Server]:
    """Apache with a listing of `root` in one of its forms; it never runs as root, so that `root` must be readable."""
    program = need("apache2", "apache2")
    modules = Path("/usr/lib/apache2/modules")
    with folder() as state:
        port = free_port()
        wanted = ("mpm_event", "authz_core", "dir", "mime", "autoindex", "alias")
        load = "\n".join(f"LoadModule {name}_module {modules}/mod_{name}.so" for name in wanted)
        user = "User nobody\nGroup nogroup" if os.geteuid() == 0 else ""
        config = state / "apache.conf"
        config.write_text(f"""
ServerRoot {state}
ServerName {_HOST}
Listen {_HOST}:{port}
PidFile {state}/pid
ErrorLog {state}/error.log
DefaultRuntimeDir {state}
{load}
{user}
TypesConfig /etc/mime.types
LogFormat "\\"%r\\" %>s \\"%{{User-Agent}}i\\" \\"%{{Referer}}i\\" \\"%{{Cookie}}i\\" \\"%{{Host}}i\\"" full
CustomLog {state}/access.log full
DocumentRoot {root}
<Directory {root}>
  Options +Indexes
  Require all granted
  DirectoryIndex disabled
  IndexOptions {options}
</Directory>
""")
        with _running([program, "-D", "FOREGROUND", "-f", str(config)], state, port) as pid:
            yield Server("apache", port, state / "access.log", pid)


@contextlib.contextmanager
def lighttpd(root: Path) -> Iterator[Server]:
    """lighttpd with a listing of `root`."""
    program = need("lighttpd", "lighttpd")
    with folder() as state:
        port = free_port()
        config = state / "lighttpd.conf"
        config.write_text(f"""
server.document-root = "{root}"
server.bind = "{_HOST}"
server.port = {port}
server.errorlog = "{state}/error.log"
server.modules = ("mod_accesslog", "mod_dirlisting")
accesslog.filename = "{state}/access.log"
dir-listing.activate = "enable"
mimetype.assign = (".html" => "text/html", ".csv" => "text/csv", ".txt" => "text/plain")
""")
        with _running([program, "-D", "-f", str(config)], state, port) as pid:
            yield Server("lighttpd", port, state / "access.log", pid)


@contextlib.contextmanager
def caddy(root: Path) -> Iterator[Server]:
    """Caddy with a listing of `root`."""
    program = need("caddy", "caddy")
    with folder() as state:
        port = free_port()
        config = state / "Caddyfile"
        config.write_text(f"""
{{
  admin off
  auto_https off
  storage file_system {state}
}}
http://{_HOST}:{port} {{
  bind {_HOST}
  root * {root}
  file_server browse
  log {{
    output file {state}/access.log
  }}
}}
""")
        command = [program, "run", "--config", str(config), "--adapter", "caddyfile"]
        with _running(command, state, port, home=state) as pid:
            yield Server("caddy", port, state / "access.log", pid)


@contextlib.contextmanager
def python_http(root: Path) -> Iterator[Server]:
    """Python's own http.server with a listing of `root`."""
    with folder() as state:
        port = free_port()
        command = [sys.executable, "-u", "-m", "http.server", str(port), "--bind", _HOST, "--directory", str(root)]
        with _running(command, state, port) as pid:
            yield Server("http.server", port, state / "output.log", pid)


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
        command = [str(environment.lab_python()), str(program), "--host", _HOST, "--port", str(port)]
        with _running(command, state, port, BEPASTY_CONFIG=str(config)) as pid:
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
bind = {_HOST}
port = {port}
title = lab
recent_items = 100
wsgi = wsgiref
pool_recycle = 3600
dsn = sqlite:///{state}/pastes.sqlite
pygments_style = tango
""")
        program = environment.lab_folder() / "bin" / "pasttle-server.py"
        with _running([str(environment.lab_python()), str(program)], state, port, PASTTLECONF=str(config)) as pid:
            yield PasteSite("pasttle", port, state / "output.log", pid)


def _need_lab() -> None:
    if not environment.is_ready():
        missing("the lab's paste sites are not installed; run: python -m tests.lab.environment")


@contextlib.contextmanager
def _running(command: list[str], state: Path, port: int, home: Path | None = None, **more: str) -> Iterator[int]:
    """Run a server until the block is left; it must answer within the time, or its output is the failure."""
    output = state / "output.log"
    surroundings = {"PATH": _SBIN, "HOME": str(home or state), "LANG": "C.UTF-8", "PYTHONWARNINGS": "ignore", **more}
    with output.open("wb") as out:
        process = subprocess.Popen(command, cwd=state, env=surroundings, stdout=out, stderr=subprocess.STDOUT)
    try:
        _wait(process, port, output)
        yield process.pid
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(process: "subprocess.Popen[bytes]", port: int, output: Path) -> None:
    end = time.monotonic() + _START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection((_HOST, port), 1):
            time.sleep(0.05)
            if process.poll() is None:  # or it died, because somebody else answers at its port
                return
        time.sleep(0.05)
    pytest.fail(f"{process.args[0]} does not answer: {output.read_text(errors='replace')[-2000:]}")


def tls(state: Path) -> str:
    """Directives that make nginx speak TLS instead, with a certificate that nobody vouches for."""
    import datetime

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, _HOST)])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    (state / "tls.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    return f"ssl_certificate {state}/tls.pem; ssl_certificate_key {state}/tls.pem; ssl on;"
