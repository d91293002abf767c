import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from monitor.schedule_policy import SchedulePolicy, trigger
from monitor.scheduler import Nightly, missed

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
DAILY = SchedulePolicy(cron="17 3 * * *")


@pytest.mark.parametrize(
    ("last", "late"),
    [
        (None, True),
        (NOW.replace(hour=3, minute=17), False),
        (NOW.replace(hour=3, minute=16), True),
        (NOW - timedelta(days=1), True),
        (NOW - timedelta(days=400), True),
        (NOW - timedelta(hours=1), False),
    ],
)
def test_a_missed_night_is_noticed(last, late):
    assert missed(trigger(DAILY), last, NOW) is late


def test_a_schedule_in_another_zone_is_read_there():
    tokyo = trigger(SchedulePolicy(cron="0 4 * * *", timezone="Asia/Tokyo"))
    assert missed(tokyo, datetime(2026, 11, 20, 18, 59, tzinfo=UTC), NOW)
    assert not missed(tokyo, datetime(2026, 11, 20, 19, 1, tzinfo=UTC), NOW)


async def test_a_missed_night_runs_at_once_and_never_twice_at_a_time(caplog):
    running = most = runs = 0
    release = asyncio.Event()

    async def night() -> None:
        nonlocal running, most, runs
        running, runs = running + 1, runs + 1
        most = max(most, running)
        await release.wait()
        running -= 1

    nightly = Nightly(DAILY, night)
    now = datetime.now(UTC)
    assert nightly.start(None, now)
    while not runs:
        await asyncio.sleep(0.01)
    nightly.fire(datetime.now(UTC))
    await asyncio.sleep(0.2)
    assert (runs, most) == (1, 1)
    assert [one.getMessage().partition(";")[0] for one in caplog.records] == [
        "a night is due while the last one is under way still"
    ]
    release.set()
    await asyncio.sleep(0.05)
    nightly.stop()


async def test_without_a_missed_night_it_waits_for_the_next():
    async def night() -> None:
        raise AssertionError("too early")

    nightly = Nightly(DAILY, night)
    now = datetime.now(UTC)
    assert not nightly.start(now, now)
    assert nightly.next_run is not None
    assert nightly.next_run > now
    await asyncio.sleep(0.05)
    nightly.stop()


async def test_the_newest_night_is_found_where_an_autumn_repeats_an_hour():
    async def job():
        pass

    nightly = Nightly(SchedulePolicy(cron="30 2 * * *", timezone="Europe/Berlin"), job)
    second = datetime(2027, 10, 31, 1, 30, tzinfo=UTC)
    assert nightly.last_due(second + timedelta(minutes=1)).astimezone(UTC) == second
    later = second + timedelta(days=3)
    assert nightly.last_due(later).astimezone(UTC) == later
