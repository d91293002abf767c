"""The run's side: what is due is handed to the workers, and waited for.

The process that carries out the run (one at a time, `store/alone.py`) judges and publishes. It alone asks
archives, after the verdicts are out: one limiter for all workers.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

from monitor.app import Session
from monitor.errors import StoreError, UsageError
from monitor.model.run import Report, Run
from monitor.run.cycle import go_on
from monitor.run.learnt import Learnt
from monitor.run.ports import Parts, RunOptions
from monitor.scale.engine import BATCHES_AT_ONCE, Engine
from monitor.scale.lease import elapsed
from monitor.store.engine import libpq_arguments
from monitor.store.frontier import Frontier
from monitor.store.sql_store import SqlStore

LOOK_EVERY_S, LONGEST_LOOK_S, LOOK_SHARE = 0.5, 5.0, 0.02
"""How often it is looked how far a run is: the longer it lasts, the less a moment at its end matters."""
TEND_EVERY_S = 2.0
"""How often the queue is looked after: batches for every worker, and hosts of those that died."""


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

    async def probe(self, parts: Parts, run: Run, options: RunOptions, learnt: Learnt) -> str | None:
        """See `Probing`."""
        if self.resumed:
            left = await self.frontier.line_up(run)
        else:
            left = await self.frontier.fan_out(run, everything=options.everything)
        await self.frontier.clear(but=run)
        await self.engine.clear(but=run.id)
        observed = (await self.frontier.standing(run)).observed
        parts.progress.stage("checking", observed + left)
        parts.progress.advance(observed)
        said = {"evidence": options.evidence, "archives": options.archives.value}
        policy = self.session.config.scale
        begun = moved_at = elapsed()
        tended_at, look_s, alone = float("-inf"), LOOK_EVERY_S, False
        while left:
            try:
                standing = await self.frontier.standing(run)
                if not standing.unasked:
                    break
                if elapsed() - tended_at >= min(max(TEND_EVERY_S, look_s), policy.stalled_s / 4):
                    tended_at = elapsed()
                    workers = await self._tend(run, said, unheld=standing.unheld)
                    if not workers and not alone:
                        parts.progress.note("no worker is at work; start some with `monitor worker`")
                    alone = not workers
            except StoreError as error:
                parts.progress.note(f"waiting for the database: {' '.join(str(error).split())[:200]}")
                await asyncio.sleep(4 * LOOK_EVERY_S)
                continue
            if standing.observed > observed:
                parts.progress.advance(standing.observed - observed)
                observed, moved_at = standing.observed, elapsed()
            if elapsed() - moved_at > 60 * policy.patience_minutes:
                left = await self.frontier.left(run)
                learnt.notes.append(f"{left} sources were left to the next night: no worker asked them")
                await self.frontier.clear()
                break
            await asyncio.sleep(min(max(LOOK_EVERY_S, LOOK_SHARE * (elapsed() - begun)), LONGEST_LOOK_S))
        await self.engine.clear()
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

    async def _tend(self, run: Run, said: Mapping[str, object], *, unheld: bool) -> int:
        """Free what died workers held, keep batches queued for every worker; return how many live."""
        policy = self.session.config.scale
        freed = await self.engine.rescue(policy.stalled_s)
        workers = await self.engine.workers(policy.stalled_s)
        if unheld or freed:
            wanted = BATCHES_AT_ONCE * workers + 1
            await self.engine.put(run.id, max(0, wanted - await self.engine.batches()), said)
        return workers

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
