"""Runs that conclude nothing, and hosts that fail as one."""

import pytest

from monitor.judge.guard import void_reason
from monitor.judge.policy import JudgePolicy
from monitor.model.observation import Outcome
from tests.support.cases import seen

POLICY = JudgePolicy()


def probes(outcome, count, *, before=False, start=0, **more):
    return [(f"h{n}.example", seen(outcome, **more).observation, before) for n in range(start, start + count)]


def test_many_hosts_that_worked_failing_together_void_the_run():
    reason = void_reason([*probes(Outcome.UNREACHABLE, 30), *probes(Outcome.ALIVE, 70, start=30)], POLICY)
    assert reason is not None
    assert "30 of 100 hosts" in reason


@pytest.mark.parametrize(
    "night",
    [
        probes(Outcome.UNREACHABLE, 6) + probes(Outcome.ALIVE, 94, start=6),
        probes(Outcome.UNREACHABLE, 4),
        probes(Outcome.GONE, 50) + probes(Outcome.ALIVE, 50, start=50),
        probes(Outcome.BLOCKED, 100),
        probes(Outcome.UNREACHABLE, 80, before=True) + probes(Outcome.ALIVE, 20, start=80),
        probes(Outcome.UNREACHABLE, 60, before=True) + probes(Outcome.ALIVE, 40, start=60, before=True),
        [],
    ],
    ids=["ordinary weather", "too few to tell", "gone is not our fault", "blocked is not our fault",
         "failing before", "an old list on its first night", "nothing probed"],
)  # fmt: skip
def test_no_alarm(night):
    assert void_reason(night, POLICY) is None


def test_a_first_night_on_which_nearly_nothing_answers_is_void():
    night = probes(Outcome.UNREACHABLE, 97, before=True) + probes(Outcome.ALIVE, 3, start=97, before=True)
    assert "97 of 100" in (void_reason(night, POLICY) or "")


def test_a_host_counts_once_however_many_links_it_has():
    one_host = [("big.example", seen(Outcome.UNREACHABLE).observation, False)] * 500
    assert void_reason([*one_host, *probes(Outcome.ALIVE, 20)], POLICY) is None


def test_a_host_that_answers_somewhere_is_not_down():
    night = [*probes(Outcome.UNREACHABLE, 30), *probes(Outcome.ALIVE, 30)]
    assert void_reason(night, POLICY) is None


@pytest.mark.parametrize("cause", ["captive-network", "proxy-failed", "network-unreachable"])
def test_faults_of_our_own_network_count_though_no_page_was_checked(cause):
    night = probes(Outcome.UNCHECKED, 30, cause=cause) + probes(Outcome.ALIVE, 70, start=30)
    assert "30 of 100 hosts" in (void_reason(night, POLICY) or "")
    assert void_reason(probes(Outcome.UNCHECKED, 30, cause="upgrade-required"), POLICY) is None
