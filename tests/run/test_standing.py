"""Nights that keep what they judged before, against nights that judge everything: the same to the byte."""

import datetime as dt
import json
import os
import random
import uuid

import pytest

from monitor.app import open_session
from monitor.check.interface import CheckReport
from monitor.commands.night import nightly
from monitor.config import load_config
from monitor.model.case import Case, Standing, StandingGroup
from monitor.model.observation import CitationFacts, Observation, Outcome
from monitor.model.page import Drift, QuoteMatch, QuoteResult
from monitor.model.snapshot import ArchiveAnswer, ArchivedRot, Coverage, CoverageResult, Snapshot
from monitor.model.values import replaced
from monitor.run.amender import Amender
from tests.run.test_interrupted import Quiet
from tests.support.lengths import LONG

START = dt.datetime(2026, 3, 1, 3, 0, tzinfo=dt.UTC)
# With LONG more nights of more citations: a minute and more.
DAYS = (0, 1, 2, 3, 9, 10, 11, 40, 41, 100, 101, 366, 367) if LONG else (0, 1, 9, 11, 40, 41)
FORMATS = '["html", "json", "csv", "atom"]' if LONG else '["html", "json"]'
MANY = 25 if LONG else 10
OUTCOMES = [Outcome.ALIVE] * 6 + [
    Outcome.GONE, Outcome.GONE, Outcome.MOVED, Outcome.BLOCKED, Outcome.SERVER_ERROR, Outcome.UNREACHABLE,
]  # fmt: skip
ARCHIVE = "https://archive.example/2016/"


class Web:
    """Each source has a mood for a while; the same in every night of the same day."""

    def __init__(self, now):
        self.now = now

    async def connected(self):
        return None

    async def check(self, requests):
        async for request in requests:
            url = request.source.canonical_url
            chance = random.Random(f"{url} {self.now.toordinal() // 30}")
            outcome = chance.choice(OUTCOMES)
            seen = Observation(
                source=url,
                url=request.source.url,
                observed_at=self.now,
                outcome=outcome,
                cause="not-found" if outcome is Outcome.GONE else None,
                http_status=404 if outcome is Outcome.GONE else 200,
                permanent_target=f"{url}/new" if outcome is Outcome.MOVED else None,
                fingerprint=f"{url}{chance.random() < 0.3}",
            )
            match = chance.choice(list(QuoteMatch)) if outcome.readable else QuoteMatch.UNKNOWN
            drift = chance.choice(list(Drift)) if outcome.readable else Drift.UNKNOWN
            quotes = {key: QuoteResult(match=match) for key in request.titles}
            facts = {
                key: CitationFacts(citation=key, quote=quote, drift=drift) for key, quote in quotes.items()
            }
            yield CheckReport(observation=seen, facts=facts)


def listed(first, count, extra=""):
    lines = []
    for n in range(first, first + count):
        quoted = f"“The mills of {n} stood idle that winter.” " if n % 3 else ""
        date = (f"4 May {2012 + n % 13}", "28 February 2026", "1 April 2026", "January 2026", "2025")[n % 5]
        when = f"Accessed {date}." if n % 7 else ""
        secret = "ada:secret@" if n % 11 == 4 else ""
        lines.append(f"{n}. [Title {n}{extra}](https://{secret}h{n % 9}.example/page/{n}). {quoted}{when}\n")
    return "# References\n\n" + "\n".join(lines)


def configured(folder, name, waiver="", judging=""):
    (folder / f"{name}.toml").write_text(
        f'database = "{name}.sqlite3"\n[[documents]]\nglob = "*.md"\n[check]\nsentinels = []\n'
        f'[archive]\nenabled = false\n[report]\ndirectory = "{name}"\nformats = {FORMATS}\n'
        f"{judging}\n{waiver}"
    )


def written(path, text):
    path.write_text(text)
    os.utime(path, (1.7e9, 1.7e9 + len(text)))


async def night(folder, name, now, *, keep):
    """Carry out a night; return how many citations it judged, how many stood, and of those how many unread."""
    counted = {Case: 0, Standing: 0, StandingGroup: 0}
    async with open_session(load_config(folder / f"{name}.toml"), Quiet(), now=now) as session:
        made = replaced(session.parts(), checker=Web(now))
        session.parts = lambda: made if keep else replaced(made, way=None)
        stream = session.store.changed

        async def changed(*given, **named):
            async for one in stream(*given, **named):
                counted[type(one)] += len(one.marks) if isinstance(one, StandingGroup) else 1
                yield one

        session.store.changed = changed
        await nightly(session)
        if now.day % 2:
            await answered(session, now)
    counted[Standing] += counted[StandingGroup]
    return counted


async def answered(session, now):
    """Let an archive answer after the night, as `spread` does."""
    answers = []
    async for case in session.store.cases():
        chance = random.Random(f"{case.citation.key[:4]} {now}")
        if case.source is None or chance.random() < 0.7:
            continue
        url = case.source.canonical_url
        shot = Snapshot(
            archive="a", timestamp=START, url=ARCHIVE + url, original=url, verified=chance.random() < 0.5
        )
        kind = chance.choice(list(Coverage))
        result = CoverageResult(key=case.citation.key, coverage=kind, snapshot=shot, answered_at=now)
        rot = ArchivedRot(last_good=START, first_bad=now - dt.timedelta(days=3), failures=3)
        answers.append(ArchiveAnswer(source=url, results={case.citation.key: result}, rot=rot))
    await session.store.record_coverage(await session.store.last_run(), answers)


def tree(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    numbers = random.Random(5)
    monkeypatch.setattr(uuid, "uuid4", lambda: uuid.UUID(int=numbers.getrandbits(128), version=4))
    return tmp_path


async def test_what_stands_is_what_judging_anew_would_say(folder, monkeypatch):
    kept_in_all = unread = 0
    waiver = (
        '[[waivers]]\nrule = "*"\nsource = "*h3.example*"\nwho = "Ada"\nwhy = "known"\nuntil = 2026-03-10\n'
    )
    written(folder / "a.md", listed(0, MANY))
    written(folder / "b.md", listed(30, MANY))
    for number in (65, 75, 80):
        written(folder / f"c{number}.md", listed(number, 1))
    for number, day in enumerate(DAYS):
        judging = "[judge]\nlimit_ordinary_days = 200\nstrikes = 2\nstrike_days = 2" if day == 11 else ""
        if day == 40:
            written(folder / "b.md", listed(28, MANY, " revised"))
        for name in ("kept", "anew"):
            configured(folder, name, waiver, judging)
            monkeypatch.setattr(uuid, "uuid4", lambda number=number: uuid.UUID(int=number << 96, version=4))
            counted = await night(folder, name, START + dt.timedelta(days=day), keep=name == "kept")
            kept_in_all += counted[Standing]
            unread += counted[StandingGroup]
            assert name == "kept" or not any(counted.values())
        assert tree(folder / "kept") == tree(folder / "anew"), day
    assert kept_in_all > MANY  # else it would compare a thing with itself
    assert unread


async def test_another_program_or_policy_judges_everything_anew(folder, monkeypatch):
    written(folder / "a.md", listed(0, MANY))
    configured(folder, "kept")
    for day in (0, 1):
        counted = await night(folder, "kept", START + dt.timedelta(days=day), keep=True)
    counted = await night(folder, "kept", START + dt.timedelta(days=2), keep=True)
    assert counted[Standing] > 0
    configured(folder, "kept", judging="[judge]\nlimit_ordinary_days = 366")
    counted = await night(folder, "kept", START + dt.timedelta(days=2, hours=1), keep=True)
    assert counted[Standing] == 0
    monkeypatch.setattr("monitor.unchanged.program", lambda *_: "another")
    counted = await night(folder, "kept", START + dt.timedelta(days=2, hours=2), keep=True)
    assert counted[Standing] == 0


async def unanswered(_session, _now):
    """Let no archive answer."""


class Living(Web):
    """Every page is there and holds its quote."""

    async def check(self, requests):
        async for request in requests:
            url = request.source.canonical_url
            seen = Observation(
                source=url,
                url=request.source.url,
                observed_at=self.now,
                outcome=Outcome.ALIVE,
                http_status=200,
                fingerprint="f",
            )
            found = QuoteResult(match=QuoteMatch.FOUND)
            yield CheckReport(
                observation=seen,
                facts={key: CitationFacts(citation=key, quote=found) for key in request.titles},
            )


async def test_what_a_night_confirmed_stands_on_the_next(folder, monkeypatch):
    monkeypatch.setattr("tests.run.test_standing.Web", Living)
    monkeypatch.setattr("tests.run.test_standing.answered", unanswered)
    old = "\n".join(f"{n}. [Title](https://h.example/{n}). Accessed 4 May 2012.\n" for n in range(5))
    written(folder / "a.md", f"# References\n\n{old}")
    configured(folder, "kept")
    first, second = [await night(folder, "kept", START + dt.timedelta(days=day), keep=True) for day in (1, 2)]
    assert first == {Case: 5, Standing: 0, StandingGroup: 0}
    assert second == {Case: 0, Standing: 5, StandingGroup: 5}


async def test_an_edit_is_made_anew_only_where_its_document_changed(folder, monkeypatch):
    monkeypatch.setattr("tests.run.test_standing.Web", Living)
    monkeypatch.setattr("tests.run.test_standing.answered", unanswered)
    made, propose = [], Amender.__call__
    monkeypatch.setattr(Amender, "__call__", lambda *given: made.append(given) or propose(*given))
    list_ = "# References\n\n" + "\n".join(
        f"{n}. <https://h.example/{n}>. Accessed 4 May 2012.\n" for n in range(4)
    )
    edits, proposed = [], []
    for day in range(1, 6):
        written(folder / "a.md", list_ + "\nThe end.\n" * (day > 2))
        for name in ("kept", "anew"):
            configured(folder, name)
            made.clear()
            await night(folder, name, START + dt.timedelta(days=day), keep=name == "kept")
            proposed += [len(made)] * (name == "kept")
        report, anew = ((folder / name / "report.json").read_text() for name in ("kept", "anew"))
        edits.append([one["amendment"] for one in json.loads(report)["citations"]])
        assert edits[-1] == [one["amendment"] for one in json.loads(anew)["citations"]]
    assert proposed == [4, 0, 4, 0, 0]
    assert all(edit and edit["replacement"] for night_ in edits for edit in night_)


async def test_only_a_night_that_asks_somebody_needs_the_network(folder, monkeypatch):
    async def cut_off(_self):
        return "no sentinel answered"

    written(folder / "a.md", listed(0, 3))
    configured(folder, "kept")
    await night(folder, "kept", START, keep=True)
    monkeypatch.setattr(Web, "connected", cut_off)
    void = []
    for later in (dt.timedelta(minutes=1), dt.timedelta(days=400)):
        await night(folder, "kept", START + later, keep=True)
        void.append(json.loads((folder / "kept" / "report.json").read_text())["run"]["void"])
    assert void == [False, True]
