# ruff: noqa: E501 - one pattern, one line
"""Finds web addresses in running text and mends them; every repair is recorded.

The text is what people write: addresses without scheme, wrapped over lines, with blanks inside,
escaped for TeX, Markdown or HTML, glued to the next word, in brackets, or hidden in a wrapper.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from monitor.domains import known_suffix
from monitor.extract.patterns import lazy
from monitor.extract.urls.repair import SOUND, TRAILING, balanced, repair_url
from monitor.extract.words.vocabulary import Words, any_of
from monitor.model.citation import Repair

MAX_URL = 4000
"""Characters; longer runs are data, not addresses (RFC 9110 §4.1 recommends support for 8000 octets)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundUrl:
    """An address at `text[start:end]`, verbatim in `raw`, wraps and blanks included.

    `certain` is false for a bare host name ("docs.python.org"), which is as often the name of a site.
    """

    start: int
    end: int
    raw: str
    url: str
    archive_url: str | None
    archived_at: str | None
    repairs: tuple[Repair, ...]
    certain: bool


# What never belongs to an address: blanks, quotes, braces, CJK and full-width punctuation.
_STOP = '\\s<>"“”„«»‹›‘’`^{}|\\\\\\u2028\\u3000-\\u303f\\uff00-\\uff65…·\\x00-\\x1f\\x7f'
_ESCAPED = r"\\~\{\}|\\[\[\]_%&#~(){}*.!$+=?@,;:|<>^-]|\{\\[_%&#~]\}|\\textasciitilde(?:\{\})?"
_BODY = rf"(?:[^{_STOP}]|{_ESCAPED})"
_LABEL = r"[a-z0-9\u00a1-\u024f\u0400-\u052f](?:[a-z0-9\u00a1-\u024f\u0400-\u052f\\_-]{0,62})"
_START = re.compile(
    r"(?P<scheme>(?:https?|hxxps?|htt?ps?|ftps?)\s?[:;]\s?(?:/|\\/|\\\\){1,3}(?:[ ]?(?=[\w\[])|[ ]?\r?\n[ \t]{0,40}(?=[\w-]{1,63}\.\w))|(?<!\w)https?//(?=\w))"
    r"|(?:(?<![\w@./\\:=&?#%+~-])|(?<=\s//))(?:(?P<www>www\d?\.(?=\w))"
    rf"|(?P<host>(?:{_LABEL}\.){{1,6}}(?P<tld>[a-z\u0430-\u044f]{{2,18}}))(?P<port>:\d{{2,5}}(?=/))?(?P<path>(?=/[^\s/]|/\s|/$)|(?![\w@.-]|:\d|\s?:\s?//)))",
    re.IGNORECASE,
)
# What `_START` cannot do without: a small part of its time, and most paragraphs hold none.
_MAYBE = re.compile(r"//|\.[^\W\d_]{2}|[:;]\s?[/\\]|[wW]{3}")
_HOST = re.compile(r"\.|localhost|//\[[\da-f:]+\]", re.IGNORECASE)
_REST = re.compile(rf"{_BODY}{{1,{MAX_URL}}}")
_GAP = re.compile(r"[ \t\u00a0]{0,3}(?P<break>\r?\n[ \t\u00a0]{0,40}(?:(?://|[>#*%;]{1,2})[ \t]{1,4})?)?")
_WIDE_GAP = re.compile(r"[ \t\u00a0]{0,4}(?:\r?\n[ \t\u00a0]{0,40}){0,3}")
_EXTENSION = re.compile(r"\.(?:s?html?|pdf|php\d?|aspx?|jspx?|cfm|cgi|docx?|xlsx?|pptx?|txt|xml|json|jpe?g|png|gif|zip|csv|epub|dot|rtf|ps|mp[34])(?=$|[?#\W])", re.IGNORECASE)  # fmt: skip
_PATH_TOKEN = re.compile(
    r"^(?![([<])(?:\d+[/)\].,]{0,2}$|\S*[/?=&#_%~]\S|\S*-\S+-\S|\S*[\w)]/$|\d+[-–]\d{3,}|\d[\w-]*/)"
)
_WORDS_WITH_SLASH = re.compile(r"^(?:and/or|he/she|she/he|his/her|her/his|him/her|s/he|w/o|n/a|24/7|either/or|y/o|und/oder|et/ou|e/o|e/ou|y/o|и/или|\d{1,4}[./-]\d{1,2}[./-]\d{1,4}\W*|\d{1,2}/\d{4}\W*)$", re.IGNORECASE)  # fmt: skip
_ADDRESS_START = re.compile(r"(?:https?|ftp)\s?:|www\.", re.IGNORECASE)
# An access note that no blank, or only its bracket, parts from the address: "/x.htmlConsultado", "/x(Zugriff:".
_GLUED = lazy(
    lambda: (
        r"(?:(?:(?<=[a-z0-9])[.,;]?|(?<=/)(?=[^\W\d_]+[:.,]?$))(?-i:(?=[A-ZÀ-ÞА-Я]))"
        rf"|(?<=[\w/])[.,;]?[(\[](?=[^\W\d_]+[:.,]*$)){any_of(Words.NOTE_BEGINS)}"
    ),
    re.IGNORECASE,
)
_GLUED_HOST = re.compile(
    r"^(?:https?://)?[\w.-]+?\.(?:com|org|net|edu|gov|info|int|de|fr|uk|br|es|it|nl|pl|ru|ua|cn|jp|tr|se|eu)(?=[A-ZÀ-Þ][a-zà-þ])"
)
_SECOND_SCHEME = re.compile(r"(?<=[^\W_]|\))https?://", re.IGNORECASE)
_CJK = "\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_CJK_TAIL = re.compile(
    rf"(?<=[A-Za-z0-9/)_-])(?<![/=_])[{_CJK}]|(?<=/)[{_CJK}](?=[^/]*[\s（(]|$)|[,;:(\[][{_CJK}]|,(?=(?:19|20)\d\d-\d\d?-\d\d?(?:/|$))"
)
_OPENERS = {"(": ")", "[": "]", "<": ">", "{": "}", "（": "）", "［": "］"}


def find_urls(text: str) -> tuple[FoundUrl, ...]:
    """Return every web address of a text in order, mended; templates with holes ("/{id}") are left out."""
    return tuple(_urls(text))


def _urls(text: str) -> Iterator[FoundUrl]:
    position = 0
    while _MAYBE.search(text, position) and (match := _START.search(text, position)):
        position = match.end()
        if match["host"] and not _known_host(match["host"], match["tld"]):
            continue
        end = _body_end(text, match)
        if end is None:
            continue
        end = _extended(text, match.start(), end)
        end = _trimmed(text, match.start(), end)
        raw = text[match.start() : end]
        position = max(position, end)
        if text[end : end + 1] == "{" or text[end : end + 2] in {"${", "<v", "%s", "%(", "[["}:
            continue
        mended = repair_url(raw)
        if mended.url is None or not _HOST.search(mended.url):
            continue
        bare = match["host"] is not None and "/" not in raw.partition(":")[0]
        yield FoundUrl(
            start=match.start(), end=end, raw=raw, url=mended.url, archive_url=mended.archive_url,
            archived_at=mended.archived_at, repairs=(*_glued(text, match.start(), end), *mended.repairs),
            certain=not bare,
        )  # fmt: skip


def _glued(text: str, start: int, end: int) -> tuple[Repair, ...]:
    """Record the word that stood against the address without a blank, if there is one."""
    word = _WORD.match(text, end)
    return (Repair("glued word cut off", text[start : word.end()], text[start:end]),) if word else ()


_WORD = re.compile(r"[^\W_]{1,30}")


def _body_end(text: str, match: re.Match[str]) -> int | None:
    if match["host"] and not text.startswith("/", match.end()):
        return match.end()
    rest = _REST.match(text, match.end())
    return rest.end() if rest else (match.end() if match["host"] else None)


@lru_cache(maxsize=8192)
def _known_host(host: str, tld: str) -> bool:
    if not any(char.isalpha() for char in host.rpartition(".")[0]) or ".." in host:
        return False
    if tld.casefold() in _FILE_SUFFIXES and "/" not in host:
        return host.count(".") > 1
    return known_suffix(tld)


# Real top-level domains that are far more often the ending of a file or a program's word.
_FILE_SUFFIXES = frozenset(
    ["md", "py", "sh", "rs", "pl", "so", "cc", "ps", "zip", "mov", "app", "ml", "mm", "st"]
)


def _extended(text: str, start: int, end: int) -> int:
    """Follow an address over blanks and line ends that cut it."""
    closed = _closed(text, start, end)
    if closed is not None:
        return closed
    for _ in range(6):
        further = _continued(text, start, end)
        if further is None:
            return end
        end = further
    return end


def _closed(text: str, start: int, end: int) -> int | None:
    """Return the end of an address in brackets that goes on after a gap until the bracket closes."""
    closer = _OPENERS.get(text[start - 1 : start])
    if closer is None or closer in text[start:end]:
        return None
    position = end
    for _ in range(4):
        gap = _WIDE_GAP.match(text, position)
        rest = _REST.match(text, gap.end()) if gap and gap.end() > position else None
        if rest is None:
            return None
        token = rest[0]
        inside = token.partition(closer)[0]
        shown = token[: len(inside) + (closer in token)]
        if not (_PATH_TOKEN.match(shown) or _EXTENSION.search(inside)) or _ADDRESS_START.match(inside):
            return None
        position = rest.start() + len(inside)
        if closer in token or text.startswith(closer, rest.end()):
            return position
    return None


def _continued(text: str, start: int, end: int) -> int | None:
    gap = _GAP.match(text, end)
    if gap is None or gap.end() == end:
        return None
    rest = _REST.match(text, gap.end())
    if rest is None:
        return None
    token, tail = rest[0], text[start:end]
    if _ADDRESS_START.match(token) and _SNAPSHOT_OF.search(tail):
        return rest.end()
    if _DATED_NEXT.match(text, rest.end()) and _piece_like(tail, token):
        return rest.end()
    if token[0] in "([<*_-–—" or _ADDRESS_START.match(token) or _WORDS_WITH_SLASH.match(token):
        return None
    if gap["break"] and _NEXT_ENTRY.match(text, gap.end()):
        return None
    if (
        token[0] in "/?&="
        and _BEGINS_PART.match(token)
        and (gap["break"] or "/" not in tail.partition("//")[2])
    ):
        return rest.end()
    open_end = tail[-1] in "/-_=&?%#~+" and len(tail) > 8
    path_like = _PATH_TOKEN.match(token) is not None
    file_like = _EXTENSION.search(token) is not None
    if tail[-1] == "." and _open_host(tail) and (host := _BROKEN_HOST.match(token)):
        return rest.end() if _known_host(f"x.{host['tld']}", host["tld"]) else None
    if gap["break"] is None:
        if tail[-1] == "-" and _HYPHENED.match(text, gap.end()):
            return rest.end()
        if token.isdigit() and re.match(r"[ \t]+[^\W\d_]", text[rest.end() : rest.end() + 9]):
            # "…/collision/ 2009 collision, background": what the page is about.
            return rest.end() if _accessed_next(text, rest.end()) else None
        if tail[-1] == "." and _SCRIPT.match(token):
            return rest.end()
        # A line that is an address with one blank after "=": "…&region= Central".
        valued = tail[-1] in "=&" and token.isalnum() and _fills_line(text, start, rest.end())
        joined = (open_end and (path_like or file_like or valued)) or (
            file_like and _blank_in_name(tail) and token[0].isalnum()
        )
        return rest.end() if joined else None
    line_end = text.find("\n", rest.end())
    alone = not text[rest.end() : line_end if line_end >= 0 else len(text)].strip()
    whole_line = not text[text.rfind("\n", 0, start) + 1 : start].strip()
    if tail[-1] == "." and gap["break"] is not None and (host := _BROKEN_HOST.match(token)):
        known = _HOST_SO_FAR.fullmatch(tail) and _known_host(f"x.{host['tld']}", host["tld"])
        return rest.end() if known else None
    if tail[-1] in ".,;:!?)]>'\"" and not (tail[-1] == "?" and _QUERY.match(token)):
        ending = tail[-1] == "." and token[0].islower() and _EXTENSION.match(f".{token}")
        return rest.end() if ending else None
    if open_end and (
        path_like
        or file_like
        or (alone and token[0] not in "[(" and _accessed_next(text, rest.end()))
        or (tail[-1] != "/" and _BROKEN_OFF.fullmatch(token) and not (tail[-1] == "-" and token[0].isupper()))
    ):
        return rest.end()
    continues = path_like or file_like or (whole_line and _accessed_next(text, rest.end()))
    return rest.end() if continues and alone and (token[0].islower() or token[0].isdigit()) else None


# "…/w/index. php?title=Weir": a blank that typesetting put before the rest of a file's name.
_SCRIPT = re.compile(r"(?:php|s?html?|aspx?|jsp|cfm|cgi|do)\d?\?[\w.%-]{1,40}=")
# "https://web.archive.org/web/20130101000000/" waits for the address it is a snapshot of.
_SNAPSHOT_OF = re.compile(r"/web/\d{4,14}(?:[a-z]{2}_)?/$")
# A word, an address or a sentence begins with none of these.
_BEGINS_PART = re.compile(r"[/?&=][\w%~.-]*[^\W_]")
# "…/story/\n37. “Next title”": the line begins with the number of the next reference.
_NEXT_ENTRY = re.compile(
    r"\d{1,3}[.)]\s{1,4}(?!access|retriev|view|visit|last|\d)(?:[^\W_]|[“\"‘„«])", re.IGNORECASE
)
# "…/file_\nformat. Accessed", "…-million-\nposts-false; Next": the rest of a word that a line end broke.
_BROKEN_OFF = re.compile(r"[^\W_](?:[\w.~%=-]*[\w=])?[.,;)\]]{1,2}|[^\W_][\w~%=]*[-._][\w.~%=-]*")
# "https://en. wikipedia.org/wiki", "https://maps.survey. ac.uk/": labels and a dot that are no host yet.
_OPEN_HOST = re.compile(r"https?://(?:[\w-]+\.){0,3}(?P<label>[\w-]+)\.", re.IGNORECASE)
# "…/tide- 2021- tables (visited on": a blank after each hyphen, and the access date next.
_HYPHENED = re.compile(
    r"(?:[\w.]{1,40}-[ \t]){0,4}[\w.]{1,40}[ \t]{1,4}[\[(]\s?(?:last\s)?(?:access|retriev|view|visit|cited)",
    re.IGNORECASE,
)
_QUERY = re.compile(r"[\w.-]{1,40}=[^\s=]")
# "http://www.record.\norg/prices": a line that ends inside the host, after a dot.
_HOST_SO_FAR = re.compile(r"(?:https?://|www\.)[\w.-]+\.", re.IGNORECASE)
_BROKEN_HOST = re.compile(r"(?:[a-z0-9-]+\.)*(?P<tld>[a-z]{2,12})/")


def _open_host(tail: str) -> bool:
    match = _OPEN_HOST.fullmatch(tail)
    return match is not None and (
        tail.count(".") == 1 or not _known_host(f"x.{match['label']}", match["label"])
    )


# Between an address and "[accessed 3 May 2012]" stands nothing but the rest of the address.
_DATED_NEXT = re.compile(r"\s{1,8}[\[(]\s?(?:last\s)?access", re.IGNORECASE)
_PIECE = re.compile(r"(?!\d\d?/\d\d?/\d{4}$)(?:\(\w+\)/)?[^\W_][\w/.?=&%~#+@:-]*(?<![.?:])")
_ASIDE = re.compile(r"(?:online|on|in|and|or|also|last|here|web|page|site|pdf|html)$", re.IGNORECASE)


def _piece_like(tail: str, token: str) -> bool:
    """Tell whether the one word between an address and its access date may be the address's end."""
    token = token.rstrip(".,;")
    if _ADDRESS_START.match(token):
        return False
    if "/" not in tail.rpartition("//")[2] or not _PIECE.fullmatch(token) or _ASIDE.match(token):
        return False
    if tail[-1] in "/-_=&?%#~+" or re.search(r"[/_=&]", token):
        return True
    ended = _EXTENSION.search(tail)
    return not token[0].isupper() and (ended is None or ended.end() < len(tail))


def _blank_in_name(tail: str) -> bool:
    """Tell whether an address may end in the first half of a file name that holds a blank."""
    _, _, path = tail.partition("://")[2].partition("/")
    last = path.rpartition("/")[2]
    return bool(last) and last[-1].isalnum() and not _EXTENSION.search(last) and "?" not in path


_LINE_END = re.compile(r"[ \t\r]{0,9}(?:\n|\Z)")


def _fills_line(text: str, start: int, end: int) -> bool:
    """Tell whether nothing but blanks stands before and after `text[start:end]` on its line."""
    before = text[max(0, start - 40) : start].rpartition("\n")
    return (
        (bool(before[1]) or start <= 40) and not before[2].strip() and _LINE_END.match(text, end) is not None
    )


_NEXT_ACCESS = re.compile(r"\s{0,8}(?:\Z|[\[(]|access|retriev|viewed)", re.IGNORECASE)


def _accessed_next(text: str, position: int) -> bool:
    return _NEXT_ACCESS.match(text, position) is not None


def _trimmed(text: str, start: int, end: int) -> int:
    """Cut what does not belong: glued words, the second address, unbalanced brackets, punctuation."""
    raw = text[start:end]
    before = text[start - 1 : start]
    if raw.islower() and before not in {"_", "~"} and SOUND.fullmatch(raw):
        return end
    for pattern in (_GLUED, _SECOND_SCHEME):
        if cut := pattern.search(raw, 8):
            raw = raw[: cut.start()]
    if glued := _GLUED_HOST.match(raw):
        raw = raw[: glued.end()]
    if cjk := _CJK_TAIL.search(raw):
        raw = raw[: cjk.start()]
    if before == "'" and "'" in raw:
        raw = raw.partition("'")[0]
    raw = balanced(raw)
    while True:
        shorter = TRAILING.sub("", raw)
        if before and before in "_~" and shorter.endswith(before):
            shorter = shorter.rstrip(before)
        shorter = shorter.rstrip()
        if shorter == raw:
            return start + len(raw)
        raw = shorter
