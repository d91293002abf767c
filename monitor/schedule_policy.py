"""When nights begin by themselves, `[schedule]`."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from monitor.config_values import time_zone_fault

if TYPE_CHECKING:
    from apscheduler.triggers.cron import CronTrigger

NIGHTLY = "17 3 * * *"


def _cron_fault(text: str) -> str | None:
    """Say why a text is no cron expression, or None; most have the default, and load no library for it."""
    try:
        if text != NIGHTLY:
            _trigger(text, "UTC")
    except (ValueError, LookupError) as error:
        return f"{text!r}: {error}; cron has five fields, as in {NIGHTLY!r}"
    return None


def _trigger(cron: str, timezone: str) -> "CronTrigger":
    from apscheduler.triggers.cron import CronTrigger

    made: CronTrigger = CronTrigger.from_crontab(cron, timezone=timezone)
    return made


@dataclass(frozen=True, slots=True, kw_only=True)
class SchedulePolicy:
    """When `monitor serve` runs by itself. `cron` has five fields; `timezone` is an IANA name."""

    cron: str = field(default=NIGHTLY, metadata={"check": _cron_fault})
    timezone: str = field(default="UTC", metadata={"check": time_zone_fault})


def trigger(policy: SchedulePolicy) -> "CronTrigger":
    """Return the trigger of a schedule."""
    return _trigger(policy.cron, policy.timezone)
