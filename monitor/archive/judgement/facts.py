"""What a capture that was looked at says for one citation. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from monitor.archive.captures import IndexRow, Look, Seen, plain
from monitor.archive.judgement.identity import has_route, keeps_name
from monitor.archive.judgement.usable_rows import Medium
from monitor.model.page import PageText, QuoteMatch
from monitor.model.snapshot import SnapshotWanted
from monitor.page.fold import fold, tokens
from monitor.page.quote.drift import shingles
from monitor.page.quote.match import match_quote
from monitor.page.quote.titles import title_matches

SAME_CONTAINMENT = 0.95
TELLING_WORDS = 4
"""A cited title of so many words is looked for in the text too; a shorter one stands in many texts."""

HEAD_WORDS = 60


class Fact(StrEnum):
    """What is known of a capture, for one citation."""

    FITS = "fits"
    """It bears the quote or, where nothing is quoted, the cited title: a proof."""
    SHOWS = "shows"
    """It shows a page of the cited address, and nothing more ties it to the citation."""
    LACKS = "lacks"
    """It shows a page without the quote."""
    ASTRAY = "astray"
    """It shows a page that may be another: of another address, of a redirect, of another media type."""
    BAD = "bad"
    UNREADABLE = "unreadable"
    TROUBLE = "trouble"


HOLDING = frozenset({Fact.FITS, Fact.SHOWS})


@dataclass(slots=True)
class CaptureFacts:
    """What was seen, as one citation reads it. `url` is the cited address, with what follows `#`."""

    wanted: SnapshotWanted
    url: str
    seen: Mapping[IndexRow, Seen]
    meant: Medium | None = None
    """What the citation cites, a page or a PDF, if anything tells."""
    titled: bool = field(init=False)
    """Whether the citation's title can tell pages apart."""
    _quotes: dict[int, QuoteMatch] = field(default_factory=dict)
    _titles: dict[int, bool] = field(default_factory=dict)
    _content: dict[str, Fact] = field(default_factory=dict)
    _weighed: int = -1

    def __post_init__(self) -> None:
        self.titled = title_matches(self.wanted.title, PageText(title=self.wanted.title))

    def of(self, row: IndexRow, *, own: bool = False) -> Fact | None:
        """Return what is known of a capture: by its own body or, unless `own`, by one of equal digest."""
        seen = self.seen.get(row)
        if seen is not None:
            return self.judged(seen)
        if own or row.redirect or not row.digest:
            return None
        if self._weighed != len(self.seen):
            self._content, self._weighed = self._by_digest(), len(self.seen)
        return self._content.get(row.digest)

    def _by_digest(self) -> dict[str, Fact]:
        """Return what the bodies read say of every capture of equal digest."""
        facts: dict[str, Fact] = {}
        for row, seen in self.seen.items():
            if row.digest and not row.redirect and not seen.chain and seen.look is not Look.ELSEWHERE:
                fact = self.judged(seen)
                if fact is not Fact.TROUBLE:
                    facts.setdefault(row.digest, fact)
        return facts

    def judged(self, seen: Seen) -> Fact:
        """Return what one look says."""
        if seen.look is Look.TROUBLE:
            return Fact.TROUBLE
        if seen.look is Look.ELSEWHERE or seen.hard:
            return Fact.BAD
        if seen.look is Look.UNREADABLE:
            return Fact.ASTRAY if self._elsewhere(seen) else Fact.UNREADABLE
        return self._quoted(seen) if self.wanted.quote else self._unquoted(seen)

    def _quoted(self, seen: Seen) -> Fact:
        rejected = seen.look is Look.REJECTED
        match = self._quote_match(seen.page)
        if match is QuoteMatch.FOUND:
            return Fact.FITS
        if rejected or match is not QuoteMatch.WEAK:
            # Too short a quote proves nothing against what else the page says of itself.
            return Fact.BAD if rejected else Fact.LACKS
        if self.fits(seen):
            return Fact.FITS
        return Fact.LACKS if self._elsewhere(seen) else Fact.SHOWS

    def _unquoted(self, seen: Seen) -> Fact:
        if seen.look is Look.REJECTED:
            return Fact.BAD
        if self.meant is Medium.PDF and not seen.pdf:
            return Fact.ASTRAY
        elsewhere = self._elsewhere(seen)
        if self.fits(seen):
            # A whole site may share a title: on another address it is no proof.
            return Fact.SHOWS if elsewhere and not seen.chain else Fact.FITS
        return Fact.ASTRAY if elsewhere or (seen.offsite and self.titled) else Fact.SHOWS

    def _elsewhere(self, seen: Seen) -> bool:
        """Tell whether a page may be another one, by its address."""
        page = seen.page
        if page is not None and page.canonical and plain(page.canonical) == plain(self.url):
            return has_route(self.url)
        if has_route(self.url):
            return True
        if seen.chain:
            return not keeps_name(seen.chain[-1], self.url)
        return plain(seen.original or seen.row.original) != plain(self.url)

    def _quote_match(self, page: PageText | None) -> QuoteMatch:
        """Return FOUND, WEAK for a short quote that stands there whole, else ABSENT."""
        if page is None:
            return QuoteMatch.ABSENT
        known = self._quotes.get(id(page))
        if known is None:
            result = match_quote(self.wanted.quote, page)
            whole = result.match is QuoteMatch.WEAK and result.score == 100.0
            known = result.match if whole or result.match is QuoteMatch.FOUND else QuoteMatch.ABSENT
            self._quotes[id(page)] = known
        return known

    def fits(self, seen: Seen) -> bool:
        """Tell whether a capture bears the cited title: as its own, as a heading, or in its text.

        A short title stands in many texts; it counts at the head of a PDF only, which has no other title.
        """
        page = seen.page
        if page is None or not self.titled:
            return False
        known = self._titles.get(id(page))
        if known is None:
            known = self._titles[id(page)] = title_matches(self.wanted.title, page) or self._in_text(
                seen, page
            )
        return known

    def _in_text(self, seen: Seen, page: PageText) -> bool:
        title = tokens(fold(self.wanted.title or ""))
        if title[-1:] == ["pdf"]:
            title = title[:-1]
        if len(title) < TELLING_WORDS and not seen.pdf:
            return False
        text = tokens(fold(page.main or page.visible))
        if len(title) < TELLING_WORDS:
            text = text[:HEAD_WORDS]
        return f" {' '.join(title)} " in f" {' '.join(text)} "


def same_text(one: PageText, two: PageText) -> bool:
    """Tell whether two captures show the same text: 95 % of either's shingles stand in the other."""
    a, b = shingles(one.main or one.visible), shingles(two.main or two.visible)
    if not a or not b:
        return a == b
    shared = len(a & b)
    return shared / len(a) >= SAME_CONTAINMENT and shared / len(b) >= SAME_CONTAINMENT
