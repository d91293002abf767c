"""The terminal summary: state, what changed, what to do, what was not checked."""

import datetime as dt
import re
from collections.abc import Iterator

from monitor.model import wording
from monitor.model.finding import Severity
from monitor.model.run import Assessment, Report
from monitor.model.site import is_local
from monitor.report import words
from monitor.report.naming import accessed, name, place
from monitor.report.summary import Summary, headline, summarise
from monitor.report.transitions import WORDS, Transition
from monitor.report.weight import effective

_ADDRESS = re.compile(r"https?://[!-~]+")
REST = "--format csv lists them all"

SHOWN_CHANGES = 10
SHOWN_ACTIONS = 20
_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.INFO: "36", Severity.OK: "32"}


class TextReport:
    """`--format text`. `colour` is for a terminal that wants it (the caller honours NO_COLOR)."""

    name = "text"

    def __init__(
        self,
        *,
        colour: bool = False,
        links: bool = False,
        limit: int | None = SHOWN_ACTIONS,
        rest: str = REST,
    ) -> None:
        """`links` makes addresses hyperlinks (OSC 8); `rest` says where what is cut stands."""
        self._colour = colour
        self._links = links
        self._limit = limit
        self._rest = rest

    def render(self, report: Report) -> Iterator[str]:
        """Yield the summary in lines; every text from outside is stripped of control characters."""
        summary = summarise(report)
        yield self._paint(headline(report, summary), "1") + "\n"
        yield from (f"{line}\n" for line in _state(report, summary))
        yield from self._changes(summary)
        yield from self._actions(report, summary)
        yield from (f"{line}\n" for line in _not_checked(report, summary))

    def _linked(self, line: str) -> str:
        """Return a line whose address a terminal opens; words.plain left no control characters in it."""
        if not self._links:
            return line
        return _ADDRESS.sub(lambda found: f"\x1b]8;;{found[0]}\x1b\\{found[0]}\x1b]8;;\x1b\\", line)

    def _paint(self, text: str, code: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self._colour else text

    def _changes(self, summary: Summary) -> Iterator[str]:
        shown = [c for c in summary.changes if c.transition is not Transition.OTHER]
        if not shown:
            return
        yield "\n" + self._paint("Changed since the last complete run", "1") + "\n"
        for changed in shown[:SHOWN_CHANGES]:
            yield f"  {place(changed.assessment)}  {name(changed.assessment)}: {WORDS[changed.transition]}\n"
        rest = sum(n for t, n in summary.by_transition.items() if t is not Transition.OTHER) - min(
            len(shown), SHOWN_CHANGES
        )
        if rest:
            yield f"  and {rest:,} more: {self._rest}\n"

    def _actions(self, report: Report, summary: Summary) -> Iterator[str]:
        if not summary.actions:
            return
        yield "\n" + self._paint("To do", "1") + "\n"
        shown = summary.actions[: self._limit]
        for assessment in shown:
            severity = effective(assessment)
            label = self._paint(f"{words.SEVERITIES[severity]:<4}", _COLOURS[severity])
            yield f"{label}  {place(assessment)}  {name(assessment)}\n"
            lines = _details(assessment, report.run.now.date())
            yield from (f"      {self._linked(line)}\n" for line in lines)
        if summary.actions_total > len(shown):
            yield f"and {summary.actions_total - len(shown):,} more: {self._rest}\n"


def _details(assessment: Assessment, today: dt.date) -> Iterator[str]:
    citation, finding = assessment.citation, assessment.finding
    if citation.url and citation.title:
        yield words.plain(citation.url, 300)
    if is_local(citation.url or ""):
        yield words.plain(finding.reason, 300)
        yield "→ " + words.plain(finding.remedy, 300)
        return
    state = words.history(assessment.history)
    yield f"{words.heading(assessment)}: {words.outcome(assessment)}" + (f"; {state}" if state else "")
    yield accessed(assessment, today)
    snapshot = assessment.coverage.snapshot if assessment.coverage else None
    if snapshot is not None:
        proof = "verified" if snapshot.verified else "not verified"
        yield f"archived {wording.day(snapshot.timestamp)}, {proof}: {words.plain(snapshot.url, 400)}"
    yield "→ " + words.plain(finding.remedy, 300)
    if assessment.amendment is not None:
        for line in words.lines(assessment.amendment.replacement, 1000).splitlines():
            yield "  | " + line


def _state(report: Report, summary: Summary) -> Iterator[str]:
    run = report.run
    if run.void:
        yield f"Void: {words.plain(run.void_reason or 'our side failed')}"
    elif not run.complete:
        yield "This run did not get through everything; what it did not reach is shown as it was."
    if report.last_complete is not None:
        yield f"Last complete run ended {words.instant(report.last_complete)}"
    else:
        yield "No complete run yet"
    parts = [
        f"{summary.by_tone[tone]:,} {label}" for tone, label in words.TONES.items() if summary.by_tone[tone]
    ]
    yield (
        f"{wording.count(summary.citations, 'citation')} of {wording.count(summary.sources, 'source')} in "
        f"{wording.count(len(report.documents), 'document')}" + (": " + ", ".join(parts) if parts else "")
    )
    if excluded := sum(document.excluded for document in report.documents):
        yield f"{wording.count(excluded, 'citation')} excluded; `monitor extract --explain` lists them"
    if summary.waived:
        yield f"{wording.count(summary.waived, 'finding')} accepted by a waiver"
    for note in run.notes:
        yield words.plain(note, 300)


def _not_checked(report: Report, summary: Summary) -> Iterator[str]:
    broken = [document for document in report.documents if document.error]
    if not summary.unchecked_total and not broken:
        return
    yield ""
    yield "Not checked"
    for document in broken:
        yield f"  {words.plain(document.path)}: {words.plain(document.fault, 200)}"
    for reason, number in summary.unlocated.most_common(8):
        yield f"  {wording.count(number, 'citation')} without an address: {words.plain(reason, 120)}"
    other = summary.unchecked_total - sum(summary.unlocated.values())
    if other > 0:
        whys = "not due, out of budget, offline, outside of the folder, or in a void run"
        yield f"  {wording.count(other, 'citation')} {whys}"


def text_summary(
    report: Report,
    *,
    colour: bool = False,
    links: bool = False,
    limit: int | None = SHOWN_ACTIONS,
    rest: str = REST,
) -> Iterator[str]:
    """Yield the terminal summary; `limit` caps the to-do list, None shows all that is kept."""
    return TextReport(colour=colour, links=links, limit=limit, rest=rest).render(report)
