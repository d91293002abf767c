"""Host queues: the host is the unit of work, and of politeness.

Turns are given to requests, not to checks: a retry that waits, a redirect to a busy host or a slow
page's neighbour holds no place another host could use. Among hosts whose time has come the longest
queue goes first, which ends a night close to its lower bound, max over hosts of n·(gap + latency).
"""

import asyncio
import heapq
import logging
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterable, Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Generic, TypeVar

from monitor.model.logged import facts
from monitor.model.ports import Chance, Monotonic, Sleep

_LOG = logging.getLogger(__name__)
Job = TypeVar("Job")
Result = TypeVar("Result")

_OUTDATED = 1000
"""Listings that count no more are cleared away when there are so many, and more than hosts."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How a host is treated: seconds between visits and requests in flight."""

    gap_s: float
    concurrency: int


@dataclass(slots=True)
class _Host(Generic[Job]):
    name: str
    pace: Pace
    jobs: deque[Job] = field(default_factory=deque)
    waiting: list[tuple[float, int, asyncio.Future[None]]] = field(default_factory=list)
    in_flight: int = 0
    next_at: float = float("-inf")
    listed: int = 0
    """Number of the one listing that counts; 0 while it is not listed."""
    ready: bool = False
    """Whether it is listed among those whose time has come."""

    def due(self) -> float | None:
        """Return when the next turn may be given; None while there is none to give."""
        if self.in_flight >= self.pace.concurrency or not (self.jobs or self.waiting):
            return None
        return self.next_at if self.jobs else max(self.next_at, self.waiting[0][0])

    @property
    def idle(self) -> bool:
        return not (self.jobs or self.waiting or self.in_flight)


class Lane:
    """The place one check holds: at most one turn, at one host at a time."""

    def __init__(self, queues: "HostQueues") -> None:
        self._queues = queues
        self._host: str | None = None

    async def to(self, host: str, wait_s: float = 0.0) -> None:
        """Hold the turn at a host, after at least `wait_s`.

        A follow-up at the host already held (a redirect within it) goes at once: it is one visit.
        """
        if self._host == host and wait_s <= 0:
            return
        self.leave()
        await self._queues.acquire(host, wait_s)
        self._host = host

    def leave(self) -> None:
        """Give the turn back."""
        if self._host is not None:
            host, self._host = self._host, None
            self._queues.release(host)

    def given(self, host: str) -> None:
        """Note the turn a job starts with."""
        self._host = host


class HostQueues:
    """Gives turns. One instance per run; `run` may be entered once at a time."""

    def __init__(
        self,
        pace: Callable[[str], Pace],
        *,
        concurrency: int,
        backlog: int,
        jitter: float,
        sleep: Sleep,
        monotonic: Monotonic,
        chance: Chance,
    ) -> None:
        self._pace, self.concurrency, self.backlog = pace, concurrency, backlog
        self._jitter = jitter
        self._sleep, self._monotonic, self._chance = sleep, monotonic, chance
        self._hosts: dict[str, _Host[Callable[[Lane], None]]] = {}
        self._most_known = backlog
        self._later: list[tuple[float, int, str]] = []
        self._ready: list[tuple[int, int, str]] = []
        self._in_flight = 0
        self._number = 0
        self.held = False
        self._closed = False
        self._sleeping_until = float("inf")
        self._wake = asyncio.Event()

    async def acquire(self, host: str, wait_s: float = 0.0) -> None:
        """Wait for a turn at a host, ahead of jobs that have not begun."""
        entry = self._host(host)
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(entry.waiting, (self._monotonic() + wait_s, self._next(), future))
        self._list(entry)
        self.pump()
        try:
            await future
        except asyncio.CancelledError:
            if future.done() and not future.cancelled():
                self.release(host)
            raise

    def release(self, host: str) -> None:
        """Give a turn back; the host's gap begins now."""
        entry = self._host(host)
        entry.in_flight -= 1
        self._in_flight -= 1
        spread = 1 + self._jitter * (2 * self._chance() - 1)
        entry.next_at = max(entry.next_at, self._monotonic() + entry.pace.gap_s * spread)
        self._list(entry)
        self.pump()

    def pause(self, host: str, seconds: float) -> None:
        """Let the whole host rest: it asked for it (Retry-After, an exhausted rate limit)."""
        entry = self._host(host)
        entry.next_at = max(entry.next_at, self._monotonic() + seconds)
        _LOG.info("host rests", extra=facts(host=host, seconds=round(seconds, 1), waiting=len(entry.jobs)))

    def rest_s(self, host: str) -> float:
        """Return the seconds until a host may be asked again; 0 for one that may be now."""
        entry = self._hosts.get(host)
        return 0.0 if entry is None else max(0.0, entry.next_at - self._monotonic())

    def gap_s(self, host: str) -> float:
        """Return the seconds kept between two visits to a host."""
        return self._host(host).pace.gap_s

    async def run(
        self,
        jobs: AsyncIterable[tuple[str, Job]],
        work: Callable[[Job, Lane], Awaitable[Result]],
    ) -> AsyncGenerator[Result, None]:
        """Do the work of every (host, job) and yield results as they end.

        At most `backlog` jobs are in memory, results not yet taken included; while results pile up
        no new request is made. Each job begins holding a turn at its host.
        """
        stream = _Stream[Job, Result](self, work)
        loop = asyncio.get_running_loop()
        self._closed = self.held = False
        feeder = loop.create_task(stream.feed(jobs))
        ticker = loop.create_task(self._tick())
        try:
            while (result := await stream.next()) is not None:
                yield result.value
        finally:
            self._closed = True
            await _end([feeder, ticker, *stream.tasks])
            if stream.pending:
                for entry in self._hosts.values():
                    entry.jobs.clear()  # nobody waits for them any more

    def _host(self, name: str) -> "_Host[Callable[[Lane], None]]":
        entry = self._hosts.get(name)
        if entry is None:
            if len(self._hosts) > self._most_known:
                self._forget()
            entry = self._hosts[name] = _Host(name, self._pace(name))
        return entry

    def _forget(self) -> None:
        """Let go of hosts that nobody waits for; seldom, for all of them are looked at."""
        now = self._monotonic()
        for name in [n for n, e in self._hosts.items() if e.idle and not e.listed and e.next_at <= now]:
            del self._hosts[name]
        self._most_known = max(self.backlog, 2 * len(self._hosts))

    def _next(self) -> int:
        self._number += 1
        return self._number

    def add(self, host: str, begin: Callable[[Lane], None]) -> None:
        """Queue a job's beginning behind the others of its host."""
        entry = self._host(host)
        entry.jobs.append(begin)
        if entry.ready:
            self._rank(entry)  # grown since it was listed: long queues rise
        self._list(entry)
        self.pump()

    def _rank(self, entry: "_Host[Callable[[Lane], None]]") -> None:
        """List a host whose time has come by its length; what it was listed with before counts no more."""
        entry.listed, entry.ready = self._next(), True
        heapq.heappush(self._ready, (-len(entry.jobs) - len(entry.waiting), entry.listed, entry.name))
        if len(self._ready) > 2 * len(self._hosts) + _OUTDATED:
            self._ready = [one for one in self._ready if self._counts(one)]
            heapq.heapify(self._ready)

    def _counts(self, listing: tuple[float, int, str]) -> bool:
        """Tell whether a host was not listed anew since: listed twice, it would get two turns a round."""
        entry = self._hosts.get(listing[2])
        return entry is not None and entry.listed == listing[1]

    def _list(self, entry: "_Host[Callable[[Lane], None]]") -> None:
        """Put a host where `pump` will find it when its time has come."""
        due = entry.due()
        if due is None:
            return
        if entry.listed and not entry.waiting:
            return
        if due <= self._monotonic():
            self._rank(entry)
            return
        entry.listed, entry.ready = self._next(), False
        heapq.heappush(self._later, (due, entry.listed, entry.name))
        if due < self._sleeping_until:
            self._wake.set()

    def pump(self) -> None:
        """Give every turn that can be given now."""
        now = self._monotonic()
        while self._later and self._later[0][0] <= now:
            listing = heapq.heappop(self._later)
            if self._counts(listing):
                self._rank(self._hosts[listing[2]])
        while self._ready and self._in_flight < self.concurrency and not (self.held or self._closed):
            listing = heapq.heappop(self._ready)
            if not self._counts(listing):
                continue
            entry = self._hosts[listing[2]]
            entry.listed, entry.ready = 0, False
            due = entry.due()
            if due is not None and due <= now:
                self._give(entry, now)
            self._list(entry)

    def _give(self, entry: "_Host[Callable[[Lane], None]]", now: float) -> None:
        while entry.waiting and entry.waiting[0][0] <= now:
            _, _, future = heapq.heappop(entry.waiting)
            if not future.done():
                entry.in_flight += 1
                self._in_flight += 1
                future.set_result(None)
                return
        if entry.jobs:
            entry.in_flight += 1
            self._in_flight += 1
            lane = Lane(self)
            lane.given(entry.name)
            entry.jobs.popleft()(lane)

    async def _tick(self) -> None:
        """Wake up when the next host's time comes."""
        loop = asyncio.get_running_loop()
        while True:
            self.pump()
            self._wake.clear()
            now = self._monotonic()
            self._sleeping_until = self._later[0][0] if self._later else float("inf")
            if self._sleeping_until == float("inf"):
                await self._wake.wait()
                continue
            sleeper = loop.create_task(self._wake_after(max(0.0, self._sleeping_until - now)))
            try:
                await self._wake.wait()
            finally:
                sleeper.cancel()

    async def _wake_after(self, seconds: float) -> None:
        await self._sleep(seconds)
        self._wake.set()


@dataclass(frozen=True, slots=True)
class _Done(Generic[Result]):
    value: Result


class _Stream(Generic[Job, Result]):
    """Jobs going in and results coming out of one run."""

    def __init__(self, queues: HostQueues, work: Callable[[Job, Lane], Awaitable[Result]]) -> None:
        self._queues, self._work = queues, work
        self._results: deque[_Done[Result] | BaseException] = deque()
        self._news = asyncio.Event()
        self._space = asyncio.Event()
        self.pending = 0
        self._fed = False
        self.tasks: set[asyncio.Task[None]] = set()

    async def feed(self, jobs: AsyncIterable[tuple[str, Job]]) -> None:
        """Queue every job, no more at once than the backlog allows."""
        try:
            async for host, job in jobs:
                while self.pending >= self._queues.backlog:
                    self._space.clear()
                    await self._space.wait()
                self.pending += 1
                self._queues.add(host, partial(self._begin, job))
        except Exception as error:  # noqa: BLE001 - handed to the consumer, who ends the run
            self.pending += 1
            self._results.append(error)
        finally:
            self._fed = True
            self._news.set()

    def _begin(self, job: Job, lane: Lane) -> None:
        task = asyncio.get_running_loop().create_task(self._one(job, lane))
        self.tasks.add(task)
        task.add_done_callback(partial(self._ended, lane))

    def _ended(self, lane: Lane, task: "asyncio.Task[None]") -> None:
        self.tasks.discard(task)
        lane.leave()  # a task that is cancelled before its first step gives nothing back by itself

    async def _one(self, job: Job, lane: Lane) -> None:
        try:
            self._results.append(_Done(await self._work(job, lane)))
        except Exception as error:  # noqa: BLE001 - handed to the consumer, who ends the run
            self._results.append(error)
        finally:
            lane.leave()
            if len(self._results) > 2 * self._queues.concurrency:
                self._queues.held = True  # until `next` lets go: who does so must give the turns that waited
            self._news.set()

    async def next(self) -> _Done[Result] | None:
        """Return the next result, or None when all is done; raises what a job or the feed raised."""
        while not self._results:
            if self._fed and not self.pending:
                return None
            self._news.clear()
            await self._news.wait()
        result = self._results.popleft()
        self.pending -= 1
        self._space.set()
        if self._queues.held and len(self._results) <= self._queues.concurrency:
            self._queues.held = False
            self._queues.pump()
        if isinstance(result, BaseException):
            raise result
        return result


async def _end(tasks: list["asyncio.Task[None]"]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
