"""A citation whose own archive link shows something else is told so, whatever its date is worth."""

import pytest

from monitor.judge.judge import judge
from monitor.judge.policy import JudgePolicy
from monitor.model.citation import AccessDate
from monitor.model.finding import AmendmentKind, Severity
from monitor.model.snapshot import ArchiveLinkFault, Coverage
from monitor.model.values import replaced
from tests.judge.test_access_date import ABSENT, ALIVE, DEAD, FOUND, NOW, OLD, case
from tests.support.cases import coverage

LINKED = replaced(OLD, archive_url="https://web.archive.org/save/https://ink.example/a")


@pytest.mark.parametrize("fault", sorted(set(ArchiveLinkFault) - {ArchiveLinkFault.DATED_OTHERWISE}))
@pytest.mark.parametrize("seen", ["alive", "dead", "drifted"])
def test_the_link_is_named_with_an_edit_that_replaces_it(fault: ArchiveLinkFault, seen: str) -> None:
    covered = coverage(Coverage.QUOTE_ANCHORED, link_fault=fault)
    made = {
        "alive": case(ALIVE, facts=FOUND, cite=LINKED, coverage=covered),
        "dead": case(*DEAD, cite=LINKED, coverage=covered),
        "drifted": case(ALIVE, facts=ABSENT, cite=LINKED, coverage=covered),
    }[seen]
    _, finding = judge(made, JudgePolicy(), NOW)
    assert finding.severity.rank >= Severity.WARNING.rank
    assert "The citation's archive link " in finding.reason
    assert finding.status != "pinned"
    if finding.edit is AmendmentKind.ADD_ARCHIVE:
        assert "replace the archive link by the archived copy" in finding.remedy.lower()
        assert finding.proven is covered.snapshot.verified


def test_without_a_better_copy_the_link_is_only_named() -> None:
    covered = coverage(Coverage.NONE, shown=False, link_fault=ArchiveLinkFault.OTHER_PAGE)
    _, finding = judge(case(*DEAD, cite=LINKED, coverage=covered), JudgePolicy(), NOW)
    assert (finding.edit, finding.proven) == (None, False)
    assert "remove the archive link" in finding.remedy.lower()


@pytest.mark.parametrize(
    ("link", "written", "named"),
    [
        ("https://web.archive.org/web/20140503120000/https://ink.example/a", "2014-05-03", False),
        ("https://web.archive.org/web/20140503120000/https://ink.example/a", "2014-05-04", False),
        ("https://web.archive.org/web/20140503120000/https://ink.example/a", "2014-05", False),
        ("https://web.archive.org/web/20140503120000/https://ink.example/a", "2015-06-07", True),
        ("https://web.archive.org/web/20140503id_/https://ink.example/a", "2014-06", True),
        ("https://archive.ph/AbCd1", "2015-06-07", False),
        ("https://web.archive.org/web/20149999120000/https://ink.example/a", "2015-06-07", False),
    ],
)
def test_a_copy_dated_otherwise_than_its_address_says_is_named(link: str, written: str, named: bool) -> None:
    beside = AccessDate(date=written, text=written, span=OLD.span)
    cited = replaced(OLD, archive_url=link, archived_on=beside)
    covered = coverage(Coverage.QUOTE_ANCHORED, pinned=True)
    _, finding = judge(case(ALIVE, facts=FOUND, cite=cited, coverage=covered), JudgePolicy(), NOW)
    assert ("bears another date" in finding.reason) is named
    assert (finding.edit is AmendmentKind.ADD_ARCHIVE and finding.proven) is named
    if named:
        assert finding.severity is Severity.WARNING
        assert finding.remedy == "Date the archived copy 3 May 2014."
