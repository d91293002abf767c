import datetime as dt

import pytest

from monitor.model.finding import AccessDateStatus as Status
from monitor.model.finding import Severity
from monitor.model.history import LinkHistory, LinkState
from monitor.model.observation import Outcome
from monitor.model.values import replaced
from monitor.report.transitions import Transition, present, reminder_due, transition
from tests.support import assessments
from tests.support.every_status import every_status

DEAD = LinkHistory(state=LinkState.DEAD, strikes=3)
NOW = assessments.NOW


def case(previous, status, outcome, history=None):
    return assessments.assess(
        "https://a.example/", "A", status, Severity.ERROR, outcome, previous=previous, history=history
    )


@pytest.mark.parametrize(
    ("previous", "status", "outcome", "history", "expected"),
    [
        ("fresh/alive", Status.STALE_DEAD, Outcome.GONE, DEAD, Transition.DIED),
        ("unconfirmed/server-error", Status.STALE_DEAD, Outcome.SERVER_ERROR, DEAD, Transition.DIED),
        ("fresh/alive", Status.UNSUPPORTED, Outcome.GONE, DEAD, Transition.UNCOVERED),
        ("stale-dead/gone", Status.UNSUPPORTED, Outcome.GONE, DEAD, Transition.UNCOVERED),
        ("stale-dead/gone", Status.STALE_DEAD, Outcome.PARKED, DEAD, Transition.OTHER),
        ("fresh/alive", Status.STALE_DRIFTED, Outcome.ALIVE, None, Transition.DRIFTED),
        ("stale-dead/gone", Status.FRESH, Outcome.ALIVE, None, Transition.RECOVERED),
        ("unconfirmed/unreachable", Status.FRESH, Outcome.ALIVE, None, Transition.RECOVERED),
        ("fresh/alive", Status.UNCONFIRMED, Outcome.UNREACHABLE, None, Transition.FAILING),
        ("fresh/alive", Status.DUE, Outcome.ALIVE, None, Transition.OTHER),
        ("fresh/alive", Status.UNCONFIRMED, Outcome.BLOCKED, None, Transition.OTHER),
        ("due/gone", Status.PENDING, Outcome.GONE, DEAD, Transition.DIED),
        ("pending/gone", Status.STALE_DEAD, Outcome.GONE, DEAD, Transition.OTHER),
        ("pending/gone", Status.UNSUPPORTED, Outcome.GONE, DEAD, Transition.UNCOVERED),
        ("pending/malformed", Status.PENDING, Outcome.MALFORMED, None, None),
        (None, Status.FRESH, Outcome.ALIVE, None, Transition.ARRIVED),
        ("fresh/alive", Status.FRESH, Outcome.ALIVE, None, None),
    ],
)
def test_the_change_is_named(previous, status, outcome, history, expected):
    assert transition(case(previous, status, outcome, history)) is expected


def test_a_second_run_with_the_same_result_changes_nothing():
    for assessment in every_status():
        assert transition(replaced(assessment, previous=present(assessment))) is None


@pytest.mark.parametrize(
    ("last", "unresolved", "due"),
    [
        (None, 1, True),
        (None, 0, False),
        (NOW - dt.timedelta(days=6, hours=23), 5, False),
        (NOW - dt.timedelta(days=7), 5, True),
        (NOW - dt.timedelta(days=30), 0, False),
    ],
)
def test_a_reminder_comes_once_a_week_at_most(last, unresolved, due):
    assert reminder_due(NOW, last, unresolved) is due
