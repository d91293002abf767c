"""The limiter, in virtual time: windows, blocks, several workers, memory across runs."""

import asyncio
import random
from datetime import UTC, datetime, timedelta

import pytest

from monitor.archive.errors import ArchiveStopped
from monitor.archive.limiter import Limiter, Limits
from monitor.archive.policy import WaybackPolicy
from monitor.model.snapshot import PoolState
from tests.support.virtual_time import run_virtual

EPOCH = datetime(2026, 3, 1, tzinfo=UTC)


class Notes:
    """A Memory that lives as long as the test."""

    def __init__(self) -> None:
        self.pools: dict[tuple[str, str], PoolState] = {}
        self.answers: dict[tuple[str, str], tuple[str, datetime]] = {}

    async def load_pool(self, archive: str, pool: str) -> PoolState | None:
        return self.pools.get((archive, pool))

    async def save_pool(self, state: PoolState) -> None:
        self.pools[state.archive, state.pool] = state

    async def recall(self, archive: str, question: str) -> tuple[str, datetime] | None:
        return self.answers.get((archive, question))

    async def remember(self, archive: str, question: str, answer: str, at: datetime) -> None:
        self.answers[archive, question] = (answer, at)


class Gate:
    """What an archive sees: arrivals by pool, what it refuses, and when it was to be left alone."""

    def __init__(self, limit: int, *, latency: float = 0.01, chance: random.Random | None = None) -> None:
        self.limit, self.latency, self.chance = limit, latency, chance
        self.arrivals: list[float] = []
        self.silences: list[tuple[float, float]] = []

    async def request(self) -> None:
        before = self.chance.uniform(0, self.latency) if self.chance else self.latency / 2
        await asyncio.sleep(before)
        self.arrivals.append(now())
        await asyncio.sleep(self.latency - before)

    @property
    def most_in_a_minute(self) -> int:
        return max(sum(start <= a < start + 60.0 for a in self.arrivals) for start in self.arrivals)

    def in_silence(self) -> list[float]:
        return [a for a in self.arrivals for start, end in self.silences if start < a < end]


def now() -> float:
    return asyncio.get_running_loop().time()


def limiter(notes: Notes, limits: Limits) -> Limiter:
    return Limiter(
        "wayback",
        limits,
        notes,
        clock=lambda: EPOCH + timedelta(seconds=now()),
        sleep=asyncio.sleep,
        monotonic=now,
    )


def limits(per_minute: int = 24, *, block_s: float = 60.0, trips: int = 3, **pools: int) -> Limits:
    return Limits(per_minute={"cdx": per_minute, **pools}, block_s=block_s, trips=trips)


async def visit(gate: Gate, control: Limiter, pool: str = "cdx") -> None:
    async with await control.take(pool):
        await gate.request()
        await control.succeeded(pool)


@pytest.mark.parametrize("latency", [0.005, 0.2, 3.0, 40.0])
@pytest.mark.parametrize("workers", [1, 4])
def test_no_minute_ever_holds_more_than_the_limit(latency: float, workers: int) -> None:
    gate = Gate(24, latency=latency, chance=random.Random(7))

    async def night() -> None:
        control = limiter(Notes(), limits(24))

        async def worker() -> None:
            for _ in range(80 // workers):
                await visit(gate, control)

        await asyncio.gather(*(worker() for _ in range(workers)))

    run_virtual(night())
    assert len(gate.arrivals) == 80
    assert gate.most_in_a_minute <= 24


def test_the_limit_is_used_although_the_archive_is_slow() -> None:
    gate = Gate(24, latency=8.0)

    async def night() -> float:
        control = limiter(Notes(), limits(24))
        await asyncio.gather(*(visit(gate, control) for _ in range(60)))
        return now()

    took = run_virtual(night())
    # One after the other would take 480 s; the limit alone 150 s.
    assert took < 240


def test_requests_that_hang_do_not_hold_the_others_up() -> None:
    async def work() -> tuple[list[float], float]:
        control = limiter(Notes(), limits(600))
        hanging, quick = Gate(600, latency=60.0), Gate(600)

        async def stuck() -> None:
            async with await control.take("cdx") as place:
                await hanging.request()
                place.answered = False

        await asyncio.gather(visit(quick, control), *(stuck() for _ in range(2)))
        start = now()
        await asyncio.gather(*(stuck() for _ in range(5)), *(visit(quick, control) for _ in range(20)))
        return quick.arrivals[1:], start

    arrivals, start = run_virtual(work())
    assert arrivals[-1] - start < 10.0


def test_quick_answers_are_awaited_one_by_one() -> None:
    async def work() -> int:
        control, flying, most = limiter(Notes(), limits(600)), 0, 0

        async def one() -> None:
            nonlocal flying, most
            async with await control.take("cdx"):
                flying += 1
                most = max(most, flying)
                await asyncio.sleep(0.3)
                flying -= 1

        await asyncio.gather(*(one() for _ in range(30)))
        return most

    assert run_virtual(work()) == 1


def test_a_second_run_within_the_minute_counts_the_first_ones_requests() -> None:
    gate, notes = Gate(10), Notes()

    async def night() -> None:
        for _ in range(3):
            control = limiter(notes, limits(10))
            await asyncio.gather(*(visit(gate, control) for _ in range(7)))

    run_virtual(night())
    assert len(gate.arrivals) == 21
    assert gate.most_in_a_minute <= 10


@pytest.mark.parametrize(("retry_after", "silence"), [(None, 60.0), (5.0, 60.0), (150.0, 150.0)])
def test_a_429_silences_the_pool_for_every_worker(retry_after: float | None, silence: float) -> None:
    gate = Gate(120)

    async def night() -> None:
        control = limiter(Notes(), limits(120))

        async def worker() -> None:
            for _ in range(10):
                async with await control.take("cdx"):
                    await gate.request()
                    if len(gate.arrivals) == 7:
                        gate.silences.append((now(), now() + silence))
                        await control.limited("cdx", retry_after)
                    else:
                        await control.succeeded("cdx")

        await asyncio.gather(*(worker() for _ in range(4)))

    run_virtual(night())
    assert len(gate.arrivals) == 40
    assert gate.in_silence() == []


def test_each_429_in_a_row_is_waited_out_longer_until_the_run_asks_no_more() -> None:
    gate, notes = Gate(120), Notes()
    told: list[str] = []

    async def night() -> None:
        control = limiter(notes, limits(120, trips=3))

        async def worker() -> None:
            try:
                while True:
                    async with await control.take("cdx"):
                        await gate.request()
                        gate.silences.append((now(), now() + 60.0))
                        await control.limited("cdx", None)
            except ArchiveStopped as stopped:
                told.append(str(stopped))

        await asyncio.gather(*(worker() for _ in range(4)))
        assert control.stopped is not None

    run_virtual(night())
    assert len(gate.arrivals) == 3
    assert gate.in_silence() == []
    assert len(told) == 4
    assert all("rate limited" in words for words in told)


def test_an_archive_that_never_lets_up_ends_its_part_of_a_run_within_sixteen_blocks() -> None:
    policy = WaybackPolicy(block_s=2.0)

    async def night() -> float:
        control = limiter(Notes(), limits(600, block_s=policy.block_s, trips=policy.trips))
        while control.stopped is None:
            async with await control.take("cdx"):
                await control.limited("cdx", None)
        return now()

    assert run_virtual(night()) <= 16 * policy.block_s


def test_a_block_outlives_the_run() -> None:
    gate, notes = Gate(120), Notes()

    async def night() -> None:
        first = limiter(notes, limits(120))
        async with await first.take("cdx"):
            await gate.request()
            gate.silences.append((now(), now() + 300.0))
            await first.limited("cdx", 300.0)
        await visit(gate, limiter(notes, limits(120)))

    run_virtual(night())
    assert len(gate.arrivals) == 2
    assert gate.in_silence() == []


def test_a_refused_connection_ends_the_run_and_is_remembered_twice_as_long_each_time() -> None:
    notes = Notes()

    async def night() -> list[float]:
        ends: list[float] = []
        for _ in range(3):
            control = limiter(notes, limits(120, replay=120))
            async with await control.take("cdx"):
                await control.refused("connect-refused")
            with pytest.raises(ArchiveStopped, match="refused"):
                await control.take("replay")
            began = now()
            with pytest.raises(ArchiveStopped, match="not asked before"):
                await limiter(notes, limits(120)).take("cdx")
            assert now() == began  # answered at once, without a request
            state = notes.pools["wayback", "*"]
            assert state.blocked_until is not None
            ends.append((state.blocked_until - EPOCH).total_seconds() - began)
            await asyncio.sleep(ends[-1] + 1)
        return ends

    ends = run_virtual(night())
    assert ends == pytest.approx([3600, 7200, 14400], rel=0.01)


def test_a_proper_answer_ends_the_count_of_refusals() -> None:
    notes = Notes()

    async def night() -> float:
        first = limiter(notes, limits(120))
        async with await first.take("cdx"):
            await first.refused("connect-refused")
        await asyncio.sleep(3601)
        second = limiter(notes, limits(120))
        async with await second.take("cdx"):
            await second.succeeded("cdx")
        third = limiter(notes, limits(120))
        async with await third.take("cdx"):
            await third.refused("connect-refused")
        state = notes.pools["wayback", "*"]
        assert state.blocked_until is not None
        return (state.blocked_until - EPOCH).total_seconds() - now()

    assert run_virtual(night()) == pytest.approx(3600, rel=0.01)


def test_second_opinions_stop_alone() -> None:
    async def night() -> None:
        only = Limits(
            per_minute={"cdx": 60, "availability": 60},
            block_s=1.0,
            trips=1,
            apart=frozenset({"availability"}),
        )
        control = limiter(Notes(), only)
        async with await control.take("availability"):
            await control.limited("availability", None)
        with pytest.raises(ArchiveStopped):
            await control.take("availability")
        async with await control.take("cdx"):
            pass
        assert control.stopped is None

    run_virtual(night())


def test_a_pause_of_hours_is_not_waited_for() -> None:
    async def night() -> None:
        control = limiter(Notes(), limits(60))
        async with await control.take("cdx"):
            await control.limited("cdx", 7200.0)
        with pytest.raises(ArchiveStopped):
            await control.take("cdx")
        assert now() < 60

    run_virtual(night())


@pytest.mark.parametrize("seed", range(20))
def test_whatever_the_archive_does_its_limits_and_silences_are_kept(seed: int) -> None:
    chance = random.Random(seed)
    per_minute = chance.choice([6, 24, 120, 600])
    gate = Gate(per_minute, latency=chance.choice([0.01, 0.3]), chance=chance)
    block = chance.choice([1.0, 20.0, 60.0])
    notes = Notes()

    async def night() -> None:
        control = limiter(notes, limits(per_minute, block_s=block, trips=50))

        async def worker() -> None:
            for _ in range(12):
                await asyncio.sleep(chance.expovariate(1.0))
                async with await control.take("cdx"):
                    await gate.request()
                    if chance.random() < 0.15:
                        asked = chance.choice([None, 3.0, 90.0])
                        gate.silences.append((now(), now() + max(block, asked or 0)))
                        await control.limited("cdx", asked)
                    else:
                        await control.succeeded("cdx")

        await asyncio.gather(*(worker() for _ in range(chance.randint(1, 5))))

    run_virtual(night())
    assert gate.most_in_a_minute <= per_minute
    assert gate.in_silence() == []
