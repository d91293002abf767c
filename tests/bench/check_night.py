"""How close a night ends to its lower bound, in virtual time: max over hosts of n·(gap + latency).

Hosts as they are cited: few large, many small (Pareto). `python tests/bench/check_night.py [SOURCES]`
"""

import asyncio
import random
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from support.virtual_time import run_virtual  # found through the line above

from monitor.check.hosts import HostQueues, Lane, Pace

GAP_S = 1.0
PLACES = 64


def hosts_of(sources: int, seed: int, largest: int) -> list[str]:
    chance = random.Random(seed)
    names: list[str] = []
    while len(names) < sources:
        size = min(largest, int(chance.paretovariate(1.0)))
        names += [f"h{len(names)}"] * size
    chance.shuffle(names)
    return names[:sources]


async def night(names: list[str], latency: dict[str, float], backlog: int) -> float:
    loop = asyncio.get_running_loop()
    queues = HostQueues(
        lambda host: Pace(GAP_S, 1),
        concurrency=PLACES,
        backlog=backlog,
        jitter=0.25,
        sleep=asyncio.sleep,
        monotonic=loop.time,
        chance=random.Random(1).random,
    )

    async def jobs() -> AsyncIterator[tuple[str, str]]:
        for name in names:
            yield name, name

    async def work(name: str, lane: Lane) -> None:
        await asyncio.sleep(latency[name])

    async for _ in queues.run(jobs(), work):
        pass
    return loop.time()


def main(sources: int) -> None:
    for seed, backlog in [(1, 10_000), (2, 10_000), (3, 10_000), (3, 1_000), (3, 100_000)]:
        names = hosts_of(sources, seed, largest=sources // 50)
        chance = random.Random(seed)
        latency = {name: 0.05 + chance.expovariate(2.0) for name in sorted(set(names))}
        sizes = Counter(names)
        longest = max(size * (GAP_S + latency[name]) for name, size in sizes.items())
        work = sum(size * latency[name] for name, size in sizes.items()) / PLACES
        bound = max(longest, work)
        begin = time.perf_counter()
        end = run_virtual(night(names, latency, backlog))
        spent = time.perf_counter() - begin
        print(
            f"{sources} sources, {len(sizes)} hosts, backlog {backlog}: bound {bound:.0f} s "
            f"(longest host {longest:.0f}, work {work:.0f}), ended {end:.0f} s, ratio {end / bound:.3f}; "
            f"{1e6 * spent / sources:.0f} us of our own per source"
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
