"""Which candidates are citations: a table of rules, the first that has an answer gives it.

An access date together with an address is one; an address in a reference list or beside dated siblings;
an access date and the shape of a reference. Everything else is left, and what looked like a citation is
refused with the reason.
"""

import re
from collections.abc import Callable, Sequence
from enum import StrEnum

from msgspec import Struct

from monitor.extract.dates.found import DateKind
from monitor.extract.layouts.entry import Entry
from monitor.extract.layouts.reference_shape import YEARISH, dated_shape, note_of_source
from monitor.extract.layouts.sources import CitedSource, is_dated
from monitor.extract.passage import Kind
from monitor.extract.urls.addresses import Address, AddressKind
from monitor.extract.words.caseless import Caseless
from monitor.extract.words.purposes import Words
from monitor.extract.words.reference_words import retrieval_pattern
from monitor.extract.words.vocabulary import any_of, words
from monitor.patterns import lazy

_SELF = Caseless(
    lambda: rf"{any_of(Words.SELF_CITATION)}(?!\w)", needs=lambda: words(Words.SELF_CITATION_NEEDS)
)
_CODE_LINE = lazy(
    r"""\s*(?:(?:let|const|var|def|return|import|from|class|public|private|static|if|for|while|fn|func|print|echo|fwrite|fputs?|fputcsv|console\.\w+|printf)\b.*[;({:]\s*$|(?:public|private|protected|static|def|func|function|void)\s.*\)\s*$|(?:["'][\w-]+["']|[a-z_$][\w-]*)\s*:\s*["'`].*["'`]?,?\s*$|.*["'`)]\s*;\s*$|[\w.$]+\s*=[^=].*;\s*$|\w+\(.*\);?\s*$|(?:return|yield|await)\s[\w.]+\(.*\)$|[\w.]+ = [\w.]+\(.*\)$|\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?\S*\s.*$|[{}\])(\[,;\s]+$|.*\{\s*$|.*\}\s*;\s*$)"""
)
_CODE_ENDS = frozenset(";({:)}][,\"'`")
# Lines of code that end in anything: `"key": "…"`, "2019-05-03 12:01 started".
_CODE_BEGINS = lazy(r"""(?:["'][\w-]+["']|[a-z_$][\w-]*)\s*:\s*["'`]|\d{4}-\d\d-\d\d[T ]\d""")
_CONTACT = lazy(r"(?:mailto|tel|sms|javascript|data|about|blob):", re.IGNORECASE)
_EMAIL = lazy(r"[\w.+-]@[\w-]{1,60}\.[\w.-]*\w")
# What a site links on each of its pages, and no page cites.
_SITE_LINK = lazy(lambda: any_of(Words.SITE_LINKS), re.IGNORECASE)
_SHORT_ENTRY = 400
_LONGEST_ENTRY = 3000
_LEAST_OFFER = 20


class Reason(StrEnum):
    """Why an entry that looks like a citation is none."""

    HEADING = "an access date without a source: a heading"
    CODE = "program code, not a reference"
    SELF = "tells readers how to cite this document"
    NAMELESS = "an access date without a source: neither address nor title"
    IDENTIFIER = "an identifier (DOI and the like) only: an offline reference"
    NO_PAGE = "a link that is no page of the web, no access date"
    CONTACT = "where somebody is reached, no access date"
    SITE = "a link of the site itself (imprint, privacy and the like), no access date"
    RUNNING_TEXT = "a link in running text, no access date"
    UNLISTED = "a link outside a reference list, no access date"


class Accept(Struct, frozen=True, gc=False):
    """The entry is a citation."""


class Ignore(Struct, frozen=True, gc=False):
    """Nobody would take the entry for a citation."""


class Refuse(Struct, frozen=True, gc=False):
    """The entry looks like a citation and is none."""

    reason: str


Ruling = Accept | Ignore | Refuse


class Candidate(Struct, frozen=True, gc=False):
    """An entry with the sources it cites; `siblings_dated` where others of its list have access dates.

    `said` is the entry's text with holes (`Entry.masked`).
    """

    entry: Entry
    sources: Sequence[CitedSource]
    siblings_dated: bool
    said: str

    @property
    def located(self) -> tuple[Address, ...]:
        """Return the addresses of the sources."""
        return tuple([one.address for one in self.sources])

    @property
    def listed(self) -> bool:
        """Tell whether a reference list holds the entry."""
        return self.entry.in_references or self.siblings_dated


def judge(candidate: Candidate) -> Ruling:
    """Return what the first rule with an answer says."""
    for rule in _RULES:
        if (ruling := rule(candidate)) is not None:
            return ruling
    return _unlisted(candidate)


def _placeholder(one: Candidate) -> Ruling | None:
    hole = one.entry.of_kind(DateKind.PLACEHOLDER)
    return (
        Refuse(DateKind.PLACEHOLDER.reason)
        if hole and not (one.listed and _names_a_place(one.located))
        else None
    )


def _heading(one: Candidate) -> Ruling | None:
    if one.entry.passage.kind is not Kind.HEADING:
        return None
    return Refuse(Reason.HEADING) if one.entry.dates else Ignore()


def _code(one: Candidate) -> Ruling | None:
    if not _looks_like_code(one.said) and not ((cut := _cut_line(one.entry)) and _looks_like_code(cut)):
        return None
    return Refuse(Reason.CODE) if is_dated(one.entry) or one.sources else Ignore()


def _dated(one: Candidate) -> Ruling | None:
    if not is_dated(one.entry):
        return None
    if not one.sources and _SELF.search(one.entry.text[:200]):
        return Refuse(Reason.SELF)
    return Accept() if one.sources or dated_shape(one.entry) else Refuse(Reason.NAMELESS)


def _nowhere(one: Candidate) -> Ruling | None:
    if one.sources:
        return None
    dates = one.entry.dates
    return Refuse(dates[0].kind.reason) if dates and not one.entry.in_references else Ignore()


def _identifier(one: Candidate) -> Ruling | None:
    offline = all(address.kind is AddressKind.IDENTIFIER for address in one.located)
    return Refuse(Reason.IDENTIFIER) if offline else None


def _no_page(one: Candidate) -> Ruling | None:
    first = one.located[0]
    numbered = one.entry.in_references and one.entry.numbered
    odd = first.kind is AddressKind.ODD and (not numbered or _CONTACT.match(first.url))
    return Refuse(Reason.NO_PAGE) if odd else None


def _contact(one: Candidate) -> Ruling | None:
    told = any(address.label for address in one.located)
    return Refuse(Reason.CONTACT) if not told and _EMAIL.search(one.entry.text) else None


def _site_link(one: Candidate) -> Ruling | None:
    """Refuse an entry that is nothing but links to such pages: "Impressum | Datenschutz"."""
    if not all(address.label and _SITE_LINK.fullmatch(address.label.strip()) for address in one.located):
        return None
    return None if re.search(r"[^\W_]", one.entry.unlinked()) else Refuse(Reason.SITE)


def _running_text(one: Candidate) -> Ruling | None:
    return Refuse(Reason.RUNNING_TEXT) if len(one.entry.text) > _LONGEST_ENTRY else None


def _reference(one: Candidate) -> Ruling | None:
    entry = one.entry
    cites = (
        (entry.in_references and not _in_passing(entry, one.located))
        or (entry.quotes and len(entry.text) < _SHORT_ENTRY)
        or entry.of_kind(DateKind.NO_YEAR)
        or one.siblings_dated
        or note_of_source(entry)
    )
    return Accept() if cites else None


def _offered(one: Candidate) -> Ruling | None:
    """Accept "3. Title. Available at: …", "Marsh (2019). Title. Available at: …" outside of a list, too."""
    before = one.entry.passage.text[one.entry.start : one.located[0].start]
    told = one.entry.numbered or YEARISH.search(before)
    return Accept() if _LEAST_OFFER < len(before) < _SHORT_ENTRY and told and _offers(before) else None


def _unlisted(_one: Candidate) -> Ruling:
    return Refuse(Reason.UNLISTED)


_RULES: tuple[Callable[[Candidate], Ruling | None], ...] = (
    _placeholder,
    _heading,
    _code,
    _dated,
    _nowhere,
    _identifier,
    _no_page,
    _contact,
    _site_link,
    _running_text,
    _reference,
    _offered,
)


_SAMPLE = lazy(
    lambda: rf"//(?:www\.)?(?:x{{2,}}|{any_of(Words.SAMPLE_HOSTS)}|example\.(?:com|org|net)/?$|\.\.)",
    re.IGNORECASE,
)


def _names_a_place(located: Sequence[Address]) -> bool:
    """Tell whether an entry without a date is no pattern: it gives an address that is not invented."""
    return any(_SAMPLE.search(one.url) is None for one in located if one.kind is not AddressKind.ODD)


# "… is described at http://a.example and was mended", not "http://a.example (Ltd.)".
_GOES_ON = lazy(r"[\s,;)]{1,3}[^\W\d_]{2,}(?:[\s,]{1,2}[^\W\d_]+){5}")
_CLAUSE = lazy(r"[^\W\d_]{2,}(?:[\s,]{1,2}[^\W\d_]+){2}\s{1,4}[<(\[]?$")


def _in_passing(entry: Entry, located: Sequence[Address]) -> bool:
    """Tell whether a sentence mentions the addresses of an entry, rather than a reference that gives them."""
    if entry.numbered or located[0].label:
        return False
    text = entry.passage.text
    return (
        _GOES_ON.match(text, located[-1].end, entry.end) is not None
        and _CLAUSE.search(text, max(entry.start, located[0].start - 80), located[0].start) is not None
        and not YEARISH.search(text, entry.start, located[0].start)
    )


def _offers(before: str) -> bool:
    """Tell whether a clause of its own offers the address: "Title. Available at:", not "is available at"."""
    offer = retrieval_pattern().search(before[-60:])
    if offer is None:
        return False
    ahead = before[: len(before) - len(before[-60:]) + offer.start()].rstrip()
    return not ahead[-1:].isalnum() or offer[0][:1].isupper() or offer[0].rstrip()[-1:] in {":", "："}


def _looks_like_code(text: str) -> bool:
    lines = code = 0
    for line in text.splitlines():
        if shown := line.strip():
            lines += 1
            if shown[-1] in _CODE_ENDS or (not shown[0].isupper() and _CODE_BEGINS.match(shown)):
                code += _CODE_LINE.match(shown) is not None
    return 2 * code > lines


def _cut_line(entry: Entry) -> str:
    """Return the line an entry is cut out of; nothing for an entry of whole lines."""
    text = entry.passage.text
    if not entry.start and entry.end == len(text):
        return ""
    start = text.rfind("\n", 0, entry.start) + 1
    end = text.find("\n", entry.end)
    end = len(text) if end < 0 else end
    cut = text[start : entry.start].strip() or text[entry.end : end].strip()
    return text[start:end] if cut and end - start < _LONGEST_ENTRY else ""
