"""What readers meet beside the verdict: certificates that warn, places that are gone."""

import pytest

from monitor.judge.judge import judge
from monitor.judge.policy import JudgePolicy
from monitor.model.finding import AmendmentKind, Severity
from monitor.model.observation import Outcome
from monitor.model.page import QuoteMatch
from monitor.model.snapshot import Coverage
from tests.support.cases import NOW, case, citation, coverage, facts, seen

POLICY = JudgePolicy()
PLACED = "https://example.org/report#tables"


def finding(*observations, **more):
    return judge(case(*observations, **more), POLICY, NOW)[1]


@pytest.mark.parametrize(
    "fault", ["expired", "self-signed", "untrusted-root", "incomplete-chain", "old-protocol"]
)
def test_a_certificate_that_warns_readers_off_is_a_warning(fault):
    found = finding(seen(Outcome.ALIVE, tls=fault), facts=facts(QuoteMatch.FOUND))
    assert found.status == "fresh"
    assert found.severity is Severity.WARNING
    assert "certificate" in found.reason
    assert found.remedy.startswith("Cite an address that opens without a warning")


def test_an_error_stays_an_error_and_keeps_its_remedy():
    plain = finding(seen(Outcome.ALIVE), facts=facts(QuoteMatch.ABSENT))
    found = finding(seen(Outcome.ALIVE, tls="expired"), facts=facts(QuoteMatch.ABSENT))
    assert found.severity is plain.severity is Severity.ERROR
    assert found.remedy.startswith(plain.remedy)
    assert "opens without a warning" in found.remedy


@pytest.mark.parametrize(
    "quiet",
    [
        case(seen(Outcome.ALIVE), facts=facts(QuoteMatch.FOUND)),
        case(seen(Outcome.ALIVE, tls="reset"), facts=facts(QuoteMatch.FOUND)),
        case(
            seen(Outcome.ALIVE, tls="expired"),
            cite=citation(archive_url="https://archive.example/2025/x"),
            coverage=coverage(Coverage.BRACKETED, pinned=True),
        ),
    ],
    ids=["in order", "a passing fault", "pinned by an archived copy"],
)
def test_no_warning(quiet):
    found = judge(quiet, POLICY, NOW)[1]
    assert found.severity is Severity.OK
    assert "certificate" not in found.reason


def test_a_void_run_says_nothing_of_certificates():
    void = judge(case(seen(Outcome.ALIVE, tls="expired")), POLICY, NOW, void="the network was down")[1]
    assert "certificate" not in void.reason


def test_a_place_that_is_gone_is_said_and_is_no_alarm():
    found = finding(
        seen(Outcome.ALIVE), cite=citation(url=PLACED), facts=facts(QuoteMatch.FOUND, fragment_missing=True)
    )
    assert found.severity is Severity.OK
    assert found.reason.endswith("The page has no place called #tables.")


@pytest.mark.parametrize(
    ("missing", "target"),
    [(False, "https://new.example/report#tables"), (True, "https://new.example/report")],
)
def test_a_move_keeps_the_place_it_names(missing, target):
    moved = seen(Outcome.MOVED, permanent_target="https://new.example/report")
    found = finding(moved, cite=citation(url=PLACED), facts=facts(QuoteMatch.FOUND, fragment_missing=missing))
    assert found.edit is AmendmentKind.REPLACE_URL
    assert f"Replace the address by {target}: " in found.remedy


MARKED = citation(marked_dead=True)


@pytest.mark.parametrize(
    ("match", "proven", "remedy"),
    [
        (QuoteMatch.FOUND, True, "Take away the mark that calls the link dead."),
        (QuoteMatch.WEAK, False, "Look at the page; if it shows what is cited, take away the mark that calls the link dead."),
    ],
)  # fmt: skip
def test_a_living_page_called_dead_is_to_be_unmarked(match, proven, remedy):
    found = finding(seen(Outcome.ALIVE), cite=MARKED, facts=facts(match))
    assert (found.edit, found.proven, found.severity) == (
        AmendmentKind.UNMARK_DEAD,
        proven,
        Severity.INFO,
    )
    assert found.remedy == remedy


def test_the_mark_goes_along_with_another_edit():
    moved = seen(Outcome.MOVED, permanent_target="https://new.example/report")
    found = finding(moved, cite=MARKED, facts=facts(QuoteMatch.FOUND))
    assert found.edit is AmendmentKind.REPLACE_URL
    assert found.remedy.endswith(" The mark goes with it.")


@pytest.mark.parametrize(
    "kept",
    [
        case(seen(Outcome.GONE), cite=MARKED),
        case(seen(Outcome.ALIVE), cite=MARKED, facts=facts(QuoteMatch.ABSENT)),
        case(seen(Outcome.BLOCKED), cite=MARKED),
        case(seen(Outcome.ALIVE), cite=citation(marked_dead=True, archive_url="https://archive.example/2025/x"), facts=facts(QuoteMatch.FOUND)),
        case(seen(Outcome.ALIVE), facts=facts(QuoteMatch.FOUND)),
    ],
    ids=["gone", "other words", "blocked", "archived", "not marked"],
)  # fmt: skip
def test_other_marks_stay(kept):
    assert judge(kept, POLICY, NOW)[1].edit is not AmendmentKind.UNMARK_DEAD
