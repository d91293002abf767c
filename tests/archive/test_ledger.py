"""Nothing is asked of the archive twice, however often a night asks for it."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from monitor.archive.interface import Archive
from monitor.model.snapshot import CaptureRefusal, CaptureState
from monitor.model.source import Source
from tests.support.archive_standin import Kept, StandIn
from tests.support.archive_trial import Notebook, Time, archive_for
from tests.support.page_texts import document
from tests.support.timeline_maker import NOW

URL = "http://shore.example.org/log"
SOURCE = Source(URL, URL)
DAY = timedelta(days=1)
TODAY = {"status": "error", "status_ext": "error:too-many-daily-captures", "message": "Try again tomorrow."}
NEVER = {"status": "error", "status_ext": "error:blocked-url", "message": "This address is blocked."}


def rig(memory: Notebook, **changes: Any) -> tuple[StandIn, Archive]:
    time = Time()
    standin = StandIn(monotonic=time.monotonic)
    keys = {"access_key": "k", "secret_key": "s", "capture_wait_s": 5.0}
    return standin, archive_for(standin, time, memory=memory, **{**keys, **changes})


async def test_a_second_night_follows_instead_of_asking_again() -> None:
    memory = Notebook()
    standin, archive = rig(memory)
    first = await archive.capture(SOURCE, NOW)
    assert first.state is CaptureState.PENDING
    standin.add(Kept(url=URL, stamp=f"{NOW + timedelta(minutes=2):%Y%m%d%H%M%S}", body=document()))
    second = await archive.capture(SOURCE, NOW + DAY)
    assert second.state is CaptureState.VERIFIED
    assert standin.saves == [URL]
    assert (await archive.capture(SOURCE, NOW + 2 * DAY)) == second
    assert standin.saves == [URL]


async def test_a_temporary_refusal_is_asked_again_the_next_day_only() -> None:
    standin, archive = rig(Notebook())
    standin.save_answer = TODAY
    for hours in (0, 5, 23):
        made = await archive.capture(SOURCE, NOW + timedelta(hours=hours))
        assert made.state is CaptureState.REFUSED
    assert standin.saves == [URL]
    await archive.capture(SOURCE, NOW + timedelta(hours=25))
    assert standin.saves == [URL, URL]


async def test_a_permanent_refusal_is_final() -> None:
    standin, archive = rig(Notebook())
    standin.save_answer = NEVER
    for days in (0, 1, 30, 400):
        made = await archive.capture(SOURCE, NOW + days * DAY)
        assert made.state is CaptureState.REFUSED
        assert "blocked-url" in (made.reason or "")
    assert standin.saves == [URL]


async def test_a_timed_out_submission_is_never_sent_again() -> None:
    memory = Notebook()
    standin, archive = rig(memory)
    standin.faults["save"].append("hang*")
    for days in range(4):
        await archive.capture(SOURCE, NOW + days * DAY)
    assert sum(pool == "save" for _, pool, _, _ in standin.log) == 1


async def test_a_process_that_dies_while_asking_has_left_its_line() -> None:
    class DyingError(Exception):
        pass

    memory = Notebook()
    standin, archive = rig(memory)

    def die(*_: object) -> None:
        raise DyingError

    answer, standin.answer = standin.answer, die
    with pytest.raises(DyingError):
        await archive.capture(SOURCE, NOW)
    standin.answer = answer
    _, later = rig(memory)
    assert (await later.capture(SOURCE, NOW + DAY)).state is CaptureState.REQUESTED
    assert standin.saves == []


async def test_a_day_has_its_share_of_captures() -> None:
    memory = Notebook()
    standin, archive = rig(memory)
    standin.save_answer = {
        "url": URL,
        "job_id": None,
        "message": "The same snapshot had been made 3 minutes ago.",
    }
    sources = [Source(f"{URL}/{n}", f"{URL}/{n}") for n in range(104)]
    made = [await archive.capture(source, NOW) for source in sources]
    refused = [one for one in made if one.state is CaptureState.REFUSED]
    assert len(standin.saves) == 100
    assert len(refused) == 4
    assert all(one.refusal is CaptureRefusal.DAY_SPENT for one in refused)
    await archive.capture(sources[-1], NOW + DAY)
    assert len(standin.saves) == 101


@pytest.mark.parametrize(
    "url",
    [
        "https://web.archive.org/web/2011/http://a.example/",
        "https://archive.ph/AbCd1",
        "https://perma.cc/AB12-CD34",
    ],
)
async def test_a_copy_is_never_submitted_for_copying(url: str) -> None:
    standin, archive = rig(Notebook())
    made = await archive.capture(Source(url, url), NOW)
    assert made.refusal is CaptureRefusal.PERMANENT
    assert standin.log == []


async def test_without_keys_nothing_is_sent_and_keys_set_later_count() -> None:
    memory = Notebook()
    standin, archive = rig(memory, access_key=None)
    assert (await archive.capture(SOURCE, NOW)).refusal is CaptureRefusal.NO_KEYS
    assert standin.saves == []
    standin, archive = rig(memory)
    await archive.capture(SOURCE, NOW)
    assert standin.saves == [URL]


async def test_a_process_killed_while_waiting_for_the_limit_has_asked_for_nothing() -> None:
    memory = Notebook()
    time = Time()
    standin = StandIn(monotonic=time.monotonic)
    keys = {"access_key": "k", "secret_key": "s", "save_per_minute": 1, "capture_wait_s": 0.0}
    await archive_for(standin, time, memory=memory, **keys).capture(Source(f"{URL}/1", f"{URL}/1"), NOW)
    asleep = asyncio.Event()

    async def sleep(_: float) -> None:
        asleep.set()
        await asyncio.Event().wait()

    time.sleep = sleep  # type: ignore[method-assign]
    waiting = asyncio.create_task(archive_for(standin, time, memory=memory, **keys).capture(SOURCE, NOW))
    await asleep.wait()
    waiting.cancel()
    await asyncio.wait([waiting])
    assert standin.saves == [f"{URL}/1"]
    later, archive = rig(memory)
    assert (await archive.capture(SOURCE, NOW + timedelta(hours=1))).job is not None
    assert later.saves == [URL]


async def test_a_capture_nothing_came_of_is_given_up_and_may_be_asked_again() -> None:
    memory = Notebook()
    standin, archive = rig(memory)
    first = await archive.capture(SOURCE, NOW)
    assert first.state is CaptureState.PENDING
    assert (await archive.follow(first, NOW + 6 * DAY)).state is CaptureState.PENDING
    lost = await archive.follow(first, NOW + 8 * DAY)
    assert lost.state is CaptureState.LOST
    assert "given up after 7 days" in (lost.reason or "")
    assert await archive.follow(lost, NOW + 9 * DAY) == lost
    await archive.capture(SOURCE, NOW + 9 * DAY)
    assert standin.saves == [URL, URL]


async def test_refused_day_after_day_is_refused_for_good() -> None:
    standin, archive = rig(Notebook())
    standin.save_answer = TODAY
    made = [await archive.capture(SOURCE, NOW + 2 * days * DAY) for days in range(9)]
    assert len(standin.saves) == 5
    assert made[-1].refusal is CaptureRefusal.PERMANENT
    assert "refused on 5 days, the last time with too-many-daily-captures" in (made[-1].reason or "")


async def test_keys_that_were_mended_count_at_once() -> None:
    memory = Notebook()
    _, archive = rig(memory, secret_key="wrong")
    assert (await archive.capture(SOURCE, NOW)).refusal is CaptureRefusal.BAD_KEYS
    _, archive = rig(memory)
    assert (await archive.capture(SOURCE, NOW + timedelta(hours=1))).state is CaptureState.PENDING


async def test_what_was_never_sent_does_not_spend_the_days_share() -> None:
    memory = Notebook()
    _, keyless = rig(memory, access_key=None)
    for number in range(120):
        await keyless.capture(Source(f"{URL}/{number}", f"{URL}/{number}"), NOW)
    standin, archive = rig(memory)
    assert (await archive.capture(SOURCE, NOW)).state is CaptureState.PENDING
    assert standin.saves == [URL]


async def test_the_same_snapshot_ends_as_that_snapshot() -> None:
    standin, archive = rig(Notebook())
    made_at = NOW - timedelta(hours=20)
    standin.add(Kept(url=URL, stamp=f"{made_at:%Y%m%d%H%M%S}", body=document()))
    standin.save_answer = {
        "url": URL,
        "job_id": None,
        "message": "The same snapshot had been made 20 hours ago.",
    }
    made = await archive.capture(SOURCE, NOW)
    assert (made.state, made.timestamp) == (CaptureState.VERIFIED, made_at)
