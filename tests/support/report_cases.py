"""Realistic assessments of every status, invented, for the report and browser tests."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from monitor.model.citation import AccessDate, Citation
from monitor.model.document import Span
from monitor.model.finding import (
    AccessDateStatus,
    Amendment,
    AmendmentKind,
    Edit,
    Finding,
    Severity,
    Waiver,
)
from monitor.model.history import LinkHistory, LinkState
from monitor.model.observation import CitationFacts, Confidence, Evidence, Hop, Observation, Outcome
from monitor.model.page import Drift, QuoteMatch, QuoteResult
from monitor.model.run import Assessment, Check, DocumentSummary, Report, Run, RunTotals
from monitor.model.snapshot import Coverage, CoverageResult, Snapshot
from monitor.model.values import replaced

NOW = dt.datetime(2026, 11, 21, 3, 30, tzinfo=dt.UTC)
GVNET = "library/Tarvenia.txt"
ESSAY = "library/harbour-essay.md"


def span(line: int = 1, column: int = 1) -> Span:
    return Span(start=0, end=0, line=line, column=column, byte_start=0, byte_end=0)


def accessed(iso: str | None, text: str) -> AccessDate:
    return AccessDate(date=iso, text=text, span=span())


def snapshot_of(url: str, day: str, *, verified: bool = True) -> Snapshot:
    when = dt.datetime.fromisoformat(day).replace(hour=12, tzinfo=dt.UTC)
    return Snapshot(
        archive="wayback",
        timestamp=when,
        url=f"https://web.archive.org/web/{when:%Y%m%d%H%M%S}/{url}",
        original=url,
        status=200,
        digest="QXJ4M",
        media_type="text/html",
        verified=verified,
    )


def covered(key: str, coverage: Coverage, snapshot: Snapshot | None = None, **more) -> CoverageResult:
    return CoverageResult(key=key, coverage=coverage, snapshot=snapshot, **more)


def assess(
    url: str | None,
    title: str | None,
    status: AccessDateStatus,
    severity: Severity,
    outcome: Outcome | None,
    *,
    document: str = GVNET,
    line: int = 10,
    date: str | None = "2011-02-17",
    text: str = "17 February 2011",
    reason: str = "",
    remedy: str = "Nothing to do.",
    previous: str | None = "fresh/alive",
    key: str | None = None,
    history: LinkHistory | None = None,
    coverage: CoverageResult | None = None,
    facts: CitationFacts | None = None,
    amendment: Amendment | None = None,
    waived: Waiver | None = None,
    strip: tuple[str, ...] = (),
    citation: dict | None = None,
    observation: dict | None = None,
) -> Assessment:
    key = key or f"{document}-{line}".replace("/", "-")
    made = Citation(
        document=document,
        span=span(line),
        title=title,
        url=url,
        key=key,
        access_dates=(accessed(date, text),) if text else (),
        **(citation or {}),
    )
    seen = (
        None
        if outcome is None or url is None
        else Observation(
            source=made.canonical_url or "",
            url=url,
            observed_at=NOW,
            outcome=outcome,
            **(observation or {}),
        )
    )
    return Assessment(
        citation=made,
        observation=seen,
        facts=facts,
        history=history or LinkHistory(state=LinkState.ALIVE, last_alive_at=NOW),
        coverage=coverage,
        capture=None,
        finding=Finding(
            citation=key,
            rule=f"access-date/{status}",
            severity=severity,
            confidence=Confidence.HIGH,
            status=status,
            reason=reason or f"The citation is {status}.",
            remedy=remedy,
            waived=waived,
        ),
        amendment=amendment,
        previous=previous,
        checks=checks_of(strip),
    )


def checks_of(outcomes: tuple[str, ...]) -> tuple[Check, ...]:
    """Return a check a fortnight, the last one now."""
    first = NOW - dt.timedelta(days=14) * (len(outcomes) - 1)
    at = [first + dt.timedelta(days=14) * number for number in range(len(outcomes))]
    return tuple(Check(Outcome(outcome), day, day) for outcome, day in zip(outcomes, at, strict=True))


def dead(**more) -> LinkHistory:
    return LinkHistory(
        state=LinkState.DEAD,
        strikes=3,
        since=dt.datetime(2026, 11, 2, tzinfo=dt.UTC),
        last_alive_at=dt.datetime(2014, 3, 2, tzinfo=dt.UTC),
        dead_between=(dt.datetime(2014, 3, 2, tzinfo=dt.UTC), dt.datetime(2015, 1, 7, tzinfo=dt.UTC)),
        observations=6,
        **more,
    )


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


def hostile() -> list[Assessment]:
    """Titles, addresses and quotes that try to break out of every format."""
    evil = '</script><script>window.hacked=1</script><img src=x onerror="window.hacked=1">'
    return [
        assess(
            "javascript:window.hacked=1",
            evil,
            AccessDateStatus.PENDING,
            Severity.WARNING,
            Outcome.UNSUPPORTED,
            line=1,
            citation={"attribution": "\x1b[2J\x1b]0;title\x07 red", "quote": evil},
            previous="fresh/alive",
            key="evil-1",
        ),
        assess(
            'https://x.example/"onmouseover="window.hacked=1',
            '=HYPERLINK("http://x.example")',
            AccessDateStatus.STALE_DEAD,
            Severity.ERROR,
            Outcome.GONE,
            line=2,
            text="::error::%0Aforged\r\n::set-output",
            date=None,
            key="evil-2",
            reason="line\n::warning file=x::forged",
            remedy="]]> & <b> \x00\x08\ufffe | pipe `code` [a](javascript:x)",
            document="docs/<b>&\u202egpj.md",
        ),
        assess(
            "data:text/html,<script>window.hacked=1</script>",
            "{{ 7*7 }} ${7*7} \ud800 lone",
            AccessDateStatus.DUE,
            Severity.WARNING,
            Outcome.UNSUPPORTED,
            line=3,
            key="evil-3",
            document="docs/<b>&\u202egpj.md",
            amendment=Amendment(
                kind=AmendmentKind.FIX_URL, replacement="<script>window.hacked=1</script>\n\x1b[31m"
            ),
        ),
    ]


def run(**more) -> Run:
    values = {
        "id": "2026-11-21T03:00",
        "started_at": dt.datetime(2026, 11, 21, 3, 0, tzinfo=dt.UTC),
        "finished_at": dt.datetime(2026, 11, 21, 3, 30, tzinfo=dt.UTC),
        "now": NOW,
        "complete": True,
        "requests": {"check": 61, "archive": 18},
    }
    return Run(**{**values, **more})


def trend(nights: int = 12) -> tuple[RunTotals, ...]:
    made = []
    for night in range(nights):
        lost = 2 + night * 6 // nights
        made.append(
            RunTotals(
                run=f"r{night}",
                finished_at=NOW - dt.timedelta(days=nights - night),
                void=night == 7,
                by_outcome={"alive": 12 - lost, "gone": lost, "blocked": 1},
                by_access_date_status={"fresh": 9 - lost, "stale-dead": lost, "due": 3},
                by_coverage={"bracketed": 5, "none": 2},
            )
        )
    return tuple(made)


def report(assessments: list[Assessment] | None = None, **more) -> Report:
    assessments = every_status() if assessments is None else assessments
    paths = list(dict.fromkeys(a.citation.document for a in assessments))
    documents = tuple(
        DocumentSummary(
            path=path,
            format="markdown" if path.endswith(".md") else "text",
            title=None,
            citations=sum(a.citation.document == path for a in assessments),
        )
        for path in paths
    )
    values = {
        "run": run(),
        "documents": documents,
        "assessments": assessments,
        "trend": trend(),
        "last_complete": NOW,
    }
    return Report(**{**values, **more})


class Many:
    """So many assessments, made as they are iterated: never all in memory."""

    def __init__(self, number: int, *, documents: int = 500, hosts: int = 3000) -> None:
        self.number, self.documents, self.hosts = number, documents, hosts

    def __iter__(self) -> Iterator[Assessment]:
        kinds = every_status()
        per_document = -(-self.number // self.documents)
        for i in range(self.number):
            kind = kinds[i % len(kinds)]
            document = f"library/part-{i // per_document:04d}.txt"
            url = (
                kind.citation.url
                and f"https://h{i % self.hosts}.example.org/archive/2011/story-{i}.html?lang=en"
            )
            citation = replaced(
                kind.citation,
                document=document,
                span=span(10 + 7 * (i % per_document)),
                url=url,
                title=f"{kind.citation.title}, part {i}",
                key=f"k{i}",
            )
            seen = kind.observation and replaced(kind.observation, source=url or "", url=url or "")
            yield replace(kind, citation=citation, observation=seen)

    def report(self) -> Report:
        per_document = -(-self.number // self.documents)
        paths = [f"library/part-{n:04d}.txt" for n in range(-(-self.number // per_document))]
        documents = tuple(
            DocumentSummary(path=path, format="text", title=None, citations=per_document) for path in paths
        )
        return Report(run=run(), documents=documents, assessments=self, trend=trend(90), last_complete=NOW)
