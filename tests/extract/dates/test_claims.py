"""What claims a date: a phrase, a place, and what outweighs a weak claim; records' own fields."""

import pytest

from monitor.extract.dates.brackets import placed
from monitor.extract.dates.calendars import calendar_of
from monitor.extract.dates.find import says_access
from monitor.extract.dates.found import DateKind
from monitor.extract.dates.hints import collect_hints
from monitor.extract.dates.phrases import phrases_in, said_by
from monitor.extract.dates.several import days_of_month
from monitor.extract.dates.shapes import NAMED
from monitor.extract.dates.values import NO_HINTS
from monitor.extract.dates.weak import outweighed
from monitor.extract.records.csl_records import iso, people, plain_markup
from monitor.extract.records.records import field_date, prose_dates, whole, year_of
from monitor.model.document import Document


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("https://e.example/a (12.05.2019)", ["2019-05-12"]),
        ("Eels[EB/OL]. [2019-05-12]. https://e.example/a", ["2019-05-12"]),
        ("Eels. 2 Aug. 2001. 23 Jan. 2002 <https://e.example/a>", ["2002-01-23"]),
        ("Eels [en ligne (13 novembre 2015) : https://e.example/a]", ["2015-11-13"]),
        ("Eels (12.05.2019) https://e.example/a", []),
        ("Eels. 23 Jan. 2002 https://e.example/a", []),
    ],
)
def test_places(text, dates):
    assert [one.date for one in placed(text, text.lower(), NO_HINTS)] == dates


def _said(text):
    low = text.lower()
    return said_by(text, low, *phrases_in(text, low), NO_HINTS)


def test_phrases_and_what_they_say():
    found = {
        one.kind: one.date for one in _said("accessed 3 May 2019, updated 1 May 2019, archived 2 May 2019")
    }
    assert found == {
        DateKind.ACCESSED: "2019-05-03",
        DateKind.UPDATED: "2019-05-01",
        DateKind.ARCHIVED: "2019-05-02",
    }
    assert [one.kind for one in _said("[access date unavailable]")] == [DateKind.UNAVAILABLE]


def test_a_weak_phrase_gives_way_to_a_plain_one():
    text = "Stand: 1.3.2020, abgerufen am 2.11.2020"
    found = sorted(_said(text), key=lambda one: one.start)
    assert [one.kind for one in outweighed(text, found)] == [DateKind.UPDATED, DateKind.ACCESSED]
    alone = "https://e.example/a (Stand: 1.3.2020)"
    assert [one.kind for one in outweighed(alone, _said(alone))] == [DateKind.ACCESSED]


def test_several_days_of_one_month():
    assert [one.date for one in days_of_month("3 & 4 May 2019", 0, NO_HINTS)] == ["2019-05-03", "2019-05-04"]


def test_calendars_by_their_years():
    assert len({calendar_of(2564), calendar_of(1400), calendar_of(2019)}) == 3


def test_the_first_shape_is_a_day_a_month_and_a_year():
    match = NAMED[0].match("3 May 2019")
    assert (match["d"], match["m"], match["y"]) == ("3", "May", "2019")


@pytest.mark.parametrize(
    ("name", "says"), [("Accessed", True), ("Abgerufen am", True), ("Updated", False), ("Title", False)]
)
def test_names_of_fields(name, says):
    assert says_access(name) is says


@pytest.mark.parametrize(
    ("value", "date"),
    [
        ("2019-05-03", "2019-05-03"), ("Accessed: Feb. 3, 2016", "2016-02-03"), ("yyyy-mm-dd", None), ("n/a", None),
        ("insert date", None), ("<date>", None), ("", None), ("May 2019", "2019-05"),
    ],
)  # fmt: skip
def test_a_field_that_holds_a_date(value, date):
    document = Document(path="d", text=value, format="bibtex")
    found = field_date(document, whole(document, 0, len(value)), NO_HINTS)
    assert (found.date if found else None) == date


def test_dates_that_prose_tells():
    text = "Title from screen; accessed 3 May 2019"
    document = Document(path="d", text=text, format="bibtex")
    dates, missing = prose_dates(document, whole(document, 0, len(text)), NO_HINTS)
    assert ([one.date for one in dates], missing) == (["2019-05-03"], False)
    assert year_of("2019-05", NO_HINTS) == "2019-05"


def test_csl_variables():
    assert iso({"date-parts": [["2019", 5, "3"]]}, lambda: NO_HINTS) == "2019-05-03"
    assert iso([{"year": 2019, "month": 5}], lambda: NO_HINTS) == "2019-05"
    assert iso({"raw": "3 May 2019"}, lambda: NO_HINTS) == "2019-05-03"
    assert (
        people([{"given": "Bela", "family": "Marsh"}, {"literal": "Weir Board"}]) == "Bela Marsh, Weir Board"
    )
    assert plain_markup("<i>Eels</i> of *the* H~2~O") == "Eels of the H2O"


def test_one_date_in_numbers_tells_the_order_of_numbers_whatever_the_named_ones_look_like():
    named = " ".join(f"{day} May 2021." for day in range(10, 28))
    assert collect_hints(f"{named} (visited on 03/25/2022)").month_leads
    assert not collect_hints(f"{named} (visited on 03/04/2022)").month_leads
