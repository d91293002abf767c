"""Which answers stand from one job to the next: the good ones, while they are young."""

import datetime as dt

import pytest

from monitor.model.case import StoredObservation
from monitor.model.citation import Citation
from monitor.model.document import Span
from monitor.model.observation import CitationFacts, Confidence, Observation, Outcome
from monitor.model.page import QuoteMatch, QuoteResult
from monitor.model.source import Source
from monitor.model.values import replaced
from monitor.run.freshness import is_fresh
from monitor.store.interface import DueSource

NOW = dt.datetime(2026, 3, 1, 3, 0, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
URL = "https://tide.example/table"


def seen(hours_ago, outcome=Outcome.ALIVE, **more):
    at = NOW - dt.timedelta(hours=hours_ago)
    observation = Observation(source=URL, url=URL, observed_at=at, outcome=outcome, **more)
    return StoredObservation(observation=observation, run="r", void=False, last_seen_at=at)


def due(*observations, quote=None, match=None, fragment_missing=False, asks_anew=False):
    span = Span(start=0, end=1, line=1, column=1, byte_start=0, byte_end=1)
    citation = Citation(document="list.md", span=span, url=URL, quote=quote, key="k")
    facts = CitationFacts(
        citation="k", quote=QuoteResult(match=match or QuoteMatch.NONE), fragment_missing=fragment_missing
    )
    return DueSource(
        source=Source(URL, URL),
        citations=(citation,),
        previous_facts={"k": facts},
        observations=observations,
        asks_anew=asks_anew,
    )


@pytest.mark.parametrize(
    ("source", "fresh"),
    [
        (due(seen(1)), True),
        (due(seen(1, Outcome.MOVED)), True),
        (due(seen(24)), True),
        (due(seen(25)), False),
        (due(seen(-1)), False),
        (due(), False),
        (due(seen(1), asks_anew=True), False),
        (due(seen(1, confidence=Confidence.LOW)), False),
        (due(seen(1, tls="expired")), False),
        (due(seen(1), fragment_missing=True), False),
        (due(seen(29 * 24, Outcome.GONE), seen(1)), False),
        (due(seen(31 * 24, Outcome.GONE), seen(1)), True),
        (due(seen(1), quote="the tide turns at noon", match=QuoteMatch.FOUND), True),
        (due(seen(1), quote="the tide turns at noon", match=QuoteMatch.ABSENT), False),
        (due(seen(1), quote="the tide turns at noon", match=QuoteMatch.UNKNOWN), False),
        *((due(seen(1, outcome)), False) for outcome in Outcome if not outcome.readable),
    ],
)
def test_only_sure_good_and_young_answers_stand(source, fresh):
    assert is_fresh(source, NOW, DAY, evidence=True) is fresh


def test_a_quote_nobody_tested_matters_only_where_quotes_do():
    source = due(seen(1), quote="the tide turns at noon", match=QuoteMatch.UNKNOWN)
    assert is_fresh(source, NOW, DAY, evidence=False)
    assert not is_fresh(replaced(source, previous_facts={}), NOW, DAY, evidence=True)
