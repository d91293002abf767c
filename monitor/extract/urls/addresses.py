"""The addresses an entry cites: links and written URLs together, snapshots tied to their originals."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from enum import StrEnum
from operator import attrgetter
from urllib.parse import urlsplit

from msgspec import Struct
from msgspec.structs import replace

from monitor.extract.passage import Link, Passage
from monitor.extract.urls.find import find_urls
from monitor.extract.urls.repair import RepairedUrl, repair_url
from monitor.extract.words.purposes import Words
from monitor.extract.words.reference_words import is_label
from monitor.extract.words.vocabulary import any_of
from monitor.model.citation import Repair
from monitor.model.urls import canonical_url, host_key
from monitor.patterns import lazy

_WEB = lazy(r"\s*(?:https?:|ftp:|www\.|//)", re.IGNORECASE)
_ANY = lazy(r"[a-z][a-z0-9+.-]{1,31}:(?=\S)", re.IGNORECASE)
_WELL_BEGUN = lazy(r"(?:(?:https?|ftp):/{2,3}[^\s/?#\"<>]*[^\W_]|www\.|//)", re.IGNORECASE)
# What most targets begin with, which is all that either asks for.
_WELL_MEANT = lazy(r"https?://[^\W_]")
_HOSTLESS = lazy(r"https?:///(?![^/?#]*\.)", re.IGNORECASE)
_BEGINNING = lazy(r"^https?://(?:www\.)?")
_BACK = lazy(r"#_?(?:cite_ref|cite-ref|fnref|ref-|footnote-ref|ftn|edn)")
_NOTE_MARK = lazy(r"[\[(]?(?:\d{1,3}|[a-z]|[†‡^↑↩⏎*]\ufe0e?)[\])]?")
_LONGEST_MARK = 5
# "doi:10.1000/182", "PMID 123456", "arXiv:1512.01655": the link is the number, its name stands before.
_IDENTIFIER = lazy(r"10\.\d{4,9}/\S+|(?:PMC)?\d{5,10}|\d{4}\.\d{4,5}(?:v\d+)?")
_NUMBER = lazy(r"doi\s?:?\s?10\.\d{4,9}/\S+", re.IGNORECASE)
_NAMED = lazy(r"\b(?:doi|pmid|pmc|arxiv|s2cid|oclc|jstor)\s?:?\s?$", re.IGNORECASE)
_WHOLE_REFERENCE = 12
NEAR = 2000
"""Characters within which two mentions of one address belong to one entry."""


class AddressKind(StrEnum):
    """What an address is in its passage."""

    PAGE = "page"
    HOST = "host"
    """A bare host name, which is as often the name of a site."""
    ODD = "odd"
    """The target of a link that names no page of the web: another scheme, or nothing to request."""
    MARK = "mark"
    """The target of a link that is a note's number."""
    IDENTIFIER = "identifier"
    """The target of a link that is a DOI or PMID and says so."""


class Address(Struct, frozen=True, kw_only=True, gc=False):
    """An address at `text[start:end]` of a passage, written in the document at `origin`.

    `label` is the link's text where it says something, `site` where it is only a host's name; `twin` is
    true for one that repeats, or archives, another address of the passage.
    """

    start: int
    end: int
    origin: tuple[int, int]
    url: str
    archive_url: str | None = None
    archived_at: str | None = None
    repairs: tuple[Repair, ...] = ()
    label: str | None = None
    site: str | None = None
    kind: AddressKind = AddressKind.PAGE
    twin: bool = False

    @property
    def certain(self) -> bool:
        """Tell whether this is an address beyond doubt, and no mere host's name."""
        return self.kind is not AddressKind.HOST


_START = attrgetter("start")


def addresses(passage: Passage, following: str = "") -> tuple[Address, ...]:
    """Return every address of a passage in order of place, links first taken at their target.

    `following` is what the next passage begins with, where that tells how an address ends.
    """
    links: list[Address] = []
    covered: list[tuple[int, int]] = []
    if passage.links:
        links += _linked(passage)
        covered = sorted([(link.start, link.end) for link in passage.links if not _hollow(passage, link)])
    found = [
        Address(
            start=one.start, end=one.end, origin=passage.origin(one.start, one.end), url=one.url,
            archive_url=one.archive_url, archived_at=one.archived_at, repairs=one.repairs,
            kind=AddressKind.PAGE if one.certain else AddressKind.HOST,
        )
        for one in find_urls(passage.text + following)
        if one.end <= len(passage.text) and not (covered and _overlapped(covered, one.start, one.end))
    ]  # fmt: skip
    if links:
        found = sorted((*links, *found), key=_START)
    return tuple(_tied(found, passage.text) if len(found) > 1 else found)


def _overlapped(covered: list[tuple[int, int]], start: int, end: int) -> bool:
    place = bisect_left(covered, (end, 0)) - 1
    # Links do not nest, so only the last one that begins before `end` can reach in.
    return place >= 0 and covered[place][1] > start


def _linked(passage: Passage) -> Iterator[Address]:
    for link in passage.links:
        href = link.href.strip()
        if not href.isprintable():
            href = _BREAKS.sub("", href).strip()
        if "#" in href and _BACK.search(href):
            continue
        mended = _as_meant(href) if _WELL_MEANT.match(href) or _WEB.match(href) else None
        if mended is None or mended.url is None:
            if _ANY.match(href):
                yield _odd(passage, link, href)
            continue
        written = passage.text[link.start : link.end]
        label = " ".join(written.split())
        start, end = _shown(written, link, mended.url)
        yield Address(
            start=start, end=end, origin=(link.href_start, link.href_end), url=mended.url,
            archive_url=mended.archive_url or _archive(link), archived_at=mended.archived_at,
            repairs=mended.repairs, label=_telling(label, mended.url) if start == link.start else None,
            site=label if "." in label and _HOST.fullmatch(label) else None, kind=_kind(passage, link, written),
        )  # fmt: skip


def _kind(passage: Passage, link: Link, written: str) -> AddressKind:
    shown = written.strip()
    if len(shown) <= _LONGEST_MARK and _NOTE_MARK.fullmatch(shown):
        return AddressKind.MARK
    if _IDENTIFIER.fullmatch(shown) and _NAMED.search(passage.text[max(0, link.start - 8) : link.start]):
        return AddressKind.IDENTIFIER
    return AddressKind.PAGE


def _hollow(passage: Passage, link: Link) -> bool:
    """Tell whether a link leads nowhere and its text is the address: "[https://quay.example](URL)"."""
    if "/" in link.href or _NOWHERE.fullmatch(link.href) is None:
        return False
    return _WELL_BEGUN.match(passage.text[link.start : link.end]) is not None


_NOWHERE = lazy(r"\s*(?:url|link|href|#)?\s*", re.IGNORECASE)
_ARCHIVE = lazy(lambda: any_of(Words.ARCHIVE_STEM))
_ARCHIVED_FROM = lazy(
    lambda: rf"{any_of(Words.ARCHIVED_FROM)}\s{{1,4}}(?:{any_of(Words.ARTICLES)}\s)?$", re.IGNORECASE
)
_HOST = lazy(r"(?!www\.)(?:[\w-]{1,63}\.){1,4}[^\W\d_]{2,18}", re.IGNORECASE)
_BREAKS = lazy(r"\s*[\r\n\t]+\s*")


def _as_meant(href: str) -> RepairedUrl | None:
    """Mend a link's target less than running text: what cannot be requested stays as it is written."""
    if not _WELL_MEANT.match(href) and (_HOSTLESS.match(href) or not _WELL_BEGUN.match(href)):
        return None
    if not _splits(href):
        return None
    scheme, slashes, rest = href.partition("://")
    encoded = _BLANKS_WITHIN.sub("%20", rest) if " " in rest else rest
    if encoded == rest:
        return repair_url(href, whole=True)
    mended = repair_url(scheme + slashes + encoded, whole=True)
    return replace(
        mended, repairs=(Repair("blank encoded", href, scheme + slashes + encoded), *mended.repairs)
    )


def _splits(href: str) -> bool:
    """Tell whether an address has a host that can be one; only brackets and signs beyond ASCII can spoil it."""
    if href.isascii() and "[" not in href and "]" not in href:
        return True
    try:
        urlsplit(href)
    except ValueError:
        return False
    return True


_BLANKS_WITHIN = lazy(r"(?<=\S) +(?=\S)")


def _odd(passage: Passage, link: Link, href: str) -> Address:
    label = " ".join(passage.text[link.start : link.end].split())
    named = label if label and label not in href and not is_label(label) else None
    return Address(
        start=link.start, end=link.end, origin=(link.href_start, link.href_end),
        url=re.sub(r"\s+", "%20", href), label=named, kind=AddressKind.ODD,
    )  # fmt: skip


def _archive(link: Link) -> str | None:
    if not link.archive:
        return None
    mended = repair_url(link.archive)
    return mended.archive_url or mended.url


def _shown(written: str, link: Link, url: str) -> tuple[int, int]:
    """Return the address's place in the text: where a link that holds a whole reference shows it."""
    if len(written) > len(url) + _WHOLE_REFERENCE and "/" in written:
        for one in find_urls(written):
            if one.start and host_key(one.url) == host_key(url):
                return link.start + one.start, link.start + one.end
    return link.start, link.end


def _telling(label: str, url: str) -> str | None:
    """Return a link's text where it says something."""
    if is_label(label) or ("10." in label and _NUMBER.fullmatch(label)):
        return None
    shown = find_urls(label)
    if shown and (
        shown[0].end - shown[0].start > 0.5 * len(label) or canonical_url(shown[0].url) == canonical_url(url)
    ):
        return None
    return label


def _tied(found: Sequence[Address], text: str) -> list[Address]:
    """Mark repeated addresses as twins; give a snapshot to the original it stands beside."""
    kept: list[Address] = []
    seen: dict[str, int] = {}
    for address in found:
        name = _name(address)
        place = seen.get(name)
        snapshot = address.archive_url == address.url or (address.archive_url and _said(text, address))
        if place is None and snapshot and kept and _beside(kept[-1], address):
            # An archive's opaque address ("perma.cc/AB12") in the wake of another is its snapshot; so
            # is the copy of an earlier address that is called "archived".
            kept[-1] = replace(kept[-1], archive_url=address.archive_url)
            kept.append(replace(address, twin=True))
            continue
        if place is None and kept and kept[-1].archive_url and _ARCHIVED_FROM.search(_before(text, address)):
            # The original under another spelling: "Archived from <the original> on …".
            place = seen[name] = len(kept) - 1
        if place is None or address.start - kept[place].end > NEAR:
            seen[name] = len(kept)
            kept.append(address)
            continue
        first = kept[place]
        archive = first if first.archive_url else address
        main, twin = (address, first) if _better(address, first) else (first, address)
        kept[place] = replace(
            main,
            archive_url=archive.archive_url,
            archived_at=archive.archived_at,
            label=first.label or address.label,
            start=first.start if main is first or first.label else main.start,
            end=first.end if main is first or first.label else main.end,
        )
        kept.append(replace(twin, twin=True))
    return sorted(kept, key=_START)


def _before(text: str, address: Address) -> str:
    return text[max(0, address.start - 24) : address.start]


def _said(text: str, address: Address) -> bool:
    around = text[max(0, address.start - 14) : address.start + 14].partition("://")[0].casefold()
    return _ARCHIVE.search(around) is not None


def _beside(first: Address, later: Address) -> bool:
    return not first.twin and first.certain and first.archive_url is None and later.start - first.end < 120


def _name(address: Address) -> str:
    return _bare(canonical_url(address.url))


def _bare(url: str) -> str:
    return _BEGINNING.sub("", url).rstrip("/")


def _better(later: Address, first: Address) -> bool:
    return (first.archive_url is not None and later.archive_url is None) or (
        later.certain and not first.certain
    )
