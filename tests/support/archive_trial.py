"""Runs timelines through an archive and says where its answers are wrong."""

from monitor.archive.interface import LookUp
from monitor.archive.policy import ArchivePolicy
from monitor.archive.registry import build_archive
from monitor.model.snapshot import SnapshotWanted
from monitor.model.source import Source
from monitor.model.urls import canonical_url
from monitor.model.values import replaced
from tests.support.archive_server import InProcess
from tests.support.archive_standin import StandIn, surt
from tests.support.timeline_maker import NOW


class Notebook:
    """A Memory in a dict."""

    def __init__(self):
        self.pools, self.answers = {}, {}

    async def load_pool(self, archive, pool):
        return self.pools.get((archive, pool))

    async def save_pool(self, state):
        self.pools[state.archive, state.pool] = state

    async def recall(self, archive, question):
        return self.answers.get((archive, question))

    async def remember(self, archive, question, answer, at):
        self.answers[archive, question] = answer, at


class Time:
    """A clock that moves when told or slept on."""

    def __init__(self, start=NOW):
        self.start, self.now = start, 0.0

    def clock(self):
        from datetime import timedelta

        return self.start + timedelta(seconds=self.now)

    def monotonic(self):
        return self.now

    def advance(self, seconds):
        self.now += seconds

    async def sleep(self, seconds):
        import asyncio

        self.now += seconds
        await asyncio.sleep(0)


def policy_for(standin, **changes):
    """Return a policy whose endpoints are the stand-in's."""
    base = standin.base
    own = replaced(
        ArchivePolicy().wayback,
        cdx_url=f"{base}/cdx/search/cdx",
        replay_url=f"{base}/web",
        availability_url=f"{base}/wayback/available",
        save_url=f"{base}/save",
        **changes,
    )
    return ArchivePolicy(wayback=own)


def archive_for(standin, time, *, fetcher=None, memory=None, **changes):
    return build_archive(
        policy_for(standin, **changes),
        lambda _: fetcher or InProcess(standin, time.advance),
        memory if memory is not None else Notebook(),
        clock=time.clock,
        sleep=time.sleep,
        monotonic=time.monotonic,
    )


def question(timeline, **more):
    wanted = [
        SnapshotWanted(
            key=str(number),
            access_date=cited.date,
            quote=cited.quote,
            title=cited.title,
            archive_url=cited.archive_url,
        )
        for number, cited in enumerate(timeline.cited)
    ]
    source = Source(canonical_url=canonical_url(timeline.url), url=timeline.url)
    return LookUp(source=source, wanted=wanted, now=NOW, **more)


def load(standin, timeline):
    for capture in timeline.captures:
        standin.add(capture)
    if timeline.excluded:
        standin.excluded.add(surt(timeline.url))
    for mark in timeline.marks:
        getattr(standin, mark).add(surt(timeline.url))
    if timeline.excuse:
        standin.excuses[surt(timeline.url)] = timeline.excuse
    standin.silent_availability = timeline.silent_availability
    for pool, kinds in timeline.faults.items():
        standin.faults[pool, surt(timeline.url)].extend(kinds)


def faults_of(timeline, answer):
    """Return what is wrong with an answer, in words; empty if all is right."""
    wrong = []
    for number, cited in enumerate(timeline.cited):
        got = answer.results[str(number)]
        stamp = f"{got.snapshot.timestamp:%Y%m%d%H%M%S}" if got.snapshot else None
        if got.coverage.value not in cited.coverage:
            wrong.append(
                f"{timeline.family} {number}: {got.coverage} ({got.reason}), not {set(cited.coverage)}"
            )
        elif cited.stamps is not None and stamp not in cited.stamps:
            wrong.append(f"{timeline.family} {number}: {stamp}, not {set(cited.stamps)}")
        elif cited.verified is not None and cited.verified != bool(got.snapshot and got.snapshot.verified):
            wrong.append(f"{timeline.family} {number}: verified is {not cited.verified}")
    return wrong


async def try_all(timelines, *, more=None, **changes):
    """Return (faults by timeline, answers, stand-in) for timelines asked in process."""
    time = Time()
    standin = StandIn(monotonic=time.monotonic, **changes.pop("limits", {}))
    for timeline in timelines:
        load(standin, timeline)
    archive = archive_for(standin, time, **changes)
    answers = [await archive.look_up(question(timeline, **(more or {}))) for timeline in timelines]
    return [faults_of(t, a) for t, a in zip(timelines, answers, strict=True)], answers, standin
