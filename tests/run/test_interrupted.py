"""Runs that are cut off in an outage of our own: nothing that lives may ever be called dead for it."""

import asyncio
import datetime as dt
import pickle
import random
from collections import Counter
from collections.abc import AsyncIterable, AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, field

import pytest

from monitor.app import open_session
from monitor.check.interface import CheckReport, CheckRequest
from monitor.config import Config
from monitor.judge.guard import Guard
from monitor.judge.judge import Judge
from monitor.judge.policy import JudgePolicy
from monitor.model.citation import Citation, Extraction, with_keys
from monitor.model.document import Span
from monitor.model.history import LinkState
from monitor.model.observation import Observation, Outcome
from monitor.model.run import DocumentSummary, Run
from monitor.model.values import replaced
from monitor.run import probe
from monitor.run.assess import assess
from monitor.run.cycle import execute
from monitor.run.ports import Parts, RunOptions
from monitor.run.unfinished import settle_unfinished
from monitor.store.sql_store import open_store
from tests.support.lengths import seeds

START = dt.datetime(2026, 3, 1, 3, 0, tzinfo=dt.UTC)
SPAN = Span(start=0, end=1, line=1, column=1, byte_start=0, byte_end=1)
WEATHER = (
    (Outcome.UNREACHABLE, "dns-timeout", None),
    (Outcome.UNREACHABLE, "connect-timeout", None),
    (Outcome.SERVER_ERROR, "server-error", 502),
)


class Killed(BaseException):
    """The process is gone: nothing is written any more, not even on the way out."""


class NoEdits:
    """Finds nothing to edit in any document."""

    def __call__(self, _assessment):
        return None

    def made_from(self, _path):
        return None


@dataclass
class Quiet:
    notes: list[str] = field(default_factory=list)

    def stage(self, name, total=None):
        pass

    def expect(self, total):
        pass

    def advance(self, steps=1):
        pass

    def note(self, message):
        self.notes.append(message)


@dataclass
class Web:
    """Hosts that live or are gone, and a network of ours that may fail after some probes, and come back."""

    gone: frozenset[str] = frozenset()
    fails_from: int | None = None
    works_from: int | None = None
    probes: int = 0
    asked: int = 0
    seed: int = 0

    @property
    def down(self):
        from_, until = self.fails_from, self.works_from
        return from_ is not None and self.probes >= from_ and (until is None or self.probes < until)

    async def connected(self):
        self.asked += 1
        return "none of the sentinels answered" if self.down else None

    async def check(self, requests: AsyncIterable[CheckRequest]) -> AsyncIterator[CheckReport]:
        chance = random.Random(self.seed)
        async for request in requests:
            bad = self.down or request.source.host_key in self.gone
            outcome, cause, status = chance.choice(WEATHER) if bad else (Outcome.ALIVE, None, 200)
            self.probes += 1
            yield CheckReport(
                observation=Observation(
                    source=request.source.canonical_url, url=request.source.url, observed_at=self.now,
                    outcome=outcome, cause=cause, http_status=status,
                )
            )  # fmt: skip

    now: dt.datetime = START


class Mortal:
    """A store whose process is killed after so many batches of results."""

    def __init__(self, store, batches, *, torn=False):
        self._store, self._left, self._torn = store, batches, torn

    def __getattr__(self, name):
        wanted = getattr(self._store, name)
        if name not in ("record", "settle", "finish", "record_findings", "vouch"):
            return wanted

        async def write(*words, **more):
            if name == "record":
                self._left -= 1
            if self._left < 0 or (self._left == 0 and name == "settle"):
                self._left = -1
                raise Killed
            return await wanted(*words, **more)

        return write


class Kept(list):
    """Assessments of a small report."""

    def bare_body(self, assessment):
        return pickle.dumps(assessment)

    def add_body(self, body, _mark, **_about):
        self.append(pickle.loads(body))  # noqa: S301 - of our own


def parts(store, web, seed=0):
    return Parts(
        store=store,
        checker=web,
        archive=None,
        guard=Guard(JudgePolicy()),
        judging=lambda: Judge(JudgePolicy(), random.Random(seed).random),
        drift=lambda _then, _now: pytest.fail("nothing is compared here"),
        amend=NoEdits(),
        spool=Kept,
        clock=lambda: web.now,
        progress=Quiet(),
    )


def documents(hosts, links):
    citations = with_keys(
        Citation(document="list.md", span=replaced(SPAN, line=n + 1), url=f"https://h{n % hosts}.example/{n}")
        for n in range(links)
    )
    summary = DocumentSummary(path="list.md", format="markdown", title=None, citations=links)
    return [(summary, Extraction(document="list.md", format="markdown", citations=citations))]


async def carry_out(store, web, day, read, name="run", **options):
    web.now = START + dt.timedelta(days=day)
    run = Run(id=f"{name}-{day}", started_at=web.now, now=web.now)
    return await execute(parts(store, web), run, read, RunOptions(everything=True, **options))


async def cut_off(store, web, day, read, batches, **more):
    """Carry out a run that is killed after so many batches; where a sentinel ends it first, it is void."""
    try:
        report = await carry_out(Mortal(store, batches), web, day, read, **more)
    except (Killed, BaseExceptionGroup):
        return
    assert report.run.void


def states(report):
    return Counter(one.history.state for one in report.assessments)


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch):
    """Let some sixty sources be written in several transactions, so that there is a between to be killed in."""
    monkeypatch.setattr(probe, "BATCH", 50)


@pytest.fixture
async def store(tmp_path):
    opened = await open_store(f"sqlite:///{tmp_path / 'monitor.db'}", lambda: START)
    yield opened
    await opened.close()


@pytest.mark.parametrize("seed", seeds(12, 50))
async def test_outages_that_are_cut_off_bury_nobody(store, seed):
    """Four nights or more on which our network fails and the run is killed, at any point, and more between."""
    chance = random.Random(seed)
    links = chance.choice([60, 60, 110])
    hosts = chance.choice([3, 20, 60])
    read = documents(hosts, links)
    await carry_out(store, Web(), 0, read)
    day = 0
    for _ in range(chance.randint(4, 5)):
        day += chance.randint(1, 5)
        fails_from = chance.choice([0, 1, links // 3, links - 1])
        web = Web(fails_from=max(fails_from, 1), seed=seed)
        # A sentinel that still answers (another road out) must not be what saves the living.
        if chance.random() < 0.5:
            web.connected = Web().connected
        name = chance.choice(["run", "again"])
        await cut_off(store, web, day, read, chance.randint(0, links // 50), name=name)
        if chance.random() < 0.3:  # resumed, and cut off once more
            await cut_off(store, web, day, read, chance.randint(0, links // 50), name=name)
        if chance.random() < 0.3:  # somebody looks at the report meanwhile
            judged = parts(store, web)
            await settle_unfinished(judged)
            looked = Run(id="run-0", started_at=START, now=web.now)
            report = await assess(judged, looked, record=False)
            assert states(report)[LinkState.DEAD] == 0
    report = await carry_out(store, Web(), day + 1, read)
    assert states(report) == {LinkState.ALIVE: links}
    assert await store.unfinished() == ()


async def test_the_dead_still_die_over_nights_that_are_cut_off_after_the_sentinels_answered(store):
    read = documents(20, 60)
    gone = frozenset({"h3.example"})
    await carry_out(store, Web(), 0, read)
    for day in (1, 4, 9):
        report = await carry_out(store, Web(gone=gone), day, read)
    assert states(report) == {LinkState.DEAD: 3, LinkState.ALIVE: 57}


async def test_a_good_night_that_is_cut_off_keeps_what_it_learnt(store):
    read = documents(20, 120)
    await carry_out(store, Web(), 0, read)
    await cut_off(store, Web(), 20, read, 1)
    await settle_unfinished(parts(store, Web()))
    seen = [(await store.history(f"https://h{n % 20}.example/{n}"))[-1].times for n in range(120)]
    assert Counter(seen) == {2: 50, 1: 70}


async def test_the_sentinels_are_asked_at_the_start_in_between_and_at_the_end(store):
    read = documents(60, 240)
    quiet = Web()
    await carry_out(store, quiet, 0, read)
    assert quiet.asked == 2  # it opens and closes the night
    web = Web(fails_from=100)
    report = await carry_out(store, web, 1, read)
    assert report.run.void
    assert "sentinels" in (report.run.void_reason or "")
    assert web.probes < 240
    assert states(report) == {LinkState.ALIVE: 240}


async def test_an_outage_at_the_very_end_voids_the_run(store):
    read = documents(60, 240)
    await carry_out(store, Web(), 0, read)
    report = await carry_out(store, Web(fails_from=238), 1, read)
    assert report.run.void


async def test_an_outage_that_passes_unseen_by_the_sentinels_is_seen_by_the_guard(store):
    read = documents(60, 240)
    await carry_out(store, Web(), 0, read)
    web = Web(fails_from=20, works_from=239)
    web.connected = Web().connected
    report = await carry_out(store, web, 1, read)
    assert report.run.void
    assert "hosts that answered before failed together" in (report.run.void_reason or "")


async def test_a_night_on_which_only_hosts_known_to_fail_are_due_is_not_void(store):
    read = documents(11, 11)
    gone = frozenset(f"h{n}.example" for n in range(11))
    await carry_out(store, Web(), 0, read)
    # They fall one after the other, so that no night looks like an outage.
    for day, fallen in enumerate((4, 8, 11), start=1):
        await carry_out(store, Web(gone=frozenset(sorted(gone)[:fallen])), day, read)
    for day in (5, 8, 12):
        report = await carry_out(store, Web(gone=gone), day, read)
        assert not report.run.void
    assert states(report) == {LinkState.DEAD: 11}


async def test_a_run_that_is_cancelled_leaves_nothing_that_counts(store):
    read = documents(60, 240)
    await carry_out(store, Web(), 0, read)
    web = Web(fails_from=1)
    web.connected = Web().connected
    for day in (1, 4, 9):
        task = asyncio.create_task(carry_out(store, web, day, read))
        while web.probes < 60:
            await asyncio.sleep(0)
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        web.probes = 1
    report = await carry_out(store, Web(), 10, read)
    assert states(report) == {LinkState.ALIVE: 240}


async def test_a_report_judges_a_run_that_was_cut_off_and_lets_one_under_way_be(tmp_path):
    path = tmp_path / "monitor.db"
    other = await open_store(str(path), lambda: START)
    read = documents(20, 60)
    await carry_out(other, Web(), 0, read)
    await cut_off(other, Web(), 1, read, 1)
    (left,) = await other.unfinished()
    config = Config(database=str(path))
    async with open_session(config, Quiet(), now=START + dt.timedelta(days=2)) as session:
        async with other.alone():
            await session.report()
            assert await other.unfinished() == (left,)
        await session.report()
        assert await other.unfinished() == ()
    await other.close()
