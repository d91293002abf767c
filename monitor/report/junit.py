"""JUnit XML, the Ant dialect that CI servers agree on: a suite per document, a case per citation.

A failure is what fails the command (`--fail-on`, errors by default). A warning below that is skipped, with
its words, so that it is seen and turns nothing red; what could not be checked is skipped too, never passed.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

from monitor.model.run import Assessment, Report
from monitor.report import words
from monitor.report.naming import accessed, name
from monitor.report.weight import effective, needs_action, tone


class JunitReport:
    """`--format junit`."""

    name = "junit"

    def render(self, report: Report) -> Iterator[str]:
        """Yield one document; characters XML forbids never come out of `words.plain`."""
        counts = Counter((one.citation.document, _result(one, report)) for one in report.assessments)
        yield '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n'
        number = -1
        for number, (path, group) in enumerate(
            groupby(report.assessments, key=lambda a: a.citation.document)
        ):
            counted = {result: counts[path, result] for result in Result}
            yield from _suite(report, number, path, counted, group)
        if report.run.void:
            yield from _void(report, number + 1)
        yield "</testsuites>\n"


def _suite(
    report: Report, number: int, path: str, counts: Mapping["Result", int], group: Iterable[Assessment]
) -> Iterator[str]:
    yield _head(
        report,
        number,
        path,
        tests=sum(counts.values()),
        failures=counts[Result.FAILURE],
        skipped=counts[Result.SKIPPED],
    )
    for assessment in group:
        yield _case(assessment, _result(assessment, report), report.run.now.date())
    yield _TAIL


def _void(report: Report, number: int) -> Iterator[str]:
    """A void run is an error of ours, so that CI does not turn green on it."""
    reason = words.plain(report.run.void_reason or "our side failed", 300)
    yield _head(report, number, "run", tests=1, failures=0, skipped=0, errors=1)
    yield (
        f'<testcase name="run" classname="citation-monitor" time="0">'
        f'<error type="void" message={quoteattr(reason)}/></testcase>\n'
    )
    yield _TAIL


_TAIL = "<system-out/>\n<system-err/>\n</testsuite>\n"


def _head(
    report: Report, number: int, path: str, *, tests: int, failures: int, skipped: int, errors: int = 0
) -> str:
    run = report.run
    took = (run.finished_at - run.started_at).total_seconds() if run.finished_at else 0
    moment = run.started_at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S")
    return (
        f'<testsuite id="{number}" name={_token(path)} package="citations" hostname="localhost" '
        f'timestamp="{moment}" time="{took if number == 0 else 0:.3f}" tests="{tests}" failures="{failures}" '
        f'errors="{errors}" skipped="{skipped}">\n'
        f'<properties><property name="run" value={quoteattr(words.plain(run.id))}/></properties>\n'
    )


def _token(text: str) -> str:
    """Quote a text as an XML token: no blanks at the ends, none doubled, never empty."""
    return quoteattr(" ".join(words.plain(text, 300).split()) or "-")


class Result(StrEnum):
    """What became of a citation, in JUnit's words."""

    PASSED = "passed"
    SKIPPED = "skipped"
    FAILURE = "failure"


def _result(assessment: Assessment, report: Report) -> Result:
    level = report.fail_level
    if level is not None and assessment.finding.waived is None and effective(assessment).rank >= level.rank:
        return Result.FAILURE
    return Result.SKIPPED if needs_action(assessment) or tone(assessment) == "unknown" else Result.PASSED


def _case(assessment: Assessment, result: Result, today: dt.date) -> str:
    finding = assessment.finding
    label = f"line {assessment.citation.line}: {name(assessment)}"
    head = f'<testcase name={_token(label)} classname={_token(assessment.citation.document)} time="0"'
    if result is Result.PASSED:
        return f"{head}/>\n"
    message = quoteattr(f"{words.heading(assessment)}: {words.plain(finding.reason, 300)}")
    if result is Result.SKIPPED:
        return f"{head}><skipped message={message}/></testcase>\n"
    text = "\n".join(_body(assessment, today))
    kind = quoteattr(words.plain(finding.rule))
    return f"{head}><failure type={kind} message={message}>{escape(text)}</failure></testcase>\n"


def _body(assessment: Assessment, today: dt.date) -> Iterator[str]:
    citation = assessment.citation
    yield f"{words.plain(citation.document)}:{citation.line}:{citation.span.column}"
    if citation.url:
        yield words.plain(citation.url, 500)
    yield f"{words.outcome(assessment)}; {accessed(assessment, today)}"
    yield words.plain(assessment.finding.remedy, 300)
    if assessment.amendment:
        yield words.lines(assessment.amendment.replacement, 2000)
