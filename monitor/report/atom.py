"""An Atom feed (RFC 4287) of transitions: what died, came back, drifted or lost its last support."""

import datetime as dt
from collections.abc import Iterator
from html import escape

from monitor.model.run import PastChange, Report
from monitor.report.past import MOST, joined, told

FEED_ID = "tag:citation-monitor,2026:transitions"


class AtomReport:
    """`--format atom`: the transitions of this run and of those before, newest first."""

    name = "atom"

    def render(self, report: Report) -> Iterator[str]:
        """Yield the feed; a void run adds nothing. One that holds all there is says so (RFC 5005 §2)."""
        updated = _moment(report.last_complete or report.run.now)
        entries = joined(told(report), report.past)
        yield '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n'
        yield f"<id>{FEED_ID}</id>\n<title>Citations that changed</title>\n<updated>{updated}</updated>\n"
        yield "<author><name>citation-monitor</name></author>\n"
        yield '<link rel="self" href="feed.atom"/>\n'
        yield '<link rel="alternate" type="text/html" href="index.html"/>\n'
        if len(entries) < MOST:
            yield '<fh:complete xmlns:fh="http://purl.org/syndication/history/1.0"/>\n'
        for one in entries:
            yield _entry(one)
        yield "</feed>\n"


def _moment(value: dt.datetime) -> str:
    return value.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _entry(one: PastChange) -> str:
    href = f'<link rel="related" href="{escape(one.url)}"/>\n' if one.url else ""
    return (
        f"<entry>\n<id>{FEED_ID}/{one.id}</id>\n<title>{escape(one.title, quote=False)}</title>\n"
        f"<updated>{_moment(one.at)}</updated>\n"
        f'<category term="{escape(one.transition)}"/>\n'
        f'{href}<content type="text">{escape(one.text, quote=False)}</content>\n</entry>\n'
    )
