"""Text folded for comparison, with the way back to the page's own words.

Folding: NFKC, quotes, dashes and ellipses to ASCII, soft hyphens and zero-width marks removed,
casefold, whitespace collapsed (docs/design.md#finding-quotes). Line breaks of page text are block
boundaries and are remembered.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate

from monitor.model.page import CJK, tidy, unspaced_sign
from monitor.patterns import lazy

_MARKS = dict.fromkeys(
    [0x00AD, 0xFEFF, 0x180E, 0xFE0E, 0xFE0F, *range(0x200B, 0x2010), *range(0x202A, 0x202F),
     *range(0x2060, 0x2064), *range(0x2066, 0x206A)]
)  # fmt: skip
_SINGLE = (
    "\u2018\u2019\u201a\u201b\u2039\u203a\u2032\u2035\u00b4\u0060\u02b9\u02bb\u02bc\u02bd\u02c8\uff07\u055a"
)
_DOUBLE = (
    "\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033\u2036\u300c\u300d\u300e\u300f\u301d\u301e\u301f\uff02\u00a8"
)
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d\u2500\u30fc\u02d7\u2043"
_BEFORE = str.maketrans(
    _MARKS
    | {ord(c): "'" for c in _SINGLE}
    | {ord(c): '"' for c in _DOUBLE}
    | {ord(c): "-" for c in _DASHES if c != "\u30fc"}
    | {0x22EF: "...", 0x2022: "*", 0x00B7: "*", 0x203E: "-", 0x00AF: "-", 0x00B8: ",", 0x02DC: "~"}
)
TOKEN = lazy(
    rf"[{CJK}]|[$€£¥]?\d+(?:[.,:/]\d+)*%?|[^\W\d_{CJK}\u0300-\u036f][^\W\d_{CJK}]*(?:'[^\W\d_{CJK}]+)*|[\w%$€£¥]"
)
_ASCII_TOKEN = lazy(r"\$?\d+(?:[.,:/]\d+)*%?|[a-zA-Z]+(?:'[a-zA-Z]+)*|[\w%$]", re.ASCII)
"""The same for ASCII, where it takes half the time."""
MARKER = lazy(r"\[(?:\d{1,3}|[a-z]|note \d{1,3}|[a-z ]{4,30} needed)\]|\(\d{1,3}\)", re.IGNORECASE)


_FOLDED = lazy(f"[{''.join(re.escape(chr(code)) for code in _BEFORE)}]")


def normalise(text: str) -> str:
    """Fold everything but case and line breaks."""
    if text.isascii():
        return text.replace("`", "'")
    text = _FOLDED.sub(_folded, text)
    if not unicodedata.is_normalized("NFKC", text):
        text = _FOLDED.sub(_folded, unicodedata.normalize("NFKC", text))
    return text


def _folded(match: re.Match[str]) -> str:
    return match[0].translate(_BEFORE)


def fold(text: str) -> str:
    """Return a text folded for comparison, all whitespace collapsed to single blanks."""
    folded = normalise(text).casefold()
    return folded.replace("\n", " ") if tidy(folded) else " ".join(folded.split())


def tokens(text: str) -> list[str]:
    """Return the words and numbers of a text; scripts without blanks give single characters."""
    return (_ASCII_TOKEN if text.isascii() else TOKEN).findall(text)


def spaceless(text: str) -> bool:
    """Tell whether most of a text is in a script that puts no blanks between words."""
    return not text.isascii() and len(unspaced_sign().findall(text)) * 2 > len(text.replace(" ", ""))


@dataclass(frozen=True)
class Folded:
    """A page text folded, `text`; `source` is it as it was, blocks parted by line ends."""

    text: str
    source: str
    lined: str | None = None
    """`text` with the line ends in it, where folding changed no blank."""

    @cached_property
    def _blocks(self) -> tuple[tuple[str, ...], tuple[int, ...]]:
        if self.lined:
            sizes = (len(line) + 1 for line in self.lined.split("\n")[:-1])
            return tuple(self.source.split("\n")), tuple(accumulate(sizes, initial=0))
        lines: list[str] = []
        starts: list[int] = []
        position = 0
        for line, folded in _folded_lines(self.source):
            lines.append(line)
            starts.append(position)
            position += len(folded) + 1
        return tuple(lines), tuple(starts)

    @property
    def lines(self) -> tuple[str, ...]:
        """The blocks as they were, those without text left out."""
        return self._blocks[0]

    @property
    def starts(self) -> tuple[int, ...]:
        """The offsets where the blocks begin in `text`."""
        return self._blocks[1]

    @cached_property
    def bare(self) -> tuple[str, list[int]]:
        """The text with nothing but letters, digits and what makes numbers, and each character's offset."""
        return strip(self.text)

    @cached_property
    def unmarked(self) -> "Folded | None":
        """The same without reference markers like "[2]" and "(16)"; None where it has none."""
        if not MARKER.search(self.text):
            return None
        return fold_lines(MARKER.sub("", normalise("\n".join(self.lines))))

    @cached_property
    def spans(self) -> list[tuple[int, int]]:
        """Where each token stands in `text`."""
        return [match.span() for match in TOKEN.finditer(self.text)]

    @cached_property
    def words(self) -> list[str]:
        """The tokens of `text`."""
        return [self.text[start:end] for start, end in self.spans]

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """Token to the indexes where it stands."""
        found: dict[str, list[int]] = {}
        for index, word in enumerate(self.words):
            found.setdefault(word, []).append(index)
        return found

    @cached_property
    def _line_words(self) -> dict[int, list[str]]:
        """The words of the lines asked for so far: a page may be one very long line."""
        return {}

    def line_at(self, offset: int) -> int:
        """Return the index of the block that holds an offset."""
        return max(bisect_right(self.starts, offset) - 1, 0)

    def block(self, offset: int) -> tuple[int, int]:
        """Return where the block that holds an offset begins and ends."""
        if self.lined is not None:
            end = self.lined.find("\n", offset)
            return self.lined.rfind("\n", 0, offset) + 1, end if end >= 0 else len(self.text)
        line = self.line_at(offset)
        return self.starts[line], self.starts[line + 1] - 1 if line + 1 < len(self.starts) else len(self.text)

    def original(self, start: int, end: int) -> str:
        """Return the page's own words from one offset to another, case and marks as on the page."""
        if self.lined is not None and self.source.isascii() and not _blank_ended(self.text[start:end]):
            # Folding ASCII moves no character.
            stop = self.text.find(" ", end)
            begin = self.text.rfind(" ", 0, start) + 1
            return self.source[begin : stop if stop >= 0 else len(self.source)].replace("\n", " ")
        first, last = self.line_at(start), self.line_at(max(end - 1, start))
        parts = []
        for index in range(first, last + 1):
            base = self.starts[index]
            folded_end = self.starts[index + 1] - 1 if index + 1 < len(self.starts) else len(self.text)
            words = self._line_words.get(index)
            if words is None:
                words = self._line_words[index] = self.lines[index].split()
            folded = self.text[base:folded_end]
            if len(words) != folded.count(" ") + 1:
                parts.append(self.text[max(start, base) : min(end, folded_end)])
                continue
            begin = folded.count(" ", 0, max(start - base, 0)) if start > base else 0
            stop = folded.count(" ", 0, min(end, folded_end) - base) + 1
            parts.append(" ".join(words[begin:stop]))
        return " ".join(parts)


@lru_cache(maxsize=8)
def fold_page(text: str) -> Folded:
    """Fold a page text once for all its quotes."""
    return fold_lines(text)


def fold_lines(text: str) -> Folded:
    """Fold a page text, or some blocks of one, once."""
    folded = normalise(text).casefold()
    if tidy(folded):
        return Folded(folded.replace("\n", " "), text, folded)
    return Folded(" ".join(line for _, line in _folded_lines(text)), text)


def _folded_lines(text: str) -> Iterator[tuple[str, str]]:
    """Yield the blocks of a text that hold any, as they are and folded."""
    # Folding moves no line break, so the whole is folded at once.
    whole = normalise(text).casefold()
    for line, folded in zip(text.split("\n"), whole.split("\n"), strict=True):
        if flat := " ".join(folded.split()):
            yield line, flat


def _blank_ended(text: str) -> bool:
    return not text or text[0] == " " or text[-1] == " "


def strip(text: str) -> tuple[str, list[int]]:
    """Return a folded text bare of punctuation and blanks, with the offset of each kept character.

    Numbers keep what changes their value: decimal marks, signs, percent, currency. Grouping marks
    ("1,000") go.
    """
    keep = {c for c in set(text) if unicodedata.category(c)[0] in "LMN" or c in "%$€£¥"}
    offsets = [i for i, c in enumerate(text) if c in keep]
    matters = [m.start() for m in _VALUE_MARK.finditer(text)]
    if matters:
        offsets = sorted({*offsets, *matters})
    return "".join([text[i] for i in offsets]), offsets


_VALUE_MARK = lazy(r"(?<=\d)[.:](?=\d)|(?<=\d),(?=\d)(?!\d{3}(?!\d))|(?:(?<=\s)|^)-(?=\d)")
