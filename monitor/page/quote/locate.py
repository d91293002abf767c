"""Where a part of a quote stands in a page text: exactly, but for form; or most nearly."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from monitor.page.fold import MARKER, Folded, fold, fold_lines, spaceless, strip, tokens
from monitor.page.quote.change_words import NEGATIONS
from monitor.page.quote.parts import MIN_WORDS, QuotePart
from monitor.patterns import lazy

_EDGE_MARKER = lazy(r"[\[(]\d{1,3}[\])]")
_MAX_TRIES = 1000
_MAX_INTERRUPTIONS = 3
_MAX_INTERRUPTION_CHARS = 2000
_MAX_BLOCKS_AROUND = 16
_MIN_PIECE_CHARS = 12
_MAX_VOTERS = 60
_MAX_PLACES = 400


@dataclass(frozen=True, slots=True)
class Hit:
    """A stretch of a folded text."""

    text: Folded
    start: int
    end: int
    interrupted: bool = False

    @property
    def original(self) -> str:
        """The page's own words there."""
        return self.text.original(self.start, self.end)


def locate(part: QuotePart, text: Folded, start: int = 0) -> Hit | None:
    """Find a part at or after an offset: by its words, then bare of punctuation, then of markers."""
    for begin, end in _plain(part.text, text.text, start):
        return Hit(text, begin, end)
    for begin, end in _bare(part.bare, text, start):
        return Hit(text, begin, end)
    return _without_markers(part, text, start) or _interrupted(part.bare, text, start)


def _plain(part: str, text: str, start: int) -> Iterator[tuple[int, int]]:
    at = text.find(part, start)
    for _ in range(_MAX_TRIES):
        if at < 0:
            return
        if whole(text, at, at + len(part)):
            yield at, at + len(part)
        at = text.find(part, at + 1)


def _bare(needle: str, text: Folded, start: int) -> Iterator[tuple[int, int]]:
    hay, offsets = text.bare
    at = hay.find(needle, bisect_left(offsets, start)) if needle else -1
    for _ in range(_MAX_TRIES):
        if at < 0:
            return
        begin, end = offsets[at], offsets[at + len(needle) - 1] + 1
        if whole(text.text, begin, end):
            yield begin, end
        at = hay.find(needle, at + 1)


def whole(text: str, start: int, end: int) -> bool:
    """Tell whether [start, end) cuts no word and no number: "15" does not stand in "150" or "1.15"."""
    return not (_cuts(text, start) or _cuts(text, end))


def _cuts(text: str, at: int) -> bool:
    if at <= 0 or at >= len(text):
        return False
    a, b = text[at - 1], text[at]
    if a.isdigit():
        return b.isdigit() or b == "%" or (b in ".,:" and text[at + 1 : at + 2].isdigit())
    if b.isdigit():
        return a in "$€£¥" or (a in ".,:" and text[at - 2 : at - 1].isdigit())
    return a.isalpha() and b.isalpha() and not spaceless(a + b)


def _without_markers(part: QuotePart, text: Folded, start: int) -> Hit | None:
    """Find a part where only one side has reference markers like "[2]" or "(16)".

    Where both have them they must agree: a changed number is no marker.
    """
    unmarked = MARKER.sub("", part.text).strip()
    if unmarked != part.text and len(tokens(unmarked)) >= MIN_WORDS:
        for begin, end in _bare(strip(unmarked)[0], text, start):
            near = text.text[max(0, begin - 8) : begin] + " " + text.text[end : end + 8]
            if not _EDGE_MARKER.search(near):
                return Hit(text, begin, end)
    elif unmarked == part.text and (other := text.unmarked) is not None:
        for begin, end in _bare(part.bare, other, 0):
            return Hit(other, begin, end)
    return None


def _interrupted(needle: str, text: Folded, start: int) -> Hit | None:
    """Find a part that whole blocks of the page (captions, advertisements) stand within."""
    hay, offsets = text.bare
    if len(needle) < 2 * _MIN_PIECE_CHARS:
        return None
    at = hay.find(needle[:_MIN_PIECE_CHARS], bisect_left(offsets, start))
    for _ in range(20):
        if at < 0:
            return None
        end = _resume(needle, at, text, _MAX_INTERRUPTIONS)
        if end is not None and whole(text.text, offsets[at], end):
            return Hit(text, offsets[at], end, interrupted=True)
        at = hay.find(needle[:_MIN_PIECE_CHARS], at + 1)
    return None


def _resume(needle: str, at: int, text: Folded, left: int) -> int | None:
    """Return the offset where `needle`, read from `at`, ends; blocks may be stepped over."""
    hay, offsets = text.bare
    same = _common(needle, hay, at)
    if same == len(needle):
        return offsets[at + same - 1] + 1
    if not left:
        return None
    # The last block that begins within what agrees: the interruption starts there.
    block = bisect_right(text.starts, offsets[min(at + same, len(offsets) - 1)]) - 1
    cut = bisect_left(offsets, text.starts[block]) - at if block >= 0 else 0
    if cut < _MIN_PIECE_CHARS or len(needle) - cut < _MIN_PIECE_CHARS:
        return None
    rest = needle[cut : cut + _MIN_PIECE_CHARS]
    again = hay.find(rest, at + cut, at + cut + _MAX_INTERRUPTION_CHARS)
    while again >= 0:
        begin = offsets[again]
        index = bisect_left(text.starts, begin)
        if index < len(text.starts) and not text.text[begin : text.starts[index]].strip(" \"'(*-"):
            break
        if bisect_left(offsets, text.starts[max(bisect_right(text.starts, begin) - 1, 0)]) == again:
            break
        again = hay.find(rest, again + 1, at + cut + _MAX_INTERRUPTION_CHARS)
    if again < 0 or not _mere_block(text.text[offsets[at + cut] : offsets[again]]):
        return None
    return _resume(needle[cut:], again, text, left - 1)


def around_blocks(part: QuotePart, text: Folded) -> Hit | None:
    """Find a part that short blocks of the page stand within, however near its first or last word.

    Where most of the part stands, up to three blocks in a row are left out in turn: a caption or an
    advertisement cuts a paragraph at any place.
    """
    near = nearest(part, text)[1]
    if near is None:
        return None
    first = max(text.line_at(near.start) - _MAX_INTERRUPTIONS, 0)
    last = min(text.line_at(max(near.end - 1, 0)) + _MAX_INTERRUPTIONS + 1, len(text.lines))
    if not 3 <= last - first <= _MAX_BLOCKS_AROUND:
        return None
    lines = text.lines[first:last]
    for begin in range(1, len(lines) - 1):
        for end in range(begin + 1, min(begin + _MAX_INTERRUPTIONS + 1, len(lines))):
            gap = " ".join(fold(line) for line in lines[begin:end])
            if len(gap) > _MAX_INTERRUPTION_CHARS or not _mere_block(gap):
                continue
            rest = fold_lines("\n".join((*lines[:begin], *lines[end:])))
            if any(_bare(part.bare, rest, 0)):
                return Hit(text, near.start, near.end, interrupted=True)
    return None


def _mere_block(gap: str) -> bool:
    """Tell whether what was stepped over could not change the meaning: no lone "not", no lone number."""
    words = tokens(gap)
    return len(words) >= MIN_WORDS or not any(word in NEGATIONS or word[0].isdigit() for word in words)


def _common(needle: str, hay: str, at: int) -> int:
    """Return how many characters `needle` and `hay[at:]` have in common at their start."""
    low, high = 0, min(len(needle), len(hay) - at)
    while low < high:
        middle = (low + high + 1) // 2
        if hay.startswith(needle[:middle], at):
            low = middle
        else:
            high = middle - 1
    return low


def nearest(part: QuotePart, text: Folded) -> tuple[float, Hit | None]:
    """Return the window of a text most like a part, and their similarity in 0..100.

    The part's rarest words vote for the diagonals they stand on, so that the cost does not grow
    with page times quote; the best few are aligned.
    """
    from rapidfuzz import fuzz  # most quotes stand there word for word

    words = tokens(part.text)
    known = [word for word in dict.fromkeys(words) if word in text.places]
    voters = set(sorted(known, key=lambda word: len(text.places[word]))[:_MAX_VOTERS])
    width = max(len(words) // 4, 2)
    votes: dict[int, float] = {}
    for index, word in enumerate(words):
        if word in voters:
            places = text.places[word]
            value = 1.0 / (1 + len(places)) ** 0.5
            for place in places[:_MAX_PLACES]:
                key = (place - index) // width
                votes[key] = votes.get(key, 0.0) + value
    both = {key: value + votes.get(key + 1, 0.0) for key, value in votes.items()}
    best: tuple[float, Hit | None] = (0.0, None)
    for key in sorted(both, key=lambda key: both[key], reverse=True)[:5]:
        first = max((key - 1) * width, 0)
        last = min((key + 3) * width + len(words), len(text.spans))
        if first < last:
            begin, end = text.spans[first][0], text.spans[last - 1][1]
            found = fuzz.partial_ratio_alignment(part.text, text.text[begin:end])
            if found is not None and found.score > best[0]:
                best = (found.score, _to_words(text, begin + found.dest_start, begin + found.dest_end))
    return best


def _to_words(text: Folded, start: int, end: int) -> Hit:
    """Widen a window to whole words."""
    begin = text.text.rfind(" ", 0, start + 1) + 1
    stop = text.text.find(" ", max(end - 1, begin))
    if spaceless(text.text[start:end]):
        begin, stop = start, end
    return Hit(text, begin, stop if stop >= 0 else len(text.text))


def widened(hit: Hit, words: int = 2) -> Hit:
    """Return the hit with a few more words at both sides."""
    begin, end = hit.start, hit.end
    for _ in range(words):
        begin = hit.text.text.rfind(" ", 0, max(begin - 1, 0)) + 1
        end = hit.text.text.find(" ", end + 1)
        end = len(hit.text.text) if end < 0 else end
    return Hit(hit.text, begin, end)
