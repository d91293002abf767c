"""CPU of all work on one page, part by part, and reading speed, beside the bare tokenizer.

    python tests/bench/page_reading.py [FOLDER …]

Without folders: invented pages of 2 and 100 kB with a quote each. With folders of saved pages their
reading speed is printed too. Medians of several rounds; each ratio is taken within one run.
"""

import argparse
import random
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from monitor.model.page import QuoteMatch
from monitor.page.quote.match import match_quote
from monitor.page.quote.titles import title_matches
from monitor.page.signs.stand_in import stand_in
from monitor.page.text.read import page_text
from monitor.text_io.html_tokens import page_tokens

Result = TypeVar("Result")
ROUNDS = 7
_TEXT = """
the harbour office of lindmoor closed its doors in winter but ferrymen went out every morning with nets and lamps
while council measured silt against charts drawn long before that storm of which nobody spoke aloud until spring
"""
_WORDS = _TEXT.split()
_ADDRESS = "https://harbour{}.example/reports/{}"


class Watch:
    """CPU seconds by the name of what they were spent on."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}

    def time(self, name: str, work: Callable[[], Result]) -> Result:
        begun = time.process_time()
        made = work()
        self.spent[name] = self.spent.get(name, 0.0) + time.process_time() - begun
        return made


def sentences(chance: random.Random, words: int) -> str:
    return " ".join(chance.choices(_WORDS, k=words)).capitalize() + "."


def invented(size: int, number: int, chance: random.Random) -> tuple[bytes, str]:
    """Return a page of about `size` bytes and a quote that stands on it."""
    blocks, length = [], 0
    while length < size - 700:
        blocks.append(f"<p>{sentences(chance, 50)} <a href=/n>News</a> {sentences(chance, 9)}</p>")
        length += len(blocks[-1])
    quote = sentences(chance, 25)
    blocks.insert(len(blocks) // 2, f"<p>{quote}</p>")
    body = (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Report {number} on the harbour</title>'
        f'<link rel="canonical" href="{_ADDRESS.format(number, number)}"><script src="/a.js"></script></head><body>'
        f'<nav><a href="/">Home</a></nav><main><h1>Report {number} on the harbour</h1>{"".join(blocks)}</main></body></html>'
    )
    return body.encode(), quote


def one_source(watch: Watch, body: bytes, quote: str, url: str, number: int) -> None:
    """Do all the work on one page, timed by part."""
    text, host, title = body.decode(), f"harbour{number}.example", f"Report {number} on the harbour"
    watch.time("bare tokens", lambda: sum(1 for _ in page_tokens(text)))
    page = watch.time("reading", lambda: page_text(body, "text/html; charset=utf-8", url))
    found = watch.time("quote", lambda: match_quote(quote, page))
    if found.match is not QuoteMatch.FOUND:
        raise SystemExit(f"{found.match}: {quote}")
    watch.time("title", lambda: title_matches(title, page))
    watch.time("signs", lambda: stand_in(200, (), page, body, [host], final_url=url, asked_url=url))


def of_one_source(size: int, count: int) -> None:
    chance = random.Random(7)
    rounds: list[dict[str, float]] = []
    for _ in range(ROUNDS):
        watch = Watch()
        for number in range(count):
            one_source(watch, *invented(size, number, chance), _ADDRESS.format(number, number), number)
        rounds.append({name: spent / count * 1000 for name, spent in watch.spent.items()})
    medians = {name: statistics.median(one[name] for one in rounds) for name in rounds[0]}
    ours = sum(spent for name, spent in medians.items() if name != "bare tokens")
    parts = ", ".join(f"{name} {spent:.3f}" for name, spent in medians.items())
    print(
        f"{size:>7} bytes: {ours:.3f} ms a page ({parts}); tokens are {medians['bare tokens'] / ours:.0%} of it"
    )


def of_saved(folder: Path) -> None:
    bodies = [path.read_bytes()[:2_000_000] for path in sorted(folder.rglob("*.htm*")) if path.is_file()][
        :400
    ]
    size = sum(map(len, bodies))
    if not size:
        raise SystemExit(f"{folder}: no saved pages")
    watch = Watch()
    for body in bodies:
        text = body.decode("utf-8", "replace")
        watch.time("tokens", lambda text=text: sum(1 for _ in page_tokens(text)))
        watch.time("reading", lambda body=body: page_text(body, "text/html", "https://a.example/"))
    speeds = ", ".join(f"{name} {size / spent / 1e6:.1f} MB/s" for name, spent in watch.spent.items())
    print(f"{folder}: {len(bodies)} pages, {size / 1e6:.1f} MB: {speeds}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", type=Path, nargs="*")
    for folder in parser.parse_args().folders:
        of_saved(folder)
    of_one_source(2_000, 200)
    of_one_source(100_000, 20)


if __name__ == "__main__":
    main()
