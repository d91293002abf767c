"""The hosts of a run as a worker's batch changes and asks them: the frontier, their turns, the probing."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

from monitor.check.checker import HostChecker
from monitor.errors import StoreError
from monitor.model import wording
from monitor.model.case import StoredObservation
from monitor.model.observation import Evidence, Observation, Outcome
from monitor.model.urls import masked
from monitor.run.ports import Parts
from monitor.scale.batch import FIRST
from monitor.scale.pipeline import GaveUpError, Pipeline
from monitor.scale.turns import HostTurns
from monitor.store.frontier import SUSPECT, Frontier, Room, Taken
from monitor.store.interface import DueSource, SourceResult


@dataclass(frozen=True)
class Places:
    """The hosts all batches of one worker hold, and how many they may; one suspect is asked at a time.

    Else what was merely beside a page that ends its workers would look like one.
    """

    most: int
    held: set[str] = field(default_factory=set)
    suspect: asyncio.Lock = field(default_factory=asyncio.Lock)


class RunHosts:
    """Hosts of one run for one batch; see `batch.Hosts`. `workers` says how many share the run."""

    def __init__(
        self,
        batch: int,
        pipeline: Pipeline,
        frontier: Frontier,
        *,
        parts: Parts,
        checker: HostChecker,
        turns: HostTurns,
        places: Places,
        tries: int,
        workers: Callable[[], Awaitable[int]],
    ) -> None:
        self._batch, self._pipeline, self._frontier = batch, pipeline, frontier
        self._parts, self._checker, self._turns = parts, checker, turns
        self._places, self._tries, self._workers = places, tries, workers
        self._own: set[str] = set()
        self._asking: dict[str, Sequence[str]] = {}

    async def begin(self) -> None:
        """Let go of what an earlier try of this batch could not hand back."""
        await self._frontier.put_back(self._pipeline.run, self._batch)

    async def change(
        self, back: Collection[str], more: Mapping[str, int], *, room: bool
    ) -> Mapping[str, Taken]:
        """See `batch.Hosts`."""
        held = len(self._places.held) - len(back)
        free = self._places.most - held if room else 0
        if not (back or more or free > 0):
            return {}
        await self._leave(back)
        taken = await self._frontier.change_hosts(
            self._pipeline.run,
            self._batch,
            back=back,
            more=more,
            room=Room(places=free, held=held, workers=await self._workers() if free > 0 else 1),
            first=FIRST,
        )
        self._forget(back)
        self._own |= taken.keys()
        self._places.held.update(taken)
        return taken

    async def ask(self, host: str, taken: Taken) -> None:
        """See `batch.Hosts`; GaveUpError where the worker ends."""
        self._checker.rest(host, await self._turns.enter(host))
        sound = []
        for one in taken.due:
            count = taken.tries[one.source.canonical_url]
            if count < self._tries:
                sound.append(one)
                continue
            ended = wording.count(count, "worker")
            what = f"{masked(one.source.url)} was set aside: {ended} ended while asking it"
            await self._pipeline.write([self._set_aside(one)], note=what)
        if not sound:
            return
        if max(taken.tries.values()) < SUSPECT:
            await self._ask(host, sound)
            return
        async with self._places.suspect:
            for one in sound:
                await self._frontier.count_try(self._pipeline.run, one.source.canonical_url)
            await self._ask(host, sound)

    async def _ask(self, host: str, sound: Sequence[DueSource]) -> None:
        self._asking[host] = [one.source.canonical_url for one in sound]
        await self._pipeline.ask(sound)
        del self._asking[host]

    async def end(self, failed: BaseException | None) -> None:
        """Hand back all that the batch still holds; what could not be asked as if it had not been taken."""
        with contextlib.suppress(StoreError):
            await self._leave(self._own)
        with contextlib.suppress(StoreError):
            if isinstance(failed, GaveUpError) and self._asking:
                names = [name for some in self._asking.values() for name in some]
                await self._frontier.give_back(self._pipeline.run, names)
            await self._frontier.put_back(self._pipeline.run, self._batch)
        self._forget(list(self._own))

    async def _leave(self, hosts: Collection[str]) -> None:
        await asyncio.gather(*(self._turns.leave(host, self._checker.rest_s(host)) for host in hosts))

    def _forget(self, hosts: Collection[str]) -> None:
        self._own.difference_update(hosts)
        self._places.held.difference_update(hosts)

    def _set_aside(self, due: DueSource) -> SourceResult:
        """Return the result of a source that ends whoever asks it: not observed, and asked another day."""
        run = self._pipeline.run
        seen = Observation(
            source=due.source.canonical_url,
            url=masked(due.source.url),
            observed_at=self._parts.clock(),
            outcome=Outcome.UNCHECKED,
            cause="internal-error",
            evidence=(Evidence("fault", "every worker that asked it ended"),),
        )
        stored = StoredObservation(observation=seen, run=run.id, void=False, last_seen_at=seen.observed_at)
        at = self._parts.judge.next_check((*due.observations, stored), due.rot, run.now)
        return SourceResult(source=due.source, observation=seen, next_check_at=at)
