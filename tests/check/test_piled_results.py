"""Results that pile up hold the requests, and let them go on."""

import asyncio
from collections.abc import AsyncIterator

from monitor.check.hosts import HostQueues, Lane, Pace
from tests.support.virtual_time import run_virtual


def test_requests_go_on_though_the_last_visit_ended_while_results_were_taken() -> None:
    """Seven visits have given their turns back; one ends when the pile is on its way down."""

    async def run() -> list[int]:
        ends = [asyncio.Event() for _ in range(9)]
        more = asyncio.Event()

        async def jobs() -> AsyncIterator[tuple[str, int]]:
            for number in range(9):
                if number == 7:
                    await more.wait()
                yield f"h{number}", number

        async def work(number: int, lane: Lane) -> int:
            lane.leave()
            await ends[number].wait()
            return number

        queues = HostQueues(
            lambda host: Pace(0.0, 1),
            concurrency=2,
            backlog=100,
            jitter=0.0,
            sleep=asyncio.sleep,
            monotonic=asyncio.get_running_loop().time,
            chance=lambda: 0.5,
        )
        results = queues.run(jobs(), work)
        ends[0].set()
        done = [await anext(results)]
        for number in (1, 2, 3, 4, 5, 7, 8):
            ends[number].set()
        await asyncio.sleep(0.1)  # five results: the pile holds what is fed now
        more.set()
        await asyncio.sleep(0.1)
        done += [await anext(results), await anext(results)]
        ends[6].set()
        await asyncio.sleep(0.1)
        async with asyncio.timeout(60):
            return done + [one async for one in results]

    assert sorted(run_virtual(run())) == list(range(9))
