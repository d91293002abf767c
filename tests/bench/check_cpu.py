"""CPU a source costs in the checker, beside a bare client loop, with the server in a process of its own.

`python tests/bench/check_cpu.py [SOURCES] [--uvloop] [--profile FILE]` prints CPU milliseconds a source
(user and system, this process alone) and ratios, medians of three rounds; each round runs every row.
"""

import argparse
import asyncio
import cProfile
import multiprocessing
import random
import statistics
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path

import aiohttp

sys.path.insert(0, str(Path(__file__).parents[1]))

from support.prose import page  # found through the line above

from monitor.check.checker import HostChecker
from monitor.check.interface import CheckRequest
from monitor.check.policy import CheckPolicy
from monitor.fetch.aiohttp_fetcher import AiohttpFetcher
from monitor.fetch.interface import FetchRequest, FetchResponse
from monitor.model.source import Source

HOSTS = 500
IN_FLIGHT = 64
QUOTE = "The weir was built of oak in 1911."
PAGE = page("A page of the usual length", QUOTE, sentences=14)[:2048]
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
ANSWER = HEAD % (b"text/html; charset=utf-8", len(PAGE)) + PAGE
PICTURE = HEAD % (b"image/png", len(PAGE)) + PAGE


async def serve(ready: Connection) -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                writer.write(PICTURE if b"/picture/" in head[:64] else ANSWER)
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    ready.send(server.sockets[0].getsockname()[1])
    await server.serve_forever()


async def bare(port: int, count: int) -> None:
    """Fetch with nothing but the client: no queues, no reading, no judging."""
    places = asyncio.Semaphore(IN_FLIGHT)
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=IN_FLIGHT)) as session:

        async def one(number: int) -> None:
            async with places, session.get(f"http://127.0.0.1:{port}/page/{number}") as response:
                await response.read()

        await asyncio.gather(*(one(number) for number in range(count)))


def policy(port: int) -> CheckPolicy:
    return CheckPolicy(
        concurrency=IN_FLIGHT, host_gap_s=0.0, sibling_probe=False, resolve=(f"*:*:127.0.0.1:{port}",)
    )


def url(folder: str, number: int) -> str:
    return f"http://h{number % HOSTS}.example/{folder}/{number}"


async def fetched(port: int, count: int) -> None:
    """Fetch through the transport alone: the guard, the resolver and the decoder."""
    fetcher = AiohttpFetcher(policy(port).fetch())
    places = asyncio.Semaphore(IN_FLIGHT)

    async def one(number: int) -> None:
        async with places:
            answer = await fetcher.fetch(FetchRequest(url=url("page", number)))
        if not isinstance(answer, FetchResponse):
            raise SystemExit(f"the server was to answer: {answer}")

    await asyncio.gather(*(one(number) for number in range(count)))
    await fetcher.close()


def checked(folder: str, *, quotes: bool) -> Callable[[int, int], Awaitable[None]]:
    async def check(port: int, count: int) -> None:
        settings = policy(port)
        fetcher = AiohttpFetcher(settings.fetch())
        checker = HostChecker(
            settings, fetcher, lambda: datetime.now(UTC), asyncio.sleep, time.monotonic, random.random
        )

        async def requests() -> AsyncIterator[CheckRequest]:
            for number in range(count):
                cited = url(folder, number)
                told = {"k": QUOTE} if quotes else {}
                yield CheckRequest(source=Source(cited, cited), titles={"k": None}, quotes=told)

        outcomes = {report.observation.outcome.value async for report in checker.check(requests())}
        if outcomes != {"alive"}:
            raise SystemExit(f"the server was to be alive: {outcomes}")
        await fetcher.close()

    return check


ROWS: dict[str, Callable[[int, int], Awaitable[None]]] = {
    "bare client": bare,
    "transport": fetched,
    "checker, no text": checked("picture", quotes=False),
    "checker": checked("page", quotes=False),
    "checker with quotes": checked("page", quotes=True),
}


def run(row: Callable[[int, int], Awaitable[None]], port: int, count: int, *, uvloop: bool) -> float:
    factory = None
    if uvloop:
        import uvloop as fast

        factory = fast.new_event_loop
    with asyncio.Runner(loop_factory=factory) as runner:
        begin = time.process_time()
        runner.run(row(port, count))
        return (time.process_time() - begin) / count * 1000


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("sources", nargs="?", type=int, default=3000)
    options.add_argument("--uvloop", action="store_true")
    options.add_argument("--profile")
    options.add_argument("--row", default="checker with quotes", choices=ROWS)
    options.add_argument("--rounds", type=int, default=3)
    told = options.parse_args()
    here, there = multiprocessing.Pipe()
    server = multiprocessing.Process(target=lambda: asyncio.run(serve(there)), daemon=True)
    server.start()
    port = here.recv()
    rows = dict(ROWS) if not told.profile else {told.row: ROWS[told.row]}
    profile = cProfile.Profile() if told.profile else None
    if profile is not None:
        profile.enable()
    spent = [
        [run(row, port, told.sources, uvloop=told.uvloop) for row in rows.values()]
        for _ in range(1 if told.profile else told.rounds)
    ]
    if profile is not None:
        profile.disable()
        profile.dump_stats(told.profile)
    server.terminate()
    medians = [statistics.median(column) for column in zip(*spent, strict=True)]
    print(f"{told.sources} sources on {HOSTS} hosts, {len(PAGE)} bytes a page, {IN_FLIGHT} in flight")
    for name, cost in zip(rows, medians, strict=True):
        print(f"{name:20} {cost:7.3f} ms   bare/this {medians[0] / cost:.2f}")


if __name__ == "__main__":
    main()
