"""Accepted findings, and what becomes of them when their time is over."""

import datetime as dt

import pytest

from monitor.judge.judge import Judge
from monitor.judge.policy import JudgePolicy
from monitor.model.finding import Severity, Waiver
from monitor.model.observation import Outcome
from monitor.model.page import QuoteMatch
from tests.support.cases import NOW, URL, case, citation, facts, seen

OLD = citation("2019-05-04")
BLOCKED = case(seen(Outcome.BLOCKED), cite=OLD)


def waiver(rule="access-date/due", source="https://example.org/*", until=dt.date(2026, 12, 31), who="Ada"):
    return Waiver(rule=rule, source=source, who=who, why="read by hand", until=until)


def judged(*waivers, subject=BLOCKED):
    return Judge(JudgePolicy(), lambda: 0.0, waivers).judge(subject, NOW)[1]


@pytest.mark.parametrize("rule", ["access-date/due", "access-date/*", "*", "due"])
@pytest.mark.parametrize("source", ["https://example.org/*", URL, "*"])
def test_a_waiver_marks_the_finding_it_names(rule, source):
    accepted = waiver(rule, source)
    assert judged(accepted).waived == accepted


@pytest.mark.parametrize(
    "other",
    [
        waiver("access-date/stale-dead"),
        waiver(source="https://example.net/*"),
        waiver(source="https://example.org"),
    ],
)
def test_a_waiver_for_something_else_does_not(other):
    assert judged(other).waived is None


def test_a_waiver_holds_through_its_last_day():
    assert judged(waiver(until=NOW.date())).waived is not None


def test_an_expired_waiver_becomes_part_of_the_finding():
    found = judged(waiver(until=dt.date(2026, 2, 28)))
    assert found.waived is None
    assert found.severity is Severity.WARNING
    assert "The waiver by Ada (“read by hand”) ended on 28 February 2026." in found.reason
    assert "renew" in found.remedy


def test_an_expired_waiver_raises_what_was_only_information():
    young = case(seen(Outcome.BLOCKED))
    expired = waiver("*", until=dt.date(2026, 1, 1))
    assert judged(expired, subject=young).severity is Severity.WARNING


def test_a_valid_waiver_beats_an_expired_one():
    assert judged(waiver(until=dt.date(2026, 1, 1)), waiver(who="Bo")).waived.who == "Bo"


def test_what_is_in_order_needs_no_waiver():
    fine = case(seen(Outcome.ALIVE), facts=facts(QuoteMatch.FOUND))
    assert judged(waiver("*", "*"), subject=fine).waived is None


def test_a_citation_without_an_address_is_waived_by_its_title():
    lost = case(cite=citation("2019-05-04", url=None, title="A lost pamphlet"))
    assert judged(waiver("*", "A lost *"), subject=lost).waived is not None
