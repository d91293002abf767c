r"""GitHub workflow commands: annotations at line and column of a pull request.

Escaping as the runner undoes it: % \r \n everywhere, : and , too in properties.
"""

from collections.abc import Iterator

from monitor.model.finding import Severity
from monitor.model.run import Assessment, Report
from monitor.report import words
from monitor.report.naming import accessed, name
from monitor.report.summary import headline, summarise
from monitor.report.weight import effective, needs_action

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning"}


class GithubReport:
    """`--format github`."""

    name = "github"

    def render(self, report: Report) -> Iterator[str]:
        """Yield one command per citation that wants a person, errors first, then the overall state."""
        for severity, command in _COMMANDS.items():
            for assessment in report.assessments:
                if needs_action(assessment) and effective(assessment) is severity:
                    yield _annotation(command, assessment, report)
        summary = summarise(report)
        if report.run.void:
            reason = report.run.void_reason or "our side failed"
            yield f"::error title=citation-monitor::{data(f'Void run: {reason}')}\n"
        yield f"::notice title=citation-monitor::{data(headline(report, summary))}\n"


def data(text: str) -> str:
    """Escape the message of a command; control characters are gone already."""
    clean = words.plain(text, 4000)
    return clean.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def value(text: str) -> str:
    """Escape a property of a command."""
    return data(text).replace(":", "%3A").replace(",", "%2C")


def _annotation(command: str, assessment: Assessment, report: Report) -> str:
    citation, finding = assessment.citation, assessment.finding
    span = citation.url_span or citation.span
    title = f"{words.heading(assessment)}: {name(assessment)}"
    message = (
        f"{words.outcome(assessment)}; {accessed(assessment, report.run.now.date())}. "
        f"{finding.reason} {finding.remedy}"
    )
    place = f"file={value(citation.document)},line={span.line},col={span.column}"
    return f"::{command} {place},title={value(title)}::{data(message)}\n"
