"""Invented pages for the page room's tests."""

import random

from monitor.model.page import PageText
from monitor.page.text.read import page_text

PARAGRAPHS = (
    "The harbour office of Lindmoor closed its night desk in 1987, and the tide tables have been set by hand since then.",
    "Ferrymen did not accept the new fares; 42 of them signed a letter which the mayor, Ottilie Brandt, kept in a drawer.",
    "“Nobody measured the silt,” she said later — “we simply believed the charts, and the charts were wrong by 3.5 metres.”",
    "A survey of 1,250 households found that 18% had moved inland, while the rest waited for the sea wall to be finished.",
    "Engineers from the coastal institute proposed a second lock; it would cost $12 million and never shelter the old quay.",
    "By autumn the lanterns along the pier were lit again, although no one could say who had paid for the oil.",
    "The school kept its pupils, the bakery its ovens, and the small museum opened a room about drowned villages.",
    "What remains of the dispute is a row of painted stones, each with a name, each facing away from the water.",
)


def document(*, title: str = "The tide tables of Lindmoor", body: str | None = None, head: str = "") -> bytes:
    """Return an HTML page; by default a readable article."""
    if body is None:
        body = article()
    return f"<!doctype html><html lang=en><head><meta charset=utf-8><title>{title}</title>{head}</head><body>{body}</body></html>".encode()


def article(paragraphs: tuple[str, ...] = PARAGRAPHS) -> str:
    """Return the article as the body of a page with a menu and a footer."""
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return f"<nav><a href=/>Home</a> <a href=/news>News</a></nav><main><h1>The tide tables</h1>{text}</main><footer>Imprint</footer>"


def read(body: bytes, content_type: str = "text/html; charset=utf-8") -> PageText:
    """Return the page text of a body that has one."""
    page = page_text(body, content_type, "http://page.invalid/tide")
    assert page is not None
    return page


def essay(words: int, seed: int = 1) -> str:
    """Return so many words of invented language, the same for the same seed."""
    chance = random.Random(seed)
    syllables = ["ka", "lo", "mir", "te", "sun", "vo", "ra", "pel", "dim", "ush", "bro", "ni"]
    return " ".join("".join(chance.choices(syllables, k=chance.randint(2, 4))) for _ in range(words))
