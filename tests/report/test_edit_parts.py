"""A proposed edit as before and after."""

import datetime as dt

import pytest

from monitor.amend.registry import propose
from monitor.model.citation import AccessDate, Citation
from monitor.model.document import Document
from monitor.model.finding import Amendment, AmendmentKind
from monitor.model.values import replaced
from monitor.report.site.view import MAX_REPLACEMENT, edit_parts
from tests.support.fixing import judged

TODAY = dt.date(2026, 11, 21)


def made(kind, text, url="http://mill.example/a", date="3 May 2015"):
    doc = Document(path="d.txt", text=text, format="text")
    at, when = text.index(url), text.index(date)
    one = Citation(
        document="d.txt",
        span=doc.span(0, len(text)),
        url=url,
        url_span=doc.span(at, at + len(url)),
        access_dates=(AccessDate(date="2015-05-03", text=date, span=doc.span(when, when + len(date))),),
        key="k",
    )
    return propose(doc, judged(one, kind), TODAY)


@pytest.mark.parametrize("kind", [AmendmentKind.ADD_ARCHIVE, AmendmentKind.REFRESH_DATE])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_what_stays_and_what_goes_is_the_text_as_it_stands(kind, end):
    text = end.join(["Mill", "See http://mill.example/a [accessed 3 May 2015] and more", "Rest", ""])
    edit = made(kind, text)
    parts = edit_parts(edit)
    assert "".join(text for what, text in parts if what != "new") == edit.current.replace("\r\n", "\n")
    assert "".join(text for what, text in parts if what != "old") == edit.replacement.replace("\r\n", "\n")
    assert any(what == "new" for what, _ in parts)


def test_a_text_to_be_put_in_by_hand_is_shown_as_it_is():
    assert edit_parts(Amendment(kind=AmendmentKind.ADD_ARCHIVE, replacement="[archived x]")) == [
        ("same", "[archived x]")
    ]


def test_a_huge_edit_is_cut():
    text = "Mill http://mill.example/a [accessed 3 May 2015]" + "x" * 10_000
    parts = edit_parts(made(AmendmentKind.REFRESH_DATE, text))
    assert sum(len(text) for _, text in parts) == MAX_REPLACEMENT


def test_edits_that_do_not_lead_back_to_the_lines_are_shown_as_whole_lines():
    edit = made(AmendmentKind.REFRESH_DATE, "Mill http://mill.example/a [accessed 3 May 2015]")
    wrong = replaced(edit, replacement="something else")
    assert edit_parts(wrong) == [("old", edit.current + "\n"), ("new", "something else")]
