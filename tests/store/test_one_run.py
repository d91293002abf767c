"""What one run keeps in its process is what the database would have answered: both are told the same."""

import random

import pytest

from monitor.errors import StoreError
from monitor.model.finding import AccessDateStatus, Finding, Severity
from monitor.model.observation import Confidence, Outcome
from monitor.model.page import QuoteMatch
from monitor.model.run import RunTotals
from monitor.model.snapshot import ArchiveAnswer, Coverage, CoverageResult
from monitor.model.values import replaced
from monitor.store.one_run import OneRunStore
from monitor.store.sql_store import open_store
from tests.support.lengths import seeds
from tests.support.stored import NOW, cite, collect, day, extraction, make_run, result

MEMORY = "sqlite:///:memory:"
OUTCOMES = [Outcome.ALIVE, Outcome.GONE, Outcome.UNREACHABLE, Outcome.BLOCKED, Outcome.UNCHECKED]


def finding(key, status):
    return Finding(
        citation=key, rule="r", rule_version=1, severity=Severity.INFO, confidence=Confidence.HIGH,
        status=status, reason="it says so", remedy="none",
    )  # fmt: skip


def documents(chance):
    for number in range(chance.randint(1, 4)):
        name = f"list-{chance.choice('bca')}{number}.txt"
        cited = [
            cite(
                chance.choice([None, *(f"https://h{n % 3}.example/{n}" for n in range(6))]),
                line=chance.randint(1, 5), document=name, quote=chance.choice([None, "the mills stood idle"]),
            )
            for _ in range(chance.randint(0, 6))
        ]  # fmt: skip
        yield extraction(*cited, document=name)


async def judged(store, run):
    """What the run itself and its report ask of what it learnt."""
    return {
        "cases": await collect(store.cases(run)),
        "some": await collect(store.cases(run, only=("list-a0.txt", "list-c0.txt"))),
        "one": await collect(store.cases(run, source="https://h1.example/1")),
        "documents": await store.documents(),
        "how many": [
            await store.due_count(NOW),
            await store.due_count(NOW, everything=True, only=("list-a0.txt",)),
        ],
        "nights": [*await store.host_nights(run)],
    }


async def asked(store, run):
    """What is asked of a run that counts, besides."""
    return {
        **await judged(store, run),
        "due": await collect(store.due(NOW)),
        "everything": await collect(store.due(NOW, everything=True)),
        "only": await collect(store.due(NOW, everything=True, only=("list-a0.txt", "list-b1.txt"))),
        "history": await store.history("https://h1.example/1"),
        "last": await store.last_run(),
        "complete": await store.last_run(complete=True),
        "trend": await store.trend(3),
    }


@pytest.mark.parametrize("seed", seeds(5, 12))
async def test_a_run_gets_the_same_answers_as_from_the_database(seed):
    kept, plain = await open_store(MEMORY, lambda: NOW), OneRunStore()
    run, void = make_run(0), seed % 4 == 3
    for store in (kept, plain):
        chance = random.Random(seed)
        read = list(documents(chance))
        await store.begin(run)
        await store.put_documents(run, read)
        await store.put_documents(run, [read[0]])
        unread, nothing = extraction(document=read[-1][0].path)
        await store.put_documents(run, [(replaced(unread, error="it cannot be read"), nothing)])
    assert await asked(kept, run) == await asked(plain, run)
    keys = {one.key: one.canonical_url for _, found in read for one in found.citations if one.url}
    done = replaced(run, finished_at=day(1), complete=not void, void=void)
    totals = RunTotals(
        run=run.id, finished_at=day(1), void=void,
        by_outcome={"alive": 1}, by_access_date_status={}, by_coverage={},
    )  # fmt: skip
    for store in (kept, plain):
        chance = random.Random(seed)
        for url, key in {url: key for key, url in keys.items()}.items():
            told = CoverageResult(key=key, coverage=chance.choice([*Coverage]), reason="asked")
            probed = result(
                0, key, url=url, outcome=chance.choice(OUTCOMES), coverage=chance.choice([None, told]),
                match=chance.choice([QuoteMatch.FOUND, QuoteMatch.ABSENT]),
            )  # fmt: skip
            await store.record(run, [probed])
        for key, url in list(keys.items())[:2]:
            late = ArchiveAnswer(
                source=url, results={key: CoverageResult(key=key, coverage=Coverage.NEAR, reason="late")}
            )
            await store.record_coverage(run, [late])
        await store.record_findings(done, [finding(key, AccessDateStatus.DUE) for key in keys])
    assert await judged(kept, run) == await judged(plain, run)
    for store in (kept, plain):
        await store.settle(replaced(run, void=void))
        await store.finish(done, totals)
    if not void:
        assert await asked(kept, run) == await asked(plain, run)
        assert await kept.verdicts("https://h1.example/1") == await plain.verdicts("https://h1.example/1")
    await kept.close()


async def test_another_run_is_refused_and_told_where_runs_are_kept():
    store = OneRunStore()
    await store.begin(make_run(0))
    with pytest.raises(StoreError, match="--database"):
        await store.begin(make_run(1))
