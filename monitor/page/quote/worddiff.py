"""Aligned word diffs of a quote against a page, and what the changes touch."""

from collections.abc import Sequence
from dataclasses import dataclass

from monitor.page.fold import TOKEN, normalise, spaceless
from monitor.page.quote.change_words import NEGATION_INSIDE, NEGATIONS, NEGATIVE_PREFIXES, NUMBER_WORDS
from monitor.patterns import lazy

CONTEXT_WORDS = 3
MAX_WORDS = 400

_EDGE = lazy(r"^[^\w$€£¥%-]+|[^\w%]+$")
_DIGIT = lazy(r"\d")


@dataclass(frozen=True, slots=True)
class Change:
    """One hunk: words of the quote that went, words of the page that stand there instead."""

    old: tuple[str, ...]
    new: tuple[str, ...]
    starts_sentence: bool


@dataclass(frozen=True, slots=True)
class WordDiff:
    """A diff in the form "the [-old-] {+new+} words", and its changes."""

    text: str
    changes: tuple[Change, ...]
    kept: int

    @property
    def touched(self) -> int:
        """Return how many words of the quote changed or went, or came where none went."""
        return sum(max(len(change.old), len(change.new)) for change in self.changes)


def word_diff(old: str, new: str) -> WordDiff:
    """Align a quote with the page's words around it; case and punctuation at word edges do not count.

    `new` may hold more words at both ends than `old`: what is only there is left out.
    """
    before, after = _words(old)[:MAX_WORDS], _words(new)[: 2 * MAX_WORDS]
    between = "" if spaceless(normalise(old)) else " "
    pieces: list[str] = []
    changes: list[Change] = []
    kept = 0
    hunks = align([_key(word) for word in before], [_key(word) for word in after])
    for number, (i1, i2, j1, j2, equal) in enumerate(hunks):
        gone, come = tuple(before[i1:i2]), tuple(after[j1:j2])
        if equal:
            kept += i2 - i1
            pieces.append(_context(come, between, first=number == 0, last=number == len(hunks) - 1))
            continue
        if not any(_key(word) for word in (*gone, *come)):
            continue
        changes.append(Change(gone, come, starts_sentence=i1 == 0 or before[i1 - 1][-1:] in ".!?:\"'"))
        if gone:
            pieces.append(f"[-{_clip(gone, between)}-]")
        if come:
            pieces.append(f"{{+{_clip(come, between)}+}}")
    return WordDiff(" ".join(piece for piece in pieces if piece), tuple(changes), kept)


def align(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int, int, int, bool]]:
    """Align two word lists at least cost, what `new` has more at its ends free of charge.

    Returns hunks (i1, i2, j1, j2, equal). A word for a word is preferred to one gone and one come.
    Why not difflib: it has no free ends, and its longest block at times starts a quote's words
    within the words around the quote.
    """
    rows, columns = len(old), len(new)
    cost = list(range(rows + 1))
    table = [bytearray(b"D" * (rows + 1))]
    ends = [rows]
    for j in range(1, columns + 1):
        word = new[j - 1]
        moves = bytearray(rows + 1)
        above = cost
        cost = [0] * (rows + 1)
        moves[0] = 73  # I: free before the quote begins
        for i in range(1, rows + 1):
            best, move = above[i - 1] + (old[i - 1] != word), 83
            if cost[i - 1] + 1 < best:
                best, move = cost[i - 1] + 1, 68
            if above[i] + 1 < best:
                best, move = above[i] + 1, 73
            cost[i], moves[i] = best, move
        table.append(moves)
        ends.append(cost[rows])
    return _hunks(old, new, table, min(range(columns, -1, -1), key=ends.__getitem__))


def _hunks(
    old: Sequence[str], new: Sequence[str], table: list[bytearray], end: int
) -> list[tuple[int, int, int, int, bool]]:
    i, j = len(old), end
    steps: list[tuple[int, int, int, int, bool]] = []
    while i > 0:
        move = table[j][i]
        if move == 83:
            steps.append((i - 1, i, j - 1, j, old[i - 1] == new[j - 1]))
            i, j = i - 1, j - 1
        elif move == 68:
            steps.append((i - 1, i, j, j, False))
            i -= 1
        else:
            steps.append((i, i, j - 1, j, False))
            j -= 1
    hunks: list[tuple[int, int, int, int, bool]] = []
    for step in reversed(steps):
        if hunks and hunks[-1][4] == step[4]:
            hunks[-1] = (hunks[-1][0], step[1], hunks[-1][2], step[3], step[4])
        else:
            hunks.append(step)
    return hunks


def _words(text: str) -> list[str]:
    """Return what stands between blanks; a script without blanks gives characters."""
    text = normalise(text)
    return TOKEN.findall(text) if spaceless(text) else text.replace("...", "... ").split()


def _key(word: str) -> str:
    return _EDGE.sub("", word).casefold()


def _clip(words: Sequence[str], between: str) -> str:
    return between.join(words if len(words) <= 30 else (*words[:15], "...", *words[-15:]))


def _context(words: Sequence[str], between: str, *, first: bool, last: bool) -> str:
    if len(words) <= 2 * CONTEXT_WORDS:
        return between.join(words)
    head, tail = between.join(words[:CONTEXT_WORDS]), between.join(words[-CONTEXT_WORDS:])
    return " ".join((*(() if first else (head,)), "...", *(() if last else (tail,))))


def flags(changes: Sequence[Change], *, names: bool = True) -> tuple[str, ...]:
    """Return which of "number", "negation", "name" the changes touch."""
    found = []
    if any(_number(change) for change in changes):
        found.append("number")
    if any(_negation(change) for change in changes):
        found.append("negation")
    if names and any(_name(change) for change in changes):
        found.append("name")
    return tuple(found)


def missing(text: str) -> WordDiff:
    """Return the diff of a part the page has nothing like."""
    words = tuple(_words(text)[:MAX_WORDS])
    return WordDiff(f"[-{_clip(words, '' if spaceless(text) else ' ')}-]", (Change(words, (), True),), 0)


def _keys(words: Sequence[str]) -> list[str]:
    return [_key(word) for word in words]


def _number(change: Change) -> bool:
    words = _keys((*change.old, *change.new))
    return any(
        _DIGIT.search(word) or word in NUMBER_WORDS or any(p in NUMBER_WORDS for p in word.split("-"))
        for word in words
    )


def _negation(change: Change) -> bool:
    old, new = _keys(change.old), _keys(change.new)
    if any(word in NEGATIONS or word.endswith("n't") for word in (*old, *new)):
        return True
    if any(NEGATION_INSIDE.search("".join(words)) for words in (old, new)):
        return True
    plain, others = set(old), set(new)
    pairs = [(a, b) for a in plain for b in others]
    return any(
        long == prefix + short
        for a, b in pairs
        for long, short in ((a, b), (b, a))
        for prefix in NEGATIVE_PREFIXES
        if len(long) > len(short) > 2
    )


def _name(change: Change) -> bool:
    for side in (change.old, change.new):
        for index, word in enumerate(side):
            bare = _EDGE.sub("", word)
            initial = index == 0 and change.starts_sentence
            if bare[:1].isupper() and (not initial or bare[1:2].isupper()):
                return True
    return False
