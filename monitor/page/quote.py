"""The quote test: does a page still say what a document quotes (DESIGN §5, anchor research §6)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz

from monitor.model.page import PageText, QuoteMatch, QuoteResult
from monitor.page.fold import Folded, fold, fold_page, normalise, spaceless, strip, tokens, weight
from monitor.page.fragment import text_fragment
from monitor.page.worddiff import WordDiff, flags, word_diff

READABLE_WORDS = 100
ALTERED_SCORE = 80.0
WEAK_SCORE = 70.0
MIN_WORDS = 4
MIN_CHARS = 20
MAX_QUOTE_CHARS = 50_000
MAX_PARTS = 200

_GAP = re.compile(r"[\[(]\s{0,3}\.{2,}\s{0,3}[\])]|\.{3,}|(?:\.\s){2,}\.|\[[^\[\]\n]{0,200}\]")
_LETTER_INSERTION = re.compile(r"\[(\w)\](?=\w)|(?<=\w)\[(\w{1,3})\]")
_MARKER = re.compile(r"\s?\[(?:\d{1,3}|[a-z]|note \d{1,3}|[a-z ]{4,30} needed)\]|\s?\(\d{1,3}\)")


@dataclass(frozen=True, slots=True)
class _Hit:
    """Where a part stands in a folded text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Part:
    """One part's best match: `score` 100 where found; `diff` where altered."""

    text: str
    score: float
    where: Folded | None = None
    hit: _Hit | None = None
    diff: WordDiff | None = None


def match_quote(quote: str | None, page: PageText | None) -> QuoteResult:
    """Tell how a quote stands on a page.

    `page` None means it could not be read. Sought in the visible text first, then the main text,
    then what the page says out of sight. Scores are similarities in 0..100.
    """
    if quote is None or not tokens(fold(quote[:MAX_QUOTE_CHARS])):
        return QuoteResult(match=QuoteMatch.NONE, reason="the document quotes nothing")
    if page is None:
        return QuoteResult(reason="the page could not be read")
    quote = normalise(quote[:MAX_QUOTE_CHARS])
    texts = [fold_page(text) for text in dict.fromkeys((page.visible, page.main, page.extra)) if text]
    for text in texts:
        if (found := _found(quote, text)) is not None:
            return found
    unreadable = _unreadable(page)
    if unreadable:
        return QuoteResult(reason=unreadable)
    return _nearest(quote, texts, page)


def _unreadable(page: PageText) -> str | None:
    words = weight(page.visible)
    if page.shell:
        return f"a script would fill the page ({words} visible words)"
    if words < READABLE_WORDS:
        return f"too little text to judge by ({words} visible words)"
    return None


def _parts(quote: str) -> list[list[str]]:
    """Return readings of a quote, strictest first: each a list of parts that must all be found."""
    joined = _LETTER_INSERTION.sub(lambda m: m[1] or m[2], quote)
    gaps = [part for part in _GAP.split(joined) if tokens(part)]
    lines = [line for part in gaps for line in part.splitlines() if tokens(line)]
    readings = [[quote], gaps, lines]
    unique: list[list[str]] = []
    for reading in readings:
        folded = [fold(part).strip(" .,;:-\"'") for part in reading][:MAX_PARTS]
        folded = [part for part in folded if part]
        if folded and folded not in unique:
            unique.append(folded)
    return unique


def _found(quote: str, text: Folded) -> QuoteResult | None:
    for reading in _parts(quote):
        hits = _all_hits(reading, text)
        if hits:
            return _result_found(reading, hits, text)
    return None


def _all_hits(reading: list[str], text: Folded) -> list[_Hit] | None:
    """Return a place for every part that must be there, in order where they stand in order."""
    must = [part for part in reading if not _short(part)] or reading
    hits: list[_Hit] = []
    position = 0
    for part in must:
        hit = _locate(part, text, position) or (_locate(part, text, 0) if position else None)
        if hit is None:
            return None
        hits.append(hit)
        position = hit.end
    return hits


def _short(part: str) -> bool:
    if spaceless(part):
        return len(tokens(part)) < MIN_CHARS // 2
    return len(tokens(part)) < MIN_WORDS or len(part) < MIN_CHARS


def _locate(part: str, text: Folded, start: int) -> _Hit | None:
    """Find a part by its words, then without punctuation, then without reference markers."""
    for hit in _plain_hits(part, text.text, start):
        return hit
    if (hit := _bare_hit(part, text, start)) is not None:
        return hit
    unmarked = _MARKER.sub("", part)
    if unmarked != part and len(tokens(unmarked)) >= MIN_WORDS and (hit := _bare_hit(unmarked, text, start)):
        return hit
    return _interrupted(part, text, start)


def _plain_hits(part: str, text: str, start: int) -> Iterator[_Hit]:
    at = text.find(part, start)
    tries = 0
    while at >= 0 and tries < 1000:
        tries += 1
        if _whole(text, at, at + len(part)):
            yield _Hit(at, at + len(part))
        at = text.find(part, at + 1)


def _whole(text: str, start: int, end: int) -> bool:
    """Tell whether [start, end) cuts no word and no number at its ends."""
    return not (_cuts(text, start - 1, start) or _cuts(text, end - 1, end))


def _cuts(text: str, left: int, right: int) -> bool:
    if left < 0 or right >= len(text):
        return False
    a, b = text[left], text[right]
    if a.isdigit():
        return b.isdigit() or (b in ".,:%" and (b == "%" or text[right + 1 : right + 2].isdigit()))
    if b.isdigit():
        return a in ".,:$€£¥" and (a in "$€£¥" or text[left - 1 : left].isdigit())
    return a.isalpha() and b.isalpha() and not spaceless(a + b)


def _bare_hit(part: str, text: Folded, start: int) -> _Hit | None:
    needle, _ = strip(part)
    if not needle:
        return None
    hay, offsets = text.bare
    at = hay.find(needle)
    tries = 0
    while at >= 0 and tries < 1000:
        tries += 1
        begin, end = offsets[at], offsets[at + len(needle) - 1] + 1
        if begin >= start and _whole(text.text, begin, end):
            return _Hit(begin, end)
        at = hay.find(needle, at + 1)
    return None


def _interrupted(part: str, text: Folded, start: int) -> _Hit | None:
    """Find a part that whole blocks of the page (captions, advertisements) interrupt."""
    return None


def _result_found(reading: list[str], hits: list[_Hit], text: Folded) -> QuoteResult:
    total = sum(len(part) for part in reading)
    fragment = _fragment(hits, text)
    if len(hits) == 1 and _short(reading[0]) and len(reading) == 1:
        return QuoteResult(
            match=QuoteMatch.WEAK, score=100.0, text_fragment=fragment,
            reason=f"found, but {total} characters are too few to tell this page from others",
        )  # fmt: skip
    reason = None if len(reading) == 1 else f"found in {len(hits)} parts"
    return QuoteResult(match=QuoteMatch.FOUND, score=100.0, text_fragment=fragment, reason=reason)


def _fragment(hits: list[_Hit], text: Folded) -> str | None:
    first, last = hits[0], hits[-1]
    if last.end < first.end:
        last = first
    line_end = (
        text.starts[text.line_at(first.start) + 1] - 1
        if text.line_at(first.start) + 1 < len(text.starts)
        else len(text.text)
    )
    if first is last and first.end <= line_end:
        return text_fragment(text.original(first.start, first.end))
    line_start = text.starts[text.line_at(max(last.end - 1, 0))]
    return text_fragment(
        text.original(first.start, min(first.end, line_end)),
        text.original(max(last.start, line_start), last.end),
    )


def _nearest(quote: str, texts: list[Folded], page: PageText) -> QuoteResult:
    """Judge a quote that is nowhere whole: altered, weak or absent, by its parts' best windows."""
    reading = _parts(quote)[-1]
    must = [part for part in reading if not _short(part)] or reading
    parts = [max((_best(part, text) for text in texts), key=lambda p: p.score) for part in must]
    total = sum(len(part.text) for part in parts) or 1
    score = round(sum(part.score * len(part.text) for part in parts) / total, 1)
    failed = [(number, part) for number, part in enumerate(parts, 1) if part.score < ALTERED_SCORE]
    reason = None
    if len(parts) > 1 and failed:
        number, part = failed[0]
        reason = f'part {number} of {len(parts)} not found: "{part.text[:60]}"'
    if score < WEAK_SCORE:
        return QuoteResult(match=QuoteMatch.ABSENT, score=score, reason=reason)
    diffs = [part.diff for part in parts if part.diff is not None]
    changes = [change for diff in diffs for change in diff.changes]
    names = not (page.language or "").lower().startswith("de")
    return QuoteResult(
        match=QuoteMatch.ALTERED if score >= ALTERED_SCORE else QuoteMatch.WEAK,
        score=score,
        diff=" / ".join(diff.text for diff in diffs if diff.changes) or None,
        flags=flags(changes, names=names),
        reason=reason,
    )


def _best(part: str, text: Folded) -> _Part:
    """Return the window of a text most like a part."""
    hit = _locate(part, text, 0)
    if hit is not None:
        return _Part(part, 100.0, text, hit)
    score, begin, end = _window(part, text)
    if score < WEAK_SCORE:
        return _Part(part, score)
    return _Part(part, score, text, _Hit(begin, end), word_diff(part, text.original(begin, end)))


def _window(part: str, text: Folded) -> tuple[float, int, int]:
    """Vote for the diagonals where words of the part stand on the page; align around the best.

    Exact words vote (rare ones first), so the cost does not grow with page times quote.
    """
    words = tokens(part)
    rare = sorted({w for w in words if w in text.places}, key=lambda w: len(text.places[w]))[:60]
    votes: dict[int, float] = {}
    width = max(len(words) // 4, 2)
    for index, word in enumerate(words):
        if word not in rare:
            continue
        places = text.places[word]
        for place in places[:400]:
            votes[(place - index) // width] = (
                votes.get((place - index) // width, 0.0) + 1.0 / (1 + len(places)) ** 0.5
            )
    if not votes:
        return 0.0, 0, 0
    both = {key: value + votes.get(key + 1, 0.0) for key, value in votes.items()}
    best = (0.0, 0, 0)
    for key in sorted(both, key=both.__getitem__, reverse=True)[:5]:
        first = max(key * width - width, 0)
        last = min(key * width + len(words) + 3 * width, len(text.spans))
        if first >= last:
            continue
        begin, end = text.spans[first][0], text.spans[last - 1][1]
        found = fuzz.partial_ratio_alignment(part, text.text[begin:end])
        if found is not None and found.score > best[0]:
            best = (found.score, begin + found.dest_start, begin + found.dest_end)
    return best
