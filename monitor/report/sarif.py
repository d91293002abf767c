"""SARIF 2.1.0 (OASIS), as GitHub code scanning reads it: line and column, stable fingerprints, fixes."""

import datetime as dt
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from monitor.model import wording
from monitor.model.finding import AccessDateStatus, Edit, Severity
from monitor.model.run import Assessment, Report
from monitor.report import words
from monitor.report.naming import accessed, name

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note", Severity.OK: "none"}
_STATUS_BY_NAME = {status.value: status for status in AccessDateStatus}


class SarifReport:
    """`--format sarif`."""

    name = "sarif"

    def render(self, report: Report) -> Iterator[str]:
        """Yield one SARIF log; what holds is left out, what a waiver accepts is a suppressed result."""
        rules = sorted({a.finding.rule for a in report.assessments if a.finding.severity is not Severity.OK})
        index = {rule: number for number, rule in enumerate(rules)}
        yield f'{{"version":"2.1.0","$schema":"{SCHEMA}","runs":[{{"tool":{{"driver":'
        yield _dump(_driver(rules)) + '},"columnKind":"unicodeCodePoints",'
        yield f'"invocations":[{_dump(_invocation(report))}],\n"results":['
        separator = "\n"
        for assessment in report.assessments:
            if assessment.finding.severity is not Severity.OK:
                yield separator + _dump(_result(assessment, index, report.run.now.date()))
                separator = ",\n"
        yield "]}]}\n"


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"))


def _driver(rules: list[str]) -> dict[str, Any]:
    return {
        "name": "citation-monitor",
        "rules": [
            {
                "id": rule,
                "name": "".join(part.capitalize() for part in rule.replace("/", "-").split("-")),
                "shortDescription": {"text": _title(rule)},
                "help": {"text": f"{_title(rule)}. The report says what to do for each citation."},
            }
            for rule in rules
        ],
    }


def _title(rule: str) -> str:
    status = _STATUS_BY_NAME.get(rule.rpartition("/")[2])
    return words.STATUSES[status] if status else words.plain(rule)


def _moment(value: dt.datetime) -> str:
    return value.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _invocation(report: Report) -> dict[str, Any]:
    run = report.run
    made: dict[str, Any] = {
        "executionSuccessful": run.complete and not run.void,
        "startTimeUtc": _moment(run.started_at),
    }
    if run.finished_at:
        made["endTimeUtc"] = _moment(run.finished_at)
    if run.void:
        text = words.plain(run.void_reason or "our side failed", 500)
        made["toolExecutionNotifications"] = [{"level": "error", "message": {"text": f"Void run: {text}"}}]
    return made


def _result(assessment: Assessment, index: dict[str, int], today: dt.date) -> dict[str, Any]:
    finding, citation = assessment.finding, assessment.citation
    made: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": index[finding.rule],
        "level": _LEVELS[finding.severity],
        "message": {"text": _message(assessment, today)},
        "locations": [{"physicalLocation": _location(assessment)}],
        "partialFingerprints": {"citation/v1": f"{citation.key}:{finding.rule}"},
        "baselineState": "new" if assessment.previous is None else "unchanged",
    }
    if finding.waived:
        text = f"{finding.waived.who}: {finding.waived.why} (until {finding.waived.until})"
        made["suppressions"] = [{"kind": "external", "justification": words.plain(text, 500)}]
    if assessment.amendment and assessment.amendment.edits:
        made["fixes"] = [_fix(assessment, assessment.amendment.edits, assessment.amendment.reason)]
    return made


def _message(assessment: Assessment, today: dt.date) -> str:
    finding = assessment.finding
    status = words.heading(assessment).lower()
    parts = [
        f"{name(assessment)}: {status} ({words.outcome(assessment)}; {accessed(assessment, today)}).",
        words.plain(finding.reason, 400),
        words.plain(finding.remedy, 300),
    ]
    snapshot = assessment.coverage.snapshot if assessment.coverage else None
    if snapshot:
        parts.append(f"Archived copy of {wording.day(snapshot.timestamp)}: {words.plain(snapshot.url, 500)}")
    return " ".join(part for part in parts if part)


def artifact(path: str) -> dict[str, str]:
    """Return the artifact location of a document: relative to the repository where it is."""
    clean = quote(path.encode("utf-8", "replace"), safe="/")
    if path.startswith("/"):
        return {"uri": f"file://{clean}"}
    return {"uri": clean, "uriBaseId": "%SRCROOT%"}


def _location(assessment: Assessment) -> dict[str, Any]:
    citation = assessment.citation
    span = citation.url_span or citation.span
    region = {"startLine": span.line, "startColumn": span.column}
    length = span.end - span.start
    # Only an address that stands as written, hence on one line, has an end that is known here.
    if citation.url_span and citation.url and not citation.repairs and length == len(citation.url):
        region["endColumn"] = span.column + length
    return {"artifactLocation": artifact(citation.document), "region": region}


def _fix(assessment: Assessment, edits: tuple[Edit, ...], reason: str) -> dict[str, Any]:
    return {
        "description": {"text": words.plain(reason, 300) or "Proposed edit"},
        "artifactChanges": [
            {
                "artifactLocation": artifact(assessment.citation.document),
                "replacements": [
                    {
                        "deletedRegion": {
                            "charOffset": edit.span.start,
                            "charLength": edit.span.end - edit.span.start,
                        },
                        "insertedContent": {"text": edit.after},
                    }
                    for edit in edits
                ],
            }
        ],
    }
