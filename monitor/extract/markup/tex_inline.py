"""TeX as its reader sees it: a stretch of source becomes a passage with the way back to every character.

One pass over tokens, so that unbalanced braces and deep nesting cost nothing. What accents and symbols
stand for comes from pylatexenc, asked once per spelling; its tree parser is not used, as it recurses.
"""

import logging
import re
from collections.abc import Callable, Mapping
from functools import cache, lru_cache, partial

from monitor.extract.passage import Builder, Group, Kind, Link, Passage
from monitor.patterns import lazy, next_at

_TOKEN = lazy(
    r"(?P<comment>(?<!\\)%[^\n]*(?:\n[ \t]*(?!\s))?)"
    r"|(?P<definition>\\(?:(?:provide|(?:re)?new)command\*?\s{0,3}\{?|DeclareRobustCommand\*?\s{0,3}\{?|def(?=\\))\\[a-zA-Z@]{1,40}\}?"
    r"[^{}\n]{0,40}(?=\{))"
    r"|(?P<url>(?:\\(?:url|nolinkurl|path|urlstyle)|@(?:url|uref|indicateurl))\*?\s{0,3}(?=[{|!+]))"
    r"|(?P<verb>\\(?:verb|lstinline)\*?(?=[^\w\s*{]))"
    r"|(?P<href>\\(?:href|hyperref|htmladdnormallink)\*?\s{0,3}(?:\[[^\]\n]{0,200}\])?\s{0,40}(?=\{))"
    r"|(?P<drop>\\(?:[cC]ite\w{0,12}|parencite|footcite|ref|eqref|pageref|label|includegraphics|vspace|hspace|usepackage|documentclass|"
    r"begin|end|bibliography|bibliographystyle|addbibresource|input|include|hypertarget|phantomsection|setlength|addcontentsline)\*?"
    r"\s{0,3}(?:\[[^\[\]]{0,300}\]\s{0,3}){0,3}(?:\{[^{}]{0,500}\}\s{0,3}){0,3})"
    r"|(?P<accent>\\(?:[`'^\"~=.](?:\s{0,2}\{\s{0,2}\\?[a-zA-Z]?\s{0,2}\}|\s{0,2}\\[ij](?![a-zA-Z])(?:\{\})?\s?|\s{0,2}[a-zA-Z])|[cvuHdbrkt](?:\s{0,2}\{\\?[a-zA-Z]{0,2}\}|\s{1,2}[a-zA-Z](?![a-zA-Z])|\s?\\[ij](?![a-zA-Z]))))"
    r"|(?P<emph>\\(?:emph|textit|textsl|textbf|enquote|mkbibquote|titlename|booktitle)\s{0,3}(?=\{)|@(?:cite|emph|strong|dfn|[bi])(?=\{)|\{\\(?:em|it|sl|itshape|slshape)(?![a-zA-Z])\s{0,3})"
    r"|(?P<escaped>\\[&%$#_{}@])"
    r"|(?P<gap>\\(?:newblock|quad|qquad|par|newline|hfill|space|hskip|enspace)(?![a-zA-Z])\s{0,40}"
    r"|\\\\(?:\[[^\]]{0,20}\])?|\\[ ,;:!>\n]|(?<!/)~)"
    r"|(?P<nothing>\\(?:allowbreak|nobreak|penalty\d{0,6}|noopsort|relax|protect"
    r"|bibinfo\{\w{0,30}\}|bibfield\s?\{\w{0,30}\}|bibnamefont|bibfnamefont|natexlab\{\w?\}"
    r"|urlprefix|/|discretionary\s?\{[^{}]{0,9}\}\{[^{}]{0,9}\}\{[^{}]{0,9}\})(?![a-zA-Z])[ \t]{0,9}|\\[/-])"
    r"|(?P<macro>\\[a-zA-Z]{1,40}\*?(?:\[[^\]\n]{0,60}\])?(?:\{\}|[ \t]{1,9})?)"
    r"|(?P<dash>-{2,3})|(?P<quotes>``|''|\"`|\"'|,,)|(?P<brace>[{}])|(?P<math>\$)"
)
# What a token begins with, and hardly anything else: a search for all tokens at once is ten times slower.
_MARKED = lazy(r"[\\{}$~%]|--|``|''")
_SIGN = lazy(r"\\|%|@|~|\{|\}|\$|--|``|''|\"`|\"'|,,")
_DASHES = {"--": "–", "---": "—"}
_QUOTES = {"``": "“", "''": "”", '"`': "„", "\"'": "“", ",,": "„"}
_MAX_DEPTH = 12


@lru_cache(maxsize=4)
def _pairs(text: str) -> Mapping[int, int]:
    """Return the closing brace of each opening one: one pass a text, so that no nesting costs more."""
    pairs: dict[int, int] = {}
    stack: list[int] = []
    for match in _BRACE.finditer(text):
        if match[0] == "{":
            stack.append(match.start())
        elif match[0] == "}" and stack:
            pairs[stack.pop()] = match.start()
    return pairs


def closing(text: str, opening: int, end: int) -> int:
    """Return the place of the brace that closes the one at `opening`; -1 where none does before `end`."""
    close = _pairs(text).get(opening, -1)
    return close if close < end else -1


_BRACE = lazy(r"\\.|[{}]", re.DOTALL)


def add_tex(
    builder: Builder, text: str, start: int, end: int, depth: int = 0, *, comments: bool = True
) -> None:
    """Add the TeX source at `text[start:end]` to a passage."""
    position = start
    braces: list[int | None] = []
    while token := next_at(_SIGN, _TOKEN, text, position, end):
        builder.add(text[position : token.start()], position)
        if token["comment"] and not comments:
            builder.add("%", token.start())
            position = token.start() + 1
            continue
        position = _token(builder, text, token, end, depth, braces)
    builder.add(text[position:end], position)


def _token(
    builder: Builder, text: str, token: re.Match[str], end: int, depth: int, braces: list[int | None]
) -> int:
    kind, start = token.lastgroup, token.start()
    if kind == "definition":
        close = closing(text, token.end(), end)
        return close + 1 if close >= 0 else token.end()
    if kind == "url":
        return _address(builder, text, token, end)
    if kind == "verb":
        close = text.find(text[token.end()], token.end() + 1, min(end, token.end() + 2000))
        builder.add(text[token.end() + 1 : close], token.end() + 1)
        return close + 1 if close >= 0 else token.end() + 1
    if kind == "href":
        return _linked(builder, text, token, end, depth)
    if kind == "macro" and (own := _macros(text).get(token[0].rstrip())) is not None:
        return _expanded(builder, text, own, token.end(), end, depth)
    if kind == "brace":
        if token[0] == "{":
            if text[start - 1 : start] == "}" and not builder.ends_blank:
                # The arguments of a macro of the author's own stand apart.
                builder.add(" ", start, 0)
            braces.append(None)
        elif braces and (begun := braces.pop()) is not None:
            builder.emphasis.append((begun, builder.length))
    elif kind == "emph":
        braces.append(builder.length)
        return token.end() + (text[token.end() : token.end() + 1] == "{" and not token[0].startswith("{"))
    elif shown := _shown(kind, token[0]):
        builder.add(shown, start, len(token[0]))
    return token.end()


@lru_cache(maxsize=4)
def _macros(text: str) -> Mapping[str, tuple[str, ...]]:
    r"""Return the author's own macros that say more than their arguments: what stands around each of these.

    "\url{#1} (accessed #2)" is ("\url{", "} (accessed ", ")"). Arguments out of order are left alone.
    """
    found: dict[str, tuple[str, ...]] = {}
    for match in _OWN_MACRO.finditer(text) if "#1" in text else ():
        close = closing(text, match.end() - 1, min(len(text), match.end() + _LONGEST_MACRO))
        parts = _ARGUMENT.split(text[match.end() : close]) if close > 0 else []
        numbers = [int(number) for number in parts[1::2]]
        if numbers == list(range(1, int(match["number"]) + 1)) and any(map(_WORDY.search, parts[::2])):
            found[match["name"]] = tuple(parts[::2])
    return found


def _expanded(
    builder: Builder, text: str, around: tuple[str, ...], position: int, end: int, depth: int
) -> int:
    """Add what a macro of the author's own stands for; return where its last argument ends."""
    for place, before in enumerate(around[:-1]):
        blank = _ANY_BLANK.match(text, position, end)
        opening = blank.end() if blank else position
        close = closing(text, opening, end) if text[opening : opening + 1] == "{" else -1
        if close < 0 or depth > _MAX_DEPTH:
            return position
        builder.add(_COMMAND.sub("", before), position, 0)
        if before.endswith(("\\url{", "\\nolinkurl{")):
            begin = builder.length
            builder.add(text[opening + 1 : close], opening + 1)
            if close > opening + 1:
                href = text[opening + 1 : close]
                builder.links.append(
                    Link(start=begin, end=builder.length, href=href, href_start=opening + 1, href_end=close)
                )
        else:
            add_tex(builder, text, opening + 1, close, depth + 1)
        position = close + 1
        if place == len(around) - 2:
            builder.add(_COMMAND.sub("", around[-1]), position, 0)
    return position


_OWN_MACRO = lazy(
    r"\\(?:provide|(?:re)?new)command\*?\s{0,3}\{?(?P<name>\\[a-zA-Z@]{1,40})\}?\s{0,3}\[(?P<number>[1-9])\]\s{0,3}\{"
)
_ARGUMENT = lazy(r"#([1-9])")
_COMMAND = lazy(r"\\[a-zA-Z]+\*?\s?|[{}]")
_WORDY = lazy(r"(?<![\\a-zA-Z])[a-zA-Z]{4}")
_ANY_BLANK = lazy(r"[ \t]*\n?[ \t]*")
_OVER_NOTHING = lazy(r"\\[~^]\s?\{\s?\}")
_LONGEST_MACRO = 600


def _shown(kind: str | None, written: str) -> str:
    if kind == "accent" and _OVER_NOTHING.fullmatch(written):
        # An accent over nothing is the sign itself: "\\~{}joe".
        return written[1]
    if kind in {"accent", "macro"}:
        return _meaning(written)
    if kind == "escaped":
        return written[1]
    if kind == "gap":
        return "\n" if written.startswith("\\\\") else " "
    if kind == "dash":
        return _DASHES[written]
    return _QUOTES[written] if kind == "quotes" else ""


@lru_cache(maxsize=4096)
def _meaning(written: str) -> str:
    """Return what an accent or a symbol stands for; "" for a macro that only arranges."""
    name = re.match(r"\\[a-zA-Z]+", written)
    if name and len(name[0]) > 2 and name[0] in {"\\item", "\\today", "\\title", "\\author", "\\maketitle"}:
        return ""
    try:
        shown = str(_converter()(written))
    except Exception:  # noqa: BLE001 - a library's opinion of one macro never ends a reading
        return ""
    return "" if len(shown) > 8 or "\\" in shown or shown.startswith("<") else shown


@cache
def _converter() -> Callable[[str], object]:
    """Return the library's converter; what it logs about a macro without its argument is asked for here.

    What it knows of macros is handed over: it would gather them anew at each call.
    """
    from pylatexenc.latex2text import LatexNodes2Text  # type: ignore[import-untyped] # no stubs exist
    from pylatexenc.latexwalker import get_default_latex_context_db  # type: ignore[import-untyped]

    # Macros are looked up alone, "\url" without its braces, too: no reader can mend anything there.
    logging.getLogger("pylatexenc").setLevel(logging.CRITICAL)
    return partial(LatexNodes2Text().latex_to_text, latex_context=get_default_latex_context_db())


def _address(builder: Builder, text: str, token: re.Match[str], end: int) -> int:
    opening = token.end()
    if text[opening] == "{":
        close = closing(text, opening, min(end, opening + 5000))
    else:
        close = text.find(text[opening], opening + 1, min(end, opening + 5000))
    if close < 0:
        return opening
    inner = opening + 1
    # Texinfo: @uref{address, text shown}.
    stop = text.find(", ", inner, close) if token[0].startswith("@u") else -1
    pieces = [(inner, close if stop < 0 else stop)]
    while (following := _continued(text, *pieces[-1], end)) is not None and len(pieces) < _MAX_PIECES:
        pieces.append(following)
        close = following[1]

    def add() -> None:
        for start, finish in pieces:
            builder.add(text[start:finish], start)

    _link(builder, text, inner, pieces[-1][1], add, "\n".join(text[slice(*piece)] for piece in pieces))
    return close + 1


_CONTINUED = lazy(r"\}(?:\s|\\\\|\\(?:linebreak|newline|allowbreak|-)){0,8}\\url\s{0,3}(?=\{)")
_BROKEN_OFF = lazy(r"[/_?&=%#-]\s{0,9}$")
_BEGINS = lazy(r"\s{0,9}(?:[a-z]{2,8}:|www\.|$)", re.IGNORECASE)
_MAX_PIECES = 20


def _continued(text: str, start: int, stop: int, end: int) -> tuple[int, int] | None:
    r"""Return where an address that breaks off goes on: "\url{http://host/a-}\\\url{b}", split by hand."""
    joint = (
        _CONTINUED.match(text, stop, end) if _BROKEN_OFF.search(text, max(start, stop - 10), stop) else None
    )
    close = closing(text, joint.end(), min(end, joint.end() + 5000)) if joint else -1
    if joint is None or close < 0 or _BEGINS.match(text, joint.end() + 1, close):
        return None
    return joint.end() + 1, close


def _linked(builder: Builder, text: str, token: re.Match[str], end: int, depth: int) -> int:
    opening = token.end()
    close = closing(text, opening, min(end, opening + 5000))
    if close < 0:
        return opening
    label = re.compile(r"\s{0,40}\{").match(text, close + 1, end)
    finish = closing(text, label.end() - 1, min(end, label.end() + 5000)) if label else -1
    if label is None or finish < 0 or depth >= _MAX_DEPTH:
        builder.add(text[opening + 1 : close], opening + 1)
        return close + 1
    inner = label.end()
    _link(builder, text, opening + 1, close, lambda: add_tex(builder, text, inner, finish, depth + 1))
    return finish + 1


def _link(
    builder: Builder, text: str, start: int, end: int, add: Callable[[], None], href: str | None = None
) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    begin = builder.length
    add()
    if builder.length > begin and end > start:
        builder.links.append(
            Link(
                start=begin,
                end=builder.length,
                href=(href or text[start:end]).strip(),
                href_start=start,
                href_end=end,
            )
        )


def tex_passage(
    text: str,
    start: int,
    end: int,
    *,
    kind: Kind = Kind.PARAGRAPH,
    group: Group | None = None,
    comments: bool = True,
) -> Passage | None:
    """Return a stretch of TeX as a passage; None where a reader sees nothing of it.

    Without `comments` a "%" is a sign like others, as in the fields of a database.
    """
    builder = Builder()
    add_tex(builder, text, start, end, comments=comments)
    return builder.passage(kind=kind, group=group)


def tex_text(written: str) -> str:
    """Return a short piece of TeX as plain text."""
    if not _MARKED.search(written):
        return written
    made = tex_passage(written, 0, len(written))
    return made.text if made else ""
