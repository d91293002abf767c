"""A quote cut into the parts that must stand on the page, from the strictest reading to the loosest."""

from dataclasses import dataclass
from functools import cached_property

from monitor.page.fold import MARKER, fold, normalise, spaceless, strip, tokens
from monitor.patterns import lazy

MIN_WORDS = 4
MIN_CHARS = 20
MAX_PARTS = 300
MAX_PART_CHARS = 1200
HEADING_WORDS = 10

# "..." alone or in brackets, ". . .", and bracketed insertions; "[5]" is a reference marker, no gap.
_GAP = lazy(
    r"[\[(]\s{0,3}\.{2,}\s{0,3}[\])]|\.{3,}|(?:\.\s){2,}\.|\[(?!\s?\d{1,3}\s?\])[^\[\]\n]{0,200}\]|\[\s?\d{5,}\s?\]"
)
_LETTER = lazy(r"\[(\w)\](?=\w)|(?<=\w)\[([^\W\d_]{1,3})\]")
_SENTENCE = lazy(r"(?<=[.!?。！？।؟])[\"')\]]{0,3}(?:\s+|(?<=[。！？]))")
_CAPTION = lazy(r"^([A-Z\d][A-Z\d .,:;'&/()-]{3,80}?[A-Z\d.)])\s+-{1,2}\s+(?=\S)")
_OWN_NUMBER = lazy(r"^\s*\(?\d{1,2}(?:\.\d{1,2}){0,3}[.)]?(?=\s)")
_LETTERS = lazy(r"[A-Z]{3}")
_DIGIT = lazy(r"\d")
_ENDS_SENTENCE = lazy(r"[.!?;,。！？]['\")\]]{0,2}$")


@dataclass(frozen=True)
class QuotePart:
    """A stretch of a quote: `raw` as written; `heading` where it may be a caption the page lacks."""

    raw: str
    heading: bool = False

    @cached_property
    def text(self) -> str:
        """The part folded, without punctuation at its ends."""
        return fold(self.raw).strip(" .,;:-\"'*")

    @cached_property
    def bare(self) -> str:
        """The part without punctuation and blanks."""
        return strip(self.text)[0]

    @cached_property
    def numbered(self) -> bool:
        """Whether it says a number, its own and reference marks aside: then it is no mere caption."""
        return bool(_DIGIT.search(_OWN_NUMBER.sub("", MARKER.sub("", self.raw))))

    @cached_property
    def short(self) -> bool:
        """Whether the part alone is too little to tell one page from another."""
        if spaceless(self.text):
            return len(tokens(self.text)) < MIN_CHARS // 2
        return len(self.text) < MIN_CHARS or len(tokens(self.text)) < MIN_WORDS


def as_a_whole(quote: str) -> list[QuotePart]:
    """Return the strictest reading: the quote as one part."""
    return [QuotePart(normalise(quote))]


def readings(quote: str) -> list[list[QuotePart]]:
    """Return the ways to read a quote, strictest first, no two alike.

    Whole; split at ellipses and bracketed insertions; at line breaks too (a paragraph may have been
    skipped between); at sentence ends too.
    """
    joined = _LETTER.sub(lambda m: m[1] or m[2], normalise(quote))
    gaps = [QuotePart(piece) for piece in _GAP.split(joined)]
    lines = [part for gap in gaps for part in _lines(gap.raw)]
    sentences = [part for line in lines for part in _sentences(line)]
    found: list[list[QuotePart]] = []
    seen: set[tuple[str, ...]] = set()
    for reading in (as_a_whole(quote), gaps, lines, sentences):
        kept = [part for part in reading if tokens(part.text)][:MAX_PARTS]
        key = tuple(part.text for part in kept)
        if kept and key not in seen:
            seen.add(key)
            found.append(kept)
    return found


def _lines(text: str) -> list[QuotePart]:
    parts = []
    lines = [line.strip() for line in text.splitlines() if tokens(fold(line))]
    for line in lines:
        caption = _CAPTION.match(line)
        if caption and _LETTERS.search(caption[1]) and len(line) > len(caption[0]) + MIN_CHARS:
            parts.append(QuotePart(caption[1], heading=True))
            parts.append(QuotePart(line[caption.end() :]))
            continue
        heading = len(lines) > 1 and len(line.split()) <= HEADING_WORDS and not _ENDS_SENTENCE.search(line)
        parts.append(QuotePart(line, heading=heading))
    return parts


def _sentences(line: QuotePart) -> list[QuotePart]:
    if line.heading:
        return [line]
    parts: list[QuotePart] = []
    for sentence in _SENTENCE.split(line.raw):
        # An abbreviation's dot ends no sentence: what is too short joins its neighbour.
        if parts and (parts[-1].short or QuotePart(sentence).short):
            parts[-1] = QuotePart(f"{parts[-1].raw} {sentence}")
        else:
            parts.append(QuotePart(sentence))
    return [piece for part in parts for piece in _chunks(part)]


def _chunks(part: QuotePart) -> list[QuotePart]:
    """Cut what is longer than any sentence, so that no alignment grows without bound."""
    if len(part.raw) <= MAX_PART_CHARS:
        return [part]
    words = part.raw.split()
    if len(words) < len(part.raw) // 100:
        return [QuotePart(part.raw[i : i + 400]) for i in range(0, len(part.raw), 400)]
    return [QuotePart(" ".join(words[i : i + 60])) for i in range(0, len(words), 60)]
