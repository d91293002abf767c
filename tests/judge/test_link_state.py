"""Strikes, resets, blocks, archived evidence."""

import datetime as dt

import pytest

from monitor.judge.link_state import link_history
from monitor.judge.policy import JudgePolicy
from monitor.model.history import LinkState
from monitor.model.observation import Outcome
from monitor.model.snapshot import ArchivedRot
from tests.support.cases import NOW, at, seen

POLICY = JudgePolicy()
O = Outcome  # noqa: E741 - a table reads better narrow


def state(*rows, rot=None):
    return link_history(rows, rot, POLICY, NOW)


def failing(*days, outcome=O.GONE, **more):
    return [seen(outcome, d, **more) for d in days]


TABLE = [
    ("nothing seen", [], LinkState.UNKNOWN, 0),
    ("one failure", failing(0), LinkState.SUSPECT, 1),
    ("twice on one day is one strike", failing(-0.1, 0), LinkState.SUSPECT, 1),
    ("three days within a week", failing(-3, -2, 0), LinkState.SUSPECT, 3),
    ("two days a week apart", failing(-8, 0), LinkState.SUSPECT, 2),
    ("three days over a week", failing(-7, -3, 0), LinkState.DEAD, 3),
    ("410 twice over a week", failing(-7, 0, http_status=410), LinkState.DEAD, 2),
    ("410 twice within a week", failing(-6, 0, http_status=410), LinkState.SUSPECT, 2),
    ("no such domain, twice", failing(-7, 0, outcome=O.UNREACHABLE, cause="dns-not-found"), LinkState.DEAD, 2),
    ("no such name below a domain, twice", failing(-7, 0, outcome=O.UNREACHABLE, cause="dns-not-found", url="https://old.example.org/x"), LinkState.SUSPECT, 2),
    ("timeouts of all kinds count together", [*failing(-9, outcome=O.UNREACHABLE), *failing(-4, outcome=O.SERVER_ERROR), *failing(0)], LinkState.DEAD, 3),
    ("one good day resets", [*failing(-9, -5), seen(O.ALIVE, -3), *failing(0)], LinkState.SUSPECT, 1),
    ("blocks are no strikes", [*failing(-9, outcome=O.BLOCKED), *failing(-5, 0)], LinkState.SUSPECT, 2),
    ("a block does not reset", [*failing(-9, -5), seen(O.BLOCKED, -3), *failing(0)], LinkState.DEAD, 3),
    ("too many requests is no strike", [*failing(-9, outcome=O.RATE_LIMITED), *failing(-5, 0)], LinkState.SUSPECT, 2),
    ("void nights are no strikes", [seen(O.GONE, -9, void=True), *failing(-5, 0)], LinkState.SUSPECT, 2),
    ("a void good night does not reset", [*failing(-9, -5), seen(O.ALIVE, -3, void=True), *failing(0)], LinkState.DEAD, 3),
    ("one row of many days", [seen(O.GONE, -20, last=0, failed=(-20, -10, 0))], LinkState.DEAD, 3),
    ("a long row without its days", [seen(O.GONE, -20, last=0, times=9)], LinkState.SUSPECT, 2),
    ("back from the dead", [*failing(-30, -20, -10), seen(O.MOVED, 0)], LinkState.ALIVE, 0),
    ("blocked after failures", [*failing(-3, -2), seen(O.BLOCKED, 0)], LinkState.BLOCKED, 2),
    ("rate-limited after good", [seen(O.ALIVE, -3), seen(O.RATE_LIMITED, 0)], LinkState.ALIVE, 0),
    ("rate-limited after death", [*failing(-30, -20, -10), seen(O.RATE_LIMITED, 0)], LinkState.DEAD, 3),
    ("only rate-limited", [seen(O.RATE_LIMITED, 0)], LinkState.UNKNOWN, 0),
    ("unchecked says nothing", [seen(O.ALIVE, -3), seen(O.UNCHECKED, 0)], LinkState.ALIVE, 0),
    ("refused by our guard", [seen(O.REFUSED, 0)], LinkState.UNKNOWN, 0),
    ("soft 404 and parked count", [*failing(-8, outcome=O.SOFT_404), *failing(-4, outcome=O.PARKED), *failing(0)], LinkState.DEAD, 3),
]  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "expected", "strikes"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE]
)
def test_state(rows, expected, strikes):
    history = state(*rows)
    assert (history.state, history.strikes) == (expected, strikes)


def test_since_and_last_alive_name_the_right_days():
    history = state(seen(O.ALIVE, -30, last=-12), *failing(-5, -2))
    assert (history.since, history.last_alive_at, history.dead_between) == (at(-5), at(-12), None)
    history = state(seen(O.ALIVE, -30, last=-12), *failing(-9, -5, 0))
    assert history.dead_between == (at(-12), at(-9))
    history = state(seen(O.ALIVE, -30), seen(O.BLOCKED, -8), seen(O.BLOCKED, -2))
    assert history.since == at(-8)


ROT = ArchivedRot(
    last_good=dt.datetime(2014, 3, 2, tzinfo=dt.UTC),
    first_bad=dt.datetime(2015, 1, 7, tzinfo=dt.UTC),
    failures=3,
)


def test_archived_failures_date_a_death_on_the_first_night():
    history = state(*failing(0), rot=ROT)
    assert history.state is LinkState.DEAD
    assert history.dead_between == (ROT.last_good, ROT.first_bad)


@pytest.mark.parametrize(
    ("rows", "rot", "expected"),
    [
        ([seen(O.ALIVE)], ROT, LinkState.ALIVE),
        ([seen(O.BLOCKED)], ROT, LinkState.BLOCKED),
        ([], ROT, LinkState.UNKNOWN),
        (
            failing(0),
            ArchivedRot(last_good=ROT.last_good, first_bad=ROT.first_bad, failures=1),
            LinkState.SUSPECT,
        ),
        (failing(0), ArchivedRot(last_good=ROT.last_good, first_bad=at(-3), failures=4), LinkState.SUSPECT),
        (failing(0), ArchivedRot(last_good=ROT.last_good), LinkState.SUSPECT),
        ([seen(O.ALIVE, -20), *failing(0)], ROT, LinkState.SUSPECT),
        (failing(0), ArchivedRot(first_bad=ROT.first_bad, failures=2), LinkState.DEAD),
    ],
    ids=[
        "alive now",
        "blocked now",
        "never seen",
        "one capture",
        "too young",
        "no failure",
        "alive since",
        "never good",
    ],
)
def test_archived_failures_prove_nothing_against_later_evidence(rows, rot, expected):
    assert state(*rows, rot=rot).state is expected


def test_a_death_seen_by_both_is_bounded_by_the_narrowest_dates():
    rot = ArchivedRot(last_good=at(-300), first_bad=at(-100), failures=2)
    history = state(seen(O.ALIVE, -200, last=-150), *failing(0), rot=rot)
    assert history.dead_between == (at(-150), at(-100))


def test_figures_count_probes_and_changes_of_text():
    rows = [
        seen(O.ALIVE, -100, last=-60, times=3, changes=1, fingerprint="b"),
        seen(O.SERVER_ERROR, -50),
        seen(O.ALIVE, -40, last=-20, times=2, fingerprint="c"),
        seen(O.UNCHECKED, 0),
    ]
    history = state(*rows)
    assert (history.observations, history.changes, history.observed_days) == (6, 2, 80.0)
