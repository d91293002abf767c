"""The blocks of a Markdown document, by markdown-it-py, and where its lines stand (CommonMark 0.31, §4).

The parser asks each of its ten rules about each line, paragraphs' lines twice. Nine lines in ten are read by
one rule put before the others, which asks only those that can begin as the line does.
"""

import re
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from monitor.patterns import lazy

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.parser_block import RuleFuncBlockType
    from markdown_it.rules_block import StateBlock
    from markdown_it.token import Token

FRONT_MATTER = lazy(r"\A(?:\ufeff)?(---|\+\+\+)[ \t]*\r?\n.*?\r?\n\1[ \t]*\r?(?:\n|\Z)", re.DOTALL)
# The parser's table rule takes time quadratic in the columns of a row.
_MOST_CELLS = 400


_BLANKS = (" ", "\t")
_DEEPEST = 40
# The parser asks for the last two at every quote and item; what is not told costs an exception each time.
_OPTIONS: Mapping[str, object] = {"maxNesting": _DEEPEST, "alerts": False, "tasklists": False}


@lru_cache(maxsize=1)
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    return _prepared(MarkdownIt("commonmark", _OPTIONS).enable("table"))


@lru_cache(maxsize=1)
def _tableless_parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    return _prepared(MarkdownIt("commonmark", _OPTIONS))


def _prepared(parser: "MarkdownIt") -> "MarkdownIt":
    parser.block.ruler.before("table", "first_sign", _first_sign)
    # Definitions stay in the text: footnotes look like them, and so do numbered references. The text comes
    # with its line ends folded, and without inline tokens there is no text to join.
    return parser.disable(["inline", "reference", "normalize", "text_join"])


_CODE = 3
"""Blanks of indent beyond which a line is code."""
_UNDERLINE = lazy(r"=+[ \t]*|[-:|][-:| \t]*")
"""What makes a heading or a table of the line above."""
_ITEM = lazy(r"(?:\d{1,9}(?P<dot>))?(?P<sign>(?(dot)[.)]|[-+*])) {1,4}(?=[^ \t])")
"""How an item begins that holds more than its mark, and no code."""
_MAY_BE_ITEM = frozenset("-+*0123456789")


@cache
def _called() -> "Mapping[str, tuple[RuleFuncBlockType, ...]]":
    """Return the rules that can match at a line, by its first sign; a line with another is a paragraph's."""
    from markdown_it.rules_block import blockquote, fence, heading, hr, html_block, list_block

    return {
        "#": (heading,), ">": (_quote_line, blockquote), "<": (html_block,),
        "`": (fence,), "~": (fence,), "_": (hr,),
        **dict.fromkeys("-*", (hr, _plain_items, list_block)),
        **dict.fromkeys("+0123456789", (_plain_items, list_block)), "=": (), "|": (), ":": (),
    }  # fmt: skip


@cache
def _trim() -> "Callable[[str], str]":
    """Return what takes CommonMark's blanks off both ends of a paragraph."""
    from markdown_it.common.utils import mdTrim

    return mdTrim


def _first_sign(state: "StateBlock", first: int, after: int, _silent: bool) -> bool:
    """Read the block that begins at a line: by the rules its first sign calls, else as a paragraph.

    A rule of the parser itself (`RuleFuncBlockType`). It matches nothing where a line may be a table's or a
    heading's underline: the other rules follow.
    """
    begins, shifts, ends, indents = state.bMarks, state.tShift, state.eMarks, state.sCount
    deepest = state.blkIndent + _CODE
    if indents[first] > deepest:
        return False
    called = _called()
    if rules := called.get(state.src[begins[first] + shifts[first]]):
        if first + 1 < after and _UNDERLINE.fullmatch(
            state.src, begins[first + 1] + shifts[first + 1], ends[first + 1]
        ):
            return False
        for rule in rules:
            if rule(state, first, after, False):
                return True
    outer, state.parentType = state.parentType, "paragraph"
    line = first + 1
    while line < state.lineMax and (place := begins[line] + shifts[line]) < ends[line]:
        # A line indented deeper, or by less than nothing, goes on with the paragraph whatever it begins with.
        if 0 <= indents[line] <= deepest and (rules := called.get(state.src[place])) is not None:
            if _UNDERLINE.fullmatch(state.src, place, ends[line]):
                state.parentType = outer
                return False
            if any(rule(state, line, state.lineMax, True) for rule in rules):
                break
        line += 1
    token = state.push("inline", "", 0)
    written = (
        # A line's indent is trimmed off whatever it is made of.
        state.src[begins[first] + shifts[first] : ends[first]]
        if line == first + 1
        else state.getLines(first, line, state.blkIndent, keepLastLF=False)
    )
    token.content = _trim()(written)
    token.map = [first, line]
    state.line = line
    return True


def _quote_line(state: "StateBlock", first: int, _after: int, silent: bool) -> bool:
    """Read a block quote of one line that begins no block itself: most are one, and end in an empty line.

    A rule of the parser itself; the quotes that it does not match are left to the parser's own.
    """
    start, end = state.bMarks[first] + state.tShift[first] + 1, state.eMarks[first]
    start += state.src.startswith(" ", start)
    if silent or start >= end or state.src[start] in _BLANKS or state.src[start] in _called():
        return False
    # A quote in the innermost blocks that are read holds nothing.
    if (first + 1 < state.lineMax and not state.isEmpty(first + 1)) or state.level + 1 >= _DEEPEST:
        return False
    lines = [first, first + 1]
    state.push("blockquote_open", "blockquote", 1).map = lines
    token = state.push("inline", "", 0)
    token.content = _trim()(state.src[start:end])
    token.map = lines
    state.push("blockquote_close", "blockquote", -1)
    state.line = first + 1
    return True


def _plain_items(state: "StateBlock", first: int, after: int, silent: bool) -> bool:
    """Read a list of one-line items that begin no blocks themselves, with empty lines between or without.

    A rule of the parser itself; lists that are more, or stand in other blocks, are left to the parser's own.
    """
    if silent or state.level:
        return False
    items: list[tuple[int, int, int]] = []
    line, sign, inner = first, "", _CODE + 1
    while line < after and state.sCount[line] < min(inner, _CODE + 1):
        start = state.bMarks[line] + state.tShift[line]
        item = _ITEM.match(state.src, start, state.eMarks[line])
        if item is None or item["sign"] != (sign or item["sign"]) or state.src[item.end()] in _called():
            if state.src[start] in _MAY_BE_ITEM or not state.isEmpty(line - 1):
                return False
            break
        following = state.skipEmptyLines(line + 1)
        items.append((line, item.end(), following))
        line, sign, inner = following, item["sign"], state.sCount[line] + item.end() - start
    if line < after and (state.sCount[line] >= inner or not state.isEmpty(line - 1)):
        # The last item goes on.
        return False
    kind, tag = ("bullet_list", "ul") if sign in "-+*" else ("ordered_list", "ol")
    state.push(f"{kind}_open", tag, 1).map = [first, line]
    for place, begin, following in items:
        state.push("list_item_open", "li", 1).map = [place, following]
        token = state.push("inline", "", 0)
        token.content = _trim()(state.src[begin : state.eMarks[place]])
        token.map = [place, place + 1]
        state.push("list_item_close", "li", -1)
    state.push(f"{kind}_close", tag, -1)
    state.line = line
    return True


def blocks(text: str) -> "tuple[Lines, list[Token]]":
    """Return the lines of a document's body and its blocks."""
    front = FRONT_MATTER.match(text)
    begin = front.end() if front else 0
    body = text[begin:]
    # The parser folds line ends and NULs; done here first, so that its line numbers are ours.
    folded = body.replace("\r\n", "\n").replace("\r", " ").replace("\x00", "\ufffd")
    wide = folded.count("|") > _MOST_CELLS and any(
        line.count("|") > _MOST_CELLS for line in folded.split("\n")
    )
    from monitor.extract.markup.markdown_state import LightState

    parser = _tableless_parser() if wide else _parser()
    state = LightState(folded, parser, {}, [])
    parser.block.tokenize(state, state.line, state.lineMax)
    return Lines(text, begin), state.tokens


class Lines:
    """Where each line of the body begins and ends in the document; a lone CR is no line end."""

    def __init__(self, text: str, begin: int) -> None:
        self.starts = [begin]
        place = text.find("\n", begin)
        while place >= 0:
            self.starts.append(place + 1)
            place = text.find("\n", place + 1)
        self.text = text

    def bounds(self, line: int) -> tuple[int, int]:
        """Return start and end of a line, without its line end."""
        start = self.starts[line]
        end = self.starts[line + 1] - 1 if line + 1 < len(self.starts) else len(self.text)
        if end > start and self.text[end - 1] == "\r":
            end -= 1
        return start, end
