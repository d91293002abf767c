"""The guard against concluding from our own trouble (docs/design.md#the-guard-against-our-own-trouble).

Where many hosts that worked before fail together, the fault is ours, and the run is void. What failed
before tells nothing of our network: of a night on which only such hosts are due, the sentinels judge.
"""

import math
from collections.abc import Iterable

from monitor.judge.policy import JudgePolicy
from monitor.model.observation import DOUBTFUL, OUR_NETWORK, UNASKED, Observation
from monitor.model.run import HostNight

_MOST_FALLEN = 100
"""Hosts that fell after which the sentinels are asked again, however bad the weather was so far."""


def void_reason(nights: Iterable[HostNight], policy: JudgePolicy) -> str | None:
    """Return why a run is void, in a sentence, or None.

    A source never seen before counts as no baseline, so that a first night in an old collection, where
    much is dead, is not taken for an outage.
    """
    worked = fell = fresh = down = 0
    for night in nights:
        failed = night.failing == night.probes
        if night.working_before:
            worked += 1
            fell += failed
        elif not night.known_before:
            fresh += 1
            down += failed
    if fell >= policy.guard_hosts and fell > max(policy.guard_share * worked, _by_chance(worked, policy)):
        return (
            f"{fell} of {worked} hosts that answered before failed together, which points at this "
            "side's network; check the connection and run again."
        )
    if not worked and down >= policy.guard_hosts and down > policy.guard_first_share * fresh:
        return (
            f"{down} of {fresh} hosts could not be reached, which points at this side's network; "
            "check the connection and run again."
        )
    return None


def _by_chance(hosts: int, policy: JudgePolicy) -> float:
    """Return how many of so many hosts may fail on an ordinary night: the usual share and four deviations.

    On a night with few sources due, a fifth of the hosts is soon a handful.
    """
    share = policy.guard_usual_share
    return hosts * share + 4 * math.sqrt(hosts * share * (1 - share))


class Watch:
    """Says, while a run goes on, when so many hosts fell that the sentinels should be asked again.

    Each time they answer, as many more must fall before they are asked anew: an old list with much dead
    must not turn into a load on them. What failed before tells nothing and is not counted.
    """

    def __init__(self, policy: JudgePolicy) -> None:
        self._policy = policy
        self._needed = policy.guard_hosts
        self._seen: set[str] = set()
        self._fell: set[str] = set()

    def saw(self, host: str, seen: Observation, *, failing_before: bool) -> bool:
        """Count one probe; tell whether the share of failing hosts has jumped."""
        ours = seen.cause in OUR_NETWORK
        if (seen.outcome in UNASKED and not ours) or failing_before:
            return False
        self._seen.add(host)
        if seen.outcome not in DOUBTFUL and not ours:
            self._fell.discard(host)
            return False
        self._fell.add(host)
        fell = len(self._fell)
        return fell >= self._needed and fell > self._policy.guard_share * len(self._seen)

    def vouched(self) -> None:
        """Begin anew: the sentinels answered."""
        self._needed = min(2 * self._needed, max(_MOST_FALLEN, self._policy.guard_hosts))
        self._seen.clear()
        self._fell.clear()


class Guard:
    """The guard bound to a policy, as a run calls it."""

    def __init__(self, policy: JudgePolicy) -> None:
        self._policy = policy

    def void_reason(self, nights: Iterable[HostNight]) -> str | None:
        """Return why a run over these hosts is void, or None."""
        return void_reason(nights, self._policy)

    def watch(self) -> Watch:
        """Return what watches one run for an outage of our own."""
        return Watch(self._policy)
