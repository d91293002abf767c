"""Registrable domains and known top-level domains, by the public suffix list its package ships."""

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from monitor.model.urls import ascii_host

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList

_ADDRESS = re.compile(r".*:.*|(?:.*\.)?(?:\d+|0x[0-9a-f]*)")
"""An IP address in any spelling: with colons, or its last part a number (WHATWG URL §3.5)."""


@cache
def _suffixes() -> "PublicSuffixList":
    from publicsuffixlist import PublicSuffixList

    return PublicSuffixList()


@lru_cache(maxsize=16384)
def registrable(host: str) -> str:
    """Return the registrable domain of a host; the host itself where there is none (addresses, suffixes)."""
    name = ascii_host(host)
    if _ADDRESS.fullmatch(name):
        return name
    return _suffixes().privatesuffix(name) or name


def is_registrable(host: str) -> bool:
    """Tell whether a host is a domain somebody registered, not a name below one, a suffix or an address."""
    name = ascii_host(host)
    return _ADDRESS.fullmatch(name) is None and _suffixes().privatesuffix(name) == name


def known_suffix(suffix: str) -> bool:
    """Tell whether domains are registered under a top-level domain: "org" yes, "html" no."""
    return _suffixes().publicsuffix(f"example.{suffix.casefold()}", accept_unknown=False) is not None
