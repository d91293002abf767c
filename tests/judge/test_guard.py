"""Runs that conclude nothing, and hosts that fail as one."""

import pytest

from monitor.judge.guard import Watch, void_reason
from monitor.judge.policy import JudgePolicy
from monitor.model.observation import Outcome
from monitor.model.run import HostNight
from tests.support.cases import seen

POLICY = JudgePolicy()


def night(first, count, *, failing, before="working", links=1):
    """So many hosts from number `first` on, each with so many links that failed or not, working before or not."""
    return [
        HostNight(
            host=f"h{number}.example",
            probes=links,
            failing=links if failing else 0,
            working_before=links if before == "working" else 0,
            known_before=0 if before == "unseen" else links,
        )
        for number in range(first, first + count)
    ]


def test_many_hosts_that_worked_failing_together_void_the_run():
    reason = void_reason([*night(0, 30, failing=True), *night(30, 70, failing=False)], POLICY)
    assert reason is not None
    assert "30 of 100 hosts" in reason


@pytest.mark.parametrize(
    "hosts",
    [
        night(0, 6, failing=True) + night(6, 94, failing=False),
        night(0, 4, failing=True),
        night(0, 100, failing=False),
        night(0, 80, failing=True, before="failing") + night(80, 20, failing=False),
        night(0, 60, failing=True, before="unseen") + night(60, 40, failing=False, before="unseen"),
        night(0, 11, failing=True, before="failing"),
        night(0, 11, failing=True, before="failing") + night(11, 4, failing=True, before="unseen"),
        [],
    ],
    ids=["ordinary weather", "too few to tell", "nothing that could be our fault", "failing before",
         "an old list on its first night", "only hosts known to fail are due", "and a few new ones that fail",
         "nothing probed"],
)  # fmt: skip
def test_no_alarm(hosts):
    assert void_reason(hosts, POLICY) is None


def test_a_first_night_on_which_nearly_nothing_answers_is_void():
    hosts = night(0, 97, failing=True, before="unseen") + night(97, 3, failing=False, before="unseen")
    assert "97 of 100" in (void_reason(hosts, POLICY) or "")


def test_hosts_known_to_fail_do_not_hide_that_every_new_one_fails():
    hosts = night(0, 500, failing=True, before="failing") + night(500, 20, failing=True, before="unseen")
    assert "20 of 20" in (void_reason(hosts, POLICY) or "")


def test_a_host_counts_once_however_many_links_it_has():
    one_host = night(0, 1, failing=True, links=500)
    assert void_reason([*one_host, *night(1, 20, failing=False)], POLICY) is None


def test_a_host_that_answers_somewhere_is_not_down():
    hosts = [
        HostNight(host=f"h{n}.example", probes=2, failing=1, working_before=2, known_before=2)
        for n in range(30)
    ]
    assert void_reason(hosts, POLICY) is None


def seen_as(outcome, cause=None):
    return seen(outcome, cause=cause).observation


def asked(watch, outcomes, *, failing_before=False, vouch=True):
    """Return after which probes, each of another host, the sentinels are asked; they answer each time."""
    places = []
    for number, outcome in enumerate(outcomes):
        if watch.saw(f"h{number}.example", seen_as(outcome), failing_before=failing_before):
            places.append(number)
            if vouch:
                watch.vouched()
    return places


def test_the_sentinels_are_asked_when_hosts_begin_to_fail_together():
    night = [Outcome.ALIVE] * 10 + [Outcome.UNREACHABLE] * 5
    assert asked(Watch(POLICY), night) == [14]


@pytest.mark.parametrize(
    ("outcomes", "failing_before"),
    [
        ([Outcome.ALIVE] * 30 + [Outcome.UNREACHABLE] * 6, False),
        ([Outcome.UNREACHABLE] * 50, True),
        ([Outcome.GONE] * 50, False),
        ([Outcome.UNREACHABLE] * 4, False),
        ([Outcome.MALFORMED] * 50, False),
    ],
    ids=["weather", "failing before", "gone", "too few", "no host was asked"],
)
def test_the_sentinels_are_left_alone(outcomes, failing_before):
    assert asked(Watch(POLICY), outcomes, failing_before=failing_before) == []


def test_a_captive_network_is_seen_though_no_page_was_checked():
    watch = Watch(POLICY)
    asked_again = [
        watch.saw(f"h{n}.example", seen_as(Outcome.UNCHECKED, "captive-network"), failing_before=False)
        for n in range(5)
    ]
    assert asked_again == [False] * 4 + [True]


def test_an_old_list_with_much_dead_does_not_turn_into_a_load_on_the_sentinels():
    night = [Outcome.UNREACHABLE, Outcome.ALIVE] * 5000
    assert len(asked(Watch(POLICY), night)) < 60


def test_a_host_that_answers_again_has_not_fallen():
    watch = Watch(POLICY)
    for number in range(4):
        watch.saw(f"h{number}.example", seen_as(Outcome.SERVER_ERROR), failing_before=False)
    watch.saw("h0.example", seen_as(Outcome.ALIVE), failing_before=False)
    assert not watch.saw("h4.example", seen_as(Outcome.SERVER_ERROR), failing_before=False)
    assert watch.saw("h5.example", seen_as(Outcome.SERVER_ERROR), failing_before=False)
