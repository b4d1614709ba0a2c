"""Site profiles: every one is read, fits its saved page, and mistakes in one are named.

`tests/sites/<profile>/` holds `list.<html|json>`, a page of the real program, and `expected.json`: where the site lies,
what the list names, and which addresses people report. A profile without them fails here.
"""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.crawling.pastes import read_list
from tracker.crawling.sources import FAMILIES
from tracker.errors import SettingsError
from tracker.sites.profiles import load_profiles, parse_profile

SAVED = Path(__file__).parent / "sites"
PROFILES = load_profiles()


@pytest.fixture(params=sorted(PROFILES))
def profile(request):
    return PROFILES[request.param]


@pytest.fixture
def expected(profile):
    return json.loads((SAVED / profile.name / "expected.json").read_text())


def test_the_saved_list_names_what_is_expected(profile, expected):
    page = (SAVED / profile.name / f"list.{profile.list_format}").read_bytes()
    base = expected["base"]
    listed = read_list(profile, page, f"{base}{profile.list_path}", base)
    addresses = [profile.addresses(base, paste_id) for paste_id in listed.ids]
    assert [list(pair) for pair in addresses] == expected["pastes"]
    assert listed.unread == expected.get("unread", 0)


def test_every_reported_address_leads_to_its_paste(profile, expected):
    for address, paste_id in expected["reported"].items():
        assert profile.find_id(expected["base"], address) == paste_id
    for url, fetch_url in expected["pastes"]:
        assert profile.find_id(expected["base"], url) == profile.find_id(expected["base"], fetch_url)


def test_every_profile_says_what_it_is(profile):
    assert profile.family in FAMILIES
    assert profile.title
    assert profile.proven in {"server", "recorded", "described"}


def test_no_saved_page_is_left_without_a_profile():
    assert {folder.name for folder in SAVED.iterdir() if folder.is_dir()} == set(PROFILES)


GOOD = """
title = "x"
family = "paste_list"
proven = "server"
[list]
path = "list"
format = "json"
id = "@key"
[paste]
id = "[a-z]+"
url = "{id}"
fetch_url = "raw/{id}"
"""


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("title", "titel", ["titel"]),
        ('title = "x"\n', "", ["title", "missing"]),
        ('title = "x"', "title = 3", ["title", "text"]),
        ('format = "json"', 'format = "xml"', ["[list] format", "html, json"]),
        ('id = "@key"\n', "", ["[list] id"]),
        ('id = "[a-z]+"', 'id = "["', ["[paste] id", "regular expression"]),
        ('url = "{id}"\n', 'url = "x"\n', ["[paste] url", "{id}"]),
        ('url = "{id}"\n', 'url = "{id}/{name}"\n', ["[paste] url"]),
        ('url = "{id}"\n', 'url = "/{id}"\n', ["[paste] url"]),
        ('fetch_url = "raw/{id}"', 'fetch_url = "raw/{id}"\nalso = "x"', ["[paste] also", "list"]),
        ('fetch_url = "raw/{id}"', 'fetch_url = "raw/{id}"\nalso = ["x"]', ["[paste] also", "{id}"]),
        ("[paste]", "[paste", ["TOML"]),
    ],
)
def test_mistakes_in_a_profile_are_named_in_one_sentence(old, new, says):
    assert parse_profile("good.toml", GOOD).name == "good"
    with pytest.raises(SettingsError) as caught:
        parse_profile("wrong.toml", GOOD.replace(old, new, 1))
    message = str(caught.value)
    assert message.startswith("wrong.toml")
    assert "\n" not in message
    for word in says:
        assert word in message


def test_pages_that_say_gone_or_blocked_with_status_200_are_known():
    text = GOOD + 'gone = ["not found, sorry"]\nblocked = ["password, please"]\n'
    profile = parse_profile("x.toml", text)
    assert profile.reason_of_page(b"<p>not found, sorry</p>") == "gone"
    assert profile.reason_of_page("ü password, please".encode()) == "blocked"
    assert profile.reason_of_page(b"id,email") is None


@given(st.text(max_size=60))
def test_an_id_from_the_site_never_leads_out_of_it(text):
    base = "https://paste.example/sub/"
    profile = parse_profile("x.toml", GOOD.replace("[a-z]+", ".*"))
    if profile.is_id(text) and text not in {"", ".", ".."}:
        for address in profile.addresses(base, text):
            assert address.startswith(base)


def test_nested_items_and_fields_are_found():
    text = GOOD.replace('id = "@key"', 'id = "meta.key"\nitems = "data.pastes"\ntime = "meta.at"')
    profile = parse_profile("x.toml", text)
    page = {
        "data": {
            "pastes": [
                {"meta": {"key": "old", "at": "2026-01-01T00:00:00Z"}},
                {"meta": {"key": "new", "at": "2026-11-01T00:00:00Z"}},
                {"meta": {"key": 7, "at": None}},
                {"nothing": True},
                "text",
            ]
        }
    }
    listed = read_list(profile, json.dumps(page).encode(), "https://p.example/list", "https://p.example/")
    assert listed.ids == ("new", "old")
    assert listed.unread == 3
