"""What tests put into a store and ask of it: documents, nights, what was seen."""

import datetime as dt

from monitor.model.citation import AccessDate, Citation, Extraction, with_keys
from monitor.model.document import Span
from monitor.model.finding import AccessDateStatus, Finding, Severity
from monitor.model.observation import CitationFacts, Confidence, Observation, Outcome
from monitor.model.page import QuoteMatch, QuoteResult
from monitor.model.run import DocumentSummary, Run
from monitor.model.source import Source
from monitor.model.values import replaced
from monitor.store.interface import SourceResult

NOW = dt.datetime(2026, 3, 1, 3, 0, tzinfo=dt.UTC)
SPAN = Span(start=0, end=4, line=1, column=1, byte_start=0, byte_end=4)
A, B = "https://example.org/a", "https://example.net/b"


def day(n):
    return NOW + dt.timedelta(days=n)


def make_run(n, **more):
    return Run(id=f"run-{n}", started_at=day(n), now=day(n), **more)


def cite(url, line=1, document="list.txt", quote="the mills stood idle", date="2019-05-04"):
    return Citation(
        document=document,
        span=replaced(SPAN, line=line),
        title="Rivers \udcff and mills",
        url=url,
        access_dates=(AccessDate(date=date, text="4 May 2019", span=SPAN),),
        quote=quote,
    )


def extraction(*citations, document="list.txt"):
    summary = DocumentSummary(path=document, format="text", title="A list", citations=len(citations))
    return summary, Extraction(document=document, format="text", citations=with_keys(citations))


def seen(n, url=A, outcome=Outcome.ALIVE, **more):
    more.setdefault("http_status", 200 if outcome is Outcome.ALIVE else 404)
    return Observation(source=url, url=url, observed_at=day(n), outcome=outcome, **more)


def found(key, match=QuoteMatch.FOUND):
    return {key: CitationFacts(citation=key, quote=QuoteResult(match=match, score=100.0))}


def result(
    n, key=None, *, url=A, outcome=Outcome.ALIVE, match=QuoteMatch.FOUND, days=14, coverage=None, **more
):
    return SourceResult(
        source=Source(url, url),
        observation=seen(n, url, outcome, **more),
        facts=found(key, match) if key else {},
        coverage={key: coverage} if coverage else None,
        next_check_at=day(n + days),
    )


async def collect(stream):
    return [item async for item in stream]


async def fill(store, *citations):
    """Put one document into the store and return its citations with their keys."""
    summary, read = extraction(*citations)
    await store.begin(make_run(0))
    await store.put_documents(make_run(0), [(summary, read)])
    return read.citations


async def night(store, n, results, *, findings=(), **state):
    run = make_run(n)
    await store.begin(run)
    await store.record(run, results)
    done = replaced(run, finished_at=day(n) + dt.timedelta(hours=1), **({"complete": True} | state))
    await store.record_findings(done, findings)
    await store.finish(done, None)
    return done


def judged(key, status=AccessDateStatus.FRESH, reason="quote found today"):
    return Finding(
        citation=key, rule=f"access-date/{status}", severity=Severity.OK, confidence=Confidence.HIGH,
        status=status, reason=reason, remedy="none",
    )  # fmt: skip
