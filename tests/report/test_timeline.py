"""A source's life on one axis."""

import datetime as dt

from monitor.model.history import LinkHistory, LinkState
from monitor.model.observation import Outcome
from monitor.model.run import Check
from monitor.model.snapshot import Coverage
from monitor.model.values import replaced
from monitor.report.site.timeline import WIDTH, timeline
from tests.support import assessments
from tests.support.every_status import every_status

BRIDE = every_status()[0]


def at(day):
    return dt.datetime.fromisoformat(day).replace(tzinfo=dt.UTC)


def line(assessment, *checks):
    return timeline([replaced(assessment, checks=tuple(Check(o, at(a), at(b), n) for o, a, b, n in checks))])


DEAD = next(a for a in every_status() if a.history.state is LinkState.DEAD and a.coverage.snapshot)
CHECKS = (
    (Outcome.ALIVE, "2026-09-01", "2026-10-01", 3),
    (Outcome.GONE, "2026-10-15", "2026-11-15", 4),
)


def test_every_kind_of_event_has_its_lane_and_its_words():
    made = line(DEAD, *CHECKS)
    assert [lane.name for lane in made.lanes] == ["Accessed", "Archived", "Checked"]
    assert "17 February 2011: accessed" in made.said
    assert "16 February 2011: archived copy, verified" in made.said
    assert "1 September 2026 to 1 October 2026: the page is there, 3 checks" in made.said
    assert "2 March 2014 to 7 January 2015: died in this time" in made.said
    assert made.death.said == "2 March 2014 to 7 January 2015: died in this time"


def test_time_runs_from_left_to_right_and_stays_inside():
    made = line(DEAD, *CHECKS)
    for lane in made.lanes:
        places = [mark.x for mark in lane.marks]
        assert places == sorted(places)
        assert all(mark.x >= 0 and mark.x + mark.width <= WIDTH for mark in lane.marks)


def test_weeks_of_checks_beside_years_get_a_scale_of_their_own():
    made = line(DEAD, *CHECKS)
    checked = made.lanes[-1].marks
    assert made.break_at == WIDTH / 2
    assert all(mark.x > made.break_at for mark in checked)
    assert [label for _, label, _ in made.ticks] == ["2011", "1 September 2026", "15 November 2026"]


def test_years_of_checks_share_one_scale():
    made = line(DEAD, (Outcome.ALIVE, "2013-01-01", "2026-11-15", 300))
    assert made.break_at is None


def test_nothing_to_draw_where_all_is_one_day():
    fresh = assessments.assess(
        "http://mill.example/",
        "Mill",
        BRIDE.finding.status,
        BRIDE.finding.severity,
        Outcome.ALIVE,
        date=None,
        text="",
        history=LinkHistory(state=LinkState.ALIVE),
        coverage=assessments.covered("k", Coverage.NONE),
    )
    assert line(fresh, (Outcome.ALIVE, "2026-11-21", "2026-11-21", 1)) is None
    assert line(fresh) is None
