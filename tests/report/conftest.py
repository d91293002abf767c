import pytest

from tests.support import report_cases


@pytest.fixture
def full_report():
    """A report with an assessment of every status."""
    return report_cases.report()


@pytest.fixture
def hostile_report():
    return report_cases.report(report_cases.hostile())
