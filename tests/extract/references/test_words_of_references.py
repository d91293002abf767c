"""Authors, organisations, sentences, quotation marks: the examples beside their patterns, as tables."""

import pytest

from monitor.extract.references import authors
from monitor.extract.references.organisations import body_like, without_body
from monitor.extract.references.quote_marks import announced, bare, is_quotation, long_enough, quotations
from monitor.extract.references.sentences import sentences
from monitor.extract.references.title_marks import quoted, single_quoted


@pytest.mark.parametrize(
    ("pattern", "text", "author"),
    [
        ("GOST_AUTHOR", "Петренко О. В. Назва", "Петренко О. В. "),
        ("INITIALS_FIRST", "B. Marsh and J. Reed, Tides", "B. Marsh and J. Reed, "),
        ("VANCOUVER", "Marsh B, Reed JT. Tides", "Marsh B, Reed JT. "),
        ("SHOUTED", "MARSH, Bela. Tides", "MARSH, Bela. "),
        ("LAST_FIRST", "Marsh, B., & Reed, J. T. Tides", "Marsh, B., & Reed, J. T. "),
        ("NAME_INITIALS", "Marsh B., Tides", "Marsh B., "),
        ("COLON_AUTHOR", "Marsch, Bela: Gezeiten", "Marsch, Bela: "),
        ("COLON_AUTHOR", "Bela Marsch, Ona Ried: Gezeiten", "Bela Marsch, Ona Ried: "),
        ("ONE_PERSON", "B. Marsh", "B. Marsh"),
        ("FULL_NAME", "Ada van Pilot", "Ada van Pilot"),
    ],
)
def test_how_styles_write_authors(pattern, text, author):
    assert text[: getattr(authors, pattern).match(text).end()] == author


@pytest.mark.parametrize(
    ("text", "like"),
    [
        ("Bela Marsh", True),
        ("Marsh, B.", True),
        ("Weir Board", True),
        ("a board of weirs", False),
        ("Tides - a study", False),
        ("Tides of the quay and all that follows from them in the spring", False),
        ("Bela Marsh, Ona Reed, Pia Lock and many others of the board", True),
    ],
)
def test_what_can_be_an_author(text, like):
    assert authors.author_like(text) is like


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("Weir Board", True), ("Ministry of Tides", True), ("Wasserstraßenamt", True), ("Tides", False),
        ("Board games of the bay: a history", False), ("Quay Press 2019", False),
    ],
)  # fmt: skip
def test_names_of_organisations(text, body):
    assert body_like(text) is body


@pytest.mark.parametrize(
    ("title", "without"),
    [
        ("Tides of the quay — Weir Board", "Tides of the quay"),
        ("Weir Board: Tides of the quay", "Tides of the quay"),
        ("Tides - low and high", "Tides - low and high"),
    ],
)
def test_a_title_without_its_organisation(title, without):
    assert without_body(title) == without


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Marsh B. Tides. Press", ["Marsh B. Tides.", "Press"]),
        ("Vol. 3 of it. Next", ["Vol. 3 of it.", "Next"]),
        ("What now? Then", ["What now?", "Then"]),
        ("Seen 3 Jan. 2019. Then", ["Seen 3 Jan. 2019.", "Then"]),
        ("潮汐表。港口", ["潮汐表。", "港口"]),
    ],
)
def test_sentences(text, pieces):
    assert sentences(text) == pieces


def test_quotations_and_what_announces_them():
    text = "He says “the gates were shut that year” and “no”."
    assert [text[start:end] for start, end in quotations(text, 0, len(text))] == [
        "“the gates were shut that year”",
        "“no”",
    ]
    assert announced(text, 0, text.index("“"))
    assert not announced(text, 0, text.index("“no"))
    assert long_enough("the gates were shut that year")
    assert not long_enough("no")
    assert is_quotation("Quote: the gates were shut")
    assert is_quotation("“the gates were shut that year”")
    assert not is_quotation("the gates were shut that year")
    assert bare("Quote: “the gates”") == "the gates"
    assert bare("“the gates” and “weirs”") == "“the gates” and “weirs”"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Marsh, “Tides of the quay”, 2019", "Tides of the quay"),
        ("Marsh, «Приливы залива», 2019", "Приливы залива"),
        ('Marsh, the 15" pipe and 3" valve', None),
        ("「潮汐表」港口", "潮汐表"),
        ("Ropes in the New “Wild Reeds” of the Valley", None),
    ],
)
def test_titles_in_quotation_marks(text, title):
    assert quoted(text) == title


def test_titles_in_single_marks():
    assert single_quoted("Marsh, B. 'Tides of the quay', Press") == "Tides of the quay"
    assert single_quoted("'Tides of the quay', Press", first=True) == "Tides of the quay"
    assert single_quoted("the keepers' gates and the boards' own") is None
