"""Which entries are citations: a row a rule, with the answer it alone gives."""

import pytest

from monitor.extract.dates.found import DateKind
from monitor.extract.layouts.rulings import Accept, Candidate, Ignore, Reason, Refuse, judge
from monitor.extract.layouts.sources import cited_sources
from monitor.extract.passage import Kind
from monitor.extract.registry import extract
from monitor.model.document import Document

LISTED = "References\n\n"

ROWS = [
    ("Tides, https://tides.example/a (accessed 3 May 2019)", Accept()),
    ("Tides, https://tides.example/a (accessed <date>)", Refuse(DateKind.PLACEHOLDER.reason)),
    (LISTED + "Marsh, B. Tides. https://tides.example/a (accessed dd/mm/yyyy)", Accept()),
    (LISTED + "Marsh, B. Tides. https://your-site/a (accessed dd/mm/yyyy)", Refuse(DateKind.PLACEHOLDER.reason)),
    ('url = "https://tides.example/a"; // accessed 3 May 2019;', Refuse(Reason.CODE)),
    ("const tides = open(3);", Ignore()),
    ("Please cite this page as: Marsh, accessed 3 May 2019.", Refuse(Reason.SELF)),
    ("Marsh, B. (2019). Tides of the Quay. Weir Press. Accessed 3 May 2019.", Accept()),
    ("last accessed 3 May 2019", Refuse(Reason.NAMELESS)),
    ("Quay opens. Updated 3 May 2019.", Refuse(DateKind.UPDATED.reason)),
    (LISTED + "Quay opens. Updated 3 May 2019.", Ignore()),
    ("See https://tides.example/a " + "and more " * 400, Refuse(Reason.RUNNING_TEXT)),
    (LISTED + "Marsh, B. Tides of the Quay. https://tides.example/a", Accept()),
    (
        LISTED + "All of this is told at length in https://tides.example/a and was mended by many hands since.",
        Refuse(Reason.UNLISTED),
    ),
    ("Look at https://tides.example/a for more of it.", Refuse(Reason.UNLISTED)),
    ("Marsh (2019). Tides of the Quay. Available at: https://tides.example/a", Accept()),
    ("The report (2019) on tides is available at https://tides.example/a", Refuse(Reason.UNLISTED)),
]  # fmt: skip


@pytest.mark.parametrize(("text", "ruling"), ROWS, ids=[text[:50] for text, _ in ROWS])
def test_the_rule_that_answers(entries_of, text, ruling):
    entry = entries_of(text)[-1]
    assert judge(Candidate(entry, cited_sources(entry), siblings_dated=False, said=entry.masked())) == ruling


def test_beside_dated_siblings_a_link_is_a_citation(entries_of):
    (entry,) = entries_of("Look at https://tides.example/a for more of it.")
    assert judge(Candidate(entry, cited_sources(entry), siblings_dated=True, said=entry.masked())) == Accept()


def test_a_date_in_a_heading_has_no_source(entries_of):
    (entry,) = entries_of("References (accessed 3 May 2019)")
    assert entry.passage.kind is Kind.HEADING
    assert judge(Candidate(entry, cited_sources(entry), siblings_dated=False, said=entry.masked())) == Refuse(
        Reason.HEADING
    )


@pytest.mark.parametrize("label", ["Impressum", "Datenschutz", "Contact us", "Mentions légales"])
def test_a_link_of_the_site_itself_below_a_list_is_no_citation(label):
    listed = (
        "<h2>Sources</h2><ul><li><a href='https://weir.example/a'>Weirs</a>, accessed 3 May 2019.</li></ul>"
    )
    page = f"{listed}<p><a href='https://weir.example/x'>{label}</a></p>"
    found = extract(Document(path="page.html", text=page, format="html"))
    assert [one.url for one in found.citations] == ["https://weir.example/a"]
    assert [one.reason for one in found.rejected] == [Reason.SITE]
