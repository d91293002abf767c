"""The same look-ups through the real transport, over http and TLS, by several workers at once."""

import asyncio
import ssl
import time
from datetime import UTC, datetime

import pytest
import trustme

from monitor.fetch.aiohttp_fetcher import AiohttpFetcher
from monitor.fetch.policy import FetchPolicy
from tests.support.archive_server import served
from tests.support.archive_standin import StandIn
from tests.support.archive_timelines import FAMILIES, timelines
from tests.support.archive_trial import Notebook, archive_for, faults_of, load, question


class RealTime:
    clock = staticmethod(lambda: datetime.now(UTC))
    monotonic = staticmethod(time.monotonic)
    sleep = staticmethod(asyncio.sleep)


def secure(folder):
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    authority.cert_pem.write_to_path(folder / "ca.pem")
    return context, str(folder / "ca.pem")


@pytest.mark.parametrize("scheme", ["http", "https"])
async def test_timelines_over_sockets(scheme, tmp_path):
    context, ca_file = secure(tmp_path) if scheme == "https" else (None, None)
    made = timelines(len(FAMILIES), seed=31)
    standin = StandIn(monotonic=time.monotonic)
    for timeline in made:
        load(standin, timeline)
    standin.block_s = 0.2
    fetcher = AiohttpFetcher(FetchPolicy(allow_private_addresses=True, ca_file=ca_file))
    async with served(standin, context):
        archive = archive_for(
            standin,
            RealTime,
            fetcher=fetcher,
            memory=Notebook(),
            retry_wait_s=0.01,
            timeout_s=0.8,
            block_s=0.25,
            cdx_per_minute=6000,
            replay_per_minute=6000,
            availability_per_minute=6000,
        )
        queue = list(made)
        wrong = []

        async def work():
            while queue:
                timeline = queue.pop()
                wrong.extend(faults_of(timeline, await archive.look_up(question(timeline))))

        await asyncio.gather(*(work() for _ in range(4)))
        await fetcher.close()
    assert wrong == []
    assert standin.violations == []


async def test_a_refused_connection_stops_the_run_and_the_next_one():
    standin, memory = StandIn(base="http://127.0.0.1:9"), Notebook()
    made = timelines(2, seed=1)
    for run in range(2):
        fetcher = AiohttpFetcher(FetchPolicy(allow_private_addresses=True))
        archive = archive_for(standin, RealTime, fetcher=fetcher, memory=memory)
        answers = [await archive.look_up(question(timeline)) for timeline in made]
        await fetcher.close()
        assert [r.coverage for a in answers for r in a.results.values()] == ["unknown", "unknown"]
        assert all("refused" in a.error for a in answers)
        assert sum(a.requests for a in answers) == (1 if run == 0 else 0)
    assert not memory.answers
