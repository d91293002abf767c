import json

import pytest

from monitor.errors import UsageError
from monitor.model.finding import Severity
from monitor.model.values import replaced
from monitor.report.baseline import is_new, load
from monitor.report.registry import render
from monitor.report.weight import effective
from tests.support import assessments, report_cases
from tests.support.every_status import every_status


def baseline(assessments):
    return load("".join(render("json", report_cases.report(assessments))))


def worse(assessment, severity=Severity.ERROR):
    return replaced(assessment, finding=replaced(assessment.finding, severity=severity, waived=None))


def test_nothing_is_new_against_itself():
    every = every_status()
    known = baseline(every)
    assert not any(is_new(one, known) for one in every)


def test_a_citation_that_was_not_there_is_new():
    every = every_status()
    known = baseline(every[:-2])
    assert [one for one in every if is_new(one, known)] == every[-2:]


def test_an_old_citation_is_new_only_when_it_got_worse():
    every = every_status()
    known = baseline(every)
    fine = next(a for a in every if effective(a) is Severity.OK)
    error = next(a for a in every if effective(a) is Severity.ERROR)
    assert is_new(worse(fine), known)
    assert is_new(worse(fine, Severity.WARNING), known)
    assert not is_new(worse(error, Severity.WARNING), known)


def test_moved_lines_and_new_dates_are_not_new():
    every = every_status()
    moved = replaced(
        every[0], citation=replaced(every[0].citation, span=assessments.span(400), access_dates=())
    )
    assert not is_new(moved, baseline(every))


def test_a_changed_key_falls_back_to_document_and_source():
    every = every_status()
    other = replaced(every[0], citation=replaced(every[0].citation, key="quite-another"))
    assert not is_new(other, baseline(every))
    elsewhere = replaced(other, citation=replaced(other.citation, document="other.txt"))
    assert is_new(elsewhere, baseline(every))


def test_unlocated_citations_are_known_by_title():
    every = every_status()
    (unlocated,) = [a for a in every if a.citation.url is None]
    known = baseline(every)
    assert not is_new(replaced(unlocated, citation=replaced(unlocated.citation, key="")), known)
    assert is_new(replaced(unlocated, citation=replaced(unlocated.citation, key="", title="Other")), known)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("not json", "is not JSON"),
        ("[]", "no report of this program"),
        ('{"citations": 3}', "no report of this program"),
        (json.dumps({"schema_version": 9, "citations": []}), "schema version 9, this program reads 1"),
    ],
)
def test_a_bad_baseline_is_one_clear_line(text, said):
    with pytest.raises(UsageError, match=said):
        load(text)


def test_strange_entries_are_skipped():
    assert load(json.dumps({"schema_version": 1, "citations": [3, None, {"severity": "x"}]}))
