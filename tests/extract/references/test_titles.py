"""Titles: what is left where one was looked for in vain names nothing."""

import pytest

from monitor.extract.passage import HOLE
from monitor.extract.references.titles import part


@pytest.mark.parametrize(
    "debris",
    [
        "12(3): 360-370",
        "vol. 3, pp. 4-6",
        "and",
        "ttps",
        "29:3, 179-182",
        "no. 4",
        "(en)",
        "October 13",
        "(n.d.)",
        "pp. iv",
    ],
)
def test_debris_is_no_title(debris):
    assert part(f"{debris}. {HOLE}").title is None


@pytest.mark.parametrize(
    ("reference", "title"),
    [
        ("Marsh, B. and Reed, J. 12(3): 360-370.", None),
        ("Marsh, B. (2010). Tides. 12(3): 360-370.", "Tides"),
        ("Ada Pilot. Lanterns.", "Lanterns"),
        ("Ada van Pilot. Lanterns.", "Lanterns"),
        ("Harbour Board. Lanterns of the coast.", "Lanterns of the coast"),
        ("Lanterns of the coast. Sedge.", "Lanterns of the coast"),
        ("Anon., 2020. Quay - “What is a lantern?” [Online]", "What is a lantern?"),
        ("[3] See also: Marsh, B. (2019). Tides of the quay. Weir Press", "Tides of the quay"),
    ],
)
def test_titles(reference, title):
    assert part(f"{reference} {HOLE}").title == title


@pytest.mark.parametrize(
    ("reference", "label", "title"),
    [
        # A link's own words are the title, unless they only say where.
        ("Marsh, B. Tides of the quay", "Tides of the quay", "Tides of the quay"),
        ("Marsh, B. “Tides of the quay”. Weir Press", "Weir Press", "Tides of the quay"),
        ("Tides of the quay. Available from: Weir", "Weir", "Tides of the quay"),
    ],
)
def test_titles_of_links(reference, label, title):
    assert part(reference, label).title == title


def test_emphasis_names_the_title_after_its_author():
    assert part("Marsh, B. Tides. Weir Press", lead=None, marked=["Tides"]).title == "Tides"
    assert part("Marsh, B. In: Harbours. Weir Press", lead=None, marked=["Harbours"]).title != "Harbours"
