"""When nights begin by themselves, `[schedule]`."""

from typing import TYPE_CHECKING, Annotated

from msgspec import Meta

from monitor.config_values import Policy, time_zone_fault

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


class SchedulePolicy(Policy, frozen=True, kw_only=True):
    """When `monitor serve` runs by itself. `cron` has five fields; `timezone` is an IANA name."""

    cron: Annotated[str, Meta(extra={"check": _cron_fault})] = NIGHTLY
    timezone: Annotated[str, Meta(extra={"check": time_zone_fault})] = "UTC"


def trigger(policy: SchedulePolicy) -> "CronTrigger":
    """Return the trigger of a schedule."""
    return _trigger(policy.cron, policy.timezone)
