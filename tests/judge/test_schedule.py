"""When a source is looked at again."""

import random

import pytest

from monitor.judge.judge import Judge
from monitor.judge.policy import JudgePolicy
from monitor.model.history import Recheck
from monitor.model.observation import Outcome
from monitor.model.snapshot import ArchivedRot
from tests.support.cases import NOW, at, case, seen

O = Outcome  # noqa: E741 - a table reads better narrow


def wait(*rows, chance=0.0, **more):
    due = Judge(JudgePolicy(), lambda: chance).next_check(rows, more.get("rot"), NOW)
    return (due - NOW).total_seconds() / 86400


@pytest.mark.parametrize(
    ("rows", "days"),
    [
        ([seen(O.GONE, 0)], 1),
        ([seen(O.GONE, -1), seen(O.GONE, 0)], 1),
        ([seen(O.GONE, -3), seen(O.GONE, 0)], 2),
        ([seen(O.GONE, -5), seen(O.GONE, 0)], 2),
        ([seen(O.GONE, -8), seen(O.GONE, 0)], 1),
        ([seen(O.BLOCKED)], 30),
        ([seen(O.RATE_LIMITED)], 1),
        ([seen(O.RATE_LIMITED, retry_after_s=3 * 86400.0)], 3),
        ([seen(O.RATE_LIMITED, retry_after_s=1e9)], 30),
        ([seen(O.MALFORMED)], 90),
        ([seen(O.UNCHECKED)], 0),
        ([seen(O.UNCHECKED, cause="captive-network")], 0),
        ([seen(O.UNCHECKED, cause="upgrade-required")], 30),
        ([], 0),
        ([seen(O.GONE, d) for d in (-20, -15, -10, 0)], 30),
        ([seen(O.GONE, d) for d in (-120, -50, 0)], 60),
        ([seen(O.GONE, d) for d in (-999, -500, 0)], 90),
    ],
)
def test_each_state_has_its_wait(rows, days):
    assert wait(*rows) == pytest.approx(days, abs=0.01)


def test_suspects_are_seen_on_days_1_3_and_7_after_the_first_failure_and_half_way():
    rows, day, visits = [seen(O.GONE, 0)], 0.0, []
    for _ in range(5):
        due = Judge(JudgePolicy(), random.random).next_check(rows, None, at(day))
        day = (due - NOW).total_seconds() / 86400
        visits.append(round(day, 3))
        rows.append(seen(O.GONE, day))
    assert visits == [1, 2, 3, 5, 7]


def test_the_living_are_spread_over_two_to_four_weeks():
    waits = [wait(seen(O.ALIVE), chance=c / 100) for c in range(100)]
    assert min(waits) == pytest.approx(14)
    assert 27 < max(waits) <= 28


def test_a_page_that_often_changes_is_seen_more_often_than_one_that_never_does():
    lively = seen(O.ALIVE, -200, last=0, times=12, changes=11)
    still = seen(O.ALIVE, -200, last=0, times=12)
    assert wait(lively, chance=0.5) == 14
    assert wait(still, chance=0.5) > 20


def test_the_archives_word_makes_a_dead_link_rare_at_once():
    rot = ArchivedRot(last_good=at(-2000), first_bad=at(-1500), failures=3)
    assert wait(seen(O.GONE), rot=rot) == 90


def test_a_dead_link_is_never_given_up():
    assert wait(*(seen(O.GONE, -5000 + 100 * n) for n in range(51)), chance=0.99) < 100


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ([], Recheck.UNASKED),
        ([seen(O.UNCHECKED)], Recheck.UNASKED),
        ([seen(O.UNCHECKED, cause="upgrade-required")], Recheck.OUR_LIMIT),
        ([seen(O.RATE_LIMITED)], Recheck.RATE_LIMITED),
        ([seen(O.MALFORMED)], Recheck.UNREQUESTABLE),
        ([seen(O.GONE, 0)], Recheck.FAILING),
        ([seen(O.GONE, d) for d in (-20, -15, -10, 0)], Recheck.DEAD),
        ([seen(O.BLOCKED)], Recheck.BLOCKED),
        ([seen(O.ALIVE)], Recheck.LIVING),
    ],
)
def test_why_it_waits_is_told(rows, why):
    judge = Judge(JudgePolicy(), lambda: 0.0)
    told = case(*rows)
    history, _ = judge.judge(told, NOW)
    assert judge.recheck(told, history) is why
