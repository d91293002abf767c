"""Titles cited against titles shown."""

import pytest

from monitor.model.page import PageText
from monitor.page.quote.titles import title_matches


def page(title=None, *headings):
    return PageText(title=title, headings=headings)


@pytest.mark.parametrize(
    ("cited", "title", "headings"),
    [
        ("The tide tables of Lindmoor", "The tide tables of Lindmoor", ()),
        ("The tide tables of Lindmoor", "The Tide Tables of Lindmoor | Coastal News", ()),
        ("The tide tables of Lindmoor", "Coastal News – The tide tables of Lindmoor", ()),
        ("The tide tables of Lindmoor", "Coastal News", ("Menu", "The tide tables of Lindmoor")),
        ("“The tide tables” of Lindmoor.", "The tide tables of Lindmoor", ()),
        ("The tide tables of Lindmoor", "The tide table of Lindmoor", ()),
        ("Прилив и порт Линдмура", "Прилив и порт Линдмура — Новости", ()),
        ("Annual report 2011: Lindmoor harbour", "Annual report 2011: Lindmoor harbour", ()),
    ],
)
def test_matches(cited, title, headings):
    assert title_matches(cited, page(title, *headings))


@pytest.mark.parametrize(
    ("cited", "title"),
    [
        (None, "The tide tables of Lindmoor"),
        ("", "The tide tables of Lindmoor"),
        ("Home", "Home"),
        ("Lindmoor", "Lindmoor"),
        ("The tide tables of Lindmoor", None),
        ("The tide tables of Lindmoor", "Coastal News"),
        ("The tide tables of Lindmoor", "Page not found"),
        ("Annual report 2011", "Annual report 2012"),
        ("The tide tables of Lindmoor", "The fish prices of Lindmoor"),
    ],
)
def test_does_not_match(cited, title):
    assert not title_matches(cited, page(title))
