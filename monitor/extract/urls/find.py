"""Finds web addresses in running text and mends them; every repair is recorded.

The text is what people write: addresses without scheme, wrapped over lines, with blanks inside,
escaped for TeX, Markdown or HTML, glued to the next word, in brackets, or hidden in a wrapper.
"""

import re

from msgspec import Struct

from monitor.extract.urls.repair import SOUND, RepairedUrl, balanced, repair_url, schemed, without_trailing
from monitor.extract.urls.seams import BLANKS, DOI_PREFIX, OPENERS, extended
from monitor.extract.urls.tokens import MAX_URL, known_host, rest_at
from monitor.extract.urls.wrappers import may_be_snapshot, may_be_wrapper
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
_PLAIN_START = lazy(r"https?://(?=\w)")
# What most addresses go on with: plain signs, a sentence's marks, and then what ends it for every rule of `seams`: a
# quote, a bracket, an empty line; a word of letters or a year behind a sign that asks for no more; in the next line
# a word with a capital, or a number that more follows.
_PLAIN_END = lazy(
    r"(?a:[\w.-]*+(?:[/?#][\w./?=#%+~@&-]*+)?+)[.,;:)\]]*+"
    r"(?=\Z|[>\"”»（）。，、；：」』】]|\}(?![^\W_])"
    r"|(?=[ \t\xa0\r\n])[ \t\xa0]{0,3}+(?:\r?\n[ \t\xa0]{0,40}+)?+(?:\Z|[\r\n\[\"“„«<_—–-]|\((?!\w+\)/))"
    r"|(?<![=&-])[ \t\xa0]{1,3}+(?!(?i:http|ftp|www))[^\W\d_]++[.,;:]?+(?=\Z|\s{1,8}+(?![\[(]))"
    r"|(?<![/_=&?%#~+-])[ \t\xa0]{1,3}+(?:19|20)\d\d[.,](?=\s{1,8}+(?![\[(]))"
    r"|(?<![_=&?%#~+-])[ \t\xa0]{0,3}+\r?\n[ \t\xa0]{0,40}+(?!(?i:http|ftp|www))[A-Z][^\W\d_]*+[.,;:]?+(?=[ \t]{1,4}+[^\s\[(])"
    r"|(?<![/_=&?%#~+-])[ \t\xa0]{0,3}+\r?\n[ \t\xa0]{0,40}+\d{1,3}[.)](?=[ \t]{1,4}+[^\s\[(]))"
)
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
# What `_GLUED` cannot do without in plain signs: a word with a capital, of three letters as each of the phrases has.
_CAPITAL = lazy(r"[A-Z][A-Za-z]{2,}+(?![?/=&#%_~-])")
_GLUED_HOST = lazy(
    r"^(?:https?://)?[\w.-]+?\.(?:com|org|net|edu|gov|info|int|de|fr|uk|br|es|it|nl|pl|ru|ua|cn|jp|tr|se|eu)(?=[A-ZÀ-Þ][a-zà-þ])"
)
_SECOND_SCHEME = lazy(r"(?:(?<=[^\W_])|(?<=\))|[;,](?!\s))https?://", re.IGNORECASE)
_CJK = "\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_COMMA_DATE = lazy(r",(?=(?:19|20)\d\d-\d\d?-\d\d?(?:/|$))")
_CJK_TAIL = lazy(
    lambda: (
        rf"(?<=[A-Za-z0-9/)_-])(?<![/=_])[{_CJK}]|(?<=/)[{_CJK}](?=[^/]*[\s（(]|$)|[,;:(\[][{_CJK}]|{_COMMA_DATE.pattern}"
    )
)
_FIRST_CJK = _CJK[0]


# "/x(2019. 8. 1. visited)": a date in brackets that no blank parts from the address.
_OPEN_DATE = lazy(r"(?<=[\w/])[(\[](?:19|20)\d\d[.년年]?$")


def find_urls(text: str) -> tuple[FoundUrl, ...]:
    """Return every web address of a text in order, mended; templates with holes ("/{id}") are left out."""
    found: list[FoundUrl] = []
    position = 0
    while (sign := _MAYBE.search(text, position)) and (begun := _start(text, position, sign.start())):
        start, position, host, tld = begun
        if host and tld and not known_host(host, tld):
            continue
        if (plain := _plain(text, start, position, host)) is not None:
            found.append(plain)
            position = max(position, plain.end)
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


def _start(text: str, position: int, sign: int) -> tuple[int, int, str | None, str | None] | None:
    """Return where the next address begins, where its rest does, and its host and top-level domain without a scheme.

    `sign` is the place of the first telling sign: at most a scheme, or a host, stands before it.
    """
    if text[sign] == ":":
        begin = text.rfind("http", max(position, sign - 5), sign)
        plain = _PLAIN_START.match(text, begin) if begin >= 0 else None
        if plain is not None and plain.end() == sign + 3:
            return begin, sign + 3, None, None
    # Neither holds a blank, but for one right before the sign.
    begin = max(position, text.rfind(" ", position, max(position, sign - _SCHEME)))
    match = _START.search(text, begin)
    return (match.start(), match.end(), match["host"], match["tld"]) if match else None


def _plain(text: str, start: int, rest: int, host: str | None) -> FoundUrl | None:
    """Return the address that begins at `start` where it takes no closer look: plain signs that nothing goes on with."""
    whole = _PLAIN_END.match(text, rest)
    if whole is None or whole.end() - rest > MAX_URL:
        return None
    written = text[start : whole.end()]
    raw = written.rstrip(".,;:?)]")
    if not _ends_for_good(text, start, written, raw) or (host and text[rest : rest + 1] in _NO_PATH):
        return None
    url = raw if raw.startswith("http") else schemed(raw)
    if url is None or "." not in url:
        return None
    # A value and its "&" need no mending; the end of an escape ("&gt;") may be the text's.
    if SOUND.fullmatch(url.replace("&", "-") if "=" in url[url.rfind("&") + 1 :] else url) is None:
        return None
    if may_be_wrapper(url) or may_be_snapshot(url):
        mended = repair_url(raw)
    else:
        mended = RepairedUrl(url=url, repairs=() if url is raw else (Repair("scheme added", raw, url),))
    if mended.url is None or "." not in mended.url:
        return None
    return FoundUrl(
        start=start, end=start + len(raw), raw=raw, url=mended.url, archive_url=mended.archive_url,
        archived_at=mended.archived_at, repairs=mended.repairs, certain=host is None or "/" in raw,
    )  # fmt: skip


def _ends_for_good(text: str, start: int, written: str, raw: str) -> bool:
    """Tell whether no sign around a plain address, no DOI's prefix and no glued word asks for a closer look."""
    before = text[start - 1 : start]
    if before in _BESIDE:
        return False
    closer = OPENERS.get(before)
    if closer is not None and closer not in written:
        end = start + len(written)
        if len(raw) < len(written) or text[end : end + 1] in BLANKS:
            return False
    if written[-1] == "/" and DOI_PREFIX.search(written):
        return False
    if raw.islower():
        return True
    glued = _CAPITAL.search(written, 8) is not None and _GLUED.search(written, 8) is not None
    return not glued and _GLUED_HOST.match(written) is None


_NO_PATH = ("?", "#")
_BESIDE = frozenset("\"'_~")
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


def _tail_of(raw: str) -> re.Pattern[str]:
    """Return what tells where text without blanks begins; its letters are asked for only where one stands."""
    return _CJK_TAIL if max(raw) >= _FIRST_CJK else _COMMA_DATE


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
    if (not raw.isascii() or "," in raw) and (tail := _tail_of(raw).search(raw)):
        raw = raw[: tail.start()]
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
