"""Hosts' turns across machines: nobody asks a host within its gap, whoever asked it before.

A worker reserves a host for a stretch of time in the store, and asks only while a whole gap of the stretch is
left. The worker that holds a host's batch reserves some seconds at once and renews them; one that was merely
sent there by a redirect reserves a single visit, and waits for its turn among them. So nothing is asked of
the database for each request, and a worker that dies leaves the host at rest until its stretch has ended.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from weakref import WeakValueDictionary

from monitor.model.ports import Monotonic, Sleep

STRETCH_S, STRETCH_GAPS = 8.0, 10
"""What a host's own worker reserves beside one gap, whichever is less: as long may a visitor have to wait."""
VISIT_GAPS = 1.5
"""What a visitor reserves, in gaps: it must begin, a little late perhaps, with a whole gap left."""


class HostStretch(Protocol):
    """A stretch of a host's time, as the store gives it."""

    @property
    def wait_s(self) -> float:
        """Seconds until it begins."""
        ...

    @property
    def until(self) -> datetime:
        """When it ends, by the store's clock."""
        ...


class Reservations(Protocol):
    """Where stretches are kept."""

    async def reserve(self, host: str, seconds: float, held: datetime | None) -> HostStretch:
        """Reserve so much of a host's time, after what others reserved; one's own was `held` until then."""
        ...

    async def release(self, host: str, until: datetime, wait_s: float) -> None:
        """Give back what is left of the stretch that ends then."""
        ...


@dataclass(frozen=True, slots=True)
class _Held:
    begins: float
    ends: float
    until: datetime


class HostTurns:
    """The stretches one worker holds. Times are by `monotonic`, which goes on while the machine sleeps."""

    def __init__(
        self,
        kept: Reservations,
        gap_s: Callable[[str], float],
        *,
        monotonic: Monotonic,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._kept, self._gap_s = kept, gap_s
        self._monotonic, self._sleep = monotonic, sleep
        self._held: dict[str, _Held] = {}
        self._own: set[str] = set()
        self._asking: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def enter(self, host: str) -> float:
        """Begin a host's batch; return the seconds until it may be asked."""
        self._own.add(host)
        if self._gap_s(host) <= 0:
            return 0.0
        return max(0.0, (await self._reserve(host)).begins - self._monotonic())

    async def leave(self, host: str, rest_s: float) -> None:
        """End a host's batch: others may ask it in `rest_s`."""
        self._own.discard(host)
        held = self._held.pop(host, None)
        if held is not None:
            # Not before our own stretch has begun: until then others' visits may stand in front of it.
            ahead = max(0.0, held.begins - self._monotonic())
            await self._kept.release(host, held.until, max(rest_s, ahead))

    async def take(self, host: str) -> None:
        """Wait until a request may go to a host."""
        gap = self._gap_s(host)
        if gap <= 0:
            return
        while True:
            held = self._held.get(host)
            if held is None or self._monotonic() + gap > held.ends:
                held = await self._reserve(host)
            ahead = held.begins - self._monotonic()
            if ahead <= 0 and self._monotonic() + gap <= held.ends:
                if host not in self._own:
                    self._held.pop(host, None)
                return
            await self._sleep(max(ahead, 0.0))

    async def _reserve(self, host: str) -> _Held:
        asking = self._asking.setdefault(host, asyncio.Lock())
        async with asking:
            gap = self._gap_s(host)
            held = self._held.get(host)
            if held is not None and self._monotonic() + gap <= held.ends:
                return held
            seconds = gap + min(STRETCH_S, STRETCH_GAPS * gap) if host in self._own else VISIT_GAPS * gap
            asked = self._monotonic()
            stretch = await self._kept.reserve(host, seconds, held.until if held else None)
            # The store's answer was made between asking and now: begin by the later, end by the earlier.
            held = _Held(
                begins=self._monotonic() + stretch.wait_s if stretch.wait_s else asked,
                ends=asked + stretch.wait_s + seconds,
                until=stretch.until,
            )
            self._held[host] = held
        return held
