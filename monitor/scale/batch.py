"""One batch of a run's hosts: taken as there is room, asked until done or out of time, handed back."""

import asyncio
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Protocol

from monitor.model.ports import Monotonic
from monitor.store.frontier import Taken

FIRST = 4
"""Sources asked of a host before it is known how long one takes."""
MOST = 50
"""Sources of a host taken at once: what a worker that ends leaves to be asked again."""
GATHER_S = 0.25
"""How long hosts that want more sources wait for others that soon will: their statements are the same."""
LOOK_EVERY_S = 1.0
"""How often a batch that has room looks for hosts that others handed back."""


class Hosts(Protocol):
    """The hosts of a run, as one batch changes and asks them."""

    async def change(
        self, back: Collection[str], more: Mapping[str, int], *, room: bool
    ) -> Mapping[str, Taken]:
        """Hand hosts back, take others where there is `room`, and the next sources of each."""
        ...

    async def ask(self, host: str, taken: Taken) -> None:
        """Ask these sources of a host; they are written when this returns."""
        ...


@dataclass(slots=True)
class _Held:
    began: float
    asked: int = 0
    more: bool = True
    asking: "asyncio.Task[None] | None" = None

    def ended(self) -> bool:
        return self.asking is None or self.asking.done()


class Batch:
    """Asks hosts for so long."""

    def __init__(
        self, hosts: Hosts, *, lasts_s: float, stop: Callable[[], bool], monotonic: Monotonic
    ) -> None:
        self._hosts, self._lasts_s, self._stop, self._monotonic = hosts, lasts_s, stop, monotonic
        self._held: dict[str, _Held] = {}
        self._until = monotonic() + lasts_s
        self._wake = asyncio.Event()

    def _over(self) -> bool:
        return self._stop() or self._monotonic() >= self._until

    async def take(self) -> bool:
        """Take hosts and ask them; return False once none are free, True when the time is up before."""
        self._until = self._monotonic() + self._lasts_s
        while not self._over():
            await self._change(room=True)
            if not self._held:
                return False
            await self._until_wanted()
        return True

    async def drain(self) -> None:
        """Take no more, await what is under way, and hand the hosts back."""
        while self._held:
            await self._change(room=False)
            if self._held:
                await self._until_wanted()

    async def abandon(self) -> None:
        """End at once what is under way, if anything is."""
        asking = [one.asking for one in self._held.values() if one.asking is not None]
        for task in asking:
            task.cancel()
        await asyncio.gather(*asking, return_exceptions=True)
        self._held.clear()

    async def _change(self, *, room: bool) -> None:
        ended = {host: one for host, one in self._held.items() if one.ended()}
        for one in ended.values():
            if one.asking is not None:
                one.asking.result()  # why a batch cannot go on
        back = {host for host, one in ended.items() if not (room and one.more)}
        more = {host: self._most(one) for host, one in ended.items() if host not in back}
        if not (back or more or room):
            return
        taken = await self._hosts.change(back, more, room=room)
        for host in back:
            del self._held[host]
        for host, some in taken.items():
            one = self._held.setdefault(host, _Held(self._monotonic()))
            one.more = some.more
            one.asked += len(some.due)
            one.asking = asyncio.create_task(self._hosts.ask(host, some)) if some.due else None
            if one.asking is not None:
                one.asking.add_done_callback(lambda _: self._wake.set())

    def _most(self, one: _Held) -> int:
        """Return how many sources of a host can be asked in the time that is left."""
        now = self._monotonic()
        each = (now - one.began) / max(one.asked, 1)
        return max(1, min(MOST, int((self._until - now) / max(each, 1e-3))))

    async def _until_wanted(self) -> None:
        """Wait until hosts want more, and a moment for others; or until it is time to look for free ones."""
        await self._news(LOOK_EVERY_S, enough=1)
        await self._news(GATHER_S, enough=(len(self._held) + 1) // 2)

    async def _news(self, most_s: float, *, enough: int) -> None:
        try:
            async with asyncio.timeout(most_s):
                while sum(one.ended() for one in self._held.values()) < enough:
                    self._wake.clear()
                    await self._wake.wait()
        except TimeoutError:
            pass
