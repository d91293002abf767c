"""What attributes say that no text shows: a component's link and title, and days.

MDX and JSX link by components (`<Card title="…" href="…" />`, mdxjs.com); `<time datetime>` gives a day
that its text may not (HTML §4.5.14); `data-versiondate` says when a linked page was as cited (Robust
Links 2.0, robustlinks.mementoweb.org/spec).
"""

import re
from collections.abc import Mapping

from msgspec import Struct

from monitor.patterns import lazy
from monitor.text_io.html_tokens import Token, attributes

Marks = Mapping[str, tuple[str, int, int]]
"""Attributes: value, and where it is written."""

_COMPONENT = lazy(r"</?[A-Z][A-Za-z0-9]*[a-z]")
_TITLES = ("title", "label", "name", "text")
_DAY = lazy(r"\s*((?:19|20)\d\d-\d\d(?:-\d\d)?)(?![\d-])")
_YEAR = lazy(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_TAG = lazy(r"<[^<>]*>")
_LONGEST_TIME = 300
_HIDDEN = lazy(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def may_have(text: str, token: Token, one: str, other: str) -> bool:
    """Tell whether a tag may have one of two attributes: most have neither."""
    written = text[token.start : token.end].lower()
    return one in written or other in written


def is_hidden(text: str, token: Token) -> bool:
    """Tell whether a start tag says that its element is not shown (HTML section 6.1, CSS `display`)."""
    if not may_have(text, token, "style", "hidden"):
        return False
    marks = attributes(text, token)
    return "hidden" in marks or _HIDDEN.search(marks.get("style", ("",))[0]) is not None


def is_component(text: str, token: Token) -> bool:
    """Tell whether a tag is a component of MDX or JSX: it begins with a capital letter."""
    return (
        "A" <= text[token.start + 1 + token.closing] <= "Z"
        and _COMPONENT.match(text, token.start, token.end) is not None
    )


class Component(Struct, frozen=True, gc=False):
    """A component that links: its target, the title it gives itself, and whether it has no content."""

    href: tuple[str, int, int]
    title: tuple[str, int, int] | None
    closed: bool


def component(text: str, token: Token) -> Component | None:
    """Return the link that a start tag's component is; None for other tags, and for `<Link rel>`."""
    if token.closing or not is_component(text, token):
        return None
    marks = attributes(text, token)
    if "href" not in marks or "rel" in marks:
        return None
    title = next((marks[name] for name in _TITLES if marks.get(name, ("",))[0].strip()), None)
    return Component(marks["href"], title, text[token.end - 2] == "/")


def hidden_day(text: str, token: Token, closing: int) -> tuple[str, int, int] | None:
    """Return the day a `time` element gives that its text, up to `closing`, shows no year of."""
    if not 0 <= closing - token.end <= _LONGEST_TIME:
        return None
    value, start, _ = attributes(text, token).get("datetime", ("", 0, 0))
    day = _DAY.match(value)
    if day is None or _YEAR.search(_TAG.sub("", text[token.end : closing])):
        return None
    return day[1], start + day.start(1), start + day.end(1)


def version_day(marks: Marks) -> tuple[tuple[str, int, int], ...]:
    """Return the day a Robust Link without a copy was seen, as if it were written behind the link.

    The pieces are (text, place, length as written).
    """
    if "data-versiondate" not in marks:
        return ()
    value, start, _ = marks["data-versiondate"]
    day = _DAY.match(value) if not marks.get("data-versionurl", ("",))[0] else None
    if day is None:
        return ()
    begin, end = start + day.start(1), start + day.end(1)
    return (" (accessed ", begin, 0), (day[1], begin, end - begin), (")", end, 0)
