"""After a shared run archives are asked by the process that judges, and the night is published once more."""

import asyncio
import json

import pytest

from monitor.commands.night import nightly, spread
from monitor.scale.share import engine_of, frontier_of
from monitor.scale.worker import HostWorker
from tests.scale.night import PAGE, Web, folder, opened
from tests.support.archive_server import served
from tests.support.archive_standin import Kept, StandIn

pytestmark = pytest.mark.slow

GONE = "http://h4.example/9"
ARCHIVE = """[archive]
minutes_per_night = 5
[archive.wayback]
cdx_url = "{0}/cdx/search/cdx"
replay_url = "{0}/web"
availability_url = "{0}/wayback/available"
cdx_per_minute = 600
"""


def published(night):
    report = json.loads((night / "reports" / "report.json").read_text())
    return {one["url"]: one for one in report["citations"]}


async def test_workers_ask_no_archive_and_what_one_answers_later_is_published(tmp_path, postgres_server):
    web = Web()
    night = folder(tmp_path, postgres_server(), sources=10, hosts=5, gap_s=0.0, stalled_s=60.0)
    kept = Kept(url=GONE, stamp="20260304120000", body=PAGE.format(9, "<p>It stood idle.</p>").encode())
    config = night / "config.toml"
    try:
        async with served(StandIn([kept], cdx=600)) as archive:
            words = config.read_text().replace("[archive]\nenabled = false\n", ARCHIVE.format(archive.base))
            config.write_text(words)
            async with opened(night, web) as (session, *_), opened(night, web) as (other, *_):
                worker = HostWorker(other, engine_of(other), frontier_of(other), "second")
                working = asyncio.create_task(worker.work())
                judged = await nightly(session)
                worker.stop()
                await working
                before, asked = published(night), len(archive.log)
                stands = await spread(session, judged)
                again = await spread(session, stands)
    finally:
        web.close()
    assert (asked, before[GONE]["coverage"], before[GONE]["outcome"]) == (0, "unknown", "gone")
    after = published(night)
    assert len(archive.log) >= 10
    assert after[GONE]["coverage"] == "near"
    assert "20260304120000" in after[GONE]["snapshot"]["url"]
    assert {one["coverage"] for url, one in after.items() if url != GONE} == {"none"}
    assert again is stands, "what was answered is not asked again"
