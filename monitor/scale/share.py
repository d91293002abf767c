"""The run's side: what is due is handed to the workers, and waited for.

The process that carries out the run (one at a time, `store/alone.py`) judges and publishes. It alone asks
archives, after the verdicts are out: one limiter for all workers.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from monitor.app import Session
from monitor.errors import StoreError, UsageError
from monitor.model.run import Report, Run
from monitor.run.cycle import go_on
from monitor.run.ports import Parts, RunOptions
from monitor.run.probe import Learnt
from monitor.scale.engine import Engine
from monitor.scale.lease import elapsed
from monitor.store.engine import libpq_arguments
from monitor.store.frontier import Frontier
from monitor.store.sql_store import SqlStore

WAITING = 1000
"""Hosts queued at a time: fetching one grows slower with those that wait."""
LOOK_EVERY_S = 0.5


def frontier_of(session: Session) -> Frontier:
    """Return the frontier of a session's database; UsageError where that is no PostgreSQL."""
    store = session.store
    if not isinstance(store, SqlStore) or store.engine.dialect.name != "postgresql":
        raise UsageError(
            'several workers need PostgreSQL: set database = "postgresql://USER@HOST/NAME", or leave '
            "`--engine` out"
        )
    return Frontier(store.engine, retry_s=session.config.postgresql.retry_s)


def engine_of(session: Session) -> Engine:
    """Return the queue of hosts in a session's database."""
    url = frontier_of(session).engine.url
    return Engine(libpq_arguments(url, session.config.postgresql))


@dataclass
class Sharing:
    """Hands out one run and waits for it; `resumed` where its sources are in the frontier already."""

    session: Session
    engine: Engine
    frontier: Frontier
    resumed: bool = False
    _left: dict[str, int] = field(default_factory=dict)

    async def probe(self, parts: Parts, run: Run, options: RunOptions, learnt: Learnt) -> str | None:
        """See `Probing`."""
        if not self.resumed:
            await self.frontier.fan_out(run, everything=options.everything)
        await self.frontier.clear(but=run)
        await self.engine.clear(run.id)
        done = sum(share.observed for share in (await self.frontier.shares(run)).values())
        left = await self.frontier.left(run)
        parts.progress.stage("checking", done + left)
        parts.progress.advance(done)
        said = {"evidence": options.evidence, "archives": options.archives.value}
        policy = self.session.config.scale
        moved_at, alone = elapsed(), False
        while left:
            try:
                await self.engine.rescue(policy.stalled_s)
                await self._feed(run, said)
                now_left = await self.frontier.left(run)
                workers = await self.engine.workers(policy.stalled_s)
            except StoreError as error:
                parts.progress.note(f"waiting for the database: {' '.join(str(error).split())[:200]}")
                await asyncio.sleep(4 * LOOK_EVERY_S)
                now_left, workers = left, 1
            if now_left < left:
                parts.progress.advance(left - now_left)
                left, moved_at = now_left, elapsed()
            if not workers and not alone:
                parts.progress.note("no worker is at work; start some with `monitor worker`")
            alone = not workers
            if elapsed() - moved_at > 60 * policy.patience_minutes:
                learnt.notes.append(f"{left} sources were left to the next night: no worker asked them")
                await self.frontier.clear()
                break
            await asyncio.sleep(LOOK_EVERY_S if left else 0)
        await self._sum_up(run, learnt)
        return None

    async def resume(self, options: RunOptions) -> Report:
        """Go on with the newest run whose starter died; UsageError where there is none."""
        run = await self.frontier.unfinished()
        if run is None:
            raise UsageError("there is no run to resume; start one without --resume")
        self.resumed = True
        parts = self.session.parts()
        self.session.formats.update({one.path: one.format for one in await parts.store.documents()})
        async with parts.store.alone():
            return await go_on(parts, run, options, self.probe)

    async def _feed(self, run: Run, said: Mapping[str, object]) -> None:
        """Keep enough hosts in the queue; a host whose job was lost comes again."""
        queued = await self.engine.waiting()
        if len(queued) > WAITING // 2:
            return
        if not self._left:
            self._left = await self.frontier.hosts(run)
        room = WAITING - len(queued)
        some = [host for host in self._left if host not in queued][:room]
        await self.engine.put(run.id, {host: self._left[host] for host in some}, said)
        self._left = {host: n for host, n in self._left.items() if host not in queued and host not in some}

    async def _sum_up(self, run: Run, learnt: Learnt) -> None:
        total: Counter[str] = Counter()
        for share in (await self.frontier.shares(run)).values():
            total.update(share.requests)
            learnt.notes += share.notes
        learnt.requests.update(total)


@asynccontextmanager
async def sharing(session: Session) -> AsyncIterator[Sharing]:
    """Open what a shared run needs; StoreError where the database cannot be used."""
    frontier = frontier_of(session)
    async with engine_of(session).opened() as engine:
        yield Sharing(session, engine, frontier)
