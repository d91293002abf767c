"""Notices: sent on transitions only, with a reminder of what is unresolved once a week at most.

What to say is decided here, purely; `monitor/notify.py` carries it.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from monitor.model.run import Report
from monitor.report import words
from monitor.report.naming import name, place
from monitor.report.past import joined, told
from monitor.report.summary import Summary, headline, summarise
from monitor.report.transitions import NOTICED, WORDS, Changed, reminder_due

SHOWN = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One message: `title` one line, `body` plain text, `data` the same for machines."""

    title: str
    body: str
    data: Mapping[str, Any]


def notice(
    report: Report, last_sent: dt.datetime | None, remind_days: int = 7, *, digest: bool = False
) -> Notice | None:
    """Return the message this run deserves, or None: nothing changed, or the run is void.

    `last_sent` is when the last notice of any kind went out; it spaces the reminders
    by `remind_days`. With `digest`, one message in as many days tells all that changed since.
    """
    if report.run.void:
        return None
    summary = summarise(report)
    if digest:
        return _digest(report, summary, last_sent, dt.timedelta(days=remind_days))
    changed = [one for one in summary.changes if one.transition in NOTICED]
    if changed:
        return _changes(report, summary, changed)
    if reminder_due(report.run.now, last_sent, summary.actions_total, dt.timedelta(days=remind_days)):
        return _reminder(report, summary)
    return None


def _digest(
    report: Report, summary: Summary, last_sent: dt.datetime | None, every: dt.timedelta
) -> Notice | None:
    """Return what changed since the last digest, and what waits; None before its day, or with neither."""
    if last_sent is not None and report.run.now - last_sent < every:
        return None
    news = [one for one in joined(told(report), report.past) if last_sent is None or one.at > last_sent]
    if not news and not summary.actions_total:
        return None
    said = headline(report, summary)
    lines = [said, ""]
    for one in news[:SHOWN]:
        lines.append(f"{one.at:%d %B %Y}: {one.title}")
        lines += [f"  {one.url}"] if one.url else []
    if len(news) > SHOWN:
        lines.append(f"and {len(news) - SHOWN:,} more")
    if not news:
        lines.append("Nothing changed since the last digest.")
    data = {
        "kind": "digest",
        "run": report.run.id,
        "headline": said,
        "unresolved": summary.actions_total,
        "changes": [
            {"at": one.at.isoformat(), "transition": one.transition, "title": one.title, "url": one.url}
            for one in news[:100]
        ],
    }
    title = f"Citations, a digest: {len(news):,} changed, {summary.actions_total:,} to do"
    return Notice(title=title, body="\n".join(lines) + "\n", data=data)


def _changes(report: Report, summary: Summary, changed: Sequence[Changed]) -> Notice:
    counts = {kind.value: summary.by_transition[kind] for kind in NOTICED if summary.by_transition[kind]}
    title = "Citations: " + ", ".join(
        f"{counts[kind.value]:,} {WORDS[kind]}" for kind in NOTICED if kind.value in counts
    )
    lines = [headline(report, summary), ""]
    for one in changed[:SHOWN]:
        lines.append(f"{WORDS[one.transition]}: {name(one.assessment)} ({place(one.assessment)})")
        if one.assessment.citation.url:
            lines.append(f"  {words.plain(one.assessment.citation.url, 300)}")
        lines.append(f"  {words.plain(one.assessment.finding.remedy, 200)}")
    rest = sum(counts.values()) - min(len(changed), SHOWN)
    if rest:
        lines.append(f"and {rest:,} more")
    data = {
        "kind": "transitions",
        "run": report.run.id,
        "headline": lines[0],
        "counts": counts,
        "citations": [
            {
                "transition": one.transition.value,
                "document": one.assessment.citation.document,
                "line": one.assessment.citation.line,
                "title": one.assessment.citation.title,
                "url": one.assessment.citation.url,
                "access_date_status": one.assessment.finding.status.value,
                "remedy": one.assessment.finding.remedy,
            }
            for one in changed[:100]
        ],
    }
    return Notice(title=title, body="\n".join(lines) + "\n", data=data)


def _reminder(report: Report, summary: Summary) -> Notice:
    said = headline(report, summary)
    lines = [f"Still to do: {said[0].lower() + said[1:]}", ""]
    lines += [f"{words.heading(a)}: {name(a)} ({place(a)})" for a in summary.actions[:SHOWN]]
    if summary.actions_total > SHOWN:
        lines.append(f"and {summary.actions_total - SHOWN:,} more")
    data = {"kind": "reminder", "run": report.run.id, "headline": said, "unresolved": summary.actions_total}
    return Notice(title=f"Citations: {said[0].lower() + said[1:]}", body="\n".join(lines) + "\n", data=data)
