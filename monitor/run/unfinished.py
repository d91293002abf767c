"""Runs that were cut off: what they left is judged before anything is concluded from it.

An outage that ends with a power loss or a kill leaves failures that no guard has seen. The store counts
nothing of such a run until it is settled here, at the next start or by `monitor report`.
"""

from collections.abc import Sequence

from monitor.model.observation import DOUBTFUL
from monitor.model.run import HostNight
from monitor.model.values import replaced
from monitor.run.ports import Parts


async def settle_unfinished(parts: Parts) -> None:
    """Judge every run that never reached the guard; whoever calls this holds the right to carry out a run.

    The guard may declare it void. Otherwise it stands, except for failures that our own network could
    have caused and that came after the sentinels last answered: nobody can tell those any more.
    """
    for run in await parts.store.unfinished():
        nights = await parts.store.host_nights(run)
        reason = parts.guard.void_reason(nights)
        if reason is None:
            await parts.store.set_aside(run, DOUBTFUL, run.vouched_at)
        await parts.store.settle(replaced(run, void=reason is not None, void_reason=reason))
        parts.progress.note(f"the run begun at {run.started_at:%Y-%m-%d %H:%M} {_outcome(nights, reason)}")


def _outcome(nights: Sequence[HostNight], reason: str | None) -> str:
    if not nights:  # killed while it read, or ended by what it read: it may have said so itself
        return "ended before a source answered"
    return f"was cut off: it {'is void' if reason else 'counts, but for failures that may have been our own'}"
