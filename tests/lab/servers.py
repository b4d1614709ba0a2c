"""The real servers of the lab: started on free loopback ports, stopped again, with a log of what they were asked.

Every server is a context manager that yields a Server. One that is not installed skips the test with a sentence that
says what is missing; with CI=true in the environment it fails it.
"""

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from lab.paste_sites import PasteSite, bepasty, pasttle
from lab.running import HOST, Server, folder, free_port, missing, need, running

__all__ = [
    "FAULTS",
    "PasteSite",
    "Server",
    "apache",
    "bepasty",
    "caddy",
    "folder",
    "lighttpd",
    "missing",
    "need",
    "nginx",
    "pasttle",
    "python_http",
    "tls",
]


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
  server {{ listen {HOST}:{port}; root {root}; autoindex on; {more} }}
}}
""")
        with running([program, "-e", f"{state}/error.log", "-c", str(config)], state, port) as pid:
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
ServerName {HOST}
Listen {HOST}:{port}
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
        with running([program, "-D", "FOREGROUND", "-f", str(config)], state, port) as pid:
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
server.bind = "{HOST}"
server.port = {port}
server.errorlog = "{state}/error.log"
server.modules = ("mod_accesslog", "mod_dirlisting")
accesslog.filename = "{state}/access.log"
dir-listing.activate = "enable"
mimetype.assign = (".html" => "text/html", ".csv" => "text/csv", ".txt" => "text/plain")
""")
        with running([program, "-D", "-f", str(config)], state, port) as pid:
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
http://{HOST}:{port} {{
  bind {HOST}
  root * {root}
  file_server browse
  log {{
    output file {state}/access.log
  }}
}}
""")
        command = [program, "run", "--config", str(config), "--adapter", "caddyfile"]
        with running(command, state, port, home=state) as pid:
            yield Server("caddy", port, state / "access.log", pid)


@contextlib.contextmanager
def python_http(root: Path) -> Iterator[Server]:
    """Python's own http.server with a listing of `root`."""
    with folder() as state:
        port = free_port()
        command = [sys.executable, "-u", "-m", "http.server", str(port), "--bind", HOST, "--directory", str(root)]
        with running(command, state, port) as pid:
            yield Server("http.server", port, state / "output.log", pid)


def tls(state: Path) -> str:
    """Directives that make nginx speak TLS instead, with a certificate that nobody vouches for."""
    import datetime

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, HOST)])
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
