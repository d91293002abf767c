"""Some citations of a document that follow each other, counted and placed: what a night takes over unread.

A report is a row of such sheets. What counts and pages need of a sheet is made of its citations' gists once,
and stands as long as these, what the citations were before, and the ages of their dates do.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple

from msgspec import Struct

from monitor.model.citation import last_day
from monitor.model.finding import AccessDateStatus, Severity
from monitor.model.observation import Outcome
from monitor.model.snapshot import Coverage
from monitor.model.wording import next_elapsed
from monitor.report.ascii_json import dump_lines
from monitor.report.finder import row
from monitor.report.gist import Gist
from monitor.report.tally import Tally
from monitor.report.transitions import Transition

SIZE = 10
"""Citations of a sheet: few, so that where one changes few others are read."""

FOREVER = dt.date.max


class Kind(NamedTuple):
    """What citations are counted by."""

    severity: Severity
    """The severity that counts; `judged` is the one before a waiver."""
    outcome: Outcome
    status: AccessDateStatus
    coverage: Coverage
    judged: Severity
    waived: bool


class Urgent(NamedTuple):
    """A citation that wants a person: how urgent it is, the more the greater, and its place in the sheet."""

    urgency: tuple[int, int, int, int]
    place: int


class Counted(Struct, frozen=True, array_like=True, kw_only=True, gc=False):
    """What a summary needs of a sheet; citations are told by their places in it."""

    document: str
    tally: Tally
    hosts: tuple[tuple[str, Tally], ...]
    sources: tuple[int, ...]
    """Digests of the names of its citations' sources."""
    kinds: tuple[tuple[Kind, int], ...]
    remedies: tuple[tuple[str, str, str, int], ...]
    """How many want a person: by severity, heading and status."""
    compared: bool
    """Whether an earlier night is known to have judged one of them."""
    changes: tuple[tuple[int, Transition], ...]
    urgent: tuple[Urgent, ...]
    """The most urgent first; of those that are as urgent the first in the document."""
    edits: tuple[bytes, ...]
    """Names of the proven edits, in order."""
    ready: tuple[int, ...]
    """Those with a proven edit that want nobody."""
    at_risk: tuple[int, ...]
    lost: tuple[int, ...]
    unknown: tuple[int, ...]
    unlocated: tuple[str, ...]
    """Why some have no address."""


class Placed(NamedTuple):
    """A citation as pages of sources and hosts find it."""

    page: str
    """The page of its source."""
    host: str
    shown: bytes
    """Names what pages show of it; `mark` what does so whatever the day is, and whatever it was before."""
    mark: bytes


class Shown(Struct, frozen=True, array_like=True, kw_only=True, gc=False):
    """What the site's pages need of a sheet."""

    document: str
    page: int
    """The page of the document that it stands on."""
    shown: tuple[bytes, ...]
    """Names what its document's page shows of each citation; `mark` names all of it."""
    mark: bytes
    placed: tuple[Placed | None, ...]
    """None for a citation without an address."""
    rows: str
    """A line of JSON for each, as the finder has it but for the number of its document."""


def counted(gists: Sequence[Gist], changes: Sequence[Transition | None], *, compared: bool) -> Counted:
    """Count some citations of one document; `changes` says what became of each since the last night."""
    tally = Tally()
    hosts: dict[str, Tally] = {}
    sources = [_digest(one.source) if one.source is not None else None for one in gists]
    for one, source in zip(gists, sources, strict=True):
        tally.add(one, source)
        if one.host:
            hosts.setdefault(one.host, Tally()).add(one, source)
    kinds = Counter(
        Kind(one.severity, one.outcome, one.status, one.coverage, one.judged, one.waived) for one in gists
    )
    wanting = Counter((one.judged.value, one.heading, one.status.value) for one in gists if one.needs_action)
    urgent = [
        Urgent(_urgency(one, change), place)
        for place, (one, change) in enumerate(zip(gists, changes, strict=True))
        if one.needs_action
    ]
    urgent.sort(key=lambda one: one.urgency, reverse=True)
    return Counted(
        document=gists[0].document,
        tally=tally,
        hosts=tuple(hosts.items()),
        sources=tuple(one for one in sources if one is not None),
        kinds=tuple(kinds.items()),
        remedies=tuple((*remedy, number) for remedy, number in wanting.items()),
        compared=compared,
        changes=tuple((place, one) for place, one in enumerate(changes) if one is not None),
        urgent=tuple(urgent),
        edits=tuple(one.edit for one in gists if one.proven),
        ready=_places(one.proven and not one.needs_action for one in gists),
        at_risk=_places(one.at_risk for one in gists),
        lost=_places(one.lost for one in gists),
        unknown=_places(one.tone == "unknown" for one in gists),
        unlocated=tuple(
            one.unlocated for one in gists if one.tone == "unknown" and one.unlocated is not None
        ),
    )


def _urgency(one: Gist, change: Transition | None) -> tuple[int, int, int, int]:
    worst, surest, fix = one.urgency
    return -worst, -(change in (None, Transition.ARRIVED)), -surest, -fix


def shown(gists: Sequence[Gist], changes: Sequence[Transition | None], page: int, today: dt.date) -> Shown:
    """Return what pages need of some citations that stand on one page of their document."""
    marks = [
        blake2b(one.shows(today, change), digest_size=12).digest()
        for one, change in zip(gists, changes, strict=True)
    ]
    return Shown(
        document=gists[0].document,
        page=page,
        shown=tuple(marks),
        mark=blake2b(b"".join(marks), digest_size=12).digest(),
        placed=tuple(
            None if one.source_page is None else Placed(one.source_page, one.host, mark, one.mark)
            for one, mark in zip(gists, marks, strict=True)
        ),
        rows=dump_lines([row(one, page) for one in gists]),
    )


def holds_until(gists: Iterable[Gist], today: dt.date) -> dt.date:
    """Return the first day on which an access date of these has another age."""
    return min((_next_age(date, today) for one in gists for _, date in one.dates if date), default=FOREVER)


@lru_cache(maxsize=4096)
def _next_age(date: str, today: dt.date) -> dt.date:
    last = last_day(date)
    if last is None:
        return FOREVER
    if last < today:
        return next_elapsed(last, today)
    if last == today:
        return today + dt.timedelta(days=1)
    first = dt.date.fromisoformat(date + "-01" * (2 - date.count("-")))
    return last if first <= today else first  # a month or a year may run, or be to come


def _places(which: Iterable[bool]) -> tuple[int, ...]:
    return tuple(place for place, is_one in enumerate(which) if is_one)


def _digest(name: str) -> int:
    """Return a source's name in little: the same in every process."""
    whole = blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(whole, "big", signed=True)


def by(attribute: str, kinds: Mapping[Kind, int]) -> Counter[str]:
    """Return the counts by one of what citations are counted by."""
    counts: Counter[str] = Counter()
    for kind, number in kinds.items():
        counts[str(getattr(kind, attribute))] += number
    return counts
