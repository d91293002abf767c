"""One citation's facts as the rules ask for them."""

import datetime as dt
from dataclasses import dataclass, field
from functools import cached_property

from monitor.judge.change_rate import PageClass, age_limit_days, page_class
from monitor.judge.policy import JudgePolicy
from monitor.model.case import Case
from monitor.model.citation import AccessDate, first_day, last_day, misdated_copy
from monitor.model.history import LinkHistory, LinkState
from monitor.model.observation import MOVE_SHOWN, Observation, Outcome
from monitor.model.page import Drift, QuoteMatch
from monitor.model.site import is_local
from monitor.model.snapshot import ArchiveLinkFault, Coverage, CoverageResult, Snapshot
from monitor.model.urls import with_fragment

FIRST_WEB_PAGE = dt.date(1991, 8, 6)
"""The web was announced to the public on this day; nobody accessed a page before."""

ZONE_DAYS = dt.timedelta(days=1)
"""A date may be a day ahead of ours, or a day behind a publication's, by time zone alone."""


@dataclass(kw_only=True, eq=False)
class View:
    """A case under judgement; nobody changes it. `void` says why the present run concludes nothing.

    What nearly every rule asks for is found at once, the rest when it is asked for.
    """

    case: Case
    history: LinkHistory
    policy: JudgePolicy
    now: dt.datetime
    one_off: bool = False
    void: str | None = None
    today: dt.date = field(init=False)
    """N."""
    local: bool = field(init=False)
    """Whether the citation is a link to a file of the site's own."""
    claim: AccessDate | None = field(init=False)
    """The access date that counts: the latest."""
    accessed: dt.date | None = field(init=False)
    """D: the last day the access date may mean, but never a day to come."""
    observation: Observation | None = field(init=False)
    """The newest observation."""
    outcome: Outcome = field(init=False)
    """What the newest observation amounts to."""
    readable: bool = field(init=False)
    """Whether a page of the source itself was read."""
    dead: bool = field(init=False)
    """Whether the link is proven dead."""
    quote: QuoteMatch = field(init=False)
    """How the quote stands on the page; for a citation that quotes nothing, NONE."""
    weighs_confirmation: bool = field(init=False, default=False)
    """Whether a rule asked when the citation was last confirmed: no other finding turns on it."""

    def __post_init__(self) -> None:
        case, cited, state = self.case, self.case.citation, self.history.state
        self.today = self.now.astimezone(dt.UTC).date()
        self.local = is_local(cited.url or "")
        self.claim = cited.access_date
        last = self.claim.last_day if self.claim else None
        self.accessed = None if last is None else min(last, self.today)
        self.observation = case.observations[-1].observation if case.observations else None
        self.outcome = self.observation.outcome if self.observation else Outcome.UNCHECKED
        self.readable = state is LinkState.ALIVE and self.outcome.readable
        self.dead = state is LinkState.DEAD
        match = case.facts.quote.match if case.facts else QuoteMatch.UNKNOWN
        self.quote = QuoteMatch.NONE if match is QuoteMatch.UNKNOWN and not cited.quote else match

    @property
    def read_on(self) -> dt.date:
        """Return the day of the newest observation: the day a proof was found, never a day to come."""
        if not self.case.observations:
            return self.today
        return min(self.case.observations[-1].last_seen_at.astimezone(dt.UTC).date(), self.today)

    @cached_property
    def missing_fragment(self) -> str | None:
        """Return the fragment of the citation's address, where the page read has no such place."""
        missing = self.readable and self.case.facts is not None and self.case.facts.fragment_missing
        return self.case.citation.fragment if missing else None

    @property
    def fragment(self) -> str:
        """Return the place on the page that the citation's address names, "" where it is not there."""
        return "" if self.missing_fragment else self.case.citation.fragment

    @property
    def quote_too_short(self) -> bool:
        """Return whether the quote stands on the page, too short to tell it from others."""
        return self.case.facts is not None and self.case.facts.quote.too_short

    @property
    def drift(self) -> Drift:
        """Return how far the page moved from what the author saw."""
        return self.case.facts.drift if self.case.facts else Drift.UNKNOWN

    @cached_property
    def proof(self) -> str | None:
        """Return why the source still says what is cited, in words; None without proof."""
        if not self.readable:
            return None
        if self.quote is QuoteMatch.FOUND:
            return "the quoted words stand on the page"
        if self.drift is Drift.SAME and self.quote_too_short:
            return "the quoted words stand on the page, and it reads as the archived copy of that time does"
        if self.quote is QuoteMatch.NONE and self.drift is Drift.SAME:
            return "the page reads as the archived copy of that time does"
        return None

    @cached_property
    def contradiction(self) -> str | None:
        """Return what on a readable page speaks against the citation, in words."""
        if not self.readable or self.quote is QuoteMatch.FOUND:
            return None
        if self.quote is QuoteMatch.ABSENT:
            return "the quoted words are not on the page"
        if self.quote is QuoteMatch.ALTERED:
            diff = self.case.facts.quote.diff if self.case.facts else None
            return f"the page words the quote differently{f': {diff}' if diff else ''}"
        if self.drift is Drift.REPLACED:
            return "the page holds another text than the archived copy of that time"
        if self.drift is Drift.MAJOR:
            return "most of the text of the archived copy of that time is no longer on the page"
        return None

    @property
    def answer(self) -> CoverageResult | None:
        """Return the archives' answer."""
        return self.case.coverage

    @property
    def coverage(self) -> Coverage:
        """Return how well snapshots show what the author saw."""
        return self.answer.coverage if self.answer else Coverage.UNKNOWN

    @property
    def snapshot(self) -> Snapshot | None:
        """Return the snapshot to cite, if one shows what the author saw."""
        if self.answer is None or self.coverage in (Coverage.NONE, Coverage.UNKNOWN):
            return None
        return self.answer.snapshot

    @property
    def pinned(self) -> bool:
        """Tell whether the citation's own archive link shows what the author saw."""
        return bool(
            self.case.citation.archive_url and self.answer and self.answer.pinned and not self.answer.vanished
        )

    @property
    def link_fault(self) -> ArchiveLinkFault | None:
        """Return what is wrong with the archive link the citation carries."""
        cited = self.case.citation
        if cited.archive_url is None:
            return None
        if self.answer and self.answer.link_fault:
            return self.answer.link_fault
        return ArchiveLinkFault.DATED_OTHERWISE if misdated_copy(cited) else None

    @property
    def published(self) -> str | None:
        """Return the source's publication date, from the citation or from the page if it is one page.

        A home page or a list shows the date of its newest entry: that says nothing of the source.
        """
        if self.case.citation.published:
            return self.case.citation.published
        seen = self.observation
        if seen is None or seen.published is None or not self.readable:
            return None
        return None if page_class(seen.url, seen.content_type) is PageClass.VOLATILE else seen.published

    @cached_property
    def published_after(self) -> dt.date | None:
        """Return the publication day if it lies after the access date beyond what time zones explain."""
        try:
            published = first_day(self.published[:10]) if self.published else None
        except ValueError:
            return None
        claimed = last_day(self.claim.date) if self.claim else None
        if published is None or claimed is None or published <= claimed + ZONE_DAYS:
            return None
        return published

    @property
    def confirmed(self) -> dt.date | None:
        """Return the day of the last earlier confirmation."""
        self.weighs_confirmation = True
        at = self.case.confirmed_at
        return None if at is None else min(at.astimezone(dt.UTC).date(), self.today)

    @property
    def age_days(self) -> int | None:
        """Return age*: days since the access date or the last earlier confirmation, whichever is later."""
        if self.accessed is None:
            return None
        return (self.today - max(self.accessed, self.confirmed or self.accessed)).days

    @property
    def claim_days(self) -> int | None:
        """Return the age of the access date as it is written: confirming it changes no document."""
        return None if self.accessed is None else (self.today - self.accessed).days

    @property
    def outdated(self) -> bool:
        """Tell whether the access date as it is written is older than τ."""
        return self.claim_days is not None and self.claim_days > self.limit_days

    @cached_property
    def moved_to(self) -> str | None:
        """Return the address for which the page was left for good, with the place on it that is cited."""
        target = self.observation.permanent_target if self.observation else None
        if self.outcome is not Outcome.MOVED or target is None or self.case.citation.cites_snapshot:
            # What stands in the document is an archive's address; the move of the original leaves it right.
            return None
        return with_fragment(target, self.fragment)

    @cached_property
    def move_shown(self) -> str | None:
        """Return what shows that the new address is the page's own, in words: quote, title or canonical."""
        if self.quote is QuoteMatch.FOUND:
            return "the quoted words stand there"
        kinds = self.observation.evidence if self.observation else ()
        return next((one.detail for one in kinds if one.kind == MOVE_SHOWN), None)

    @property
    def move_days(self) -> tuple[dt.date, dt.date]:
        """Return the first and the last day on which the move to this address was seen."""
        row = self.case.observations[-1]
        first, last = (at.astimezone(dt.UTC).date() for at in (row.observation.observed_at, row.last_seen_at))
        return first, last

    @cached_property
    def limit_days(self) -> int:
        """Return τ."""
        url = self.case.citation.url or ""
        return age_limit_days(url, self.observation, self.history, self.policy)

    @property
    def aged(self) -> bool:
        """Tell whether age* is beyond τ."""
        return self.age_days is not None and self.age_days > self.limit_days
