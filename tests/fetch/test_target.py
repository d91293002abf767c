"""Addresses as they go on the wire."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.fetch.interface import FetchFailure
from monitor.fetch.target import Target, _parsed, location_of, parse_target, resolve_location
from monitor.model.urls import _canonical, ascii_host, canonical_url, host_key, split

PIECES = (
    "a", "B", "é", "日", "example.org", "EX.org.", "www.", "WWW.", "127.0.0.1", "0x7f.1", "2130706433", "[::1]",
    "[", "]", ":", ":80", ":443", ":8080", ":0", ":00080", ":59999", ":60000", ":65536", "/", "//", "/..", "?", "#",
    "%41", "%", ".", "..", "-", "_", "@", "user:pw@", "\\", " ", "\t", "\n", "\x00", "\udc80", "<", '"', "\x7f",
    "~!$&'()*+,;=|^{}`", "a" * 64,
)  # fmt: skip
ADDRESSES = st.builds(
    lambda scheme, pieces: scheme + "".join(pieces),
    st.sampled_from(("http://", "https://", "http://example.org", "https://a.b/", "HTTP://", "ftp://", "")),
    st.lists(st.sampled_from(PIECES), max_size=7),
)


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("http://example.org", "http://example.org/"),
        ("HTTP://Example.ORG:80/A", "http://example.org/A"),
        ("https://example.org:443/", "https://example.org/"),
        ("https://example.org:8443/", "https://example.org:8443/"),
        ("http://example.org/a%2Fb/%7Eann/it%27s/../x", "http://example.org/a%2Fb/%7Eann/it%27s/../x"),
        ("http://example.org/%F6", "http://example.org/%F6"),
        ("http://example.org/100%", "http://example.org/100%"),
        ("http://example.org/mühle?größe=ä", "http://example.org/m%C3%BChle?gr%C3%B6%C3%9Fe=%C3%A4"),
        ("http://example.org/a b+c", "http://example.org/a%20b+c"),
        ('http://example.org/"<x>"', "http://example.org/%22%3Cx%3E%22"),
        ("http://example.org/p|q;r=1", "http://example.org/p|q;r=1"),
        ("http://mühle.example/", "http://xn--mhle-0ra.example/"),
        ("http://straße.example/", "http://xn--strae-oqa.example/"),
        ("http://under_score.example/", "http://under_score.example/"),
        ("http://example.org./x", "http://example.org./x"),
        ("http://2130706433/", "http://127.0.0.1/"),
        ("http://[2606:4700::1111]:8080/x", "http://[2606:4700::1111]:8080/x"),
        ("http://user:p%40ss@example.org/", "http://example.org/"),
        ("  http://example.org/x\n", "http://example.org/x"),
        ("http://example.org?q=1", "http://example.org/?q=1"),
        ("http://example.org/q?", "http://example.org/q?"),
        ("http://example.org/q?#part", "http://example.org/q?"),
        ("http://example.org/q#part?", "http://example.org/q"),
        ("http://example.org/dir\\file.htm?x=a\\b", "http://example.org/dir/file.htm?x=a\\b"),
    ],
)
def test_what_is_sent(written: str, sent: str) -> None:
    target = parse_target(written)
    assert isinstance(target, Target)
    assert target.url == sent


def test_fragment_is_kept_apart() -> None:
    target = parse_target("http://example.org/a#b#c")
    assert isinstance(target, Target)
    assert (target.url, target.fragment) == ("http://example.org/a", "b#c")


@pytest.mark.parametrize(
    ("written", "cause"),
    [
        ("", "no-scheme"),
        ("example.org/x", "no-scheme"),
        ("example.org:8080/x", "no-scheme"),
        ("localhost:8080", "no-scheme"),
        ("//example.org/", "no-scheme"),
        ("http://", "no-host"),
        ("http:///x", "no-host"),
        ("http:/example.org", "no-host"),
        ('http://"', "bad-host"),
        ("http://exa mple.org/", "bad-host"),
        ("http://a..b/", "bad-host"),
        ("http://.example/", "bad-host"),
        ("http://example.org\\@evil.example/", "bad-host"),
        ("http://%31%30.0.0.1/", "bad-host"),
        ("http://1.2.3.999/", "bad-host"),
        (f"http://{'a' * 64}.example/", "bad-host"),
        ("http://[::1/", "bad-url"),
        ("http://[fe80::1%25eth0]/", "bad-host"),
        ("http://example.org:0/", "bad-port"),
        ("http://example.org:99999/", "bad-port"),
        ("http://example.org:abc/", "bad-port"),
        ("htp://example.org/", "misspelt-scheme"),
        ("hhttps://example.org/", "misspelt-scheme"),
        ("ttp://example.org/", "misspelt-scheme"),
        ("ftp://example.org/", "scheme"),
        ("mailto:a@example.org", "scheme"),
        ("javascript:alert(1)", "scheme"),
        ("urn:isbn:1", "scheme"),
    ],
)
def test_what_cannot_be_asked(written: str, cause: str) -> None:
    failure = parse_target(written)
    assert isinstance(failure, FetchFailure)
    assert (failure.phase, failure.cause) == ("url", cause)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"/caf\xe9", "/caf%E9"),
        ("/mühle".encode(), "/m%C3%BChle"),
        (b" /a b\r\n", "/a%20b"),
        (b"/100%25", "/100%25"),
    ],
)
def test_location_bytes_are_kept(raw: bytes, text: str) -> None:
    assert location_of(raw) == text


@pytest.mark.parametrize(
    ("location", "target"),
    [
        ("b", "http://h.example/d/b"),
        ("/b", "http://h.example/b"),
        ("?q", "http://h.example/d/a?q"),
        ("//o.example/x", "http://o.example/x"),
        ("https://o.example/a/../b", "https://o.example/a/../b"),
        ("ftp://o.example/", "ftp://o.example/"),
        ("\\b", "http://h.example/b"),
        ("\\\\o.example\\x?q=\\y", "http://o.example/x?q=\\y"),
        ("http:\\\\o.example\\x#a\\b", "http://o.example/x#a\\b"),
        ("/b?", "http://h.example/b?"),
        ("/b?#c", "http://h.example/b?#c"),
    ],
)
def test_locations_are_resolved(location: str, target: str) -> None:
    assert resolve_location("http://h.example/d/a", location) == target


@given(ADDRESSES)
def test_an_address_that_goes_as_it_stands_is_read_as_any_other(written: str) -> None:
    assert parse_target.__wrapped__(written) == _parsed(written)


@given(ADDRESSES)
def test_a_host_that_shows_itself_is_the_one_that_splitting_finds(written: str) -> None:
    parts = split(written)
    host = parts.hostname if parts is not None else None
    assert host_key.__wrapped__(written) == (ascii_host(host).removeprefix("www.") if host else "")


@given(ADDRESSES)
def test_an_address_that_is_written_as_it_is_compared_is_found_so_by_the_long_way(written: str) -> None:
    assert canonical_url.__wrapped__(written) == _canonical(written)
