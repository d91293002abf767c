"""Host queues: pace, fairness, the end of a night, bounded memory."""

import asyncio
import random
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from itertools import pairwise

import pytest

from monitor.check.hosts import HostQueues, Lane, Pace
from tests.support.virtual_time import run_virtual

Visit = tuple[str, float, float]


def queues(
    *,
    gap_s: float = 1.0,
    per_host: int = 1,
    concurrency: int = 64,
    backlog: int = 10_000,
    jitter: float = 0.0,
) -> HostQueues:
    return HostQueues(
        lambda host: Pace(gap_s, per_host),
        concurrency=concurrency,
        backlog=backlog,
        jitter=jitter,
        sleep=asyncio.sleep,
        monotonic=asyncio.get_running_loop().time,
        chance=random.Random(5).random,
    )


async def stream(jobs: list[tuple[str, int]]) -> AsyncIterator[tuple[str, tuple[str, int]]]:
    for host, number in jobs:
        yield host, (host, number)


def night(
    jobs: list[tuple[str, int]], latency: Callable[[str], float] = lambda host: 0.2, **options: float
) -> tuple[list[Visit], float]:
    """Let the queues do all jobs in virtual time; return every visit and when all was done."""

    async def run() -> tuple[list[Visit], float]:
        loop = asyncio.get_running_loop()
        visits: list[Visit] = []

        async def work(job: tuple[str, int], lane: Lane) -> int:
            host, number = job
            begin = loop.time()
            await asyncio.sleep(latency(host))
            visits.append((host, begin, loop.time()))
            return number

        done = [one async for one in queues(**options).run(stream(jobs), work)]
        assert sorted(done) == sorted(number for _, number in jobs)
        return visits, loop.time()

    return run_virtual(run())


def by_host(visits: list[Visit]) -> dict[str, list[tuple[float, float]]]:
    found = defaultdict(list)
    for host, begin, end in visits:
        found[host].append((begin, end))
    return {host: sorted(times) for host, times in found.items()}


def jobs_of(sizes: dict[str, int], seed: int = 1) -> list[tuple[str, int]]:
    hosts = [host for host, size in sizes.items() for _ in range(size)]
    random.Random(seed).shuffle(hosts)
    return [(host, number) for number, host in enumerate(hosts)]


def test_one_visit_at_a_time_and_a_gap_between() -> None:
    visits, _ = night(jobs_of({"a": 5, "b": 5}))
    for times in by_host(visits).values():
        for (_, end), (begin, _) in pairwise(times):
            assert begin - end >= 1.0 - 1e-9


def test_gaps_vary_within_the_jitter() -> None:
    visits, _ = night(jobs_of({"a": 200}), jitter=0.25)
    times = by_host(visits)["a"]
    gaps = [begin - end for (_, end), (begin, _) in pairwise(times)]
    assert min(gaps) >= 0.75 - 1e-9
    assert max(gaps) <= 1.25 + 1e-9
    assert max(gaps) - min(gaps) > 0.3
    assert sum(gaps) / len(gaps) == pytest.approx(1.0, abs=0.05)


def test_never_more_in_flight_than_allowed() -> None:
    visits, _ = night(jobs_of({f"h{i}": 3 for i in range(50)}), concurrency=7, per_host=2, gap_s=0.0)
    marks = sorted([(begin, 1) for _, begin, _ in visits] + [(end, -1) for _, _, end in visits])
    level = highest = 0
    for _, step in marks:
        level += step
        highest = max(highest, level)
    assert highest == 7
    for times in by_host(visits).values():
        assert all(sum(b <= begin < e for b, e in times) <= 2 for begin, _ in times)


@pytest.mark.parametrize("seed", range(3))
def test_a_night_ends_close_to_its_lower_bound(seed: int) -> None:
    chance = random.Random(seed)
    sizes = {f"h{i}": max(1, int(chance.paretovariate(1.1))) for i in range(300)}
    sizes = {host: min(size, 400) for host, size in sizes.items()}
    latency = {host: 0.05 + chance.random() for host in sizes}
    _, end = night(jobs_of(sizes, seed), lambda host: latency[host], concurrency=64)
    longest = max(size * (1.0 + latency[host]) for host, size in sizes.items())
    work = sum(size * latency[host] for host, size in sizes.items()) / 64
    assert end <= 1.05 * max(longest, work) + 2.0


def test_a_slow_host_holds_up_nobody() -> None:
    visits, _ = night(
        jobs_of({"slow": 40, **{f"h{i}": 1 for i in range(40)}}),
        lambda host: 30.0 if host == "slow" else 0.1,
        concurrency=4,
    )
    others = [end for host, _, end in visits if host != "slow"]
    assert max(others) < 10.0


def test_retries_wait_without_a_place() -> None:
    async def run() -> float:
        loop = asyncio.get_running_loop()
        ended = {}

        async def work(job: tuple[str, int], lane: Lane) -> None:
            host, number = job
            if host == "flaky":
                await lane.to(host, 60.0)
            await asyncio.sleep(0.1)
            ended[number] = loop.time()

        jobs = [("flaky", 0), *((f"h{i}", i + 1) for i in range(10))]
        async for _ in queues(concurrency=1).run(stream(jobs), work):
            pass
        assert ended[0] >= 60.0
        return max(end for number, end in ended.items() if number)

    assert run_virtual(run()) < 5.0


def test_a_redirect_waits_its_turn_at_the_other_host() -> None:
    async def run() -> list[Visit]:
        loop = asyncio.get_running_loop()
        visits: list[Visit] = []

        async def work(job: tuple[str, int], lane: Lane) -> None:
            await asyncio.sleep(0.1)
            await lane.to("hub")
            begin = loop.time()
            await asyncio.sleep(0.1)
            visits.append(("hub", begin, loop.time()))

        async for _ in queues().run(stream([(f"h{i}", i) for i in range(20)]), work):
            pass
        return visits

    times = by_host(run_virtual(run()))["hub"]
    assert len(times) == 20
    assert all(begin - end >= 1.0 - 1e-9 for (_, end), (begin, _) in pairwise(times))


def test_a_paused_host_rests_as_a_whole() -> None:
    async def run() -> list[Visit]:
        loop = asyncio.get_running_loop()
        visits: list[Visit] = []
        queue = queues()

        async def work(job: tuple[str, int], lane: Lane) -> None:
            host, number = job
            visits.append((host, loop.time(), loop.time()))
            if number == 0:
                queue.pause("a", 50.0)

        async for _ in queue.run(stream([("a", 0), ("a", 1), ("b", 2)]), work):
            pass
        return visits

    times = by_host(run_virtual(run()))
    assert times["a"][1][0] >= 50.0
    assert times["b"][0][0] < 1.0


def test_long_queues_go_first() -> None:
    visits, _ = night(
        [("short", 0), *(("long", i) for i in range(1, 20)), ("other", 20)], concurrency=1, gap_s=0.0
    )
    assert [host for host, _, _ in sorted(visits, key=lambda v: v[1])][1] == "long"


def test_hosts_of_equal_length_take_turns() -> None:
    jobs = [(f"h{number % 8}", number) for number in range(160)]
    visits, _ = night(jobs, concurrency=4, per_host=16, gap_s=0.0)
    order = [host for host, _, _ in sorted(visits, key=lambda visit: visit[1])]
    for turn in range(0, 160, 8):
        assert len(set(order[turn : turn + 8])) == 8, order[turn : turn + 8]


def test_listings_that_count_no_more_are_cleared_away() -> None:
    async def run() -> int:
        many = queues(gap_s=0.0, concurrency=1)
        begun: list[Lane] = []
        many.add("held", begun.append)
        for number in range(20_000):
            many.add(f"h{number % 4}", begun.append)
        return len(many._ready)

    assert run_virtual(run()) < 3000


def test_memory_is_bounded_by_the_backlog() -> None:
    async def run() -> int:
        fed = most = taken = 0

        async def endless() -> AsyncIterator[tuple[str, int]]:
            nonlocal fed, most
            for number in range(500):
                fed += 1
                most = max(most, fed - taken)
                yield f"h{number % 90}", number

        async def work(job: int, lane: Lane) -> int:
            await asyncio.sleep(0.01)
            return job

        async for _ in queues(backlog=20, gap_s=0.0).run(endless(), work):
            taken += 1
            await asyncio.sleep(0.005)
        assert taken == 500
        return most

    assert run_virtual(run()) <= 22


def test_results_that_pile_up_hold_the_requests() -> None:
    async def run() -> int:
        started = 0

        async def work(job: tuple[str, int], lane: Lane) -> int:
            nonlocal started
            started += 1
            return 0

        results = queues(concurrency=4, gap_s=0.0).run(stream([(f"h{i}", i) for i in range(400)]), work)
        await anext(results)
        await asyncio.sleep(10)
        seen = started
        async for _ in results:
            pass
        assert started == 400
        return seen

    assert run_virtual(run()) <= 20


def test_a_fault_in_the_feed_or_in_the_work_ends_the_run() -> None:
    async def bad_feed() -> AsyncIterator[tuple[str, int]]:
        yield "a", 1
        raise LookupError("the store is gone")

    async def work(job: int, lane: Lane) -> int:
        return job

    async def bad_work(job: tuple[str, int], lane: Lane) -> int:
        raise LookupError("a bug")

    async def run() -> None:
        with pytest.raises(LookupError):
            async for _ in queues().run(bad_feed(), work):
                pass
        with pytest.raises(LookupError):
            async for _ in queues().run(stream([("a", 1)]), bad_work):
                pass

    run_virtual(run())


def test_leaving_early_ends_every_task() -> None:
    async def run() -> None:
        async def work(job: tuple[str, int], lane: Lane) -> int:
            await asyncio.sleep(1 + job[1])
            return job[1]

        results = queues().run(stream([(f"h{i}", i) for i in range(30)]), work)
        assert await anext(results) == 0
        await results.aclose()
        assert len(asyncio.all_tasks()) == 1

    run_virtual(run())


@pytest.mark.parametrize("steps", range(8))
def test_a_run_that_is_cut_off_leaves_no_turn_and_no_job_behind(steps: int) -> None:
    async def run() -> tuple[list[int], list[int]]:
        kept = queues(gap_s=0.0)
        asked: list[int] = []

        async def work(job: tuple[str, int], lane: Lane) -> int:
            asked.append(job[1])
            await asyncio.sleep(1.0)
            return job[1]

        async def consume(numbers: range) -> list[int]:
            jobs = [("mill.example", number) for number in numbers]
            return [result async for result in kept.run(stream(jobs), work)]

        first = asyncio.ensure_future(consume(range(3)))
        for _ in range(steps):  # the job may have been begun, and its task not yet
            await asyncio.sleep(0)
        first.cancel()
        await asyncio.gather(first, return_exceptions=True)
        asked.clear()
        async with asyncio.timeout(60):
            return await consume(range(10, 13)), asked

    assert run_virtual(run()) == ([10, 11, 12], [10, 11, 12])


def test_a_run_that_is_cut_off_while_results_pile_up_does_not_hold_the_next() -> None:
    async def run() -> list[int]:
        kept = queues(gap_s=0.0, concurrency=1)

        async def work(job: tuple[str, int], lane: Lane) -> int:
            await asyncio.sleep(0.1)
            return job[1]

        jobs = [(f"h{number}.example", number) for number in range(9)]
        first = kept.run(stream(jobs), work)
        assert await anext(first) == 0
        await asyncio.sleep(60)
        assert kept.held
        await first.aclose()
        async with asyncio.timeout(60):
            return [result async for result in kept.run(stream(jobs), work)]

    assert sorted(run_virtual(run())) == list(range(9))


def test_nothing_to_do() -> None:
    async def run() -> list[int]:
        async def work(job: tuple[str, int], lane: Lane) -> int:
            return 0

        return [one async for one in queues().run(stream([]), work)]

    assert run_virtual(run()) == []


@pytest.mark.parametrize("seed", range(6))
def test_any_mixture_of_waits_moves_and_pauses_ends(seed: int) -> None:
    async def run() -> None:
        chance = random.Random(seed)
        hosts = [f"h{i}" for i in range(6)]
        queue = queues(
            concurrency=chance.choice([1, 2, 5]),
            per_host=chance.choice([1, 2]),
            backlog=chance.choice([3, 40, 1000]),
        )
        flying: dict[str, int] = defaultdict(int)

        async def work(job: tuple[str, int], lane: Lane) -> int:
            host = job[0]
            for _ in range(chance.randint(1, 4)):
                flying[host] += 1
                assert flying[host] <= 2
                await asyncio.sleep(chance.random())
                flying[host] -= 1
                step = chance.random()
                if step < 0.2:
                    queue.pause(host, 5 * chance.random())
                if step < 0.3:
                    lane.leave()
                    await asyncio.sleep(chance.random())
                if step < 0.8:
                    host = chance.choice(hosts)
                await lane.to(host, chance.choice([0.0, 0.0, 3.0]))
            return job[1]

        jobs = [(chance.choice(hosts), number) for number in range(200)]
        done = [one async for one in queue.run(stream(jobs), work)]
        assert sorted(done) == list(range(200))

    run_virtual(run())
