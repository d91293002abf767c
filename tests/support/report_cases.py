"""Reports for the tests of reports and of pages: every status, hostile texts, many citations."""

import datetime as dt
from collections.abc import Iterator

from monitor.model.finding import (
    AccessDateStatus,
    Amendment,
    AmendmentKind,
    Severity,
)
from monitor.model.observation import Outcome
from monitor.model.run import Assessment, DocumentSummary, Report, Run, RunTotals
from monitor.model.values import replaced
from tests.support.assessments import NOW, assess, span
from tests.support.every_status import every_status


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
            yield replaced(kind, citation=citation, observation=seen)

    def report(self) -> Report:
        per_document = -(-self.number // self.documents)
        paths = [f"library/part-{n:04d}.txt" for n in range(-(-self.number // per_document))]
        documents = tuple(
            DocumentSummary(path=path, format="text", title=None, citations=per_document) for path in paths
        )
        return Report(run=run(), documents=documents, assessments=self, trend=trend(90), last_complete=NOW)
