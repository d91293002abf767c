"""HTML to what a reader sees: visible text by blocks, main text, metadata.

Visible text is everything a reader may see; quotes are sought there first, because dropping
boilerplate loses 4 % of quotes (anchor research §6). Main text drops navigation for drift.
"""

import re
from dataclasses import dataclass, field

from monitor.model.page import PageText
from monitor.page import jsonld, stubs
from monitor.page.dates import iso_date
from monitor.page.fold import weight
from monitor.page.markup import Token, scan, unescape

MAX_VISIBLE_CHARS = 4_000_000
MAX_HEADINGS = 60
MAX_NOTE_MARK_CHARS = 12
SHELL_WORDS = 100

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
_DATE_METAS = (
    "article:published_time", "datepublished", "date", "dc.date", "dc.date.issued", "dcterms.date",
    "dcterms.issued", "dcterms.created", "dc.date.created", "citation_publication_date", "citation_date",
    "citation_online_date", "parsely-pub-date", "sailthru.date", "pubdate", "publishdate", "publish-date",
    "publish_date", "publication_date", "og:published_time", "og:article:published_time", "article.published",
)  # fmt: skip


@dataclass(slots=True)
class _Open:
    """An open element and what it means for the text inside."""

    name: str
    hidden: bool
    chrome: bool
    main: bool
    link: bool


@dataclass(slots=True)
class _Block:
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
class _Reader:
    """State of one pass over the tokens."""

    stack: list[_Open] = field(default_factory=list)
    open_names: dict[str, int] = field(default_factory=dict)
    blocks: list[_Block] = field(default_factory=list)
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

    def top(self) -> _Open | None:
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
            block = _Block(text, text if plain is None else plain, self.link_chars, False, False)
            if top is not None:
                block.chrome, block.main = top.chrome, top.main
            self.blocks.append(block)
        self.link_chars = 0

    def add(self, data: str) -> None:
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
        self.stack.append(_Open(name, hidden, chrome, main, name == "a" or bool(top and top.link)))
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
        name = token.name
        if name == "title":
            top = self.top()
            if self.title is None and not (top and top.name == "svg"):
                self.title = " ".join(unescape(token.data)[:2000].split()) or None
        elif name == "script":
            self._script(token)
        elif name in ("noframes", "noembed", "iframe"):
            self.extra.append(_plain(token.data))
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


def read_html(text: str) -> PageText:
    """Return what a reader sees of an HTML (or XML) text; total and linear for any input."""
    reader = _Reader()
    for token in scan(text):
        if token.kind == "text":
            reader.add(token.data)
        elif token.kind == "open":
            reader.open(token)
        elif token.kind == "close":
            reader.close(token.name)
        else:
            reader.raw(token)
    reader.flush()
    return _page(reader)


def _page(reader: _Reader) -> PageText:
    visible = "\n".join(block.text for block in reader.blocks)
    articles, published = _json_ld(reader)
    metas = reader.metas
    if published is None:
        published = reader.published or next(
            (found for name in _DATE_METAS if (found := iso_date(metas.get(name)))), None
        )
    extra = articles + [metas[name] for name in ("description", "og:description") if name in metas]
    extra += reader.extra
    words = weight(visible)
    refresh = stubs.meta_refresh(metas.get("http-equiv:refresh", ""))
    if refresh is None and words < 30:
        refresh = stubs.script_redirect(reader.scripts)
    return PageText(
        title=reader.title or metas.get("og:title") or None,
        headings=tuple(reader.headings),
        visible=visible,
        main=_main(reader.blocks),
        extra="\n".join(_collapse(part) for part in extra if part.strip())[:MAX_VISIBLE_CHARS],
        canonical=reader.canonical,
        language=reader.language or metas.get("http-equiv:content-language", "")[:35] or None,
        published=published,
        refresh=refresh,
        shell=words < SHELL_WORDS and reader.script_count > 0,
    )


def _main(blocks: list[_Block]) -> str:
    """Return the main content: marked main or article first, else what is no navigation.

    Falls back to all text where little would be left: a wrong cut is worse than none.
    """
    total = sum(len(block.text) for block in blocks)
    for main_only in (True, False):
        kept = [b for b in blocks if (b.main or not main_only) and not b.chrome and not b.mostly_links]
        size = sum(len(block.text) for block in kept)
        if size >= 250 and size * 4 >= total:
            return "\n".join(block.plain for block in kept)
    return "\n".join(block.plain for block in blocks)


def _json_ld(reader: _Reader) -> tuple[list[str], str | None]:
    articles: list[str] = []
    published: str | None = None
    for script in reader.json_ld[:20]:
        for node in jsonld.nodes(script):
            if body := jsonld.text_of(node, "articleBody", "text"):
                articles.append(_plain(body))
            if published is None:
                published = iso_date(jsonld.text_of(node, "datePublished"))
    return articles, published


def _plain(markup: str) -> str:
    """Return the text of a markup fragment kept as text (JSON-LD bodies hold HTML at times)."""
    if "<" not in markup:
        return unescape(markup)
    return " ".join(
        unescape(token.data) for token in scan(markup[:MAX_VISIBLE_CHARS]) if token.kind == "text"
    )


def _collapse(text: str) -> str:
    return " ".join(text.split())
