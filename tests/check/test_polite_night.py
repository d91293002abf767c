"""A whole checker keeps to the manners it was told, and ends as soon as they allow.

The bound of a night is its longest host, visit after visit with the gap in between, or all answers over all
places. In virtual time nothing but scheduling stands between the two.
"""

import asyncio
import os
import random
from collections import Counter, defaultdict
from collections.abc import AsyncIterator
from urllib.parse import urlsplit

import pytest

from monitor.check.checker import HostChecker
from monitor.check.policy import CheckPolicy
from monitor.fetch.aiohttp_fetcher import AiohttpFetcher
from monitor.fetch.interface import FetchResponse
from monitor.fetch.policy import FetchPolicy
from monitor.model.values import replaced
from tests.bench.makespan import zipf
from tests.support.prose import page
from tests.support.virtual_time import run_virtual
from tests.support.watching import request
from tests.support.zoo import NOW

SOURCES = int(os.environ.get("MONITOR_POLITE_SOURCES", "300"))
QUOTE = "The weir was built of oak in 1911."


class Thinking:
    """Hosts that think for a while, in virtual time; what each took is added up."""

    def __init__(self, latency):
        self._latency = latency
        self.took = defaultdict(float)
        self._body = page("The mill", QUOTE)

    async def fetch(self, asked):
        host = urlsplit(asked.url).hostname
        self.took[host] += self._latency[host]
        await asyncio.sleep(self._latency[host])
        headers = (("content-type", "text/html"),)
        return FetchResponse(url=asked.url, status=200, headers=headers, body=self._body)

    async def close(self):
        pass


async def every(requests) -> AsyncIterator:
    for one in requests:
        yield one


@pytest.mark.parametrize("seed", [1, 2])
def test_a_night_ends_within_a_twentieth_of_what_its_manners_allow(seed):
    chance = random.Random(seed)
    sizes = {f"h{number}.example": size for number, size in enumerate(zipf(SOURCES // 3, SOURCES, 0.8))}
    latency = {host: chance.uniform(0.02, 0.4) for host in sizes}
    urls = [f"http://{host}/d/{number}" for host, size in sizes.items() for number in range(size)]
    chance.shuffle(urls)
    policy, fetcher = CheckPolicy(), Thinking(latency)

    async def night():
        loop = asyncio.get_running_loop()
        checker = HostChecker(policy, fetcher, lambda: NOW, asyncio.sleep, loop.time, chance.random)
        asked = every(request(url, quote=QUOTE) for url in urls)
        outcomes = Counter([report.observation.outcome async for report in checker.check(asked)])
        assert outcomes == {"alive": len(urls)}
        return loop.time()

    end = run_virtual(night())
    longest = max(fetcher.took[host] + (size - 1) * policy.host_gap_s for host, size in sizes.items())
    bound = max(longest, sum(fetcher.took.values()) / policy.concurrency)
    print(f"{len(urls)} sources, {len(sizes)} hosts: {end:.1f} s, bound {bound:.1f}, {end / bound:.3f}")
    assert end <= 1.05 * bound, f"{end:.1f} s where {bound:.1f} would do: {end / bound:.3f}"


class Counting(asyncio.Protocol):
    """A server that counts what is under way at each of its addresses, and keeps the highest count."""

    now, peak = Counter(), Counter()

    def connection_made(self, transport):
        self.transport, self.host = transport, transport.get_extra_info("sockname")[0]

    def data_received(self, data):
        self.now[self.host] += data.count(b"GET ")
        self.peak[self.host] = max(self.peak[self.host], self.now[self.host])
        asyncio.get_running_loop().call_later(0.2, self.answer)

    def answer(self):
        self.now[self.host] -= 1
        body = page("The mill", QUOTE)
        head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(body)}\r\n\r\n"
        self.transport.write(head.encode() + body)


@pytest.mark.parametrize("places", [1, 3])
async def test_a_server_that_counts_sees_as_many_at_once_as_is_configured(places):
    Counting.now, Counting.peak = Counter(), Counter()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Counting, "0.0.0.0", 0)  # every address of 127/8 is a host
    port = server.sockets[0].getsockname()[1]
    policy = replaced(
        CheckPolicy(), host_gap_s=0.0, per_host_concurrency=places, allow_private_addresses=True
    )
    fetcher = AiohttpFetcher(FetchPolicy(allow_private_addresses=True))
    try:
        checker = HostChecker(policy, fetcher, lambda: NOW, asyncio.sleep, loop.time, lambda: 0.5)
        urls = [f"http://127.0.0.{2 + number % 4}:{port}/{number}" for number in range(24)]
        asked = every(request(url, quote=QUOTE) for url in urls)
        seen = [report.observation.outcome async for report in checker.check(asked)]
    finally:
        await fetcher.close()
        server.close()
    assert seen == ["alive"] * 24
    assert Counting.peak == dict.fromkeys((f"127.0.0.{number}" for number in range(2, 6)), places)
