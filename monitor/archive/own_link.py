"""The archive link a citation carries itself: whether it is a capture, of the page cited, and shows it."""

import re
from dataclasses import dataclass

from monitor.archive.addresses import cited_capture
from monitor.archive.captures import IndexRow, Look, Seen, instant, plain
from monitor.archive.judgement.choose import Choice, Decision
from monitor.archive.judgement.facts import Fact, same_text
from monitor.archive.judgement.identity import keeps_name
from monitor.model.snapshot import ArchiveLinkFault, Coverage

_NO_CAPTURE = re.compile(
    r"^https?://(?:(?:(?:web|www|wayback)\.)?archive\.org/(?:save(?:/|$)|web/(?:\*|[^/]*\*)|web/?$|/?$)"
    r"|(?:www\.)?archive\.(?:today|is|ph|li|md|fo|vn)/(?:submit|search|$|\?))",
    re.IGNORECASE,
)
"""Pages of archives that show no capture: the form that makes one, the calendar, the front page."""


@dataclass(frozen=True, slots=True)
class LinkedCapture:
    """Where a citation's own archive link leads: 4 to 14 digits of time, and the address captured."""

    stamp: str
    original: str

    @property
    def padded(self) -> str:
        """Return the time with all its digits."""
        return (self.stamp + "00000101000000"[len(self.stamp) :])[:14]

    def moved(self, row: IndexRow) -> bool:
        """Tell whether the archive shows another instant than the one the link names to the second."""
        return len(self.stamp) == 14 and row.when != instant(self.stamp)


def place_of(archive_url: str, cited_url: str, replay_url: str) -> LinkedCapture | ArchiveLinkFault | None:
    """Return where an archive link leads, or what is wrong with it; None for another archive's link."""
    if _NO_CAPTURE.match(archive_url) or plain(archive_url) == plain(cited_url):
        return ArchiveLinkFault.NO_CAPTURE
    found = cited_capture(archive_url, replay_url)
    return None if found is None else LinkedCapture(*found)


def fault_of(seen: Seen, choice: Choice) -> ArchiveLinkFault | None:
    """Return what is wrong with the capture a citation links; None where nothing is, or nobody can tell."""
    if seen.look is Look.ELSEWHERE:
        return ArchiveLinkFault.VANISHED
    fact = choice.facts.judged(seen)
    if fact is Fact.BAD:
        return ArchiveLinkFault.SHOWS_NO_PAGE
    if fact in (Fact.FITS, Fact.TROUBLE):
        return None
    if not keeps_name(seen.original or seen.row.original, choice.url) or fact is Fact.ASTRAY:
        return ArchiveLinkFault.OTHER_PAGE
    return ArchiveLinkFault.LACKS_QUOTE if fact is Fact.LACKS else None


def pins(seen: Seen, choice: Choice, decision: Decision) -> bool:
    """Tell whether the capture a citation links shows what was cited.

    It bears the quote, or the title where nothing is quoted, or reads as the copies around the date do.
    """
    if seen.look is not Look.PAGE or fault_of(seen, choice) is not None:
        return False
    if choice.facts.judged(seen) is Fact.FITS:
        return True
    cited = choice.seen.get(decision.row) if decision.row else None
    if choice.wanted.quote or decision.coverage is not Coverage.BRACKETED or cited is None:
        return False
    return cited.page is not None and seen.page is not None and same_text(seen.page, cited.page)
