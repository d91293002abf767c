"""An annotated list as a stream of parts: text, addresses, bracketed dates, notes, section marks."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from enum import StrEnum
from itertools import accumulate, pairwise
from operator import itemgetter

from msgspec import Struct
from msgspec.structs import replace

from monitor.extract.dates.found import DateKind, FoundDate
from monitor.extract.layouts.logical_lines import line_starts
from monitor.extract.layouts.marks import Marked
from monitor.extract.passage import Passage
from monitor.extract.urls.addresses import Address, addresses
from monitor.extract.urls.repair import SOUND, repair_url
from monitor.extract.words.caseless import lowered
from monitor.extract.words.purposes import Words
from monitor.extract.words.vocabulary import any_of, words
from monitor.patterns import lazy


def _stand_in() -> str:
    return rf"[\[(]\s?{any_of(Words.STAND_INS)}\s?[\])]"


STAND_IN = lazy(_stand_in, re.IGNORECASE)
"""What stands where the document does not show an address: "[ Long URL ]"."""
_NOTE = lazy(
    lambda: (
        rf"{_stand_in()}|[\[(]\s?{any_of(Words.ASIDE_NOTES)}\s?[\])]|(?:(?m:^)|(?<=\]\s))\[pdf\]|{any_of(Words.STANDING_NOTES)}"
    ),
    re.IGNORECASE,
)
# Not in a group: the engine then looks for their first characters alone.
_NOTE_SIGN = lazy(lambda: rf"\[|\(|{'|'.join(words(Words.NOTE_SIGNS))}")
"""What a note begins with, in lower case."""
# "[archived https://web.archive.org/web/2011/http://a.example/]"
_ARCHIVED = lazy(
    lambda: (
        rf"(?P<open>\[\s?)?(?<![^\W_]){any_of(Words.ARCHIVED_FORMS)}\b[^\[\]\n/]{{0,40}}?[\s:<(](?P<url>https?://[^\s\[\]<>]{{4,4000}})[>)]?(?(open)[^\[\]\n]{{0,40}}\]|[ \t]*(?=\n|$))"
    ),
    re.IGNORECASE,
)
_ARCHIVE = lazy(lambda: any_of(Words.ARCHIVE_STEM))
ARCHIVE_NOTE = lazy(lambda: rf"\s{{0,3}}[(\[]\s?{any_of(Words.ARCHIVE_NOTES)}\s?[)\]]", re.IGNORECASE)
"""A link in brackets that is called "archived"; use with `match`."""
HIDDEN = lazy(lambda: rf"{any_of(Words.HIDDEN_NOTES)}|{_stand_in()}", re.IGNORECASE)
"""Says that the document does not show the address."""
_RULED = r"[-=_*~]{4,}"
_BREAK = lazy(
    r"\*\*\*?\s?[^*\n]{2,60}?\s?\*{2,3}|\*\*\*\s[^*]{2,60}\s\*{3}"
    # Each sign for itself: the engine then looks for them alone.
    rf"|\*{_RULED}|-{_RULED}|={_RULED}|_{_RULED}|~{_RULED}"
)
_DATED = lazy(lambda: rf"\[\s?(?:{any_of(Words.LAST)}\s)?{any_of(Words.ACCESS_STEM)}", re.IGNORECASE)
_OTHER_DATES = frozenset({DateKind.UPDATED, DateKind.ARCHIVED, DateKind.PUBLISHED})
"""Dates that are none of an access."""
_INDENT = 200
_CUT_SHARE = 8
"""One date in so many that a line end cuts tells that line ends mean nothing."""


class StreamRole(StrEnum):
    """What a part of the stream is."""

    TEXT = "text"
    ADDRESS = "address"
    DATE = "date"
    ARCHIVE = "archive"
    NOTE = "note"
    BREAK = "break"


class StreamPart(Struct, frozen=True, kw_only=True, gc=False):
    """A part at `passage.text[start:end]`; `begins` a line; `block` numbers its passage.

    A text with an `address` is the label of a link no access date follows at once.
    """

    role: StreamRole
    passage: Passage
    start: int
    end: int
    block: int
    begins: bool
    gap: int = 0
    address: Address | None = None
    date: FoundDate | None = None

    @property
    def text(self) -> str:
        """Return the part's text."""
        return self.passage.text[self.start : self.end]


class Annotated(Struct, frozen=True, kw_only=True, gc=False):
    """One source: what names it, where it is and when it was seen, what it says."""

    head: tuple[StreamPart, ...] = ()
    anchor: tuple[StreamPart, ...] = ()
    quote: tuple[StreamPart, ...] = ()


def torn(marked: Sequence[Marked], width: int | None) -> bool:
    """Tell whether line ends mean nothing, for they cut bracketed dates where the line had room for more.

    `width` is what the document was wrapped to (`wrap_width`).

    So crawlers store pages: with the line ends of the markup, wherever they stood.
    """
    count = cut = 0
    for one in marked:
        bracketed = [date for date in one.dates if one.text[date.outer_start] in "[("]
        starts = line_starts(one.text, width) if bracketed else []
        for date in bracketed:
            count += 1
            place = bisect_right(starts, date.outer_start)
            cut += place < len(starts) and starts[place] < date.outer_end
    return _CUT_SHARE * cut >= max(1, count)


def parts(marked: Sequence[Marked], width: int | None, *, lines: bool = True) -> Iterator[StreamPart]:
    """Return the parts of the passages of a document wrapped to `width`; without `lines` its line ends mean nothing."""
    for block, whole in enumerate(marked):
        passage = whole.passage
        marks = sorted(_marks(whole, _dated(marked[block + 1 : block + 2])), key=itemgetter(0))
        begun = line_starts(passage.text, width) if lines and "\n" in passage.text else ()
        starts = _outside(begun, marks) if begun else []
        position = 0
        breaks = [mark[1] for mark in marks if mark[2] is StreamRole.BREAK]
        fresh = sorted({0, *starts, *breaks}) if breaks else [0, *starts]
        for start, end, role, address, date in [
            *marks,
            (len(passage.text), len(passage.text), None, None, None),
        ]:
            if start < position:
                continue
            for piece_start, piece_end in (
                _lines(passage.text, position, start, starts) if position < start else ()
            ):
                yield StreamPart(
                    role=StreamRole.TEXT, passage=passage, start=piece_start, end=piece_end, block=block,
                    begins=_begins(passage.text, piece_start, fresh), gap=passage.gap if piece_start == 0 else 0,
                )  # fmt: skip
            if role is not None:
                yield StreamPart(
                    role=role, passage=passage, start=start, end=end, block=block, address=address, date=date,
                    begins=_begins(passage.text, start, fresh), gap=passage.gap if start == 0 else 0,
                )  # fmt: skip
            position = end


def _outside(places: Sequence[int], marks: "Sequence[_Mark]") -> list[int]:
    """Return the places within none of the marks, which are in order of their beginnings."""
    begins = [mark[0] for mark in marks]
    reach = [0, *accumulate((mark[1] for mark in marks), max)]
    return [place for place in places if reach[bisect_left(begins, place)] <= place]


def _begins(text: str, place: int, starts: list[int]) -> bool:
    line = starts[bisect_right(starts, place) - 1]
    if line == place:
        return True
    return place - line < _INDENT and not text[line:place].strip()


def _lines(text: str, start: int, end: int, starts: list[int]) -> list[tuple[int, int]]:
    inner = starts[bisect_right(starts, start) : bisect_left(starts, end)] if starts else ()
    found: list[tuple[int, int]] = []
    for begin, finish in pairwise((start, *inner, end)) if inner else ((start, end),):
        piece = text[begin:finish]
        if piece.strip(" \t\r\n.,;:"):
            found.append((begin + len(piece) - len(piece.lstrip()), begin + len(piece.rstrip())))
    return found


_Mark = tuple[int, int, StreamRole, Address | None, FoundDate | None]


def _dated(following: Sequence[Marked]) -> str:
    """Return the beginning of a next passage that begins with an access date in brackets."""
    if not following or not following[0].text.startswith("["):
        return ""
    text = following[0].text[:_INDENT]
    return f"\n{text}" if _DATED.match(text) else ""


def _addressed(whole: Marked, following: str) -> tuple[Address, ...]:
    """Return the addresses of a passage as the date that stands in the next one tells them, if one does."""
    if not following:
        return whole.addresses
    *_, last = ("", *whole.text.rsplit(None, 1))
    alone = whole.addresses and whole.addresses[-1].certain and _is_last_word(whole, last)
    schemed = f"http://{last}" if alone or last.startswith("www.") else last
    # None goes on over a bracket, nor over an address that is a word by itself.
    if last.endswith("]") or SOUND.fullmatch(schemed):
        return whole.addresses
    return addresses(whole.passage, following)


def _is_last_word(whole: Marked, last: str) -> bool:
    """Tell whether the last address of a passage is its last word."""
    end, address = len(whole.text.rstrip()), whole.addresses[-1]
    return address.end == end and address.start == end - len(last)


def _marks(whole: Marked, following: str) -> Iterator[_Mark]:
    passage = whole.passage
    dates = [
        one for one in whole.dates if one.kind not in _OTHER_DATES and passage.text[one.outer_start] in "[("
    ]
    every = _addressed(whole, following)
    found = [one for one in every if one.certain and (not one.twin or one.archive_url is None)]
    for date in dates:
        yield date.outer_start, date.outer_end, StreamRole.DATE, None, date
    for address in every:
        note = ARCHIVE_NOTE.match(passage.text, max(0, address.start - 1)) if address.archive_url else None
        if note and note.end() >= address.end:
            found = [one for one in found if one is not address]
            yield note.start(), note.end(), StreamRole.ARCHIVE, address, None
    for address in found:
        yield address.start, address.end, StreamRole.ADDRESS, address, None
    low = lowered(passage.text)
    for match in _copies(passage.text, low):
        mended = repair_url(match["url"])
        if mended.url is not None:
            yield (
                match.start(), match.end(), StreamRole.ARCHIVE,
                Address(
                    start=match.start("url"), end=match.end("url"), origin=passage.origin(*match.span("url")),
                    url=mended.url, archive_url=mended.archive_url or mended.url,
                ),
                None,
            )  # fmt: skip
    for match in _notes(passage.text, low):
        behind = next((one for one in found if match.start() < one.start < match.end()), None)
        # "Click [here] to access the article", where the word is a link.
        yield match.start(), match.end(), StreamRole.ADDRESS if behind else StreamRole.NOTE, behind, None
    for match in _BREAK.finditer(passage.text):
        yield match.start(), match.end(), StreamRole.BREAK, None, None


def _copies(text: str, low: str) -> Iterator[re.Match[str]]:
    return _ARCHIVED.finditer(text) if _ARCHIVE.search(low) else iter(())


def _notes(text: str, low: str) -> Iterator[re.Match[str]]:
    position = 0
    for sign in _NOTE_SIGN.finditer(low):
        if sign.start() >= position and (match := _NOTE.match(text, sign.start())):
            position = match.end()
            yield match


def settled(stream: list[StreamPart], undated: AbstractSet[int] = frozenset()) -> list[StreamPart]:
    """Make text of an address no access date follows, or none but a hidden one's: a site's name, a link inside an excerpt.

    The addresses at the places `undated` stay: they are those of entries without a date.
    """
    settled: list[StreamPart] = []
    dated = False
    for place in range(len(stream) - 1, -1, -1):
        part = stream[place]
        if part.role is StreamRole.DATE:
            dated = True
        elif part.role is StreamRole.NOTE:
            dated = dated and not HIDDEN.search(part.text)
        elif part.role is StreamRole.ADDRESS:
            if not dated and place not in undated:
                settled.append(replace(part, role=StreamRole.TEXT))
                continue
            dated = False
        elif part.role in {StreamRole.TEXT, StreamRole.BREAK}:
            dated = False
        settled.append(part)
    return list(_joined(settled[::-1]))


def _joined(stream: list[StreamPart]) -> Iterator[StreamPart]:
    """Join what stands on one line as text again, unless its beginning is a link: that names the source."""
    held: StreamPart | None = None
    for part in stream:
        if held is None:
            held = part
        elif (
            held.role is part.role is StreamRole.TEXT
            and held.block == part.block
            and not part.begins
            and (held.address is None or not held.begins)
        ):
            held = replace(held, end=part.end, address=None)
        else:
            yield held
            held = part
    if held is not None:
        yield held
