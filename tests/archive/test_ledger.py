"""Nothing is asked of the archive twice, however often a night asks for it."""

from datetime import timedelta
from typing import Any

import pytest

from monitor.archive.interface import Archive
from monitor.model.snapshot import CaptureRefusal, CaptureState
from monitor.model.source import Source
from tests.support.archive_standin import Kept, StandIn
from tests.support.archive_timelines import NOW
from tests.support.archive_trial import Notebook, Time, archive_for
from tests.support.page_texts import document

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
