"""Two spellings of one address have one canonical URL, and nothing that is no web address has any."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.errors import PipelinesError, UrlError
from pipelines.urls import canonical_host, canonical_url, host_of, is_address

SAME = [
    ("https://paste.example/a", "https://paste.example/a"),
    ("HTTPS://Paste.EXAMPLE/A", "https://paste.example/A"),
    ("https://paste.example", "https://paste.example/"),
    ("https://paste.example?x=1", "https://paste.example/?x=1"),
    ("https://paste.example#top", "https://paste.example/"),
    ("https://paste.example/a#key?x/../y", "https://paste.example/a"),
    ("https://paste.example:443/a", "https://paste.example/a"),
    ("http://paste.example:80/a", "http://paste.example/a"),
    ("http://paste.example:443/a", "http://paste.example:443/a"),
    ("http://paste.example:08080/a", "http://paste.example:8080/a"),
    ("http://paste.example:/a", "http://paste.example/a"),
    ("https://user:secret@paste.example/a", "https://paste.example/a"),
    ("https://a@b@paste.example/a", "https://paste.example/a"),
    ("https://paste.example./a", "https://paste.example/a"),
    ("  https://paste.example/a\n", "https://paste.example/a"),
    ("https://paste.exa\nmple/a\tb", "https://paste.example/ab"),
    ("https://paste.example/a/../b/./c", "https://paste.example/b/c"),
    ("https://paste.example/a/b/..", "https://paste.example/a/"),
    ("https://paste.example/a/.", "https://paste.example/a/"),
    ("https://paste.example/../../a", "https://paste.example/a"),
    ("https://paste.example/a/%2e%2E/b", "https://paste.example/b"),
    ("https://paste.example//a//", "https://paste.example//a//"),
    ("https://paste.example/%7euser/%61%2d%5F", "https://paste.example/~user/a-_"),
    ("https://paste.example/a%2fb%3f", "https://paste.example/a%2Fb%3F"),
    ("https://paste.example/100%", "https://paste.example/100%25"),
    ("https://paste.example/%%34%31", "https://paste.example/%2541"),
    ("https://paste.example/a b", "https://paste.example/a%20b"),
    ("https://paste.example/día", "https://paste.example/d%C3%ADa"),
    ("https://paste.example/\u202egpj", "https://paste.example/%E2%80%AEgpj"),
    ("https://paste.example/a;v=1,2", "https://paste.example/a;v=1,2"),
    ("https://paste.example/?b=2&a=%7e&A=%41&&", "https://paste.example/?b=2&a=%7e&A=%41&&"),
    ("https://paste.example/?q=a/../b?c\\d", "https://paste.example/?q=a/../b?c\\d"),
    ("https://paste.example/?", "https://paste.example/?"),
    ("https://paste.example/?q=día x", "https://paste.example/?q=d%C3%ADa%20x"),
    ("https:\\\\paste.example\\a", "https://paste.example/a"),
    ("http://evil.example\\@paste.example/", "http://evil.example/@paste.example/"),
    ("https://bücher.example/", "https://xn--bcher-kva.example/"),
    ("https://BÜCHER.example/", "https://xn--bcher-kva.example/"),
    ("https://xn--BCHER-kva.example/", "https://xn--bcher-kva.example/"),
    ("https://b%C3%BCcher.example/", "https://xn--bcher-kva.example/"),
    ("https://straße.example/", "https://xn--strae-oqa.example/"),
    ("https://пример.испытание/", "https://xn--e1afmkfd.xn--80akhbyknj4f/"),
    ("https://例え。テスト/", "https://xn--r8jz45g.xn--zckzah/"),
    ("https://💩.example/", "https://xn--ls8h.example/"),
    ("https://ｐａｓｔｅ.example/", "https://paste.example/"),
    ("https://my_host.example/", "https://my_host.example/"),
    ("http://127.1/", "http://127.0.0.1/"),
    ("http://0x7f000001/", "http://127.0.0.1/"),
    ("http://2130706433/", "http://127.0.0.1/"),
    ("http://0177.0.0.1:8000/", "http://127.0.0.1:8000/"),
    ("http://１２７.0.0.1/", "http://127.0.0.1/"),
    ("http://[2001:DB8:0:0::1]:8080/", "http://[2001:db8::1]:8080/"),
    ("http://[::1]:80/", "http://[::1]/"),
]

REFUSED = [
    ("", "begin with http"),
    ("paste.example/a", "begin with http"),
    ("ftp://paste.example/a", "begin with http"),
    ("file:///etc/passwd", "begin with http"),
    ("javascript:alert(1)", "begin with http"),
    ("//paste.example/a", "begin with http"),
    ("http:paste.example", "begin with http"),
    ("http:///a", "names no host"),
    ("http://user@/a", "names no host"),
    ("http://./a", "names no host"),
    ("http://a..b/", "host name"),
    ("http://a b.example/", "host name"),
    ("http://a%00b.example/", "host name"),
    ("http://a%2Fb.example/", "host name"),
    ("http://%ff.example/", "no text"),
    ("http://" + "a" * 64 + ".example/", "too long"),
    ("http://" + "a." * 130 + "example/", "too long"),
    ("http://paste.example:port/", "port"),
    ("http://paste.example:-1/", "port"),
    ("http://paste.example:65536/", "port"),
    ("http://paste.example:" + "9" * 5000 + "/", "port"),
    ("http://paste.example:٣/", "port"),
    ("http://1.2.3.4.5/", "IPv4"),
    ("http://256.1.1.1/", "IPv4"),
    ("http://08.1.1.1/", "IPv4"),
    ("http://paste.0x/", "IPv4"),
    ("http://[::1/", "IPv6"),
    ("http://[::1%25eth0]/", "IPv6"),
    ("http://[paste.example]/", "IPv6"),
    ("http://paste.example/\udcff", "no text"),
    ("http://paste.example/?\udcff", "no text"),
    ("http://\udcff.example/", "host name"),
]


@pytest.mark.parametrize(("written", "canonical"), SAME)
def test_every_spelling_gives_the_canonical_one(written, canonical):
    assert canonical_url(written) == canonical
    assert canonical_url(canonical) == canonical


@pytest.mark.parametrize(("written", "problem"), REFUSED)
def test_what_is_no_web_address_is_refused_by_naming_the_problem(written, problem):
    with pytest.raises(ValueError, match=problem) as caught:
        canonical_url(written)
    assert isinstance(caught.value, PipelinesError)


@given(st.text(max_size=40), st.text(max_size=20), st.text(max_size=20))
def test_the_canonical_url_is_its_own_and_plain_ascii(path, query, fragment):
    try:
        url = canonical_url(f"https://paste.example/{path}?{query}#{fragment}")
    except ValueError:
        assert any("\ud800" <= char <= "\udfff" for char in path + query)
        return
    assert canonical_url(url) == url
    assert set(url) <= set(string.ascii_letters + string.digits + string.punctuation)
    assert "#" not in url
    assert host_of(url) == "paste.example"


@given(st.text(alphabet="aB1.:@/\\%[]x-üß。 ", max_size=20))
def test_whatever_stands_as_host_is_refused_or_canonical(authority):
    try:
        url = canonical_url("http://" + authority)
    except UrlError:
        return
    assert canonical_url(url) == url
    assert canonical_host(host_of(url)) == host_of(url)


@given(st.text(alphabet="/.%2eEa", max_size=30))
def test_no_dot_segment_is_left(path):
    url = canonical_url("http://paste.example/" + path)
    assert not {".", ".."} & set(url.split("/"))


@pytest.mark.parametrize(
    ("url", "host", "address"),
    [
        ("https://paste.example/a:b", "paste.example", False),
        ("https://paste.example:8443/a", "paste.example", False),
        ("http://192.0.2.7:81/", "192.0.2.7", True),
        ("http://[2001:db8::1]/", "[2001:db8::1]", True),
        ("http://[2001:db8::1]:81/", "[2001:db8::1]", True),
    ],
)
def test_the_host_of_a_url(url, host, address):
    assert host_of(url) == host
    assert is_address(host) is address
