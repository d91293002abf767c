"""One worker's probing for one run: the loop of one machine, fed by jobs.

A failure that our own network could have caused is kept back until the sentinels, asked after it, have
answered this very worker. So a worker whose network dies writes no failure of others, and what it could not
ask goes back.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from typing import Any

from monitor.errors import StoreError
from monitor.model.observation import DOUBTFUL, OUR_NETWORK, Observation
from monitor.model.run import Run
from monitor.run.learnt import Learnt
from monitor.run.network import Network
from monitor.run.ports import Parts, RunOptions
from monitor.run.probe import probe
from monitor.store.frontier import Frontier
from monitor.store.interface import DueSource, SourceResult

_LOG = logging.getLogger(__name__)


class GaveUpError(Exception):
    """The sources asked for were not observed; they are left to others."""


class Pipeline:
    """Asks sources for a run until it is closed, or the network is lost (`lost` says why)."""

    def __init__(
        self, parts: Parts, run: Run, options: RunOptions, frontier: Frontier, *, worker: str, vouch_s: float
    ) -> None:
        self.run = run
        self.lost: str | None = None
        self._parts, self._options, self._frontier = parts, options, frontier
        self._worker, self._vouch_s = worker, vouch_s
        self._feed: asyncio.Queue[DueSource] = asyncio.Queue()
        self._waiting: dict[str, asyncio.Future[None]] = {}
        self._held: list[SourceResult] = []
        self._doubt = asyncio.Event()
        self._learnt = Learnt()
        self._writing = asyncio.Lock()
        self._task = asyncio.create_task(self._work())

    @property
    def ended(self) -> bool:
        """Tell whether it asks nothing more."""
        return self._task.done()

    async def ask(self, due: Sequence[DueSource]) -> None:
        """Probe sources; returns when each is written, by this worker or another. GaveUpError if not."""
        if self._task.done():
            raise GaveUpError(self.lost or "closed")
        done = asyncio.gather(*(self._promise(one) for one in due))
        done.add_done_callback(lambda one: one.cancelled() or one.exception())
        pending: set[asyncio.Future[Any]] = {done, self._task}
        await asyncio.wait(pending, return_when=asyncio.FIRST_COMPLETED)
        if not done.done():
            done.cancel()
            raise GaveUpError(self.lost or "closed")
        done.result()

    def _promise(self, due: DueSource) -> asyncio.Future[None]:
        """Return what comes true once a source is written; one that is asked already is not asked twice."""
        name = due.source.canonical_url
        if name not in self._waiting:
            self._waiting[name] = asyncio.get_running_loop().create_future()
            self._feed.put_nowait(due)
        return self._waiting[name]

    async def due(self) -> AsyncIterator[DueSource]:
        """Stream what the jobs feed; see `Work`."""
        while True:
            yield await self._feed.get()

    async def record(self, results: Sequence[SourceResult]) -> None:
        """Write what cannot be our own fault, keep the rest back; see `Work`."""
        doubtful = [one for one in results if _doubtful(one.observation)]
        await self.write([one for one in results if not _doubtful(one.observation)])
        if doubtful:
            self._held += doubtful
            self._doubt.set()

    async def write(self, results: Sequence[SourceResult], note: str | None = None) -> None:
        """Write results and this worker's share."""
        if not results:
            return
        async with self._writing:
            await self._frontier.record(self.run, results, self._worker, note)
        for one in results:
            promise = self._waiting.pop(one.source.canonical_url, None)
            if promise is not None and not promise.done():
                promise.set_result(None)

    async def close(self) -> None:
        """End what is under way; what was not written is left to others."""
        self._task.cancel()
        await asyncio.wait([self._task])
        for promise in self._waiting.values():
            promise.cancel()

    async def _work(self) -> None:
        network = Network(self._parts, self.run)
        vouching = asyncio.create_task(self._vouch(network))
        probing = asyncio.create_task(
            probe(self._parts, self.run, self._options, self._learnt, network, self)
        )
        try:
            await asyncio.wait({vouching, probing}, return_when=asyncio.FIRST_COMPLETED)
            for task in (probing, vouching):
                if task.done():
                    self.lost = self.lost or task.result() or self._learnt.lost
        except Exception as failed:  # noqa: BLE001 - whatever it is, others must get what is left
            self.lost = _told(failed)
        finally:
            for task in (vouching, probing):
                task.cancel()
            await asyncio.gather(vouching, probing, return_exceptions=True)

    async def _vouch(self, network: Network) -> str:
        """Ask the sentinels for what is kept back; return why the network is gone, once it is."""
        if (reason := await network.look()) is not None:
            return reason
        while True:
            await self._doubt.wait()
            await asyncio.sleep(self._vouch_s)
            self._doubt.clear()
            seen, self._held = self._held, []
            if (reason := await network.look()) is not None:
                return reason
            await self.write(seen)


def _told(failed: Exception) -> str:
    """Say why probing ended; a bug goes to the log whole."""
    cause: BaseException = failed
    while isinstance(cause, BaseExceptionGroup):
        cause = cause.exceptions[0]
    if isinstance(cause, StoreError):
        return str(cause)
    _LOG.error("probing for a run failed", exc_info=failed)
    return f"a bug, {cause!r}; please report the lines above"


def _doubtful(seen: Observation) -> bool:
    """Tell whether our own network could have caused what was seen."""
    return seen.outcome in DOUBTFUL or seen.cause in OUR_NETWORK
