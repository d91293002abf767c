"""The year of a document or a host as one bar."""

import datetime as dt

from monitor.model.observation import Outcome
from monitor.model.run import Check
from monitor.report.nights import DAYS, KEPT_TROUBLES, Nights, troubles

DAY = dt.datetime(2026, 3, 1, 3, tzinfo=dt.UTC)


def check(outcome, first, last=None):
    return Check(
        outcome, DAY + dt.timedelta(days=first), DAY + dt.timedelta(days=first if last is None else last)
    )


def bar(*sources):
    nights = Nights()
    for checks in sources:
        nights.add(troubles(checks))
    return nights.bar()


def stretches(made):
    return [(one.start, one.days, one.tone) for one in made.stretches]


def test_every_day_has_the_worst_that_any_source_says_of_it():
    made = bar(
        [check(Outcome.ALIVE, 0, 9), check(Outcome.GONE, 10, 14), check(Outcome.ALIVE, 15, 29)],
        [check(Outcome.ALIVE, 0, 11), check(Outcome.BLOCKED, 12, 19)],
    )
    told = [(one.start, one.days, one.failing, one.unknown) for one in made.stretches]
    assert told == [(0, 10, 0, 0), (10, 2, 1, 0), (12, 3, 1, 1), (15, 5, 0, 1), (20, 10, 0, 0)]
    assert [one.tone for one in made.stretches] == ["ok", "error", "error", "unknown", "ok"]
    assert (made.citations, made.worst) == (2, 1)
    assert (made.days("error"), made.days("unknown"), made.days("ok")) == (5, 5, 20)


def test_days_on_which_more_fail_stand_out():
    made = bar(*([check(Outcome.GONE, first, 40), check(Outcome.ALIVE, 41, 70)] for first in (0, 10, 10)))
    assert [(one.start, one.failing) for one in made.stretches] == [(0, 1), (10, 3), (41, 0)]
    assert (made.worst, made.citations) == (3, 3)
    assert made.months() == [(0, "Mar 2026"), (31, "Apr 2026"), (61, "May 2026")]


def test_a_single_day_is_no_year():
    assert bar([check(Outcome.GONE, 0)]) is None
    assert Nights().bar() is None


def test_the_bar_holds_a_year_up_to_the_last_check():
    made = bar([check(Outcome.GONE, 0, 100), check(Outcome.ALIVE, 101, 500)])
    assert (made.last - made.first).days + 1 == DAYS
    assert made.last == (DAY + dt.timedelta(days=500)).date()
    assert stretches(made) == [(0, DAYS, "ok")]


def test_a_group_of_any_size_stays_small():
    nights = Nights()
    for day in range(3 * KEPT_TROUBLES):
        nights.add(troubles((check(Outcome.GONE, day), check(Outcome.ALIVE, day + 1))))
    assert len(nights.troubles) == KEPT_TROUBLES
