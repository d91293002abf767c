"""Hosts' turns between workers: reservations kept in memory, virtual time, random nights."""

import asyncio
import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from monitor.scale.turns import HostTurns
from tests.support.virtual_time import run_virtual

START = datetime(2026, 3, 4, tzinfo=UTC)
HOST = "mill.example"


@dataclass(frozen=True)
class Stretch:
    wait_s: float
    until: datetime


class Store:
    """Reservations as the frontier keeps them; an answer takes its time."""

    def __init__(self, chance):
        self.chance, self.until, self.asked = chance, {}, 0

    def now(self):
        return START + timedelta(seconds=asyncio.get_running_loop().time())

    async def reserve(self, host, seconds, held):
        await asyncio.sleep(self.chance.uniform(0, 0.05))
        self.asked += 1
        now = self.now()
        until = self.until.get(host, now)
        begins = now if until == held else max(until, now)
        self.until[host] = begins + timedelta(seconds=seconds)
        found = Stretch((begins - now).total_seconds(), self.until[host])
        await asyncio.sleep(self.chance.uniform(0, 0.05))
        return found

    async def release(self, host, until, wait_s):
        if self.until.get(host) == until:
            self.until[host] = min(until, self.now() + timedelta(seconds=wait_s))


def turns(store, gap):
    return HostTurns(store, lambda _: gap, monotonic=asyncio.get_running_loop().time)


async def night(seed, gap, asked):
    """Batches move from worker to worker, some of which die; others are sent to the host by redirects."""
    chance = random.Random(seed)
    store = Store(chance)
    loop = asyncio.get_running_loop()
    batch = asyncio.Lock()

    async def visit(one):
        await one.take(HOST)
        asked.append(loop.time())
        await asyncio.sleep(chance.uniform(0, 2 * gap))

    async def worker():
        for _ in range(3):
            async with batch:
                one = turns(store, gap)
                await asyncio.sleep(await one.enter(HOST))
                for _ in range(chance.randrange(1, 20)):
                    await visit(one)
                    await asyncio.sleep(gap)
                if chance.random() < 0.7:
                    await one.leave(HOST, gap)

    async def guest():
        one = turns(store, gap)
        for _ in range(10):
            await asyncio.sleep(chance.uniform(0, 10 * gap))
            await visit(one)
            await asyncio.sleep(gap)

    await asyncio.gather(*(worker() for _ in range(3)), *(guest() for _ in range(2)))
    return store


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("gap", [0.2, 1.0, 30.0])
def test_nobody_asks_a_host_within_its_gap(seed, gap):
    asked = []
    store = run_virtual(night(seed, gap, asked))
    assert min(b - a for a, b in pairwise(asked)) >= gap - 1e-6
    assert store.asked < len(asked) or gap == 30.0


def test_a_host_that_was_left_is_free_after_its_rest_alone():
    async def work():
        store = Store(random.Random(1))
        first, second = turns(store, 1.0), turns(store, 1.0)
        await first.enter(HOST)
        await first.take(HOST)
        await first.leave(HOST, 1.0)
        at = asyncio.get_running_loop().time()
        await second.enter(HOST)
        await second.take(HOST)
        return asyncio.get_running_loop().time() - at

    assert 0.9 < run_virtual(work()) < 1.3


def test_a_batch_alone_loses_no_time_to_its_reservations():
    async def work():
        store = Store(random.Random(1))
        one, now = turns(store, 1.0), asyncio.get_running_loop().time
        await one.enter(HOST)
        for _ in range(100):
            await one.take(HOST)
            await asyncio.sleep(1.0)
        return now(), store.asked

    spent, asked = run_virtual(work())
    assert spent < 103
    assert asked <= 15


def test_a_host_without_a_gap_costs_no_reservation():
    async def work():
        store = Store(random.Random(1))
        one = turns(store, 0.0)
        await one.enter(HOST)
        await one.take(HOST)
        await one.leave(HOST, 0.0)
        return store.asked

    assert run_virtual(work()) == 0
