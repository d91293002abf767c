"""What an assessment proves about an edit; the same for every format (docs/design.md#access-dates)."""

import datetime as dt

from monitor.model.finding import AmendmentKind
from monitor.model.observation import MOVE_SHOWN, Outcome
from monitor.model.page import Drift, QuoteMatch
from monitor.model.run import Assessment
from monitor.model.snapshot import Coverage, Snapshot
from monitor.model.urls import with_fragment


def wanted(assessment: Assessment) -> AmendmentKind | None:
    """Return the kind of edit the finding asks for; None once a waiver accepts it."""
    return None if assessment.finding.waived else assessment.finding.edit


def snapshot(assessment: Assessment) -> Snapshot | None:
    """Return the snapshot to cite, unless the citation already carries an archive link that will do."""
    covered = assessment.coverage
    if covered is None or (assessment.citation.archive_url and covered.link_fault is None):
        return None
    return covered.snapshot


def archive_proof(assessment: Assessment) -> str | None:
    """Return why the snapshot shows what the author saw; None where that is not proven."""
    covered, found = assessment.coverage, snapshot(assessment)
    if covered is None or found is None or not found.verified or covered.coverage is Coverage.NONE:
        return None
    if covered.coverage is Coverage.QUOTE_ANCHORED or assessment.citation.quote:
        return "the archived copy holds the quote"
    if covered.coverage is Coverage.BRACKETED:
        return "the archived copy bears the cited title, and copies before and after the access date agree"
    return "the archived copy was read and bears the cited title"


def refresh_proof(assessment: Assessment) -> str | None:
    """Return what was seen today that lets the access date be today's; None without it."""
    observation, facts = assessment.observation, assessment.facts
    if observation is None or not observation.outcome.readable or facts is None:
        return None
    if facts.quote.match is QuoteMatch.FOUND:
        return "the quote stands on the page"
    if facts.quote.match is QuoteMatch.NONE and facts.drift is Drift.SAME:
        return "the page reads as its archived copy did"
    return None


def refresh_day(assessment: Assessment, today: dt.date) -> dt.date | None:
    """Return the day to write: the day of the proof, never before what is written, nor after today."""
    observation, claim, history = assessment.observation, assessment.citation.access_date, assessment.history
    if observation is None or claim is None or claim.last_day is None:
        return None
    # An unchanged page extends its observation: when it was last seen so stands in the history.
    seen = max(observation.observed_at, history.last_alive_at or observation.observed_at)
    day = min(seen.date(), today)
    return day if day > claim.last_day else None


def move_target(assessment: Assessment) -> str | None:
    """Return where the page moved for good."""
    observation = assessment.observation
    if observation is None or observation.outcome is not Outcome.MOVED:
        return None
    if observation.permanent_target is None or assessment.missing_fragment:
        return observation.permanent_target
    return with_fragment(observation.permanent_target, assessment.citation.fragment)


def move_reason(assessment: Assessment) -> str:
    """Return what a move rests on: quote, title or canonical, else that it was seen on more than one day."""
    if not assessment.finding.proven:
        return "the move is not confirmed yet"
    if assessment.facts is not None and assessment.facts.quote.match is QuoteMatch.FOUND:
        return "the quote stands at the new address"
    seen = assessment.observation.evidence if assessment.observation else ()
    return next((one.detail for one in seen if one.kind == MOVE_SHOWN), "the move was seen again and again")
