"""Which of the addresses in an entry are its sources, and which date belongs to which."""

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence

from msgspec import Struct

from monitor.extract.dates.found import DateKind, FoundDate
from monitor.extract.layouts.entry import Entry
from monitor.extract.passage import HOLE
from monitor.extract.references.sentences import sentences
from monitor.extract.urls.addresses import Address, AddressKind
from monitor.extract.urls.identifiers import find_identifiers
from monitor.extract.urls.repair import repair_url
from monitor.extract.words.purposes import Words
from monitor.extract.words.reference_words import retrieval_pattern
from monitor.extract.words.vocabulary import any_of
from monitor.model.urls import split
from monitor.patterns import lazy

_SEVERAL = 2
_MOST_SHARED = 50
"""Access dates that are said of each of an entry's sources; more are data."""
_BESIDE = 3
_INDENT = 40
_JOINED = lazy(
    lambda: (
        rf"[\s,;/&|]*(?:{any_of(Words.AND)}|{any_of(Words.OR)}|{any_of(Words.JOINS)}|{any_of(Words.SIGN_AND)})?[\s:,]*"
        rf"(?:{any_of(Words.ALSO)} )?{any_of(Words.AT_ADDRESS)}?[\s:(<\[]*$"
    ),
    re.IGNORECASE,
)
# Between two links that name a source each: "[Tides](…) and [Moons](…), accessed 3 May 2011".
_ANOTHER = lazy(
    lambda: (
        rf"\s{{0,4}},?\s{{0,4}}(?:{any_of(Words.AND)}|{any_of(Words.SIGN_AND)}|[&;；+·•|/])\s{{1,4}}$|[；、]$"
    ),
    re.IGNORECASE,
)
_SEPARATOR = lazy(
    lambda: rf"[\s,;/&|•·–—.、；\[\](){{}}-]*(?:(?:{any_of(Words.AND)}|{any_of(Words.SIGN_AND)})\s+)?"
)


ACCESS = (DateKind.ACCESSED, DateKind.UNAVAILABLE)
"""What tells when a source was seen, or that this is not known."""


def is_dated(entry: Entry) -> bool:
    """Tell whether an entry says when it was accessed, or that this is not known."""
    if entry.shared:
        return True
    for date in entry.dates:  # noqa: SIM110 - asked of every entry several times
        if date.kind in ACCESS:
            return True
    return False


class CitedSource(Struct, frozen=True, gc=False):
    """A source an entry cites, and the access dates that are its own: all of the entry, unless it parts them."""

    address: Address
    dates: tuple[FoundDate, ...]


def cited_sources(entry: Entry) -> tuple[CitedSource, ...]:
    """Return the sources an entry cites, the main one first; other addresses in it are asides."""
    dates = entry.of_kind(DateKind.ACCESSED)
    certain = _candidates(entry)
    if not certain:
        alone = [one for one in entry.addresses[:1] if _stands_as_address(entry, one)]
        alone = alone or _coded(entry) or _identified(entry)
        return tuple(CitedSource(one, dates[:_MOST_SHARED]) for one in alone)
    if len(certain) < _SEVERAL:
        return (CitedSource(certain[0], dates[:_MOST_SHARED]),)
    paired = _paired_dates(dates, certain)
    chosen = next(found for rule in _CHOICES if (found := rule(entry, certain, paired)))
    own = {one.start: dates for one, dates in paired}
    return tuple(CitedSource(one, own.get(one.start, dates[:_MOST_SHARED])) for one in chosen)


def _coded(entry: Entry) -> list[Address]:
    """Return the address set as code of an entry with an access date: no example then."""
    for place, start, written in entry.passage.coded if is_dated(entry) else ():
        mended, end = repair_url(written, whole=True), start + len(written)
        if entry.start <= place <= entry.end and mended.url is not None:
            return [
                Address(
                    start=place, end=place, origin=(start, end), url=mended.url, archive_url=mended.archive_url,
                    archived_at=mended.archived_at, repairs=mended.repairs,
                )
            ]  # fmt: skip
    return []


def _identified(entry: Entry) -> list[Address]:
    """Return the address that resolves the first identifier of an entry without an address."""
    if not entry.in_references and not is_dated(entry):
        return []
    first = next(find_identifiers(entry.text), None)
    if first is None:
        return []
    start, end = entry.start + first.start, entry.start + first.end
    return [
        Address(
            start=start, end=end, origin=entry.passage.origin(start, end), url=first.url,
            repairs=(first.repair(entry.text),), kind=AddressKind.IDENTIFIER,
        )
    ]  # fmt: skip


def _candidates(entry: Entry) -> list[Address]:
    """Return the addresses that can be a source; odd ones, marks and sites only where there is nothing else."""
    certain = [one for one in entry.addresses if one.kind is not AddressKind.HOST and not one.twin]
    if len(certain) < _SEVERAL:
        return certain
    for aside in (AddressKind.ODD, AddressKind.MARK, AddressKind.IDENTIFIER):
        certain = [one for one in certain if one.kind is not aside] or certain
    return [one for one in certain if not _names_site(one, certain)] or certain


_Pairs = Sequence[tuple[Address, tuple[FoundDate, ...]]]


def _only(_entry: Entry, certain: Sequence[Address], _paired: _Pairs) -> Sequence[Address]:
    return certain if len(certain) == 1 else ()


def _every_link(entry: Entry, certain: Sequence[Address], _paired: _Pairs) -> Sequence[Address]:
    return certain if all_links(entry, certain) else ()


def _archived(_entry: Entry, certain: Sequence[Address], _paired: _Pairs) -> Sequence[Address]:
    """Who archives the pages of a note has said which they are."""
    archived = [one for one in certain if one.archive_url and one.archive_url != one.url]
    return archived if len(archived) > 1 else ()


def _dated(_entry: Entry, _certain: Sequence[Address], paired: _Pairs) -> Sequence[Address]:
    return [one for one, _ in paired]


def _beside_date(entry: Entry, certain: Sequence[Address], _paired: _Pairs) -> Sequence[Address]:
    """Return the link of running text that its access date follows at once, sentences after the first link."""
    dates = entry.of_kind(DateKind.ACCESSED)
    if len(dates) != 1 or entry.in_references or entry.numbered:
        return ()
    main, text = _main(entry, certain), entry.passage.text
    before = [one for one in certain if one.label and one.end <= dates[0].outer_start]
    if not before or before[-1] is main or text[before[-1].end : dates[0].outer_start].strip(" ,;(["):
        return ()
    return before[-1:] if len(sentences(text[main.end : before[-1].start])) > 1 else ()


def _main_and_joined(entry: Entry, certain: Sequence[Address], _paired: _Pairs) -> Sequence[Address]:
    """Return the main address and those that "and", or nothing in a list of links, joins to it."""
    main = _main(entry, certain)
    chosen = [main]
    only_links = entry.in_references and len(certain) > _SEVERAL and not re.search(r"\w", entry.unlinked())
    for one in certain[certain.index(main) + 1 :]:
        between = entry.passage.text[chosen[-1].end : one.start]
        joint = _ANOTHER if one.label else _JOINED
        listed = one.label and main.label and only_links and not between.strip()
        joined = joint.match(between.lstrip(")>]")) and (main.label or not one.label)
        if not listed and not joined:
            break
        chosen.append(one)
    return chosen


_CHOICES: tuple[Callable[[Entry, Sequence[Address], _Pairs], Sequence[Address]], ...] = (
    _only,
    _every_link,
    _archived,
    _dated,
    _beside_date,
    _main_and_joined,
)
"""Which of several addresses are the sources: the first rule that names any."""


def _main(entry: Entry, certain: Sequence[Address]) -> Address:
    labelled = next((one for one in certain if one.label), None)
    led = (one for one in certain if _introduced(entry, one) or _dated_before(entry, one, certain))
    return labelled or next(led, certain[0])


def _names_site(address: Address, certain: Sequence[Address]) -> bool:
    """Tell whether an address is a bare host beside a written one: "“Title,” www.site.example. https://…"."""
    host = address.url.partition("://")[2].rstrip("/")
    if address.label is not None or "/" in host or not _schemeless(address):
        return False
    return any(one.label is None and not _schemeless(one) for one in certain)


def _schemeless(address: Address) -> bool:
    return any(one.kind == "scheme added" for one in address.repairs)


def all_links(entry: Entry, certain: Sequence[Address]) -> bool:
    """Tell whether an entry is nothing but labelled links, none to a home page: each is a source."""
    ends = [entry.start, *(one.end for one in certain)]
    starts = [*(one.start for one in certain), entry.end]
    return all(one.label and _below_home(one.url) for one in certain) and all(
        _SEPARATOR.fullmatch(entry.passage.text, end, start) for end, start in zip(ends, starts, strict=True)
    )


def _below_home(url: str) -> bool:
    parts = split(url)
    return parts is not None and parts.path.strip("/") != ""


def _introduced(entry: Entry, address: Address) -> bool:
    before = entry.passage.text[max(entry.start, address.start - 50) : address.start]
    return retrieval_pattern().search(before + HOLE) is not None


def _dated_before(entry: Entry, address: Address, certain: Sequence[Address]) -> bool:
    """Tell whether "Retrieved 3 May 2011, from" leads to an address, and belongs to none before it."""
    return any(
        _adjoin(entry.passage.text, date.outer_end, address.start)
        and not entry.passage.text[date.outer_end : address.start].strip(" \t\r\n:<([")
        and not any(_adjoin(entry.passage.text, one.end, date.outer_start) for one in certain)
        for date in entry.of_kind(DateKind.ACCESSED)
    )


def _stands_as_address(entry: Entry, address: Address) -> bool:
    """A bare host name counts where "URL:" introduces it or an access date follows it at once."""
    if _introduced(entry, address):
        return is_dated(entry) or entry.in_references
    return any(
        _adjoin(entry.passage.text, address.end, date.outer_start)
        for date in entry.of_kind(DateKind.ACCESSED)
    )


def _adjoin(text: str, end: int, start: int) -> bool:
    """Tell whether hardly anything but blanks, however lines end and are indented, parts two places."""
    return end <= start <= end + _INDENT and len("".join(text[end:start].split())) <= _BESIDE


def _paired_dates(dates: Sequence[FoundDate], certain: Sequence[Address]) -> _Pairs:
    """Pair addresses with their own dates; () where there are fewer than two dated addresses."""
    if len(dates) < 2:
        return ()
    pairs: dict[int, list[FoundDate]] = {}
    date_first = dates[0].start < certain[0].start
    starts = [one.start for one in certain]
    for date in dates:
        # The address that follows, or the one before.
        place = bisect_right(starts, date.start) - (0 if date_first else 1)
        if 0 <= place < len(certain):
            pairs.setdefault(place, []).append(date)
    told = {date.start for own in pairs.values() for date in own}
    left = [date for date in dates if date.start not in told]
    if left and len(certain) - 1 not in pairs:
        # "Article accessed March 2006. https://…, Book, https://… (accessed October 2006)"
        pairs[len(certain) - 1] = left
    return [(certain[place], tuple(own)) for place, own in sorted(pairs.items())] if len(pairs) > 1 else ()
