"""Comparing addresses."""

import pytest

from monitor.check.url_relations import (
    is_home,
    landed_above,
    leads_to_copy,
    permanent_target,
    trivially_moved,
    went_home,
)
from monitor.model.observation import Hop


@pytest.mark.parametrize(
    "url",
    [
        "http://a.example", "http://a.example/", "http://a.example/index.html", "http://a.example/Default.aspx",
        "http://a.example/en/", "http://a.example/de", "http://a.example/pt-BR/", "http://a.example/home",
        "http://a.example/?utm_source=x", "http://a.example/?lang=de", "http://a.example/index.php",
    ],
)  # fmt: skip
def test_entry_pages(url: str) -> None:
    assert is_home(url)


@pytest.mark.parametrize(
    "url",
    ["http://a.example/a/b", "http://a.example/index.php?id=4", "http://a.example/?p=12", "http://a.example/news/",
     "http://a.example/~ann/", "http://a.example/homework", "http://a.example/index.html/x"],
)  # fmt: skip
def test_pages_below(url: str) -> None:
    assert not is_home(url)


@pytest.mark.parametrize(
    ("old", "new", "trivial"),
    [
        ("http://a.example/x", "https://a.example/x", True),
        ("http://a.example/x", "https://www.a.example/x/", True),
        ("http://a.example/X", "http://a.example/x", True),
        ("http://a.example/m%C3%BChle", "http://a.example/mühle", True),
        ("http://a.example/x", "http://a.example/y", False),
        ("http://a.example/x?id=1", "http://a.example/x", False),
        ("http://a.example/x", "http://b.example/x", False),
        ("http://a.example/x", "http://a.example:8080/x", False),
        ("http://a.example/d/index.html", "http://a.example/d/", True),
        ("http://a.example/d/", "https://a.example/d/Index.php", True),
        ("http://a.example/d/index.php?id=4", "http://a.example/d/", False),
        ("http://a.example/d/reindex.html", "http://a.example/d/", False),
    ],
)
def test_moves_that_are_no_news(old: str, new: str, trivial: bool) -> None:
    assert trivially_moved(old, new) is trivial


@pytest.mark.parametrize(
    ("asked", "final", "home"),
    [
        ("http://a.example/report/1998.html", "http://a.example/", True),
        ("http://a.example/report", "https://www.a.example/", True),
        ("http://a.example/report", "http://a.example/en/", True),
        ("http://news.a.example/report/1", "http://a.example/", True),
        ("http://a.example/item.php?id=4", "http://b.example/", True),
        ("http://a.example/deep/er/page", "http://b.example/", True),
        ("http://a.example/", "http://a.example/en/", False),
        ("http://a.example/index.html", "http://a.example/", False),
        ("http://a.example/report", "http://a.example/reports/2", False),
        ("http://host.example/~ann/", "http://ann.example/", False),
        ("http://host.example/project", "http://project.example/", False),
        ("http://host.example/apps/weirmap", "https://weirmap.example/", False),
        ("http://a.example/en/", "http://a.example/", False),
        ("http://a.example/index.html?x", "http://a.example/", False),
        ("http://a.example/index.htm?session=4", "http://a.example/", False),
        ("http://a.example/index.php?id=4", "http://a.example/", True),
    ],
)
def test_sent_home(asked: str, final: str, home: bool) -> None:
    assert went_home(asked, final) is home


@pytest.mark.parametrize(
    ("asked", "final", "above"),
    [
        ("http://a.example/news/2011/x", "http://a.example/news/", True),
        ("http://a.example/news/2011/x", "https://b.example/News", True),
        ("http://a.example/news/2011/x.html", "http://a.example/news/2011/index.html", True),
        ("http://a.example/news/?id=5", "http://a.example/news/", True),
        ("http://a.example/news/2011/x", "http://a.example/", False),
        ("http://a.example/news/2011/x", "http://a.example/news/?id=5", False),
        ("http://a.example/news/x", "http://a.example/archive/", False),
        ("http://a.example/news/x/", "http://a.example/news/x", False),
        ("http://a.example/news/x/index.html", "http://a.example/news/x/", False),
        ("http://a.example/news/x", "http://a.example/news/x-2", False),
    ],
)
def test_sent_up_to_the_section(asked: str, final: str, above: bool) -> None:
    assert landed_above(asked, final) is above


def hop(status: int, location: str) -> Hop:
    return Hop("http://x.example/", status, location)


def test_only_the_leading_permanent_run_counts() -> None:
    assert permanent_target([hop(301, "/a"), hop(308, "/b"), hop(302, "/c"), hop(301, "/d")]) == "/b"
    assert permanent_target([hop(302, "/a"), hop(301, "/b")]) is None
    assert permanent_target([]) is None


@pytest.mark.parametrize("url", ["http://[::1", "http://a.example:x/", "", "\x00", "http://"])
def test_hostile_addresses_raise_nothing(url: str) -> None:
    is_home(url)
    trivially_moved(url, "http://a.example/")
    went_home("http://a.example/x", url)


@pytest.mark.parametrize(
    ("requested", "target", "copy"),
    [
        ("http://a.example/x/y.html", "https://archive.example/web/2011/http://a.example/x/y.html", True),
        ("http://www.a.example/x", "https://archive.example/web/20110203040506/https://a.example/x/", True),
        (
            "http://a.example/x?id=4",
            "https://archive.example/web/2011/http%3A%2F%2Fwww.a.example%2Fx%3Fid%3D4",
            True,
        ),
        ("http://a.example/x", "https://archive.example/web/2011/http://b.example/x", False),
        ("http://a.example/", "https://b.example/a.example/", False),
        ("http://a.example/x", "https://a.example/from/a.example/x", False),
        ("http://a.example/x", "https://b.example/x", False),
    ],
)
def test_an_address_that_names_a_copy(requested: str, target: str, copy: bool) -> None:
    assert leads_to_copy(requested, target) is copy
