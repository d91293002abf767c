# ruff: noqa: E501 - one pattern, one line
"""Which of the addresses in an entry are its sources, and which date belongs to which."""

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from monitor.extract.dates.found import DateKind, FoundDate
from monitor.extract.layouts.entries import Entry
from monitor.extract.passage import HOLE
from monitor.extract.references.sentences import sentences
from monitor.extract.urls.addresses import Address
from monitor.extract.words.reference_words import retrieval_pattern

_SEVERAL = 2
_BESIDE = 3
_INDENT = 40
_JOINED = re.compile(
    r"[\s,;/&|]*(?:and|y|und|et|e|en|i|и|та|or|oder|ou|also|och|og|ve|a|及び|和|及|またはと|と)?[\s:,]*(?:also )?(?:at|available at)?[\s:(<\[]*$",
    re.IGNORECASE,
)
# Between two links that name a source each: "[Tides](…) and [Moons](…), accessed 3 May 2011".
_ANOTHER = re.compile(
    r"\s{0,4},?\s{0,4}(?:and|und|et|y|e|och|og|i|и|та|en|ve|和|及|[&;；+·•])\s{1,4}$|；$", re.IGNORECASE
)
_SEPARATOR = re.compile(r"[\s,;/&|•·–—.\[\](){}-]*(?:(?:and|und|et|e|y|en|i|и|та|och|og|ve|及|和)\s+)?")


def is_dated(entry: Entry) -> bool:
    """Tell whether an entry says when it was accessed, or that this is not known."""
    return bool(entry.shared) or any(
        date.kind in {DateKind.ACCESSED, DateKind.UNAVAILABLE} for date in entry.dates
    )


def chosen_addresses(entry: Entry) -> list[Address]:
    """Return the addresses an entry cites, the main one first; others in it are asides."""
    certain = [one for one in entry.addresses if one.certain and not one.twin]
    for aside in ("odd", "mark", "identifier"):
        certain = [one for one in certain if not getattr(one, aside)] or certain
    certain = [one for one in certain if not _names_site(one, certain)] or certain
    if not certain:
        return [one for one in entry.addresses[:1] if _stands_as_address(entry, one)]
    if len(certain) == 1:
        return certain
    if all_links(entry, certain):
        return certain
    # Who archives the pages of a note has said which they are.
    archived = [one for one in certain if one.archive_url and one.archive_url != one.url]
    if len(archived) > 1:
        return archived
    paired = paired_dates(entry, certain)
    if paired:
        return [one for one, _ in paired]
    main = next(
        (one for one in certain if _introduced(entry, one) or _dated_before(entry, one, certain)), None
    )
    main = next((one for one in certain if one.label), None) or main or certain[0]
    if beside := _beside_date(entry, certain, main):
        return [beside]
    chosen = [main]
    only_links = entry.in_references and len(certain) > _SEVERAL and not re.search(r"\w", entry.unlinked())
    for one in certain[certain.index(main) + 1 :]:
        between = entry.passage.text[chosen[-1].end : one.start]
        joint = _ANOTHER if one.label else _JOINED
        if one.label and main.label and only_links and not between.strip():
            chosen.append(one)
            continue
        if not joint.match(between.lstrip(")>]")) or (one.label and not main.label):
            break
        chosen.append(one)
    return chosen


def _names_site(address: Address, certain: Sequence[Address]) -> bool:
    """Tell whether an address is a bare host beside a page of it: "“Title,” www.site.example. https://…"."""
    host = address.url.partition("://")[2].rstrip("/")
    return (
        address.label is None
        and "/" not in host
        and any(one.kind == "scheme added" for one in address.repairs)
        and any(len(one.url.partition(f"://{host}/")[2]) > 0 for one in certain)
    )


def _beside_date(entry: Entry, certain: Sequence[Address], main: Address) -> Address | None:
    """Return the link of running text that its access date follows at once, sentences after the first link."""
    dates = entry.of_kind(DateKind.ACCESSED)
    if len(dates) != 1 or entry.in_references or entry.numbered:
        return None
    text = entry.passage.text
    before = [one for one in certain if one.label and one.end <= dates[0].outer_start]
    if not before or before[-1] is main or text[before[-1].end : dates[0].outer_start].strip(" ,;(["):
        return None
    return before[-1] if len(sentences(text[main.end : before[-1].start])) > 1 else None


def all_links(entry: Entry, certain: Sequence[Address]) -> bool:
    """Tell whether an entry is nothing but labelled links, none to a home page: each is a source."""
    ends = [entry.start, *(one.end for one in certain)]
    starts = [*(one.start for one in certain), entry.end]
    return all(one.label and urlsplit(one.url).path.strip("/") for one in certain) and all(
        _SEPARATOR.fullmatch(entry.passage.text, end, start) for end, start in zip(ends, starts, strict=True)
    )


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


def paired_dates(entry: Entry, certain: Sequence[Address]) -> list[tuple[Address, list[FoundDate]]]:
    """Pair addresses with their own dates; [] where the entry has fewer than two dated addresses."""
    dates = entry.of_kind(DateKind.ACCESSED)
    if len(dates) < 2 or not certain:
        return []
    pairs: dict[int, list[FoundDate]] = {}
    date_first = dates[0].start < certain[0].start
    for date in dates:
        places = [i for i, one in enumerate(certain) if (one.start > date.start) == date_first]
        if places:
            pairs.setdefault(places[0] if date_first else places[-1], []).append(date)
    told = {date.start for own in pairs.values() for date in own}
    left = [date for date in dates if date.start not in told]
    if left and len(certain) - 1 not in pairs:
        # "Article accessed March 2006. https://…, Book, https://… (accessed October 2006)"
        pairs[len(certain) - 1] = left
    return [(certain[place], own) for place, own in sorted(pairs.items())] if len(pairs) > 1 else []
