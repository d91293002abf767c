"""Where references begin and end, what stands beside them, and lists that mere lines open."""

from itertools import pairwise

import pytest

from monitor.extract.dates.values import NO_HINTS
from monitor.extract.layouts.boundaries import cuts
from monitor.extract.layouts.excerpts import within
from monitor.extract.layouts.labelled import records
from monitor.extract.layouts.list_dates import with_shared_dates
from monitor.extract.layouts.logical_lines import line_starts, wrap_width
from monitor.extract.layouts.marks import mark
from monitor.extract.layouts.reference_shape import dated_shape, listed_shape
from monitor.extract.layouts.sources import cited_sources
from monitor.extract.passage import Kind, plain


def cut(text):
    one = mark(plain(text, 0, len(text)), NO_HINTS)
    events = sorted(
        [(a.start, a.end, "url") for a in one.addresses]
        + [(d.outer_start, d.outer_end, "date") for d in one.dates]
    )
    places = [0, *cuts(text, events), len(text)]
    return [text[a:b].strip() for a, b in pairwise(places)]


@pytest.mark.parametrize(
    "entries",
    [
        ["1. Eels. https://e.example/a", "2. Pikes. https://e.example/b"],
        ["[1] Eels. https://e.example/a", "[2] Pikes. https://e.example/b"],
        ["• Eels. https://e.example/a", "• Pikes. https://e.example/b"],
        ["Eels, https://e.example/a (accessed 3 May 2019)", "Pikes, https://e.example/b (accessed 3 May 2019)"],
        ["[Eels](x) https://e.example/a - Weir Press, 2019.", "[Pikes](x) https://e.example/b - Quay Press, 2020."],
        ["Marsh (2019) Eels of the weir and the bay, https://e.example/a", "Reed (2020) Pikes of the weir and bay, https://e.example/b", "Lock (2021) Carps of the weir and the bay, https://e.example/c"],
    ],
)  # fmt: skip
def test_a_reference_a_line(entries):
    assert cut("\n".join(entries)) == entries


def test_hanging_indents_and_notes_of_one_line():
    hanging = [
        "Marsh, B. Eels of the\n    weir. https://e.example/a",
        "Reed, O. Pikes of\n    the bay. https://e.example/b",
        "Lock, P. Carps\n    too. https://e.example/c",
    ]
    assert cut("\n".join(hanging)) == hanging
    law = "Ona Reed, Eels of the Weir and Bay, https://e.example/a; Pia Lock, Pikes and Carps of the Lower Weir, https://e.example/b"
    assert len(cut(law)) == 2


def test_an_access_date_below_its_address_is_no_reference():
    assert len(cut("Eels https://e.example/a\n- accessed 3 May 2019")) == 1
    assert len(cut("Eels https://e.example/a\n[archived https://e.example/b]")) == 1


def test_a_mere_line_opens_a_list_until_four_paragraphs_are_no_references(entries_of):
    idle = "\n\n".join(["Nothing of the kind."] * 5)
    found = entries_of(f"References:\n\nEels. https://e.example/a\n\n{idle}\n\nPikes. https://e.example/b")
    cited = [one for one in found if one.addresses]
    assert [one.in_references for one in cited] == [True, False]


def test_a_block_quote_beside_an_entry_is_its_quote(entries_of):
    entry, _ = entries_of("Eels, https://e.example/a (accessed 3 May 2019)\n\nPikes. https://e.example/b")
    text = 'Eels, https://e.example/a (accessed 3 May 2019): "they climb the ladder in a night"'
    (entry,) = entries_of(text)
    ((passage, start, end),) = within(entry, [one.address for one in cited_sources(entry)])
    assert passage.text[start:end] == '"they climb the ladder in a night"'


@pytest.mark.parametrize(
    ("text", "shared"),
    [
        (
            "References\n\nAll links accessed 3 May 2019.\n\nEels. https://e.example/a\n\nPikes. https://e.example/b",
            2,
        ),
        ("References\n\nAccessed 3 May 2019:\n\nEels. https://e.example/a (accessed 4 May 2019)", 0),
    ],
)
def test_a_date_of_the_whole_list(entries_of, text, shared):
    found = with_shared_dates(entries_of(text))
    assert sum(bool(one.shared) for one in found) == shared


def test_labelled_fields_become_one_record():
    text = ["Eels", "URL: https://e.example/a", "Accessed: 3 May 2019", "Pikes are not meant."]
    marked = [mark(plain(one, 0, len(one)), NO_HINTS) for one in text]
    made = list(records(marked, NO_HINTS))
    assert [one.kind for one in made] == [Kind.RECORD, Kind.PARAGRAPH]
    assert made[0].text.startswith("Eels\nURL:")


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("Marsh, B. (2019). Eels of the weir. Weir Press. Accessed 3 May 2019.", True),
        ("Marsh, B. (2019). Eels of the weir, accessed 3 May 2019, says so", True),
        ("The gate was accessed 3 May 2019", False),
    ],
)
def test_a_date_without_address_can_be_a_reference(entries_of, text, shape):
    (entry,) = entries_of(text)
    assert dated_shape(entry) is shape


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("Marsh, B. Eels of the weir. https://e.example/a", True),
        ("Eels of the weir. Available at: https://e.example/a", True),
        (
            "See https://e.example/a for what the wardens of the weir said of the eels and the pikes in that year",
            False,
        ),
    ],
)
def test_a_paragraph_that_reads_as_an_item(entries_of, text, shape):
    (entry,) = entries_of(text)
    assert listed_shape(entry) is shape


def test_line_ends_of_a_program_and_of_a_writer():
    wrapped = "They climb the ladder of the weir in a\nsingle night every spring, and nobody of\nthe board has ever counted them all as\nfar as anybody knows\nEnd of it"
    width = wrap_width([wrapped])
    assert width == 40
    assert [wrapped[start:][:3] for start in line_starts(wrapped, width)] == ["End"]
    assert wrap_width(["a\nb\nc\nd"]) is None
