"""A finding stands until the day that is named, never longer."""

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.judge.judge import Judge
from monitor.judge.policy import JudgePolicy
from monitor.model.finding import AccessDateStatus, Waiver
from monitor.model.observation import Outcome
from monitor.model.page import QuoteMatch
from monitor.model.values import replaced
from monitor.model.wording import elapsed, next_elapsed
from tests.judge.test_laws import cases
from tests.support.cases import NOW, at, case, citation, facts, seen

WAIVERS = [
    Waiver(rule="due", source="*", who="Ada", why="known", until=NOW.date() + dt.timedelta(days=20)),
    Waiver(rule="*drifted", source="*", who="Ada", why="known", until=NOW.date() - dt.timedelta(days=3)),
    Waiver(rule="*", source="*example.org/", who="Bo", why="kept", until=NOW.date() + dt.timedelta(days=90)),
]


@settings(max_examples=300, deadline=None)
@given(cases(), st.sampled_from([0, 1, 2, 3]), st.lists(st.integers(1, 900 * 24), min_size=1, max_size=12))
def test_the_same_facts_are_judged_the_same_until_the_named_instant(judged, waivers, hours):
    judge = Judge(JudgePolicy(), lambda: 0.5, WAIVERS[:waivers])
    said = judge.judge(judged, NOW)
    until = judge.stands_until(judged, *said, NOW)
    assert until is None or until > NOW
    eve = [] if until is None else [until - dt.timedelta(seconds=1)]
    for later in (*eve, *(NOW + dt.timedelta(hours=some) for some in hours)):
        if until is None or later < until:
            assert judge.judge(judged, later) == said, later


@settings(max_examples=300, deadline=None)
@given(
    cases(),
    st.lists(st.none() | st.floats(-3000, 20).map(at), min_size=1, max_size=4),
    st.lists(st.integers(0, 900 * 24), min_size=1, max_size=8),
)
def test_what_does_not_weigh_a_confirmation_is_judged_the_same_whenever_it_was(judged, confirmed, hours):
    judge = Judge(JudgePolicy(), lambda: 0.5, WAIVERS)
    said = judge.judge(judged, NOW)
    until = judge.stands_until(judged, *said, NOW)
    if judge.weighs_confirmation(judged, said[0], NOW):
        return
    for when in confirmed:
        other = replaced(judged, confirmed_at=when)
        for later in (NOW + dt.timedelta(hours=some) for some in hours):
            if until is None or later < until:
                assert judge.judge(other, later) == said, (when, later)


def test_a_finding_weighs_a_confirmation_where_it_tells_of_it_and_not_where_the_date_alone_counts():
    judge = Judge(JudgePolicy(), lambda: 0.5)
    found = facts(QuoteMatch.FOUND)
    weighed = {}
    for written in ("2026-01-04", "2019-05-04"):
        one = case(seen(Outcome.ALIVE, -1), cite=citation(written), facts=found, confirmed_at=at(-1))
        history, finding = judge.judge(one, NOW)
        weighed[finding.status] = judge.weighs_confirmation(one, history, NOW)
    assert weighed == {AccessDateStatus.FRESH: True, AccessDateStatus.REFRESHABLE: False}


@settings(max_examples=200, deadline=None)
@given(st.dates(dt.date(1991, 1, 1), dt.date(2100, 1, 1)), st.integers(0, 4000))
def test_an_age_in_words_stays_the_same_until_the_day_that_is_named(start, days):
    today = start + dt.timedelta(days=days)
    named = next_elapsed(start, today)
    assert elapsed(start, named) != elapsed(start, today)
    assert elapsed(start, named - dt.timedelta(days=1)) == elapsed(start, today)


def test_a_quote_found_yesterday_is_judged_again_when_the_access_date_ages_not_every_day():
    confirmed = case(
        seen(Outcome.ALIVE, -1),
        cite=citation("2019-05-04"),
        facts=facts(QuoteMatch.FOUND),
        confirmed_at=at(-1),
    )
    judge = Judge(JudgePolicy(), lambda: 0.5)
    until = judge.stands_until(confirmed, *judge.judge(confirmed, NOW), NOW)
    assert until == dt.datetime(2026, 5, 4, tzinfo=dt.UTC)
