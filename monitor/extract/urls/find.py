"""Finds web addresses in running text and mends them; every repair is recorded.

The text is what people write: addresses without scheme, wrapped over lines, with blanks inside,
escaped for TeX, Markdown or HTML, glued to the next word, in brackets, or hidden in a wrapper.
"""

import re
from typing import NamedTuple

from msgspec import Struct

from monitor.extract.urls.repair import SOUND, balanced, repair_url, without_trailing
from monitor.extract.urls.seams import extended
from monitor.extract.urls.tokens import MAX_URL, known_host, rest_at
from monitor.extract.words.purposes import Words
from monitor.extract.words.vocabulary import any_of
from monitor.model.citation import Repair
from monitor.patterns import lazy


class FoundUrl(Struct, frozen=True, kw_only=True, gc=False):
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


_LABEL = r"[a-z0-9\u00a1-\u024f\u0400-\u052f](?:[a-z0-9\u00a1-\u024f\u0400-\u052f\\_-]{0,62})"
_START = lazy(
    r"(?P<scheme>(?:https?|hxxps?|htt?ps?|ftps?)\s?[:;]\s?(?:/|\\/|\\\\){1,3}(?:[ ]?(?=[\w\[])|[ ]?\r?\n[ \t]{0,40}(?=[\w-]{1,63}\.\w))|(?<!\w)https?//(?=\w)|(?<!\w)ttps?://(?=\w))"
    r"|(?:(?<![\w@./\\:=&?#%+~-])|(?<=\s//))(?:(?P<www>www\d?\.(?=\w))"
    rf"|(?P<host>(?:{_LABEL}\.){{1,6}}(?P<tld>[a-z\u0430-\u044f]{{2,18}}))(?P<port>:\d{{2,5}}(?=/))?(?P<path>(?=/[^\s/]|/\s|/$)|(?![\w@.-]|:\d|\s?:\s?//)))",
    re.IGNORECASE,
)
# What it nearly always finds: signs that begin no address, and a scheme without a fault.
_PLAIN_START = lazy(r"[ \r\n\t<>(\[\"“:,]*(https?://)(?=\w)")
# What `_START` cannot do without: a small part of its time, and most paragraphs hold none.
_MAYBE = lazy(r"//|\.[^\W\d_]{2}|:\s?[/\\]|;\s?[/\\]|w[wW]{2}|W[wW]{2}")
_SCHEME = 8
_HOST = lazy(r"localhost|//\[[\da-f:]+\]", re.IGNORECASE)
# An access note that no blank, or only its bracket, parts from the address: "/x.htmlConsultado", "/x(Zugriff:".
_GLUED = lazy(
    lambda: (
        r"(?:(?:(?<=[a-z0-9])[.,;]?|(?<=/)(?=[^\W\d_]+[:.,]?$))(?-i:(?=[A-ZÀ-ÞА-Я]))"
        rf"|(?<=[\w/])[.,;]?[(\[](?=[^\W\d_]+[:.,]*$)){any_of(Words.NOTE_BEGINS)}"
        # Within a path it is a word like others: "/ListAccessed?id=4", "/DataRetrieved.html".
        r"[^\W\d_]*(?![^\W\d_]|[?/=&#%_~-]|\.\w)"
    ),
    re.IGNORECASE,
)
_GLUED_HOST = lazy(
    r"^(?:https?://)?[\w.-]+?\.(?:com|org|net|edu|gov|info|int|de|fr|uk|br|es|it|nl|pl|ru|ua|cn|jp|tr|se|eu)(?=[A-ZÀ-Þ][a-zà-þ])"
)
_SECOND_SCHEME = lazy(r"(?:(?<=[^\W_])|(?<=\))|[;,](?!\s))https?://", re.IGNORECASE)
_CJK = "\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_CJK_TAIL = lazy(
    rf"(?<=[A-Za-z0-9/)_-])(?<![/=_])[{_CJK}]|(?<=/)[{_CJK}](?=[^/]*[\s（(]|$)|[,;:(\[][{_CJK}]|,(?=(?:19|20)\d\d-\d\d?-\d\d?(?:/|$))"
)


# "/x(2019. 8. 1. visited)": a date in brackets that no blank parts from the address.
_OPEN_DATE = lazy(r"(?<=[\w/])[(\[](?:19|20)\d\d[.년年]?$")


def find_urls(text: str) -> tuple[FoundUrl, ...]:
    """Return every web address of a text in order, mended; templates with holes ("/{id}") are left out."""
    found: list[FoundUrl] = []
    position = 0
    while begun := _start(text, position):
        start, position, host, tld = begun
        if host and tld and not known_host(host, tld):
            continue
        end = _body_end(text, position, host)
        if end is None:
            continue
        end = extended(text, start, _signs_within(text, start, end))
        enclosed = (
            text[start - 1 : start] == "<" and text[end : end + 1] == ">" and " " not in text[start:end]
        )
        end = end if enclosed else _trimmed(text, start, end)
        raw = text[start:end]
        position = max(position, end)
        if text[start - 1 : start] in _QUOTES and _NAMESPACE.search(text, max(0, start - 60), start):
            continue
        if text[end : end + 1] == "{" or text[end : end + 2] in {"${", "<v", "%s", "%(", "[["}:
            continue
        mended = repair_url(raw, whole=enclosed)
        if mended.url is None or not ("." in mended.url or _HOST.search(mended.url)):
            continue
        bare = host is not None and "/" not in raw.partition(":")[0]
        found.append(
            FoundUrl(
                start=start, end=end, raw=raw, url=mended.url, archive_url=mended.archive_url,
                archived_at=mended.archived_at, repairs=(*_cut_off(text, start, end), *mended.repairs),
                certain=not bare,
            )
        )  # fmt: skip
    return tuple(found)


class _Start(NamedTuple):
    """Where an address begins, where its rest does, and its host where it has no scheme."""

    at: int
    rest: int
    host: str | None = None
    tld: str | None = None


def _start(text: str, position: int) -> _Start | None:
    """Return where the next address may begin: at most a scheme stands before its first telling sign, or a host."""
    sign = _MAYBE.search(text, position)
    if sign is None:
        return None
    # Neither holds a blank, but for one right before the sign.
    begin = max(position, text.rfind(" ", position, max(position, sign.start() - _SCHEME)))
    if plain := _PLAIN_START.match(text, begin):
        return _Start(plain.start(1), plain.end())
    match = _START.search(text, begin)
    return _Start(match.start(), match.end(), match["host"], match["tld"]) if match else None


# "xmlns:svg="http://…": names a vocabulary, and no page.
_NAMESPACE = lazy(r"\bxmlns(?::[\w-]{1,40})?\s?=\s?[\"']$")
_QUOTES = ('"', "'")
# The item and contribution identifier of older DOIs holds angle brackets (ANSI/NISO Z39.56).
_SICI = lazy(r"<[\w.:;-]{1,40}>\d\.\d\.[A-Z]{2};\d(?:-[\w#])?")
# "{3F2504E0-4F89-11D3-9A0C-0305E82C3301}" is no hole of a template.
_GUID = lazy(r"\{[\dA-Fa-f]{1,12}(?:-[\dA-Fa-f]{1,12}){1,5}\}")
_NEAR = 400
_BAR = lazy(r"[|^][\w.%+=&-]{1,60}(?=[\s,;)\]>]|$)")


def _signs_within(text: str, start: int, end: int) -> int:
    """Follow an address over a sign that seldom belongs to one: "<" of a SICI, "|" and "^" in a value."""
    sign = text[end : end + 1]
    if sign == "{" and (braced := _GUID.match(text, end)):
        rest = rest_at(text, braced.end(), _next_scheme(text, braced.end()))
        return rest.end() if rest else braced.end()
    if sign == "<" and (sici := _SICI.match(text, end)):
        return sici.end()
    if sign and sign in "|^" and text[end - 1].isalnum() and (value := _BAR.match(text, end)):
        before = text[max(0, start - _NEAR) : start].rpartition("\n")[2]
        after = text[end : end + _NEAR].partition("\n")[0]
        # More than one bar in a line parts columns.
        return value.end() if (before + after).count(sign) == 1 else end
    return end


def _cut_off(text: str, start: int, end: int) -> tuple[Repair, ...]:
    """Record what stood against the address without a blank and was cut off, if there is anything."""
    if not text[end : end + 1].strip():
        return ()
    if sign := _AFTER_SIGN.match(text, end):
        return (Repair("cut at a sign", text[start : sign.end()], text[start:end]),)
    word = _WORD.match(text, end)
    return (Repair("glued word cut off", text[start : word.end()], text[start:end]),) if word else ()


_WORD = lazy(r"[^\W_]{1,30}")
_AFTER_SIGN = lazy(r"[|^`{}\\—’][^\W_][^\s|^`{}]{0,60}")


def _next_scheme(text: str, position: int) -> int:
    """Return where a second address begins that no blank parts from the first; the text's end without one.

    One after "/" or "=" is the first one's: a snapshot's original, a target in a query.
    """
    limit = min(len(text), position + MAX_URL)
    place = text.find("://", position, limit)
    if place < 0:
        return len(text)
    told = _SECOND_SCHEME.search(text, max(position, place - 8), place + 3)
    return told.start() if told else len(text)


def _body_end(text: str, begin: int, host: str | None) -> int | None:
    if host and not text.startswith("/", begin):
        return begin
    rest = rest_at(text, begin)
    if rest is not None and "://" in rest[0]:
        rest = rest_at(text, begin, _next_scheme(text, begin))
    return rest.end() if rest else (begin if host else None)


def _sound(raw: str) -> bool:
    """Tell whether an address, with a scheme or without, holds plain signs alone."""
    schemed = raw if "://" in raw else f"http://{raw}"
    return SOUND.fullmatch(schemed) is not None


def _trimmed(text: str, start: int, end: int) -> int:
    """Cut what does not belong: glued words, the second address, unbalanced brackets, punctuation."""
    raw = text[start:end]
    before = text[start - 1 : start]
    # Only a glued word can be cut from a sound one, and it begins with a capital.
    sound = before not in {"_", "~"} and _sound(raw)
    if sound and (raw.islower() or not (_GLUED.search(raw, 8) or _GLUED_HOST.match(raw))):
        return end
    bracketed = "(" in raw or "[" in raw
    if (bracketed or not raw.islower()) and (glued := _GLUED.search(raw, 8)):
        raw = raw[: glued.start()]
    if "://" in raw[8:] and (second := _SECOND_SCHEME.search(raw, 8)):
        raw = raw[: second.start()]
    if glued := _GLUED_HOST.match(raw):
        raw = raw[: glued.end()]
    if (not raw.isascii() or "," in raw) and (cjk := _CJK_TAIL.search(raw)):
        raw = raw[: cjk.start()]
    if before == "'" and "'" in raw:
        raw = raw.partition("'")[0]
    if bracketed and (date := _OPEN_DATE.search(raw)):
        raw = raw[: date.start()]
    raw = balanced(raw)
    while True:
        shorter = without_trailing(raw)
        if before and before in "_~" and shorter.endswith(before):
            shorter = shorter.rstrip(before)
        shorter = shorter.rstrip()
        if shorter == raw:
            return start + len(raw)
        raw = shorter
