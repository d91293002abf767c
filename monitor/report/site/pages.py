"""Templates and their filters: the one place that makes a Jinja environment."""

import re
import sys
from collections.abc import Sequence
from contextlib import suppress
from functools import lru_cache
from hashlib import sha256
from importlib.util import cache_from_source
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket
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


class _Compiled(FileSystemBytecodeCache):
    """Keeps compiled templates beside compiled modules, where Python keeps those."""

    def __init__(self) -> None:
        super().__init__(str(Path(cache_from_source(__file__)).parent), "template-%s.cache")

    def get_source_checksum(self, source: str) -> str:
        """Name what a template is compiled from: how this module has it done as well."""
        return super().get_source_checksum(source + Path(__file__).read_text("utf-8"))

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take a compiled template, if there is one."""
        with suppress(OSError):
            super().load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a compiled template; where nothing may be written, it is compiled each time."""
        if not sys.dont_write_bytecode:
            with suppress(OSError):
                Path(self.directory).mkdir(parents=True, exist_ok=True)
                super().dump_bytecode(bucket)


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Return the environment: always escaping, undefined names are errors."""
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        bytecode_cache=_Compiled(),
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
