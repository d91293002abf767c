"""A reference in none of the known styles: which of its clauses is the title."""

import pytest

from monitor.extract.passage import HOLE
from monitor.extract.references.clauses import clauses, first_clause, title_segment


@pytest.mark.parametrize(
    ("reference", "title"),
    [
        ("Bela Marsh. Tides of the Quay. Weir Press", "Tides of the Quay"),
        ("R. Lock, O. Reed, and Weir Board. Tides of the Quay. Weir Press", "Tides of the Quay"),
        ("Tide Reference. Quay, Inc., 2024", "Tide Reference"),
        ("Kitchen on Fire. Digital image. Harbour Times", "Kitchen on Fire"),
        ("Ada Pilot. Lanterns.", "Lanterns"),
        (f"{HOLE} . {HOLE}", None),
    ],
)
def test_the_clause_that_is_no_author_is_the_title(reference, title):
    found = clauses(reference)
    assert (found.strip(" .") if found else None) == title


@pytest.mark.parametrize(
    ("sentence", "title"),
    [
        ("heise developer, Neues in Python 3.4", "Neues in Python 3.4"),
        ("Zatoka: pływy, prądy i mapy", "Zatoka: pływy, prądy i mapy"),
        ("Tides of the Quay", "Tides of the Quay"),
    ],
)
def test_of_one_sentence_a_segment_is_the_title(sentence, title):
    assert title_segment(sentence).strip() == title


def test_a_year_is_no_first_clause():
    assert first_clause("2019. Tides of the Quay. Weir Press") == "Tides of the Quay."
    assert first_clause(f"2019. {HOLE}") is None
