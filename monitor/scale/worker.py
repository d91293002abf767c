"""`monitor worker`: asks hosts for whatever run is under way, on any number of machines.

A worker takes no work while its own network is down, and says so; it starts again when the database was
gone; what it holds when it ends, in whatever way, goes to others.
"""

import asyncio
import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from monitor.app import Session
from monitor.check.checker import HostChecker
from monitor.errors import StoreError
from monitor.model import wording
from monitor.model.archive_use import ArchiveUse
from monitor.model.case import StoredObservation
from monitor.model.observation import Evidence, Observation, Outcome
from monitor.model.urls import masked
from monitor.run.ports import RunOptions
from monitor.scale.engine import Engine, MoreLeftError
from monitor.scale.lease import Lease, LeasedFetcher, elapsed
from monitor.scale.pipeline import GaveUpError, Pipeline
from monitor.scale.turns import HostTurns
from monitor.store.frontier import Frontier
from monitor.store.interface import DueSource, SourceResult

FIRST = 4
"""Sources asked of a host before it is known how long one takes."""
MOST = 50
"""Sources taken at once: what a worker that ends leaves to be asked again."""
DATABASE_WAIT_S = 2.0


class HostWorker:
    """One process that asks hosts; `name` tells it from the others."""

    def __init__(self, session: Session, engine: Engine, frontier: Frontier, name: str) -> None:
        self._session, self._engine, self._frontier, self._name = session, engine, frontier, name
        self._policy = session.config.scale
        self._lease: Lease | None = None
        self._pipeline: Pipeline | None = None
        self._stop = asyncio.Event()
        self._taking = False
        self._opening = asyncio.Lock()
        self._turns = HostTurns(frontier, self._gap_s, monotonic=elapsed)
        self._fetcher = LeasedFetcher(
            session.page_fetcher,
            lambda: self._lease,
            self._turns,
            exempt=session.config.check.sentinels,
        )
        self._checker: HostChecker = session.checker_over(self._fetcher, elapsed)
        self._parts = replace(session.parts(), checker=self._checker)

    def _gap_s(self, host: str) -> float:
        return self._checker.gap_s(host)

    def stop(self) -> None:
        """Take no more work; what is under way is handed back."""
        self._stop.set()

    async def work(self) -> None:
        """Work until stopped."""
        note = self._session.progress.note
        said: str | None = None
        while not self._stop.is_set():
            reason = await self._checker.connected()
            if reason is not None:
                if said is None:  # once, however long it lasts
                    note(f"{self._name} takes no work: {reason}")
                said = reason
                await self._pause(self._policy.network_wait_s)
                continue
            if said is not None:
                note(f"{self._name} takes work again: the sentinels answer")
                said = None
            try:
                async with self._engine.opened():
                    reason = await self._shift()
            except StoreError as error:
                reason = str(error)
            if reason is not None and not self._stop.is_set():
                note(f"{self._name} hands its work back: {reason}")
                await self._pause(DATABASE_WAIT_S)

    async def _pause(self, seconds: float) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._stop.wait()

    async def _shift(self) -> str | None:
        """Work under one registration; return why it ended, None where it was asked to."""
        policy = self._policy
        self._fetcher.lost, self._taking = None, True
        worker = self._engine.worker(
            self._batch, name=self._name, hosts_at_once=policy.hosts_at_once, grace_s=policy.batch_s
        )
        working = asyncio.ensure_future(worker.run())  # type: ignore[no-untyped-call]
        number: int | None = None
        lost: str | None = None
        lease: Lease | None = None
        keeping: asyncio.Task[None] | None = None
        try:
            while worker.worker_id is None and not working.done():
                await asyncio.wait({working}, timeout=0.02)
            number = worker.worker_id
            if number is None:
                return "the engine did not start"
            registered = number
            lease = Lease(
                lambda: self._engine.beat(registered), every_s=policy.heartbeat_s, stalled_s=policy.stalled_s
            )
            self._lease = lease
            keeping = asyncio.create_task(lease.keep())
            looking = asyncio.create_task(self._until_trouble(lease))
            await asyncio.wait({working, looking}, return_when=asyncio.FIRST_COMPLETED)
            if looking.done():
                lost = looking.result()
            elif not self._stop.is_set():
                lost = "the engine lost the database"
            looking.cancel()
            return lost
        finally:
            worker.stop()  # type: ignore[no-untyped-call]
            if lost is not None:
                self._taking = False
                await self._close_pipeline()
            await asyncio.wait([working], timeout=policy.batch_s + 10)
            if not working.done() or lost is not None:
                working.cancel()
            await asyncio.gather(working, return_exceptions=True)
            self._taking = False
            await self._close_pipeline()
            self._lease = None  # the sentinels may be asked again
            if keeping is not None:
                keeping.cancel()
            if number is not None and lease is not None and lease.held:
                with contextlib.suppress(StoreError):
                    await self._engine.retire(number)

    async def _until_trouble(self, lease: Lease) -> str | None:
        """Wait until this worker should end; return why, None where it was asked to."""
        while not self._stop.is_set():
            if not lease.held:
                return "it gave no sign of life in time, so its hosts went to others"
            if self._fetcher.lost is not None:
                return self._fetcher.lost
            if self._pipeline is not None and self._pipeline.lost is not None:
                return self._pipeline.lost
            await self._pause(0.1)
        return None

    async def _close_pipeline(self) -> None:
        if self._pipeline is not None:
            pipeline, self._pipeline = self._pipeline, None
            await pipeline.close()

    async def _open(self, key: str, options: Mapping[str, Any]) -> Pipeline | None:
        """Return the probing of a run; None for one the store does not know."""
        async with self._opening:
            if not self._taking:
                raise GaveUpError("the worker ends")
            if self._pipeline is None or self._pipeline.run.id != key or self._pipeline.ended:
                await self._close_pipeline()
                run = await self._frontier.run(key)
                if run is None:
                    return None
                wanted = RunOptions(
                    evidence=bool(options["evidence"]),
                    archives=ArchiveUse(options["archives"]),
                    spread=True,
                    remembered=True,
                )
                self._pipeline = Pipeline(
                    self._parts, run, wanted, self._frontier, worker=self._name, vouch_s=self._policy.vouch_s
                )
            return self._pipeline

    async def _batch(self, key: str, host: str, options: Mapping[str, Any]) -> None:
        """Ask one host's sources until they are done or the time is up; the rest is queued again."""
        pipeline = await self._open(key, options)
        if pipeline is None:
            return
        began, asked, limit = elapsed(), 0, FIRST
        self._checker.rest(host, await self._turns.enter(host))
        try:
            while True:
                taken = await self._frontier.take(pipeline.run, host, limit)
                if not taken.due and not taken.more:
                    return
                await self._ask(pipeline, taken.due, taken.tries)
                asked += len(taken.due)
                spent = elapsed() - began
                if not taken.more:
                    return
                if self._stop.is_set() or spent >= self._policy.batch_s:
                    raise MoreLeftError(taken.left)
                each = spent / max(asked, 1)
                limit = max(1, min(MOST, int((self._policy.batch_s - spent) / max(each, 1e-3))))
        finally:
            await self._turns.leave(host, self._checker.rest_s(host))

    async def _ask(self, pipeline: Pipeline, due: Sequence[DueSource], tries: Mapping[str, int]) -> None:
        sound = []
        for one in due:
            count = tries.get(one.source.canonical_url, 0)
            if count < self._policy.tries:
                sound.append(one)
                continue
            ended = wording.count(count, "worker")
            what = f"{masked(one.source.url)} was set aside: {ended} ended while asking it"
            await pipeline.write([self._set_aside(one, pipeline)], note=what)
        if not sound:
            return
        try:
            await pipeline.ask(sound)
        except GaveUpError:
            with contextlib.suppress(StoreError):
                await self._frontier.give_back(pipeline.run, [one.source.canonical_url for one in sound])
            raise

    def _set_aside(self, due: DueSource, pipeline: Pipeline) -> SourceResult:
        """Return the result of a source that ends whoever asks it: not observed, and asked another day."""
        run = pipeline.run
        seen = Observation(
            source=due.source.canonical_url,
            url=masked(due.source.url),
            observed_at=self._session.clock(),
            outcome=Outcome.UNCHECKED,
            cause="internal-error",
            evidence=(Evidence("fault", "every worker that asked it ended"),),
        )
        stored = StoredObservation(observation=seen, run=run.id, void=False, last_seen_at=seen.observed_at)
        at = self._parts.judge.next_check((*due.observations, stored), due.rot, run.now)
        return SourceResult(source=due.source, observation=seen, next_check_at=at)
