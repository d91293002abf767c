"""What a document says once edited decides whether an edit is made."""

import pytest

from monitor.amend.read_back import edited, read_back
from monitor.amend.registry import propose
from monitor.documents import read_document
from monitor.extract.registry import FORMATS, extract
from monitor.model.finding import AmendmentKind, Edit
from monitor.model.values import replaced
from tests.support.fixing import TODAY, judged

TEXT = "# Sources\n\n- [Weirs](http://weirs.example/p). Accessed 3 May 2015.\n- [Locks](http://locks.example/q). Accessed 4 May 2015.\n- [Tides](http://tides.example/r). Accessed 5 May 2015.\n"
ADD, DATE, MOVE = AmendmentKind.ADD_ARCHIVE, AmendmentKind.REFRESH_DATE, AmendmentKind.REPLACE_URL


def proposals(tmp_path, kind, text=TEXT):
    path = tmp_path / "d.md"
    path.write_text(text)
    document = read_document(path, FORMATS)
    ready = []
    for citation in extract(document).citations:
        one = judged(citation, kind)
        ready.append(replaced(one, amendment=propose(document, one, TODAY)))
    return document, ready


def spoilt(document, assessment, before, after):
    """The assessment with an edit that does something else."""
    at = document.text.index(before)
    wrong = Edit(document.span(at, at + len(before)), before, after)
    return replaced(assessment, amendment=replaced(assessment.amendment, edits=(wrong,)))


@pytest.mark.parametrize("kind", [ADD, DATE, MOVE])
def test_what_says_what_is_meant_is_kept(tmp_path, kind):
    document, ready = proposals(tmp_path, kind)
    assert read_back(document, ready, TODAY, extract).kept == tuple(ready)
    readings = []
    found = read_back(
        document, ready, TODAY, lambda one: readings.append(one) or extract(one), extract(document).citations
    )
    assert found.kept == tuple(ready)
    assert len(readings) == 1


def test_what_is_known_of_a_document_never_speaks_against_an_edit(tmp_path):
    document, ready = proposals(tmp_path, DATE)
    first, *others = extract(document).citations
    for known in (
        (replaced(first, url="http://***@weirs.example/p"), *others),
        others,
        (first, first, *others),
    ):
        assert read_back(document, ready, TODAY, extract, known).kept == tuple(ready)


@pytest.mark.parametrize(
    ("kind", "before", "after"),
    [
        (ADD, "[Locks](http://locks.example/q)", "Locks"),
        (ADD, "4 May 2015.", "4 May 2015 ([archived](https://web.archive.org/web/20110216120000/http://mills.example/))."),
        (ADD, "[Locks]", "[Sluices]"),
        (DATE, "4 May 2015", "21 November 2025"),
        (DATE, "4 May 2015", "yesterday"),
        (MOVE, "locks.example/q", "mills.example"),
        (MOVE, "5 May 2015", "6 May 2015"),
    ],
)  # fmt: skip
def test_what_would_say_something_else_is_refused_alone(tmp_path, kind, before, after):
    document, ready = proposals(tmp_path, kind)
    ready[1] = spoilt(document, ready[1], before, after)
    for known in ((), extract(document).citations):
        found = read_back(document, ready, TODAY, extract, known)
        assert found.refused == (ready[1],)
        assert found.kept == (ready[0], ready[2])


@pytest.mark.parametrize(("wrong", "readings"), [((7,), 5), ((0,), 8), ((2, 3, 5), 10)])
def test_what_failed_together_is_not_read_again(tmp_path, wrong, readings):
    text = "# Sources\n\n" + "".join(
        f"- [Weir {number}](http://weirs.example/{number}). Accessed {number} May 2015.\n"
        for number in range(1, 9)
    )
    document, ready = proposals(tmp_path, DATE, text)
    for one in wrong:
        ready[one] = spoilt(document, ready[one], f"{one + 1} May 2015", "yesterday")
    asked = []
    found = read_back(document, ready, TODAY, lambda one: asked.append(one) or extract(one))
    assert found.refused == tuple(ready[one] for one in wrong)
    assert set(map(id, found.kept)) == {id(one) for n, one in enumerate(ready) if n not in wrong}
    assert len(asked) == readings


def test_edits_of_one_place_are_made_once(tmp_path):
    document, ready = proposals(
        tmp_path, MOVE, TEXT.replace("(http://tides.example/r)", "(http://locks.example/q)")
    )
    twice = [ready[0].amendment, ready[0].amendment]
    assert edited(document, twice).text == edited(document, twice[:1]).text


def test_readings_are_few_where_all_is_well(tmp_path):
    document, ready = proposals(tmp_path, ADD)
    readings = []
    read_back(document, ready, TODAY, lambda one: readings.append(one) or extract(one))
    assert len(readings) == 2


COPY = "https://web.archive.org/web/20110216120000/http://weirs.example/p"
DATED = f"Text.<ref>{{{{cite web |url=http://weirs.example/p |title=T |access-date=3 May 2015 |archive-url={COPY} |archive-date=4 June 2012}}}}</ref>\n"


def test_a_copy_set_right_in_its_date_is_kept(tmp_path):
    path = tmp_path / "d.wiki"
    path.write_text(DATED)
    document = read_document(path, FORMATS)
    (citation,) = extract(document).citations
    one = judged(citation, ADD)
    ready = replaced(one, amendment=propose(document, one, TODAY))
    found = read_back(document, [ready], TODAY, extract)
    assert found.kept == (ready,)
    assert "|archive-date=16 February 2011}}" in edited(document, [ready.amendment]).text
    wrong = spoilt(document, ready, "4 June 2012", "16 February 2010")
    assert read_back(document, [wrong], TODAY, extract).refused == (wrong,)


def test_a_time_of_day_that_goes_with_the_date_is_no_loss(tmp_path):
    path = tmp_path / "d.md"
    path.write_text("# Sources\n\n- [Weirs](http://weirs.example/p). Accessed: 2015-05-03T14:05.\n")
    document = read_document(path, FORMATS)
    (citation,) = extract(document).citations
    refreshed = judged(citation, DATE)
    refreshed = replaced(refreshed, amendment=propose(document, refreshed, TODAY))
    assert read_back(document, [refreshed], TODAY, extract).kept == (refreshed,)
