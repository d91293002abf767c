"""Parts the stream of an annotated list into its sources: what names each, where it is, what it says."""

import re
from collections.abc import Sequence
from itertools import pairwise

from msgspec.structs import replace

from monitor.extract.layouts.annotated_names import attribution_like
from monitor.extract.layouts.annotated_stream import Annotated, StreamPart, StreamRole
from monitor.extract.passage import Kind
from monitor.extract.references.sentences import sentences
from monitor.extract.words.caseless import lowered
from monitor.extract.words.purposes import Words
from monitor.extract.words.vocabulary import any_of, stems
from monitor.patterns import lazy

BOILERPLATE = lazy(
    lambda: rf"^\W*(?:{any_of(Words.BOILERPLATE)}|©)",
    re.IGNORECASE,
)
"""How what belongs to the page and to none of its sources begins."""
_ENDS_SENTENCE = lazy(r"[.!?…][\"”’')\]]*(?:\s?[\[(]\d{1,3}[\])])*\s*$")
_ENDS_SHORT = lazy(
    lambda: rf"(?:\b{any_of(Words.SHORT_FORMS)}|\b(?-i:[A-Z]))\.\s*$",
    re.IGNORECASE,
)
# "3 12 61 24 56", "Country code: 996-": whom to call stands between excerpts, too.
_CONTACT = lazy(
    lambda: rf"(?<!\d)\d{{1,9}}(?:\s\d{{1,9}}){{2,}}|\+\d{{2,}}|\b{any_of(Words.CONTACT_LABELS)}\b\s?[.:]",
    re.IGNORECASE,
)
_NUMBERS = lazy(r"\s\d{1,9}\s\d")
"""What three numbers in a row hold."""
WEB = lazy(r"<?(?:https?://|www\.)", re.IGNORECASE)
"""How a written address begins."""
_ANCHORING = frozenset({StreamRole.ADDRESS, StreamRole.DATE, StreamRole.NOTE, StreamRole.ARCHIVE})
"""What the anchor of a source is made of."""
_LONGEST_HEAD_LINE = 260
_MOST_HEAD_LINES = 4
_EXCERPT_WORDS = 10
_LONGEST_SHORT = 60
"""Characters that hold the longest short form."""


def undated_entries(stream: Sequence[StreamPart]) -> frozenset[int]:
    """Return where addresses stand that have a line of their own between a title and an excerpt, and no date.

    Only where most dated addresses of the document have a line of their own, too.
    """
    alone = [
        place
        for place, part in enumerate(stream)
        if part.role is StreamRole.ADDRESS
        and part.begins
        and (place + 1 == len(stream) or stream[place + 1].begins)
    ]
    after = [stream[place + 1].role if place + 1 < len(stream) else StreamRole.BREAK for place in alone]
    dated = sum(role in {StreamRole.DATE, StreamRole.NOTE} for role in after)
    every = sum(part.role is StreamRole.DATE for part in stream)
    if 2 * dated < every:
        return frozenset()
    return frozenset(
        place
        for place, following in zip(alone, after, strict=True)
        if following is StreamRole.TEXT and _is_entry(stream, place)
    )


def _is_entry(stream: Sequence[StreamPart], place: int) -> bool:
    """Tell whether an address stands below the lines of a title and above an excerpt."""
    before, after, address = stream[place - 1] if place else None, stream[place + 1], stream[place].address
    if before is None or address is None or "/" not in address.url.partition("://")[2].rstrip("/"):
        return False
    titled = before.role is StreamRole.TEXT and before.begins and before.block != stream[place].block
    return (
        titled
        and not _is_prose(before.text)
        and not BOILERPLATE.match(before.text)
        and after.block != stream[place].block
        and (_is_prose(after.text) or len(after.text.split()) >= _EXCERPT_WORDS)
        and not WEB.match(after.text)
    )


def grouped(stream: list[StreamPart]) -> list[Annotated]:
    """Return the sources of a settled stream in order, each with what stands up to the next one's name."""
    groups: list[Annotated] = []
    between: list[StreamPart] = []
    run_on = _runs_on(stream)
    place = 0
    while place < len(stream):
        end = _anchor_end(stream, place) if stream[place].role in _ANCHORING else None
        if end is None:
            between.append(stream[place])
            place += 1
            continue
        anchor = stream[place:end]
        group = _around_excerpt(between, anchor, groups)
        if group is not None:
            quote = [part for part in between if part.block != anchor[0].block]
        else:
            quote, head = _divided(between, stream[place], run_on=run_on)
            group = Annotated(head=tuple(head), anchor=tuple(anchor))
        _quote_further(groups, quote)
        groups.append(group)
        between, place = [], end
    _quote_further(groups, between)
    return groups


def _quote_further(groups: list[Annotated], quote: Sequence[StreamPart]) -> None:
    """Give the last source under way what stands before the next one."""
    if groups and quote:
        groups[-1] = replace(groups[-1], quote=(*groups[-1].quote, *quote))


def _around_excerpt(
    between: list[StreamPart], anchor: list[StreamPart], groups: Sequence[Annotated]
) -> Annotated | None:
    """Return the source whose excerpt stands between its address and its date, in one paragraph of its own."""
    own = [part for part in between if part.block == anchor[0].block]
    place = next((number for number, part in enumerate(own) if part.address is not None), 0)
    if (
        not 0 < place <= _MOST_HEAD_LINES
        or not (own[place].begins and own[place + 1 :] and own[place + 1].begins)
        or any(_is_prose(part.text) for part in own[:place])
        or any(part.role is StreamRole.ADDRESS for part in anchor)
        or (groups and groups[-1].anchor[-1].block == anchor[0].block)
    ):
        return None
    address = replace(own[place], role=StreamRole.ADDRESS)
    return Annotated(head=tuple(own[:place]), anchor=(address, *anchor), quote=tuple(own[place + 1 :]))


def _anchor_end(stream: list[StreamPart], place: int) -> int | None:
    """Return where a run of addresses, dates and notes that holds a date ends; None if none begins here."""
    end, dated = place, False
    while end < len(stream) and stream[end].role in _ANCHORING:
        dated = dated or stream[end].role is StreamRole.DATE
        end += 1
    # What `settled` left without a date is an entry without one.
    return end if dated or (end > place and stream[place].role is StreamRole.ADDRESS) else None


def _runs_on(stream: list[StreamPart]) -> bool:
    """Tell whether excerpts follow their access date on the same line, in most of the document."""
    following = [
        not after.begins
        for date, after in pairwise(stream)
        if date.role in {StreamRole.DATE, StreamRole.NOTE} and after.role is StreamRole.TEXT
    ]
    return bool(following) and 2 * sum(following) > len(following)


def _divided(
    between: list[StreamPart], anchor: StreamPart, *, run_on: bool
) -> tuple[list[StreamPart], list[StreamPart]]:
    """Part the text between two anchors into the first one's quote and the second one's head."""
    if run_on:
        first = len(between)
        while first and not between[first - 1].begins and between[first - 1].role is StreamRole.TEXT:
            first -= 1
        if (first and between[first - 1].role is StreamRole.TEXT and not anchor.begins) or (
            first and anchor.begins and first == len(between) and between[-1].role is StreamRole.TEXT
        ):
            first -= 1
        return _cut_inside(between[:first], between[first:])
    head: list[StreamPart] = []
    for part in reversed(between):
        following = head[-1] if head else anchor
        if (
            part.role is not StreamRole.TEXT
            or part.passage.kind is Kind.QUOTE
            or len(head) >= _MOST_HEAD_LINES
            or (following.gap >= 2 and head)
        ):
            break
        if _gives_contact(part.text) or (head and _is_prose(part.text, named=len(head) > 1)):
            break
        if not head and _is_prose(part.text) and len(part.text) > _LONGEST_HEAD_LINE:
            break
        head.append(part)
    head = _own_block(head[::-1], anchor)
    return between[: len(between) - len(head)], head


def _cut_inside(quote: list[StreamPart], head: list[StreamPart]) -> tuple[list[StreamPart], list[StreamPart]]:
    """Where the previous excerpt runs into the next title on one line, cut at its last sentence end."""
    if len(head) != 1 or head[0].begins:
        return quote, head
    part = head[0]
    ends = [match.end() for match in re.finditer(r"[.!][\"”’')\]]?\s+(?=[A-ZÀ-Þ0-9])", part.text)]
    ends = [end for end in ends if len(part.text) - end > 15 and not _ends_short(part.text[:end])]
    if not ends:
        return [*quote, part], []
    cut = part.start + ends[-1]
    rest = StreamPart(
        role=StreamRole.TEXT, passage=part.passage, start=cut, end=part.end, block=part.block, begins=True
    )
    first = StreamPart(
        role=StreamRole.TEXT,
        passage=part.passage,
        start=part.start,
        end=cut,
        block=part.block,
        begins=part.begins,
    )
    return [*quote, first], [rest]


def _own_block(head: list[StreamPart], anchor: StreamPart) -> list[StreamPart]:
    """Keep to the anchor's paragraph where it names the source whole."""
    own = [part for part in head if part.block == anchor.block]
    if len(own) >= 2:
        return own
    if own and anchor.begins and len(own) < len(head) and not attribution_like(own[0].text):
        return own
    return head


def _gives_contact(text: str) -> bool:
    """Tell whether a line says whom to call."""
    low = lowered(text)
    labelled = any(stem in low for stem in stems(Words.CONTACT_LABELS))
    numbered = labelled or "+" in text or _NUMBERS.search(text) is not None
    return numbered and _CONTACT.search(text) is not None


def _ends_short(text: str) -> bool:
    """Tell whether the full stop a text ends with is a short form's or an initial's."""
    end = len(text.rstrip())
    return text.endswith(".", 0, end) and _ENDS_SHORT.search(text, max(0, end - _LONGEST_SHORT)) is not None


def _is_prose(text: str, *, named: bool = False) -> bool:
    """Tell whether a line is an excerpt's; where title and attribution are `named` already, a short one, too."""
    shown = text.strip()
    if len(shown) > _LONGEST_HEAD_LINE:
        return True
    if not _ENDS_SENTENCE.search(shown) or _ends_short(shown):
        return False
    single = len(sentences(shown)) == 1
    if shown.rstrip("\"”’')]")[-1] in "?!" and single and len(shown) <= 140:
        return False
    return not single or named or len(shown.split()) >= 5
