"""When a source is probed next: durable, jittered, never "never".

See docs/design.md#when-a-source-is-asked-again.
"""

import datetime as dt
import math

from monitor.judge.change_rate import change_rate
from monitor.judge.policy import JudgePolicy
from monitor.model.history import LinkHistory, LinkState, Recheck
from monitor.model.observation import OUR_LIMITS, Observation, Outcome
from monitor.model.ports import Chance
from monitor.model.site import is_local

_UNREQUESTABLE = frozenset({Outcome.MALFORMED, Outcome.UNSUPPORTED, Outcome.REFUSED})
_BY_STATE = {
    LinkState.SUSPECT: Recheck.FAILING,
    LinkState.DEAD: Recheck.DEAD,
    LinkState.BLOCKED: Recheck.BLOCKED,
}


def next_check(
    history: LinkHistory, observation: Observation, policy: JudgePolicy, now: dt.datetime, chance: Chance
) -> dt.datetime:
    """Return when to probe next, given the judged history and the newest observation."""
    return now + dt.timedelta(days=_days(history, observation, policy, now, chance))


def recheck(history: LinkHistory, observation: Observation, policy: JudgePolicy) -> Recheck:
    """Return which of the waits a source is in; the first that holds."""
    outcome = observation.outcome
    if is_local(observation.url):
        return Recheck.LOCAL
    if outcome is Outcome.UNCHECKED:
        # What this program does not speak it will not speak tomorrow either.
        return Recheck.OUR_LIMIT if observation.cause in OUR_LIMITS else Recheck.UNASKED
    if outcome is Outcome.RATE_LIMITED:
        return Recheck.RATE_LIMITED
    if outcome in _UNREQUESTABLE:
        return Recheck.UNREQUESTABLE
    if history.state in _BY_STATE:
        return _BY_STATE[history.state]
    return Recheck.CHANGES if _rate(history, policy) else Recheck.LIVING


def _days(
    history: LinkHistory, observation: Observation, policy: JudgePolicy, now: dt.datetime, chance: Chance
) -> float:
    match recheck(history, observation, policy):
        case Recheck.UNASKED | Recheck.LOCAL:
            return 0.0
        case Recheck.OUR_LIMIT:
            return policy.recheck_blocked_days
        case Recheck.RATE_LIMITED:
            asked = (observation.retry_after_s or 0.0) / 86400
            return min(max(policy.recheck_limited_days, asked), policy.recheck_blocked_days)
        case Recheck.UNREQUESTABLE:
            return policy.recheck_unrequestable_days
        case Recheck.FAILING:
            return _suspect(history, policy, now)
        case Recheck.DEAD:
            return _dead(history, policy, now, chance)
        case Recheck.BLOCKED:
            return policy.recheck_blocked_days * (1 + 0.1 * chance())
        case Recheck.CHANGES | Recheck.LIVING:
            return _alive(history, policy, chance)


def _suspect(history: LinkHistory, policy: JudgePolicy, now: dt.datetime) -> float:
    """Return the days until the next step after the first failure; past the last step, daily.

    The policy names three steps; a look half-way between them costs next to nothing, for most suspects
    recover at the first. Without it, where one probe in 16 fails by chance, one of 4,000 living links
    would be called dead in a year.
    """
    one, two, three = (
        policy.recheck_suspect_1_days,
        policy.recheck_suspect_2_days,
        policy.recheck_suspect_3_days,
    )
    steps = (one, (one + two) / 2, two, (two + three) / 2, three)
    passed = (now - (history.since or now)).total_seconds() / 86400
    # Nights are not exactly a day apart: a step due within the next hours is this night's own.
    ahead = [step - passed for step in steps if step - passed > 0.25]
    return min(ahead, default=float(one))


def _dead(history: LinkHistory, policy: JudgePolicy, now: dt.datetime, chance: Chance) -> float:
    """Return a wait that grows with the time dead: the longer gone, the rarer the return."""
    gone = (now - (history.since or now)).total_seconds() / 86400
    wait = min(max(gone / 2, policy.recheck_dead_min_days), policy.recheck_dead_max_days)
    return wait * (1 + 0.1 * chance())


def _rate(history: LinkHistory, policy: JudgePolicy) -> float | None:
    """Return how often a link changes, once enough of it is known."""
    return change_rate(history) if history.observations >= policy.limit_observations else None


def _alive(history: LinkHistory, policy: JudgePolicy, chance: Chance) -> float:
    """Return a wait within the policy's bounds: spread evenly until the link's own change rate is known."""
    low, high = sorted((policy.recheck_alive_min_days, policy.recheck_alive_max_days))
    rate = _rate(history, policy)
    if not rate:
        return low + (high - low) * chance()
    # A quarter of the half-life keeps most changes from passing between two looks.
    wanted = min(max(math.log(2) / rate / 4, low), high)
    return min(max(wanted * (0.9 + 0.2 * chance()), low), high)
