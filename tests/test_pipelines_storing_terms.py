"""The tokenizer behind free text search works in every script and makes no syntax."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.storing.terms import domain_term, terms_of, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", []),
        ("  \t", []),
        ("*?:()'\"%_-", []),
        ("Paste-Bin_raw.CSV", ["paste", "bin", "raw", "csv"]),
        ("a A a", ["a"]),
        ("Straße STRASSE", ["strasse"]),
        ("d%C3%ADa", ["día"]),
        ("di\u0301a ｄía", ["día"]),
        ("İstanbul", ["i̇stanbul"]),
        ("список_беженцев", ["список", "беженцев"]),
        ("रिपोर्ट", ["रिपोर्ट"]),
        ("قائمة/اللاجئين", ["قائمة", "اللاجئين"]),
        ("名簿2022年", ["名簿2022年"]),
        ("a\u202eb\0c\udcffd", ["a", "b", "c", "d"]),
    ],
)
def test_the_words_of_a_text(text, words):
    assert words_of(text) == words


@given(st.text())
def test_words_are_their_own_words(text):
    words = words_of(text)
    assert words_of(" ".join(words)) == words


def test_a_sighting_is_found_by_its_url_its_source_and_every_domain_above_it():
    terms = terms_of("https://raw.xn--bcher-kva.example:8080/A%20b/c?page=7", "Mirror one")
    assert {"https", "raw", "bücher", "xn", "example", "8080", "a", "b", "c", "page", "7", "mirror", "one"} <= {*terms}
    domains = {domain_term(name) for name in ("raw.xn--bcher-kva.example", "xn--bcher-kva.example", "example")}
    assert domains == {term for term in terms if term.startswith(domain_term(""))}


@pytest.mark.parametrize("host", ["192.0.2.1", "[2001:db8::1]"])
def test_an_address_is_below_no_domain(host):
    assert [term for term in terms_of(f"http://{host}:81/", "x") if term.startswith(domain_term(""))] == [
        domain_term(host)
    ]


@pytest.mark.parametrize("host", ["xn--.example", "xn--99999999.example"])
def test_a_label_that_is_no_punycode_is_kept_as_it_is(host):
    assert domain_term(host) in terms_of(f"http://{host}/", "x")
