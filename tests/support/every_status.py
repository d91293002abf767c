"""Realistic assessments of every status, invented."""

import datetime as dt

from monitor.model.finding import (
    AccessDateStatus,
    Amendment,
    AmendmentKind,
    Edit,
    Severity,
    Waiver,
)
from monitor.model.history import LinkHistory, LinkState
from monitor.model.observation import CitationFacts, Evidence, Hop, Outcome
from monitor.model.page import Drift, QuoteMatch, QuoteResult
from monitor.model.run import Assessment
from monitor.model.snapshot import Coverage
from tests.support.assessments import ESSAY, assess, covered, dead, snapshot_of, span


def every_status() -> list[Assessment]:
    """One assessment per status and then some, in document order."""
    return [*_first_document(), *_second_document()]


def _first_document() -> list[Assessment]:
    bride = "http://www.tarvenia-times.example/stories/2004/bride.html"
    report = "http://labour.example.org/reports/fields.pdf"
    return [
        assess(
            bride,
            "The Bartered Bride of Tarvenia",
            AccessDateStatus.STALE_DEAD,
            Severity.ERROR,
            Outcome.GONE,
            line=42,
            reason="Gone since before 7 January 2015; an archived copy from the access day holds the quote.",
            remedy="Keep the access date and add the archived copy.",
            history=dead(),
            coverage=covered(
                "k",
                Coverage.BRACKETED,
                snapshot_of(bride, "2011-02-16"),
                before=snapshot_of(bride, "2011-02-16"),
                after=snapshot_of(bride, "2011-03-04"),
                evidence=(Evidence("quote", "both captures hold the quote"),),
            ),
            facts=CitationFacts(citation="k"),
            amendment=Amendment(
                kind=AmendmentKind.ADD_ARCHIVE,
                replacement=f"[accessed 17 February 2011]\n[archived {snapshot_of(bride, '2011-02-16').url}]",
                edits=(Edit(span(44), "[accessed 17 February 2011]", "x"),),
                proven=True,
                reason="the capture of 16 February 2011 holds the quote",
            ),
            strip=("alive", "alive", "server-error", "gone", "gone", "gone"),
            citation={
                "attribution": "Ilsa Maren, Tarvenia Times, March 2004",
                "quote": "she was carried across the orchard before the bread had cooled",
            },
            observation={
                "http_status": 404,
                "cause": "not-found",
                "evidence": (Evidence("status", "404 to a full GET"),),
            },
        ),
        assess(
            "http://old-ministry.example.net/press/17.htm",
            "Ministry answers the harvest inquiry",
            AccessDateStatus.UNSUPPORTED,
            Severity.ERROR,
            Outcome.UNREACHABLE,
            line=58,
            remedy="Replace the source or mark the link dead.",
            reason="The host name no longer exists and no archive holds the page.",
            history=dead(),
            coverage=covered("k", Coverage.NONE, reason="two endpoints agree"),
            previous="stale-dead/unreachable",
            observation={"cause": "dns-not-found"},
            strip=("unreachable",) * 6,
        ),
        assess(
            report,
            "Who picks the cotton?",
            AccessDateStatus.STALE_DRIFTED,
            Severity.ERROR,
            Outcome.ALIVE,
            line=71,
            date="2016-08",
            text="August 2016",
            remedy="Quote the page anew, or add the archived copy of August 2016.",
            reason="The number in the quote changed.",
            facts=CitationFacts(
                citation="k",
                quote=QuoteResult(
                    match=QuoteMatch.ALTERED,
                    score=91.0,
                    diff="about [-4,200-] {+9,600+} children work in the fields",
                    flags=("number",),
                ),
                drift=Drift.MAJOR,
            ),
            coverage=covered("k", Coverage.QUOTE_ANCHORED, snapshot_of(report, "2016-07-30")),
            citation={"quote": "about 4,200 children work in the fields"},
            observation={"http_status": 200},
            strip=("alive",) * 6,
        ),
        assess(
            "http://weekly.example.com/2009/04/drift.asp?id=9",
            "A year at the border",
            AccessDateStatus.STALE_DEAD,
            Severity.ERROR,
            Outcome.SOFT_404,
            line=80,
            remedy="Add the archived copy, marked as not verified.",
            history=dead(),
            coverage=covered(
                "k",
                Coverage.NEAR,
                snapshot_of("http://weekly.example.com/2009/04/drift.asp?id=9", "2011-03-01", verified=False),
            ),
            observation={"http_status": 200, "cause": "error-title"},
            previous="stale-dead/soft-404",
        ),
        assess(
            "http://parked.example.org/",
            "Roads of salt",
            AccessDateStatus.PENDING,
            Severity.WARNING,
            Outcome.PARKED,
            line=95,
            remedy="Wait: the archives will be asked again.",
            coverage=covered("k", Coverage.UNKNOWN, reason="429 from the archive"),
            history=dead(),
            previous="pending/parked",
        ),
        assess(
            None,
            "Letter of the harbour board",
            AccessDateStatus.UNCONFIRMED,
            Severity.INFO,
            None,
            line=101,
            remedy="Add an address.",
            citation={"unlocated_reason": "its URL is not displayed because of its length"},
            previous="unconfirmed/unchecked",
        ),
        assess(
            "http://slow.example.com/a",
            "Slow boats",
            AccessDateStatus.UNCONFIRMED,
            Severity.INFO,
            Outcome.SERVER_ERROR,
            line=110,
            history=LinkHistory(state=LinkState.SUSPECT, strikes=1),
            observation={"http_status": 503},
            remedy="Wait: it is checked again tomorrow.",
        ),
    ]


def _second_document() -> list[Assessment]:
    def one(line: int, url: str, title: str, *judged, **more) -> Assessment:
        return assess(url, title, *judged, document=ESSAY, line=line, **more)

    new = "https://harbour.example.com/guide/tides"
    return [
        one(
            5,
            "https://ink.example.org/tides",
            "Tide tables",
            AccessDateStatus.INVALID,
            Severity.ERROR,
            Outcome.ALIVE,
            date=None,
            text="31 February 2011",
            remedy="Correct the access date by hand.",
            previous=None,
        ),
        one(
            9,
            "https://ink.example.org/press",
            "Press day",
            AccessDateStatus.CONTRADICTED,
            Severity.WARNING,
            Outcome.ALIVE,
            remedy="Check the date: the page was published in 2014.",
            citation={"published": "2014-05-01"},
        ),
        one(
            14,
            "https://ink.example.org/pinned",
            "A pinned page",
            AccessDateStatus.PINNED,
            Severity.OK,
            Outcome.GONE,
            citation={
                "archive_url": "https://web.archive.org/web/20110217120000/https://ink.example.org/pinned"
            },
            history=dead(),
            observation={"http_status": 410},
            previous="pinned/gone",
        ),
        one(
            20,
            "https://ink.example.org/fresh",
            "A fresh page",
            AccessDateStatus.FRESH,
            Severity.OK,
            Outcome.ALIVE,
            date="2026-11-01",
            text="1 November 2026",
            observation={"http_status": 200},
            facts=CitationFacts(citation="k", quote=QuoteResult(match=QuoteMatch.FOUND, score=100.0)),
            strip=("alive",) * 12,
        ),
        one(
            26,
            "http://harbour.example.com/tides.htm",
            "How tides are read",
            AccessDateStatus.REFRESHABLE,
            Severity.INFO,
            Outcome.MOVED,
            remedy="The quote is still there: refresh the date.",
            previous="stale-dead/gone",
            observation={
                "http_status": 200,
                "final_url": new,
                "permanent_target": new,
                "hops": (Hop("http://harbour.example.com/tides.htm", 301, new),),
            },
            amendment=Amendment(
                kind=AmendmentKind.REFRESH_DATE,
                replacement="Accessed 21 November 2026.",
                proven=True,
                reason="quote found today",
            ),
        ),
        one(
            31,
            "https://walled.example.com/x",
            "Behind the wall",
            AccessDateStatus.DUE,
            Severity.WARNING,
            Outcome.BLOCKED,
            remedy="Open the page and confirm it by eye.",
            observation={"http_status": 403, "cause": "challenge"},
            history=LinkHistory(state=LinkState.BLOCKED, since=dt.datetime(2026, 9, 1, tzinfo=dt.UTC)),
            previous="due/blocked",
        ),
        one(
            37,
            "https://ink.example.org/undated",
            "An undated page",
            AccessDateStatus.MISSING,
            Severity.INFO,
            Outcome.ALIVE,
            date=None,
            text="",
            citation={"access_date_missing": True},
            previous="missing/alive",
        ),
        one(
            44,
            "https://waived.example.org/list",
            "An accepted loss",
            AccessDateStatus.UNSUPPORTED,
            Severity.ERROR,
            Outcome.GONE,
            history=dead(),
            previous="unsupported/gone",
            waived=Waiver(
                rule="access-date/*",
                source="https://waived.example.org/*",
                who="Mara",
                why="named as a lost page in the text",
                until=dt.date(2027, 6, 1),
            ),
        ),
    ]
