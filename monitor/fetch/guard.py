"""The address guard: which addresses a hostile document may make us ask.

Special-purpose blocks after the IANA registries are data, `special_purpose.toml`. The guard sits in the
resolver, so the address checked is the address used, at every hop.
"""

import socket
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from pathlib import Path

Address = IPv4Address | IPv6Address

Block = IPv4Network | IPv6Network


@dataclass(frozen=True, slots=True)
class Special:
    """The blocks no document may make us ask, with what each is for; `registries` is the day they are of.

    Of IPv6 only `global_ipv6` was ever given out: what lies outside is refused too.
    """

    registries: date
    blocks: tuple[tuple[Block, str], ...]
    global_ipv6: IPv6Network


@cache
def special_blocks() -> Special:
    """Return the list that ships with the package."""
    told = tomllib.loads(Path(__file__).with_name("special_purpose.toml").read_text("utf-8"))
    listed = (*told["cloud"], *told["ipv4"], *told["ipv6"])
    blocks = tuple((ip_network(block), purpose) for block, purpose in listed)
    return Special(date.fromisoformat(told["registries"]), blocks, IPv6Network(told["global_ipv6"]))


_NAT64 = IPv6Network("64:ff9b::/96")
_COMPATIBLE = IPv6Network("::/96")
_TRANSLATED = IPv6Network("::ffff:0:0:0/96")
_ISATAP = (0x00005EFE, 0x02005EFE)
"""The middle of an interface identifier that ends in an IPv4 address (RFC 5214 §6.1)."""


@lru_cache(maxsize=16384)
def special_purpose(address: str) -> str | None:
    """Say why an address must not be asked, or None for an ordinary public one.

    An IPv4 address carried inside an IPv6 one (mapped, translated, compatible, 6to4, Teredo, NAT64,
    ISATAP) is judged by what it carries. An unreadable address is refused too.
    """
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return f"{address} is no address"
    for carried in _carried(parsed):
        for block, purpose in special_blocks().blocks:
            if carried.version == block.version and carried in block:
                return f"{address} is in the special-purpose block {block} ({purpose})"
        if carried.version == 6 and carried not in special_blocks().global_ipv6:
            return f"{address} is outside {special_blocks().global_ipv6}, which is all of global IPv6 unicast"
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
    elif address in _NAT64 or address in _TRANSLATED or (address in _COMPATIBLE and int(address) > 0xFFFF):
        yield IPv4Address(int(address) & 0xFFFFFFFF)
    else:
        yield address
        if int(address) >> 32 & 0xFFFFFFFF in _ISATAP:
            yield IPv4Address(int(address) & 0xFFFFFFFF)


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
