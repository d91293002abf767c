"""Which capture shows what the author saw: docs/design.md#snapshots as pure functions.

The choice is a conversation: given what the index lists and what was seen so far, it names the next
capture to look at, or the decision. Nothing here waits or asks.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from monitor.archive.captures import Look, Row, Seen, plain
from monitor.archive.judgement.gallop import next_look
from monitor.archive.judgement.usable_rows import usable
from monitor.model.citation import access_interval, last_day
from monitor.model.page import PageText, QuoteMatch
from monitor.model.snapshot import Coverage, OpenReason, SnapshotWanted
from monitor.page.quote.drift import shingles
from monitor.page.quote.match import match_quote
from monitor.page.quote.titles import title_matches

SAME_CONTAINMENT = 0.95
NEARBY = 10
"""So many captures are looked at one by one, nearest first, before leaping."""
PATIENCE = 3


class Fact(StrEnum):
    """What is known of a capture, for one citation."""

    HOLDS = "holds"
    LACKS = "lacks"
    BAD = "bad"
    UNREADABLE = "unreadable"
    TROUBLE = "trouble"


@dataclass(frozen=True, slots=True)
class Fetch:
    """Look at this capture next."""

    row: Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The answer for one citation. `row` is the capture to cite, or for `none` the one to name."""

    coverage: Coverage
    row: Row | None = None
    before: Row | None = None
    after: Row | None = None
    verified: bool = False
    open: OpenReason | None = None
    reason: str | None = None


@dataclass(slots=True)
class Choice:
    """One citation's conversation. `seen` is shared by all citations of the source."""

    wanted: SnapshotWanted
    url: str
    now: datetime
    rows: Sequence[Row]
    seen: Mapping[Row, Seen]
    near_days: float = 30.0
    max_bodies: int = 30
    interval: tuple[datetime, datetime] | None = field(init=False)
    """The access interval; None where the date gives none."""
    _quotes: dict[int, QuoteMatch] = field(default_factory=dict)
    _order: list[Row] = field(default_factory=list)
    _ordered: int = -1
    _content: dict[str, Fact] = field(default_factory=dict)
    _weighed: int = -1

    def __post_init__(self) -> None:
        self.interval = access_interval(self.wanted.access_date, self.now)

    def step(self) -> Fetch | Decision:
        """Return the next capture to look at, or the decision."""
        if self._ordered != len(self.rows):  # a popular page has tens of thousands
            listed = usable(self.rows, self.url, quoted=bool(self.wanted.quote))
            self._order, self._ordered = sorted(listed, key=self._rank()), len(self.rows)
        return self._by_quote(self._order) if self.wanted.quote else self._by_text(self._order)

    # -- order

    def _middle(self) -> datetime | None:
        interval = self.interval
        return None if interval is None else interval[0] + (interval[1] - interval[0]) / 2

    def distance(self, row: Row) -> timedelta:
        """Return how far a capture lies outside the access interval; zero inside, or without one."""
        interval = self.interval
        if interval is None:
            return timedelta(0)
        return max(interval[0] - row.when, row.when - interval[1], timedelta(0))

    def _rank(self) -> Callable[[Row], tuple[object, ...]]:
        middle, counts = self._middle(), self._digest_counts()
        cited, own = self.url.split("#", 1)[0], plain(self.url)

        def detail(row: Row) -> tuple[object, ...]:
            return row.redirect, plain(row.original) != own, row.original != cited, -row.length

        if middle is not None:
            return lambda r: (self.distance(r), r.when > middle, abs(r.when - middle), *detail(r), r.stamp)
        # No interval: any capture holding the quote is right. The text that stood longest comes first;
        # a date before the archives' time means the oldest, any other the newest.
        end = last_day(self.wanted.access_date)
        sign = 1 if end is not None and end < self.now.date() else -1
        return lambda r: (-counts.get(r.digest, 1), *detail(r)[:2], sign * r.when.timestamp(), *detail(r)[2:])

    def _digest_counts(self) -> dict[str | None, int]:
        counts: dict[str | None, int] = {}
        for row in self.rows:
            if row.digest:
                counts[row.digest] = counts.get(row.digest, 0) + 1
        return counts

    def _sides(self, candidates: Sequence[Row]) -> tuple[list[Row], list[Row]]:
        """Return the captures before the access, latest first, and after it, earliest first."""
        middle = self._middle()
        if middle is None:
            return [], []
        before = sorted((r for r in candidates if r.when <= middle), key=lambda r: (r.when, not r.redirect))
        after = sorted((r for r in candidates if r.when > middle), key=lambda r: (r.when, r.redirect))
        return before[::-1], after

    def _around(self, candidates: Sequence[Row]) -> tuple[list[Row], list[Row]]:
        """Return the captures not after the access, latest first, and not before it, earliest first.

        A capture inside the access interval is neither before nor after it but at it: it stands on
        both sides, so what was captured while the author may have looked brackets by itself.
        """
        interval = self.interval
        if interval is None:
            return [], []
        start, end = interval
        before = sorted((r for r in candidates if r.when <= end), key=lambda r: (r.when, not r.redirect))
        after = sorted((r for r in candidates if r.when >= start), key=lambda r: (r.when, r.redirect))
        return before[::-1], after

    # -- facts

    def _fact(self, row: Row, *, own: bool = False) -> Fact | None:
        """Return what is known of a capture: by its own body or, unless `own`, by one of equal digest."""
        seen = self.seen.get(row)
        if seen is not None:
            return self._judge(seen)
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
                fact = self._judge(seen)
                if fact is not Fact.TROUBLE:
                    facts.setdefault(row.digest, fact)
        return facts

    def _judge(self, seen: Seen) -> Fact:
        if seen.look is Look.TROUBLE:
            return Fact.TROUBLE
        if seen.look is Look.ELSEWHERE or seen.hard:
            return Fact.BAD
        if seen.look is Look.UNREADABLE:
            return Fact.UNREADABLE
        rejected = seen.look is Look.REJECTED
        if self.wanted.quote:
            match = self._quote_match(seen.page)
            # Too short a quote proves nothing against what else the page says of itself.
            if match is QuoteMatch.FOUND or (match is QuoteMatch.WEAK and not rejected):
                return Fact.HOLDS
            return Fact.BAD if rejected else Fact.LACKS
        # A redirect to another site shows the source only if that page bears its title.
        astray = seen.offsite and self.wanted.title and not self._titled(seen.page)
        return Fact.BAD if rejected or astray else Fact.HOLDS

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

    def _titled(self, page: PageText | None) -> bool:
        return page is not None and title_matches(self.wanted.title, page)

    # -- with a quote

    def _by_quote(self, candidates: Sequence[Row]) -> Fetch | Decision:
        lacking, unreadable = None, None
        for row in candidates:
            fact = self._fact(row)
            if fact is None:
                looked = sum(r in self.seen for r in candidates)
                return Fetch(row) if looked < NEARBY else self._leap(candidates, looked)
            if fact is Fact.TROUBLE:
                return _failed(f"capture {row.stamp} could not be read: {self.seen[row].reason}")
            if fact is Fact.HOLDS:
                if self._fact(row, own=True) is None:
                    return Fetch(row)
                return self._anchored(row, candidates)
            lacking = lacking or (row if fact is Fact.LACKS else None)
            unreadable = unreadable or (row if fact is Fact.UNREADABLE else None)
        if unreadable is not None and self._near(unreadable):
            reason = "the capture's text cannot be read, so the quote is untested"
            return Decision(coverage=Coverage.NEAR, row=unreadable, reason=reason)
        named = lacking or unreadable
        reason = "no capture holds the quote" if named else "no usable capture"
        return Decision(coverage=Coverage.NONE, row=named, reason=reason)

    def _leap(self, candidates: Sequence[Row], looked: int) -> Fetch | Decision:
        """Look farther than one capture at a time, once the nearest ones were of no use."""
        sides = [candidates] if self.interval is None else self._sides(candidates)
        facts = [[None if (fact := self._fact(r)) is None else fact is Fact.HOLDS for r in s] for s in sides]
        place = next_look(facts)
        if place is not None and looked < self.max_bodies:
            return Fetch(sides[place[0]][place[1]])
        holding = next((r for r in candidates if self._fact(r) is Fact.HOLDS), None)
        if holding is None:
            return _unread(f"none of {looked} captures looked at holds the quote; others were not looked at")
        if self._fact(holding, own=True) is None:
            return Fetch(holding)
        return self._anchored(holding, candidates)

    def _anchored(self, row: Row, candidates: Sequence[Row]) -> Fetch | Decision:
        sides: list[Row | None] = []
        for side in self._around(candidates):
            found = self._first_usable(side)
            if isinstance(found, Fetch):
                return found
            sides.append(found)
        before, after = sides
        facts = [self._fact(r) if r else None for r in (before, after)]
        both = facts == [Fact.HOLDS, Fact.HOLDS]
        return Decision(
            coverage=Coverage.BRACKETED if both else Coverage.QUOTE_ANCHORED,
            row=row, before=before, after=after, verified=True,
        )  # fmt: skip

    def _first_usable(self, side: Sequence[Row]) -> Row | Fetch | None:
        """Return the first capture of a side that shows the page, or what to look at to know.

        This only grades a snapshot already found, so a row of error pages is not read through.
        """
        patience = PATIENCE
        for row in side:
            fact = self._fact(row)
            if fact is None:
                return Fetch(row) if patience > 0 and len(self.seen) < self.max_bodies else None
            if fact is Fact.TROUBLE:
                return None
            if fact is not Fact.BAD:
                return row
            patience -= row in self.seen
        return None

    # -- without a quote

    def _by_text(self, candidates: Sequence[Row]) -> Fetch | Decision:
        nearest = None
        for row in candidates:
            fact = self._fact(row, own=True)
            if fact is None and self._fact(row) is Fact.BAD:  # known by its digest
                continue
            if fact is None:
                if sum(r in self.seen for r in candidates) >= self.max_bodies:
                    return _unread("too many captures that show no page")
                return Fetch(row)
            if fact is Fact.TROUBLE:
                return _failed(f"capture {row.stamp} could not be read: {self.seen[row].reason}")
            if fact is not Fact.BAD:
                nearest = row
                break
        if nearest is None:
            return Decision(coverage=Coverage.NONE, reason="no usable capture")
        page = self.seen[nearest].page
        titled = self._titled(page)
        if self.interval is None:
            return Decision(
                coverage=Coverage.NEAR, row=nearest, verified=titled, reason="no access date to measure from"
            )
        pair = self._same_text(candidates)
        if isinstance(pair, Fetch):
            return pair
        if pair is not None:
            before, after = pair
            return Decision(
                coverage=Coverage.BRACKETED, row=nearest, before=before, after=after, verified=titled
            )
        if self._near(nearest):
            return Decision(coverage=Coverage.NEAR, row=nearest, verified=titled)
        days = self.distance(nearest).days
        return Decision(
            coverage=Coverage.NONE, row=nearest, reason=f"the nearest capture is {days} days away"
        )

    def _same_text(self, candidates: Sequence[Row]) -> tuple[Row, Row] | Fetch | None:
        """Return the bracketing pair if everything from one to the other shows the same text."""
        pair: list[Row] = []
        for side in self._around(candidates):
            found = self._first_usable(side)
            if isinstance(found, Fetch):
                return found
            if found is None:
                return None
            pair.append(found)
        before, after = pair
        distinct: list[Row] = []
        inside = [r for r in candidates if not self.distance(r)]
        for row in (before, after, *inside):
            known = row.digest and not row.redirect and any(row.digest == r.digest for r in distinct)
            if not known and row not in distinct and self._fact(row) is not Fact.BAD:
                distinct.append(row)
        texts: list[PageText] = []
        for row in distinct if len(distinct) > 1 else ():
            seen = self._body_of(row)
            if seen is None:
                return Fetch(row) if len(self.seen) < self.max_bodies else None
            if self._judge(seen) is Fact.BAD:
                continue
            if seen.page is None:
                return None
            texts.append(seen.page)
        return (before, after) if all(same_text(texts[0], t) for t in texts[1:]) else None

    def _body_of(self, row: Row) -> Seen | None:
        if row in self.seen:
            return self.seen[row]
        if not row.digest or row.redirect:
            return None
        return next((s for r, s in self.seen.items() if r.digest == row.digest and s.page), None)

    def _near(self, row: Row) -> bool:
        return self.distance(row) <= timedelta(days=self.near_days)

    def fact(self, row: Row) -> Fact | None:
        """Return what is known of a capture for this citation."""
        return self._fact(row)


def same_text(one: PageText, two: PageText) -> bool:
    """Tell whether two captures show the same text: 95 % of either's shingles stand in the other."""
    a, b = shingles(one.main or one.visible), shingles(two.main or two.visible)
    if not a or not b:
        return a == b
    shared = len(a & b)
    return shared / len(a) >= SAME_CONTAINMENT and shared / len(b) >= SAME_CONTAINMENT


def _failed(reason: str) -> Decision:
    return Decision(coverage=Coverage.UNKNOWN, open=OpenReason.FAILED, reason=reason)


def _unread(reason: str) -> Decision:
    return Decision(coverage=Coverage.UNKNOWN, open=OpenReason.UNREAD, reason=reason)
