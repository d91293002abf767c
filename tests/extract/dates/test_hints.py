"""A document is searched for its way of writing dates when one of them is unclear, not before."""

import pytest

from monitor.extract.dates import hints
from monitor.extract.dates.hints import collect_hints
from monitor.extract.dates.values import match_date
from monitor.extract.words.cldr import LANGUAGES

DOCUMENT = "12/25/2019, 12/31/2019, 3 października 2020"


@pytest.mark.parametrize(
    "text", ["3 May 2019", "25/12/2019", "3/3/2019", "03.04.2019", "2019-05-03", "from May"]
)
def test_clear_dates_ask_for_no_hints(text, monkeypatch):
    monkeypatch.setattr(hints, "_gathered", lambda _text: pytest.fail("searched for nothing"))
    match_date(text, 0, collect_hints(DOCUMENT))


@pytest.mark.parametrize(("text", "date"), [("03/04/2019", "2019-03-04"), ("3 listopada 2019", "2019-11-03")])
def test_unclear_dates_are_read_as_the_document_writes_its_own(text, date):
    assert match_date(text, 0, collect_hints(DOCUMENT)).date == date


def test_hints_are_gathered_once():
    told = collect_hints(DOCUMENT)
    assert (told.day_first, told.month_first, told.silent, told.month_leads) == (1, 800, False, True)
    assert not hasattr(told, "weekday_first")


@pytest.mark.parametrize("word", ["august", "oktober", "november", "pro"])
def test_languages_told_as_often_stand_in_the_order_of_all(word):
    told = collect_hints(f"2 {word} 2018").languages
    assert len(told) > 1
    assert told == tuple(sorted(told, key=LANGUAGES.index))


def test_a_name_of_two_months_is_the_same_in_every_process():
    assert match_date("3 listopad 2019", 0, collect_hints("2 pro 2018")).date == "2019-11-03"
