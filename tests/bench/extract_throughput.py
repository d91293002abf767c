"""MB/s of each format beside a bare parse by the same library (or the nearest one), in one run.

python tests/bench/extract_throughput.py [MEGABYTES]
"""

import resource
import sys
import time
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import lxml.html
from markdown_it import MarkdownIt

from monitor.extract.registry import extract
from monitor.model.document import Document

CASES = Path(__file__).parent.parent / "cases"


class _Bare(HTMLParser):
    """Counts what the standard parser reports."""

    seen = 0

    def handle_data(self, data: str) -> None:
        self.seen += len(data)


def _html(text: str) -> None:
    _Bare().feed(text)


def _lines(text: str) -> None:
    for line in text.split("\n"):
        line.split()


BARE: dict[str, tuple[str, Callable[[str], object]]] = {
    "markdown": ("markdown-it-py", lambda text: MarkdownIt("commonmark").enable("table").parse(text)),
    "html": ("html.parser", _html),
    "text": ("str.split by line and word", _lines),
}
SUFFIX = {"markdown": "*.md", "html": "*.html", "text": "*.txt"}


def timed(run: Callable[[], object]) -> float:
    began = time.perf_counter()
    run()
    return time.perf_counter() - began


def main() -> None:
    size = int(float(sys.argv[1] if len(sys.argv) > 1 else "1") * 2**20)
    for name, (library, bare) in BARE.items():
        seed = "\n\n".join(path.read_text(encoding="utf-8") for path in sorted(CASES.rglob(SUFFIX[name])))
        text = (seed * (size // len(seed) + 1))[:size]
        extract(Document(path="warm", text=seed, format=name))
        ours = timed(lambda text=text, name=name: extract(Document(path="d", text=text, format=name)))
        theirs = timed(lambda text=text, bare=bare: bare(text))
        megabytes = len(text) / 2**20
        print(
            f"{name:9} {megabytes / ours:6.2f} MB/s  {library} alone {megabytes / theirs:7.2f} MB/s  ratio {ours / theirs:.1f}"
        )
        if name == "html":
            print(
                f"{'':9} lxml alone {megabytes / timed(lambda text=text: lxml.html.fromstring(text)):.1f} MB/s"
            )
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
