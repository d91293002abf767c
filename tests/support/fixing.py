"""Runs a document through extraction, amendment and application, as `monitor fix --write` does."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from monitor.amend.apply import apply_edits
from monitor.amend.registry import propose
from monitor.documents import read_document
from monitor.extract.registry import FORMATS, extract
from monitor.model.citation import Citation
from monitor.model.document import Document
from monitor.model.finding import AccessDateStatus as Status
from monitor.model.finding import Amendment, AmendmentKind, Finding, Severity
from monitor.model.history import LinkHistory, LinkState
from monitor.model.observation import CitationFacts, Confidence, Observation, Outcome
from monitor.model.page import Drift, QuoteMatch, QuoteResult
from monitor.model.run import Assessment
from monitor.model.snapshot import Coverage, CoverageResult, Snapshot
from monitor.model.values import replaced

TODAY = dt.date(2026, 11, 21)
NOW = dt.datetime(2026, 11, 21, 3, 30, tzinfo=dt.UTC)


def snapshot_url(citation: Citation) -> str:
    return f"https://web.archive.org/web/20110216120000/{citation.url}"


def judged(citation: Citation, kind: AmendmentKind | None, **more) -> Assessment:
    """An assessment whose finding asks for `kind`, with the proof for it."""
    status = {
        AmendmentKind.ADD_ARCHIVE: Status.STALE_DEAD,
        AmendmentKind.REFRESH_DATE: Status.REFRESHABLE,
        AmendmentKind.REPLACE_URL: Status.DUE,
        AmendmentKind.FIX_URL: Status.PENDING,
        AmendmentKind.UNMARK_DEAD: Status.FRESH,
        None: Status.FRESH,
    }[kind]
    moved = kind is AmendmentKind.REPLACE_URL
    archived = kind is AmendmentKind.ADD_ARCHIVE
    values = {
        "citation": citation,
        "observation": Observation(
            source=citation.canonical_url or "",
            url=citation.url or "",
            observed_at=NOW,
            outcome=Outcome.MOVED if moved else Outcome.GONE if archived else Outcome.ALIVE,
            permanent_target="https://new.example.org/home(2)?a=1&b=2" if moved else None,
        ),
        "facts": CitationFacts(
            citation=citation.key, quote=QuoteResult(match=QuoteMatch.FOUND), drift=Drift.UNKNOWN
        ),
        "history": LinkHistory(state=LinkState.DEAD if archived else LinkState.ALIVE),
        "coverage": CoverageResult(
            key=citation.key,
            coverage=Coverage.BRACKETED,
            snapshot=Snapshot(
                archive="wayback",
                timestamp=dt.datetime(2011, 2, 16, 12, tzinfo=dt.UTC),
                url=snapshot_url(citation),
                original=citation.url or "",
                verified=True,
            ),
        )
        if archived
        else None,
        "capture": None,
        "finding": Finding(
            citation=citation.key, rule="x", severity=Severity.ERROR, confidence=Confidence.HIGH, status=status,
            reason="", remedy="", edit=kind, proven=True,
        ),
    }  # fmt: skip
    return Assessment(**{**values, **more})


@dataclass(frozen=True)
class Fixed:
    document: Document
    before: tuple[Citation, ...]
    amendments: tuple[Amendment | None, ...]
    data: bytes
    after: tuple[Citation, ...]
    again: bytes
    """What a second run makes of the result."""

    @property
    def text(self) -> str:
        return self.data[len(self.document.bom) :].decode(self.document.encoding)


def read(path: Path) -> tuple[Document, tuple[Citation, ...]]:
    document = read_document(path, FORMATS)
    return document, extract(document).citations


def fix(path: Path, data: bytes, kind: AmendmentKind, **more) -> Fixed:
    """Write, read, fix every located citation, read back, and fix again."""
    path.write_bytes(data)
    document, before = read(path)
    amendments = amend(document, before, kind, **more)
    new = apply_edits(data, document, proven(amendments))
    path.write_bytes(new)
    changed, after = read(path)
    again = apply_edits(new, changed, proven(amend(changed, after, kind, **more)))
    return Fixed(document, before, amendments, new, after, again)


def proven(amendments) -> list[Amendment]:
    return [one for one in amendments if one is not None and one.edits and one.proven]


def amend(document: Document, citations, kind: AmendmentKind, **more) -> tuple[Amendment | None, ...]:
    return tuple(propose(document, judged(one, kind, **more), TODAY) for one in citations if one.url)


def essence(citation: Citation, **changed) -> tuple:
    """What a citation says, places left out."""
    one = replaced(citation, **changed)
    return (
        one.title, one.attribution, one.url, tuple((d.date, d.text) for d in one.access_dates),
        one.access_date_missing, one.archive_url, one.quote, one.published, one.marked_dead,
    )  # fmt: skip
