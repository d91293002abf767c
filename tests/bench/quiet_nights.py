"""What a night costs beside the network: first night, nothing due, two in a hundred due; CPU, memory, growth.

Run: python -m tests.bench.quiet_nights [CITATIONS] [--profile NIGHT]. Documents are files, the store is a file, the
site is written; only the pages are invented (an answer a source, no server). Each night is a process of its own,
as `monitor run` is. Ratios to the first night; seconds depend on the machine.
"""

import asyncio
import cProfile
import datetime as dt
import hashlib
import importlib
import json
import os
import pstats
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterable, AsyncIterator
from pathlib import Path

from monitor.app import open_session
from monitor.check.interface import CheckReport, CheckRequest
from monitor.commands.night import nightly
from monitor.config import load_config
from monitor.console import progress
from monitor.model.observation import CitationFacts, Observation, Outcome
from monitor.model.page import QuoteMatch, QuoteResult
from monitor.model.values import replaced

START = dt.datetime(2026, 3, 1, 3, 0, tzinfo=dt.UTC)
PER_DOCUMENT = 100
WORDS = [
    "mills",
    "river",
    "winter",
    "stone",
    "bridge",
    "harbour",
    "ledger",
    "council",
    "archive",
    "lantern",
    "orchard",
    "railway",
]


def documents(folder: Path, citations: int) -> None:
    """Write Markdown lists of invented sources."""
    for first in range(0, citations, PER_DOCUMENT):
        lines = ["# Sources\n"]
        for n in range(first, min(first + PER_DOCUMENT, citations)):
            words = " ".join(WORDS[(n * k + k) % len(WORDS)] for k in range(1, 9))
            lines.append(
                f"{n - first + 1}. [The {words} of {n}](https://h{n % max(citations // 4, 1)}.example/page/{n}). "
                f"“{words.capitalize()} stood idle.” Accessed 4 May {2015 + n % 11}.\n"
            )
        (folder / f"list-{first:07d}.md").write_text("\n".join(lines), encoding="utf-8")
    (folder / "config.toml").write_text(
        '[[documents]]\nglob = "*.md"\n[check]\nsentinels = []\n[archive]\nenabled = false\n',
        encoding="utf-8",
    )


class Web:
    """Answers for every page what it answers every night: most live, some fail."""

    def __init__(self, now: dt.datetime) -> None:
        self.now = now
        self.probes = 0

    async def connected(self) -> str | None:
        """Say that the network is there."""
        return None

    async def check(self, requests: AsyncIterable[CheckRequest]) -> AsyncIterator[CheckReport]:
        """Answer at once."""
        async for request in requests:
            self.probes += 1
            mark = hashlib.sha256(request.source.url.encode()).digest()[0]
            gone = mark < 12
            seen = Observation(
                source=request.source.canonical_url,
                url=request.source.url,
                observed_at=self.now,
                outcome=Outcome.GONE if gone else Outcome.ALIVE,
                cause="not-found" if gone else None,
                http_status=404 if gone else 200,
                title="A page of the library",
                fingerprint=hashlib.sha256(request.source.url.encode()).hexdigest(),
                words=412,
            )
            match = QuoteMatch.UNKNOWN if gone else QuoteMatch.FOUND
            facts = {
                key: CitationFacts(citation=key, quote=QuoteResult(match=match)) for key in request.quotes
            }
            yield CheckReport(observation=seen, facts=facts)


async def live(folder: Path, now: dt.datetime) -> int:
    """Carry out one night; return how many sources were probed."""
    config = load_config(folder / "config.toml")
    async with open_session(config, progress(quiet=True, bars=False), now=now) as session:
        web = Web(now)
        parts = session.parts
        session.parts = lambda: replaced(parts(), checker=web)  # type: ignore[method-assign, assignment, arg-type]
        await nightly(session)
        return web.probes


def night(folder: Path, now: str, profile: str | None) -> None:
    """Measure one night in this process and print the figures as JSON."""
    profiler = cProfile.Profile(time.process_time) if profile else None
    cpu, wall = time.process_time(), time.monotonic()
    if profiler:
        profiler.enable()
    probes = asyncio.run(live(folder, dt.datetime.fromisoformat(now)))
    if profiler and profile:
        profiler.disable()
        profiler.dump_stats(profile)
    figures = {
        "cpu": time.process_time() - cpu,
        "wall": time.monotonic() - wall,
        "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "probes": probes,
    }
    sys.stdout.write(json.dumps(figures))


def spread_due(database: Path, share: float) -> None:
    """Make a share of the sources due and the rest not, whatever chance had said."""
    import sqlite3

    with sqlite3.connect(database) as connection:
        every = max(int(1 / share), 1) if share else 0
        connection.execute(
            "UPDATE source SET next_check_at = '2036-01-01 00:00:00.000000', scheduled_run_id = NULL"
        )
        if every:
            connection.execute(
                "UPDATE source SET next_check_at = '2020-01-01 00:00:00.000000' WHERE id % ? = 0", [every]
            )
    connection.close()


def main() -> None:
    """Print the table."""
    words = sys.argv[1:]
    if words == ["--compile"]:
        for name in (
            "monitor.store.sql_store",
            "monitor.check.checker",
            "monitor.report.site.write",
            "monitor.judge.judge",
        ):
            importlib.import_module(name)
        return
    if words[:1] == ["--night"]:
        night(Path(words[1]), words[2], words[3] if len(words) > 3 else None)
        return
    profiled = words.pop(words.index("--profile") + 1) if "--profile" in words else None
    citations = int(words[0]) if words and words[0].isdigit() else 5000
    with tempfile.TemporaryDirectory() as place, tempfile.TemporaryDirectory() as compiled:
        # Modules compiled once, as where the program is installed, whatever this shell says of it.
        environment = {name: said for name, said in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        environment["PYTHONPYCACHEPREFIX"] = compiled
        subprocess.run(
            [sys.executable, "-m", "tests.bench.quiet_nights", "--compile"], check=True, env=environment
        )
        folder = Path(place)
        documents(folder, citations)
        database = folder / "monitor.sqlite3"
        rows, size, first = [], 0, 0.0
        for name, day, share in (("first", 0, None), ("nothing due", 1, 0.0), ("2 % due", 2, 0.02),
                                 ("all due", 3, 1.0), ("all due again", 4, 1.0), ("nothing due again", 5, 0.0)):  # fmt: skip
            if share is not None:
                spread_due(database, share)
                size = database.stat().st_size
            now = (START + dt.timedelta(days=day)).isoformat()
            stats = [str(folder / "night.prof")] if profiled == name else []
            command = [sys.executable, "-m", "tests.bench.quiet_nights", "--night", str(folder), now, *stats]
            done = subprocess.run(command, capture_output=True, check=True, text=True, env=environment)
            figures = json.loads(done.stdout)
            first = first or figures["cpu"]
            grown = database.stat().st_size - size
            rows.append((name, figures, grown))
            sys.stdout.write(
                f"{name:<18} {figures['cpu']:8.2f} CPU s  {100 * figures['cpu'] / first:6.1f} %  "
                f"{1000 * figures['cpu'] / citations:7.3f} ms a citation  {figures['probes']:>7} probes  "
                f"{figures['peak_mib']:6.0f} MiB  {grown / citations:8.1f} bytes a source\n"
            )
            sys.stdout.flush()
            if stats:
                pstats.Stats(*stats).sort_stats("tottime").print_stats(45)
                pstats.Stats(*stats).sort_stats("cumtime").print_stats(60)


if __name__ == "__main__":
    main()
