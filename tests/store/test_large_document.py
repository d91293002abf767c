"""A document of many citations is written part by part, and documents of many citations not all at once."""

import random

import pytest

from monitor.model.run import DocumentSummary
from monitor.run import cycle
from monitor.run.ports import Parts, RunOptions
from monitor.store import writing
from tests.support.stored import A, cite, collect, day, extraction, make_run, result


@pytest.mark.parametrize("at_once", [1, 3, 1000])
async def test_parts_make_no_difference(store, monkeypatch, at_once):
    monkeypatch.setattr(writing, "_CITATIONS", at_once)
    first = [cite(f"{A}/{n}", line=n) for n in range(10)]
    await store.put_documents(make_run(0), [extraction(*first)])
    await store.record(make_run(0), [result(0, url=f"{A}/{n}") for n in range(10)])
    await store.settle(make_run(0))
    assert await collect(store.due(day(1))) == []
    random.Random(3).shuffle(first)
    edited = [
        cite(one.url, line=n, quote="new" if one.url.endswith("/4") else one.quote)
        for n, one in enumerate(first[2:])
    ]
    await store.put_documents(make_run(1), [extraction(*edited, cite(f"{A}/10", line=9))])
    cases = await collect(store.cases(make_run(1)))
    assert [(case.citation.url, case.citation.line) for case in cases] == [
        *((one.url, one.line) for one in edited), (f"{A}/10", 9),
    ]  # fmt: skip
    assert {one.source.canonical_url for one in await collect(store.due(day(1)))} == {f"{A}/4", f"{A}/10"}


async def test_documents_wait_to_be_written_only_until_they_hold_many_citations(monkeypatch):
    monkeypatch.setattr(cycle, "CITATIONS_AT_ONCE", 10)
    written = []

    class Store:
        async def put_documents(self, run, batch):
            written.append([summary.path for summary, _ in batch])

    def read():
        for number, count in enumerate((4, 4, 4, 30, 1)):
            path = f"{number}.md"
            _, found = extraction(
                *(cite(f"{A}/{n}", line=n, document=path) for n in range(count)), document=path
            )
            yield DocumentSummary(path=path, format="markdown", title=None, citations=count), found

    only = dict.fromkeys(Parts.__struct_fields__) | {"store": Store()}
    assert await cycle._put(Parts(**only), make_run(0), read(), RunOptions()) == []
    assert written == [["0.md", "1.md", "2.md"], ["3.md"], ["4.md"]]
