"""The capture ledger against Save Page Now 2: one submission, every state, refusals told apart."""

from collections import deque
from datetime import timedelta

import pytest

from monitor.model.snapshot import CaptureState
from monitor.model.source import Source
from monitor.model.values import replaced
from tests.support.archive_standin import Kept, StandIn
from tests.support.archive_trial import Time, archive_for
from tests.support.timeline_maker import NOW, Maker

MAKER = Maker(5, 5)
URL = MAKER.url
SOURCE = Source(URL, URL)
STAMP = f"{NOW + timedelta(seconds=20):%Y%m%d%H%M%S}"
KEYS = {"access_key": "k", "secret_key": "s"}


def rig(**policy):
    time = Time()
    standin = StandIn(monotonic=time.monotonic, save=7, status=30)
    return standin, archive_for(standin, time, **{**KEYS, **policy})


def script(standin, *states):
    """Let the job of our URL go through these states."""
    job = standin.answer("POST", f"{standin.base}/save", {"Authorization": "LOW k:s"}, f"url={URL}".encode())
    name = next(iter(standin.jobs))
    assert name in job.body.decode()
    standin.jobs[name] = deque({"job_id": name, **state} for state in states)
    standin.saves.clear()


PENDING = {"status": "pending", "resources": []}
SUCCESS = {"status": "success", "timestamp": STAMP, "original_url": URL, "http_status": 200}


async def test_requested_pending_saved_indexed_verified():
    standin, archive = rig()
    standin.add(Kept(url=URL, stamp=STAMP, body=MAKER.page()))
    script(standin, PENDING, PENDING, SUCCESS)
    capture = await archive.capture(SOURCE, NOW)
    assert (capture.state, capture.snapshot_url) == (
        CaptureState.VERIFIED,
        f"{standin.base}/web/{STAMP}/{URL}",
    )
    assert standin.saves == [URL]


async def test_a_saved_capture_that_is_not_visible_yet_is_followed_later():
    standin, archive = rig()
    script(standin, SUCCESS)
    capture = await archive.capture(SOURCE, NOW)
    assert (capture.state, capture.reason) == (CaptureState.SAVED, "not visible yet")
    standin.add(Kept(url=URL, stamp=STAMP, body=MAKER.page()))
    later = await archive.follow(capture, NOW + timedelta(days=1))
    assert later.state is CaptureState.VERIFIED
    assert standin.saves == [URL]


async def test_a_submission_that_timed_out_is_looked_up_and_never_repeated():
    standin, archive = rig()
    standin.faults["save"].append("hang*")
    capture = await archive.capture(SOURCE, NOW)
    assert capture.state is CaptureState.REQUESTED
    assert "outcome unknown" in capture.reason
    assert sum(pool == "save" for _, pool, _, _ in standin.log) == 1
    assert (await archive.follow(capture, NOW + timedelta(hours=1))).state is CaptureState.REQUESTED
    standin.add(Kept(url=URL, stamp=STAMP, body=MAKER.page()))
    assert (await archive.follow(capture, NOW + timedelta(days=1))).state is CaptureState.VERIFIED
    assert sum(pool == "save" for _, pool, _, _ in standin.log) == 1


async def test_pending_after_an_hour_is_not_polled_for_ever():
    standin, archive = rig(capture_wait_s=30.0)
    script(standin, PENDING)
    capture = await archive.capture(SOURCE, NOW)
    assert capture.state is CaptureState.PENDING
    polls = sum(pool == "status" for _, pool, _, _ in standin.log)
    assert polls == 5  # every 6 s for 30 s
    await archive.follow(capture, NOW + timedelta(hours=2))
    assert sum(pool == "status" for _, pool, _, _ in standin.log) == polls


@pytest.mark.parametrize(
    ("code", "kind"),
    [("blocked-url", "permanent"), ("user-session-limit", "passing"), ("too-many-daily-captures", "passing"), ("no-captures", "passing")],
)  # fmt: skip
async def test_refusals_come_with_status_200_and_are_told_apart(code, kind):
    standin, archive = rig()
    standin.save_answer = {"status": "error", "status_ext": f"error:{code}", "message": "No."}
    capture = await archive.capture(SOURCE, NOW)
    assert (capture.refusal, capture.reason) == (kind, f"{code} (No.)")
    assert await archive.follow(capture, NOW + timedelta(days=1)) == capture


async def test_a_recent_copy_is_as_good_as_a_save():
    standin, archive = rig()
    standin.save_answer = {
        "url": URL,
        "job_id": None,
        "message": "The same snapshot had been made 3 minutes ago.",
    }
    capture = await archive.capture(SOURCE, NOW)
    assert capture.state is CaptureState.REQUESTED
    recent = f"{NOW - timedelta(minutes=3):%Y%m%d%H%M%S}"
    standin.add(Kept(url=URL, stamp=recent, body=MAKER.page()))
    assert (await archive.follow(capture, NOW + timedelta(hours=3))).state is CaptureState.VERIFIED


async def test_no_keys_no_request_and_wrong_keys_are_a_refusal():
    standin, archive = rig(access_key=None, secret_key=None)
    assert (await archive.capture(SOURCE, NOW)).refusal == "no-keys"
    assert standin.log == []
    standin, archive = rig(secret_key="wrong")
    assert (await archive.capture(SOURCE, NOW)).refusal == "bad-keys"


async def test_a_capture_of_an_error_page_is_indexed_not_verified():
    standin, archive = rig()
    standin.add(Kept(url=URL, stamp=STAMP, status=404, body=b"<title>Not found</title>"))
    script(standin, SUCCESS)
    capture = await archive.capture(SOURCE, NOW)
    assert (capture.state, capture.reason) == (CaptureState.INDEXED, "archived HTTP 404")
    assert replaced(capture, state=CaptureState.VERIFIED) != capture
