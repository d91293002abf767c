"""Addresses read at one go: the same as those read with every rule, whatever stands around them."""

import random

import pytest

from monitor.extract.urls import find
from monitor.extract.urls.find import find_urls
from monitor.extract.urls.wrappers import may_be_snapshot
from monitor.extract.words.purposes import Words
from monitor.extract.words.vocabulary import any_of

BEFORE = ["", " ", "(", "[", "<", '"', "'", "“", "_", "see ", "\n", "1. ", "URL: ", "{", 'xmlns="', ":", "."]
BEGINS = ["http://", "https://", "www.", "", "HTTP://", "https://www."]
HOSTS = [
    "a.org", "quay.example.org", "localhost", "doi.org", "a.b", "en.", "x.comAccessed", "web.archive.org", "perma.cc",
]  # fmt: skip
PATHS = [
    "", "/", "/a", "/2012/07/tide.html", "/10.1021/", "/tide-", "/x=", "/AccessedX", "/a.htmlConsultado", "?id=1&b=2",
    "?a=1&gt", "/web/20130101000000/", "/20120101/http:/x.org", "/url?q=http%3A%2F%2Fx.org", "//b", "/a@b", "/o’brien",
]  # fmt: skip
MARKS = ["", "", ".", ",", ":", "?", ")", "].", ">", "”", "}", "}x", "（", "&amp;", "|x", "<v", "{"]
GAPS = ["", " ", "  ", "\n", "\n\n", "\n  ", "\r\n", "\xa0", "\n> ", "    "]
NEXT = [
    "", "Accessed", "[accessed", "(x)/abc", "2018.", "2018", "3.", "Next", "pdf", "index.html", "https://b.org/c", "HTTP:",
    "www.c.org", "org/prices", "part-of-slug.", "“Title", "– x", "/tides", "season;", "word,", "a.pdf", "(2011", "-", "_",
]  # fmt: skip
AFTER = ["", " ", "\n", " [accessed 3 May]", " (seen", " word", " Word.", "\nNext line", ":", "/"]


@pytest.mark.parametrize("seed", range(4))
def test_an_address_read_at_one_go_is_the_one_that_every_rule_would_leave(seed, monkeypatch):
    chance = random.Random(seed)
    parts = (BEFORE, BEGINS, HOSTS, PATHS, MARKS, GAPS, NEXT, AFTER)
    texts = ["".join(chance.choice(part) for part in (*parts, *parts)) for _ in range(1500)]
    found = [find_urls(text) for text in texts]
    plain = []
    at_one_go = find._plain
    monkeypatch.setattr(find, "_plain", lambda *given: plain.append(at_one_go(*given)))
    assert [find_urls(text) for text in texts] == found
    assert sum(one is not None for one in plain) > 150


@pytest.mark.parametrize(
    ("url", "may_be"),
    [
        ("https://quay.example.org/2012/07/tide.html", False),
        ("https://quay.example.org/questions/27510/a", False),
        ("https://quay.example.org/20120704/www.tide.example", True),
        ("https://quay.example.org/20120704101112/tide.example/a", True),
        ("https://conifer.rhizome.org/a/b/20120704101112/tide.example/", True),
        ("https://warp.ndl.go.jp/info:ndljp/pid/11117501/tide.example/", True),
    ],
)
def test_a_year_in_a_path_makes_no_snapshot(url, may_be):
    assert may_be_snapshot(url) is may_be


def test_every_phrase_that_may_be_glued_to_an_address_begins_with_three_letters():
    """A plain address is held against them only where it has such a word with a capital."""
    words = any_of(Words.NOTE_BEGINS).removeprefix("(?:").removesuffix(")").split("|")
    assert [word for word in words if not word[:3].isalpha()] == []
