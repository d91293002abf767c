"""How long a shared night takes, by discrete events: hosts of zipf sizes, workers with places, batches that end by time.

    python -m tests.bench.makespan [--hosts 1000000] [--sources 4800000] [--workers 4 16] [--gap-s 1.0]

A place is what a worker holds for one host (`[scale] hosts_at_once`): it is taken for a batch, the waiting between two
visits included, and at the end of the batch the rest of the host is queued again. The longest queue goes first, as the
engine's priorities have it. Nothing is asked faster than a host allows, so no order beats the bound printed beside:
the longest host, or all work spread over all places.
"""

import argparse
import heapq
import itertools
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Night:
    """Seconds until all is asked; the bound below it; how many batches that took; and the busiest host alone."""

    makespan_s: float
    bound_s: float
    batches: int
    longest_s: float


def zipf(hosts: int, sources: int, exponent: float = 1.0) -> list[int]:
    """Return sizes of hosts by rank: about so many sources in all, at least one each."""
    weights = [1.0 / rank**exponent for rank in range(1, hosts + 1)]
    scale = sources / sum(weights)
    return [max(1, round(scale * weight)) for weight in weights]


def simulate(
    sizes: Iterable[int], *, places: int, visit_s: float, batch_s: float, longest_first: bool = True
) -> Night:
    """Let places take hosts until all is asked; `visit_s` is the gap and the answer of one source."""
    sizes = list(sizes)
    most = max(1, int(batch_s / visit_s))
    order = itertools.count()
    queue = [(-size if longest_first else 0, next(order), size) for size in sizes]
    heapq.heapify(queue)
    free: list[float] = [0.0] * places
    waiting: list[tuple[float, int]] = []  # hosts whose batch ends then, with what is left
    end, batches = 0.0, 0
    while queue or waiting:
        now = free[0]
        if not queue:
            now = max(now, waiting[0][0])
        while waiting and waiting[0][0] <= now:
            _, left = heapq.heappop(waiting)
            heapq.heappush(queue, (-left if longest_first else 0, next(order), left))
        size = heapq.heappop(queue)[2]
        asked = min(size, most)
        done = now + asked * visit_s
        heapq.heapreplace(free, done)
        batches += 1
        end = max(end, done)
        if size > asked:
            heapq.heappush(waiting, (done, size - asked))
    longest, whole = max(sizes) * visit_s, sum(sizes) * visit_s / places
    return Night(end, max(longest, whole), batches, longest)


def table(sizes: Sequence[int], workers: Sequence[int], places: int, visit_s: float, batch_s: float) -> None:
    for number in workers:
        begun = time.perf_counter()
        night = simulate(sizes, places=number * places, visit_s=visit_s, batch_s=batch_s)
        print(
            f"{number:>5} workers of {places}: {night.makespan_s / 3600:8.2f} h, bound {night.bound_s / 3600:8.2f} h "
            f"({night.makespan_s / night.bound_s:.3f}), the longest host alone {night.longest_s / 3600:8.2f} h, "
            f"{night.batches:,} batches; simulated in {time.perf_counter() - begun:.0f} s",
            flush=True,
        )


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench.makespan", description=__doc__.splitlines()[0]
    )
    parser.add_argument("--hosts", type=int, default=1_000_000)
    parser.add_argument("--sources", type=int, default=4_800_000)
    parser.add_argument("--exponent", type=float, default=1.0)
    parser.add_argument("--workers", type=int, nargs="*", default=[1, 4, 16])
    parser.add_argument("--places", type=int, default=128)
    parser.add_argument("--gap-s", type=float, default=1.0)
    parser.add_argument("--answer-s", type=float, default=0.3)
    parser.add_argument("--batch-s", type=float, default=60.0)
    parser.add_argument("--cap", type=int, help="most sources of one host that are asked in a night")
    given = parser.parse_args()
    sizes = zipf(given.hosts, given.sources, given.exponent)
    if given.cap:
        sizes = [min(size, given.cap) for size in sizes]
    print(f"{sum(sizes):,} sources on {len(sizes):,} hosts, the longest {max(sizes):,}")
    table(sizes, given.workers, given.places, given.gap_s + given.answer_s, given.batch_s)


if __name__ == "__main__":
    main()
