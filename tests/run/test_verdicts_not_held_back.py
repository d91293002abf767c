"""What waits for archives holds up nothing else: in virtual time, with an archive that takes its time."""

import asyncio

import pytest

from monitor.model.archive_use import ArchiveUse
from monitor.model.run import Run
from monitor.model.snapshot import ArchiveAnswer
from monitor.model.values import replaced
from monitor.run.coverage import HELD_BACK_S, Waits
from monitor.run.learnt import Learnt
from monitor.run.network import Network
from monitor.run.ports import RunOptions
from monitor.run.probe import probe
from tests.run.test_interrupted import START, Web, documents, parts
from tests.support.progress import Noted
from tests.support.virtual_time import run_virtual

LINKS = 600
ANSWER_S = 10.0


class SlowArchive:
    """An archive that looks up 24 sources a minute, four at a time."""

    name, pace = "wayback", 24.0

    def __init__(self):
        self.asked = 0

    async def look_up(self, question):
        if not question.kept_only:
            self.asked += 1
            await asyncio.sleep(ANSWER_S)
        return ArchiveAnswer(source=question.source.canonical_url, results={})


class Vouched:
    """A store of which only this is asked here."""

    async def vouch(self, run, at):
        pass


class Held:
    """The sources that are due, and when their results came."""

    def __init__(self, due):
        self._due, self.at = due, []

    async def due(self):
        for one in self._due:
            yield one

    async def record(self, results):
        self.at += [asyncio.get_running_loop().time()] * len(results)


class Paced(Web):
    """A web that answers ten sources a second."""

    async def check(self, requests):
        async for report in super().check(requests):
            await asyncio.sleep(0.1)
            yield report


async def night(due, options):
    web, archive, loop = Paced(gone=frozenset({"h0.example"})), SlowArchive(), asyncio.get_running_loop()
    made = replaced(parts(Vouched(), web), archive=archive, progress=Noted(), monotonic=loop.time)
    run, work = Run(id="r", started_at=START, now=START), Held(due)
    waits = Waits(made.progress, archive.pace, loop.time)
    reason = await probe(made, run, options, Learnt(waits=waits), Network(made, run), work, total=len(due))
    assert reason is None
    assert len(work.at) == len(due)
    return work.at, archive.asked, made.progress.notes


@pytest.fixture
async def due(tmp_path):
    from monitor.store.sql_store import open_store

    store = await open_store("sqlite:///:memory:", lambda: START)
    run = Run(id="r", started_at=START, now=START)
    await store.begin(run)
    await store.put_documents(run, documents(hosts=4, links=LINKS))
    found = [one async for one in store.due(START, everything=True)]
    await store.close()
    return found


def test_a_night_with_many_failures_is_not_held_back(due):
    at, asked, _ = run_virtual(night(due, RunOptions(archives=ArchiveUse.NEEDED, spread=True, guard=False)))
    checking = LINKS / 10
    assert sum(one <= checking + 1 for one in at) >= LINKS - 60, "what needs no archive is there at once"
    assert max(at) <= checking + HELD_BACK_S + ANSWER_S + 1
    assert asked >= 4 * checking / ANSWER_S, "archives were asked meanwhile"


def test_a_check_that_asks_for_all_says_early_how_many_wait_and_for_how_long(due):
    at, asked, notes = run_virtual(night(due, RunOptions(archives=ArchiveUse.ALL, guard=False)))
    assert asked == LINKS
    assert max(at) == pytest.approx(LINKS / 24 * 60, rel=0.05)
    assert notes[0] == "600 look-ups wait for the archives: about 25 min"
