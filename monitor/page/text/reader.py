"""One pass over a page's tokens: what is visible by blocks, what is out of sight, what metadata says."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from monitor.model.page import tidy
from monitor.page.text.elements import (
    CELL,
    CHROME,
    CHROME_ROLES,
    ENDED_BY,
    ENDS_ANOTHER,
    HEADINGS,
    HIDDEN,
    HIDDEN_STYLE,
    IN_LINE,
    KINDS,
    LINK,
    MAIN,
    MOUNT,
    ODD,
    STATE,
    TELLING,
    UNBROKEN,
    UNKNOWN,
    VOID,
    names_chrome,
)
from monitor.page.text.joints import JOINT, joined
from monitor.page.text.metadata import Metadata
from monitor.page.text.shell import MOUNTS, asks_for_script
from monitor.text_io.html_tokens import CODE, COMPLETE, RAW, page_tokens, plain_text, read_on, token_kinds

if TYPE_CHECKING:
    from monitor.text_io.html_tokens import PageToken

MAX_VISIBLE_CHARS = 4_000_000
MAX_HEADINGS = 60
MAX_NOTE_MARK_CHARS = 12
MAX_MENU_CHARS = 200
"""A line of links as long as this is a text: menus and lists of related pages have shorter ones."""
MAX_REACH = 256
"""How many open elements an end tag may close; looking through more would make deep nesting quadratic."""

_ROOTS = frozenset({"html", "body"})
_NAMING = frozenset({"class", "id"})
_NOTE = ("\ue000", "\ue001")  # private use: no page means anything by them
_NOTE_MARK = re.compile("\ue000[^\ue001]{0,200}\ue001")
LINKS = 16
"""The mark of a block that is mostly links, beside `CHROME` and `MAIN`."""
_HIDDEN_OR_LINK = HIDDEN | LINK
_SURROUNDS = CHROME | MAIN


class Reader:
    """Reads one page; what it found stands in its attributes.

    `texts` are the stretches of visible text without a break, `marks` what each is (`CHROME`, `MAIN`,
    `LINKS`); `plain` holds those with footnote marks, by their place, without these; `about` is what
    the page says of itself.
    """

    def __init__(self, joint: str = "") -> None:
        self._joint, self._unseen = joint, 0
        self.texts: list[str] = []
        self.marks: list[int] = []
        self.plain: dict[int, str] = {}
        self.title: str | None = None
        self.headings: list[str] = []
        self.about = Metadata()
        self.mounts = False
        self.extra: list[str] = []
        # The open elements and their states; nothing closes the first.
        self._names: list[str] = [""]
        self._states: list[int] = [0]
        self._pieces: list[str] = []
        self._hidden: list[str] = []
        self._note_from: int | None = None
        self._note_links = False
        self._link_chars = 0
        self._room = MAX_VISIBLE_CHARS
        self._heading_from: int | None = None

    def read(self, text: str) -> bool:
        """Read a page; total and linear for any text.

        False where a joint stood in a tag or a comment: read it again with a reader that knows of none.
        """
        short, self._unseen = joined(text, self._joint) if self._joint else (text, 0)
        complete = self._pass(short)
        if self._unseen:
            return False
        while not complete:
            text = read_on(text)
            complete = not text or self._pass(text)
        self._flush()
        return True

    def _pass(self, text: str) -> bool:
        """Take the tokens of a text; False where they ended before the text did.

        The one loop that runs for every token: a page has one for each 20 to 60 characters.
        """
        names, states, pieces, hidden = self._names, self._states, self._pieces, self._hidden
        kinds: dict[str, int] = KINDS
        joint = self._joint
        text_token, start_tag, end_tag = token_kinds()
        raw: PageToken | None = None
        content = ""
        # A tag has a name and a text its words: None stands for neither.
        tokens: Iterator[Any] = page_tokens(text)
        for token in tokens:
            kind = token.type
            if kind is text_token:
                content = token.data
                if joint and JOINT in content:
                    content = self._jointed(content, raw)
                elif raw is not None:
                    pass
                elif states[-1] & _HIDDEN_OR_LINK:
                    self._said(content)
                elif pieces or not content.isspace():
                    pieces.append(content)
            elif kind is start_tag:
                name = token.tag
                told = kinds.get(name, UNKNOWN)
                if told & ODD:
                    if name == COMPLETE:
                        return True
                    raw, content = self._odd(name, told, token), ""
                elif told & TELLING or token.attrs:
                    self._enter(name, told, token)
                else:
                    if pieces or hidden:
                        self._flush()
                    if told & ENDS_ANOTHER and names[-1] in ENDED_BY[name]:
                        self._pop()
                    names.append(name)
                    states.append(states[-1] | told & STATE)
            elif kind is end_tag:
                name = token.tag
                if raw is not None:
                    self._raw(raw, content)
                    raw = None
                elif names[-1] != name or (told := kinds.get(name, 0)) & ODD:
                    self._close(name)
                else:
                    if not told & UNBROKEN and (pieces or hidden):
                        self._flush()
                    names.pop()
                    states.pop()
        return self._broken_off(raw, content)

    def _broken_off(self, raw: "PageToken | None", content: str) -> bool:
        if raw is not None and raw.tag in CODE:
            self._raw(raw, content)
        return False

    def _said(self, content: str) -> None:
        """Take text that is out of sight or leads elsewhere."""
        state = self._states[-1]
        if state & HIDDEN:
            self._hidden.append(content)
        elif self._pieces or not content.isspace():
            self._pieces.append(content)
            self._link_chars += len(content.strip())

    def _jointed(self, content: str, raw: "PageToken | None") -> str:
        """Take a text that holds joints; return it as written."""
        self._unseen -= content.count(JOINT)
        if raw is None:
            self._paragraphs(content)
        return content.replace(JOINT, self._joint)

    def _paragraphs(self, content: str) -> None:
        """Take a text that holds joints: the end of a paragraph, whole ones, the beginning of another."""
        first, *others = content.split(JOINT)
        self._text(first)
        if self._ordinary():
            self._flush()
            self._blocks(others[:-1])
            self._text(others[-1])
            return
        for other in others:
            self._close("p")
            self._text(self._joint[len("</p>") : -len("<p>")])
            if self._pieces or self._hidden:
                self._flush()
            if self._names[-1] == "p":
                self._pop()
            self._names.append("p")
            self._states.append(self._states[-1])
            self._text(other)

    def _ordinary(self) -> bool:
        """Tell whether a paragraph is open that means nothing for its text, so that the next is like it."""
        names, state = self._names, self._states[-1]
        plain = names[-1] == "p" and names[-2] != "p" and self._states[-2] == state
        return plain and not state & _HIDDEN_OR_LINK and self._note_from is None

    def _text(self, content: str) -> None:
        if self._states[-1] & _HIDDEN_OR_LINK:
            self._said(content)
        elif content and (self._pieces or not content.isspace()):
            self._pieces.append(content)

    def _blocks(self, texts: list[str]) -> None:
        """Take the texts of whole blocks, one of each and nothing between them."""
        line = " ".join(texts)
        if line and "\n" not in line and tidy(line) and _NOTE[0] not in line and len(line) <= self._room:
            self.texts += texts
            self.marks += [self._states[-1] & _SURROUNDS] * len(texts)
            self._room -= len(line) - len(texts) + 1
            return
        for text in texts:
            self._text(text)
            self._flush()

    def _enter(self, name: str, told: int, token: "PageToken") -> None:
        """Take the start tag of an element that is only what it holds."""
        names, states = self._names, self._states
        if told & IN_LINE:
            if told & LINK:
                self._note_links = True
            telling = _marked(token)
        else:
            if told & CELL:
                self._pieces.append(" ")
            elif self._pieces or self._hidden:
                self._flush()
            if told & ENDS_ANOTHER and names[-1] in ENDED_BY[name]:
                self._pop()
            telling = True
        state = states[-1] | told & STATE
        if telling and (attributes := token.attrs):
            for key, value in attributes:
                state |= self._means(told, key, value)
        names.append(name)
        states.append(state)
        if told & MOUNT:
            self.mounts = True
        if token.self_closing and ":" in name:
            self._close(name)

    def _flush(self) -> None:
        """End the block in hand."""
        self._note_from = None
        if self._hidden:
            self.extra.append(self._within("".join(self._hidden)))
            self._hidden.clear()
        pieces = self._pieces
        if not pieces:
            return
        joined = pieces[0] if len(pieces) == 1 else "".join(pieces)
        pieces.clear()
        if len(joined) > self._room:
            joined = joined[: self._room]
        self._room -= len(joined)
        if "\ue000" in joined:
            self.plain[len(self.texts)] = " ".join(_NOTE_MARK.sub("", joined).split())
            joined = joined.replace(_NOTE[0], "").replace(_NOTE[1], "")
        # What prints, and has no two blanks in a row, is as it is shown; most text is.
        tidy = joined.isprintable() and "  " not in joined
        text = joined.strip(" ") if tidy else " ".join(joined.split())
        if text:
            mark = self._states[-1] & _SURROUNDS
            if self._link_chars and self._link_chars * 10 > len(text) * 7 and len(text) < MAX_MENU_CHARS:
                mark |= LINKS
            self.texts.append(text)
            self.marks.append(mark)
        else:
            self.plain.pop(len(self.texts), None)
        self._link_chars = 0

    def _within(self, text: str) -> str:
        """Return a stretch of text, up to the cap of the whole page."""
        kept = text[: self._room]
        self._room -= len(kept)
        return kept

    def _end_note(self) -> None:
        """Mark a superscript that links as a footnote mark: readers leave it out when they quote."""
        if self._note_from is not None and self._note_links:
            mark = "".join(self._pieces[self._note_from :])
            if len(mark.strip()) <= MAX_NOTE_MARK_CHARS:
                self._pieces[self._note_from :] = [_NOTE[0], mark, _NOTE[1]]
        self._note_from = None

    def _odd(self, name: str, told: int, token: "PageToken") -> "PageToken | None":
        """Take the start tag of an element that says more; return it where what it holds is no markup."""
        if name in RAW:
            return token
        self._open(name, told, token)
        return None

    def _open(self, name: str, told: int, token: "PageToken") -> None:
        """Take a start tag that says something of the page, or holds nothing."""
        if name == "base":
            return
        if not told & IN_LINE:
            self._flush()
        if name in HEADINGS:
            if self._heading_from is None:
                self._heading_from = len(self.texts)
        else:
            self.about.note(name, token, hidden=bool(self._states[-1] & HIDDEN))
        if name in VOID:
            return
        state = self._states[-1] | told & STATE
        if name == "header" and not state & MAIN:
            state |= CHROME
        if name not in _ROOTS:
            for attribute in token.attrs or ():
                state |= self._means(told, *attribute)
        if name == "sup":
            self._note_from, self._note_links = len(self._pieces), bool(self._states[-1] & LINK)
        self._names.append(name)
        self._states.append(state)

    def _means(self, told: int, key: str, value: str) -> int:
        """Return what an attribute means for the text inside an element."""
        if key in _NAMING:
            if value in MOUNTS and key == "id":
                self.mounts = True
            return CHROME if not told & (IN_LINE | MAIN) and names_chrome(value[:300]) else 0
        if key == "style":
            return HIDDEN if HIDDEN_STYLE.search(value) else 0
        if key == "hidden":
            return HIDDEN
        if key == "role":
            role = value.lower()
            return MAIN if role == "main" else CHROME if role in CHROME_ROLES else 0
        return 0

    def _pop(self) -> str:
        name = self._names[-1]
        if not KINDS.get(name, 0) & UNBROKEN:
            self._flush()
        self._names.pop()
        self._states.pop()
        if name == "sup":
            self._end_note()
        elif name in HEADINGS:
            self._end_heading()
        return name

    def _end_heading(self) -> None:
        self._flush()
        if self._heading_from is not None and len(self.headings) < MAX_HEADINGS:
            text = " ".join(self.texts[self._heading_from :])
            if text and len(text) <= 1000:
                self.headings.append(text)
        self._heading_from = None

    def _close(self, name: str) -> None:
        """Take an end tag; one that closes nothing is passed over."""
        if not KINDS.get(name, 0) & UNBROKEN:
            self._flush()
        if name not in self._names[-MAX_REACH:]:
            return
        while self._pop() != name:
            pass

    def _raw(self, token: "PageToken", content: str) -> None:
        """Take an element whose content is no markup: script, title, textarea …"""
        name = token.tag
        if name == "title":
            if self.title is None and self._names[-1] != "svg":
                self.title = " ".join(content[:2000].split()) or None
        elif name == "script":
            self.about.script(token, content)
        elif name in ("noframes", "noembed", "iframe"):
            self.extra.append(plain_text(content))
        elif name == "noscript":
            self._noscript(token, content)
        elif name in ("textarea", "xmp"):
            self._flush()
            (self._hidden if self._states[-1] & HIDDEN else self._pieces).append(content)
            self._flush()

    def _noscript(self, token: "PageToken", content: str) -> None:
        """Read what a page shows to those without scripts: out of sight for all others."""
        self.mounts = self.mounts or asks_for_script(content)
        self._open("noscript", HIDDEN, token)
        self._pass(content)
        self._close("noscript")


def _marked(token: "PageToken") -> bool:
    """Tell whether an element within a line may be hidden; most of their attributes are addresses."""
    return (
        token.attr("style") is not None or token.attr("hidden") is not None or token.attr("role") is not None
    )
