"""When an archive may be asked: sliding windows, blocks after a 429, silence after a refusal.

One limiter per archive and process; what it knows is kept in `LookUpMemory`, so that a second run within
the minute, or the night after a firewall block, goes on where the last one stopped.

The trap this file avoids: "reserve a place, then sleep" lets requests already queued fire straight
through a 429. A waiter here holds its pool's lock while it sleeps and looks at everything again
when it wakes. Requests of a pool go out evenly spaced, so that a burst never meets a shorter window
of the archive's own, and one at a time while answers are quick, so that none is under way when a
429 comes back. `clock` must be the real one, never the judged instant: blocks end as time passes.
"""

import asyncio
import logging
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Self

from monitor.archive.errors import ArchiveStopped
from monitor.archive.interface import LookUpMemory
from monitor.model.logged import facts
from monitor.model.ports import Clock, Monotonic, Sleep
from monitor.model.snapshot import PoolState

_LOG = logging.getLogger(__name__)
WINDOW_S = 60.0
LONGEST_WAIT_S = 900.0
"""A pool silenced for longer than this is not waited for: the run goes on without it."""
WHOLE = "*"
"""The pool name under which the archive's own state is kept."""
MOST_IN_FLIGHT = 8
QUICK_S = 0.5
"""Answers quicker than this are awaited one by one; slower archives would starve the limit."""
SPACING = 1.05
"""Requests travel unevenly: a little more than the exact gap."""
MARGIN_S = 0.005
LONGEST_BLOCK_S = 30 * 86400.0
"""No archive asks for a longer silence; what was kept says so only where the clock was wrong."""
KEPT = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one archive allows. `per_minute` maps pools to requests in any 60 s."""

    per_minute: Mapping[str, int]
    block_s: float
    refused_block_s: float = 3600.0
    trips: int = 3
    apart: frozenset[str] = frozenset()
    """Pools whose 429s stop only themselves: the index beside replay, second opinions, captures."""


@dataclass(slots=True)
class _Sent:
    """One request: it reached the archive between its start and `done_at`; None while in flight."""

    done_at: float | None = None
    started: float = -math.inf


@dataclass(slots=True)
class _Pool:
    limit: int
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    freed: asyncio.Event = field(default_factory=asyncio.Event)
    sent: list[_Sent] = field(default_factory=list)
    blocked_until: float = -math.inf
    trips: int = 0
    reason: str | None = None
    latency_s: float = 0.0
    last_start: float = -math.inf
    waiting: int = 0
    stopped: str | None = None
    unsaved: int = 0


class Limiter:
    """Gives out places in time; every request of the archive takes one and gives it back."""

    def __init__(
        self,
        archive: str,
        limits: Limits,
        memory: LookUpMemory,
        *,
        clock: Clock,
        sleep: Sleep,
        monotonic: Monotonic,
    ) -> None:
        self.archive = archive
        self._limits = limits
        self._memory = memory
        self._clock = clock
        self._sleep = sleep
        self._monotonic = monotonic
        self._pools = {name: _Pool(limit) for name, limit in limits.per_minute.items()}
        self._slow_until = -math.inf
        self._stopped: str | None = None
        self._refusals = 0
        self._loaded = False
        self._loading = asyncio.Lock()

    @property
    def stopped(self) -> str | None:
        """Say why this run asks the archive no more; None while it may be asked."""
        return self._stopped

    async def take(self, name: str) -> "PoolPlace":
        """Wait for a place in a pool. Raises ArchiveStopped where there will be none in this run."""
        await self._load()
        pool = self._pools[name]
        asked_at = self._monotonic()
        pool.waiting += 1
        try:
            async with pool.lock:
                while (pause := self._pause(pool)) > MARGIN_S / 10:
                    if pause > LONGEST_WAIT_S and not math.isinf(pause):
                        raise ArchiveStopped(f"{pool.reason or 'silenced'}, {pause:.0f} s remain")
                    await self._wait(pool, pause)
                pool.last_start = self._monotonic()
                sent = _Sent(started=pool.last_start)
                pool.sent.append(sent)
        finally:
            pool.waiting -= 1
        return PoolPlace(self, name, sent, started=pool.last_start, waited_s=pool.last_start - asked_at)

    def _pause(self, pool: _Pool) -> float:
        """Return the seconds until a request may go out: 0 now, infinity until one in flight is back.

        Whoever waits looks again whenever one is back.
        """
        if (reason := self._stopped or pool.stopped) is not None:
            raise ArchiveStopped(reason)
        now = self._monotonic()
        if pool.blocked_until > now:
            return pool.blocked_until - now
        pool.sent = [s for s in pool.sent if s.done_at is None or s.done_at + WINDOW_S > now]
        room = self._room(pool, now)
        if room > 0:
            return room
        limit = pool.limit if now >= self._slow_until else max(1, pool.limit // 2)
        spaced = max(pool.last_start + WINDOW_S / limit * SPACING - now, 0.0)
        over = len(pool.sent) - limit
        if over < 0:
            return spaced
        done = sorted(s.done_at for s in pool.sent if s.done_at is not None)
        return max(done[over] + WINDOW_S + MARGIN_S - now, spaced) if over < len(done) else math.inf

    def _room(self, pool: _Pool, now: float) -> float:
        """Return the seconds until one more request may be in flight, if none comes back before.

        As many may overlap as the limit needs: rate times latency (Little's law). No more than that,
        so that few are under way when a 429 comes back. A request that hangs is as slow as it is
        old: it does not hold the others up until it times out.
        """
        flying = [s.started for s in pool.sent if s.done_at is None]
        if not flying:
            return 0.0
        if len(flying) >= MOST_IN_FLIGHT:
            return math.inf
        needed = max(QUICK_S, (len(flying) + 1) * WINDOW_S / pool.limit)
        if pool.latency_s >= needed:
            return 0.0
        return max(0.0, min(flying) + needed - now)

    async def _wait(self, pool: _Pool, pause: float) -> None:
        pool.freed.clear()
        if math.isinf(pause):
            await pool.freed.wait()
            return
        ends = [asyncio.ensure_future(self._sleep(pause)), asyncio.ensure_future(pool.freed.wait())]
        try:
            await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for end in ends:
                end.cancel()

    async def settle(self, place: "PoolPlace") -> None:
        """Note that a request has ended."""
        pool = self._pools[place.pool]
        now = self._monotonic()
        place.sent.done_at = now
        took = now - place.started
        if place.answered:  # a timeout says nothing of how quickly the archive answers
            pool.latency_s = took if not pool.latency_s else 0.8 * pool.latency_s + 0.2 * took
        pool.freed.set()
        await self._save(place.pool)

    async def succeeded(self, name: str) -> None:
        """Note a real answer: the pool's row of 429s, and the archive's of refusals, is over."""
        pool = self._pools[name]
        if pool.trips or self._refusals:
            pool.trips, self._refusals = 0, 0
            await self._save(name, always=True)
            await self._save_whole(None)

    async def limited(self, name: str, retry_after_s: float | None) -> None:
        """Silence a pool after a 429 and slow the others down; stop after too many in a row."""
        pool = self._pools[name]
        now = self._monotonic()
        pool.trips += 1
        doubled = self._limits.block_s * 2.0 ** min(pool.trips - 1, 10)
        pause = max(doubled, retry_after_s or 0.0) + MARGIN_S
        pool.reason = f"{name} rate limit (429)"
        pool.blocked_until = max(pool.blocked_until, now + pause)
        _LOG.info("archive rests", extra=facts(
            archive=self.archive, pool=name, seconds=round(pause, 1), reason=pool.reason, waiting=pool.waiting
        ))  # fmt: skip
        self._slow_until = max(self._slow_until, pool.blocked_until)
        if pool.trips >= self._limits.trips:
            reason = f"rate limited {pool.trips} times in a row ({name})"
            if name in self._limits.apart:
                pool.stopped = reason
            else:
                self._stopped = reason
        self._wake()
        await self._save(name, always=True)

    async def refused(self, detail: str) -> None:
        """Stop the archive's part of the run after a refused connection, and remember it, doubling."""
        if self._stopped is not None:
            return
        self._refusals += 1
        pause = self._limits.refused_block_s * 2 ** min(self._refusals - 1, 10)
        until = self._clock() + timedelta(seconds=pause)
        self._stopped = f"connection refused ({detail}); not asked before {_minute(until)}"
        _LOG.info("archive stopped", extra=facts(archive=self.archive, reason=self._stopped))
        self._wake()
        await self._save_whole(until)

    def stop(self, reason: str) -> None:
        """Ask no more in this run, without remembering it."""
        self._stopped = self._stopped or reason
        _LOG.info("archive stopped", extra=facts(archive=self.archive, reason=self._stopped))
        self._wake()

    def _wake(self) -> None:
        for pool in self._pools.values():
            pool.freed.set()

    async def _load(self) -> None:
        async with self._loading:
            if self._loaded:
                return
            for name, pool in self._pools.items():
                if (state := await self._memory.load_pool(self.archive, name)) is not None:
                    self._resume(pool, state)
            whole = await self._memory.load_pool(self.archive, WHOLE)
            if whole is not None:
                self._refusals = whole.trips
                if whole.blocked_until is not None and self._left(whole.blocked_until) > 0:
                    until = _minute(whole.blocked_until)
                    self._stopped = f"connection was refused; not asked before {until}"
            self._loaded = True

    def _resume(self, pool: _Pool, state: PoolState) -> None:
        wall, now = self._clock(), self._monotonic()
        ages = [(wall - instant).total_seconds() for instant in state.sent]
        pool.sent = [_Sent(now - max(age, 0.0)) for age in ages if age < WINDOW_S]
        if pool.sent:  # the last few of a fast pool may not have been written before the process ended
            pool.sent += [_Sent(now) for _ in range(_stride(pool.limit) - 1)]
        pool.trips, pool.reason = state.trips, state.reason
        if state.blocked_until is not None:
            pool.blocked_until = now + self._left(state.blocked_until)

    def _left(self, until: datetime) -> float:
        """Return the seconds a kept block still lasts; one beyond belief was noted on a wrong clock."""
        left = (until - self._clock()).total_seconds()
        return left if left <= max(LONGEST_BLOCK_S, self._limits.refused_block_s) else 0.0

    async def _save(self, name: str, *, always: bool = False) -> None:
        pool = self._pools[name]
        pool.unsaved += 1
        if not always and pool.unsaved < _stride(pool.limit):
            return
        pool.unsaved = 0
        wall, now = self._clock(), self._monotonic()
        blocked = None if pool.blocked_until <= now else wall + timedelta(seconds=pool.blocked_until - now)
        sent = tuple(
            wall - timedelta(seconds=now - (now if s.done_at is None else s.done_at)) for s in pool.sent
        )
        await self._memory.save_pool(
            PoolState(
                archive=self.archive, pool=name, sent=sent, blocked_until=blocked, trips=pool.trips,
                reason=pool.reason,
            )
        )  # fmt: skip

    async def _save_whole(self, until: datetime | None) -> None:
        state = PoolState(
            archive=self.archive, pool=WHOLE, blocked_until=until, trips=self._refusals, reason=self._stopped
        )
        await self._memory.save_pool(state)


def _stride(limit: int) -> int:
    """Return after how many requests a pool is written down: each one, but 1 % of a very fast pool."""
    return max(1, limit // 100) if limit > KEPT else 1


def _minute(instant: datetime) -> str:
    return f"{instant:%Y-%m-%d %H:%M} UTC"


@dataclass(slots=True)
class PoolPlace:
    """A place in a pool, to be given back with `async with`."""

    limiter: Limiter
    pool: str
    sent: _Sent
    started: float
    waited_s: float
    answered: bool = True
    """Set to False where no answer came."""

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.limiter.settle(self)
