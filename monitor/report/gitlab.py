"""GitLab's code quality report: findings at their line in a merge request.

The format is the subset of the Code Climate specification that GitLab reads: a JSON list, each entry with
description, check_name, fingerprint (which tells new findings from old ones), severity and location.
"""

import hashlib
import json
from collections.abc import Iterator

from monitor.model.finding import Severity
from monitor.model.run import Assessment, Report
from monitor.report import words
from monitor.report.naming import name
from monitor.report.weight import effective

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


class GitlabReport:
    """`--format gitlab`."""

    name = "gitlab"

    def render(self, report: Report) -> Iterator[str]:
        """Yield one list; what holds is left out, what a waiver accepts is information."""
        separator = "\n"
        yield "["
        if report.run.void:
            yield separator + json.dumps(_void(report))
            separator = ",\n"
        for assessment in report.assessments:
            if effective(assessment) in _SEVERITIES:
                yield separator + json.dumps(_issue(assessment))
                separator = ",\n"
        yield "\n]\n"


def _issue(assessment: Assessment) -> dict[str, object]:
    citation, finding = assessment.citation, assessment.finding
    span = citation.url_span or citation.span
    said = f"{words.heading(assessment)}: {name(assessment)}. {finding.reason} {finding.remedy}"
    return {
        "description": words.plain(said, 1000),
        "check_name": words.plain(finding.rule),
        "fingerprint": _fingerprint(citation.document, citation.key, finding.rule),
        "severity": _SEVERITIES[effective(assessment)],
        "location": {"path": words.plain(citation.document, 500), "lines": {"begin": span.line}},
    }


def _void(report: Report) -> dict[str, object]:
    reason = words.plain(report.run.void_reason or "our side failed", 500)
    path = words.plain(report.documents[0].path, 500) if report.documents else "."
    return {
        "description": f"Void run, nothing is concluded: {reason}",
        "check_name": "run/void",
        "fingerprint": _fingerprint("run/void"),
        "severity": "blocker",
        "location": {"path": path, "lines": {"begin": 1}},
    }


def _fingerprint(*parts: str) -> str:
    """Return a name of a finding that stays when lines move."""
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:40]
