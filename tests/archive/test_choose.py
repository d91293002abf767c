"""The choice as a pure conversation: docs/design.md#snapshots sentence by sentence."""

from datetime import UTC, datetime, timedelta

import pytest

from monitor.archive.captures import EMPTY_DIGEST, IndexRow, Look, Seen
from monitor.archive.judgement.choose import Choice, Decision, Fetch
from monitor.archive.judgement.facts import same_text
from monitor.archive.judgement.usable_rows import usable
from monitor.model.page import PageText
from monitor.model.snapshot import Coverage, SnapshotWanted
from tests.support.page_texts import essay

URL = "http://weir.example.org/levels"
NOON = datetime(2011, 2, 17, 12, tzinfo=UTC)
NOW = datetime(2026, 1, 1, tzinfo=UTC)
QUOTE = "The weir was measured every morning by the lock keeper's daughter."
TITLE = "Levels at the weir"


def row(
    days: float, *, digest: str | None = None, status: int | None = 200, url: str = URL, **more: object
) -> IndexRow:
    when = NOON + timedelta(days=days)
    given = digest or f"{days}"
    return IndexRow(
        stamp=f"{when:%Y%m%d%H%M%S}", when=when, original=url, status=status,
        media_type=str(more.pop("media_type", "text/html")), digest=given, **more,
    )  # fmt: skip


def page(*parts: str, title: str = TITLE) -> PageText:
    text = "\n".join((*parts, essay(150)))
    return PageText(title=title, visible=text, main=text)


WITH, WITHOUT = page(QUOTE), page("Nothing of the kind stands here.")


class Talk:
    """Plays the archive's part: tells what a look at a capture finds."""

    def __init__(self, truth: dict[IndexRow, Seen | PageText], **wanted: object) -> None:
        self.truth = truth
        self.looked: list[IndexRow] = []
        asked = {"key": "k", "access_date": "2011-02-17", "quote": QUOTE, "title": TITLE, **wanted}
        self.wanted = SnapshotWanted(**asked)
        self.url = URL

    def decision(self, **more: object) -> Decision:
        seen: dict[IndexRow, Seen] = {}
        choice = Choice(wanted=self.wanted, url=self.url, now=NOW, rows=list(self.truth), seen=seen, **more)
        while isinstance(step := choice.step(), Fetch):
            assert step.row not in seen, "looked twice"
            found = self.truth[step.row]
            seen[step.row] = (
                found if isinstance(found, Seen) else Seen(row=step.row, look=Look.PAGE, page=found)
            )
            self.looked.append(step.row)
        return step


def bad(where: IndexRow, reason: str = "soft 404") -> Seen:
    return Seen(row=where, look=Look.REJECTED, reason=reason, page=WITHOUT)


def test_both_neighbours_hold_the_quote() -> None:
    before, after = row(-40), row(9)
    decision = Talk({before: WITH, after: WITH, row(-300): WITH}).decision()
    assert (decision.coverage, decision.row, decision.verified) == (Coverage.BRACKETED, after, True)
    assert (decision.before, decision.after) == (before, after)


def test_equal_digests_spare_the_second_look() -> None:
    before, after = row(-40, digest="A"), row(9, digest="A")
    talk = Talk({before: WITH, after: WITH})
    assert talk.decision().coverage is Coverage.BRACKETED
    assert talk.looked == [after]


def test_the_nearest_capture_that_holds_the_quote_however_far() -> None:
    far = row(-900)
    decision = Talk({row(-3): WITHOUT, row(5): WITHOUT, far: WITH, row(-1500): WITH}).decision()
    assert (decision.coverage, decision.row, decision.verified) == (Coverage.QUOTE_ANCHORED, far, True)


def test_a_usable_neighbour_without_the_quote_breaks_the_bracket() -> None:
    decision = Talk({row(-40): WITH, row(-2): WITHOUT, row(3): WITH}).decision()
    assert decision.coverage is Coverage.QUOTE_ANCHORED


def test_a_rejected_neighbour_does_not_break_the_bracket() -> None:
    spoilt = row(-2)
    decision = Talk({row(-40): WITH, spoilt: bad(spoilt), row(3): WITH}).decision()
    assert decision.coverage is Coverage.BRACKETED


def test_before_wins_a_tie_and_only_a_tie() -> None:
    before, after = row(-10), row(10)  # the middle of the day is noon: both are as far
    for order in ((after, before), (before, after)):
        assert Talk(dict.fromkeys(order, WITH)).decision().row == before
    nearer = row(10 - 0.001)
    assert Talk({before: WITH, nearer: WITH}).decision().row == nearer


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        (essay(100), essay(100), True),
        (
            essay(100),
            essay(100) + " " + essay(60)[::-1],
            False,
        ),  # all of one stands in two, not all of two in one
        (essay(100) + " " + essay(60)[::-1], essay(100), False),
        (essay(100), essay(100) + " and one more", True),
        ("", "", True),
        ("", essay(100), False),
    ],
)
def test_texts_are_the_same_if_most_of_either_stands_in_the_other(one: str, two: str, same: bool) -> None:
    first, second = (PageText(title=None, visible=text, main=text) for text in (one, two))
    assert same_text(first, second) is same


def test_every_capture_of_the_day_is_at_distance_zero() -> None:
    late = row(1.05)  # 13:12 UTC of the next day is still the 17th somewhere
    decision = Talk({late: WITH, row(-1.2): WITH}).decision()
    assert decision.row == late


@pytest.mark.parametrize("days", [-1.0, 0.0, 1.0])
def test_a_capture_at_the_access_stands_on_both_sides(days: float) -> None:
    own = row(days)
    others = {row(-30): WITHOUT, row(60): WITHOUT}
    decision = Talk({own: WITH, **others}).decision()
    assert (decision.coverage, decision.row, decision.before, decision.after) == (
        Coverage.BRACKETED, own, own, own,
    )  # fmt: skip
    assert Talk({own: WITH, **others}, quote=None).decision().coverage is Coverage.BRACKETED
    assert Talk({own: WITH, **others}, access_date="2011-02").decision().coverage is Coverage.BRACKETED


def test_a_page_that_changed_during_the_access_is_not_bracketed() -> None:
    early, late = row(-0.5), row(0.5)
    assert Talk({early: WITH, late: WITHOUT}).decision().coverage is Coverage.QUOTE_ANCHORED
    without_quote = Talk({early: WITH, late: page("Other text.", essay(300, 9))}, quote=None)
    assert without_quote.decision().coverage is Coverage.NEAR


@pytest.mark.parametrize("date", [None, "2031-01-01", "1989-11-09"])
def test_without_an_interval_any_capture_holding_the_quote_is_right(date: str | None) -> None:
    holding = row(-2000)
    decision = Talk({row(1): WITHOUT, holding: WITH, row(900): WITHOUT}, access_date=date).decision()
    assert (decision.coverage, decision.row, decision.verified) == (Coverage.QUOTE_ANCHORED, holding, True)


def test_nothing_holds_the_quote() -> None:
    near = row(2)
    decision = Talk({near: WITHOUT, row(-400): WITHOUT}).decision()
    assert (decision.coverage, decision.row, decision.verified) == (Coverage.NONE, near, False)


def test_a_capture_the_archive_failed_to_show_leaves_the_question_open() -> None:
    broken = row(1)
    decision = Talk(
        {broken: Seen(row=broken, look=Look.TROUBLE, reason="HTTP 503"), row(-9): WITHOUT}
    ).decision()
    assert decision.coverage is Coverage.UNKNOWN
    assert "503" in (decision.reason or "")


def test_a_short_quote_that_stands_there_is_found() -> None:
    assert Talk({row(4): WITH}, quote="lock keeper's daughter").decision().coverage is Coverage.QUOTE_ANCHORED


def test_a_quote_outranks_the_suspicion_of_an_error_page_unless_it_is_short() -> None:
    suspect = row(1)
    seen = Seen(row=suspect, look=Look.REJECTED, reason="soft 404", page=WITH)
    assert Talk({suspect: seen}).decision().verified
    assert Talk({suspect: seen}, quote="lock keeper's").decision().coverage is Coverage.NONE


def test_a_dead_pages_many_error_pages_are_not_read_through_for_the_grade() -> None:
    spoilt = [row(day) for day in range(30, 430, 10)]
    talk = Talk({row(-3): WITH, **{r: bad(r) for r in spoilt}, row(900): WITH})
    decision = talk.decision()
    assert (decision.coverage, decision.row, decision.verified) == (Coverage.QUOTE_ANCHORED, row(-3), True)
    assert len(talk.looked) <= 5


# -- no quote


def test_without_a_quote_the_same_text_on_both_sides_brackets_at_any_distance() -> None:
    decision = Talk({row(-400): WITH, row(700): WITH}, quote=None).decision()
    assert (decision.coverage, decision.row, decision.verified) == (Coverage.BRACKETED, row(-400), True)


@pytest.mark.parametrize(("days", "coverage"), [(29, Coverage.NEAR), (33, Coverage.NONE)])
def test_without_a_quote_thirty_days_are_near(days: int, coverage: Coverage) -> None:
    one = row(days)
    decision = Talk({one: WITH, row(-500): page("Other text.", essay(300, 9))}, quote=None).decision()
    assert (decision.coverage, decision.row) == (coverage, one)


def test_the_title_verifies_where_there_is_no_quote() -> None:
    assert not Talk({row(3): page("x", title="Another page of the site")}, quote=None).decision().verified
    assert not Talk({row(3): WITH}, quote=None, title=None).decision().verified


def test_a_redirect_to_another_site_needs_the_title() -> None:
    moved = row(2)
    for title, coverage in ((TITLE, Coverage.NEAR), ("Cheap flights and hotels", Coverage.NONE)):
        seen = Seen(
            row=moved, look=Look.PAGE, page=page("text", title=title), reason="redirected to http://b.test/",
            offsite=True, chain=("http://b.test/",),
        )  # fmt: skip
        assert Talk({moved: seen}, quote=None).decision().coverage is coverage


# -- what an index row says


@pytest.mark.parametrize(
    ("candidate", "kept"),
    [
        (row(1, status=200), True),
        (row(1, status=203), True),
        (row(1, status=206), True),
        (row(1, status=404), False),
        (row(1, status=503), False),
        (row(1, status=429), False),
        (row(1, digest=EMPTY_DIGEST), False),
        (row(1, status=None, revisit=True, digest="GOOD"), True),
        (row(1, status=None, revisit=True, digest="LOST"), False),
        (row(1, status=None, revisit=True, digest="UNHEARD"), True),
        (row(1, status=301), True),
        (row(-99.5, status=301), False),  # its target stands beside it
        (row(1, media_type="image/png"), False),
        (row(1, media_type="application/pdf"), True),
    ],
)
def test_which_captures_may_show_a_page(candidate: IndexRow, kept: bool) -> None:
    others = [row(-99, digest="GOOD"), row(50, status=404, digest="LOST")]
    assert (candidate in usable([*others, candidate], URL).own) is kept


def test_a_pdf_is_wanted_where_the_address_says_so() -> None:
    html, pdf = row(1, url=f"{URL}.pdf"), row(40, url=f"{URL}.pdf", media_type="application/pdf")
    talk = Talk({html: WITH, pdf: Seen(row=pdf, look=Look.PAGE, page=WITH, pdf=True)}, quote=None)
    talk.url = f"{URL}.pdf"
    assert talk.decision(near_days=60.0).row == pdf


def test_the_same_address_comes_before_another_of_the_same_key() -> None:
    other, own = row(1, url=URL.replace("levels", "LEVELS")), row(20)
    assert Talk({other: WITH, own: WITH}, quote=None).decision().row == own


def test_what_the_address_serves_today_comes_first_if_it_was_ever_captured() -> None:
    html, pdf = row(1), row(20, media_type="application/pdf")
    seen = Seen(row=pdf, look=Look.PAGE, page=WITH, pdf=True)
    asked = {"quote": None, "title": "Some other words for it"}
    assert Talk({html: WITH, pdf: seen}, **asked).decision(live_type="application/pdf").row == pdf
    assert Talk({html: WITH, pdf: seen}, **asked).decision(live_type="text/html; charset=utf-8").row == html
    assert Talk({html: WITH, pdf: seen}, **asked).decision().row == html
    alone = Talk({html: WITH}, **asked).decision(live_type="application/pdf")
    assert (alone.coverage, alone.row) == (Coverage.NEAR, html)


def test_a_title_that_says_pdf_is_not_met_by_a_page() -> None:
    html = row(1)
    decision = Talk({html: WITH}, quote=None, title=f"{TITLE} (PDF)").decision()
    assert (decision.coverage, decision.row) == (Coverage.NONE, html)


def test_of_several_pages_near_the_date_the_one_with_the_title_wins() -> None:
    walls = {row(day): page("Some wall or other.", title="Wall") for day in (0.1, 2)}
    titled = row(9)
    assert Talk({**walls, titled: WITH}, quote=None).decision().row == titled
    more = {row(day): page("x", title="Wall") for day in (4, 6)}
    talk = Talk({**walls, **more, titled: WITH}, quote=None)
    assert talk.decision().row == row(0.1)  # patience has an end
    assert len(talk.looked) <= 5
    far = Talk({row(2): page("x", title="Wall"), row(40): WITH}, quote=None).decision()
    assert (far.row, far.verified) == (row(2), False)
