"""Titles and attributions that run on, and the headings before them."""

import pytest

from monitor.extract.layouts.logical_lines import line_starts, wrap_width
from monitor.extract.layouts.run_on import part_run_on
from monitor.extract.layouts.section_headings import heading_ends


@pytest.mark.parametrize(
    ("title", "attribution", "url"),
    [
        ("Towpath schools open late", "Ines Okoro, Canal Courier, 3 May 2007", None),
        ("Towpath schools open late", "May 2007", None),
        ("Lock keepers who read to children in Arlow", "Hanna B. Ruiz and Olu Teng, Weir University", None),
        ("Rights Overview", "Walkers International", None),
        ("Letter to the Minister of Sluices", "Union of Lock Workers, 30 April 1999", None),
        ("Lock work: pupils pitch in", "Field notes, 4th season", None),
        ("Lock schools: three years on", "The Bargeman (newsletter of the Lock Trust) No. 4", None),
        ("Step up help for barge families", "MPS, Canal Broadcasting Service, Oct 01, 2007", None),
        ("Barges and books", "A. Fenn-Blythe, Canal Review, Vol. 3 No. 2, July 2008, pp. 4-6", None),
        ("Who pays the pilot?", "Foundation for Fair Locks", None),
        ("Papers for bargees", "UN Canal News Network CNN www.cnn-news.example", None),
        # Initials spell the publisher; the host names it, the path names the page.
        ("Domestic Work on Barges", "Household Bargees Alliance HBA, Brief No. 1", None),
        ("Report on the Health of Deck Hands", "International Desk on Locks IDL, Arlow 2004", None),
        ("Child Guides Global Survey", "Canal Children First", "http://canal-children.example/global-survey"),
        ("Overview of Barges in Sel Marina", "Deck Alliance", "http://deckall.example/sel-marina"),
        ("2017 Findings on Deck Work", "Office of Deck Work Research, Bureau of Canals", "http://x.example/"),
        ("Letters from the lock", "www.locks.example", "http://www.locks.example/letters/7"),
        ("Findings on the Worst Forms of Deck Labor", "U.S. Dept of Locks, 2009", "http://www.dol.example/x"),
        ("Barge Persons Report", "U.S. State Dept, June 2011", None),
        ("Ports, Locks and Weirs - A Directory of Safe Moorings", None, None),
    ],
)
def test_a_title_ends_where_the_attribution_begins(title, attribution, url):
    parted = part_run_on(f"{title} {attribution or ''}".strip(), url)
    assert (parted.title, parted.attribution) == (title, attribution)


def test_a_second_line_of_a_title_is_left_out():
    text = "Towpath schools open late A teacher's story Ines Okoro, Canal Courier, 3 May 2007"
    parted = part_run_on(text)
    assert (parted.title, parted.attribution) == (
        "Towpath schools open late",
        "Ines Okoro, Canal Courier, 3 May 2007",
    )
    text = "Rescue or raid? A guide for bargees Lock & Weir Center, May 2016"
    assert part_run_on(text).title == "Rescue or raid? A guide for bargees"


def headings(*texts):
    return [text[:end] for text, end in zip(texts, heading_ends(texts), strict=True)]


def test_headings_before_every_title_but_the_first_are_told_from_titles():
    assert headings(
        "Police stop barge on tip",
        "Upper Weir Deck hands mend nets before school Ines Okoro",
        "Gulf of Arlow Child Guides Return Home Canal Courier",
        "Tessaly Coast Ten questions about locks Desk for Locks",
        "The Sluices 2019 Notes on Barges Office of Canals",
    ) == ["", "Upper Weir", "Gulf of Arlow", "Tessaly Coast", "The Sluices"]


def test_a_place_before_the_first_title_is_a_heading_too_where_the_others_have_one():
    assert headings(
        "Port Arlow Locks for forty barges open",
        "Upper Weir Deck hands mend nets before school",
        "Lower Bay Pilots of canals count barges",
    ) == ["Port Arlow", "Upper Weir", "Lower Bay"]


def test_line_ends_of_a_paragraph_wrapped_by_hand_begin_nothing():
    ragged = "\n".join(["word " * 17 + "end", "word " * 19, "word " * 18, "word " * 17, "word " * 4])
    width = wrap_width([ragged])
    assert width is not None
    assert line_starts(ragged, width) == []
    assert line_starts("A title\nIts attribution\n" + ragged, width) != []


def test_titles_that_go_on_with_a_preposition_tell_of_headings_too():
    assert headings(
        "Bonded for a barge",
        "Arlow Locks in our time Jan Fenn",
        "Hill Districts Findings of the mission to the locks",
        "Bang Wa Overview of Deck Protection in Sel Marina Deck Alliance",
    ) == ["", "Arlow", "Hill Districts", "Bang Wa"]


def test_titles_in_capitals_are_no_headings():
    assert not any(
        headings(
            "Weir Police Halt Barge",
            "Deck Hands Return Home Canal Courier, May 2007",
            "Canal House Country Report 2020 Edition",
            "Preventing Barge Theft in Arlow Weir International",
        )
    )
    assert not any(headings("Police stop barge", "Ten questions about locks", "Upper Weir Deck hands mend"))
    assert heading_ends([]) == []
