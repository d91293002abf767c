"""A worker's lease: it asks nothing once its hosts may have gone to others."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Collection
from typing import NoReturn

from monitor.errors import StoreError
from monitor.fetch.interface import Fetcher, FetchFailure, FetchRequest, FetchResponse, NameLookup
from monitor.model.urls import host_key
from monitor.model.values import replaced
from monitor.scale.turns import HostTurns


def elapsed() -> float:
    """Return seconds that go on while a machine sleeps: a process that was put to rest must know it."""
    boot = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if boot is None else time.clock_gettime(boot)


class Lease:
    """Signs of life, and whether the last one is young enough.

    It ends well before others take over what this worker holds, so that a worker that hung, or was cut from
    the database, stops by its own clock.
    """

    def __init__(
        self,
        beat: Callable[[], Awaitable[bool]],
        *,
        every_s: float,
        stalled_s: float,
        clock: Callable[[], float] = elapsed,
    ) -> None:
        self._beat, self._every_s, self._lasts_s, self._clock = beat, every_s, 0.75 * stalled_s, clock
        self._until = clock() + self._lasts_s
        self.ended = asyncio.Event()

    @property
    def held(self) -> bool:
        """Tell whether requests may go out."""
        if not self.ended.is_set() and self._clock() >= self._until:
            self.ended.set()
        return not self.ended.is_set()

    async def keep(self) -> None:
        """Give signs of life until the lease is lost."""
        while self.held:
            at = self._clock()
            try:
                async with asyncio.timeout(self._lasts_s):
                    alive = await self._beat()
                if not alive or not self.held:
                    self.ended.set()
                    return
                # Counted from before the asking: the database may have noted it as early.
                self._until = at + self._lasts_s
            except (StoreError, TimeoutError):
                pass  # tried again until the lease ends
            await asyncio.sleep(self._every_s)


async def _never() -> NoReturn:
    while True:
        await asyncio.Event().wait()


class LeasedFetcher:
    """A transport that waits for the host's turn, and sends nothing once the lease is lost.

    A request that may not be sent never returns: whoever waits for it is about to be ended. `lost` says why
    the store could not be asked for a turn. Addresses in `exempt` (the sentinels) are asked at once.
    """

    def __init__(
        self,
        fetcher: Fetcher,
        lease: Callable[[], Lease | None],
        turns: HostTurns,
        exempt: Collection[str] = (),
    ) -> None:
        self._fetcher, self._lease, self._turns = fetcher, lease, turns
        self._exempt = frozenset(exempt)
        self.lost: str | None = None

    async def fetch(self, request: FetchRequest) -> FetchResponse | FetchFailure:
        """Send a request when its host's turn has come and while the lease holds."""
        if request.url not in self._exempt:
            try:
                await self._turns.take(host_key(request.url))
            except StoreError as error:
                self.lost = str(error)
                return await _never()
        lease = self._lease()
        if lease is None:
            return await self._fetcher.fetch(request)
        if lease.held:
            # Connecting may outlast the lease: it is looked at once more before anything is sent.
            answer = await self._fetcher.fetch(replaced(request, still=lambda: lease.held))
            if isinstance(answer, FetchResponse) or lease.held:
                return answer
        return await _never()

    async def lookup(self, host: str) -> FetchFailure | None:
        """Say whether a name exists, if the transport can."""
        return await self._fetcher.lookup(host) if isinstance(self._fetcher, NameLookup) else None

    async def close(self) -> None:
        """Release connections."""
        await self._fetcher.close()
