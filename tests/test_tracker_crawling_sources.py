"""sources.toml: read strictly, written without disturbing what people wrote."""

import dataclasses
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tracker.settings
from pipelines.inspection import MAX_BODY as MOST_INSPECTED
from tracker.crawling.sources import FAMILIES, MAX_BODY, Source, add_source, load_sources
from tracker.errors import SettingsError

HAND_WRITTEN = """\
# our mirrors, ask Ana before you change anything

[mirror]   # the big one
url = "HTTP://Files.Example:80/pub"
family = "autoindex"
include = ["*.csv", "2026/*"]
max_depth = 2
"""


def test_fields_and_defaults(tmp_path):
    path = tmp_path / "sources.toml"
    path.write_text(HAND_WRITTEN + '[paste]\nprofile = "bepasty"\nurl = "https://paste.example/sub/"\ndelay = 2\n')
    sources = load_sources(path)
    assert list(sources) == ["mirror", "paste"]
    mirror, paste = sources["mirror"], sources["paste"]
    assert mirror == Source("mirror", "autoindex", "http://files.example/pub", include=("*.csv", "2026/*"), max_depth=2)
    assert mirror.base == "http://files.example/pub/"
    assert (mirror.delay, mirror.max_bytes, mirror.profile) == (1.0, MAX_BODY, None)
    assert (paste.family, paste.profile, paste.delay, paste.base) == (
        "paste_list",
        "bepasty",
        2,
        "https://paste.example/sub/",
    )


def test_no_more_is_downloaded_than_is_inspected():
    assert MAX_BODY == tracker.settings.DOWNLOAD_MAXSIZE <= MOST_INSPECTED


def test_no_file_is_no_source(tmp_path):
    assert load_sources(tmp_path / "sources.toml") == {}


def test_adding_keeps_comments_and_order(tmp_path):
    path = tmp_path / "sources.toml"
    path.write_text(HAND_WRITTEN)
    add_source(path, Source("paste", "paste_list", "https://paste.example", profile="pasttle", delay=2.5))
    text = path.read_text()
    assert text.startswith(HAND_WRITTEN)
    assert load_sources(path)["paste"].delay == 2.5
    assert path.stat().st_mode & 0o777 == 0o600


def test_adding_to_nothing_makes_a_file_that_says_what_it_is(tmp_path):
    path = tmp_path / "sources.toml"
    add_source(path, Source("mirror", "autoindex", "http://files.example/"))
    add_source(path, Source("other", "autoindex", "http://other.example/", exclude=("*.iso",)))
    assert path.read_text().startswith("# ")
    assert list(load_sources(path)) == ["mirror", "other"]
    assert tomllib.loads(path.read_text())["mirror"] == {
        "family": "autoindex",
        "url": "http://files.example/",
        "delay": 1.0,
    }


@pytest.mark.parametrize(
    "source",
    [
        Source("mirror", "autoindex", "http://twice.example/"),
        Source("new", "nonsense", "http://files.example/"),
        Source("new", "paste_list", "http://files.example/", profile="nonsense"),
        Source("new", "paste_list", "http://files.example/"),
        Source("new", "autoindex", "files.example"),
        Source("new", "autoindex", "http://files.example/?C=N"),
        Source("new", "autoindex", "http://me:word@files.example/"),
        Source("New Name", "autoindex", "http://files.example/"),
        Source("new", "autoindex", "http://files.example/", delay=-1),
        Source("new", "autoindex", "http://files.example/", delay=float("nan")),
    ],
)
def test_a_source_that_is_wrong_is_refused_and_nothing_is_written(tmp_path, source):
    path = tmp_path / "sources.toml"
    path.write_text(HAND_WRITTEN)
    with pytest.raises(SettingsError):
        add_source(path, source)
    assert path.read_text() == HAND_WRITTEN
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[m]\nfamily = 'autoindex'\n", ["[m]", "url"]),
        ("[m]\nurl = 'http://x.example/'\n", ["[m]", "family", *FAMILIES]),
        ("[m]\nurl = 'http://x.example/'\nfamily = 'ftp'\n", ["[m]", "family", *FAMILIES]),
        ("[m]\nurl = 'http://x.example/'\nprofile = 'phpbb'\n", ["[m]", "profile", "bepasty", "pasttle"]),
        ("[m]\nurl = 'http://x.example/'\nprofile = ['bepasty']\n", ["[m]", "profile"]),
        (
            "[m]\nurl = 'http://x.example/'\nprofile = 'bepasty'\nfamily = 'autoindex'\n",
            ["[m]", "family", "paste_list"],
        ),
        ("[m]\nurl = 'http://x.example/'\nfamily = 'autoindex'\nmax_pastes = 3\n", ["[m]", "max_pastes"]),
        ("[m]\nurl = 'http://x.example/'\nfamily = 'autoindex'\nspeed = 3\n", ["[m]", "speed", "delay"]),
        ("[m]\nurl = 'http://x.example/'\nfamily = 'autoindex'\ndelay = '3'\n", ["[m]", "delay", "seconds"]),
        ("[m]\nurl = 'http://x.example/'\nfamily = 'autoindex'\ndelay = true\n", ["[m]", "delay"]),
        ("[m]\nurl = 'http://x.example/'\nfamily = 'autoindex'\nmax_depth = 1.5\n", ["[m]", "max_depth"]),
        ("[m]\nurl = 'http://x.example/'\nfamily = 'autoindex'\nmax_bytes = 99999999999\n", ["[m]", "max_bytes"]),
        ("[m]\nurl = 'http://x.example/'\nfamily = 'autoindex'\ninclude = '*.csv'\n", ["[m]", "include", "list"]),
        ("[m]\nurl = 'ftp://x.example/'\nfamily = 'autoindex'\n", ["[m]", "url"]),
        ("m = 3\n", ["m", "[NAME]"]),
        ("[m\n", ["TOML", "line 1"]),
        ("\xff", ["TOML"]),
    ],
)
def test_mistakes_are_named_in_one_sentence(tmp_path, text, says):
    path = tmp_path / "sources.toml"
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(SettingsError) as caught:
        load_sources(path)
    message = str(caught.value)
    assert str(path) in message
    assert "\n" not in message
    for word in says:
        assert word in message


@given(st.data())
def test_what_is_added_is_what_is_read(tmp_path_factory, data):
    path = tmp_path_factory.mktemp("sources") / "sources.toml"
    patterns = st.lists(st.text(min_size=1, max_size=20).filter(lambda t: "\0" not in t), max_size=3).map(tuple)
    source = Source(
        data.draw(st.from_regex(r"[a-z0-9][a-z0-9._-]{0,20}", fullmatch=True)),
        "autoindex",
        "http://files.example/pub",
        delay=data.draw(st.floats(0, 3600)),
        max_depth=data.draw(st.integers(0, 100)),
        include=data.draw(patterns),
        exclude=data.draw(patterns),
    )
    add_source(path, source)
    assert load_sources(path) == {source.name: dataclasses.replace(source)}
