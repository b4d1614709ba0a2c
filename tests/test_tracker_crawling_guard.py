"""The guard: what is private stays closed, however it is spelled and whoever names it."""

import ipaddress
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.items import Reason
from tracker.crawling.addresses import is_public, parse_address
from tracker.crawling.guard import Guard, GuardError
from tracker.errors import SettingsError

PRIVATE = [
    "0.0.0.0",
    "0.1.2.3",
    "10.0.0.1",
    "10.255.255.255",
    "100.64.0.1",
    "100.100.100.200",
    "100.127.255.255",
    "127.0.0.1",
    "127.255.255.254",
    "168.63.129.16",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.1",
    "192.0.0.192",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.1.1",
    "198.18.0.1",
    "198.19.255.255",
    "198.51.100.7",
    "203.0.113.7",
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::8.8.8.8",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:0:10.0.0.1",
    "64:ff9b::10.0.0.1",
    "64:ff9b::127.0.0.1",
    "64:ff9b::169.254.169.254",
    "64:ff9b:1::10.0.0.1",
    "64:ff9b:1::8.8.8.8",
    "100::1",
    "2001::1",
    "2001:0:7f00:1::",
    "2001:0:0808:0808:0:0:f5ff:fffe",
    "2001:2::1",
    "2001:10::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "2002:a00:1::1",
    "2002:c0a8:101::1",
    "2a00:1450::5efe:10.0.0.1",
    "2a00:1450::200:5efe:127.0.0.1",
    "3fff::1",
    "5f00::1",
    "fc00::1",
    "fd12:3456::1",
    "fe80::1",
    "fec0::1",
    "ff02::1",
    "4000::1",
]
PUBLIC = [
    "1.1.1.1",
    "8.8.8.8",
    "9.255.255.255",
    "11.0.0.0",
    "100.63.255.255",
    "100.128.0.0",
    "126.255.255.255",
    "128.0.0.0",
    "169.253.255.255",
    "172.15.255.255",
    "172.32.0.0",
    "192.167.255.255",
    "192.169.0.0",
    "198.17.255.255",
    "198.20.0.0",
    "223.255.255.255",
    "2a00:1450:4001:80b::200e",
    "2606:4700::1111",
    "64:ff9b::8.8.8.8",
    "2a00:1450::5efe:8.8.8.8",
]


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses_are_closed(address):
    parsed = ipaddress.ip_address(address)
    assert not is_public(parsed)
    host = f"[{address}]" if ":" in address else address
    with pytest.raises(GuardError) as caught:
        Guard().check_url(f"http://{host}/")
    assert caught.value.reason is Reason.PRIVATE_ADDRESS
    assert not Guard().passes("paste.example", 80, parsed)


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_are_open(address):
    assert is_public(ipaddress.ip_address(address))
    host = f"[{address}]" if ":" in address else address
    Guard().check_url(f"https://{host}/x")


def test_the_tables_close_all_that_python_calls_private():
    for value in range(0, 2**32, 65_537 * 3):
        address = ipaddress.IPv4Address(value)
        if not address.is_global:
            assert not is_public(address), address


@pytest.mark.parametrize(
    "host",
    [
        "0x7f.1",
        "0x7f000001",
        "2130706433",
        "017700000001",
        "0177.0.0.1",
        "127.1",
        "127.0.1",
        "127.0.0.1.",
        "127。0。0。1",
        "127.0.0.1",
        "①②⑦.0.0.1",
        "%31%32%37.0.0.1",
        "%6c%6f%63alhost",
        "localhost",
        "LOCALHOST",
        "localhost.",
        "ｌｏｃａｌｈｏｓｔ",
        "foo.localhost",
        "[::1]",
        "[0:0:0:0:0:0:0:1]",
        "[::ffff:7f00:1]",
        "[::ffff:127.0.0.1]",
        "[0000:0000:0000:0000:0000:FFFF:7F00:0001]",
        "user@127.0.0.1",
        "user:word@127.0.0.1",
        "paste.example@127.0.0.1",
        "127.0.0.1:80",
        "127.0.0.1:",
    ],
)
def test_spellings_of_loopback_are_closed(host):
    with pytest.raises(GuardError) as caught:
        Guard().check_url(f"http://{host}/")
    assert caught.value.reason is Reason.PRIVATE_ADDRESS


@pytest.mark.parametrize(
    "url",
    [
        "ftp://paste.example/",
        "file:///etc/passwd",
        "data:text/plain,x",
        "gopher://paste.example/",
        "javascript:alert(1)",
        "//paste.example/",
        "/etc/passwd",
        "",
        "http://",
        "http:///x",
        "http://[::1",
        "http://[fe80::1%25eth0]/",
        "http://256.256.256.256/",
        "http://1.2.3.4.5/",
        "http://0x100000000/",
        "http://paste..example/",
        "http://" + "a" * 300 + ".example/",
        "http://paste.example:99999/",
        "http://paste.example:x/",
        "http://pa ste.example/",
        "http://paste.example\x00.evil/",
    ],
)
def test_what_is_no_web_address_is_refused(url):
    with pytest.raises(GuardError):
        Guard().check_url(url)


@given(st.sampled_from([a for a in PRIVATE if ":" not in a]), st.data())
def test_no_spelling_of_a_private_ipv4_address_gets_through(address, data):
    host = _spelled(ipaddress.IPv4Address(address), data)
    with pytest.raises(GuardError):
        Guard().check_url(f"http://{host}/path")


@given(st.sampled_from([a for a in PRIVATE if ":" in a]), st.data())
def test_no_spelling_of_a_private_ipv6_address_gets_through(address, data):
    parsed = ipaddress.IPv6Address(address)
    form = data.draw(st.sampled_from([str(parsed), parsed.exploded, parsed.exploded.upper()]))
    with pytest.raises(GuardError):
        Guard().check_url(f"http://[{form}]:8080/")


@given(st.text(max_size=40))
def test_any_text_as_host_is_refused_or_names_a_host(text):
    try:
        endpoint = Guard().check_url(f"http://{text}/")
    except GuardError:
        return
    address = parse_address(endpoint.host)
    assert address is None or is_public(address)
    assert endpoint.host.isascii()


def _spelled(address: ipaddress.IPv4Address, data) -> str:
    """One of the spellings that some resolver takes for the address."""
    octets = list(address.packed)
    kept = data.draw(st.integers(0, 3), label="leading octets kept apart")
    rest = int.from_bytes(bytes(octets[kept:]), "big")
    spell = st.sampled_from([str, hex, lambda n: f"0{n:o}", lambda n: f"0X{n:X}", lambda n: f"0x000{n:x}"])
    text = ".".join(data.draw(spell)(number) for number in [*octets[:kept], rest])
    text = data.draw(st.sampled_from([str, _wide, _escaped]))(text)
    dot = data.draw(st.sampled_from([".", "。", "．", "｡", "%2E"]))
    return text.replace(".", dot) + data.draw(st.sampled_from(["", "."]))


def _wide(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if c != "." else c for c in text)


def _escaped(text: str) -> str:
    return "".join(f"%{ord(c):02x}" if c != "." else c for c in text)


def test_an_allowed_host_is_let_through_under_its_name_alone():
    guard = Guard(["127.0.0.1:8080", "paste.lan", "[::1]", "fd00::7"])
    assert guard.check_url("http://127.0.0.1:8080/x").port == 8080
    guard.check_url("http://0x7f.1:8080/")
    guard.check_url("http://PASTE.lan./")
    guard.check_url("https://[::1]:9200/")
    guard.check_url("http://[fd00::7]/")
    for closed in ("http://127.0.0.1/", "http://127.0.0.1:80/", "http://127.0.0.2:8080/", "http://localhost:8080/"):
        with pytest.raises(GuardError):
            guard.check_url(closed)
    loopback = ipaddress.ip_address("127.0.0.1")
    assert guard.passes("paste.lan", 80, loopback)
    assert guard.passes("127.0.0.1", 8080, loopback)
    assert not guard.passes("127.0.0.1", 80, loopback)
    assert not guard.passes("evil.example", 8080, loopback)


def test_an_entry_of_allow_hosts_that_is_no_host_is_named():
    for entry in ("http://paste.lan/", "paste lan", "", "*.lan", "paste.lan:port"):
        with pytest.raises(SettingsError, match="allow_hosts"):
            Guard([entry])


def test_a_quoted_name_is_the_same_name():
    assert Guard().check_url(f"http://{quote('bücher.example')}/").host == "xn--bcher-kva.example"
