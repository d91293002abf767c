"""An Atom feed (RFC 4287) of transitions: what died, came back, drifted or lost its last support."""

import datetime as dt
import hashlib
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from monitor.model.run import Report
from monitor.report import words
from monitor.report.naming import accessed, name
from monitor.report.summary import summarise
from monitor.report.text import place
from monitor.report.transitions import NOTICED, WORDS, Changed

FEED_ID = "tag:citation-monitor,2026:transitions"


class AtomReport:
    """`--format atom`: this run's transitions; an unchanged night is an empty feed."""

    name = "atom"

    def render(self, report: Report) -> Iterator[str]:
        """Yield the feed; a void run notices nothing."""
        updated = _moment(report.last_complete or report.run.now)
        yield '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n'
        yield f"<id>{FEED_ID}</id>\n<title>Citations that changed</title>\n<updated>{updated}</updated>\n"
        yield "<author><name>citation-monitor</name></author>\n"
        yield '<link rel="self" href="feed.atom"/>\n'
        yield '<link rel="alternate" type="text/html" href="index.html"/>\n'
        if not report.run.void:
            for changed in summarise(report).changes:
                if changed.transition in NOTICED:
                    yield _entry(changed, report)
        yield "</feed>\n"


def _moment(value: dt.datetime) -> str:
    return value.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _entry(changed: Changed, report: Report) -> str:
    assessment = changed.assessment
    identity = hashlib.sha256(
        f"{assessment.citation.key}\0{changed.transition}\0{report.run.id}".encode("utf-8", "replace")
    ).hexdigest()[:32]
    title = f"{name(assessment)}: {WORDS[changed.transition]}"
    text = (
        f"{place(assessment)}. {words.outcome(assessment)}; {accessed(assessment, report.run.now.date())}. "
        f"{words.plain(assessment.finding.reason, 500)} {words.plain(assessment.finding.remedy, 300)}"
    )
    link = words.link(assessment.citation.url)
    href = f'<link rel="related" href={quoteattr(link)}/>\n' if link else ""
    return (
        f"<entry>\n<id>{FEED_ID}/{identity}</id>\n<title>{escape(title)}</title>\n"
        f"<updated>{_moment(report.run.now)}</updated>\n"
        f"<category term={quoteattr(changed.transition.value)}/>\n"
        f'{href}<content type="text">{escape(text)}</content>\n</entry>\n'
    )
