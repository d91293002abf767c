"""Whether the daemon does its work, from what it knows of its runs; pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor.model.run import Run
from monitor.model.wording import count


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What the daemon knows: the newest run and the newest complete one, and the run under way.

    `due` is the newest time at which a run should have begun; None before the first one.
    """

    now: datetime
    newest: Run | None
    complete: Run | None
    failed: str | None = None
    running_since: datetime | None = None
    due: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RunPatience:
    """How long a run may take, and how late a night may be, before something is wrong."""

    run: timedelta = timedelta(hours=20)
    late: timedelta = timedelta(hours=6)


def trouble(state: State, patience: RunPatience) -> str | None:
    """Return why the daemon does not do its work, and what to look at; None while it does."""
    if state.running_since is not None and state.now - state.running_since > patience.run:
        hours = int((state.now - state.running_since).total_seconds() // 3600)
        return f"a run hangs: it began {count(hours, 'hour')} ago ({state.running_since:%Y-%m-%d %H:%M} UTC)"
    if state.failed is not None:
        return f"the last run failed: {state.failed}"
    if state.newest is not None and state.newest.void:
        return f"the last run was void: {state.newest.void_reason or 'our own side failed'}"
    if state.complete is None and state.running_since is None:
        return "no complete run yet"
    if state.due is not None and state.running_since is None and state.complete is not None:
        begun = state.complete.started_at
        if begun < state.due and state.now - state.due > patience.late:
            return f"a night was missed: a run was due {state.due:%Y-%m-%d %H:%M} UTC, none is complete since"
    return None
