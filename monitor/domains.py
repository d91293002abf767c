"""Registrable domains and known top-level domains, by the public suffix list its package ships."""

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from monitor.model.urls import ascii_host

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList

_ADDRESS = re.compile(r".*:.*|(?:.*\.)?(?:\d+|0x[0-9a-f]*)")
"""An IP address in any spelling: with colons, or its last part a number (WHATWG URL §3.5)."""


@cache
def _rules() -> tuple[str, ...]:
    """Return the ten thousand rules of the list, as they are written in it (publicsuffix.org/list)."""
    from publicsuffixlist import PSLFILE

    lines = Path(PSLFILE).read_text(encoding="utf-8").split("\n")
    return tuple([line for line in lines if line and line[0] != "/"])


@cache
def _suffixes() -> "PublicSuffixList":
    """Return the list, its rules in other letters encoded too: the library would encode every single one."""
    from publicsuffixlist import PublicSuffixList

    encoded = (rule.encode("idna").decode() for rule in _rules() if not rule.isascii())
    return PublicSuffixList([*_rules(), *encoded], accept_encoded_idn=False)


@cache
def _top_level() -> frozenset[str]:
    return frozenset([rule.rpartition(".")[2] for rule in _rules()])


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
    name = suffix.casefold()
    return name in _top_level() or (name.startswith(_ENCODED) and _decoded(name) in _top_level())


_ENCODED = "xn--"


def _decoded(name: str) -> str:
    try:
        return name.encode().decode("idna")
    except UnicodeError:
        return name
