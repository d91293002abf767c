"""Templates and their filters: the one place that makes a Jinja environment."""

import re
from collections.abc import Sequence
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from monitor.model import wording
from monitor.report import words
from monitor.report.site import chart
from monitor.report.site.view import Card

HERE = Path(__file__).parent
ASSETS = ("site.css", "site.js")
_LISTED = re.compile("<!--([0-9a-f]{24})-->(.*?)<!--/-->", re.DOTALL)


def _clean(value: Any) -> Any:
    """Neutralise control characters of every text a template prints; markup made by macros passes."""
    if isinstance(value, Markup) or not isinstance(value, str):
        return value
    return value if value.isascii() and value.isprintable() else words.lines(value)


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Return the environment: always escaping, undefined names are errors."""
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,  # else each page asks the disk whether its templates changed meanwhile
        finalize=_clean,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "count": wording.count,
        "instant": words.instant,
        "day": wording.day,
        "short": words.plain,
        "capfirst": lambda text: text[:1].upper() + text[1:],
    }
    made.globals |= {"tones": chart.TONES, "tone_words": words.TONES}
    return made


def page(name: str, root: str, /, **values: Any) -> str:
    """Return a page; `root` leads from it to the site's root ("" or "../")."""
    return environment().get_template(name).render(root=root, **values)


def listed(card: Card, root: str) -> Markup:
    """Return a citation as its document's page lists it."""
    return Markup(environment().get_template("cards.html").module.listed(card, root))  # type: ignore[attr-defined]  # noqa: S704 - what the macro escaped


def listed_before(text: str) -> dict[str, Markup]:
    """Return the citations that a page of a document lists, by the marks it gives them.

    What comes from documents is escaped, so that no comment in such a page is anybody else's.
    """
    return {mark: Markup(card) for mark, card in _LISTED.findall(text)}  # noqa: S704 - our own page


def look(beside: Sequence[str]) -> bytes:
    """Return a digest of how pages look: templates, words and code, and the formats they link to."""
    files = sorted([*(HERE / "templates").glob("*.html"), *HERE.glob("*.py"), *HERE.parent.glob("*.py")])
    known = sha256(repr(sorted(beside)).encode())
    for file in files:
        known.update(file.read_bytes())
    return known.digest()


def asset(name: str) -> str:
    """Return the text of a file that pages load."""
    return (HERE / "assets" / name).read_text("utf-8")
