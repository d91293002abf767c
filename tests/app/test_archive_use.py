"""Which look-ups a check and a night make, what waits, and what later nights make of it."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from monitor.archive.interface import LookUp
from monitor.console import Silent
from monitor.model.archive_use import ArchiveUse
from monitor.model.citation import AccessDate, Citation, Extraction, with_keys
from monitor.model.document import Span
from monitor.model.observation import CitationFacts, Confidence, Observation, Outcome
from monitor.model.page import QuoteMatch, QuoteResult
from monitor.model.run import DocumentSummary, Run
from monitor.model.snapshot import (
    ArchiveAnswer,
    Capture,
    CaptureState,
    Coverage,
    CoverageResult,
    OpenReason,
    Snapshot,
)
from monitor.model.values import replaced
from monitor.run.capture import cover
from monitor.run.coverage import CROWD, Spreading, Waits, kept_only, spread
from monitor.run.ports import Parts, RunOptions
from monitor.store.interface import SourceResult
from monitor.store.sql_store import open_store

NOW = datetime(2026, 11, 21, 3, tzinfo=UTC)
SPAN = Span(0, 1, 1, 1, 0, 1)
NIGHT = Spreading(minutes=60.0, positive_days=90.0, negative_days=7.0)
SPREAD = RunOptions(archives=ArchiveUse.NEEDED, spread=True)


def url(name: str) -> str:
    return f"https://mill.example/{name}"


def citation(name: str, quote: str | None = "The mill was built in 1913 by two brothers.") -> Citation:
    date = AccessDate(date="2020-05-03", text="3 May 2020", span=SPAN)
    return Citation(
        document="d.md", span=SPAN, url=url(name), quote=quote, access_dates=(date,), title="The mill"
    )


def observation(name: str, outcome: Outcome) -> Observation:
    return Observation(
        source=url(name), url=url(name), observed_at=NOW, outcome=outcome, confidence=Confidence.HIGH
    )


class Archive:
    """An archive that notes what it is asked and answers by a rule."""

    name, pace = "wayback", 24.0

    def __init__(self, coverage: Coverage = Coverage.QUOTE_ANCHORED, open_: OpenReason | None = None) -> None:
        self.coverage, self.open = coverage, open_
        self.asked: list[str] = []
        self.questions: list[LookUp] = []

    async def look_up(self, question: LookUp) -> ArchiveAnswer:
        self.asked.append(question.source.url.rsplit("/", 1)[1])
        self.questions.append(question)
        shot = Snapshot(
            archive="wayback", timestamp=NOW, url="https://a.example/1", original=question.source.url
        )
        results = {
            one.key: CoverageResult(
                key=one.key, coverage=self.coverage, open=self.open, answered_at=question.now,
                snapshot=shot if self.coverage is Coverage.QUOTE_ANCHORED else None,
            )
            for one in question.wanted
        }  # fmt: skip
        return ArchiveAnswer(source=question.source.canonical_url, results=results)


class Notes(Silent):
    def __init__(self) -> None:
        self.notes: list[str] = []

    def note(self, message: str) -> None:
        self.notes.append(message)


@pytest.fixture
async def store():
    made = await open_store("sqlite:///:memory:", lambda: NOW)
    run = Run(id="r", started_at=NOW, now=NOW)
    await made.begin(run)
    outcomes = {"a": Outcome.ALIVE, "b": Outcome.GONE, "c": Outcome.ALIVE, "d": Outcome.UNSUPPORTED}
    citations = with_keys(
        [*(citation(name) for name in outcomes), citation("c", "Another sentence of the page.")]
    )
    summary = DocumentSummary(path="d.md", format="markdown", title=None, citations=len(citations))
    await made.put_documents(
        run, [(summary, Extraction(document="d.md", format="markdown", citations=citations))]
    )
    due = {one.source.url.rsplit("/", 1)[1]: one async for one in made.due(NOW)}
    await made.record(
        run, [SourceResult(source=due[n].source, observation=observation(n, o)) for n, o in outcomes.items()]
    )
    await made.settle(run)
    yield made
    await made.close()


def parts(store, archive, progress=None, monotonic=lambda: 0.0) -> Parts:
    return Parts(
        store=store, checker=None, archive=archive, guard=None, judging=None, drift=None, amend=None, spool=None,
        clock=lambda: NOW, progress=progress or Silent(), monotonic=monotonic,
    )  # fmt: skip


RUN = Run(id="r", started_at=NOW, now=NOW)


async def coverage_of(store) -> dict[str, Coverage | None]:
    cases = [case async for case in store.cases()]
    return {case.citation.url.rsplit("/", 1)[1]: case.coverage and case.coverage.coverage for case in cases}


async def test_after_the_verdicts_failing_sources_come_first_then_the_most_cited(store) -> None:
    archive, progress = Archive(), Notes()
    assert await spread(parts(store, archive, progress), RUN, SPREAD, NIGHT) == 3
    assert archive.asked == ["b", "c", "a"]
    assert archive.questions[0].want_history
    assert not archive.questions[1].want_history
    told = await coverage_of(store)
    assert told == {"a": "quote-anchored", "b": "quote-anchored", "c": "quote-anchored", "d": None}
    assert progress.notes == [
        "3 sources wait for the archives, about 8 s at 24 a minute; up to 3 are asked now"
    ]


async def test_what_was_answered_is_not_asked_for_again_until_it_is_old(store) -> None:
    await spread(parts(store, Archive()), RUN, SPREAD, NIGHT)
    for days, asked in ((1, 0), (89, 0), (91, 3)):
        later = replaced(RUN, id=f"r{days}", now=NOW + timedelta(days=days))
        archive = Archive()
        assert await spread(parts(store, archive), later, SPREAD, NIGHT) == asked


async def test_an_outage_heals_the_next_night(store) -> None:
    out = Archive(Coverage.UNKNOWN, OpenReason.FAILED)
    assert await spread(parts(store, out), RUN, SPREAD, NIGHT) == 3
    later = replaced(RUN, id="next", now=NOW + timedelta(days=1))
    await store.begin(later)
    assert await spread(parts(store, Archive()), later, SPREAD, NIGHT) == 3
    assert set((await coverage_of(store)).values()) == {"quote-anchored", None}


async def test_an_archive_that_stopped_is_not_asked_further(store) -> None:
    stopped = Archive(Coverage.UNKNOWN, OpenReason.STOPPED)
    assert await spread(parts(store, stopped), RUN, SPREAD, NIGHT) < 3 + 1
    assert len(stopped.asked) <= 4  # as many as work side by side


async def test_a_night_has_its_minutes(store) -> None:
    seconds = iter(range(0, 10**6, 1000))
    archive = Archive()
    asked = await spread(
        parts(store, archive, monotonic=lambda: next(seconds)), RUN, SPREAD, replace(NIGHT, minutes=30.0)
    )
    assert asked == 1
    assert await spread(parts(store, archive), RUN, SPREAD, replace(NIGHT, minutes=0.0)) == 0


async def test_a_verified_capture_is_coverage_the_same_night(store) -> None:
    archive = Archive()
    line = Capture(
        source=url("a"), url=url("a"), archive="wayback", state=CaptureState.VERIFIED, requested_at=NOW,
        updated_at=NOW, timestamp=NOW,
    )  # fmt: skip
    await cover(store, archive, RUN, [replaced(line, source=url("c"), state=CaptureState.PENDING), line])
    assert archive.asked == ["a"]
    assert archive.questions[0].captured == (line,)
    assert (await coverage_of(store))["a"] == "quote-anchored"


FOUND = QuoteResult(match=QuoteMatch.FOUND)
ABSENT = QuoteResult(match=QuoteMatch.ABSENT)
CHECK = RunOptions(archives=ArchiveUse.NEEDED)


@pytest.mark.parametrize(
    ("options", "outcome", "quote", "more", "kept"),
    [
        (CHECK, Outcome.ALIVE, FOUND, {}, True),
        (CHECK, Outcome.ALIVE, ABSENT, {}, False),
        (CHECK, Outcome.ALIVE, None, {"quote": None}, False),
        (CHECK, Outcome.ALIVE, FOUND, {"archive_url": "https://web.archive.org/web/2020/x"}, False),
        (CHECK, Outcome.GONE, None, {}, False),
        (CHECK, Outcome.BLOCKED, None, {}, False),
        (replaced(CHECK, archives=ArchiveUse.ALL), Outcome.ALIVE, FOUND, {}, False),
        (SPREAD, Outcome.ALIVE, FOUND, {}, True),
        (SPREAD, Outcome.ALIVE, None, {"quote": None}, True),
        (SPREAD, Outcome.ALIVE, ABSENT, {}, False),
        (SPREAD, Outcome.GONE, None, {}, False),
    ],
)  # fmt: skip
def test_where_the_answer_changes_what_is_said(options, outcome, quote, more, kept) -> None:
    (one,) = with_keys([replaced(citation("a"), **more)])
    facts = {one.key: CitationFacts(citation=one.key, quote=quote)} if quote else {}
    assert kept_only(options, (one,), observation("a", outcome), facts, waiting=0) is kept


def test_no_crowd_of_look_ups_holds_the_verdicts_back() -> None:
    (one,) = with_keys([citation("a")])
    gone = observation("a", Outcome.GONE)
    assert not kept_only(SPREAD, (one,), gone, {}, waiting=CROWD - 1)
    assert kept_only(SPREAD, (one,), gone, {}, waiting=CROWD)
    assert not kept_only(CHECK, (one,), gone, {}, waiting=CROWD)


def test_what_waits_is_told_now_and_then() -> None:
    progress, now = Notes(), [0.0]
    waits = Waits(progress, 24.0, lambda: now[0])
    for at, total, checked, wanted, done in (
        (0.0, None, 3, 3, 0), (1.0, None, 87, 87, 0), (2.0, None, 0, 0, 1), (40.0, None, 0, 0, 77),
        (80.0, 180, 0, 0, 0), (120.0, 280, 30, 0, 12),
    ):  # fmt: skip
        now[0], waits.total = at, total
        for number in range(checked):
            waits.checked(wanted=number < wanted)
        for _ in range(done):
            waits.done()
        waits.tell()
    assert progress.notes == [
        "90 look-ups wait for the archives: about 4 min",
        "12 look-ups wait for the archives: about 30 s",
        "102 look-ups wait for the archives: about 4 min",  # half are checked: the rest will want as many
        "120 look-ups wait for the archives: about 5 min",
    ]


@pytest.mark.parametrize(("use", "asked"), [("needed", True), ("all", True), ("off", False)])
def test_the_command_line_says_which(monitor, servers, tmp_path, use, asked) -> None:
    (tmp_path / "list.md").write_text(
        "- [Athens](http://www.geocities.com/Athens/Forum/). Accessed 8 June 2004.\n"
    )
    ended = monitor(
        "check", "list.md", "--archive", use, "--now", "2026-11-21T03:00:00Z", "-f", "json", **servers
    )
    requests = json.loads(ended.out)["run"]["requests"]
    assert (requests.get("archive", 0) > 0) is asked
