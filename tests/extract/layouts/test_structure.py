"""How entries stand to each other: one for each number, one for each link, dates where styles put them."""

import pytest

from monitor.extract.registry import extract
from monitor.model.document import Document


def cited(text, format="text"):
    return [
        (one.title, one.url, one.access_date and one.access_date.date)
        for one in extract(Document(path="d", text=text, format=format)).citations
    ]


def test_two_numbered_entries_with_one_address_are_two():
    text = "References\n\n1. Eels. https://eel.example/a\n2. Pikes. https://eel.example/a\n3. Carps. https://eel.example/c"
    assert cited(text) == [
        ("Eels", "https://eel.example/a", None),
        ("Pikes", "https://eel.example/a", None),
        ("Carps", "https://eel.example/c", None),
    ]


def test_an_address_said_twice_in_one_entry_is_one():
    text = "References\n\n1. Eels. https://eel.example/a (https://eel.example/a)\n2. Pikes. https://eel.example/b"
    assert [url for _, url, _ in cited(text)] == ["https://eel.example/a", "https://eel.example/b"]


def test_a_phrase_before_a_colon_leaves_the_entry_its_own():
    text = "References\n\nEel Office, cited 2006: Ladders of the weir. [Available online at https://eel.example/l.]\nPike Board, cited 2007: Nets and weights. [Available online at https://pike.example/n.]\n"
    assert cited(text) == [
        ("Ladders of the weir", "https://eel.example/l", "2006"),
        ("Nets and weights", "https://pike.example/n", "2007"),
    ]


@pytest.mark.parametrize(
    ("entry", "date"),
    [
        # MLA's sixth edition: published, then seen.
        ('Marsh, Bela. "Eels." Quay Times. 2 Aug. 2001. 23 Jan. 2002 <http://eel.example/a>.', "2002-01-23"),
        ('Marsh, Bela. "Eels." Quay Times. 2 Aug. 2001. 23 Jan. 2002 http://eel.example/a.', "2002-01-23"),
        ('Marsh, Bela. "Eels." Quay Times. 2 Aug. 2001, http://eel.example/a.', None),
        ("Marsh, B. Anguilles [en ligne (13 novembre 2015) : http://eel.example/a]", "2015-11-13"),
        ("Marsh, B. Anguilles (13 novembre 2015), http://eel.example/a", None),
    ],
)
def test_dates_that_only_their_place_claims(entry, date):
    assert [when for _, _, when in cited(f"Works Cited\n\n{entry}")] == [date]


@pytest.mark.parametrize("joint", [" and ", "、", " | ", " / ", "; ", ", "])
def test_several_links_of_an_item_are_several_citations(joint):
    links = joint.join(f"[Eel {name}](https://eel.example/{name})" for name in "abc")
    text = f"# References\n\n- Eel Board: {links}\n" if joint != ", " else f"# References\n\n- {links}\n"
    assert [url for _, url, _ in cited(text, "markdown")] == [f"https://eel.example/{name}" for name in "abc"]


def test_a_list_numbered_with_tabs():
    text = "Bibliography\n8.\t  Is there a pattern in eels?, Eel Letters, 29:3, 179-182\n9.\t  https://eel.example/q?s=w\n10.\t  https://eel.example/d [accessed 16 March 2022]\n11.\t  https://eel.example/k,a,21.html\n"
    assert [(url, date) for _, url, date in cited(text)] == [
        ("https://eel.example/q?s=w", None),
        ("https://eel.example/d", "2022-03-16"),
        ("https://eel.example/k,a,21.html", None),
    ]


def test_a_heading_of_notes_makes_no_list_of_every_link():
    text = "# Notes\n\nHow to [begin](https://eel.example/begin) with eels.\n\nMore on [weirs](https://eel.example/weirs) below, and nets."
    assert cited(text, "markdown") == []
