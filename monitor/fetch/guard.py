"""The address guard: which addresses a hostile document may make us ask.

Special-purpose blocks after the IANA registries (RFC 6890 and successors, as of 2025). The guard
sits in the resolver, so the address checked is the address used, at every hop.
"""

import socket
from collections.abc import Iterator
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

Address = IPv4Address | IPv6Address

SPECIAL_V4 = tuple(
    IPv4Network(block)
    for block in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
    )
)
SPECIAL_V6 = tuple(
    IPv6Network(block)
    for block in (
        "::/128",
        "::1/128",
        "64:ff9b:1::/48",
        "100::/64",
        "100:0:0:1::/64",
        "2001::/23",
        "2001:db8::/32",
        "3fff::/20",
        "5f00::/16",
        "fc00::/7",
        "fe80::/10",
        "fec0::/10",
        "ff00::/8",
    )
)
_NAT64 = IPv6Network("64:ff9b::/96")
_COMPATIBLE = IPv6Network("::/96")


@lru_cache(maxsize=16384)
def special_purpose(address: str) -> str | None:
    """Say why an address must not be asked, or None for an ordinary public one.

    An IPv4 address carried inside an IPv6 one (mapped, compatible, 6to4, Teredo, NAT64) is judged
    by what it carries. An unreadable address is refused too.
    """
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return f"{address} is no address"
    for carried in _carried(parsed):
        blocks: tuple[IPv4Network, ...] | tuple[IPv6Network, ...]
        blocks = SPECIAL_V4 if isinstance(carried, IPv4Address) else SPECIAL_V6
        for block in blocks:
            if carried in block:
                return f"{address} is in the special-purpose block {block}"
    return None


def _carried(address: Address) -> Iterator[Address]:
    """Yield the addresses a packet would end at."""
    if isinstance(address, IPv4Address):
        yield address
    elif address.ipv4_mapped is not None:
        yield address.ipv4_mapped
    elif address.sixtofour is not None:
        yield address.sixtofour
    elif address.teredo is not None:
        yield from address.teredo
    elif address in _NAT64 or (address in _COMPATIBLE and int(address) > 0xFFFF):
        yield IPv4Address(int(address) & 0xFFFFFFFF)
    else:
        yield address


@lru_cache(maxsize=16384)
def literal_address(host: str) -> str | None:
    """Return the address a host literally spells, in its canonical form; None for a name.

    Also the odd spellings browsers and C libraries take: decimal, octal, hexadecimal, short
    (WHATWG URL §3.5, inet_aton).
    """
    bare = host.removeprefix("[").removesuffix("]")
    if ":" in bare:
        try:
            return str(IPv6Address(bare))
        except ValueError:
            return None
    bare = bare.rstrip(".")
    last = bare.rpartition(".")[2].lower()
    if not last or not (last.isdecimal() or last.startswith("0x")):
        return None
    try:
        return socket.inet_ntoa(socket.inet_aton(bare))
    except (OSError, ValueError):
        return None


def local_name(host: str) -> bool:
    """Tell whether a name means this very machine (RFC 6761 §6.3)."""
    bare = host.rstrip(".").lower()
    return bare == "localhost" or bare.endswith(".localhost")


def never_exists(host: str) -> bool:
    """Tell whether a name is defined not to exist (RFC 6761 §6.4, RFC 7686)."""
    return host.rstrip(".").lower().rpartition(".")[2] in ("invalid", "onion")
