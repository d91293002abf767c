"""What earlier nights found: believed while it lasts, missed when it is gone."""

from dataclasses import replace
from datetime import timedelta

from monitor.archive.interface import LookUp
from monitor.model.snapshot import ArchiveAnswer, Capture, CaptureState, Coverage, SnapshotWanted
from monitor.model.source import Source
from monitor.model.values import replaced
from tests.support.archive_standin import Kept, StandIn, surt
from tests.support.archive_trial import Notebook, Time, archive_for
from tests.support.page_texts import document, essay
from tests.support.timeline_maker import NOW

URL = "http://quay.example.org/rules"
QUOTE = "No barge may lie at the quay for more than two nights in a row."
PAGE = document(body=f"<main><p>{QUOTE}</p><p>{essay(150)}</p></main>")


class Nights:
    def __init__(self, *captures: Kept) -> None:
        self.memory = Notebook()
        self.standin = StandIn(captures)

    async def ask(self, day: int, date: str = "2011-02-17", quote: str | None = QUOTE) -> ArchiveAnswer:
        archive = archive_for(self.standin, Time(), memory=self.memory)
        wanted = [SnapshotWanted(key="a", access_date=date, quote=quote, title="The tide tables of Lindmoor")]
        return await archive.look_up(
            LookUp(source=Source(URL, URL), wanted=wanted, now=NOW + timedelta(days=day))
        )


def kept(stamp: str, body: bytes = PAGE) -> Kept:
    return Kept(url=URL, stamp=stamp, body=body)


async def test_a_snapshot_that_vanished_from_the_archive_is_told() -> None:
    nights = Nights(kept("20110101000000"), kept("20120101000000"))
    first = (await nights.ask(0)).results["a"]
    assert first.snapshot is not None
    assert first.snapshot.timestamp.year == 2011
    nights.standin.by_key[surt(URL)] = [kept("20120101000000")]
    assert (await nights.ask(80)).results["a"].evidence == ()  # still believed, nothing asked
    later = (await nights.ask(100)).results["a"]
    assert later.snapshot is not None
    assert later.snapshot.timestamp.year == 2012
    assert [e.kind for e in later.evidence][:1] == ["vanished"]
    assert first.snapshot.url in later.evidence[0].detail


async def test_nothing_is_missed_while_the_index_does_not_answer() -> None:
    nights = Nights(kept("20110101000000"))
    await nights.ask(0)
    nights.standin.faults["cdx"].append("503*")
    later = (await nights.ask(100)).results["a"]
    assert "vanished" not in [e.kind for e in later.evidence]


async def test_an_open_bracket_of_these_weeks_is_asked_for_again_soon() -> None:
    """The capture that closes it may be made tomorrow, and indexes lag by a day."""
    yesterday = NOW - timedelta(days=1)
    nights = Nights(kept(f"{NOW - timedelta(days=12):%Y%m%d%H%M%S}"))
    assert (await nights.ask(0, f"{yesterday:%Y-%m-%d}")).results["a"].coverage is Coverage.QUOTE_ANCHORED
    nights.standin.add(kept(f"{NOW + timedelta(days=3):%Y%m%d%H%M%S}"))
    assert (await nights.ask(5, f"{yesterday:%Y-%m-%d}")).requests == 0
    later = await nights.ask(8, f"{yesterday:%Y-%m-%d}")
    assert later.results["a"].coverage is Coverage.BRACKETED
    assert (await nights.ask(30, f"{yesterday:%Y-%m-%d}")).requests == 0


async def test_an_unfinished_search_is_no_error_and_not_paid_for_every_night() -> None:
    captures = [
        kept(f"{NOW - timedelta(days=5000 - day):%Y%m%d%H%M%S}", document(body=f"<p>{essay(120, day)}</p>"))
        for day in range(0, 800, 4)
    ]
    nights = Nights(*captures)
    first = await nights.ask(0, "2013-03-04")
    assert first.results["a"].coverage is Coverage.UNKNOWN
    assert first.error is None
    assert 20 < first.requests < 45
    assert (await nights.ask(1, "2013-03-04")).requests == 0
    assert (await nights.ask(9, "2013-03-04")).requests > 0


async def test_what_is_remembered_costs_nothing_and_what_is_not_waits() -> None:
    nights = Nights(kept("20110101000000"))
    archive = archive_for(nights.standin, Time(), memory=nights.memory)
    known = SnapshotWanted(key="a", access_date="2011-02-17", quote=QUOTE, title=None)
    question = LookUp(source=Source(URL, URL), wanted=[known], now=NOW)
    await archive.look_up(question)
    asked = len(nights.standin.log)
    unknown = replaced(known, key="b", quote="Other words that nobody asked for yet.")
    answer = await archive.look_up(
        replaced(question, wanted=[known, unknown], kept_only=True, want_history=True)
    )
    assert (len(nights.standin.log), answer.requests, answer.error) == (asked, 0, None)
    assert answer.results["a"].coverage == "quote-anchored"
    assert answer.results["b"].waiting
    assert not answer.results["b"].failed


async def test_a_capture_made_just_now_is_looked_at_though_no_index_lists_it() -> None:
    nights = Nights()
    assert (await nights.ask(0, date="2026-10-30")).results["a"].coverage is Coverage.NONE
    stamp = f"{NOW:%Y%m%d%H%M%S}"
    nights.standin.add(replace(kept(stamp), listed=False))
    made = Capture(
        source=URL, url=URL, archive="wayback", state=CaptureState.VERIFIED, requested_at=NOW, updated_at=NOW,
        timestamp=NOW,
    )  # fmt: skip
    archive = archive_for(nights.standin, Time(), memory=nights.memory)
    wanted = [
        SnapshotWanted(key="a", access_date="2026-10-30", quote=QUOTE, title="The tide tables of Lindmoor")
    ]
    answer = await archive.look_up(LookUp(source=Source(URL, URL), wanted=wanted, now=NOW, captured=(made,)))
    assert (answer.results["a"].coverage, answer.results["a"].snapshot.timestamp) == ("quote-anchored", NOW)
