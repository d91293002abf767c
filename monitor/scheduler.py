"""The nightly trigger: APScheduler, one instance, coalesced, and a missed night is caught up with.

A cron expression cannot say "was due while we were off", so the daemon asks at its start: if the
last run began before the newest past fire time, a run begins at once.
"""

import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

from apscheduler.events import EVENT_JOB_MAX_INSTANCES, JobSubmissionEvent
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.cron import CronTrigger

from monitor.schedule_policy import SchedulePolicy, trigger

JOB = "nightly"
_LOOK_BACK = timedelta(days=8)
"""How far a missed night is looked for: a weekly schedule must be found, a yearly one need not."""


_LOG = logging.getLogger(__name__)
_THEIRS = logging.getLogger(f"{__name__}.apscheduler")
_THEIRS.setLevel(logging.ERROR)  # what it would warn of is said in our words


def _skipped(_event: JobSubmissionEvent) -> None:
    _LOG.warning("a night is due while the last one is under way still; it is left out, not begun beside it")


def missed(when: CronTrigger, last_started: datetime | None, now: datetime) -> bool:
    """Tell whether a fire time passed since the last run began (or ever, if none did)."""
    if last_started is None:
        return True
    after = max(last_started, now - _LOOK_BACK).astimezone(UTC)
    due: datetime | None = when.get_next_fire_time(None, after + timedelta(seconds=1))
    return due is not None and due <= now


class Nightly:
    """Fires one coroutine at the scheduled times and on demand, never twice at once."""

    def __init__(self, policy: SchedulePolicy, job: Callable[[], Awaitable[None]]) -> None:
        self._trigger = trigger(policy)
        self._scheduler = AsyncIOScheduler(logger=_THEIRS)
        self._scheduler.add_listener(_skipped, EVENT_JOB_MAX_INSTANCES)
        self._job = job

    def start(self, last_started: datetime | None, now: datetime) -> bool:
        """Begin to fire; return whether a missed night is caught up with right away."""
        late = missed(self._trigger, last_started, now)
        self._scheduler.add_job(
            self._job,
            self._trigger,
            id=JOB,
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
            **({"next_run_time": now} if late else {}),
        )
        self._scheduler.start()
        return late

    def last_due(self, now: datetime) -> datetime | None:
        """Return the newest time within the last days at which a run was due; None if there was none."""
        due: datetime | None = None
        following = self._trigger.get_next_fire_time(None, now - _LOOK_BACK)
        while following is not None and following <= now:
            due = following
            # In UTC: in the hour that an autumn repeats, local time plus a second may be no later.
            after = following.astimezone(UTC) + timedelta(seconds=1)
            following = self._trigger.get_next_fire_time(following, after)
        return due

    @property
    def next_run(self) -> datetime | None:
        """Return the next fire time."""
        job = self._scheduler.get_job(JOB)
        return job.next_run_time if job else None

    def fire(self, now: datetime) -> None:
        """Make the job due at once."""
        self._scheduler.modify_job(JOB, next_run_time=now)

    def stop(self) -> None:
        """Fire no more; a run in progress is the caller's to end."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
