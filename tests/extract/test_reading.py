"""One reading for every format: what a layout yields in one markup, it yields in all."""

import pytest

from monitor.extract.registry import extract
from monitor.model.document import Document

ANNOTATED = """The Weir Keepers' Strike
Quay Post, 3 March 2010
http://post.example/strike
[accessed 17 February 2011]

Forty keepers left their gates on Monday, and the river rose by the hour. Nobody in the valley could say who would close them.

Salt Prices at the Lower Harbour
Harbour Record, 9 May 2010
http://record.example/salt
[accessed 18 February 2011]

The price of a barrel doubled in a week. The wardens counted what was left and found little of it.
"""
SPACED = ANNOTATED.replace("\n", "\n\n").replace("\n\n\n\n", "\n\n")

LABELLED = """The Eel Ladder

URL: https://eels.example/ladder

Accessed: 3 May 2019

Quote: "Every spring the eels climb it in a single night."
"""


@pytest.mark.parametrize("format", ["text", "markdown", "rst", "latex", "wikitext"])
def test_an_annotated_list_keeps_its_titles_and_excerpts(format):
    text = SPACED if format in {"latex", "wikitext"} else ANNOTATED.replace("\n", "  \n")
    found = extract(Document(path="d", text=text, format=format))
    assert [(one.url, one.access_date.date) for one in found.citations] == [
        ("http://post.example/strike", "2011-02-17"),
        ("http://record.example/salt", "2011-02-18"),
    ]
    assert [one.title for one in found.citations] == [
        "The Weir Keepers' Strike",
        "Salt Prices at the Lower Harbour",
    ]
    assert all(one.quote for one in found.citations)


@pytest.mark.parametrize("format", ["text", "markdown", "rst", "html"])
def test_labelled_fields_are_one_record(format):
    text = LABELLED
    if format == "html":
        text = "".join(f"<p>{line}</p>" for line in LABELLED.split("\n\n"))
    (one,) = extract(Document(path="d", text=text, format=format)).citations
    assert (one.title, one.url) == ("The Eel Ladder", "https://eels.example/ladder")
    assert one.access_date.date == "2019-05-03"
    assert one.quote == "Every spring the eels climb it in a single night."


@pytest.mark.parametrize("format", ["text", "markdown", "html", "rst"])
def test_what_is_too_long_to_be_read_is_said(format):
    found = extract(Document(path="d", text="y" * 2_000_001, format=format))
    assert any("was not read" in note for note in found.notes)
