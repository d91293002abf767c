"""The guard against concluding from our own trouble (docs/design.md#the-guard-against-our-own-trouble).

Where many hosts that worked before fail together, the fault is ours, and the run is void.
"""

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from monitor.judge.policy import JudgePolicy
from monitor.model.observation import OUR_NETWORK, Observation, Outcome

_OURS = frozenset({Outcome.UNREACHABLE, Outcome.SERVER_ERROR})
"""Outcomes that a broken network, resolver or proxy of our own can cause; a 404 never is."""


_UNASKED = frozenset({Outcome.UNCHECKED, Outcome.MALFORMED, Outcome.UNSUPPORTED, Outcome.REFUSED})
"""Outcomes that say nothing of any network."""


@dataclass(slots=True)
class _Host:
    failing: int = 0
    working_before: int = 0
    probes: int = 0


def void_reason(probes: Iterable[tuple[str, Observation, bool]], policy: JudgePolicy) -> str | None:
    """Return why a run is void, in a sentence, or None.

    Each probe is (host key, observation, failing before); a source never seen before counts as failing
    before, so that a first night in an old collection, where much is dead, is not taken for an outage.
    """
    hosts: defaultdict[str, _Host] = defaultdict(_Host)
    for name, observation, failing_before in probes:
        ours = observation.cause in OUR_NETWORK
        if observation.outcome in _UNASKED and not ours:
            continue
        host = hosts[name]
        host.probes += 1
        host.failing += ours or observation.outcome in _OURS
        host.working_before += not failing_before
    worked = [host for host in hosts.values() if host.working_before]
    fell = sum(1 for host in worked if host.failing == host.probes)
    if fell >= policy.guard_hosts and fell > max(
        policy.guard_share * len(worked), _by_chance(len(worked), policy)
    ):
        return (
            f"{fell} of {len(worked)} hosts that answered before failed together, which points at this "
            "side's network; check the connection and run again."
        )
    down = sum(1 for host in hosts.values() if host.failing == host.probes)
    if not worked and down >= policy.guard_hosts and down > policy.guard_first_share * len(hosts):
        return (
            f"{down} of {len(hosts)} hosts could not be reached, which points at this side's network; "
            "check the connection and run again."
        )
    return None


def _by_chance(hosts: int, policy: JudgePolicy) -> float:
    """Return how many of so many hosts may fail on an ordinary night: the usual share and four deviations.

    On a night with few sources due, a fifth of the hosts is soon a handful.
    """
    share = policy.guard_usual_share
    return hosts * share + 4 * math.sqrt(hosts * share * (1 - share))
