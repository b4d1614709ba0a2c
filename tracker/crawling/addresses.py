"""Which network addresses lie in the public Internet.

The tables are written out: what the standard library calls global changes between Python releases.
"""

import ipaddress

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_CLOSED_IPV4 = tuple(
    ipaddress.IPv4Network(network)
    for network in (
        "0.0.0.0/8",  # this network, unspecified
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # carrier-grade NAT
        "127.0.0.0/8",  # loopback
        "168.63.129.16/32",  # a cloud's own services, on a public number
        "169.254.0.0/16",  # link-local, cloud metadata
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocol assignments
        "192.0.2.0/24",  # documentation
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",  # private
        "198.18.0.0/15",  # benchmarking
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, broadcast
    )
)
_GLOBAL_UNICAST = ipaddress.IPv6Network("2000::/3")
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_CLOSED_IPV6 = tuple(
    ipaddress.IPv6Network(network)
    for network in (
        "2001::/23",  # protocol assignments: Teredo, benchmarking, ORCHID
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4, which carries an IPv4 address
        "3fff::/20",  # documentation
    )
)
_ISATAP = frozenset({0x00005EFE, 0x02005EFE})
_LOW_32_BITS = 0xFFFFFFFF


def is_public(address: Address) -> bool:
    """Say whether an address lies in the public Internet; one that carries a private IPv4 address inside does not.

    Transition prefixes (IPv4-mapped, 6to4, Teredo, local NAT64) are closed as a whole: no site lives there. The
    well-known NAT64 prefix is judged by the address inside, because through it IPv6-only networks see the world.
    """
    if isinstance(address, ipaddress.IPv4Address):
        return not any(address in network for network in _CLOSED_IPV4)
    inside = ipaddress.IPv4Address(int(address) & _LOW_32_BITS)
    if address in _NAT64:
        return is_public(inside)
    if address not in _GLOBAL_UNICAST or any(address in network for network in _CLOSED_IPV6):
        return False
    is_isatap = (int(address) >> 32) & _LOW_32_BITS in _ISATAP
    return not is_isatap or is_public(inside)


def parse_address(host: str) -> Address | None:
    """Read a canonical host (an IPv6 address with or without brackets and zone) as an address; None for a name."""
    try:
        return ipaddress.ip_address(host.removeprefix("[").removesuffix("]").partition("%")[0])
    except ValueError:
        return None
