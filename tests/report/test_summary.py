import pytest

from monitor.model.finding import AccessDateStatus, Severity
from monitor.model.observation import Outcome
from monitor.model.values import replaced
from monitor.report import summary as room
from monitor.report.summary import headline, summarise
from monitor.report.transitions import Transition
from monitor.report.weight import needs_action
from tests.support import assessments, report_cases
from tests.support.every_status import every_status


def titles(assessments):
    return [a.citation.title for a in assessments]


def test_counts_every_citation_once(full_report):
    counted = summarise(full_report)
    assert counted.citations == 15
    assert (
        sum(counted.by_outcome.values())
        == sum(counted.by_status.values())
        == sum(counted.by_tone.values())
        == 15
    )
    assert sum(t.citations for t in counted.documents.values()) == 15
    assert sum(t.citations for t in counted.hosts.values()) == 14
    assert counted.sources == 14


def test_the_action_list_is_worst_first_then_new_then_fixable(full_report):
    actions = summarise(full_report).actions
    ranks = [a.finding.severity.rank for a in actions]
    assert ranks == sorted(ranks, reverse=True)
    assert titles(actions) == [
        "The Bartered Bride of Tarvenia",
        "Ministry answers the harvest inquiry",
        "Who picks the cotton?",
        "A year at the border",
        "Tide tables",
        "Press day",
        "Roads of salt",
        "Behind the wall",
    ]


def test_the_action_list_is_capped_and_keeps_the_most_urgent(monkeypatch, full_report):
    monkeypatch.setattr(room, "KEPT_ACTIONS", 3)
    counted = summarise(full_report)
    assert len(counted.actions) == 3
    assert counted.actions_total == 8
    assert titles(counted.actions)[0] == "The Bartered Bride of Tarvenia"


def test_a_waived_finding_wants_nobody_and_is_counted_as_waived(full_report):
    counted = summarise(full_report)
    assert counted.waived == 1
    assert "An accepted loss" not in titles(counted.actions)
    waived = next(a for a in full_report.assessments if a.finding.waived)
    assert not needs_action(waived)
    assert needs_action(replaced(waived, finding=replaced(waived.finding, waived=None)))


def test_a_first_run_has_no_changes(full_report):
    first = [replaced(a, previous=None) for a in full_report.assessments]
    counted = summarise(replaced(full_report, assessments=first))
    assert counted.changes == []
    assert not counted.by_transition


def test_changes_come_most_telling_first(full_report):
    kinds = [c.transition for c in summarise(full_report).changes]
    assert kinds == sorted(kinds, key=list(Transition).index)
    assert kinds[0] is Transition.DIED
    assert Transition.ARRIVED in kinds


def test_what_was_not_checked_is_kept_with_its_reason(full_report):
    counted = summarise(full_report)
    assert counted.unchecked_total == 1
    assert dict(counted.unlocated) == {"its URL is not displayed because of its length": 1}


def statuses(errors, warnings, fine):
    made = every_status()
    by = {
        severity: [a for a in made if a.finding.severity is severity and not a.finding.waived]
        for severity in Severity
    }
    return report_cases.report(
        [*by[Severity.ERROR][:errors], *by[Severity.WARNING][:warnings], *by[Severity.OK][:fine]]
    )


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ((2, 1, 1), "2 of 4 citations need action, 1 a look"),
        ((1, 0, 1), "1 of 2 citations needs action"),
        ((0, 2, 1), "2 of 3 citations deserve a look, none needs action"),
        ((0, 1, 0), "1 of 1 citation deserves a look, none needs action"),
        ((0, 0, 2), "Nothing to do for 2 citations"),
        ((0, 0, 0), "No citations found in the watched documents"),
    ],
)
def test_the_headline_says_the_state_in_one_line(counts, said):
    report = statuses(*counts)
    assert headline(report, summarise(report)) == said


def test_a_void_run_is_the_headline(full_report):
    void = replaced(full_report, run=report_cases.run(void=True))
    assert headline(void, summarise(void)) == "The last run was void: nothing was concluded from it"


def test_documents_without_citations_are_counted_as_such(full_report):
    report = report_cases.report([])
    assert summarise(report).documents == {}
    assert summarise(full_report).documents[assessments.ESSAY].citations == 8


def failing(url, outcome, cause=None, status=None, **more):
    observation = {"cause": cause, "http_status": status}
    return assessments.assess(
        url, url, AccessDateStatus.UNCONFIRMED, Severity.ERROR, outcome, observation=observation, **more
    )


@pytest.mark.parametrize(
    ("pages", "down"),
    [
        ([("/a", Outcome.UNREACHABLE), ("/b", Outcome.UNREACHABLE)], True),
        ([("/a", Outcome.UNREACHABLE), ("/a", Outcome.UNREACHABLE)], False),  # one page, cited twice
        ([("/a", Outcome.UNREACHABLE)], False),
        ([("/a", Outcome.GONE), ("/b", Outcome.GONE)], False),  # the server answers
        ([("/a", Outcome.UNREACHABLE), ("/b", Outcome.ALIVE)], False),
    ],
)
def test_a_host_is_the_cause_only_where_none_of_several_pages_could_be_reached(pages, down):
    made = [failing(f"http://mill.example{path}", outcome, line=n) for n, (path, outcome) in enumerate(pages)]
    assert summarise(report_cases.report(made)).hosts["mill.example"].down is down


def test_tiles_tallies_and_lists_count_the_same(full_report):
    counted = summarise(full_report)
    for tone, number in counted.by_tone.items():
        assert sum(tally.by_tone[tone] for tally in counted.documents.values()) == number
    assert counted.by_tone["error"] + counted.by_tone["warning"] == len(counted.actions)
    assert counted.by_tone["unknown"] == len(counted.unchecked)


def test_an_unlocated_citation_that_wants_a_person_stands_among_the_actions_only(full_report):
    lost = next(a for a in full_report.assessments if a.citation.url is None)
    wanted = replaced(lost, finding=replaced(lost.finding, severity=Severity.WARNING))
    counted = summarise(report_cases.report([wanted]))
    assert (len(counted.actions), counted.unchecked, dict(counted.unlocated)) == (1, [], {})


def test_a_proven_edit_that_wants_nobody_is_kept_to_be_shown(full_report):
    dead = next(a for a in full_report.assessments if a.amendment and a.amendment.proven)
    quiet = replaced(dead, finding=replaced(dead.finding, severity=Severity.INFO))
    counted = summarise(report_cases.report([quiet]))
    assert (counted.actions, counted.ready, counted.proven) == ([], [quiet], 1)
