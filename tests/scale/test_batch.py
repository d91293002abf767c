"""Batches of hosts: random nights in virtual time, and how few questions they put to the store."""

import asyncio
import itertools
import random
from collections import Counter

import pytest

from monitor.errors import StoreError
from monitor.scale.batch import Batch
from monitor.scale.gathered import GatheredReservations
from monitor.store.frontier import Taken
from monitor.store.host_stretches import Reserved
from tests.scale.test_turns import START
from tests.support.virtual_time import run_virtual


class Night:
    """Hosts with numbers of sources; whoever takes a host holds it."""

    def __init__(self, sizes, visit_s, places):
        self.left = {host: list(range(size)) for host, size in sizes.items()}
        self.visit_s, self.places = visit_s, places
        self.holder, self.asked, self.changes = {}, Counter(), 0

    def of(self, batch):
        return Hosts(self, batch)


class Hosts:
    """The hosts of a night as a batch sees them."""

    def __init__(self, night, batch):
        self.night, self.batch, self.failing = night, batch, False

    async def change(self, back, more, *, room):
        night = self.night
        night.changes += 1
        await asyncio.sleep(0.01)
        if self.failing:
            raise StoreError("gone")
        for host in back:
            assert night.holder.pop(host) == self.batch
        free = [host for host in night.left if night.left[host] and host not in night.holder]
        free.sort(key=lambda host: -len(night.left[host]))
        new = free[: night.places - len(night.holder)] if room else []
        night.holder |= dict.fromkeys(new, self.batch)
        taken = {}
        for host, most in {**more, **dict.fromkeys(new, 4)}.items():
            assert night.holder[host] == self.batch
            some, night.left[host] = night.left[host][:most], night.left[host][most:]
            taken[host] = Taken(due=tuple(some), tries={}, more=bool(night.left[host]))
        return taken

    async def ask(self, host, taken):
        for one in taken.due:
            await asyncio.sleep(self.night.visit_s)
            self.night.asked[host, one] += 1


def batch(night, number, lasts_s, stop=lambda: False):
    hosts = night.of(number)
    clock = asyncio.get_running_loop().time
    return hosts, Batch(hosts, lasts_s=lasts_s, stop=stop, monotonic=clock)


async def whole(night, lasts_s, workers=1):
    """Carry out batches until nothing is free any more; return how long each took."""
    took, now, numbers = [], asyncio.get_running_loop().time, itertools.count()

    async def worker():
        left = True
        while left:
            begun = now()
            _, one = batch(night, next(numbers), lasts_s)
            left = await one.take()
            await one.drain()
            took.append(now() - begun)

    await asyncio.gather(*(worker() for _ in range(workers)))
    assert not night.holder
    return took


@pytest.mark.parametrize("seed", range(8))
def test_every_source_is_asked_once_and_no_batch_lasts_much_longer_than_its_time(seed):
    chance = random.Random(seed)
    sizes = {n: int(200 / rank) + 1 for n, rank in enumerate(range(1, chance.randrange(2, 300)))}
    visit_s = chance.choice([0.001, 0.1, 1.0])
    night = Night(sizes, visit_s, places=chance.choice([1, 8, 128]))
    took = run_virtual(whole(night, lasts_s=20.0, workers=chance.randrange(1, 4)))
    assert night.asked == {(host, one): 1 for host, size in sizes.items() for one in range(size)}
    assert max(took) < 20.0 + 4 * visit_s + 2


def test_thousands_of_hosts_with_one_source_each_go_many_to_a_statement():
    night = Night(dict.fromkeys(range(3000), 1), 0.2, places=128)
    run_virtual(whole(night, lasts_s=60.0))
    assert len(night.asked) == 3000
    assert night.changes < 3000 / 50


def test_a_long_host_is_handed_back_when_its_time_is_up():
    night = Night({"long": 1000}, 1.0, places=128)

    async def work():
        _, one = batch(night, 1, 60.0)
        left = await one.take()
        await one.drain()
        return left

    assert run_virtual(work())
    assert 50 < len(night.asked) < 65
    assert night.holder == {}


def test_what_was_asked_when_the_store_failed_is_still_written():
    night = Night({"a": 4, "b": 4}, 1.0, places=128)

    async def work():
        hosts, one = batch(night, 1, 60.0)
        taking = asyncio.ensure_future(one.take())
        await asyncio.sleep(0.5)
        hosts.failing = True
        with pytest.raises(StoreError):
            await taking
        hosts.failing = False
        await one.drain()

    run_virtual(work())
    assert len(night.asked) == 8


class Stretches:
    """Keeps how many were wanted in each statement."""

    def __init__(self):
        self.sent, self.released, self.fails = [], [], False

    async def reserve(self, wishes):
        self.sent.append([one.host for one in wishes])
        if self.fails:
            raise StoreError("gone")
        return [Reserved(wait_s=float(len(one.host)), until=START) for one in wishes]

    async def release(self, given_back):
        self.released.append([one.host for one in given_back])


def test_reservations_wanted_at_once_are_one_statement_and_each_gets_its_own_answer():
    async def work():
        kept = Stretches()
        one = GatheredReservations(kept)
        names = ["h" * n for n in range(1, 65)]
        answers = await asyncio.gather(*(one.reserve(name, 1.0, None) for name in names))
        assert [answer.wait_s for answer in answers] == [float(len(name)) for name in names]
        await asyncio.gather(one.reserve("h", 1.0, None), one.reserve("h", 2.0, None))
        await asyncio.gather(*(one.release(name, START, 0.0) for name in names))
        kept.fails = True
        failed = await asyncio.gather(
            one.reserve("a", 1.0, None), one.reserve("b", 1.0, None), return_exceptions=True
        )
        assert [type(error) for error in failed] == [StoreError, StoreError]
        return kept

    kept = run_virtual(work())
    assert [len(sent) for sent in kept.sent] == [64, 1, 1, 2]
    assert [len(sent) for sent in kept.released] == [64]
