"""The settings of Scrapy are safe by default, and what is in force is what stands in them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from scrapy.settings import Settings
from scrapy.utils.conf import build_component_list

import tracker.settings

TOP = Path(__file__).resolve().parent.parent


@pytest.fixture
def settings():
    made = Settings()
    made.setmodule(tracker.settings, priority="project")
    return made


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("REMOTE_CONTROL_ENABLED", False),
        ("TELNETCONSOLE_ENABLED", False),
        ("DOWNLOAD_VERIFY_CERTIFICATES", True),
        ("ROBOTSTXT_OBEY", True),
        ("HTTPPROXY_ENABLED", False),
        ("HTTPCACHE_ENABLED", False),
        ("COOKIES_ENABLED", False),
        ("METAREFRESH_ENABLED", False),
    ],
)
def test_switches(settings, name, value):
    assert settings.getbool(name) is value


def test_values(settings):
    assert settings.getint("DOWNLOAD_MAXSIZE") == 32 * 1024 * 1024
    assert settings["REFERRER_POLICY"] == "no-referrer"
    assert settings["DOWNLOAD_TLS_MIN_VERSION"] == "TLSv1.2"
    assert settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN") == 1
    assert settings.getfloat("DOWNLOAD_DELAY") >= 1
    assert settings.getfloat("DOWNLOAD_DELAY_JITTER") > 0
    assert 0 < settings.getint("DOWNLOAD_TIMEOUT") <= 120
    assert settings["TWISTED_DNS_RESOLVER"] == "tracker.crawling.resolver.GuardedResolver"


def test_only_the_web_is_fetched(settings):
    handlers = settings.get_component_priority_dict_with_base("DOWNLOAD_HANDLERS")
    assert {scheme for scheme, handler in handlers.items() if handler} == {"http", "https"}


def test_nothing_listens_and_nothing_writes_files(settings):
    extensions = build_component_list(settings.get_component_priority_dict_with_base("EXTENSIONS"))
    middlewares = build_component_list(settings.get_component_priority_dict_with_base("DOWNLOADER_MIDDLEWARES"))
    names = " ".join(map(str, (*extensions, *middlewares)))
    for unwanted in ("Telnet", "RemoteControl", "FeedExporter", "HttpCache", "HttpProxy", "Cookies", "HttpAuth"):
        assert unwanted not in names


def test_the_guard_comes_first_and_politeness_last(settings):
    names = [
        str(item).rpartition(".")[2]
        for item in build_component_list(settings.get_component_priority_dict_with_base("DOWNLOADER_MIDDLEWARES"))
    ]
    assert names[0] == "GuardMiddleware"
    assert names[1] == "RobotsMiddleware"
    assert names[-1] == "PolitenessMiddleware"


@pytest.fixture
def scrapy(tmp_path):
    def run(*arguments: str) -> "subprocess.CompletedProcess[str]":
        surroundings = {**os.environ, "TRACKER_HOME": str(tmp_path / "home"), "TRACKER_KEYS": str(tmp_path / "keys")}
        command = [sys.executable, "-m", "scrapy", *arguments]
        return subprocess.run(command, cwd=TOP, env=surroundings, capture_output=True, text=True, check=False)

    return run


def test_scrapy_lists_the_families(scrapy):
    assert scrapy("list").stdout.split() == ["autoindex", "paste_list"]


def test_scrapy_without_a_case_says_so_in_one_sentence_and_writes_nothing(scrapy, tmp_path):
    done = scrapy("crawl", "autoindex", "-a", "case=spring", "-a", "source=mirror")
    assert done.returncode != 0
    assert "there is no case spring" in done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []
    assert not (TOP / ".scrapy").exists()
