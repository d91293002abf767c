"""What the JSON contract (docs/design.md#json) says of one citation."""

import datetime as dt
from typing import Any

from monitor.model.citation import Citation
from monitor.model.observation import Observation, Outcome
from monitor.model.page import Drift, QuoteMatch
from monitor.model.run import Assessment
from monitor.model.snapshot import Coverage
from monitor.report.ascii_json import dumps


def iso(moment: dt.datetime | None) -> str | None:
    """Return an instant as JSON reports write it."""
    if moment is None:
        return None
    at = moment if moment.tzinfo is dt.UTC else moment.astimezone(dt.UTC)
    return at.isoformat().removesuffix("+00:00") + "Z"


def citation_record(assessment: Assessment) -> dict[str, Any]:
    """Return one entry of `citations`."""
    before, after = _halves(assessment)
    return {**before, "previous": assessment.previous, **after}


def citation_line(assessment: Assessment) -> tuple[str, str]:
    """Return an entry of `citations` as text, before and after what it was last night.

    That alone changes while everything else of a citation stands.
    """
    before, after = _halves(assessment)
    return f'{dumps(before)[:-1]},"previous":', f",{dumps(after)[1:]}"


def _halves(assessment: Assessment) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return an entry before and after what it was last night."""
    before = {
        **cited_record(assessment.citation),
        **_observed(assessment.observation, fragment=assessment.missing_fragment),
        **_judged(assessment),
        **_additions(assessment),
    }
    return before, _checks(assessment)


def cited_record(citation: Citation) -> dict[str, Any]:
    """Return the part of an entry that the document alone decides."""
    return {
        "document": citation.document,
        "line": citation.line,
        "title": citation.title,
        "attribution": citation.attribution,
        "url": citation.cited_url,
        "checked_url": citation.url,
        "canonical_url": citation.canonical_url,
        "access_dates": [
            {"date": date.date, "precision": date.precision, "text": date.text}
            for date in citation.access_dates
        ],
        "access_date_missing": citation.access_date_missing,
        "archive_url": citation.archive_url,
        "quote": citation.quote,
    }


def _observed(observation: Observation | None, *, fragment: str | None) -> dict[str, Any]:
    if observation is None:
        return {
            "outcome": Outcome.UNCHECKED,
            "cause": None,
            "confidence": None,
            "http_status": None,
            "final_url": None,
            "notes": [],
            "evidence": [],
        }
    return {
        "outcome": observation.outcome,
        "cause": observation.cause,
        "confidence": observation.confidence,
        "http_status": observation.http_status,
        "final_url": observation.final_url,
        "notes": [
            *observation.notes,
            *([f"fragment: #{fragment[:80]} names nothing on the page"] if fragment else ()),
        ],
        "evidence": [{"kind": fact.kind, "detail": fact.detail} for fact in observation.evidence],
    }


def _judged(assessment: Assessment) -> dict[str, Any]:
    history, facts, coverage = assessment.history, assessment.facts, assessment.coverage
    finding, amendment = assessment.finding, assessment.amendment
    snapshot = coverage.snapshot if coverage else None
    unread = QuoteMatch.UNKNOWN if assessment.citation.quote else QuoteMatch.NONE
    return {
        "link_state": history.state,
        "strikes": history.strikes,
        "last_alive_at": iso(history.last_alive_at),
        "dead_between": [iso(end) for end in history.dead_between] if history.dead_between else None,
        "quote_match": facts.quote.match if facts else unread,
        "quote_diff": facts.quote.diff if facts else None,
        "drift": facts.drift if facts else Drift.UNKNOWN,
        "snapshot": {
            "timestamp": iso(snapshot.timestamp),
            "url": snapshot.url,
            "archive": snapshot.archive,
            "verified": snapshot.verified,
        }
        if snapshot
        else None,
        "coverage": coverage.coverage if coverage else Coverage.UNKNOWN,
        "capture": assessment.capture.state if assessment.capture else None,
        "access_date_status": finding.status,
        "severity": finding.severity,
        "rule": finding.rule,
        "remedy": finding.remedy,
        "amendment": {
            "kind": amendment.kind,
            "replacement": amendment.replacement,
            "current": amendment.current,
            "proven": amendment.proven,
            "reason": amendment.reason,
        }
        if amendment
        else None,
    }


def _additions(assessment: Assessment) -> dict[str, Any]:
    """Keys added since the contract was written; readers may ignore them."""
    citation, finding, observation = assessment.citation, assessment.finding, assessment.observation
    return {
        "key": citation.key,
        "column": citation.span.column,
        "unlocated_reason": citation.unlocated_reason,
        "marked_dead": citation.marked_dead,
        "published": citation.published,
        "title_certainty": citation.title_certainty,
        "repairs": [
            {"kind": repair.kind, "before": repair.before, "after": repair.after}
            for repair in citation.repairs
        ],
        "observed_at": iso(observation.observed_at) if observation else None,
        "hops": [{"url": hop.url, "status": hop.status, "location": hop.location} for hop in observation.hops]
        if observation
        else [],
        "reason": finding.reason,
        "finding_confidence": finding.confidence,
        "waived": {
            "who": finding.waived.who,
            "why": finding.waived.why,
            "until": finding.waived.until.isoformat(),
        }
        if finding.waived
        else None,
    }


def _checks(assessment: Assessment) -> dict[str, Any]:
    """Keys added since, behind what the citation was."""
    return {
        "strip": [check.outcome for check in assessment.checks],
        "checks": [
            {
                "outcome": check.outcome,
                "first_at": iso(check.first_at),
                "last_at": iso(check.last_at),
                "times": check.times,
            }
            for check in assessment.checks
        ],
    }
