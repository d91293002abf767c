"""A checker over the zoo, with an invented name service and time that does not pass."""

import asyncio
import random
import socket
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from urllib.parse import urldefrag

import tests.support.zoo_bodies
import tests.support.zoo_redirects
import tests.support.zoo_statuses
import tests.support.zoo_walls
from monitor.check.checker import HostChecker
from monitor.check.interface import CheckReport, CheckRequest
from monitor.check.policy import CheckPolicy
from monitor.fetch.aiohttp_fetcher import AiohttpFetcher
from monitor.fetch.interface import Browser
from monitor.model.source import Source
from monitor.model.urls import canonical_url, masked
from monitor.model.values import replaced
from tests.support.certificates import certificates
from tests.support.zoo import NOW, Zoo

NAMES = {
    "private-a.example": ["10.0.0.1"],
    "private-b.example": ["169.254.169.254"],
    "private-c.example": ["100.64.0.1"],
    "private-d.example": ["::ffff:10.0.0.1"],
    "private-e.example": ["93.184.216.34", "127.0.0.1"],
    "private-f.example": ["fe80::1"],
    "gone-host.living.example": socket.EAI_NONAME,
    "living.example": ["93.184.216.34"],
    "nothing.example": socket.EAI_NONAME,
    "weather.example": socket.EAI_AGAIN,
    "no-address.example": getattr(socket, "EAI_NODATA", socket.EAI_NONAME),
}
"""Names outside the zoo: what the name service says of them."""


async def lookup(host: str, port: int) -> Sequence[str]:
    await asyncio.sleep(0)
    found = NAMES.get(host, socket.EAI_NONAME)
    if isinstance(found, int):
        raise socket.gaierror(found, "as arranged")
    return found


@dataclass
class Time:
    """A monotonic clock that only sleeping moves, and the record of what was slept."""

    now: float = 0.0
    slept: list[float] = field(default_factory=list)

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds
        await asyncio.sleep(0)

    def monotonic(self) -> float:
        return self.now


def request(url: str, quote: str | None = None, title: str | None = None, **more: object) -> CheckRequest:
    quotes = {"k": quote} if quote is not None else {}
    place = urldefrag(url)[1]
    more.setdefault("fragments", {"k": place} if place else {})
    return CheckRequest(source=Source(canonical_url(url), url), titles={"k": title}, quotes=quotes, **more)


FAST = CheckPolicy(
    timeout_s=2.0,
    connect_timeout_s=1.5,
    body_timeout_s=0.7,
    host_gap_s=0.0,
    max_body_bytes=400_000,
    ca_file=certificates().ca_file,
    sentinels=(),
)


@dataclass
class Watch:
    """A checker over a running zoo."""

    zoo: Zoo
    time: Time = field(default_factory=Time)

    async def check(
        self,
        requests: Iterable[CheckRequest],
        policy: CheckPolicy = FAST,
        *,
        names: bool = False,
        browser: Callable[[AiohttpFetcher], Browser] | None = None,
    ) -> list[CheckReport]:
        """Probe everything; reports come in the order asked.

        With `names` the invented name service answers, without it the zoo stands behind every name. `browser`
        makes one that dials as the transport does.
        """
        requests = list(requests)
        overrides = () if names else (*policy.resolve, *self.zoo.overrides())
        fetcher = AiohttpFetcher(replaced(policy.fetch(), resolve=overrides), lookup=lookup)
        checker = HostChecker(
            policy, fetcher, lambda: NOW, self.time.sleep, self.time.monotonic, random.Random(7).random,
            browser=browser(fetcher) if browser else None,
        )  # fmt: skip

        async def stream() -> AsyncIterator[CheckRequest]:
            for one in requests:
                yield one

        found = {}
        try:
            async for report in checker.check(stream()):
                found[report.observation.url] = report
        finally:
            await fetcher.close()
        return [found[masked(one.source.url)] for one in requests]


assert tests.support.zoo_bodies
assert tests.support.zoo_redirects
assert tests.support.zoo_statuses
assert tests.support.zoo_walls
