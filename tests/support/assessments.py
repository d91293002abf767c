"""One assessment, made of few words."""

import datetime as dt

from monitor.model.citation import AccessDate, Citation
from monitor.model.document import Span
from monitor.model.finding import (
    AccessDateStatus,
    Amendment,
    Finding,
    Severity,
    Waiver,
)
from monitor.model.history import LinkHistory, LinkState
from monitor.model.observation import CitationFacts, Confidence, Observation, Outcome
from monitor.model.run import Assessment, Check
from monitor.model.snapshot import Coverage, CoverageResult, Snapshot

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
