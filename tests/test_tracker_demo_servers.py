import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests

from tracker.demo import servers
from tracker.demo.incident import Paste
from tracker.demo.servers import DemoServerError, post_pastes, running_servers

pytestmark = pytest.mark.server

ROOT = Path(__file__).parent.parent
HOLDER = """
import sys, time
from pathlib import Path
from tracker.demo.servers import running_servers
folder = Path(sys.argv[1])
with running_servers(folder / "mirror", folder / "pastes", folder / "servers") as servers:
    print(servers.paste_site, servers.mirror, flush=True)
    time.sleep(60)
"""


@pytest.fixture
def mirror(tmp_path):
    mirror = tmp_path / "mirror"
    mirror.mkdir()
    (mirror / "naïve.txt").write_text("open directory", encoding="utf-8")
    return mirror


def is_open(url):
    with socket.socket() as probe:
        probe.settimeout(2)
        return probe.connect_ex((urlsplit(url).hostname, urlsplit(url).port)) == 0


def wait_until_closed(*urls):
    deadline = time.monotonic() + 10
    while any(is_open(url) for url in urls) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not any(is_open(url) for url in urls)


def test_serves_the_mirror_and_what_was_posted(mirror, tmp_path):
    pastes = [Paste("one.txt", "first\nséc\n"), Paste("two.csv", "a,b\n1,2\n")]
    with running_servers(mirror, tmp_path / "pastes", tmp_path / "servers") as running:
        pages = post_pastes(running.paste_site, pastes)
        listed = requests.get(f"{running.paste_site}apis/rest/items", timeout=5).json()
        assert {item["file-meta"]["filename"] for item in listed.values()} == set(pages) == {"one.txt", "two.csv"}
        for paste in pastes:
            assert requests.get(f"{pages[paste.name]}/+download", timeout=5).content == paste.text.encode()
        assert requests.get(f"{running.mirror}na%C3%AFve.txt", timeout=5).text == "open directory"
    assert not is_open(running.mirror)
    assert not is_open(running.paste_site)
    kept = {path.parent.name for path in tmp_path.rglob("*") if path.is_file() and b"first" in path.read_bytes()}
    assert kept == {"pastes"}


def test_servers_end_with_an_exception(mirror, tmp_path):
    with (
        pytest.raises(KeyboardInterrupt),
        running_servers(mirror, tmp_path / "pastes", tmp_path / "servers") as running,
    ):
        raise KeyboardInterrupt
    assert not is_open(running.mirror)
    assert not is_open(running.paste_site)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_servers_end_with_their_parent_whatever_kills_it(mirror, tmp_path, number):
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    ) as holder:
        urls = holder.stdout.readline().split()
        assert len(urls) == 2
        assert all(is_open(url) for url in urls)
        holder.send_signal(number)
        holder.wait(10)
    assert wait_until_closed(*urls)


def test_a_missing_paste_site_is_one_sentence(mirror, tmp_path, monkeypatch):
    monkeypatch.setattr(servers, "find_spec", lambda name: None)
    with (
        pytest.raises(DemoServerError, match=r"pip install .*\[demo\]"),
        running_servers(mirror, tmp_path / "pastes", tmp_path / "servers"),
    ):
        pass


def test_a_server_that_does_not_start_names_its_log(mirror, tmp_path, monkeypatch):
    monkeypatch.setattr(servers, "_bepasty_config", lambda pastes: "this is no configuration")
    with (
        pytest.raises(DemoServerError, match=r"does not start.*bepasty\.log"),
        running_servers(mirror, tmp_path / "pastes", tmp_path / "servers"),
    ):
        pass
    assert (tmp_path / "servers" / "bepasty.log").stat().st_size > 0
