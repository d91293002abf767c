"""Unlocated citations: named by hand in a sidecar, or found on the public page."""

import pytest

from monitor.errors import UsageError
from monitor.extract.registry import extract
from monitor.locate.public_page import relocate
from monitor.locate.sidecar import name_by_hand, parse_sidecar
from monitor.model.document import Document

TEXT = """Tide tables for small harbours
Marsh Press, 2009

[accessed 17 February 2011]

The tide came in twice.

Ice on the quays
Harbour News, 2010

[accessed 3 May 2012]

Nobody sailed.
"""
PAGE = """<html><body>
<p><a href="https://tides.example/t">Tide Tables for Small Harbours</a><br>Marsh Press, 2009</p><p>[accessed 17 February 2011]</p><p>The tide came in twice.</p>
<p><a href="https://other.example/o">Something else entirely</a><br>Harbour Books, 2001</p><p>[accessed 1 January 2001]</p><p>Other words.</p>
</body></html>"""


def citations():
    found = extract(Document(path="list.txt", text=TEXT, format="text")).citations
    assert [one.url for one in found] == [None, None]
    return found


def test_the_page_gives_the_address_and_the_rest_says_why():
    first, second = relocate(citations(), PAGE, "https://list.example/")
    assert first.url == "https://tides.example/t"
    assert first.unlocated_reason is None
    assert first.repairs[0].kind == "address taken from the public page"
    assert second.url is None
    assert second.unlocated_reason == "https://list.example/ has no link of this title"


def test_two_links_of_one_title_stay_doubtful():
    twice = (
        PAGE.replace("https://other.example/o", "https://tides.example/u")
        .replace("Something else entirely", "Tide tables for small harbours")
        .replace("1 January 2001", "17 February 2011")
    )
    first, _ = relocate(citations(), twice, "https://list.example/")
    assert first.url is None
    assert "several links" in first.unlocated_reason


def test_a_page_without_links_is_named():
    made = relocate(citations(), "<p>nothing</p>", "https://list.example/")
    assert {one.unlocated_reason for one in made} == {"https://list.example/ shows no cited link either"}


def test_a_link_of_the_pages_own_site_is_made_whole():
    page = PAGE.replace("https://tides.example/t", "../files/t.html")
    first, _ = relocate(citations(), page, "https://list.example/lists/a.html")
    assert first.url == "https://list.example/files/t.html"


def test_a_sidecar_names_by_title_and_tells_what_fits_nothing():
    sources = parse_sidecar(
        '[[sources]]\ntitle = "Ice on the Quays"\nurl = "ice.example/q"\naccessed = 2012-05-03\n[[sources]]\ntitle = "Nowhere"\nurl = "https://n.example"\n',
        "list.sources.toml",
    )
    made, notes = name_by_hand(citations(), sources, "list.sources.toml")
    assert [one.url for one in made] == [None, "http://ice.example/q"]
    assert made[1].notes == ("address named in list.sources.toml",)
    assert notes == ("list.sources.toml: no unlocated citation is called 'Nowhere'",)


def test_another_access_date_is_another_citation():
    sources = parse_sidecar(
        '[[sources]]\ntitle = "Ice on the quays"\nurl = "https://i.example"\naccessed = "2013"\n', "s"
    )
    made, _ = name_by_hand(citations(), sources, "s")
    assert made[1].url is None


def test_every_fault_of_a_sidecar_is_told_at_once():
    with pytest.raises(UsageError) as caught:
        parse_sidecar(
            'colour = 1\n[[sources]]\nurl = "not an address"\n[[sources]]\ntitle = "T"\nlink = "x"\naccessed = "yesterday"\n',
            "s.toml",
        )
    told = str(caught.value)
    for fault in (
        "unknown key 'colour'",
        "source 1: title is missing",
        "source 1: url",
        "source 2: unknown key 'link'",
        "source 2: accessed is no date as 2011-02-17",
    ):
        assert fault in told
    with pytest.raises(UsageError, match="not TOML"):
        parse_sidecar("[[", "s.toml")
