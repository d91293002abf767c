"""Snapshots and wrappers told from their originals; links and written addresses of a passage together."""

import pytest

from monitor.extract.passage import Link, Passage
from monitor.extract.urls.addresses import AddressKind, addresses
from monitor.extract.urls.tokens import known_host
from monitor.extract.urls.wrappers import read_snapshot, unwrap


@pytest.mark.parametrize(
    ("url", "original", "when"),
    [
        (
            "https://web.archive.org/web/20190503120000/http://e.example/a",
            "http://e.example/a",
            "20190503120000",
        ),
        ("https://archive.ph/2019.05.03-120000/http://e.example/a", "http://e.example/a", "20190503120000"),
        ("https://web.archive.org/web/http://e.example/a", "http://e.example/a", None),
        ("https://perma.cc/AB12-CD34", None, None),
    ],
)
def test_snapshots(url, original, when):
    found = read_snapshot(url)
    assert (found.original, found.timestamp) == (original, when)


@pytest.mark.parametrize(
    "url",
    [
        "http://www.e.example/news/1196/11965.html",
        "http://e.example/20041206/tides.html",
        "https://e.example/archive/2019",
    ],
)
def test_numbers_in_a_path_make_no_snapshot(url):
    assert read_snapshot(url) is None


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("https://www.google.com/url?q=https%3A%2F%2Fe.example%2Fa&sa=D", "https://e.example/a"),
        ("https://href.li/?https://e.example/a", "https://e.example/a"),
        ("https://urldefense.com/v3/__https://e.example/a__;!!x", "https://e.example/a"),
        ("https://www.google.com/amp/s/e.example/a", "https://e.example/a"),
        ("https://e.example/url?q=https://o.example/", None),
    ],
)
def test_wrappers(url, target):
    assert unwrap(url) == target


def passage(text, *links):
    made = tuple(
        Link(start=text.index(label), end=text.index(label) + len(label), href=href, href_start=0, href_end=1)
        for label, href in links
    )
    return Passage(text=text, pieces=((0, 0, len(text)),), links=made)


@pytest.mark.parametrize(
    ("text", "label", "href", "kind"),
    [
        ("Eels [1]", "[1]", "https://e.example/a", AddressKind.MARK),
        ("Eels ↩", "↩", "https://e.example/a#r", AddressKind.MARK),
        ("doi: 10.1000/182", "10.1000/182", "https://doi.org/10.1000/182", AddressKind.IDENTIFIER),
        ("Mail us", "Mail us", "mailto:eels@e.example", AddressKind.ODD),
        ("Eels", "Eels", "https://e.example/a", AddressKind.PAGE),
    ],
)
def test_what_a_link_is(text, label, href, kind):
    (one,) = addresses(passage(text, (label, href)))
    assert one.kind is kind


def test_a_bare_host_is_uncertain_and_a_repeated_address_a_twin():
    (host,) = addresses(passage("as tides.example.com says"))
    assert not host.certain
    first, second = addresses(passage("https://e.example/a and https://e.example/a"))
    assert (first.twin, second.twin) == (False, True)


def test_a_snapshot_beside_its_original_is_tied_to_it():
    text = "https://e.example/a (archived https://perma.cc/AB12-CD34)"
    first, second = addresses(passage(text))
    assert (first.archive_url, second.twin) == ("https://perma.cc/AB12-CD34", True)


@pytest.mark.parametrize(
    ("host", "known"), [("tides.com", True), ("notes.md", False), ("1.5", False), ("a..com", False)]
)
def test_names_of_hosts(host, known):
    assert known_host(host, host.rpartition(".")[2]) is known
