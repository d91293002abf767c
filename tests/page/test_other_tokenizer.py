"""A page reads the same through the tokenizer in C and through the one of Python's own library.

Pages are those of the tests, the seeds and the cases; `MONITOR_SAVED_PAGES` names folders of further ones.
"""

import os
import random
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import pytest

from monitor.model.page import PageText
from monitor.page.text import html, reader
from monitor.page.text.charset import decode
from monitor.page.text.html import read_html
from monitor.text_io.html_tokens import COMPLETE, RAW, token_kinds
from tests.support import zoo_walls
from tests.support.lengths import seeds

ROOT = Path(__file__).parents[2]
TEXT, START, END = token_kinds()


class Token(NamedTuple):
    """What the reader asks of a token."""

    type: object
    tag: str | None = None
    data: str | None = None
    attrs: list[tuple[str, str]] | None = None
    self_closing: bool = False

    def attr(self, name: str) -> str | None:
        return dict(self.attrs or ()).get(name)


class Tokens(HTMLParser):
    """Python's own tokenizer, in the words of the one in C."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[Token] = []
        self.feed(text.replace("\r\n", "\n").replace("\r", "\n"))
        self.close()
        self.found.append(Token(START, COMPLETE))

    def handle_starttag(self, tag, attrs):
        self._start(tag, attrs, self_closing=False)

    def handle_startendtag(self, tag, attrs):
        self._start(tag, attrs, self_closing=True)

    def _start(self, tag, attrs, *, self_closing):
        given = {}
        for name, value in attrs:
            given.setdefault(name, value or "")
        self.found.append(Token(START, tag, attrs=list(given.items()), self_closing=self_closing))
        if tag in RAW:
            self.set_cdata_mode(tag)

    def handle_endtag(self, tag):
        self.found.append(Token(END, tag))

    def handle_data(self, data):
        self.found.append(Token(TEXT, data=data))

    def handle_comment(self, data):
        self.found.append(Token("neither"))

    handle_decl = handle_pi = unknown_decl = handle_comment

    def __iter__(self) -> Iterator[Token]:
        within = ""
        for kind, some in groupby(self.found, key=lambda token: token.type):
            if kind is TEXT:
                text = "".join(one.data or "" for one in some)
                yield Token(TEXT, data=unescape(text) if within in {"title", "textarea"} else text)
                continue
            for one in some:
                within = one.tag if kind is START else ""
                yield one


def read_otherwise(text: str) -> PageText:
    """Read a page with the other tokenizer, paragraph by paragraph."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(reader, "page_tokens", lambda text: iter(Tokens(text)))
        patched.setattr(html, "joint_of", lambda _text: "")
        return read_html(text)


def saved() -> Iterator[tuple[str, str]]:
    folders = [ROOT / "seeds", ROOT / "tests" / "cases", *os.environ.get("MONITOR_SAVED_PAGES", "").split()]
    for folder in folders:
        for file in sorted(Path(folder).rglob("*.htm*")):
            if file.is_file() and file.stat().st_size < 1_000_000:
                yield str(file), decode(file.read_bytes())
    for kind in (zoo_walls.ERRORS, zoo_walls.PARKED):
        for name, body in kind.items():
            yield name, decode(body)


def test_saved_pages_read_the_same():
    pages = list(saved())
    assert len(pages) > 30
    assert [name for name, text in pages if read_html(text) != read_otherwise(text)] == []


WORDS = (
    "weir", "two  blanks", "5 &lt; 6", "&ampx", "&#128;", "&nbsp;", "caf\u00e9", "\u3000", "&notit;", "a > b", "tab\there", "\n", "\r\n",
    "&copy", "&#x41", "&unknown;", "<br>", "<hr/>", "<img src=x alt='a > b'>", "<!-- <p>no --->", "<!doctype html>", "<?php x ?>",
)  # fmt: skip
AROUND = (
    "p", "div", "b", "i", "a href=/x?a=1&copy=2", "span hidden", "p class=nav", "p style='display:none'", "p lang=en", "nav", "main",
    "article", "h1", "h2", "ul", "li", "table", "tr", "td", "sup", "sup id=1", "blockquote", "aside", "footer", "template", "custom-tag",
    'P TITLE="x > y"', "o:p", "form", "section id='app'",
)  # fmt: skip
UNREAD = ("script", "script type=application/ld+json", "style", "title", "textarea", "noscript", "iframe")
WITHIN = (
    "var a = '<p>' < 5 && b",
    '{"datePublished": "2011-05-04"}',
    "p > a {x: y}",
    "a &amp; <b>b</b>",
    "&#65; <p>",
    "",
)


def written(chance: random.Random, depth: int) -> str:
    """Return a stretch of a page that closes all it opens."""
    if depth == 0 or chance.random() < 0.4:
        return " ".join(chance.choices(WORDS, k=chance.randrange(1, 6)))
    if chance.random() < 0.12:
        element = chance.choice(UNREAD)
        return f"<{element}>{chance.choice(WITHIN)}</{element.split()[0]}>"
    element = chance.choice(AROUND)
    inside = "".join(written(chance, depth - 1) for _ in range(chance.randrange(1, 5)))
    return f"<{element}>{inside}</{element.split()[0]}>"


def test_whatever_closes_what_it_opens_reads_the_same():
    for seed in seeds(100, 20_000):
        chance = random.Random(seed)
        text = "".join(written(chance, 6) for _ in range(chance.randrange(1, 5)))
        assert read_html(text) == read_otherwise(text), text
