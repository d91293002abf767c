"""CSV (RFC 4180) for spreadsheets: one row per citation, no cell a spreadsheet would run as a formula."""

import csv
import io
import re
from collections.abc import Iterator

from monitor.model.run import Assessment, Report
from monitor.report import words
from monitor.report.weight import outcome

COLUMNS = (
    *("document", "line", "title", "attribution", "url", "access_date", "access_date_text"),
    *("access_date_status", "severity", "waived", "outcome", "cause", "http_status", "link_state"),
    *("quote_match", "coverage", "snapshot_url", "snapshot_date", "reason", "remedy", "amendment"),
)
_FORMULA = re.compile(r"\s*[=+\-@\t\r|%]")


class CsvReport:
    """`--format csv`."""

    name = "csv"

    def render(self, report: Report) -> Iterator[str]:
        """Yield the header and a row per citation."""
        yield _line(COLUMNS)
        for assessment in report.assessments:
            yield _line([cell(value) for value in _row(assessment)])


def cell(value: object) -> str:
    """Return a cell's text; what a spreadsheet takes for a formula begins with an apostrophe (OWASP)."""
    if value is None:
        return ""
    text = words.lines(str(value))
    return f"'{text}" if _FORMULA.match(text) else text


def _line(cells: tuple[str, ...] | list[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    return out.getvalue()


def _row(assessment: Assessment) -> list[object]:
    citation, finding, seen = assessment.citation, assessment.finding, assessment.observation
    claim, facts, covered = citation.access_date, assessment.facts, assessment.coverage
    snapshot = covered.snapshot if covered else None
    return [
        citation.document,
        citation.line,
        citation.title,
        citation.attribution,
        citation.url,
        claim.date if claim else None,
        claim.text if claim else None,
        finding.status.value,
        finding.severity.value,
        "yes" if finding.waived else "no",
        outcome(assessment).value,
        seen.cause if seen else None,
        seen.http_status if seen else None,
        assessment.history.state.value,
        facts.quote.match.value if facts else None,
        covered.coverage.value if covered else None,
        snapshot.url if snapshot else None,
        snapshot.timestamp.date().isoformat() if snapshot else None,
        finding.reason,
        finding.remedy,
        assessment.amendment.replacement if assessment.amendment else None,
    ]
