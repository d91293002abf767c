"""What HTML's elements mean for the text inside them and for the line they stand in: bits of one number."""

import re
from functools import lru_cache

from monitor.page.text.shell import APP_ELEMENTS
from monitor.text_io.html_tokens import COMPLETE, RAW

VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param",
     "source", "track", "wbr", "keygen", "basefont", "bgsound", "frame", "spacer"}
)  # fmt: skip
HEADINGS = frozenset({"h1", "h2", "h3", "h4"})
ENDED_BY = {
    "p": ("p",), "li": ("li",), "dt": ("dt", "dd"), "dd": ("dd", "dt"), "tr": ("tr",), "td": ("td",),
    "th": ("th", "td"), "option": ("option",),
}  # fmt: skip
"""Elements that end where this one begins (WHATWG HTML §13.1.2.4)."""

HIDDEN, CHROME, MAIN, LINK = 1, 2, 4, 8
"""For the text inside, however deep: out of sight; menus, footers and their like; the text; a link."""
STATE = HIDDEN | CHROME | MAIN | LINK

IN_LINE, CELL, ENDS_ANOTHER, ODD, MOUNT, UNKNOWN = 16, 32, 64, 128, 256, 512
"""For the line, and for the reader: `ODD` elements say something of the page or hold nothing."""
UNBROKEN = IN_LINE | CELL
TELLING = UNBROKEN | MOUNT | UNKNOWN
"""All but the plain blocks."""

_INLINE = (
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "blink", "cite", "code", "data", "del", "dfn", "em",
    "font", "g", "i", "img", "ins", "kbd", "link", "mark", "meta", "nobr", "q", "rb", "ruby",
    "rt", "rp", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var",
    "wbr", "tspan", "o:p", "st1:place", "st1:city", "st1:country-region", "st1:date",
)  # fmt: skip
_BLOCKS = (
    "div", "section", "ul", "ol", "dl", "table", "tbody", "thead", "tfoot", "blockquote", "figure",
    "figcaption", "pre", "form", "fieldset", "center", "address",
)  # fmt: skip


def _kinds() -> dict[str, int]:
    kinds: dict[str, int] = {}
    for kind, names in (
        (HIDDEN, ("noscript", "template", "datalist", "audio", "video", "canvas", "object")),
        (CHROME, ("nav", "footer", "aside", "menu", "dialog", "select", "button")),
        (MAIN, ("main", "article")),
        (LINK, ("a",)),
        (IN_LINE, _INLINE),
        (CELL, ("td", "th")),
        (ENDS_ANOTHER, ENDED_BY),
        (ODD, (*RAW, *VOID, *HEADINGS, "html", "body", "header", "sup", "time", COMPLETE)),
        (MOUNT, APP_ELEMENTS),
        (0, _BLOCKS),
    ):
        for name in names:
            kinds[name] = kinds.get(name, 0) | kind
    return kinds


KINDS = _kinds()
"""Elements by name; others are `UNKNOWN`, and blocks."""

CHROME_ROLES = frozenset(
    {"navigation", "banner", "contentinfo", "complementary", "search", "dialog", "alertdialog", "menu",
     "menubar"}
)  # fmt: skip
_CHROME_NAMES = frozenset(
    {"nav", "navbar", "navigation", "menu", "sidebar", "footer", "breadcrumb", "breadcrumbs", "cookie",
     "cookies", "consent", "share", "sharing", "social", "related", "promo", "advert", "ad", "ads",
     "newsletter", "subscribe", "skip", "toolbar", "masthead"}
)  # fmt: skip
_WORD_PARTS = str.maketrans("-_", "  ")
HIDDEN_STYLE = re.compile(r"display\s{0,9}:\s{0,9}none", re.IGNORECASE)


@lru_cache(maxsize=4096)
def names_chrome(value: str) -> bool:
    """Tell whether a class or id names what surrounds a text rather than the text."""
    return not _CHROME_NAMES.isdisjoint(value.lower().translate(_WORD_PARTS).split())
