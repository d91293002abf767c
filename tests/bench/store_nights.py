"""How the store's cost grows: rows and bytes per night, CPU per source at two sizes.

Run: python tests/bench/store_nights.py [SOURCES]. Prints ratios, for seconds depend on the machine.
"""

import asyncio
import datetime as dt
import sys
import tempfile
import time
from pathlib import Path

from sqlalchemy import text

from monitor.model.citation import AccessDate, Citation, Extraction
from monitor.model.document import Span
from monitor.model.observation import CitationFacts, Observation, Outcome
from monitor.model.page import QuoteMatch, QuoteResult
from monitor.model.run import DocumentSummary, Run
from monitor.model.source import Source
from monitor.model.values import replaced
from monitor.run.probe import BATCH
from monitor.store.interface import SourceResult
from monitor.store.sql_store import SqlStore, open_store

START = dt.datetime(2026, 1, 1, 3, 0, tzinfo=dt.UTC)
SPAN = Span(0, 1, 1, 1, 0, 1)


def address(n: int) -> str:
    """Return the nth source's URL."""
    return f"https://h{n % 500}.example/{n}"


def citation(n: int) -> Citation:
    """Return the one citation of the nth source."""
    return Citation(
        document="list.txt",
        span=Span(n, n + 9, n + 1, 1, n, n + 9),
        url=address(n),
        title=f"The {n}th source, with a title of ordinary length",
        quote="words that were quoted from the page " * 3,
        access_dates=(AccessDate(date="2019-05-04", text="4 May 2019", span=SPAN),),
        key=f"key{n}",
    )


def result(n: int, now: dt.datetime) -> SourceResult:
    """Return what a night finds: one source in fifty fails now and then, the rest are as they were."""
    down = n % 50 == 0 and now.day % 7 == n % 7
    url, key = address(n), f"key{n}"
    seen = Observation(
        source=url,
        url=url,
        observed_at=now,
        outcome=Outcome.UNREACHABLE if down else Outcome.ALIVE,
        http_status=None if down else 200,
        title=None if down else "A page",
    )
    facts = {} if down else {key: CitationFacts(citation=key, quote=QuoteResult(match=QuoteMatch.FOUND))}
    return SourceResult(source=Source(url, url), observation=seen, facts=facts, next_check_at=now)


async def night(store: SqlStore, number: int, sources: int) -> float:
    """Live through one night; return its CPU seconds."""
    now = START + dt.timedelta(days=number)
    run, began = Run(id=f"night-{number}", started_at=now, now=now), time.process_time()
    await store.begin(run)
    cited = tuple(citation(n) for n in range(sources))
    summary = DocumentSummary(path="list.txt", format="text", title=None, citations=sources)
    await store.put_documents(
        run, [(summary, Extraction(document="list.txt", format="text", citations=cited))]
    )
    async for _ in store.due(now):
        pass
    for first in range(0, sources, BATCH):
        await store.record(run, [result(n, now) for n in range(first, min(first + BATCH, sources))])
    await store.host_nights(run)
    await store.settle(run)
    async for _ in store.cases(run):
        pass
    await store.finish(replaced(run, finished_at=now, complete=True), None)
    return time.process_time() - began


async def live(sources: int, nights: int) -> tuple[list[float], list[int], list[int]]:
    """Return seconds, rows and bytes after each night."""
    seconds, counts, sizes = [], [], []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.db"
        store = await open_store(str(path), lambda: START)
        for number in range(nights):
            seconds.append(await night(store, number, sources))
            with store.engine.sync_engine.begin() as connection:
                counted = connection.execute(text("SELECT COUNT(*) FROM observation"))
                counts.append(int(counted.scalar_one()))
            with store.engine.sync_engine.connect() as connection:
                connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
            sizes.append(path.stat().st_size)
        await store.close()
    return seconds, counts, sizes


def main() -> None:
    """Print the figures."""
    sources = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    seconds, counts, sizes = asyncio.run(live(sources, 10))
    large = asyncio.run(live(4 * sources, 2))[0]
    print(f"{sources} sources, 10 nights")
    print(f"rows of observations after night 10 / sources: {counts[-1] / sources:.2f} (1.00 = no growth)")
    print(f"bytes after night 10 / after night 2: {sizes[-1] / sizes[1]:.2f}")
    print(f"seconds of night 10 / of night 2: {seconds[-1] / seconds[1]:.2f}")
    print(f"seconds per source at {4 * sources} / at {sources}: {large[1] / seconds[1] / 4:.2f}")
    print(
        f"CPU milliseconds per source of night 1: {1000 * seconds[0] / sources:.2f}, of night 2: {1000 * seconds[1] / sources:.2f}"
    )


if __name__ == "__main__":
    main()
