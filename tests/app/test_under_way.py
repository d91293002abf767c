"""A run that is cut off can say nothing: the page of the run before it is marked when it begins."""

import datetime as dt

import pytest

from monitor.commands.under_way import mark
from monitor.report.publish import write_site
from tests.support import report_cases
from tests.support.every_status import every_status

BEGAN = dt.datetime(2026, 11, 29, 2, 30, tzinfo=dt.UTC)
SAID = "A newer run has not ended."


@pytest.fixture
def full_report():
    return report_cases.report(every_status())


def test_the_old_page_says_so_until_the_new_one_stands(tmp_path, full_report):
    write_site(full_report, tmp_path, ["html"])
    page = tmp_path / "index.html"
    whole = page.read_text("utf-8")
    assert SAID not in whole
    mark(tmp_path, BEGAN - dt.timedelta(days=1))
    mark(tmp_path, BEGAN)
    marked = page.read_text("utf-8")
    assert marked.count(SAID) == 1
    assert "29 November 2026, 02:30 UTC" in marked
    assert "28 November 2026, 02:30" not in marked
    write_site(full_report, tmp_path, ["html"])
    assert page.read_text("utf-8") == whole


def test_where_no_page_is_there_is_nothing_to_mark(tmp_path):
    mark(tmp_path, BEGAN)
    assert list(tmp_path.iterdir()) == []


def test_a_page_without_the_place_is_left_alone(tmp_path):
    (tmp_path / "index.html").write_bytes(b"<p>of an older version")
    mark(tmp_path, BEGAN)
    assert (tmp_path / "index.html").read_bytes() == b"<p>of an older version"


def test_the_place_stands_alone_on_its_line(tmp_path):
    write_site(report_cases.report(()), tmp_path, ["html"])
    assert "<!-- newer run -->\n" in (tmp_path / "index.html").read_text("utf-8")
