"""The words of a source that a reference reproduces: the citation's quote."""

from collections.abc import Iterator, Sequence

from monitor.extract.dates.found import DateKind
from monitor.extract.layouts.entry import Entry, Place
from monitor.extract.passage import clean
from monitor.extract.references.quote_marks import LABEL, announced, bare, long_enough, quotations
from monitor.extract.urls.addresses import Address
from monitor.model.document import Document, Span
from monitor.patterns import lazy

_NEXT_FIELD = lazy(r"\n\s{0,8}[*_•+-]{0,3}\s?[*_]{0,3}[^\W\d_][\w /-]{1,20}[*_]{0,3}\s?:|\n\n")
_SENTENCE_START = lazy(r"(?:^|\n|(?<=[.;|)\]>])\s|(?<=[—–-])\s)(?=\S)")
_APART = 12


def excerpt(document: Document, places: Sequence[Place]) -> tuple[str | None, Span | None]:
    """Return the text at some places, a blank line between paragraphs, and the span of all."""
    paragraphs: list[str] = []
    origins: list[tuple[int, int]] = []
    for passage, start, end in places:
        text = passage.text[start:end]
        begin = start + len(text) - len(text.lstrip())
        finish = start + len(text.rstrip())
        if begin < finish:
            paragraphs += [one for piece in text.split("\n\n") if (one := clean(piece))]
            origins.append(passage.origin(begin, finish))
    if not paragraphs:
        return None, None
    if len(places) > 1:
        paragraphs = [bare(one) for one in paragraphs]
    return bare("\n\n".join(paragraphs)), document.span(origins[0][0], max(end for _, end in origins))


def within(entry: Entry, chosen: Sequence[Address]) -> tuple[Place, ...]:
    """Return what an entry quotes in its own text: after address and date, or announced as a quotation."""
    accessed = entry.of_kind(DateKind.ACCESSED, DateKind.UNAVAILABLE)
    if not chosen and not accessed:
        return ()
    first = chosen[0].end if chosen else accessed[0].outer_end
    after = max(first, accessed[0].outer_end) if accessed else first
    found: list[Place] = []
    for start, end in quotations(entry.passage.text, entry.start, entry.end):
        if found and start - found[-1][2] > _APART:
            break
        if long_enough(entry.passage.text[start + 1 : end - 1]) and (
            start >= after or _introduced(entry, start, first)
        ):
            found.append((entry.passage, start, end))
    if found:
        return tuple(found)
    text = entry.passage.text
    colons = text.count(":", first, entry.end)
    # The colons of addresses end no labels.
    if colons > text.count("://", first, entry.end) or text.find("：", first, entry.end) >= 0:
        return tuple(_labelled(entry, first))
    return ()


def _introduced(entry: Entry, start: int, first: int) -> bool:
    if announced(entry.passage.text, entry.start, start):
        return True
    return start >= first and entry.passage.text[:start].rstrip()[-1:] in {":", "："}


def _labelled(entry: Entry, first: int) -> Iterator[Place]:
    """Return what follows "Quote:" up to the next field or paragraph."""
    text = entry.passage.text
    for opening in _SENTENCE_START.finditer(text, first, entry.end):
        label = LABEL.match(text, opening.end(), entry.end)
        if label:
            following = _NEXT_FIELD.search(text, label.end(), entry.end)
            end = following.start() if following else entry.end
            if text[label.end() : end].strip():
                yield entry.passage, label.end(), end
            return
