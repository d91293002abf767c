"""What one worker writes: never a failure that its own network may have caused."""

import asyncio

import pytest

from monitor.model.run import Run
from monitor.model.source import Source
from monitor.run.ports import RunOptions
from monitor.scale.pipeline import GaveUpError, Pipeline
from monitor.store.interface import DueSource
from tests.run.test_interrupted import START, Web, parts
from tests.support.virtual_time import run_virtual

VOUCH_S = 10.0


class Frontier:
    """Keeps what is written, and when."""

    def __init__(self):
        self.written = {}

    async def vouch(self, run, at):
        pass

    async def record(self, run, results, worker, note):
        now = asyncio.get_running_loop().time()
        self.written |= {one.source.url: (one.observation.outcome.failing, now) for one in results}


def due(number):
    url = f"https://h{number}.example/{number}"
    return DueSource(source=Source(url, url), citations=(), previous=None)


async def asked(web, numbers):
    """Let a worker ask; return what it wrote, and why it gave up, if it did."""
    frontier = Frontier()
    run = Run(id="run", started_at=START, now=START)
    one = Pipeline(
        parts(frontier, web), run, RunOptions(remembered=True), frontier, worker="one", vouch_s=VOUCH_S
    )
    reason = None
    try:
        await one.ask([due(number) for number in numbers])
    except GaveUpError as error:
        reason = str(error)
    await one.close()
    with pytest.raises(GaveUpError):
        await one.ask([due(99)])
    return {url.rpartition("/")[2]: told for url, told in frontier.written.items()}, reason


def test_a_failure_is_written_once_the_sentinels_have_answered_after_it():
    web = Web(gone=frozenset({"h3.example"}))
    written, reason = run_virtual(asked(web, range(6)))
    assert {name: failing for name, (failing, _) in written.items()} == {
        str(number): number == 3 for number in range(6)
    }
    assert reason is None
    assert web.asked == 2
    assert written["3"][1] >= VOUCH_S > written["2"][1]


@pytest.mark.parametrize("fails_from", range(1, 6))
def test_a_worker_whose_network_dies_writes_what_lived_and_gives_up_the_rest(fails_from):
    web = Web(fails_from=fails_from)
    written, reason = run_virtual(asked(web, range(6)))
    assert sorted(written) == [str(number) for number in range(fails_from)]
    assert not any(failing for failing, _ in written.values())
    assert "none of the sentinels answered" in reason


def test_a_worker_without_network_from_the_first_writes_nothing():
    written, reason = run_virtual(asked(Web(fails_from=0), range(6)))
    assert (written, reason) == ({}, "none of the sentinels answered")
