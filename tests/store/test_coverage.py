"""What archives still have to be asked of, and what they said between two nights."""

import datetime as dt

import pytest

from monitor.model.observation import Outcome
from monitor.model.snapshot import ArchiveAnswer, ArchivedRot, Coverage, CoverageResult
from tests.support.stored import A, B, cite, collect, day, fill, make_run, night, result

C = "https://example.com/c"
BELIEVED = {"positive_days": 90.0, "negative_days": 7.0}


async def waiting(store, n):
    found = [one.source.canonical_url for one in await collect(store.uncovered(day(n), **BELIEVED))]
    assert await store.uncovered_count(day(n), **BELIEVED) == len(found)
    return found


def answer(url, key, coverage, n, **more):
    said = CoverageResult(key=key, coverage=coverage, answered_at=day(n))
    return ArchiveAnswer(source=url, results={key: said}, **more)


async def test_failing_sources_wait_first_then_the_most_cited_and_unusable_ones_never(store):
    cited = await fill(
        store, cite(A, 1), cite(B, 2), cite(B, 3, quote="other words"), cite(C, 4), cite(f"{C}x", 5)
    )
    outcomes = {A: Outcome.ALIVE, B: Outcome.ALIVE, C: Outcome.GONE, f"{C}x": Outcome.MALFORMED}
    assert await waiting(store, 0) == []  # nothing was probed yet
    await night(store, 0, [result(0, url=url, outcome=outcome) for url, outcome in outcomes.items()])
    assert await waiting(store, 0) == [C, B, A]
    key = next(one.key for one in cited if one.url == A)
    await store.record_coverage(make_run(0), [answer(A, key, Coverage.NEAR, 0)])
    assert await waiting(store, 0) == [C, B]


@pytest.mark.parametrize(
    ("coverage", "until"), [(Coverage.BRACKETED, 90), (Coverage.NONE, 7), (Coverage.UNKNOWN, 0)]
)
async def test_an_answer_is_believed_for_its_time(store, coverage, until):
    (one,) = await fill(store, cite(A))
    await night(store, 0, [result(0)])
    await store.record_coverage(make_run(0), [answer(A, one.key, coverage, 0)])
    assert await waiting(store, until + 1) == [A]
    assert await waiting(store, until - 1) == ([] if until else [A])


async def test_an_answer_to_another_question_is_none(store):
    (one,) = await fill(store, cite(A))
    await night(store, 0, [result(0)])
    await store.record_coverage(make_run(0), [answer(A, one.key, Coverage.BRACKETED, 0)])
    await fill(store, cite(A, date="2020-01-01"))
    assert await waiting(store, 1) == [A]


async def test_what_was_said_between_nights_shows_with_the_dating_of_the_death(store):
    (one,) = await fill(store, cite(A))
    await night(store, 0, [result(0, outcome=Outcome.GONE)])
    rot = ArchivedRot(last_good=day(-900), first_bad=day(-800), failures=3)
    said = answer(A, one.key, Coverage.QUOTE_ANCHORED, 0, rot=rot)
    await store.record_coverage(make_run(0), [said, answer("https://no.example/", "gone", Coverage.NONE, 0)])
    (case,) = await collect(store.cases())
    assert (case.coverage, case.rot) == (said.results[one.key], rot)
    assert isinstance(case.coverage.answered_at, dt.datetime)
