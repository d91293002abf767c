"""Coverage on the status page: sources at risk, copies that vanished, the trend over runs."""

import pytest

from monitor.model.observation import Evidence, Outcome
from monitor.model.snapshot import Coverage, CoverageResult
from monitor.model.values import replaced
from monitor.report.publish import write_site
from monitor.report.summary import summarise
from monitor.report.weight import lost_copy
from tests.support import report_cases


def living(report):
    return next(
        a for a in report.assessments if a.observation is not None and a.observation.outcome is Outcome.ALIVE
    )


def with_coverage(report, result):
    chosen = living(report)
    changed = replaced(chosen, coverage=replaced(result, key=chosen.citation.key))
    return replaced(report, assessments=[changed]), changed


@pytest.fixture
def page(tmp_path):
    def page(report) -> str:
        write_site(report, tmp_path, ["html"])
        return (tmp_path / "index.html").read_text(encoding="utf-8")

    return page


def test_a_living_page_without_a_copy_is_at_risk(page):
    report, chosen = with_coverage(report_cases.report(), CoverageResult(key="", coverage=Coverage.NONE))
    assert [a.citation.key for a in summarise(report).at_risk] == [chosen.citation.key]
    assert "At risk: there today, and no archive shows it" in page(report)


@pytest.mark.parametrize("coverage", [Coverage.NEAR, Coverage.BRACKETED, Coverage.UNKNOWN])
def test_a_covered_page_or_an_open_question_is_no_risk(page, coverage):
    report, _ = with_coverage(report_cases.report(), CoverageResult(key="", coverage=coverage))
    assert summarise(report).at_risk_total == 0
    assert "At risk" not in page(report)


def test_a_copy_that_vanished_is_listed_with_why(page):
    gone = Evidence(
        "vanished", "https://web.archive.org/web/2011/https://a/ was named before and is no longer there"
    )
    report, chosen = with_coverage(
        report_cases.report(), CoverageResult(key="", coverage=Coverage.NONE, evidence=(gone,))
    )
    assert lost_copy(chosen) == gone.detail
    assert "Archived copies that vanished" in page(report)
    assert "was named before" in page(report)


def test_the_trend_has_a_chart_of_coverage(page):
    assert "Archived copies over the last runs" in page(report_cases.report())
