"""What happens in the leak test: every command, also what fails, against real servers full of names."""

import resource
import shutil
import signal
import subprocess
import sys
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from tests import leak_plants as plants
from tests.cli import Tracker
from tests.lab.faults import fault_server
from tests.lab.servers import bepasty, nginx, pasttle
from tests.leak_plants import ASCII_NAME, NAMES

ROOT = Path(__file__).parent.parent
PASSPHRASE = {"TRACKER_PASSPHRASE": "correct horse battery"}
NGINX = f"""
  location = /err {"{"} return 500 "{NAMES[1]}"; {"}"}
  location = /gone {"{"} return 410 "{NAMES[6]}"; {"}"}
  location = /moved {"{"} return 302 /copies/one.csv#{NAMES[1].split()[0]}; {"}"}
  location = /loop {"{"} return 302 /loop#{NAMES[1].split()[0]}; {"}"}
  location = /private {"{"} return 302 http://10.1.2.3/x#{NAMES[1].split()[0]}; {"}"}
  location /headers/ {"{"}
    types {"{}"} default_type "text/x-{plants.PLANTED[4][0]}; charset={plants.PLANTED[4][1]}";
    add_header Content-Disposition 'attachment; filename="{ASCII_NAME}.csv"';
    add_header Set-Cookie "who={plants.PLANTED[6][0]}{plants.PLANTED[6][1]}; Path=/";
    add_header X-Who "{NAMES[7]}"; add_header Link "</copies/>; title={ASCII_NAME}"; add_header ETag "{ASCII_NAME}";
  {"}"}
"""


@dataclass
class History:
    """All that happened: what each command printed, where installations lie, what servers were asked."""

    base: Path
    inputs: Path
    shown: list = field(default_factory=list)
    asked: list = field(default_factory=list)

    def run(self, tracker, *args, code=0, scans=False, **more):
        result = tracker.run(*args, **more)
        assert result.code == code, (args, result)
        self.shown.append((" ".join(map(str, args)), result.out, result.err, scans))
        return result

    def run_program(self, tracker, *command, **more):
        done = subprocess.run(command, env=tracker.environment(), capture_output=True, text=True, timeout=120,
                              check=False, **more)  # fmt: skip
        self.shown.append((" ".join(map(str, command)), done.stdout, done.stderr, False))
        return done


def tell(base, inputs):
    """Run it all in installations below `base`, with inputs and served files below `inputs`, and return the history."""
    history = History(base, inputs)
    plants.lay_out(inputs)
    main = Tracker(base / "main")
    for folder in ("user", "tmp"):
        (main.folder / folder).mkdir()
    _fingerprint(history, main)
    _scan(history, main)
    with ExitStack() as stack:
        web = stack.enter_context(nginx(inputs / "web", NGINX))
        faults = stack.enter_context(fault_server())
        pastes = [stack.enter_context(site()) for site in (bepasty, pasttle)]
        _fill(faults, pastes)
        _visit(history, main, web, faults, pastes)
        _break(history, main, web)
        history.asked += [*web.requests(), *faults.asked, *(line for site in pastes for line in site.requests())]
    _look(history, main)
    return history


def _fingerprint(history, main):
    """Make the case, and everything that a table can be refused for."""
    inputs = history.inputs

    def fingerprint(name, *args, code=0):
        return history.run(main, "fingerprint", inputs / name, "--yes", *args, code=code)

    fingerprint("leak.csv", "--case", "spring", "--allow-host", "127.0.0.1", "--contact", "a@example.org",
                "--known-good", inputs / "good.csv")  # fmt: skip
    fingerprint("leak.csv", "--case", "spring", code=2)
    fingerprint("leak.csv", "--case", "summer", "--role", "Nonsense=id", code=2)
    fingerprint("leak.csv", "--case", "summer", "--role", "Status=nonsense", code=2)
    fingerprint("second.xlsx", "--case", "spring", "--add")
    fingerprint("second.xlsx", "--case", "summer", "--sheet", "Nonsense", code=2)
    fingerprint("headless.csv", "--case", "headless")
    fingerprint("ragged.csv", "--case", "ragged")
    history.run(main, "fingerprint", inputs / "latin.csv", "--case", "latin", "--yes", "--encoding", "utf-8", code=2)
    fingerprint("names-only.csv", "--case", "names")
    for number, name in enumerate(("no-identity.csv", "torn.xlsx", "empty.csv", "missing.csv")):
        fingerprint(name, "--case", f"refused{number}", code=2)


def _scan(history, main):
    """Scan local files; only here may paths and member names be shown."""
    for args in (("--format", "json", "--reveal-rows"), ("--format", "table"), ("--format", "csv")):
        history.run(main, "scan", history.inputs / "scanned", "--case", "spring", *args, code=1, scans=True)
    history.run(main, "scan", history.inputs / "scanned" / "missing", "--case", "spring", code=2)
    copy = (history.inputs / "web/copies/page.html").read_bytes()
    history.run(main, "scan", "-", "--case", "spring", "--format", "json", stdin=copy, code=1)
    history.run(
        main, "scan", "-", "--case", "spring", "--url", f"https://forum.example/t/1#{NAMES[1]}", stdin=copy, code=1
    )
    history.run(main, "scan", history.inputs / "good.csv", "--case", "spring")
    history.run(main, "scan", history.inputs / "web/broken/torn.json", "--case", "spring", "--format", "json")


def _fill(faults, pastes):
    """Put names into status lines, headers, listings and pastes."""
    some = plants.csv_bytes(plants.HEADER, plants.leak_rows()[15:40])
    name = NAMES[6]
    links = "".join(
        f'<li><a href="{path}#{ASCII_NAME}">{name}</a></li>' for path in ("500", "type", "reset-later", "short")
    )
    faults.pages = {
        "/": ("200 OK", f"<title>Index of / {name}</title><h1>Index of /</h1><ul>{links}</ul>".encode()),
        "/500": (f"500 {ASCII_NAME}", NAMES[1].encode()),
        "/type": (f"200 {name}\r\nContent-Type: text/{ASCII_NAME}\r\n{plants.PLANTED[4][0]}: {name}", some),
        "/robots.txt": (f"404 {name}", name.encode()),
    }
    for site in pastes:
        site.post(some, f"{ASCII_NAME}.csv")
        site.post(f"{NAMES[1]}\n".encode(), f"{name}.csv")
        site.post(plants.csv_bytes(plants.HEADER, plants.stranger_rows(40)), "others.csv")


def _visit(history, main, web, faults, pastes):
    """Crawl and check, twice and also what fails."""

    def add(name, *args):
        history.run(main, "source", "add", name, "--delay", "0", "--case", "spring", *args)

    for name, folder in (
        ("copies", "copies/"),
        ("headers", "headers/"),
        ("broken", "broken/"),
        ("harmless", "harmless/"),
    ):
        add(name, "--family", "autoindex", "--url", web.url + folder)
    add("faults", "--family", "autoindex", "--url", faults.url)
    add("broken-site", "--family", "autoindex", "--url", f"{web.url}err")
    for site in pastes:
        add(site.name, "--profile", site.name, "--url", site.url)
    history.run(main, "source", "add", "copies", "--family", "autoindex", "--url", web.url, "--case", "spring", code=2)
    history.run(main, "crawl", "--case", "spring", code=5)
    history.run(main, "crawl", "--case", "spring", "copies")
    history.run(main, "crawl", "--case", "spring", "nonsense", code=2)
    checked = [
        "copies/one.csv",
        "copies/dump.zip",
        "headers/one.csv",
        "moved",
        "loop",
        "private",
        "err",
        "gone",
        "missing",
    ]
    history.run(main, "check", *(f"{web.url}{path}#{ASCII_NAME}" for path in checked), "--case", "spring", code=1)
    checked = ["500", "type", "reset", "short", "swelling", "bad-gzip", "no-http"]
    history.run(main, "check", *(faults.url + path for path in checked), "--case", "spring", "--format", "json", code=1)
    history.run(main, "check", "ftp://nowhere.example/", "--case", "spring", code=2)
    for number, more in enumerate(((), ("-s", "LOG_LEVEL=DEBUG"), ("-s", f"JOBDIR={main.work / 'jobs'}"))):
        command = [sys.executable, "-m", "scrapy", "crawl", "autoindex", "-a", "case=spring", "-a"]
        source = ("broken", "copies", "headers")[number]
        assert history.run_program(main, *command, f"source={source}", *more, cwd=ROOT).returncode == 0
    crawl = [sys.executable, "-m", "tracker", "crawl", "--case", "spring"]
    process = subprocess.Popen(
        crawl, cwd=main.work, env=main.environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    time.sleep(2)
    process.send_signal(signal.SIGKILL)
    history.shown.append(("crawl, killed", *process.communicate(), False))


def _break(history, main, web):
    """Run commands on damaged installations."""
    target = f"{web.url}copies/one.csv"

    def damaged(name):
        return main.copy(history.base / name)

    wrong = damaged("wrong-key")
    shutil.copyfile(wrong.keys / "headless.match", wrong.keys / "spring.match")
    missing = damaged("no-keys")
    shutil.rmtree(missing.keys)
    torn = damaged("torn-fingerprints")
    sealed = torn.home / "cases/spring/fingerprints.sealed"
    sealed.write_bytes(sealed.read_bytes()[:-100])
    for tracker in (wrong, missing, torn):
        history.run(tracker, "check", target, "--case", "spring", code=2)
        history.run(tracker, "scan", history.inputs / "leak.csv", "--case", "spring", code=2)
        history.run(tracker, "crawl", "--case", "spring", code=2)
    store = damaged("torn-store")
    data = bytearray((store.home / "store.sqlite").read_bytes())
    data[20:2000] = bytes(1980)
    (store.home / "store.sqlite").write_bytes(data)
    for args in (("search",), ("check", target, "--case", "spring"), ("crawl", "--case", "spring")):
        history.run(store, *args, code=4)
    no_owner = damaged("no-owner")
    (no_owner.keys / "spring.owner").unlink()
    history.run(no_owner, "check", target, "--case", "spring", code=1)
    history.run(no_owner, "scan", history.inputs / "leak.csv", "--case", "spring", "--reveal-rows", code=2)
    full = damaged("full-disk")
    local = str(history.inputs / "leak.csv")
    for command in (["check", target], ["crawl"], ["scan", local, "--url", "https://a.example/"]):
        program = [sys.executable, "-m", "tracker", *command, "--case", "spring"]
        assert history.run_program(full, *program, cwd=ROOT, preexec_fn=_no_room).returncode == 4
    for tracker in (wrong, torn, store, no_owner):
        history.run(tracker, "doctor", code=0 if tracker is no_owner else 2)


def _no_room():
    resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192))


def _look(history, main):
    """List, show, export and import all there is."""
    for style in ("table", "json", "csv"):
        for command in (
            ("search",),
            ("run", "list"),
            ("case", "list"),
            ("source", "list", "--case", "spring"),
            ("doctor",),
        ):
            history.run(main, *command, "--format", style)
    for sighting in history.run(main, "search", "--format", "json").lines:
        history.run(main, "show", sighting["id"])
        history.run(main, "show", sighting["id"][:10], "--json", "--reveal-rows")
    for run in history.run(main, "run", "list", "--format", "json").lines[::4]:
        history.run(main, "run", "show", run["id"])
        history.run(main, "run", "show", run["id"], "--not-inspected", "--format", "json")
    for text in ("forum", "nonsense"):
        history.run(main, "search", text)
    for args in (
        ("show", "zzzz"),
        ("run", "show", "zzzz"),
        ("case", "show", "nonsense"),
        ("search", "--case", "nonsense"),
    ):
        history.run(main, *args, code=2)
    history.run(main, "case", "show", "spring")
    history.run(main, "case", "show", "headless", "--json")
    history.run(main, "case", "export", "spring", "-o", main.work / "spring.export", **PASSPHRASE)
    history.run(main, "case", "export", "spring", "--for-crawl", "-o", main.work / "crawl.export", **PASSPHRASE)
    history.run(main, "case", "export", "spring", "-o", main.work / "spring.export", code=2)
    other = Tracker(history.base / "other")
    history.run(other, "case", "import", main.work / "spring.export", code=2, TRACKER_PASSPHRASE="wrong")
    history.run(other, "case", "import", main.work / "spring.export", **PASSPHRASE)
    history.run(other, "search", "--format", "json")
    history.run(main, "--help")
    history.run(main, code=2)
