"""Every row of the access-date table, by examples from both sides of its borders."""

import datetime as dt

import pytest

from monitor.judge.access_date import ACCESS_DATE_RULES
from monitor.judge.judge import judge
from monitor.judge.policy import JudgePolicy
from monitor.model.citation import SNAPSHOT_ORIGINAL, Repair
from monitor.model.finding import AccessDateStatus as S
from monitor.model.finding import AmendmentKind as Edit
from monitor.model.finding import Severity
from monitor.model.observation import MOVE_SHOWN, Confidence, Evidence, Outcome
from monitor.model.page import Drift, QuoteMatch
from monitor.model.snapshot import ArchivedRot, ArchiveLinkFault, Coverage
from monitor.model.values import replaced
from tests.support.cases import NOW, at, case, citation, coverage, facts, seen, snapshot

POLICY = JudgePolicy()
ALIVE = seen(Outcome.ALIVE)
DEAD = tuple(seen(Outcome.GONE, d, http_status=404) for d in (-9, -8, -5, 0))
SUSPECT = (seen(Outcome.GONE, -2, http_status=404), seen(Outcome.GONE, 0, http_status=404))
FOUND, ABSENT = facts(QuoteMatch.FOUND), facts(QuoteMatch.ABSENT)
OLD = citation("2019-05-04", text="4 May 2019")


def moved(days=0.0, **more):
    return seen(Outcome.MOVED, days, permanent_target="https://new.example/r", **more)


def verdict(judged, **more):
    return judge(judged, POLICY, NOW, **more)[1]


ROWS = [
    # row 0: unparsable, in the future, impossible
    ("impossible day", case(ALIVE, facts=FOUND, cite=citation(None, text="31 February 2019")), "invalid", S.INVALID, "error", None),
    ("future", case(ALIVE, facts=FOUND, cite=citation("2026-03-03")), "invalid", S.INVALID, "error", None),
    ("future month", case(ALIVE, facts=FOUND, cite=citation("2026-04")), "invalid", S.INVALID, "error", None),
    ("before the web", case(ALIVE, facts=FOUND, cite=citation("1989-01-01")), "invalid", S.INVALID, "error", None),
    ("invalid even if dead", case(*DEAD, cite=citation("2031")), "invalid", S.INVALID, "error", None),
    ("tomorrow by time zone", case(ALIVE, facts=FOUND, cite=citation("2026-03-02")), "fresh", S.FRESH, "ok", None),
    ("this month", case(ALIVE, facts=FOUND, cite=citation("2026-03")), "fresh", S.FRESH, "ok", None),
    ("this year", case(ALIVE, facts=FOUND, cite=citation("2026")), "fresh", S.FRESH, "ok", None),
    # row 1: accessed before it was published
    ("published later", case(ALIVE, facts=FOUND, cite=citation(published="2025-12-20")), "contradicted", S.CONTRADICTED, "warning", None),
    ("page published later", case(seen(Outcome.ALIVE, published="2026-01-04T10:00:00Z"), facts=ABSENT), "contradicted", S.CONTRADICTED, "warning", None),
    ("published a day later by zone", case(ALIVE, facts=FOUND, cite=citation(published="2025-12-02")), "fresh", S.FRESH, "ok", None),
    ("published that month", case(ALIVE, facts=FOUND, cite=citation(published="2025-12")), "fresh", S.FRESH, "ok", None),
    ("published garbage", case(seen(Outcome.ALIVE, published="yesterday, at noon"), facts=FOUND), "fresh", S.FRESH, "ok", None),
    ("a 404 page's date is not the source's", case(*(replaced(d, observation=replaced(d.observation, published="2026-01-04")) for d in DEAD), coverage=coverage(Coverage.NONE)), "unsupported", S.UNSUPPORTED, "error", None),
    # row 2: the citation's own archive link shows what was cited
    ("pinned at any age", case(*DEAD, cite=replaced(OLD, archive_url="https://archive.example/1"), coverage=coverage(Coverage.QUOTE_ANCHORED, pinned=True)), "pinned", S.PINNED, "ok", None),
    ("pinned though drifted", case(ALIVE, facts=ABSENT, cite=replaced(OLD, archive_url="https://archive.example/1"), coverage=coverage(Coverage.BRACKETED, pinned=True)), "pinned", S.PINNED, "ok", None),
    ("archive link vanished", case(*DEAD, cite=replaced(OLD, archive_url="https://archive.example/1"), coverage=coverage(Coverage.QUOTE_ANCHORED, pinned=True, link_fault=ArchiveLinkFault.VANISHED)), "stale-dead", S.STALE_DEAD, "error", Edit.ADD_ARCHIVE),
    # row 3 and 4: proof, young and old
    ("quote found", case(ALIVE, facts=FOUND), "fresh", S.FRESH, "ok", None),
    ("no quote, same text", case(ALIVE, facts=facts(QuoteMatch.NONE, Drift.SAME), cite=citation(quote=None)), "fresh", S.FRESH, "ok", None),
    ("at the limit", case(ALIVE, facts=FOUND, cite=citation("2025-03-01")), "fresh", S.FRESH, "ok", None),
    ("past the limit", case(ALIVE, facts=FOUND, cite=citation("2025-02-28")), "refreshable", S.REFRESHABLE, "info", Edit.REFRESH_DATE),
    ("confirmed since, which changes no document", case(ALIVE, facts=FOUND, cite=OLD, confirmed_at=at(-30)), "refreshable", S.REFRESHABLE, "info", Edit.REFRESH_DATE),
    ("confirmed too long ago", case(ALIVE, facts=FOUND, cite=OLD, confirmed_at=at(-400)), "refreshable", S.REFRESHABLE, "info", Edit.REFRESH_DATE),
    ("found but the page was rewritten", case(ALIVE, facts=facts(QuoteMatch.FOUND, Drift.MAJOR)), "fresh", S.FRESH, "ok", None),
    ("moved for good, quote found", case(seen(Outcome.MOVED, permanent_target="https://new.example/r"), facts=FOUND), "fresh", S.FRESH, "ok", Edit.REPLACE_URL),
    ("latest of several dates", case(ALIVE, facts=FOUND, cite=replaced(OLD, access_dates=(*OLD.access_dates, *citation("2026-01-05").access_dates))), "fresh", S.FRESH, "ok", None),
    # row 5: readable, and not what was quoted
    ("absent", case(ALIVE, facts=ABSENT, coverage=coverage(Coverage.QUOTE_ANCHORED)), "stale-drifted", S.STALE_DRIFTED, "error", Edit.ADD_ARCHIVE),
    ("altered, archives unknown", case(ALIVE, facts=facts(QuoteMatch.ALTERED)), "stale-drifted", S.STALE_DRIFTED, "error", None),
    ("two days old and absent", case(ALIVE, facts=ABSENT, cite=citation("2026-02-27")), "stale-drifted", S.STALE_DRIFTED, "error", None),
    ("replaced", case(ALIVE, facts=facts(QuoteMatch.NONE, Drift.REPLACED), cite=citation(quote=None)), "stale-drifted", S.STALE_DRIFTED, "error", None),
    ("major drift, weak quote", case(ALIVE, facts=facts(QuoteMatch.WEAK, Drift.MAJOR)), "stale-drifted", S.STALE_DRIFTED, "error", None),
    # rows 6 to 9: dead
    ("dead, bracketed", case(*DEAD, coverage=coverage(Coverage.BRACKETED)), "stale-dead", S.STALE_DEAD, "error", Edit.ADD_ARCHIVE),
    ("dead, anchored", case(*DEAD, coverage=coverage(Coverage.QUOTE_ANCHORED)), "stale-dead", S.STALE_DEAD, "error", Edit.ADD_ARCHIVE),
    ("dead, near", case(*DEAD, coverage=coverage(Coverage.NEAR)), "stale-dead-weak", S.STALE_DEAD, "error", Edit.ADD_ARCHIVE),
    ("dead, none", case(*DEAD, coverage=coverage(Coverage.NONE)), "unsupported", S.UNSUPPORTED, "error", None),
    ("dead, archives could not tell", case(*DEAD, coverage=coverage(Coverage.UNKNOWN, reason="429")), "pending", S.PENDING, "warning", None),
    ("dead, archives not asked", case(*DEAD), "pending", S.PENDING, "warning", None),
    ("malformed", case(seen(Outcome.MALFORMED, cause="bad-port")), "pending", S.PENDING, "warning", Edit.FIX_URL),
    # row 10: failing, not proven
    ("suspect, young", case(*SUSPECT), "failing", S.UNCONFIRMED, "info", None),
    ("suspect, old", case(*SUSPECT, cite=OLD, coverage=coverage(Coverage.BRACKETED)), "failing", S.UNCONFIRMED, "info", None),
    # row 11 and 12: could not tell
    ("blocked, old", case(seen(Outcome.BLOCKED, http_status=403), cite=OLD), "due", S.DUE, "warning", None),
    ("blocked, old, copy known", case(seen(Outcome.BLOCKED, http_status=403), cite=OLD, coverage=coverage(Coverage.BRACKETED)), "due", S.DUE, "warning", Edit.ADD_ARCHIVE),
    ("blocked, young", case(seen(Outcome.BLOCKED, http_status=403)), "unconfirmed", S.UNCONFIRMED, "info", None),
    ("200 is no proof, old", case(ALIVE, facts=facts(QuoteMatch.NONE), cite=replaced(OLD, quote=None)), "due", S.DUE, "warning", None),
    ("200 is no proof, young", case(ALIVE, facts=facts(QuoteMatch.NONE), cite=citation(quote=None)), "unconfirmed", S.UNCONFIRMED, "info", None),
    ("minor drift without quote, old", case(ALIVE, facts=facts(QuoteMatch.NONE, Drift.MINOR), cite=replaced(OLD, quote=None)), "due", S.DUE, "warning", None),
    ("too short a quote, young", case(ALIVE, facts=facts(QuoteMatch.WEAK, score=100.0)), "unconfirmed", S.UNCONFIRMED, "info", None),
    ("too short a quote, same text", case(ALIVE, facts=facts(QuoteMatch.WEAK, Drift.SAME, score=100.0)), "fresh", S.FRESH, "ok", None),
    ("part of a quote, same text, old", case(ALIVE, facts=facts(QuoteMatch.WEAK, Drift.SAME, score=75.0), cite=OLD), "due", S.DUE, "warning", None),
    ("weak, old", case(ALIVE, facts=facts(QuoteMatch.WEAK), cite=OLD), "due", S.DUE, "warning", None),
    ("same text but the quote not testable", case(ALIVE, facts=facts(QuoteMatch.UNKNOWN, Drift.SAME), cite=OLD), "due", S.DUE, "warning", None),
    ("rate-limited after good days", case(ALIVE, seen(Outcome.RATE_LIMITED, http_status=429), cite=OLD), "due", S.DUE, "warning", None),
    ("unlocated", case(cite=citation("2019-05-04", url=None, unlocated_reason="no address")), "due", S.DUE, "warning", None),
    ("mailto", case(seen(Outcome.UNSUPPORTED, cause="mailto"), cite=OLD), "due", S.DUE, "warning", None),
    ("never checked, young", case(), "unconfirmed", S.UNCONFIRMED, "info", None),
    # no access date at all
    ("no date, quote found", case(ALIVE, facts=FOUND, cite=citation("")), "missing", S.MISSING, "info", None),
    ("no date, blocked", case(seen(Outcome.BLOCKED), cite=citation("")), "missing", S.MISSING, "info", None),
    ("no date, suspect", case(*SUSPECT, cite=citation("", access_date_missing=True)), "missing", S.MISSING, "info", None),
    ("no date, dead", case(*DEAD, cite=citation(""), coverage=coverage(Coverage.QUOTE_ANCHORED)), "missing", S.MISSING, "error", Edit.ADD_ARCHIVE),
    ("no date, dead, the archives could not tell", case(*DEAD, cite=citation(""), coverage=coverage(Coverage.UNKNOWN)), "missing", S.MISSING, "warning", None),
    ("no date, no usable address", case(seen(Outcome.MALFORMED, cause="no-host"), cite=citation("")), "missing", S.MISSING, "warning", Edit.FIX_URL),
    ("no date, quote absent", case(ALIVE, facts=ABSENT, cite=citation("")), "missing", S.MISSING, "error", None),
]  # fmt: skip


@pytest.mark.parametrize(
    ("judged", "rule", "status", "severity", "edit"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS]
)
def test_row(judged, rule, status, severity, edit):
    found = verdict(judged)
    assert (found.rule, found.status, found.severity, found.edit) == (
        f"access-date/{rule}",
        status,
        severity,
        edit,
    )


def test_strikes_never_exceed_what_they_are_out_of():
    gone = [seen(Outcome.GONE, days, http_status=410) for days in (-2, -1, 0)]
    assert "failing, 2 of 2." in verdict(case(*gone)).reason


def test_every_rule_has_an_example():
    assert {row[2] for row in ROWS} == {rule.name for rule in ACCESS_DATE_RULES}


def test_a_void_run_waits_unless_earlier_facts_decide():
    why = "no sentinel answered."
    assert verdict(case(seen(Outcome.BLOCKED), cite=OLD), void=why).rule == "access-date/failing"
    assert why in verdict(case(seen(Outcome.BLOCKED), cite=OLD), void=why).reason
    assert verdict(case(ALIVE, facts=FOUND), void=why).status is S.FRESH


def test_archived_failures_prove_a_death_on_the_first_night():
    rot = ArchivedRot(
        last_good=dt.datetime(2014, 3, 2, tzinfo=dt.UTC),
        first_bad=dt.datetime(2015, 1, 7, tzinfo=dt.UTC),
        failures=4,
    )
    judged = case(seen(Outcome.GONE, http_status=404), rot=rot, coverage=coverage(Coverage.BRACKETED))
    for one_off in (False, True):
        found = verdict(judged, one_off=one_off)
        assert found.status is S.STALE_DEAD
        assert "between 2 March 2014 and 7 January 2015" in found.reason


def test_one_look_names_the_archived_copy_but_does_not_say_dead():
    judged = case(seen(Outcome.GONE, http_status=404), coverage=coverage(Coverage.QUOTE_ANCHORED))
    found = verdict(judged, one_off=True)
    assert (found.status, found.edit, found.proven) == (S.UNCONFIRMED, Edit.ADD_ARCHIVE, False)
    assert snapshot().url in found.remedy
    assert "404" in found.reason
    assert "does not prove" in found.reason


def test_weather_in_one_look_asks_for_nothing():
    found = verdict(
        case(seen(Outcome.SERVER_ERROR, http_status=503), coverage=coverage(Coverage.BRACKETED)), one_off=True
    )
    assert (found.status, found.edit) == (S.UNCONFIRMED, None)


@pytest.mark.parametrize(
    ("judged", "proven"),
    [
        (case(ALIVE, facts=FOUND, cite=OLD), True),
        (case(ALIVE, facts=facts(QuoteMatch.NONE, Drift.SAME), cite=replaced(OLD, quote=None)), True),
        (case(seen(Outcome.MOVED, permanent_target="https://new.example/r"), facts=FOUND), True),
        (
            case(seen(Outcome.MOVED, permanent_target="https://new.example/r"), facts=facts(QuoteMatch.WEAK)),
            False,
        ),
        (case(*DEAD, coverage=coverage(Coverage.BRACKETED)), True),
        (case(*DEAD, coverage=coverage(Coverage.BRACKETED, snapshot=snapshot(verified=False))), False),
        (case(*DEAD, coverage=coverage(Coverage.NEAR)), True),
        (case(*DEAD, coverage=coverage(Coverage.NEAR, snapshot=snapshot(verified=False))), False),
        (case(ALIVE, facts=ABSENT, coverage=coverage(Coverage.QUOTE_ANCHORED)), True),
        (
            case(
                ALIVE,
                facts=ABSENT,
                coverage=coverage(Coverage.QUOTE_ANCHORED, snapshot=snapshot(verified=False)),
            ),
            False,
        ),
        (case(seen(Outcome.BLOCKED), cite=OLD, coverage=coverage(Coverage.BRACKETED)), False),
    ],
)
def test_only_proven_edits_are_marked_so(judged, proven):
    found = verdict(judged)
    assert found.edit is not None
    assert found.proven is proven


@pytest.mark.parametrize(
    "row",
    [
        seen(Outcome.MOVED, permanent_target="https://new.example/r"),
        seen(Outcome.MALFORMED, cause="bad-port"),
    ],
    ids=lambda row: row.observation.outcome,
)
def test_the_address_of_a_snapshot_is_not_replaced_for_what_became_of_its_original(row):
    own = "https://archive.example/20110217/https://example.org/report"
    repair = Repair(SNAPSHOT_ORIGINAL, own, "https://example.org/report")
    cite = citation("2019-05-04", archive_url=own, repairs=(repair,))
    for one_off in (False, True):
        found = verdict(case(row, cite=cite, facts=FOUND), one_off=one_off)
        assert found.edit not in (Edit.REPLACE_URL, Edit.FIX_URL)
        assert "new.example" not in found.remedy


@pytest.mark.parametrize(
    ("row", "proven", "said"),
    [
        (moved(), False, "on 1 March 2026 only, so wait until it is seen on another day"),
        (
            moved(-3, last=0, times=2),
            True,
            "seen again and again, first on 26 February 2026, last on 1 March 2026",
        ),
        (moved(0, last=0.1, times=2), False, "on 1 March 2026 only"),
        (
            moved(evidence=(Evidence(MOVE_SHOWN, "the title stands at the new address"),)),
            True,
            "the title stands",
        ),
    ],
    ids=["once", "on two days", "twice on one day", "the title shows it"],
)
def test_a_move_rests_on_what_its_words_say(row, proven, said):
    judged = case(row, facts=facts(QuoteMatch.NONE, Drift.SAME), cite=citation(quote=None))
    found = verdict(judged)
    assert (found.status, found.edit, found.proven) == (S.FRESH, Edit.REPLACE_URL, proven)
    assert said in found.remedy


def test_a_move_that_nothing_shows_to_be_the_page_says_what_is_missing():
    row = moved(-11, last=0, times=4)
    found = verdict(case(row, facts=facts(QuoteMatch.NONE), cite=citation("2019-05-04", quote=None)))
    assert (found.edit, found.proven) == (Edit.REPLACE_URL, False)
    assert "first on 18 February 2026, last on 1 March 2026" in found.remedy
    assert "Neither a quote nor the title nor the page itself shows" in found.remedy


def test_a_proposal_to_refresh_stays_open_from_night_to_night():
    for confirmed_at in (None, at(-1), at(-200)):
        found = verdict(case(ALIVE, facts=FOUND, cite=OLD, confirmed_at=confirmed_at))
        assert (found.status, found.edit, found.proven) == (S.REFRESHABLE, Edit.REFRESH_DATE, True)
        assert "the access date 4 May 2019 is 6 years old" in found.reason
    blocked = verdict(case(seen(Outcome.BLOCKED), cite=OLD, confirmed_at=at(-30)))
    assert blocked.status is S.UNCONFIRMED  # a confirmation still spares a person the look


def test_moved_without_proof_is_only_looked_at_by_hand():
    found = verdict(
        case(
            seen(Outcome.MOVED, permanent_target="https://new.example/r"),
            facts=facts(QuoteMatch.UNKNOWN),
            cite=OLD,
        )
    )
    assert (found.status, found.edit, found.proven) == (S.DUE, Edit.REPLACE_URL, False)
    assert "by hand" in found.remedy


def test_a_move_to_the_page_with_the_title_is_proven_whatever_the_date_is_worth():
    row = moved(evidence=(Evidence(MOVE_SHOWN, "the title stands at the new address"),))
    for quote, proven in ((None, True), ("the mills stood idle", False)):
        old = citation("2019-05-04", quote=quote)
        found = verdict(case(row, facts=facts(QuoteMatch.WEAK if quote else QuoteMatch.NONE), cite=old))
        assert (found.status, found.edit, found.proven) == (S.DUE, Edit.REPLACE_URL, proven)
        assert ("by hand" in found.remedy) is not proven


def test_a_refreshed_date_is_the_day_of_the_reading_not_of_the_report():
    found = verdict(case(seen(Outcome.ALIVE, -40, last=-6, times=3), facts=FOUND, cite=OLD))
    assert found.status is S.REFRESHABLE
    assert "23 February 2026" in found.remedy
    assert "1 March 2026" not in found.remedy


@pytest.mark.parametrize(
    ("url", "limit"),
    [
        ("https://example.org/", 90),
        ("https://example.org/report", 365),
        ("https://example.org/2019/05/04/mill", 1095),
    ],
)
def test_the_limit_follows_the_kind_of_page(url, limit):
    for days, status in ((limit, S.UNCONFIRMED), (limit + 1, S.DUE)):
        date = (NOW - dt.timedelta(days=days)).date().isoformat()
        blocked = seen(Outcome.BLOCKED, url=url)
        assert verdict(case(blocked, cite=citation(date, url=url))).status is status


def test_confidence_never_exceeds_that_of_the_outcome():
    unsure = seen(Outcome.ALIVE, confidence=Confidence.MEDIUM)
    assert verdict(case(unsure, facts=FOUND)).confidence is Confidence.MEDIUM
    assert verdict(case(ALIVE, facts=FOUND)).confidence is Confidence.HIGH
    assert verdict(case(seen(Outcome.BLOCKED), cite=OLD)).confidence is Confidence.LOW


def test_reasons_name_their_evidence():
    altered = facts(QuoteMatch.ALTERED, diff="the [-twelve-] {+fourteen+} mills", flags=("number",))
    found = verdict(case(ALIVE, facts=altered))
    assert "[-twelve-] {+fourteen+}" in found.reason
    assert "touches a number" in found.reason
    found = verdict(case(seen(Outcome.BLOCKED), cite=OLD, confirmed_at=at(-30)))
    assert "4 May 2019" in found.reason
    assert "30 January 2026" in found.reason
    found = verdict(case(*SUSPECT))
    assert "failing, 2 of 3" in found.reason
    assert "not before 6 March 2026" in found.reason


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
@pytest.mark.parametrize("one_off", [False, True])
def test_every_sentence_is_a_sentence(row, one_off):
    found = verdict(row[1], one_off=one_off)
    for text in (found.reason, found.remedy):
        assert text[0].isupper() or text[0] == "“"
        assert text[-1] in ".)"
        assert "  " not in text
        assert ".." not in text
        assert "None" not in text
        assert len(text) < 600


def test_a_farther_copy_is_named_as_unverified_where_the_archive_shows_nothing_that_fits():
    farther = coverage(Coverage.NONE, snapshot=snapshot("2012-01-01", verified=False))
    found = verdict(case(*DEAD, coverage=farther))
    assert found.status is S.UNSUPPORTED
    assert "1 January 2012" in found.remedy
    assert "was not found to hold the quote and was not verified" in found.remedy
    assert found.edit is None
    other = replaced(farther, snapshot=replaced(farther.snapshot, original="https://example.org/Report"))
    assert "is of another address, https://example.org/Report," in verdict(case(*DEAD, coverage=other)).remedy


def test_a_copy_nobody_could_test_is_not_doubled():
    linked = citation(archive_url="https://archive.ph/AbCd1")
    found = verdict(case(*DEAD, cite=linked, coverage=coverage(Coverage.BRACKETED)))
    assert (found.status, found.edit) == (S.STALE_DEAD, None)
    assert "Keep the access date and open the copy it links" in found.remedy


def test_only_the_severity_of_an_undated_dead_link_rises():
    assert (
        verdict(case(*DEAD, cite=citation(""), coverage=coverage(Coverage.NONE))).severity is Severity.ERROR
    )


@pytest.mark.parametrize("date", ["", "2026-02-01", "2019-05-04"])
def test_a_citation_without_an_address_asks_for_one_whatever_its_date(date):
    found = verdict(case(cite=citation(date, url=None, unlocated_reason="no address given")))
    assert found.remedy == "Find the source's address and add it to the citation."
    assert "no address given" in found.reason


@pytest.mark.parametrize(
    ("score", "said"),
    [(100.0, "the quoted words stand on the page"), (75.0, "only part of the quote was found")],
)
def test_a_quote_too_short_to_prove_anything_is_not_called_part_of_one(score, said):
    found = verdict(case(ALIVE, facts=facts(QuoteMatch.WEAK, score=score), cite=OLD))
    assert said in found.reason
