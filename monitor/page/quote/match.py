"""The quote test: does a page still say what a document quotes (docs/design.md#quotes)."""

from dataclasses import dataclass
from itertools import pairwise

from monitor.model.page import PageText, QuoteMatch, QuoteResult
from monitor.page.fold import MARKER, TOKEN, Folded, fold, fold_page, normalise, tokens
from monitor.page.quote.fragment import text_fragment
from monitor.page.quote.locate import Hit, around_blocks, locate, nearest, widened
from monitor.page.quote.parts import MIN_CHARS, QuotePart, as_a_whole, readings
from monitor.page.quote.worddiff import MAX_WORDS, WordDiff, flags, missing, word_diff
from monitor.patterns import lazy

READABLE_WORDS = 100
ALTERED_SCORE = 80.0
WEAK_SCORE = 70.0
MAX_QUOTE_CHARS = 20_000
NEAR_CHARS = 500
MIN_LIKENESS = 50.0
MIN_KEPT_WORDS = 5
KEPT_PER_CHANGE = 5
ASCII_SHARE = 10
"""A quote with fewer than one word in ten outside ASCII would be recognised in any reading of a page."""

_CHANGED = lazy(r"\[-(?:.*?)-\]|\{\+(?:.*?)\+\}")


@dataclass(frozen=True, slots=True)
class _Match:
    """One part's best match: `score` 100 with a `hit` where found; `diff` where something differs."""

    part: QuotePart
    score: float
    hit: Hit | None = None
    diff: WordDiff | None = None


def match_quote(quote: str | None, page: PageText | None) -> QuoteResult:
    """Tell how a quote stands on a page.

    `page` None means it could not be read. Sought in the visible text first, then the main text,
    then what the page says out of sight. Scores are similarities in 0..100.
    """
    whole = as_a_whole(quote[:MAX_QUOTE_CHARS]) if quote else []
    if not quote or not TOKEN.search(whole[0].text):
        return QuoteResult(match=QuoteMatch.NONE, reason="the document quotes nothing")
    if page is None:
        return QuoteResult(reason="the page could not be read")
    # Most quotes stand there whole: other texts and readings are made when they are needed.
    if page.visible and (hits := _all_hits(whole, [fold_page(page.visible)])):
        return _found(whole, hits)
    texts = _texts(quote, page)
    ways = readings(quote[:MAX_QUOTE_CHARS])
    for text in texts:
        for parts in ways:
            if hits := _all_hits(parts, [text]):
                return _found(parts, hits)
    # Paragraphs may stand partly in what a script unfolds: the last resort is all texts together.
    for parts in ways[1:]:
        if hits := _all_hits(parts, texts):
            return _found(parts, hits)
    if unreadable := _unreadable(page):
        return QuoteResult(reason=unreadable)
    if hit := _interrupted(ways[0], texts):
        return _found(ways[0], [hit])
    result = _judge(ways, texts, page)
    if not page.legible and _turns_on_letters(quote, result):
        return QuoteResult(reason="the page names no character set, and its bytes do not tell it surely")
    return result


def _turns_on_letters(quote: str, result: QuoteResult) -> bool:
    """Tell whether a wrong reading of a page's bytes could be all that differs.

    Letters outside ASCII are what bytes may be misread for: a change of other words stands, and so
    does the absence of a quote that has hardly any of them.
    """
    if result.diff is not None:
        return not normalise("".join(_CHANGED.findall(result.diff))).isascii()
    words = tokens(fold(quote))
    return sum(not word.isascii() for word in words) * ASCII_SHARE > len(words)


def _texts(quote: str, page: PageText) -> list[Folded]:
    """Return the texts to search, best first.

    The main text lacks footnote marks: a quote that has some must find them in the visible text.
    """
    main = "" if MARKER.search(quote) else page.main
    return [fold_page(text) for text in dict.fromkeys((page.visible, main, page.extra)) if text]


def _interrupted(parts: list[QuotePart], texts: list[Folded]) -> Hit | None:
    """Return where a whole quote stands but for captions and advertisements that cut it."""
    if len(parts) != 1 or parts[0].short or len(tokens(parts[0].text)) > MAX_WORDS:
        return None
    return next((hit for text in texts if (hit := around_blocks(parts[0], text))), None)


def _unreadable(page: PageText) -> str | None:
    words = page.words
    if page.shell:
        return f"a script would fill the page ({words} visible words)"
    if words < READABLE_WORDS:
        return f"too little text to judge by ({words} visible words)"
    return None


def _all_hits(parts: list[QuotePart], texts: list[Folded]) -> list[Hit] | None:
    """Return a place for every part, in order where they stand in order; None where one is missing.

    A caption may be missing, but not if the page has one like it with another wording.
    """
    hits: list[Hit] = []
    missing: list[QuotePart] = []
    for part in parts:
        hit = next((found for text in texts if (found := _next(part, text, hits))), None)
        if hit is not None:
            hits.append(hit)
        elif part.heading and not part.numbered and len(parts) > 1:
            missing.append(part)
        else:
            return None
    if not any(not part.short for part in parts if part not in missing) and missing:
        return None
    if any(nearest(part, text)[0] >= WEAK_SCORE for part in missing for text in texts if not part.short):
        return None
    return hits


def _next(part: QuotePart, text: Folded, hits: list[Hit]) -> Hit | None:
    start = hits[-1].end if hits and hits[-1].text is text else 0
    return locate(part, text, start) or (locate(part, text) if start else None)


def _found(parts: list[QuotePart], hits: list[Hit]) -> QuoteResult:
    fragment = _fragment(hits)
    if all(part.short for part in parts) and not _neighbours(hits):
        return QuoteResult(
            match=QuoteMatch.WEAK,
            score=100.0,
            text_fragment=fragment,
            reason="found, but too short to tell this page from others",
        )
    if len(parts) == 1:
        reason = "found with other text between its blocks" if hits[0].interrupted else None
        return QuoteResult(match=QuoteMatch.FOUND, score=100.0, text_fragment=fragment, reason=reason)
    lacking = len(parts) - len(hits)
    reason = f"found in {len(hits)} parts" + (f", {lacking} heading(s) not on the page" if lacking else "")
    return QuoteResult(match=QuoteMatch.FOUND, score=100.0, text_fragment=fragment, reason=reason)


def _neighbours(hits: list[Hit]) -> bool:
    """Tell whether several short parts stand in order, close by, and together say enough."""
    if len(hits) < 2 or sum(hit.end - hit.start for hit in hits) < MIN_CHARS:
        return False
    return all(a.text is b.text and 0 <= b.start - a.end <= NEAR_CHARS for a, b in pairwise(hits))


def _fragment(hits: list[Hit]) -> str | None:
    first, last = hits[0], hits[-1]
    if last.text is not first.text or last.end < first.end:
        last = first
    text = first.text
    block_end = text.block(first.start)[1]
    if last is first and first.end <= block_end:
        return text_fragment(first.original)
    last_start = max(last.start, text.block(max(last.end - 1, 0))[0])
    return text_fragment(
        text.original(first.start, min(first.end, block_end)), text.original(last_start, last.end)
    )


def _judge(ways: list[list[QuotePart]], texts: list[Folded], page: PageText) -> QuoteResult:
    """Judge a quote that is nowhere whole: altered, weak or absent, by its parts' best windows."""
    names = not (page.language or "").lower().startswith("de")
    best = QuoteResult(match=QuoteMatch.ABSENT, score=0.0)
    for number, parts in enumerate(ways, 1):
        if number < len(ways) and any(len(tokens(part.text)) > MAX_WORDS for part in parts):
            continue
        matches = [_best(part, texts) for part in parts]
        result = _weigh(matches, names=names)
        if (result.score or 0) > (best.score or 0):
            best = result
        # The reading that keeps most together says most about what changed.
        if all(match.score >= ALTERED_SCORE for match in matches):
            return result
    return best


def _best(part: QuotePart, texts: list[Folded]) -> _Match:
    """Return the best match of a part over all texts."""
    score, near = 0.0, None
    for text in texts:
        if (hit := locate(part, text)) is not None:
            return _Match(part, 100.0, hit)
        likeness, window = nearest(part, text)
        if likeness > score:
            score, near = likeness, window
    if near is None or score < MIN_LIKENESS:
        return _Match(part, score)
    diff = word_diff(part.raw, widened(near).original)
    if diff.kept >= MIN_KEPT_WORDS and diff.touched * KEPT_PER_CHANGE <= diff.kept:
        # One long word for a short one costs more characters than it says.
        score = max(score, ALTERED_SCORE)
    elif score < ALTERED_SCORE and diff.kept <= diff.touched:
        # Letters alike, words not: another text on the same matter.
        score = min(score, WEAK_SCORE - 0.1)
    return _Match(part, min(score, 99.9), near, diff if score >= WEAK_SCORE else None)


def _weigh(matches: list[_Match], *, names: bool) -> QuoteResult:
    counted = [
        m for m in matches if not (m.part.heading and not m.part.numbered and m.score < WEAK_SCORE)
    ] or matches
    total = sum(len(match.part.text) for match in counted)
    score = round(sum(match.score * len(match.part.text) for match in counted) / total, 1)
    every = [missing(m.part.raw) if m.score < WEAK_SCORE else m.diff for m in counted if m.score < 100]
    diffs = [diff for diff in every if diff is not None and diff.changes]
    reason = None
    if len(matches) > 1:
        worst = min(counted, key=lambda match: match.score)
        number = matches.index(worst) + 1
        word = "not found" if worst.score < WEAK_SCORE else "differs"
        reason = f'part {number} of {len(matches)} {word}: "{worst.part.raw[:60].strip()}"'
    if score < WEAK_SCORE:
        return QuoteResult(match=QuoteMatch.ABSENT, score=score, reason=reason)
    return QuoteResult(
        match=QuoteMatch.ALTERED if score >= ALTERED_SCORE else QuoteMatch.WEAK,
        score=score,
        diff=" / ".join(diff.text for diff in diffs) or None,
        flags=flags([change for diff in diffs for change in diff.changes], names=names),
        reason=reason,
    )
