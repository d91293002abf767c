"""Registrable domains."""

from pathlib import Path

import pytest
from publicsuffixlist import PSLFILE, PublicSuffixList

from monitor.domains import is_registrable, known_suffix, registrable


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("www.a.example.co.uk", "example.co.uk"), ("a.github.io", "a.github.io"), ("example.org", "example.org"),
        ("localhost", "localhost"), ("10.0.0.1", "10.0.0.1"),
    ],
)  # fmt: skip
def test_registrable_domains(host: str, domain: str) -> None:
    assert registrable(host) == domain


@pytest.mark.parametrize(
    ("host", "told"),
    [
        ("mill.co.uk", True), ("weir.example", True), ("pages.mill.co.uk", False), ("co.uk", False), ("uk", False),
        ("10.0.0.1", False), ("0x7f.1", False), ("::1", False), ("", False),
    ],
)  # fmt: skip
def test_a_registered_domain_is_told_from_names_below_it(host: str, told: bool) -> None:
    assert is_registrable(host) is told


def test_known_suffixes() -> None:
    assert known_suffix("ORG")
    assert known_suffix("рф")
    assert known_suffix("xn--p1ai")
    assert known_suffix("za"), "registered under co.za and the like alone"
    assert not known_suffix("html")
    assert not known_suffix("xn--zz-zz")


def test_the_list_is_the_library_s_own() -> None:
    library = PublicSuffixList()
    for rule in Path(PSLFILE).read_text(encoding="utf-8").split("\n"):
        if rule and not rule.startswith("//"):
            host = f"www.mill.{rule.split()[0].lstrip('!*.')}".encode("idna").decode()
            assert registrable(host) == library.privatesuffix(host)
