"""Which capture shows what the author saw: docs/design.md#snapshots as pure functions.

The choice is a conversation: given what the index lists and what was seen so far, it names the next
capture to look at, or the decision. Nothing here waits or asks.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from monitor.archive.captures import IndexRow, Seen
from monitor.archive.judgement.facts import HOLDING, CaptureFacts, Fact, same_text
from monitor.archive.judgement.gallop import next_look
from monitor.archive.judgement.usable_rows import Medium, expected, medium, told_types, usable
from monitor.model.citation import access_interval, last_day
from monitor.model.page import PageText
from monitor.model.snapshot import Coverage, OpenReason, SnapshotWanted

NEARBY = 10
"""So many captures are looked at one by one, nearest first, before leaping."""
PATIENCE = 3
"""So many pages without the title are passed over for one that may bear it."""


@dataclass(frozen=True, slots=True)
class Fetch:
    """Look at this capture next."""

    row: IndexRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The answer for one citation. `row` is the capture to cite, or for `none` the one to name."""

    coverage: Coverage
    row: IndexRow | None = None
    before: IndexRow | None = None
    after: IndexRow | None = None
    verified: bool = False
    open: OpenReason | None = None
    reason: str | None = None


@dataclass(slots=True)
class Choice:
    """One citation's conversation. `seen` is shared by all citations of the source."""

    wanted: SnapshotWanted
    url: str
    now: datetime
    rows: Sequence[IndexRow]
    seen: Mapping[IndexRow, Seen]
    live_type: str | None = None
    """The media type the cited address serves today."""
    near_days: float = 30.0
    max_bodies: int = 30
    interval: tuple[datetime, datetime] | None = field(init=False)
    """The access interval; None where the date gives none."""
    facts: CaptureFacts = field(init=False)
    _told: Mapping[str | None, str] = field(default_factory=dict)
    _own: list[IndexRow] = field(default_factory=list)
    _others: list[IndexRow] = field(default_factory=list)
    _ordered: int = -1

    def __post_init__(self) -> None:
        self.interval = access_interval(self.wanted.access_date, self.now)
        self.facts = CaptureFacts(self.wanted, self.url, self.seen)
        self._know_media()

    def _know_media(self) -> None:
        self._told = told_types(self.rows)
        self.facts.meant = expected(self.wanted, self.url, self.live_type, self.rows)

    def _of_another_medium(self, row: IndexRow) -> bool:
        """Tell whether a capture is of another medium than the one the citation means."""
        if self.facts.meant is None or row.redirect:
            return False
        return medium(row, self._told) not in (self.facts.meant, Medium.UNTOLD)

    def step(self) -> Fetch | Decision:
        """Return the next capture to look at, or the decision."""
        if self._ordered != len(self.rows):  # a popular page has tens of thousands
            self._know_media()
            listed, rank = usable(self.rows, self.url), self._rank()
            self._own, self._others = sorted(listed.own, key=rank), sorted(listed.others, key=rank)
            self._ordered = len(self.rows)
        decide = self._by_quote if self.wanted.quote else self._by_text
        step = decide(self._own)
        if isinstance(step, Fetch) or step.coverage is not Coverage.NONE or not self._others:
            return step
        return self._from_others(decide(self._others), step)

    @staticmethod
    def _from_others(step: Fetch | Decision, own: Decision) -> Fetch | Decision:
        """Return what captures of other addresses under the same key say: a quote proves, text does not."""
        if isinstance(step, Fetch) or step.verified or step.coverage is Coverage.UNKNOWN:
            return step
        if own.row is not None or step.row is None:
            return own
        covered = step.coverage is not Coverage.NONE
        return replace(step, coverage=Coverage.NEAR if covered else Coverage.NONE, before=None, after=None)

    # -- order

    def _middle(self) -> datetime | None:
        interval = self.interval
        return None if interval is None else interval[0] + (interval[1] - interval[0]) / 2

    def distance(self, row: IndexRow) -> timedelta:
        """Return how far a capture lies outside the access interval; zero inside, or without one."""
        interval = self.interval
        if interval is None:
            return timedelta(0)
        return max(interval[0] - row.when, row.when - interval[1], timedelta(0))

    def _rank(self) -> Callable[[IndexRow], tuple[object, ...]]:
        middle, counts = self._middle(), self._digest_counts()
        cited, other = self.url.split("#", 1)[0], self._of_another_medium

        def detail(row: IndexRow) -> tuple[object, ...]:
            return row.redirect, row.original != cited, -row.length

        if middle is not None:
            return lambda r: (
                other(r), self.distance(r), r.when > middle, abs(r.when - middle), *detail(r), r.stamp,
            )  # fmt: skip
        # No interval: any capture holding the quote is right. The text that stood longest comes first;
        # a date before the archives' time means the oldest, any other the newest.
        end = last_day(self.wanted.access_date)
        sign = 1 if end is not None and end < self.now.date() else -1
        return lambda r: (
            other(r), -counts.get(r.digest, 1), *detail(r)[:2], sign * r.when.timestamp(), *detail(r)[2:],
        )  # fmt: skip

    def _digest_counts(self) -> dict[str | None, int]:
        counts: dict[str | None, int] = {}
        for row in self.rows:
            if row.digest:
                counts[row.digest] = counts.get(row.digest, 0) + 1
        return counts

    def _sides(self, candidates: Sequence[IndexRow]) -> tuple[list[IndexRow], list[IndexRow]]:
        """Return the captures before the access, latest first, and after it, earliest first."""
        middle = self._middle()
        if middle is None:
            return [], []
        before = sorted((r for r in candidates if r.when <= middle), key=lambda r: (r.when, not r.redirect))
        after = sorted((r for r in candidates if r.when > middle), key=lambda r: (r.when, r.redirect))
        return before[::-1], after

    def _around(self, candidates: Sequence[IndexRow]) -> tuple[list[IndexRow], list[IndexRow]]:
        """Return the captures not after the access, latest first, and not before it, earliest first.

        A capture inside the access interval is neither before nor after it but at it: it stands on
        both sides, so what was captured while the author may have looked brackets by itself.
        """
        interval = self.interval
        if interval is None:
            return [], []
        start, end = interval
        candidates = [row for row in candidates if not self._of_another_medium(row)]
        before = sorted((r for r in candidates if r.when <= end), key=lambda r: (r.when, not r.redirect))
        after = sorted((r for r in candidates if r.when >= start), key=lambda r: (r.when, r.redirect))
        return before[::-1], after

    # -- with a quote

    def _by_quote(self, candidates: Sequence[IndexRow]) -> Fetch | Decision:
        lacking, unreadable = None, None
        for row in candidates:
            fact = self.facts.of(row)
            if fact is None:
                looked = sum(r in self.seen for r in candidates)
                return Fetch(row) if looked < NEARBY else self._leap(candidates, looked)
            if fact is Fact.TROUBLE:
                return _failed(f"capture {row.stamp} could not be read: {self.seen[row].reason}")
            if fact in HOLDING:
                if self.facts.of(row, own=True) is None:
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

    def _leap(self, candidates: Sequence[IndexRow], looked: int) -> Fetch | Decision:
        """Look farther than one capture at a time, once the nearest ones were of no use."""
        sides = [candidates] if self.interval is None else self._sides(candidates)
        facts = [[None if (fact := self.facts.of(r)) is None else fact in HOLDING for r in s] for s in sides]
        place = next_look(facts)
        if place is not None and looked < self.max_bodies:
            return Fetch(sides[place[0]][place[1]])
        holding = next((r for r in candidates if self.facts.of(r) in HOLDING), None)
        if holding is None:
            return _unread(f"none of {looked} captures looked at holds the quote; others were not looked at")
        if self.facts.of(holding, own=True) is None:
            return Fetch(holding)
        return self._anchored(holding, candidates)

    def _anchored(self, row: IndexRow, candidates: Sequence[IndexRow]) -> Fetch | Decision:
        sides: list[IndexRow | None] = []
        for side in self._around(candidates):
            found = self._first_usable(side)
            if isinstance(found, Fetch):
                return found
            sides.append(found)
        before, after = sides
        verified = self.facts.of(row) is Fact.FITS
        both = all(side is not None and self.facts.of(side) in HOLDING for side in sides)
        # One capture made while the author may have looked stands on both sides, if it is proven.
        both = both and (before is not after or verified)
        return Decision(
            coverage=Coverage.BRACKETED if both else Coverage.QUOTE_ANCHORED,
            row=row, before=before, after=after, verified=verified,
        )  # fmt: skip

    def _first_usable(self, side: Sequence[IndexRow]) -> IndexRow | Fetch | None:
        """Return the first capture of a side that shows the page, or what to look at to know.

        This only grades a snapshot already found, so a row of error pages is not read through.
        """
        patience = PATIENCE
        for row in side:
            fact = self.facts.of(row)
            if fact is None:
                return Fetch(row) if patience > 0 and len(self.seen) < self.max_bodies else None
            if fact is Fact.TROUBLE:
                return None
            if fact not in (Fact.BAD, Fact.ASTRAY):
                return row
            patience -= row in self.seen
        return None

    # -- without a quote

    def _by_text(self, candidates: Sequence[IndexRow]) -> Fetch | Decision:
        found = self._nearest_page(candidates)
        if isinstance(found, Fetch | Decision):
            return found
        verified = self.facts.of(found, own=True) is Fact.FITS
        if self.interval is None:
            reason = "no access date to measure from"
            return Decision(coverage=Coverage.NEAR, row=found, verified=verified, reason=reason)
        pair = self._same_text(found, candidates)
        if isinstance(pair, Fetch):
            return pair
        if pair is not None and (pair[0] is not pair[1] or (verified and pair[0] == found)):
            before, after = pair
            return Decision(
                coverage=Coverage.BRACKETED, row=found, before=before, after=after, verified=verified
            )
        if self._near(found):
            return Decision(coverage=Coverage.NEAR, row=found, verified=verified)
        reason = f"the nearest capture is {self.distance(found).days} days away"
        return Decision(coverage=Coverage.NONE, row=found, reason=reason)

    def _nearest_page(self, candidates: Sequence[IndexRow]) -> IndexRow | Fetch | Decision:
        """Return the nearest capture that bears the title, else the nearest that shows a page.

        What stands nearer without the title may be a wall nobody knows yet, so a few more are looked
        at, if the title tells pages apart. What they show may be looked at in any number of captures.
        """
        plain_page: IndexRow | None = None
        astray: IndexRow | None = None
        spent = 0
        for row in candidates:
            fact = self.facts.of(row, own=True)
            if fact is None:
                known = self.facts.of(row)
                if known in (Fact.BAD, Fact.ASTRAY) or (
                    plain_page and known is not None and known is not Fact.FITS
                ):
                    continue
                if plain_page and (spent >= PATIENCE or not self._near(row)):
                    break
                if sum(r in self.seen for r in candidates) >= self.max_bodies:
                    return plain_page or _unread("too many captures that show no page")
                return Fetch(row)
            if fact is Fact.FITS:
                return row
            if fact is Fact.TROUBLE and plain_page is None:
                return _failed(f"capture {row.stamp} could not be read: {self.seen[row].reason}")
            if fact is Fact.ASTRAY:
                astray = astray or row
            elif fact in (Fact.SHOWS, Fact.UNREADABLE):
                plain_page = plain_page or row
                spent += 1
                if not self.facts.titled:
                    break
        if plain_page is not None:
            return plain_page
        reason = "only captures that may show another page" if astray else "no usable capture"
        return Decision(coverage=Coverage.NONE, row=astray, reason=reason)

    def _same_text(
        self, chosen: IndexRow, candidates: Sequence[IndexRow]
    ) -> tuple[IndexRow, IndexRow] | Fetch | None:
        """Return the bracketing pair if everything from one to the other, and the choice, shows one text."""
        pair: list[IndexRow] = []
        for side in self._around(candidates):
            found = self._first_usable(side)
            if isinstance(found, Fetch):
                return found
            if found is None:
                return None
            pair.append(found)
        before, after = pair
        distinct: list[IndexRow] = []
        inside = [r for r in candidates if not self.distance(r)]
        for row in (before, after, chosen, *inside):
            known = row.digest and not row.redirect and any(row.digest == r.digest for r in distinct)
            if not known and row not in distinct and self.facts.of(row) not in (Fact.BAD, Fact.ASTRAY):
                distinct.append(row)
        texts: list[PageText] = []
        for row in distinct if len(distinct) > 1 else ():
            seen = self._body_of(row)
            if seen is None:
                return Fetch(row) if len(self.seen) < self.max_bodies else None
            if self.facts.judged(seen) in (Fact.BAD, Fact.ASTRAY):
                continue
            if seen.page is None:
                return None
            texts.append(seen.page)
        return (before, after) if all(same_text(texts[0], t) for t in texts[1:]) else None

    def _body_of(self, row: IndexRow) -> Seen | None:
        if row in self.seen:
            return self.seen[row]
        if not row.digest or row.redirect:
            return None
        return next((s for r, s in self.seen.items() if r.digest == row.digest and s.page), None)

    def _near(self, row: IndexRow) -> bool:
        return self.distance(row) <= timedelta(days=self.near_days)


def _failed(reason: str) -> Decision:
    return Decision(coverage=Coverage.UNKNOWN, open=OpenReason.FAILED, reason=reason)


def _unread(reason: str) -> Decision:
    return Decision(coverage=Coverage.UNKNOWN, open=OpenReason.UNREAD, reason=reason)
