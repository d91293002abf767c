"""Thousands of sources: read as a stream, in bounded memory, with few statements."""

import datetime as dt
import gc

import pytest
from sqlalchemy import Row, event, text

from monitor.model.case import Case
from monitor.model.citation import AccessDate, Citation, Extraction
from monitor.model.document import Span
from monitor.model.observation import CitationFacts, Observation, Outcome
from monitor.model.page import QuoteMatch, QuoteResult
from monitor.model.run import DocumentSummary, Run
from monitor.model.source import Source
from monitor.store.interface import DueSource, SourceResult
from monitor.store.sql_store import open_store
from tests.support.lengths import LONG

NOW = dt.datetime(2026, 3, 1, 3, 0, tzinfo=dt.UTC)
SOURCES = 20_000 if LONG else 4_000
RUN = Run(id="run-1", started_at=NOW, now=NOW)
SPAN = Span(0, 1, 1, 1, 0, 1)


def citation(n):
    return Citation(
        document=f"doc{n // 1000}.txt", span=Span(n, n + 9, n % 1000 + 1, 1, n, n + 9), url=f"https://h{n % 500}.example/{n}",
        title=f"The {n}th source, with a title of ordinary length", quote="words that were quoted from the page " * 3,
        access_dates=(AccessDate(date="2019-05-04", text="4 May 2019", span=SPAN),), key=f"key{n}",
    )  # fmt: skip


def result(n):
    url = f"https://h{n % 500}.example/{n}"
    seen = Observation(
        source=url,
        url=url,
        observed_at=NOW,
        outcome=Outcome.ALIVE,
        http_status=200,
        title="A page",
        etag=f'"{n}"',
    )
    facts = CitationFacts(citation=f"key{n}", quote=QuoteResult(match=QuoteMatch.FOUND, score=100.0))
    return SourceResult(
        source=Source(url, url), observation=seen, facts={f"key{n}": facts}, next_check_at=NOW
    )


@pytest.fixture
async def large(tmp_path):
    """A store of so many cited sources, each seen alive with its quote."""
    store = await open_store(str(tmp_path / "large.db"), lambda: NOW)
    await store.begin(RUN)
    for first in range(0, SOURCES, 1000):
        path = f"doc{first // 1000}.txt"
        cited = tuple(citation(n) for n in range(first, first + 1000))
        summary = DocumentSummary(path=path, format="text", title=None, citations=len(cited))
        await store.put_documents(RUN, [(summary, Extraction(document=path, format="text", citations=cited))])
    await store.record(RUN, [result(0)])
    await store.settle(RUN)  # what no guard has judged is not read
    with store.engine.sync_engine.begin() as connection:
        for table, owners in (("observation", "source"), ("citation_fact", "citation")):
            found = connection.execute(text(f"SELECT * FROM {table}"))  # noqa: S608 - two constants
            columns = [name for name in list(found.keys()) if name not in ("id", "owner_id")]
            copied = ", ".join(columns)
            connection.execute(
                text(
                    f"INSERT INTO {table} (owner_id, {copied}) "  # noqa: S608 - as above
                    f"SELECT o.id, {', '.join('x.' + c for c in columns)} FROM {owners} o, {table} x WHERE o.id != x.owner_id"
                )
            )
    yield store
    await store.close()


def alive():
    """Return how many values and rows there are; citations, which the collector knows not, by what holds them."""
    return sum(isinstance(thing, Case | DueSource | Observation | Row) for thing in gc.get_objects())


async def test_streams_hold_a_page_at_a_time_in_few_statements(large):
    statements = 0

    def count(*_):
        nonlocal statements
        statements += 1

    event.listen(large.engine.sync_engine, "before_cursor_execute", count)
    others = alive()
    for name, stream, some in (("due", large.due(NOW), SOURCES), ("cases", large.cases(RUN), 3000)):
        statements = seen = 0
        held = []
        async for item in stream:
            seen += 1
            if seen == 1:
                assert [o.observation.outcome for o in item.observations] == [Outcome.ALIVE]
            if seen % 1000 == 900:
                held.append(alive() - others)
            if seen == some:
                break
        await stream.aclose()
        print(f"{name}: {seen} items, {statements} statements, at most {max(held)} values and rows at once")
        assert seen == some
        assert statements < some / 10
        assert max(held) <= 8 * 200  # this page and the last: cases, observations, rows
