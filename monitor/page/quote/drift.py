"""How far a page moved: word shingles, containment and Jaccard (docs/design.md#drift)."""

import hashlib
import math

from monitor.model.page import Drift, DriftResult, PageText
from monitor.page.fold import fold, tokens

SHINGLE_WORDS = 5
SAME, MINOR, MAJOR = 0.95, 0.70, 0.25
REPLACED_TITLE = 0.3
MIN_TOKENS = 30
MAX_TOKENS = 200_000


def shingles(text: str, size: int = SHINGLE_WORDS) -> frozenset[int]:
    """Return hashes of every run of five words (characters where the script has no blanks).

    A text shorter than a run gives its single words.
    """
    words = tokens(fold(text))[:MAX_TOKENS]
    if len(words) < 2 * size:
        return frozenset(hash((word,)) for word in words)
    return frozenset(hash(tuple(words[i : i + size])) for i in range(len(words) - size + 1))


def similarity(a: str, b: str) -> float:
    """Return the Jaccard similarity of two texts' shingles, 0..1; two empty texts are equal."""
    one, two = shingles(a), shingles(b)
    if not one and not two:
        return 1.0
    return len(one & two) / len(one | two)


def measure_drift(old: PageText, new: PageText) -> DriftResult:
    """Compare a page with its older state by the main text.

    `unknown` where either has too little text to compare. Comments added below leave containment
    of the old in the new at 1, so they are no drift.
    """
    if new.shell or old.shell:
        return DriftResult()
    one, two = shingles(old.main or old.visible), shingles(new.main or new.visible)
    if min(len(one), len(two)) < MIN_TOKENS:
        return DriftResult()
    shared = len(one & two)
    containment, jaccard = shared / len(one), shared / len(one | two)
    if containment < MAJOR or (containment < 0.5 and _titles_differ(old.title, new.title)):
        drift = Drift.REPLACED
    elif containment < MINOR:
        drift = Drift.MAJOR
    elif containment < SAME:
        drift = Drift.MINOR
    else:
        drift = Drift.SAME
    return DriftResult(drift, round(containment, 4), round(jaccard, 4))


def _titles_differ(old: str | None, new: str | None) -> bool:
    """Tell whether two titles share less than the cosine 0.3 of their words."""
    if not old or not new:
        return False
    one, two = set(tokens(fold(old))), set(tokens(fold(new)))
    if not one or not two:
        return False
    return len(one & two) / math.sqrt(len(one) * len(two)) < REPLACED_TITLE


def fingerprint(page: PageText) -> str:
    """Return the SHA-256 of the visible text, folded, in hexadecimal."""
    return hashlib.sha256(fold(page.visible).encode("utf-8", "replace")).hexdigest()
