import datetime as dt
import json

from monitor.model.values import replaced
from monitor.report.notices import notice
from monitor.report.past import MOST, joined, read, told, written
from monitor.report.registry import render
from monitor.report.transitions import present
from tests.support import assessments, report_cases

NOW = assessments.NOW


def quiet(report):
    """The same report on a night when nothing changed."""
    return replaced(report, assessments=[replaced(a, previous=present(a)) for a in report.assessments])


def test_transitions_are_told_worst_first(full_report):
    made = notice(full_report, NOW)
    assert (
        made.title == "Citations: 1 died, 1 dead without an archived copy, 1 no longer as cited, 1 came back"
    )
    lines = made.body.splitlines()
    assert lines[0] == "5 of 15 citations need action, 3 a look"
    assert lines[2] == "died: The Bartered Bride of Tarvenia (library/Tarvenia.txt:42)"
    assert "Slow boats" not in made.body, "failing is not dead: it is shown, not sent"
    assert made.data["counts"] == {"died": 1, "uncovered": 1, "drifted": 1, "recovered": 1}
    json.dumps(made.data)


def test_a_quiet_night_sends_nothing_for_a_week_then_one_reminder(full_report):
    report = quiet(full_report)
    assert notice(report, NOW - dt.timedelta(days=6)) is None
    made = notice(report, NOW - dt.timedelta(days=7))
    assert made.title == "Citations: 5 of 15 citations need action, 3 a look"
    assert made.data["kind"] == "reminder"
    assert notice(report, NOW) is None


def test_nothing_unresolved_nothing_said(full_report):
    fine = [a for a in quiet(full_report).assessments if a.finding.severity.value == "ok"]
    assert notice(report_cases.report(fine), None) is None


def test_a_void_run_concludes_and_sends_nothing(full_report):
    assert notice(replaced(full_report, run=report_cases.run(void=True)), None) is None


def test_a_first_run_is_a_reminder_not_a_flood(full_report):
    first = replaced(full_report, assessments=[replaced(a, previous=None) for a in full_report.assessments])
    assert notice(first, None).data["kind"] == "reminder"


def test_long_lists_are_cut_and_counted():
    made = notice(report_cases.Many(600, documents=3, hosts=9).report(), None)
    assert made.body.count("\n") < 60
    assert "and 145 more" in made.body
    assert len(made.data["citations"]) <= 100


def test_hostile_text_is_neutralised(hostile_report):
    made = notice(hostile_report, None)
    assert not any(char in made.body + made.title for char in "\x1b\x00\x07\r\u202e")


def test_a_digest_tells_all_that_changed_since_the_last_and_nothing_before_its_day(full_report):
    earlier = [
        replaced(one, id=f"{one.id[:30]}{day}", run=f"r{day}", at=NOW - dt.timedelta(days=day))
        for day in (2, 9)
        for one in told(full_report)[:1]
    ]
    report = replaced(full_report, past=tuple(earlier))
    assert notice(report, NOW - dt.timedelta(days=6), digest=True) is None
    made = notice(report, NOW - dt.timedelta(days=7), digest=True)
    assert made.title == "Citations, a digest: 5 changed, 8 to do"
    assert made.data["kind"] == "digest"
    assert [one["at"][:10] for one in made.data["changes"]][-1] == "2026-11-19", (
        "nine days ago is told already"
    )
    json.dumps(made.data)
    still = notice(replaced(quiet(report), past=()), NOW - dt.timedelta(days=7), digest=True)
    assert "Nothing changed since the last digest." in still.body
    fine = [one for one in quiet(report).assessments if one.finding.severity.value == "ok"]
    assert notice(report_cases.report(fine), None, digest=True) is None


def test_what_was_told_is_kept_once_newest_first_and_bounded(full_report):
    news = told(full_report)
    assert read(written(news)) == news
    assert joined(news, news) == joined(news, ())
    old = [
        replaced(news[0], id=str(number), at=NOW - dt.timedelta(days=number)) for number in range(1, MOST + 9)
    ]
    kept = joined(news, old)
    assert len(kept) == MOST
    assert kept[0].at == NOW
    assert [one.at for one in kept] == sorted((one.at for one in kept), reverse=True)


def test_the_feed_holds_what_earlier_runs_told(full_report):
    old = replaced(told(full_report)[0], id="0" * 32, title="Older & gone", at=NOW - dt.timedelta(days=40))
    feed = "".join(render("atom", replaced(full_report, past=(old,))))
    assert feed.index(told(full_report)[0].id) < feed.index("Older &amp; gone")
    assert "fh:complete" in feed
    assert "2026-10-12T" in feed
