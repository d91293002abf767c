"""What stands is what would be made now, whatever was written in between and by whom."""

import datetime as dt
import itertools
import random
from collections import Counter

import pytest
from sqlalchemy import select

from monitor.model.case import Standing, StandingGroup, body_mark
from monitor.model.finding import AccessDateStatus
from monitor.model.observation import DOUBTFUL, Outcome
from monitor.model.page import QuoteMatch
from monitor.model.snapshot import (
    ArchiveAnswer,
    ArchivedRot,
    Capture,
    CaptureState,
    Coverage,
    CoverageResult,
)
from monitor.model.values import replaced
from monitor.store.interface import Groups
from monitor.store.invalidation import invalidate
from monitor.store.sql_store import open_store
from monitor.store.tables import source
from tests.support.lengths import seeds
from tests.support.stored import (
    NOW,
    A,
    B,
    cite,
    collect,
    day,
    extraction,
    fill,
    judged,
    make_run,
    night,
    result,
)

MEMORY = "sqlite:///:memory:"
C = "https://example.net/c"
FAILING = {"outcome": Outcome.UNREACHABLE, "http_status": None}


def weighs(case):
    """Tell whether a citation's last confirmation is looked at: it turns on the facts, as with the judge."""
    return case.citation.line % 2 == 1 and case.rot is None


def body_of(case, way):
    """Return what is made of a case: it changes with everything that a judgement may turn on."""
    facts = [case.citation, case.source, case.observations, case.facts, case.coverage, case.rot, case.capture]
    return repr((way, facts, case.confirmed_at if weighs(case) else None)).encode("utf-8", "surrogatepass")


def status_of(body):
    return list(AccessDateStatus)[body_mark(body).encode()[0] % len(AccessDateStatus)]


def outcome_of(case):
    return (case.observations[-1].observation.outcome if case.observations else Outcome.UNCHECKED).value


def made(case, run, way, until=None):
    """Return what a run makes of a case and keeps, or None where it may not."""
    if case.revision is None or (weighs(case) and case.confirmed_now):
        return None
    body = body_of(case, way)
    return Standing(
        citation=case.citation.key, document=case.citation.document, way=way, revision=case.revision, mark=body_mark(body), judged_at=run.now,
        until=until, outcome=outcome_of(case), status=status_of(body).value, coverage="none", asks=False,
        body=body,
    )  # fmt: skip


async def hold(store, run, way="as ever"):
    """Judge what changed and keep it; return the keys of what was judged, and of what stood."""
    found = await collect(store.changed(run, way))
    cases = [one for one in found if not isinstance(one, Standing)]
    findings = [judged(one.citation.key, status_of(body_of(one, way))) for one in cases]
    kept = [one for case in cases if (one := made(case, run, way))]
    await store.record_findings(run, findings, kept)
    return [one.citation.key for one in cases], [one.citation for one in found if isinstance(one, Standing)]


class Years:
    """Anything that may be done to a store, in any order, and a judgement now and then."""

    def __init__(self, store, seed):
        self.store, self.chance = store, random.Random(seed)
        self.runs = [make_run(0)]
        self.number = 0
        self.stood, self.judged, self.unread = 0, 0, 0
        self.done = Counter()

    def pick(self):
        """Return a run, most often the newest."""
        return self.runs[-1] if self.chance.random() < 0.8 else self.chance.choice(self.runs)

    def keys(self):
        return [(one.key, one.url) for one in self.cited]

    async def documents(self):
        chance, read = self.chance, []
        for name in ("a.md", "b.md"):
            some = [
                cite(url, line=line, document=name, quote=chance.choice([None, "the mills stood idle"]))
                for line, url in enumerate((A, A, B, C, None), 1)
                if chance.random() < 0.9
            ]
            read.append(extraction(*some, document=name))
        self.cited = [one for _, found in read for one in found.citations]
        await self.store.put_documents(self.runs[-1], read)

    async def forgotten(self):
        await self.store.forget_documents(["a.md"])
        self.cited = [one for one in self.cited if one.document == "a.md"]

    async def begun(self):
        self.number += 1
        self.runs.append(make_run(self.number))
        await self.store.begin(self.runs[-1])

    async def begun_again(self):
        run = self.pick()
        await self.store.begin(replaced(run, void=self.chance.random() < 0.1))

    async def probed(self):
        run, some = self.runs[-1], []  # what an older run wrote may have been added to since
        for url in self.chance.sample([A, B, C], self.chance.choice([1, 1, 2])):
            outcome = self.chance.choice([Outcome.ALIVE] * 3 + [Outcome.UNREACHABLE, Outcome.UNCHECKED])
            told = result(self.number, url=url, outcome=outcome, fingerprint=self.chance.choice("xy"))
            match = self.chance.choice([QuoteMatch.FOUND, QuoteMatch.ABSENT])
            facts = {key: found for key, at in self.keys() if at == url for found in [fact(key, match)]}
            some.append(replaced(told, facts=facts, rot=self.rot(), coverage=self.answers(url)))
        await self.store.record(run, some)

    def rot(self):
        at = day(self.chance.randint(-9, 0))
        return ArchivedRot(last_good=at, first_bad=NOW, failures=2) if self.chance.random() < 0.2 else None

    def answers(self, url):
        return {
            key: CoverageResult(
                key=key, coverage=self.chance.choice([*Coverage]), answered_at=day(self.number)
            )
            for key, at in self.keys()
            if at == url and self.chance.random() < 0.4
        }

    async def answered(self):
        url = self.chance.choice([A, B, C])
        told = ArchiveAnswer(source=url, results=self.answers(url), rot=self.rot())
        await self.store.record_coverage(self.runs[-1], [told])

    async def captured(self):
        at = day(self.chance.randint(0, self.number))
        await self.store.put_capture(
            Capture(
                source=self.chance.choice([A, B, C]), url=A, archive="x", requested_at=at, updated_at=at,
                state=self.chance.choice([CaptureState.REQUESTED, CaptureState.LOST]),
            )
        )  # fmt: skip

    async def set_aside(self):
        since = self.chance.choice([None, day(self.number - 1)])
        await self.store.set_aside(self.pick(), DOUBTFUL, since)

    async def settled(self):
        await self.store.settle(replaced(self.pick(), void=self.chance.random() < 0.1))
        for run in await self.store.unfinished():
            await self.store.settle(run)

    async def finished(self):
        run, complete = self.pick(), self.chance.random() < 0.7
        void = not complete and self.chance.random() < 0.4
        await self.store.finish(replaced(run, finished_at=run.now, complete=complete, void=void), None)

    async def night(self):
        await self.settled()
        await self.begun()
        if self.chance.random() < 0.5:
            await self.probed()
        await self.store.settle(self.runs[-1])
        await self.held()
        await self.store.finish(replaced(self.runs[-1], finished_at=self.runs[-1].now, complete=True), None)

    async def held(self, *, keeps=True):
        """Judge for some run: what stands must be what would be made now."""
        store, chance = self.store, self.chance
        run = self.pick() if chance.random() < 0.9 else replaced(make_run(self.number), id="unknown")
        later = dt.timedelta(days=chance.choice([0, 0, 0, 1, 4]))
        run, way = replaced(run, now=run.now + later), chance.choice(["as ever"] * 5 + ["otherwise"])
        now = {case.citation.key: case for case in await collect(store.cases(run))}
        found = await collect(store.changed(run, way))
        assert [one.citation if isinstance(one, Standing) else one.citation.key for one in found] == [*now]
        await self.grouped(run, way, found)
        findings, kept = [], []
        for one in found:
            if isinstance(one, Standing):
                case = now[one.citation]
                assert one.body == body_of(case, way)
                assert (one.mark, one.way, one.previous) == (body_mark(one.body), way, case.previous)
                assert (one.outcome, one.status) == (outcome_of(case), status_of(one.body))
                assert one.judged_at <= run.now
                assert one.until is None or one.until > run.now
                self.stood += 1
                if chance.random() < 0.1:
                    kept.append(one)
                continue
            self.judged += 1
            until = chance.choice([None, None, None, run.now + dt.timedelta(days=2)])
            assert replaced(one, revision=None, confirmed_now=False) == now[one.citation.key]
            new = made(one, run, way, until)
            findings.append(judged(one.citation.key, status_of(body_of(one, way))))
            kept += [new] * (new is not None and chance.random() < 0.9)
        if chance.random() < 0.2:
            await chance.choice([self.answered, self.captured, self.probed])()
        if keeps and run.id == self.runs[-1].id:
            await store.record_findings(run, findings, kept)

    async def grouped(self, run, way, found):
        """Read in groups that are known: what comes unread stands, and is what it was before."""
        known = Groups(self.chance.choice([1, 2, 10]), lambda _group: self.chance.random() < 0.8)
        one_by_one, places = iter(found), Counter()
        for one in await collect(self.store.changed(run, way, groups=known)):
            if not isinstance(one, StandingGroup):
                assert next(one_by_one) == one
                places[one.document if isinstance(one, Standing) else one.citation.document] += 1
                continue
            same = list(itertools.islice(one_by_one, len(one.marks)))
            assert [stands.mark for stands in same] == list(one.marks)
            assert [(stands.outcome, stands.status, stands.coverage) for stands in same] == list(one.words)
            assert all(stands.previous == stands.state for stands in same)
            assert ({stands.document for stands in same}, one.place) == ({one.document}, places[one.document])
            places[one.document] += len(same)
            self.unread += len(same)
        assert not list(one_by_one)

    async def shown(self):
        await self.held(keeps=False)

    async def live(self, steps):
        await self.store.begin(self.runs[0])
        await self.documents()
        common = [self.held, self.night, self.night, self.held, self.probed, self.settled, self.finished] * 2
        some = [
            self.answered, self.captured, self.set_aside, self.begun_again, self.shown, self.documents,
            self.forgotten, self.begun,
        ]  # fmt: skip
        for _ in range(steps):
            await self.chance.choice(common + some)()


def fact(key, match):
    return result(0, key, match=match).facts[key]


@pytest.mark.parametrize("seed", seeds(3, 300))
async def test_what_stands_is_what_would_be_made_now(seed):
    store = await open_store(MEMORY, lambda: NOW)
    years = Years(store, seed)
    await years.live(40)
    await store.close()
    assert years.stood > 5
    assert years.unread


@pytest.mark.slow
@pytest.mark.parametrize("seed", seeds(1, 30))
async def test_so_it_is_on_postgresql(seed, postgres_server):
    store = await open_store(postgres_server(), lambda: NOW)
    years = Years(store, seed)
    await years.live(40)
    await store.close()
    assert years.stood > 5
    assert years.unread


async def begun(store):
    """Make a store of two sources seen and judged on one night; return their keys and the next night's run."""
    one, two = await fill(store, cite(A, line=2), cite(B, line=4))
    await night(store, 0, [result(0, one.key), result(0, two.key, url=B)])
    run = make_run(1)
    await store.begin(run)
    await store.settle(run)
    await hold(store, run)
    assert await hold(store, run) == ([], [one.key, two.key])
    await store.begin(make_run(2))
    return one.key, two.key, make_run(2)


async def settled(store, run):
    """Settle a run if nobody did, and return the next one."""
    for one in await store.unfinished():
        await store.settle(one)
    return make_run(3)


def shot(at=NOW):
    return Capture(source=A, url=A, archive="x", requested_at=at, updated_at=at, state=CaptureState.REQUESTED)


def covered(key):
    told = CoverageResult(key=key, coverage=Coverage.NEAR, answered_at=day(1))
    return ArchiveAnswer(source=A, results={key: told})


async def anew(store, run, key):
    await store.put_documents(run, [extraction(cite(A, line=3), cite(B, line=4))])


async def away(store, run, key):
    await store.record(run, [result(1, key, **FAILING)])
    await store.set_aside(run, DOUBTFUL, None)
    await store.settle(run)


async def void(store, run, key):
    await store.record(run, [result(1, key, **FAILING)])
    await store.settle(replaced(run, void=True))


WRITES = {
    "probe": lambda store, run, key: store.record(run, [result(1, key)]),
    "coverage": lambda store, run, key: store.record_coverage(run, [covered(key)]),
    "death": lambda store, run, key: store.record_coverage(
        run, [ArchiveAnswer(source=A, results={}, rot=ArchivedRot(last_good=NOW, first_bad=NOW, failures=1))]
    ),
    "capture": lambda store, run, key: store.put_capture(shot()),
    "document": anew,
    "set aside": away,
    "void": void,
}


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
async def test_what_is_written_of_lets_fall_what_was_made_of_it_and_nothing_else(store, write):
    one, two, run = await begun(store)
    await write(store, run, one)
    later = await settled(store, run)
    assert await hold(store, later) == ([one], [two])
    assert await hold(store, later) == ([], [one, two])


@pytest.mark.parametrize("write", [WRITES["coverage"], WRITES["death"], WRITES["capture"], WRITES["probe"]])
async def test_what_is_written_while_it_is_judged_is_judged_by_the_next_run(store, write):
    one, two, run = await begun(store)
    await store.settle(run)
    found = await collect(store.changed(run, "another"))
    await write(store, run, one)
    await store.record_findings(run, [], [made(case, run, "another") for case in found])
    assert await hold(store, await settled(store, run), "another") == ([one], [two])


async def test_what_was_judged_and_not_kept_does_not_stand_as_it_was_before(store):
    one, two, run = await begun(store)
    await store.record_findings(run, [judged(one)], [])
    assert await hold(store, run) == ([one], [two])


async def test_what_a_later_run_made_does_not_stand_for_an_earlier_one(store):
    one, two, run = await begun(store)
    earlier = replaced(make_run(0), now=day(9))
    found = await collect(store.changed(earlier, "as ever"))
    assert [(case.citation.key, case.revision) for case in found] == [(one, None), (two, None)]
    assert await hold(store, run) == ([], [one, two])


async def test_what_a_run_confirmed_stands_only_where_nobody_asks_when_that_was(store):
    one, two = await fill(store, cite(A, line=1), cite(B, line=2))
    for n in (0, 1):
        await night(store, n, [result(n, each.key, url=each.url) for each in (one, two)])
    run = make_run(1)
    found = await collect(store.changed(run, "as ever"))
    assert [(case.confirmed_now, case.confirmed_at) for case in found] == [(True, day(0))] * 2
    ((shown, _), later) = found, await collect(store.changed(make_run(2), "as ever"))
    assert later[0].confirmed_at == day(1)
    assert not later[0].confirmed_now
    assert shown.revision == later[0].revision


@pytest.mark.slow
async def test_what_is_being_written_while_it_is_judged_and_kept_lets_it_fall(postgres_server):
    store = await open_store(postgres_server(), lambda: NOW)
    one, two, run = await begun(store)
    await store.settle(run)
    with store.engine.sync_engine.begin() as conn:
        number = conn.execute(select(source.c.id).where(source.c.canonical_url == A)).scalar_one()
        invalidate(conn, [number])
        assert await hold(store, run, "another") == ([one, two], [])
        assert await hold(store, run, "another") == ([], [one, two])
    assert await hold(store, await settled(store, run), "another") == ([one], [two])
    await store.close()
