"""A Markdown issue body with a stable marker, so that one issue is updated in place every night.

Order is fixed and nothing in it changes when nothing changed but the run's own line.
"""

import re
from collections.abc import Iterator

from monitor.model import wording
from monitor.model.finding import Severity
from monitor.model.run import Assessment, Report
from monitor.report import words
from monitor.report.naming import accessed, name
from monitor.report.summary import Summary, headline, summarise
from monitor.report.transitions import WORDS, Transition
from monitor.report.weight import effective

MARKER = "<!-- citation-monitor:report -->"
MAX_CHARS = 60_000
"""GitHub refuses issue bodies above 65,536 characters."""

_SPECIAL = re.compile(r"([\\`*_{}\[\]()<>#+!|~@&])")


class MarkdownReport:
    """`--format markdown`."""

    name = "markdown"

    def render(self, report: Report) -> Iterator[str]:
        """Yield the issue body, marker first; what does not fit is counted."""
        summary = summarise(report)
        head = "".join(_head(report, summary))
        yield head
        room = MAX_CHARS - len(head)
        shown = 0
        for assessment in sorted(summary.actions, key=_order):
            entry = _entry(assessment, report)
            if len(entry) > room:
                break
            yield entry
            room -= len(entry)
            shown += 1
        if summary.actions_total > shown:
            yield f"\nand {summary.actions_total - shown:,} more; the status page lists them all.\n"


def text(value: str, limit: int = 300) -> str:
    """Escape what Markdown, HTML or a forge would act on: markup, mentions, issue numbers."""
    return _SPECIAL.sub(r"\\\1", words.plain(value, limit)).replace("://", ":&#47;&#47;")


def code(value: str, limit: int = 300) -> str:
    """Return a code span that its content cannot leave."""
    clean = words.plain(value, limit).replace("|", "\\|")
    fence = "`" * (max((len(run) for run in re.findall("`+", clean)), default=0) + 1)
    pad = " " if clean.startswith("`") or clean.endswith("`") else ""
    return f"{fence}{pad}{clean}{pad}{fence}"


def target(url: str | None) -> str | None:
    """Return a link target that ends where it should, or None where it must not be a link."""
    safe = words.link(url)
    return f"<{safe.replace('<', '%3C').replace('>', '%3E')}>" if safe else None


def _order(assessment: Assessment) -> tuple[int, str, int]:
    """By severity, then place: urgency changes from night to night and would reorder the issue."""
    return (-effective(assessment).rank, assessment.citation.document, assessment.citation.line)


def _head(report: Report, summary: Summary) -> Iterator[str]:
    run = report.run
    yield f"{MARKER}\n## {headline(report, summary)}\n\n"
    if run.void:
        yield f"**Void run:** {text(run.void_reason or 'our side failed')}\n\n"
    if report.last_complete:
        yield f"Last complete run ended {words.instant(report.last_complete)}. "
    yield (
        f"{wording.count(summary.citations, 'citation')} of {wording.count(summary.sources, 'source')} in "
        f"{wording.count(len(report.documents), 'document')}.\n"
    )
    kinds = [(kind, n) for kind, n in summary.by_transition.items() if kind is not Transition.OTHER]
    if kinds:
        said = ", ".join(
            f"{n:,} {WORDS[kind]}" for kind, n in sorted(kinds, key=lambda e: list(Transition).index(e[0]))
        )
        yield f"\nSince the last complete run: {said}.\n"
    if summary.unchecked_total:
        yield f"\n{wording.count(summary.unchecked_total, 'citation')} not checked.\n"


def _entry(assessment: Assessment, report: Report) -> str:
    citation, finding = assessment.citation, assessment.finding
    box = "❗" if effective(assessment) is Severity.ERROR else "👀"
    place = code(f"{citation.document}:{citation.line}")
    lines = [
        f"\n- {box} **{text(name(assessment))}**: {words.heading(assessment).lower()}",
        f"  - {place}, {text(accessed(assessment, report.run.now.date()))}",
    ]
    if citation.url:
        link = target(citation.url)
        lines.append(f"  - [{text(citation.url, 120)}]({link})" if link else f"  - {code(citation.url)}")
    lines.append(f"  - {text(words.outcome(assessment))}. {text(finding.remedy)}")
    snapshot = assessment.coverage.snapshot if assessment.coverage else None
    if snapshot and (link := target(snapshot.url)):
        proof = "verified" if snapshot.verified else "not verified"
        lines.append(f"  - [archived {wording.day(snapshot.timestamp)}]({link}), {proof}")
    if assessment.amendment:
        lines += _fenced(assessment.amendment.replacement)
    return "\n".join(lines) + "\n"


def _fenced(replacement: str) -> list[str]:
    clean = words.lines(replacement, 2000)
    fence = "`" * max(3, max((len(run) for run in re.findall("`+", clean)), default=0) + 1)
    return ["", f"    {fence}text", *(f"    {line}" for line in clean.split("\n")), f"    {fence}"]
