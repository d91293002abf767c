"""One pass over a page's tokens: what is visible by blocks, what is out of sight, what metadata says."""

import re
from dataclasses import dataclass, field

from monitor.page.text.dates import iso_date
from monitor.page.text.markup import Token, plain_text, unescape

MAX_VISIBLE_CHARS = 4_000_000
MAX_HEADINGS = 60
MAX_NOTE_MARK_CHARS = 12

_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param",
     "source", "track", "wbr", "keygen", "basefont", "bgsound", "frame", "spacer"}
)  # fmt: skip
_INLINE = frozenset(
    {"a", "abbr", "acronym", "b", "bdi", "bdo", "big", "blink", "cite", "code", "data", "del", "dfn", "em",
     "font", "g", "i", "img", "ins", "kbd", "link", "mark", "meta", "nobr", "q", "rb", "ruby",
     "rt", "rp", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var",
     "wbr", "tspan", "o:p", "st1:place", "st1:city", "st1:country-region", "st1:date"}
)  # fmt: skip
_IMPLIED_END = {
    "p": "p",
    "li": "li",
    "dt": "dd",
    "dd": "dt",
    "tr": "tr",
    "td": "td",
    "th": "td",
    "option": "option",
}
_OUT_OF_SIGHT = frozenset(
    {"noscript", "template", "datalist", "audio", "video", "canvas", "object", "math:annotation"}
)
_CHROME = frozenset({"nav", "footer", "aside", "menu", "dialog", "select", "button"})
_CHROME_ROLES = frozenset(
    {
        "navigation",
        "banner",
        "contentinfo",
        "complementary",
        "search",
        "dialog",
        "alertdialog",
        "menu",
        "menubar",
    }
)
_CHROME_NAMES = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|sidebar|footer|breadcrumbs?|cookies?|consent|share|sharing|"
    r"social|related|promo|advert|ads?|newsletter|subscribe|skip|toolbar|masthead)(?:$|[\s_-])",
    re.IGNORECASE,
)
_CELLS = frozenset({"td", "th"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4"})
_NOTE = ("\ue000", "\ue001")  # private use: no page means anything by them
_NOTE_MARK = re.compile("\ue000[^\ue001]{0,200}\ue001")
_HIDDEN_STYLE = re.compile(r"display\s{0,9}:\s{0,9}none", re.IGNORECASE)


@dataclass(slots=True)
class Open:
    """An open element and what it means for the text inside."""

    name: str
    hidden: bool
    chrome: bool
    main: bool
    link: bool


@dataclass(slots=True)
class Block:
    """A stretch of visible text without a break; `plain` is it without footnote marks."""

    text: str
    plain: str
    link_chars: int
    chrome: bool
    main: bool

    @property
    def mostly_links(self) -> bool:
        """Whether it is a line of links, as menus and lists of related pages are."""
        return self.link_chars * 10 > len(self.text) * 7 and len(self.text) < 200


@dataclass(slots=True)
class Reader:
    """State of one pass over the tokens."""

    stack: list[Open] = field(default_factory=list)
    open_names: dict[str, int] = field(default_factory=dict)
    blocks: list[Block] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    note_from: int | None = None
    note_links: bool = False
    link_chars: int = 0
    chars: int = 0
    title: str | None = None
    headings: list[str] = field(default_factory=list)
    heading_from: int | None = None
    metas: dict[str, str] = field(default_factory=dict)
    canonical: str | None = None
    language: str | None = None
    published: str | None = None
    scripts: list[str] = field(default_factory=list)
    script_count: int = 0
    json_ld: list[str] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)

    def top(self) -> Open | None:
        """Return the innermost open element."""
        return self.stack[-1] if self.stack else None

    def flush(self) -> None:
        """End the block in hand."""
        self.note_from = None
        if self.hidden:
            self.extra.append("".join(self.hidden))
            self.hidden.clear()
        if not self.pieces:
            return
        joined = "".join(self.pieces)
        self.pieces.clear()
        plain = None
        if _NOTE[0] in joined:
            plain = " ".join(_NOTE_MARK.sub("", joined).split())
            joined = joined.replace(_NOTE[0], "").replace(_NOTE[1], "")
        text = " ".join(joined.split())
        top = self.top()
        if text:
            block = Block(text, text if plain is None else plain, self.link_chars, False, False)
            if top is not None:
                block.chrome, block.main = top.chrome, top.main
            self.blocks.append(block)
        self.link_chars = 0

    def add(self, data: str) -> None:
        """Take a stretch of text, up to the cap of the whole page."""
        room = MAX_VISIBLE_CHARS - self.chars
        if room <= 0:
            return
        text = unescape(data[:room])
        self.chars += len(text)
        top = self.top()
        if top is not None and top.hidden:
            self.hidden.append(text)
            return
        self.pieces.append(text)
        if top is not None and top.link:
            self.link_chars += len(text.strip())

    def _end_note(self) -> None:
        """Mark a superscript that links as a footnote mark: readers leave it out when they quote."""
        if self.note_from is not None and self.note_links:
            mark = "".join(self.pieces[self.note_from :])
            if len(mark.strip()) <= MAX_NOTE_MARK_CHARS:
                self.pieces[self.note_from :] = [_NOTE[0], mark, _NOTE[1]]
        self.note_from = None

    def open(self, token: Token) -> None:
        """Take a start tag."""
        name = token.name
        if name == "meta":
            self._meta(token)
        elif name == "link":
            self._link(token)
        elif name == "base":
            return
        if name not in _INLINE:
            if name in _CELLS:
                self.pieces.append(" ")
            else:
                self.flush()
        if name in _VOID:
            if name == "br":
                self.flush()
            return
        if name == "html" and self.language is None:
            attributes = token.attributes()
            self.language = (attributes.get("lang") or attributes.get("xml:lang") or "")[:35] or None
        implied = _IMPLIED_END.get(name)
        top = self.top()
        if top and implied and top.name in (name, implied):
            self._pop()
        if name in _HEADINGS and self.heading_from is None:
            self.heading_from = len(self.blocks)
        elif name == "time" and self.published is None and token.mentions("datetime"):
            self._time(token)
        self._push(token)

    def _push(self, token: Token) -> None:
        name, top = token.name, self.top()
        hidden = bool(top and top.hidden) or name in _OUT_OF_SIGHT
        chrome = bool(top and top.chrome) or name in _CHROME
        main = bool(top and top.main) or name in ("main", "article")
        if name == "header" and not main:
            chrome = True
        interesting = ("hidden", "none", "role", "class", "id")
        if name not in ("html", "body") and any(token.mentions(word) for word in interesting):
            attributes = token.attributes()
            hidden = (
                hidden or "hidden" in attributes or bool(_HIDDEN_STYLE.search(attributes.get("style", "")))
            )
            role = attributes.get("role", "").lower()
            main = main or role == "main"
            chrome = (
                chrome
                or role in _CHROME_ROLES
                or (
                    name not in _INLINE
                    and name not in ("article", "main")
                    and bool(
                        _CHROME_NAMES.search(
                            f"{attributes.get('class', '')} {attributes.get('id', '')}"[:300]
                        )
                    )
                )
            )
        if name == "sup":
            self.note_from, self.note_links = len(self.pieces), bool(top and top.link)
        elif name == "a":
            self.note_links = True
        self.stack.append(Open(name, hidden, chrome, main, name == "a" or bool(top and top.link)))
        self.open_names[name] = self.open_names.get(name, 0) + 1

    def _pop(self) -> str:
        if self.stack[-1].name not in _INLINE and self.stack[-1].name not in _CELLS:
            self.flush()
        gone = self.stack.pop()
        if gone.name == "sup":
            self._end_note()
        self.open_names[gone.name] -= 1
        if gone.name in _HEADINGS:
            self._end_heading()
        return gone.name

    def _end_heading(self) -> None:
        self.flush()
        if self.heading_from is not None and len(self.headings) < MAX_HEADINGS:
            text = " ".join(block.text for block in self.blocks[self.heading_from :])
            if text and len(text) <= 1000:
                self.headings.append(text)
        self.heading_from = None

    def close(self, name: str) -> None:
        """Take an end tag; one that closes nothing is passed over."""
        if name not in _INLINE and name not in _CELLS:
            self.flush()
        if name in ("br", "p") and not self.open_names.get(name):
            self.flush()
            return
        if not self.open_names.get(name):
            return
        while self._pop() != name:
            pass

    def raw(self, token: Token) -> None:
        """Take an element whose content is no markup: script, title, textarea …"""
        name = token.name
        if name == "title":
            top = self.top()
            if self.title is None and not (top and top.name == "svg"):
                self.title = " ".join(unescape(token.data)[:2000].split()) or None
        elif name == "script":
            self._script(token)
        elif name in ("noframes", "noembed", "iframe"):
            self.extra.append(plain_text(token.data))
        elif name in ("textarea", "xmp"):
            self.flush()
            self.add(token.data)
            self.flush()

    def _script(self, token: Token) -> None:
        kind = ""
        if token.mentions("type"):
            kind = token.attributes().get("type", "").lower()
        if "ld+json" in kind:
            self.json_ld.append(token.data)
        elif not kind or "javascript" in kind or kind == "module":
            self.script_count += 1
            if len(self.scripts) < 20:
                self.scripts.append(token.data[:20_000])

    def _meta(self, token: Token) -> None:
        attributes = token.attributes()
        name = (
            attributes.get("property")
            or attributes.get("name")
            or attributes.get("itemprop")
            or attributes.get("http-equiv")
            or ""
        )
        content = attributes.get("content", "")
        if name and content:
            self.metas.setdefault(name.lower(), content)
        top = self.top()
        if "http-equiv" in attributes and content and not (top and top.hidden):
            self.metas.setdefault(f"http-equiv:{attributes['http-equiv'].lower()}", content)

    def _link(self, token: Token) -> None:
        if self.canonical is None and token.mentions("anonical"):
            attributes = token.attributes()
            if attributes.get("rel", "").lower().strip() == "canonical":
                self.canonical = attributes.get("href", "").strip()[:4000] or None

    def _time(self, token: Token) -> None:
        attributes = token.attributes()
        if "pubdate" in attributes or "datepublished" in attributes.get("itemprop", "").lower():
            self.published = iso_date(attributes.get("datetime"))
