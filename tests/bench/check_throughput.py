"""How much the checker costs beside a bare client loop, against the same loopback server, in the same run.

Prints requests per second of both and their ratio. `python tests/bench/check_throughput.py [N]`
"""

import asyncio
import random
import statistics
import sys
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import aiohttp

sys.path.insert(0, str(Path(__file__).parents[1]))

from support.prose import page  # found through the line above

from monitor.check.checker import HostChecker
from monitor.check.interface import CheckRequest
from monitor.check.policy import CheckPolicy
from monitor.fetch.aiohttp_fetcher import AiohttpFetcher
from monitor.model.source import Source

CONCURRENCY = 64
PAGE = page("A page of the usual length", "The weir was built of oak in 1911.", sentences=80)


def answer(kind: bytes) -> bytes:
    return b"HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n" % (kind, len(PAGE)) + PAGE


ANSWER, PICTURE = answer(b"text/html; charset=utf-8"), answer(b"image/png")


async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while True:
            head = await reader.readuntil(b"\r\n\r\n")
            writer.write(PICTURE if b"/picture/" in head else ANSWER)
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()


async def bare(port: int, count: int) -> float:
    """Fetch with nothing but the client: no queues, no reading, no judging."""
    places = asyncio.Semaphore(CONCURRENCY)
    connector = aiohttp.TCPConnector(limit=CONCURRENCY)
    async with aiohttp.ClientSession(connector=connector) as session:

        async def one(number: int) -> None:
            async with places, session.get(f"http://127.0.0.1:{port}/{number}") as response:
                await response.read()

        begin = time.perf_counter()
        await asyncio.gather(*(one(number) for number in range(count)))
        return count / (time.perf_counter() - begin)


async def checked(port: int, count: int, folder: str, *, quotes: bool) -> float:
    """Check as many sources on as many hosts as requests are in flight."""
    policy = CheckPolicy(
        concurrency=CONCURRENCY, host_gap_s=0.0, sibling_probe=False, resolve=(f"*:*:127.0.0.1:{port}",)
    )
    fetcher = AiohttpFetcher(policy.fetch())
    checker = HostChecker(
        policy, fetcher, lambda: datetime.now(UTC), asyncio.sleep, time.monotonic, random.random
    )

    async def requests() -> AsyncIterator[CheckRequest]:
        for number in range(count):
            url = f"http://h{number % (2 * CONCURRENCY)}.example/{folder}/{number}"
            told = {"k": "The weir was built of oak in 1911."} if quotes else {}
            yield CheckRequest(source=Source(url, url), titles={"k": None}, quotes=told)

    begin = time.perf_counter()
    outcomes = {report.observation.outcome async for report in checker.check(requests())}
    rate = count / (time.perf_counter() - begin)
    if {str(outcome) for outcome in outcomes} != {"alive"}:
        raise SystemExit(f"the server was to be alive: {outcomes}")
    await fetcher.close()
    return rate


async def main(count: int) -> None:
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    rows = [
        (
            await bare(port, count),
            await checked(port, count, "picture", quotes=False),
            await checked(port, count, "page", quotes=False),
            await checked(port, count, "page", quotes=True),
        )
        for _ in range(3)
    ]
    base, picture, plain, quoted = (statistics.median(column) for column in zip(*rows, strict=True))
    print(f"{count} requests, {CONCURRENCY} in flight, {len(PAGE)} bytes a page, median of {len(rows)}")
    print(f"bare client          {base:8.0f} /s")
    print(f"checker, no text     {picture:8.0f} /s   ratio {picture / base:.2f}")
    print(f"checker              {plain:8.0f} /s   ratio {plain / base:.2f}")
    print(f"checker with quotes  {quoted:8.0f} /s   ratio {quoted / base:.2f}")
    server.close()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 2000))
