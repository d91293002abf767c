"""What makes a check fail."""

import pytest

from monitor.judge.exit_level import FailOn, fails, is_hard
from monitor.judge.judge import judge
from monitor.judge.policy import JudgePolicy
from monitor.model.observation import Outcome
from monitor.model.page import QuoteMatch
from monitor.model.snapshot import Coverage
from tests.support.cases import NOW, case, citation, coverage, facts, seen

HARD = [
    seen(Outcome.GONE, http_status=404),
    seen(Outcome.SOFT_404, http_status=200),
    seen(Outcome.PARKED, http_status=200),
    seen(Outcome.MALFORMED, cause="bad-port"),
    seen(Outcome.UNREACHABLE, cause="dns-not-found"),
]
WEATHER = [
    seen(Outcome.SERVER_ERROR, http_status=503),
    seen(Outcome.UNREACHABLE, cause="timeout"),
    seen(Outcome.UNREACHABLE, cause="dns-temporary"),
    seen(Outcome.RATE_LIMITED, http_status=429),
    seen(Outcome.BLOCKED, http_status=403),
    seen(Outcome.UNCHECKED),
    seen(Outcome.REFUSED),
]


def failed(row, level=FailOn.ERROR, *, one_off=True, **more):
    judged = case(row, **more)
    _, finding = judge(judged, JudgePolicy(), NOW, one_off=one_off)
    return fails(finding.severity, level)


@pytest.mark.parametrize("row", HARD, ids=lambda row: row.observation.outcome)
def test_hard_outcomes_fail_a_check_at_first_sight(row):
    assert is_hard(row.observation)
    assert failed(row)
    assert not failed(row, FailOn.NEVER)


@pytest.mark.parametrize("row", WEATHER, ids=lambda row: f"{row.observation.outcome}-{row.observation.cause}")
def test_weather_never_does(row):
    assert not failed(row)
    assert not failed(row, FailOn.WARNING)


def test_between_nights_a_first_failure_waits():
    assert not failed(HARD[0], one_off=False)


def test_levels_are_ordered():
    due = seen(Outcome.BLOCKED)
    old = citation("2019-05-04")
    assert [failed(due, level, cite=old) for level in (FailOn.ERROR, FailOn.WARNING, FailOn.INFO)] == [
        False,
        True,
        True,
    ]


def test_a_dead_link_with_a_good_archive_link_is_in_order():
    pinned = coverage(Coverage.QUOTE_ANCHORED, pinned=True)
    assert not failed(HARD[0], cite=citation(archive_url="https://archive.example/1"), coverage=pinned)


def test_a_waived_finding_never_fails():
    row = seen(Outcome.ALIVE)
    _, finding = judge(case(row, facts=facts(QuoteMatch.ABSENT)), JudgePolicy(), NOW)
    assert fails(finding.severity, FailOn.ERROR)
    assert not fails(finding.severity, FailOn.ERROR, waived=True)
