"""What a page says, and how a quote and an older text compare with it."""

import re
from enum import StrEnum
from functools import cache

from msgspec import Struct, structs

CJK = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Scripts written without blanks between words, as a range for a regular expression's class."""


@cache
def unspaced_sign() -> re.Pattern[str]:
    """Return the pattern of a character of those scripts; compiling such a class takes milliseconds."""
    return re.compile(rf"[{CJK}]")


_WIDE_BLANKS = "".join(
    map(chr, (0x85, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x205F, 0x3000))
)


def tidy(text: str) -> bool:
    """Tell cheaply whether words are parted by one blank or line end each, and by nothing else.

    Texts of pages are; a long one is told so in a fifth of the time that splitting it takes.
    """
    # Each blank by itself: a loop over them takes as long again, and most texts are short.
    if "\t" in text or "\r" in text or "\x0b" in text or "\x0c" in text:
        return False
    if "\x1c" in text or "\x1d" in text or "\x1e" in text or "\x1f" in text:
        return False
    if not text.isascii() and any(blank in text for blank in _WIDE_BLANKS):
        return False
    one = text.replace("\n", " ")
    return "  " not in one and one[:1] != " " and one[-1:] != " "


def weight(text: str, *, parted: bool = False) -> int:
    """Return the number of words, counting two characters of a blank-less script as one.

    `parted` tells that the text is known to be `tidy`.
    """
    counted = parted or tidy(text)
    words = text.count(" ") + text.count("\n") + bool(text) if counted else len(text.split())
    if text.isascii() or _western(text):
        return words
    return max(words, (len(unspaced_sign().findall(text)) + 1) // 2)


def _western(text: str) -> bool:
    """Tell cheaply whether a text has the letters of Western Europe only: no script without blanks."""
    try:
        text.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True


class PageText(Struct, frozen=True, kw_only=True, gc=False):
    """A page reduced to what a reader sees.

    `visible` is all visible text, whitespace collapsed, blocks separated by newlines; `main` the
    main content (may equal `visible`). `published` is the page's own publication date (ISO).
    `shell` is true for a page that has no text of its own and needs a script to get some.
    """

    title: str | None = None
    headings: tuple[str, ...] = ()
    visible: str = ""
    main: str = ""
    extra: str = ""
    """What the page says out of sight: JSON-LD article body, meta description, noscript."""
    canonical: str | None = None
    language: str | None = None
    published: str | None = None
    refresh: str | None = None
    """Target of a meta refresh or a script-only redirect stub, absolute or relative as written."""
    shell: bool = False
    legible: bool = True
    """False where neither the page nor its bytes say surely which character set it is in."""
    words: int = -1
    """The number of visible words, counted once for the many rules that ask, unless it is given."""

    def __post_init__(self) -> None:
        if self.words < 0:
            structs.force_setattr(self, "words", weight(self.visible))


class QuoteMatch(StrEnum):
    """How the cited excerpt stands on the page (docs/design.md#quotes)."""

    FOUND = "found"
    ALTERED = "altered"
    WEAK = "weak"
    ABSENT = "absent"
    NONE = "none"
    UNKNOWN = "unknown"


class QuoteResult(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """The quote test: match, similarity in 0..100, word diff and what it touches.

    `diff` is a word diff in the form "the [-old-] {+new+} words". `flags` hold "number",
    "negation", "name" where the change touches one. `text_fragment` is a `#:~:text=` suffix.
    """

    match: QuoteMatch = QuoteMatch.UNKNOWN
    score: float | None = None
    diff: str | None = None
    flags: tuple[str, ...] = ()
    text_fragment: str | None = None
    reason: str | None = None

    @property
    def too_short(self) -> bool:
        """Whether the quote stands on the page word for word, and is too short to tell it from others."""
        return self.match is QuoteMatch.WEAK and self.score == 100.0


class Drift(StrEnum):
    """How far the page moved from the snapshot that shows the access date (docs/design.md#drift)."""

    SAME = "same"
    MINOR = "minor"
    MAJOR = "major"
    REPLACED = "replaced"
    UNKNOWN = "unknown"


class DriftResult(Struct, frozen=True, omit_defaults=True, gc=False):
    """Drift with its figures: containment of old in new and Jaccard, both 0..1 on 5-word shingles."""

    drift: Drift = Drift.UNKNOWN
    containment: float | None = None
    jaccard: float | None = None
