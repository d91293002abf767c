"""Patterns on addresses."""

import pytest

from monitor.errors import UsageError
from monitor.model.citation import Citation, ExcludedBy, Extraction
from monitor.model.document import Document
from monitor.selection import Selection

DOC = Document(path="d", text="x" * 10, format="text")
URLS = ("https://mill.example/a", "https://forge.example/b", "https://mill.example/paper", None)
FOUND = Extraction(
    document="d",
    format="text",
    citations=tuple(Citation(document="d", span=DOC.span(0, 1), url=url) for url in URLS),
)


def kept(include=(), exclude=()):
    made = Selection.of(include, exclude).apply(FOUND)
    return [one.url for one in made.citations], [(one.text, one.detail) for one in made.excluded]


def test_without_patterns_everything_is_watched():
    assert kept() == (list(URLS), [])


def test_excluded_addresses_are_kept_apart_with_their_pattern():
    assert kept(exclude=[r"^https://mill\.example/"]) == (
        ["https://forge.example/b", None],
        [(url, r"--exclude ^https://mill\.example/") for url in URLS if url and "mill" in url],
    )


def test_what_is_included_is_taken_whatever_is_excluded():
    assert kept(include=["/paper$"], exclude=["mill"])[0] == [
        "https://forge.example/b",
        "https://mill.example/paper",
        None,
    ]


def test_included_alone_takes_only_that():
    assert kept(include=["forge"])[0] == ["https://forge.example/b", None]


def test_what_is_excluded_is_of_patterns():
    made = Selection.of([], ["forge"]).apply(FOUND)
    assert [one.by for one in made.excluded] == [ExcludedBy.PATTERN]


def test_a_broken_pattern_is_named():
    with pytest.raises(
        UsageError, match=r"--exclude \(\[selection\] exclude\) '\(': not a regular expression"
    ):
        Selection.of([], ["("])
