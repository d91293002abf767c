"""What the page of a source shows: its life and its last check, and where it is cited."""

from collections.abc import Sequence
from typing import Any

from monitor.model import wording
from monitor.report import words
from monitor.report.site import chart, view
from monitor.report.site.timeline import timeline


def source(cards: Sequence[view.Card], total: int) -> dict[str, Any]:
    """Return what the page of a source shows, of the cards of its citations: `total` may be more of them."""
    first = cards[0].assessment
    observation = first.observation
    final = observation.final_url if observation else None
    return {
        "cards": cards,
        "observation": observation,
        "history": first.history,
        "state": words.history(first.history) or words.STATES[first.history.state],
        "life": timeline([shown.assessment for shown in cards]),
        "strip": chart.strip([check.outcome for check in first.checks]),
        "final": view.web_link(final) if observation and final != observation.url else None,
        "hops": [
            (hop.status, hop.permanent, view.web_link(hop.url), view.web_link(hop.location))
            for hop in (observation.hops[:20] if observation else ())
        ],
        "cited": [_cited(shown) for shown in cards],
        "more": total - len(cards),
    }


def _cited(shown: view.Card) -> tuple[Any, ...]:
    assessment = shown.assessment
    coverage, capture = assessment.coverage, assessment.capture
    asked = None
    if capture is not None:
        day = wording.day(capture.requested_at)
        asked = f"Capture asked of {capture.archive} on {day}: {words.capture(capture)}"
    return (
        shown,
        view.quote_words(assessment),
        view.drift_words(assessment),
        view.archived(coverage.before) if coverage else None,
        view.archived(coverage.after) if coverage else None,
        asked,
    )
