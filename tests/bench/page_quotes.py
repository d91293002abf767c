"""Measure the page room on real pages: `page_quotes.py FOLDER [--limit N] [--seed N] [--verbose]`.

FOLDER holds saved pages of living sites (`*.html`, searched deeply). Quotes are cut from paragraphs as
lxml reads them, not as we do, so that our own reading is measured too. Prints ratios:

* false alarms: living pages called soft-404, parked or walled;
* found: quotes of 8, 15, 30 words standing on their page, and such as cross two paragraphs;
* cross: quotes tried on other pages (none may match; duplicates among the pages are left out);
* altered: one word replaced (is it named?), a number changed, a negation put in (is it flagged?).
"""

import argparse
import random
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

from lxml import html

from monitor.model.page import PageText, QuoteMatch
from monitor.page.fold import fold
from monitor.page.quote.match import match_quote
from monitor.page.signs.stand_in import stand_in
from monitor.page.text.charset import decode
from monitor.page.text.read import page_text

_WORD = re.compile(r"[^\W\d_]{4,}")
_NUMBER = re.compile(r"(?<![\w.,])\d{1,4}(?![\w.,%])")
_ADDRESS = "http://page.invalid/article"


def paragraphs(body: bytes) -> list[list[str]]:
    """Return the words of each paragraph of some length."""
    found = []
    text = re.sub(r"^\s*<\?xml[^>]*>", "", decode(body, "text/html"))
    if not text.strip():
        return found
    tree = html.document_fromstring(text)
    for inner in list(tree.iter("script", "style", "template", "noscript", "iframe", "textarea", "select")):
        inner.drop_tree()
    for node in tree.iter("p"):
        words = node.text_content().split()
        if len(words) >= 8:
            found.append(words)
    return found


def windows(blocks: list[list[str]], length: int, count: int, chance: random.Random) -> Iterator[str]:
    """Yield up to `count` runs of `length` words within one paragraph."""
    able = [words for words in blocks if len(words) >= length]
    for words in chance.sample(able, min(count, len(able))):
        start = chance.randrange(len(words) - length + 1)
        yield " ".join(words[start : start + length])


class Tally:
    """Counts by name, with examples of failures."""

    def __init__(self) -> None:
        self.tried: Counter[str] = Counter()
        self.good: Counter[str] = Counter()
        self.misses: list[str] = []

    def add(self, name: str, good: bool, example: str = "") -> None:
        self.tried[name] += 1
        self.good[name] += good
        if not good:
            self.misses.append(f"{name}: {example}")

    def show(self) -> None:
        for name, tried in self.tried.items():
            print(f"{name:28} {self.good[name]:6}/{tried:<6} {self.good[name] / tried:.4%}")


def false_alarms(path: Path, page: PageText, body: bytes, tally: Tally) -> None:
    host = urlsplit(page.canonical or "").hostname or "page.invalid"
    found = stand_in(200, (), page, body, [host], final_url=_ADDRESS, asked_url=_ADDRESS)
    checks = {
        "not soft-404": found.error_page,
        "not parked": found.parked,
        "not walled": found.wall,
        "not failing": found.failure,
    }
    for name, alarm in checks.items():
        tally.add(name, alarm is None, f"{path.name[:80]} {len(page.visible.split())} words: {alarm}")


def presence(
    path: Path, page: PageText, blocks: list[list[str]], chance: random.Random, tally: Tally
) -> list[str]:
    kept = []
    for length in (8, 15, 30):
        for quote in windows(blocks, length, 2, chance):
            result = match_quote(quote, page)
            tally.add(
                f"found, {length} words",
                result.match is QuoteMatch.FOUND,
                f"{path.name[:60]} {result} | {quote}",
            )
            if result.match is QuoteMatch.FOUND and len(quote) >= 20:
                kept.append(quote)
    pairs = [(a, b) for a, b in pairwise(blocks) if len(a) >= 10 and len(b) >= 10]
    for a, b in chance.sample(pairs, min(1, len(pairs))):
        quote = " ".join(a[-8:]) + "\n\n" + " ".join(b[:8])
        result = match_quote(quote, page)
        tally.add(
            "found, two paragraphs", result.match is QuoteMatch.FOUND, f"{path.name[:60]} {result} | {quote}"
        )
    return kept


def changes(
    page: PageText, quotes: list[str], vocabulary: list[str], chance: random.Random, tally: Tally
) -> None:
    for quote in quotes:
        words = quote.split()
        able = [i for i, word in enumerate(words) if _WORD.fullmatch(word)]
        if able:
            at = chance.choice(able)
            new = chance.choice(vocabulary)
            if new.casefold() != words[at].casefold():
                altered = " ".join([*words[:at], new, *words[at + 1 :]])
                result = match_quote(altered, page)
                named = result.match in (QuoteMatch.ALTERED, QuoteMatch.WEAK) and _names(
                    result.diff, new, words[at]
                )
                tally.add("one word changed, named", named, f"{new} for {words[at]}: {result} | {altered}")
        numbers = list(_NUMBER.finditer(quote))
        if numbers:
            match = chance.choice(numbers)
            other = str(int(match[0]) + chance.choice((1, 3, 10, 100)))
            altered = quote[: match.start()] + other + quote[match.end() :]
            result = match_quote(altered, page)
            good = "number" in result.flags and result.match is not QuoteMatch.FOUND
            if result.match is QuoteMatch.FOUND and fold(altered) in fold(page.visible):
                continue  # the page says that too
            tally.add("number changed, flagged", good, f"{result} | {altered}")
        at = chance.randrange(1, len(words))
        altered = " ".join([*words[:at], "not", *words[at:]])
        result = match_quote(altered, page)
        good = "negation" in result.flags and result.match is not QuoteMatch.FOUND
        tally.add("negation put in, flagged", good, f"{result} | {altered}")


def _names(diff: str | None, new: str, old: str) -> bool:
    return bool(diff) and f"[-{new}" in diff.replace("- ", "-") and old in diff


def cross(
    kept: dict[int, list[str]], pages: list[tuple[Path, PageText]], chance: random.Random, tally: Tally
) -> None:
    folded = [fold(page.visible + " " + page.extra + " " + page.main) for _, page in pages]
    for number, quotes in kept.items():
        for quote in quotes:
            other = chance.randrange(len(pages))
            if other == number or fold(quote) in folded[other]:
                continue
            result = match_quote(quote, pages[other][1])
            clean = result.match in (QuoteMatch.ABSENT, QuoteMatch.UNKNOWN)
            tally.add("cross, no match", clean, f"{pages[other][0].name[:60]} {result} | {quote}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--limit", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_args()
    chance = random.Random(options.seed)
    paths = sorted(p for p in options.folder.rglob("*") if p.is_file())
    chance.shuffle(paths)
    tally, pages, kept = Tally(), [], {}
    read_s: list[float] = []
    quote_s: list[float] = []
    vocabulary: list[str] = ["harbour", "seventeen", "lantern", "decided", "Petersen", "quickly"]
    for path in paths[: options.limit]:
        body = path.read_bytes()[:2_000_000]
        begun = time.perf_counter()
        page = page_text(body, "text/html", _ADDRESS)
        read_s.append(time.perf_counter() - begun)
        if page is None or len(page.visible.split()) < 100:
            tally.add("readable (100 words)", False, f"{path.name} {page and len(page.visible.split())}")
            if page is not None:
                false_alarms(path, page, body, tally)
            continue
        tally.add("readable (100 words)", True)
        false_alarms(path, page, body, tally)
        blocks = paragraphs(body)
        vocabulary.extend(word for words in blocks[:3] for word in words[:10] if _WORD.fullmatch(word))
        begun = time.perf_counter()
        quotes = presence(path, page, blocks, chance, tally)
        kept[len(pages)] = quotes
        changes(page, quotes, vocabulary, chance, tally)
        quote_s.append(time.perf_counter() - begun)
        pages.append((path, page))
    cross(kept, pages, chance, tally)
    tally.show()
    print(f"page_text: median {statistics.median(read_s) * 1000:.1f} ms, longest {max(read_s):.2f} s")
    print(
        f"all quotes of a page: median {statistics.median(quote_s) * 1000:.1f} ms, longest {max(quote_s):.2f} s"
    )
    if options.verbose:
        sys.stdout.writelines(line + "\n" for line in tally.misses)


if __name__ == "__main__":
    main()
