"""The makespan of a shared night, simulated: near its lower bound, whatever the sizes of hosts."""

import random

import pytest

from tests.bench.makespan import simulate, zipf


@pytest.mark.parametrize("seed", range(4))
def test_a_night_ends_within_a_batch_of_its_bound(seed):
    chance = random.Random(seed)
    sizes = zipf(chance.randrange(50, 1000), chance.randrange(2000, 8000), chance.uniform(0.6, 1.4))
    chance.shuffle(sizes)
    batch, visit = chance.uniform(5, 60), chance.uniform(0.2, 1.5)
    night = simulate(sizes, places=chance.choice([8, 64, 256]), visit_s=visit, batch_s=batch)
    assert night.bound_s <= night.makespan_s + 1e-6
    assert night.makespan_s <= night.bound_s + 2 * max(batch, visit)


def test_whoever_keeps_a_host_whole_and_begins_with_short_ones_ends_late():
    sizes, whole = sorted(zipf(200, 8000)), 1e9
    order = {
        first: simulate(sizes, places=4, visit_s=1.0, batch_s=whole, longest_first=first)
        for first in (True, False)
    }
    assert order[True].makespan_s < 1.05 * order[True].bound_s
    assert order[False].makespan_s > 1.3 * order[False].bound_s


def test_more_workers_help_until_the_longest_host_is_what_is_left():
    sizes = zipf(1000, 8000)
    nights = [simulate(sizes, places=places, visit_s=1.0, batch_s=60).makespan_s for places in (2, 4, 8, 512)]
    assert nights[0] / nights[1] == pytest.approx(2, rel=0.05)
    assert nights[3] < 1.02 * max(sizes)
