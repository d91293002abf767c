"""A badge (SVG) for a README: how many citations need action."""

from collections.abc import Iterator
from html import escape

from monitor.model.run import Report
from monitor.report.summary import Summary, summarise

_LABEL = "citations"
_COLOURS = {"ok": "#27613a", "look": "#7a4d00", "act": "#9c1f24", "void": "#555c64"}


class BadgeReport:
    """`reports/badge.svg`."""

    name = "badge"

    def render(self, report: Report) -> Iterator[str]:
        """Yield the image; a void run is grey and says so."""
        state, text = message(report, summarise(report))
        left, right = _width(_LABEL), _width(text)
        title = escape(f"{_LABEL}: {text}")
        yield (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{left + right}" height="20" role="img" '
            f'aria-label="{title}"><title>{title}</title>'
            f'<clipPath id="r"><rect width="{left + right}" height="20" rx="3"/></clipPath>'
            '<g clip-path="url(#r)">'
            f'<rect width="{left}" height="20" fill="#3a4047"/>'
            f'<rect x="{left}" width="{right}" height="20" fill="{_COLOURS[state]}"/></g>'
            '<g fill="#fff" text-anchor="middle" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">'
            f'<text x="{left / 2:g}" y="14">{_LABEL}</text>'
            f'<text x="{left + right / 2:g}" y="14">{escape(text)}</text>'
            "</g></svg>\n"
        )


def message(report: Report, summary: Summary) -> tuple[str, str]:
    """Return the colour's name and the words."""
    if report.run.void:
        return "void", "last run void"
    if summary.by_tone["error"]:
        return "act", f"{summary.by_tone['error']:,} of {summary.citations:,} need action"
    if summary.by_tone["warning"]:
        return "look", f"{summary.by_tone['warning']:,} of {summary.citations:,} to look at"
    return ("ok", f"{summary.citations:,} hold") if summary.citations else ("void", "none found")


def _width(text: str) -> int:
    """Return a width in pixels that holds the text in 11 px Verdana, its widest digits counted."""
    return round(sum(4 if char in " .,:;'ijl|" else 7.2 for char in text)) + 14
