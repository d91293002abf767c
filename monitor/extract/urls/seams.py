"""Where an address goes on over blanks and line ends that cut it: a table of rules with an example each."""

import re
from collections.abc import Callable

from msgspec import Struct

from monitor.extract.urls.tokens import ADDRESS_START, EXTENSION, known_host, rest_at
from monitor.extract.words.purposes import Words
from monitor.extract.words.vocabulary import any_of
from monitor.patterns import lazy

_GAP = lazy(r"[ \t\u00a0]{0,3}(?P<break>\r?\n[ \t\u00a0]{0,40}(?:(?://|[>#*%;]{1,2})[ \t]{1,4})?)?")
BLANKS = frozenset(" \t\u00a0\r\n")
_WIDE_GAP = lazy(r"[ \t\u00a0]{0,4}(?:\r?\n[ \t\u00a0]{0,40}){0,3}")
_PATH_TOKEN = lazy(
    r"^(?![([<])(?:\d+[/)\].,]{0,2}$|\S*[/?=&#_%~]\S|\S*-\S+-\S|\S*[\w)]/$|\d+[-–]\d{3,}|\d[\w-]*/)"
)
_WORDS_WITH_SLASH = lazy(lambda: rf"^(?:{any_of(Words.SLASHED)}|24/7|\d{{1,4}}[./-]\d{{1,2}}[./-]\d{{1,4}}\W*|\d{{1,2}}/\d{{4}}\W*)$", re.IGNORECASE)  # fmt: skip
OPENERS = {"(": ")", "[": "]", "<": ">", "{": "}", "（": "）", "［": "］"}
_SHORTEST = 8
_WORD_NEXT = lazy(r"[ \t]+[^\W\d_]")
# "…/w/index. php?title=Weir": a blank that typesetting put before the rest of a file's name.
_SCRIPT = lazy(r"(?:php|s?html?|aspx?|jsp|cfm|cgi|do)\d?\?[\w.%-]{1,40}=")
# "https://web.archive.org/web/20130101000000/" waits for the address it is a snapshot of.
_SNAPSHOT_OF = lazy(r"/web/\d{4,14}(?:[a-z]{2}_)?/$")
# A word, an address or a sentence begins with none of these.
_BEGINS_PART = lazy(r"[/?&=][\w%~.-]*[^\W_]")
# "…/story/\n37. “Next title”": the line begins with the number of the next reference.
_NEXT_ENTRY = lazy(
    lambda: (
        rf"\d{{1,3}}[.)]\s{{1,4}}(?!{any_of(Words.ACCESS_STEM)}|{any_of(Words.VISIT_STEMS)}|{any_of(Words.LAST)}|\d)(?:[^\W_]|[“\"‘„«])"
    ),
    re.IGNORECASE,
)
# "…/file_\nformat. Accessed", "…-million-\nposts-false; Next": the rest of a word that a line end broke.
_BROKEN_OFF = lazy(r"[^\W_](?:[\w.~%=-]*[\w=])?[.,;)\]]{1,2}|[^\W_][\w~%=]*[-._][\w.~%=-]*")
# "https://en. wikipedia.org/wiki", "https://maps.survey. ac.uk/": labels and a dot that are no host yet.
_OPEN_HOST = lazy(r"https?://(?:[\w-]+\.){0,3}(?P<label>[\w-]+)\.", re.IGNORECASE)
# "…/tide- 2021- tables (visited on": a blank after each hyphen, and the access date next.
_HYPHENED = lazy(
    lambda: (
        rf"(?:[\w.]{{1,40}}-[ \t]){{0,4}}[\w.]{{1,40}}[ \t]{{1,4}}[\[(]\s?(?:{any_of(Words.LAST)}\s)?(?:{any_of(Words.ACCESS_STEM)}|{any_of(Words.VISIT_STEMS)}|{any_of(Words.CITED)})"
    ),
    re.IGNORECASE,
)
_QUERY = lazy(r"[\w.-]{1,40}=[^\s=]")
# "http://www.record.\norg/prices": a line that ends inside the host, after a dot.
_HOST_SO_FAR = lazy(r"(?:https?://|www\.)[\w.-]+\.", re.IGNORECASE)
_BROKEN_HOST = lazy(r"(?:[a-z0-9-]+\.)*(?P<tld>[a-z]{2,12})/")
# Between an address and "[accessed 3 May 2012]" stands nothing but the rest of the address.
_DATED_NEXT = lazy(
    lambda: rf"\s{{1,8}}[\[(]\s?(?:{any_of(Words.LAST)}\s)?{any_of(Words.ACCESS_STEM)}", re.IGNORECASE
)
_PIECE = lazy(r"(?!\d\d?/\d\d?/\d{4}$)(?:\(\w+\)/)?[^\W_][\w/.?=&%~#+@:-]*(?<![.?:])")
_ASIDE = lazy(lambda: rf"{any_of(Words.ASIDES)}$", re.IGNORECASE)
_LEADING = lazy(r"(\d{1,3})[.)]?$")
_OWN_NUMBER = lazy(r"[ \t]*[\[(]?(\d{1,3})[.)\]]{0,2}[ \t]")
DOI_PREFIX = lazy(r"doi\.org/10\.\d{4,9}/$", re.IGNORECASE)
# Three words at least, the last of them closed by a stop.
_SLUG = lazy(r"[a-z]{2,30}(?:-[a-z0-9]{1,30}){2,12}[,.;]{1,2}")
_LINE_END = lazy(r"[ \t\r]{0,9}(?:\n|\Z)")
_NEXT_ACCESS = lazy(lambda: rf"\s{{0,8}}(?:\Z|[\[(]|{any_of(Words.ACCESS_NEXT)})", re.IGNORECASE)


class Seam(Struct, frozen=True, gc=False):
    """A place where an address stopped at a blank or a line end, and the word that follows.

    The address so far is `text[start:end]`, the word `token` stands at `text[at:after]`; `broken` tells
    that a line end parts them.
    """

    text: str
    start: int
    end: int
    at: int
    after: int
    broken: bool

    @property
    def tail(self) -> str:
        """Return the address so far."""
        return self.text[self.start : self.end]

    @property
    def token(self) -> str:
        """Return the word that follows."""
        return self.text[self.at : self.after]

    @property
    def last(self) -> str:
        """Return the address's last character."""
        return self.text[self.end - 1]

    @property
    def open_end(self) -> bool:
        """Tell whether the address ends in a sign that asks for more."""
        return self.last in "/-_=&?%#~+" and self.end - self.start > _SHORTEST

    @property
    def pathlike(self) -> bool:
        """Tell whether the word looks like a part of a path, or like the name of a file."""
        return _PATH_TOKEN.match(self.token) is not None or EXTENSION.search(self.token) is not None

    @property
    def dated(self) -> bool:
        """Tell whether an access note, or nothing, follows the word."""
        return _NEXT_ACCESS.match(self.text, self.after) is not None

    @property
    def alone(self) -> bool:
        """Tell whether the word fills the rest of its line."""
        line_end = self.text.find("\n", self.after)
        return not self.text[self.after : line_end if line_end >= 0 else len(self.text)].strip()

    @property
    def whole_line(self) -> bool:
        """Tell whether the address begins its line."""
        return not self.text[self.text.rfind("\n", 0, self.start) + 1 : self.start].strip()


def extended(text: str, start: int, end: int) -> int:
    """Follow an address over blanks and line ends that cut it."""
    if text[end : end + 1] not in BLANKS:
        return end
    closed = _closed(text, start, end)
    if closed is not None:
        return closed
    for _ in range(6):
        seam = _seam(text, start, end)
        if seam is None or not goes_on(seam):
            return end
        end = seam.after
    return end


def _seam(text: str, start: int, end: int) -> Seam | None:
    gap = _GAP.match(text, end)
    rest = rest_at(text, gap.end()) if gap is not None and gap.end() > end else None
    if gap is None or rest is None:
        return None
    return Seam(text, start, end, gap.end(), rest.end(), broken=gap["break"] is not None)


def _closed(text: str, start: int, end: int) -> int | None:
    """Return the end of an address in brackets that goes on after a gap until the bracket closes."""
    closer = OPENERS.get(text[start - 1 : start])
    if closer is None or closer in text[start:end]:
        return None
    position = end
    for _ in range(4):
        gap = _WIDE_GAP.match(text, position)
        rest = rest_at(text, gap.end()) if gap and gap.end() > position else None
        if rest is None:
            return None
        token = rest[0]
        inside = token.partition(closer)[0]
        shown = token[: len(inside) + (closer in token)]
        if not (_PATH_TOKEN.match(shown) or EXTENSION.search(inside)) or ADDRESS_START.match(inside):
            return None
        position = rest.start() + len(inside)
        if closer in token or text.startswith(closer, rest.end()):
            return position
    return None


def goes_on(seam: Seam) -> bool:
    """Tell whether the word belongs to the address: the first rule that knows says so."""
    for rule in (*_ANYWHERE, *(_OVER_LINES if seam.broken else _WITHIN_LINE)):
        told = rule(seam)
        if told is not None:
            return told
    return False


def _snapshot_of(one: Seam) -> bool | None:
    """As in "https://web.archive.org/web/20130101000000/" waits for the address it is a snapshot of."""
    return True if ADDRESS_START.match(one.token) and _SNAPSHOT_OF.search(one.tail) else None


def _dated_next(one: Seam) -> bool | None:
    """Between an address and "[accessed 3 May 2012]" stands nothing but the rest of the address."""
    return True if _DATED_NEXT.match(one.text, one.after) and _piece_like(one.tail, one.token) else None


def _something_else(one: Seam) -> bool | None:
    token = one.token
    other = token[0] in "([<*_-–—" or ADDRESS_START.match(token) or _WORDS_WITH_SLASH.match(token)
    return False if other else None


def _next_entry(one: Seam) -> bool | None:
    r"""As in "…/story/\n37. “Next title”": the line begins with the number of the next reference."""
    return False if one.broken and _NEXT_ENTRY.match(one.text, one.at) else None


def _counts_on(one: Seam) -> bool | None:
    """Tell the number of the next entry by that of the address's own: "1. … /a/", then "2.", "2" or "[2]"."""
    number = _LEADING.match(one.token)
    if number is None or not one.broken:
        return None
    begin = one.text.rfind("\n", 0, one.start) + 1
    own = _OWN_NUMBER.match(one.text, begin)
    for _ in range(3):
        if own is not None or not begin:
            break
        begin = one.text.rfind("\n", 0, begin - 1) + 1
        own = _OWN_NUMBER.match(one.text, begin)
    return False if own is not None and int(number[1]) == int(own[1]) + 1 else None


def _doi_over_blank(one: Seam) -> bool | None:
    """As in "http://dx.doi.org/10.1021/ jf012345": a prefix alone names no page."""
    return True if DOI_PREFIX.search(one.tail) and one.token[0].isalnum() else None


def _slug_over_lines(one: Seam) -> bool | None:
    """As in "…/blogs/confron" and "ting-tides-part-1, Aug. 2024": words with hyphens between, and a stop."""
    if not (one.whole_line and one.last.isalnum() and "/" in one.tail.partition("://")[2]):
        return None
    return True if _SLUG.fullmatch(one.token) and not EXTENSION.search(one.tail) else None


def _begins_part(one: Seam) -> bool | None:
    r"""As in "http://quay.example\n/tides", "http://quay.example /tides": no word begins so."""
    if one.token[0] not in "/?&=" or not _BEGINS_PART.match(one.token):
        return None
    return True if one.broken or "/" not in one.tail.partition("//")[2] else None


def _host_goes_on(one: Seam) -> bool | None:
    """As in "https://en. wikipedia.org/wiki": labels and a dot that are no host yet."""
    host = _BROKEN_HOST.match(one.token) if one.last == "." and _open_host(one.tail) else None
    return known_host(f"x.{host['tld']}", host["tld"]) if host else None


def _hyphened(one: Seam) -> bool | None:
    """As in "…/tide- 2021- tables (visited on": a blank after each hyphen, and the access date next."""
    return True if one.last == "-" and _HYPHENED.match(one.text, one.at) else None


def _counted(one: Seam) -> bool | None:
    """As in "…/collision/ 2009 collision, background": what the page is about."""
    if not one.token.isdigit() or not _WORD_NEXT.match(one.text, one.after):
        return None
    return one.dated


def _script_name(one: Seam) -> bool | None:
    return True if one.last == "." and _SCRIPT.match(one.token) else None


def _blank_within(one: Seam) -> bool:
    """Tell whether typesetting put a blank into a path, a value or the name of a file."""
    # A line that is an address with one blank after "=": "…&region= Central".
    valued = one.last in "=&" and one.token.isalnum() and _fills_line(one.text, one.start, one.after)
    if one.open_end and (one.pathlike or valued):
        return True
    named = EXTENSION.search(one.token) is not None and one.token[0].isalnum()
    return named and _blank_in_name(one.tail)


def _host_over_lines(one: Seam) -> bool | None:
    r"""As in "http://www.record.\norg/prices": a line that ends inside the host, after a dot."""
    host = _BROKEN_HOST.match(one.token) if one.last == "." else None
    if host is None:
        return None
    return _HOST_SO_FAR.fullmatch(one.tail) is not None and known_host(f"x.{host['tld']}", host["tld"])


def _ended(one: Seam) -> bool | None:
    """Punctuation ends an address, but for a dot before a file's ending and a "?" before a query."""
    if one.last not in ".,;:!?)]>'\"" or (one.last == "?" and _QUERY.match(one.token)):
        return None
    return one.last == "." and one.token[0].islower() and EXTENSION.match(f".{one.token}") is not None


def _open_ended(one: Seam) -> bool | None:
    if not one.open_end:
        return None
    token = one.token
    broken_off = (
        one.last != "/" and _BROKEN_OFF.fullmatch(token) and not (one.last == "-" and token[0].isupper())
    )
    told = one.pathlike or (one.alone and token[0] not in "[(" and one.dated) or broken_off
    return True if told else None


def _alone_on_line(one: Seam) -> bool:
    """Tell whether the next line holds the rest of a path and nothing else."""
    first = one.token[0]
    continues = one.pathlike or (one.whole_line and one.dated)
    return bool(continues) and one.alone and (first.islower() or first.isdigit())


_Rule = Callable[[Seam], bool | None]
_ANYWHERE: tuple[_Rule, ...] = (
    _snapshot_of, _dated_next, _something_else, _next_entry, _counts_on, _doi_over_blank, _begins_part, _host_goes_on,
)  # fmt: skip
_WITHIN_LINE: tuple[_Rule, ...] = (_hyphened, _counted, _script_name, _blank_within)
_OVER_LINES: tuple[_Rule, ...] = (_host_over_lines, _ended, _open_ended, _slug_over_lines, _alone_on_line)


def _open_host(tail: str) -> bool:
    match = _OPEN_HOST.fullmatch(tail)
    return match is not None and (
        tail.count(".") == 1 or not known_host(f"x.{match['label']}", match["label"])
    )


def _piece_like(tail: str, token: str) -> bool:
    """Tell whether the one word between an address and its access date may be the address's end."""
    token = token.rstrip(".,;")
    if ADDRESS_START.match(token):
        return False
    if "/" not in tail.rpartition("//")[2] or not _PIECE.fullmatch(token) or _ASIDE.match(token):
        return False
    if tail[-1] in "/-_=&?%#~+" or re.search(r"[/_=&]", token):
        return True
    ended = EXTENSION.search(tail)
    return not token[0].isupper() and (ended is None or ended.end() < len(tail))


def _blank_in_name(tail: str) -> bool:
    """Tell whether an address may end in the first half of a file name that holds a blank."""
    _, _, path = tail.partition("://")[2].partition("/")
    last = path.rpartition("/")[2]
    return bool(last) and last[-1].isalnum() and not EXTENSION.search(last) and "?" not in path


def _fills_line(text: str, start: int, end: int) -> bool:
    """Tell whether nothing but blanks stands before and after `text[start:end]` on its line."""
    before = text[max(0, start - 40) : start].rpartition("\n")
    return (
        (bool(before[1]) or start <= 40) and not before[2].strip() and _LINE_END.match(text, end) is not None
    )
