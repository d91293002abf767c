import datetime as dt

import pytest

from monitor.amend.dates import restyle

DAY = dt.date(2026, 11, 21)


@pytest.mark.parametrize(
    ("text", "iso", "new"),
    [
        ("17 February 2011", "2011-02-17", "21 November 2026"),
        ("February 17, 2011", "2011-02-17", "November 21, 2026"),
        ("Feb. 17, 2011", "2011-02-17", "Nov. 21, 2026"),
        ("17 Feb 2011", "2011-02-17", "21 Nov 2026"),
        ("11 Sept. 2019", "2019-09-11", "21 Nov. 2026"),
        ("17 FEBRUARY 2011", "2011-02-17", "21 NOVEMBER 2026"),
        ("17th February 2011", "2011-02-17", "21st November 2026"),
        ("2nd of March 2012", "2012-03-02", "21st of November 2026"),
        ("17-Feb-2011", "2011-02-17", "21-Nov-2026"),
        ("2011-02-17", "2011-02-17", "2026-11-21"),
        ("2011/2/7", "2011-02-07", "2026/11/21"),
        ("17/02/2011", "2011-02-17", "21/11/2026"),
        ("2/17/2011", "2011-02-17", "11/21/2026"),
        ("17.02.2011", "2011-02-17", "21.11.2026"),
        ("17.02.11", "2011-02-17", "21.11.26"),
        ("17. Februar 2011", "2011-02-17", "21. November 2026"),
        ("17. Mai 2011", "2011-05-17", "21. November 2026"),
        ("17 février 2011", "2011-02-17", "21 novembre 2026"),
        ("17 de febrero de 2011", "2011-02-17", "21 de noviembre de 2026"),
        ("17 fevereiro 2011", "2011-02-17", "21 novembro 2026"),
        ("17 февраля 2011", "2011-02-17", "21 ноября 2026"),
        ("2011年2月17日", "2011-02-17", "2026年11月21日"),
        ("2011년 2월 17일", "2011-02-17", "2026년 11월 21일"),
        ("August 2016", "2016-08", "November 2026"),
        ("2016-08", "2016-08", "2026-11"),
        ("2016", "2016", "2026"),
    ],
)
def test_the_style_is_kept(text, iso, new):
    assert restyle(text, iso, DAY) == new


@pytest.mark.parametrize(
    ("text", "iso", "day", "new"),
    [
        ("17 February 2011", "2011-02-17", dt.date(2026, 3, 5), "5 March 2026"),
        ("07 February 2011", "2011-02-07", dt.date(2026, 3, 5), "05 March 2026"),
        ("2011-12-17", "2011-12-17", dt.date(2026, 3, 5), "2026-03-05"),
        ("17/2/2011", "2011-02-17", dt.date(2026, 3, 5), "5/3/2026"),
        ("17 Feb. 2011", "2011-02-17", dt.date(2026, 5, 3), "3 May 2026"),
        ("3 May 2011", "2011-05-03", dt.date(2026, 2, 3), "3 February 2026"),
        ("3rd June 2011", "2011-06-03", dt.date(2026, 6, 12), "12th June 2026"),
        ("17. März 2011", "2011-03-17", dt.date(2026, 1, 5), "5. Januar 2026"),
    ],
)
def test_padding_dots_and_ordinals_follow_the_new_day(text, iso, day, new):
    assert restyle(text, iso, day, "Accessed ") == new


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("Thursday, 17 February 2011", "2011-02-17"),
        ("17 February 2011, 14:05", "2011-02-17"),
        ("Whitsun 2011", "2011-06-12"),
        ("2011-02-17T10:00Z", "2011-02-17"),
        ("平成23年2月17日", "2011-02-17"),
        ("1er mars 2011", "2011-03-01"),
        ("the 17th", "2011-02-17"),
        ("18 February 2011", "2011-02-17"),
        ("17 Feburary 2011", "2011-02-17"),
        ("17 February 2011 or 18 February 2011", "2011-02-17"),
        ("02/02/2011", "2011-02-02"),
        ("", "2011-02-17"),
    ],
)
def test_what_is_not_understood_is_left_to_a_person(text, iso):
    assert restyle(text, iso, DAY) is None


def test_a_month_of_several_languages_goes_by_capital_dot_and_the_words_before():
    march = dt.date(2026, 3, 5)
    assert restyle("17 April 2011", "2011-04-17", march) == "5 March 2026"
    assert restyle("17. April 2011", "2011-04-17", march) == "5. März 2026"
    assert restyle("17. April 2011", "2011-04-17", march, "[accessed ") == "5. March 2026"
    # Swedish, Danish, Dutch … share the small april and part ways in March.
    assert restyle("17 april 2011", "2011-04-17", march) is None
