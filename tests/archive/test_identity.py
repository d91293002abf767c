"""Whether two addresses name one page."""

import pytest

from monitor.archive.captures import IndexRow
from monitor.archive.judgement.identity import has_route, keeps_name
from monitor.archive.judgement.usable_rows import usable
from tests.archive.test_choose import row

ASKED = "http://weir.example.org/2011/levels.html"


@pytest.mark.parametrize(
    ("final", "asked", "kept"),
    [
        ("https://www.weir.example.org/2011/levels.html", ASKED, True),
        ("http://weir.example.org/archive/2011/levels/", ASKED, True),
        ("http://other.test/levels.php?from=weir", ASKED, True),
        ("http://weir.example.org/2011/", ASKED, False),
        ("http://weir.example.org/news", ASKED, False),
        ("http://weir.example.org/2011/levels-of-the-lock", ASKED, False),
        ("http://weir.example.org/show?id=17&view=full", "http://weir.example.org/show?id=17", True),
        ("http://weir.example.org/item/1734/", "http://weir.example.org/show.php?id=1734", True),
        ("http://weir.example.org/show?id=18", "http://weir.example.org/show?id=17", False),
        ("http://weir.example.org/show", "http://weir.example.org/show?id=17", False),
        ("http://weir.example.org/en/", "http://weir.example.org/", True),
        ("http://weir.example.org/2011/default.aspx", "http://weir.example.org/2011/index.html", True),
        ("http://weir.example.org/2012/", "http://weir.example.org/2011/index.html", False),
    ],
)
def test_a_redirect_keeps_the_name_of_the_page_or_not(final: str, asked: str, kept: bool) -> None:
    assert keeps_name(final, asked) is kept


@pytest.mark.parametrize(
    ("url", "routed"),
    [
        ("http://app.example.org/#!/story/5", True),
        ("http://app.example.org/#/story/5", True),
        ("http://app.example.org/page#section-2", False),
        ("http://app.example.org/page", False),
    ],
)
def test_what_a_script_makes_of_an_address_is_known_by_its_hash(url: str, routed: bool) -> None:
    assert has_route(url) is routed


@pytest.mark.parametrize(
    ("cited", "captured", "own"),
    [
        ("http://example.org/AbCd1", "http://example.org/aBcD1", False),
        ("http://example.org/watch?v=abC", "http://example.org/watch?v=ABc", False),
        ("http://www2.example.org/a", "http://www.example.org/a", False),
        ("http://www3288.example.org/a", "http://www504778.example.org/a", False),
        ("http://www.example.org/a", "https://example.org:443/a/", True),
        ("http://example.org/a?x=1&y=2", "http://example.org/a?y=2&x=1", True),
        ("http://example.org/a%7Eb", "http://example.org/a~b", True),
        ("http://example.org/#!/story/5", "http://example.org/", False),
    ],
)
def test_the_original_of_a_capture_is_compared_with_the_cited_address(
    cited: str, captured: str, own: bool
) -> None:
    one: IndexRow = row(1, url=captured)
    listed = usable([one], cited)
    assert (listed.own, listed.others) == (((one,), ()) if own else ((), (one,)))


def test_an_equal_digest_makes_another_spelling_the_same_page() -> None:
    own = row(1, digest="A")
    other = row(2, digest="A", url=own.original.upper().replace("HTTP", "http"))
    third = row(3, digest="B", url=other.original)
    listed = usable([own, other, third], own.original)
    assert (listed.own, listed.others) == ((own, other), (third,))
