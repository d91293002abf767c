"""Building blocks for judged cases: dates count days from a fixed NOW."""

import datetime as dt

from monitor.model.case import Case, StoredObservation
from monitor.model.citation import AccessDate, Citation
from monitor.model.document import Span
from monitor.model.observation import CitationFacts, Observation, Outcome
from monitor.model.page import QuoteResult
from monitor.model.snapshot import Coverage, CoverageResult, Snapshot

NOW = dt.datetime(2026, 3, 1, 3, 0, tzinfo=dt.UTC)
URL = "https://example.org/report"
SPAN = Span(start=0, end=1, line=1, column=1, byte_start=0, byte_end=1)
READABLE = frozenset({Outcome.ALIVE, Outcome.MOVED})


def at(days):
    return NOW + dt.timedelta(days=days)


def citation(date="2025-12-01", *, text="1 December 2025", url=URL, quote="the mills stood idle", **more):
    dates = () if date == "" else (AccessDate(date=date, text=text, span=SPAN),)
    return Citation(document="list.txt", span=SPAN, url=url, quote=quote, access_dates=dates, key="k", **more)


def seen(outcome, days=0.0, *, last=None, times=1, failed=None, url=URL, void=False, changes=0, **more):
    """One stored observation `days` from NOW, last seen again at `last`, failing on the days `failed`."""
    observation = Observation(source=url, url=url, observed_at=at(days), outcome=outcome, **more)
    return StoredObservation(
        observation=observation,
        run="r",
        void=void,
        last_seen_at=at(days if last is None else last),
        times=times,
        days=tuple(at(d).date().isoformat() for d in failed or ()),
        changes=changes,
    )


def snapshot(when="2025-11-28", *, verified=True):
    stamp = dt.datetime.fromisoformat(when).replace(tzinfo=dt.UTC)
    return Snapshot(
        archive="wayback",
        timestamp=stamp,
        url=f"https://archive.example/{stamp:%Y%m%d}/{URL}",
        original=URL,
        verified=verified,
    )


def coverage(kind, *, shown=True, **more):
    if shown and kind not in (Coverage.NONE, Coverage.UNKNOWN):
        more.setdefault("snapshot", snapshot())
    return CoverageResult(key="k", coverage=kind, **more)


def facts(match, drift=None, *, fragment_missing=False, **more):
    found = {"drift": drift} if drift else {}
    quote = QuoteResult(match=match, **more)
    return CitationFacts(citation="k", quote=quote, fragment_missing=fragment_missing, **found)


def case(*observations, cite=None, **more):
    return Case(citation=cite or citation(), source=None, observations=observations, **more)
