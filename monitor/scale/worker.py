"""`monitor worker`: asks hosts for whatever run is under way, on any number of machines.

A worker takes no work while its own network is down, and says so; it starts again when the database was
gone; what it holds when it ends, in whatever way, goes to others.
"""

import asyncio
import contextlib
from collections.abc import Mapping
from typing import Any

from monitor.app import Session
from monitor.check.checker import HostChecker
from monitor.errors import StoreError
from monitor.model.archive_use import ArchiveUse
from monitor.model.values import replaced
from monitor.run.ports import RunOptions
from monitor.scale.batch import Batch
from monitor.scale.engine import Engine, MoreLeftError
from monitor.scale.gathered import GatheredReservations
from monitor.scale.hosts import Places, RunHosts
from monitor.scale.lease import Lease, LeasedFetcher, elapsed
from monitor.scale.pipeline import GaveUpError, Pipeline
from monitor.scale.turns import HostTurns
from monitor.store.frontier import Frontier
from monitor.store.host_stretches import HostStretches

COUNT_EVERY_S = 2.0
"""How often a worker counts the others, among whom the last hosts are shared."""
DATABASE_WAIT_S = 2.0
LOOK_EVERY_S = 0.5
"""How often a worker asks itself whether it should end; without its lease no request leaves meanwhile."""


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
        stretches = HostStretches(frontier.engine, retry_s=session.config.postgresql.retry_s)
        self._turns = HostTurns(GatheredReservations(stretches), self._gap_s, monotonic=elapsed)
        self._fetcher = LeasedFetcher(
            session.page_fetcher,
            lambda: self._lease,
            self._turns,
            exempt=session.config.check.sentinels,
        )
        self._checker: HostChecker = session.checker_over(self._fetcher, elapsed)
        self._parts = replaced(session.parts(), checker=self._checker)
        self._places = Places(self._policy.hosts_at_once)
        self._turn_to_take = asyncio.Lock()
        self._workers, self._counted_at = 1, float("-inf")

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
        worker = self._engine.worker(self._batch, name=self._name, grace_s=policy.batch_s)
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
            await self._pause(LOOK_EVERY_S)
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
                parts = self._parts
                if wanted.archives is ArchiveUse.OFF:
                    parts = replaced(parts, archive=None)
                self._pipeline = Pipeline(
                    parts, run, wanted, self._frontier, worker=self._name, vouch_s=self._policy.vouch_s
                )
            return self._pipeline

    async def _batch(self, number: int, key: str, options: Mapping[str, Any]) -> None:
        """Ask hosts of a run until none are left or the time is up; the rest is queued again."""
        pipeline = await self._open(key, options)
        if pipeline is None:
            return
        hosts = RunHosts(
            number,
            pipeline,
            self._frontier,
            parts=self._parts,
            checker=self._checker,
            turns=self._turns,
            places=self._places,
            tries=self._policy.tries,
            workers=self._count,
        )
        batch = Batch(hosts, lasts_s=self._policy.batch_s, stop=self._stop.is_set, monotonic=elapsed)
        failed: BaseException | None = None
        try:
            await hosts.begin()
            left = await self._carry_out(batch)
        except BaseException as error:
            failed = error
            raise
        finally:
            await batch.abandon()
            await hosts.end(failed)
        if left:
            raise MoreLeftError

    async def _carry_out(self, batch: Batch) -> bool:
        """Carry a batch out; tell whether it ended by time."""
        async with self._turn_to_take:
            try:
                left = await batch.take()
            except StoreError:
                await batch.drain()  # what is asked already is written yet, if it can be
                raise
        await batch.drain()
        return left

    async def _count(self) -> int:
        """Return how many workers are alive, as of a moment ago."""
        now = elapsed()
        if now - self._counted_at >= COUNT_EVERY_S:
            self._counted_at = now
            self._workers = max(1, await self._engine.workers(self._policy.stalled_s))
        return self._workers
