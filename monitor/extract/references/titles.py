"""Parts a reference into title and attribution.

The title is what its link is called, what it begins with in italics, or what the first style rule
that fits finds (`title_styles.py`); the attribution is the rest.
"""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from monitor.extract.dates.months import month_of
from monitor.extract.passage import HOLE
from monitor.extract.references.authors import AUTHORS, author_like
from monitor.extract.references.clauses import EDGES
from monitor.extract.references.organisations import body_like
from monitor.extract.references.sentences import sentences
from monitor.extract.references.styles import SITE_KIND, STYLES, YEAR_BRACKET, Titled
from monitor.extract.references.title_marks import CLOSING, OPENING, quoted
from monitor.extract.words.caseless import Caseless
from monitor.extract.words.purposes import Words
from monitor.extract.words.reference_words import is_label, medium_pattern, retrieval_pattern
from monitor.extract.words.vocabulary import any_of
from monitor.model.citation import TitleCertainty
from monitor.patterns import lazy

_ENUMERATOR = lazy(
    r"^(?:[\s*•·‣▪◦–—>|/#+-]*(?:\[\^?[\w.:+-]{1,24}\]:?|\[[\w'’ -]{1,24}\](?=\s[A-ZÀ-Þ][\w-]*[.,])|\[(?=[^\]]{0,26}\d{4})[\w.:+,& -]{2,30}\]|\((?:\d{1,3}|[a-z]|@[\w-]{0,24})\)|#?\d{1,3}(?:\.(?!\d)|\)|\.?-)|\^|↑\s?\d{0,3}|[¹²³⁴-⁹]{1,3}|\d{1,3}(?=\s+[^\W\d_])|[ivx]{1,5}[.)])?[\s*•·‣▪◦–—>|/-]*)"
)
_NUMERALS = "ivx"
"""The letters a number may begin with."""
_LABELLED = lazy(
    lambda: rf"(?:{any_of(Words.TITLE_LABELS)}|{any_of(Words.SOURCE)})\s?\d{{0,3}}\s?:\s",
    re.IGNORECASE,
)
_SIGNAL = lazy(lambda: rf"{any_of(Words.SIGNALS)}:?\s", re.IGNORECASE)
_OPEN_PHRASE = Caseless(
    lambda: (
        rf"(?:[\s,;:.(\[–—/-]|\b(?:{any_of(Words.FROM)}|{any_of(Words.ON)}|{any_of(Words.AND)}|{any_of(Words.OR)}"
        rf"|{any_of(Words.PHRASE_WORDS)})\b)*$"
    )
)
_TELLS = lazy(r"\w{2}|\d")
_LONGEST_LABEL = 140
_REMARKS = 20
_SITE_WORDS = 3


class Parted(Struct, frozen=True, gc=False):
    """A reference's title and the rest of it; either may be None. `score` tells how sure the title is, 0 to 1."""

    title: str | None
    attribution: str | None
    score: float = 0.0

    @property
    def certainty(self) -> TitleCertainty | None:
        """Return how sure the title is, in words."""
        return certainty_of(self.title, self.score)


GIVEN = 1.0
"""The score of a title that markup or a field names."""
NEAR = 0.6
"""The score of what stands for a title: the heading above, the name of the site."""
_SCORES = ((0.9, TitleCertainty.GIVEN), (0.6, TitleCertainty.STYLED), (0.0, TitleCertainty.GUESSED))


def certainty_of(title: str | None, score: float) -> TitleCertainty | None:
    """Return in words how sure a title of some score is."""
    if not title:
        return None
    for least, one in _SCORES[:-1]:
        if score >= least:
            return one
    return _SCORES[-1][1]


# Bold or italics before a stop, not an author's initial: "**Title.** Publisher", "*Title*, Publisher".
_LEAD_ENDS = lazy(r"\s?[,.]\s$|(?<!\b[^\W\d_])[.!?]\s.?$")


def part(text: str, label: str | None = None, lead: str | None = None, marked: Sequence[str] = ()) -> Parted:
    """Part the text of one reference, from which addresses and dates were taken out (`HOLE`).

    `label` is the text of its link, `lead` what it begins with in italics or bold, if it does; `marked`
    is all that stands in italics or bold.
    """
    text = " ".join(text.split())
    if (not text[:1].isalpha() or text[0] in _NUMERALS) and (numbered := _ENUMERATOR.match(text)):
        text = text[numbered.end() :]
    if ": " in text and (labelled := _LABELLED.match(text)):
        text = text[labelled.end() :]
    if signal := _SIGNAL.match(text):
        text = text[signal.end() :]
    placed = bool(label) and _place(text, label or "")
    text = retrieval_pattern().sub(HOLE, text)
    marked = [one for one in marked if one in text] if marked else ()
    if label and not placed and (len(label) < _LONGEST_LABEL or not YEAR_BRACKET.search(label)):
        return _made(text, _linked(text, label, marked), GIVEN)
    if lead and text.startswith(lead) and YEAR_BRACKET.search(lead) and len(text) > len(lead) + _REMARKS:
        # The whole reference stands in bold, what is said of it does not.
        return part(lead)
    if (lead or marked) and (title := _emphasised(text, lead, marked)):
        return _made(text, title, GIVEN)
    return _styled(text, label, marked, signalled=signal is not None)


_SURE_STYLE = 0.6


def _best(text: str) -> tuple[Titled, str] | None:
    """Return the title of the style that shows itself most, as it is and tidy."""
    best: Titled | None = None
    shown = ""
    for style in STYLES:
        if best is not None and best.score >= style.score:
            break
        found = style.read(text)
        if (
            found is not None
            and (best is None or found.score > best.score)
            and _names(tidied := tidy(found.title))
        ):
            best, shown = found, tidied
    return None if best is None else (best, shown)


def _styled(text: str, label: str | None, marked: Sequence[str], *, signalled: bool) -> Parted:
    """Return the parts of a reference whose style tells its title; `signalled` where "See" stood before it."""
    told = _best(text)
    if told is None:
        return _made(text, label, GIVEN)
    best, shown = told
    begun = best.title.strip(EDGES)
    place = text.find(begun)
    if place > 0 and best.score < _SURE_STYLE and _SIGNAL.match(best.title):
        # "… as was held. See Author, Title, https://…": the reference begins there.
        return part(text[place:], None, None, marked)
    whole = next((one for one in marked if len(one) > len(begun) and text.startswith(one, place)), None)
    made = _made(text, best.title, best.score, shown) if whole is None else _made(text, whole, best.score)
    if (
        signalled
        and made.attribution
        and made.title
        and made.title.isupper()
        and not made.attribution.isupper()
    ):
        # Law reviews set the publication in capitals: "See Title, PUBLICATION, https://…".
        return Parted(made.attribution, made.title, made.score)
    return made


def _linked(text: str, label: str, marked: Sequence[str]) -> str:
    """Return the title of a reference whose link has words of its own: those, or what is marked as title."""
    if title := _emphasised(text[: max(0, text.rfind(label))], None, marked):
        # "Author. *Title*. [Site](…)"
        return title
    if label[0] in OPENING:
        inner = quoted(label)
        return inner if inner and len(inner) + 2 < len(label) else label
    inside = quoted(text)
    if inside is None or len(inside) >= _LONGEST_LABEL:
        return label
    before = text[: text.find(inside)]
    beside = label not in before and label not in inside and inside not in label
    return inside if beside else label


def _place(text: str, label: str) -> bool:
    """Tell whether a link says where, after the title: "Title [online], Site", "Title. Available from: Site"."""
    head = text[: max(0, text.rfind(label))]
    medium = medium_pattern().search(head) if "[" in head or "［" in head else None
    if medium and re.search(r"\w{3}", head[: medium.start()]):
        return True
    if len(label.split()) > _SITE_WORDS or " " not in head.strip():
        return False
    told = next((one for one in retrieval_pattern().finditer(head) if one.end() >= len(head)), None)
    return told is not None and _NAMED_SOURCE.match(told[0]) is None


# "Grain Sizes (Port Sand: Sand Office, 2022)": who published a book, where and when.
_IMPRINT = lazy(r"\s\([^():]{2,40}:\s[^():]{2,60},\s(?:19|20)\d\d\)$")
_NAMED_SOURCE = lazy(lambda: rf"(?:{any_of(Words.SOURCE)}|{any_of(Words.SOURCE_BEGINS)})", re.IGNORECASE)


_REMARK = lazy(
    lambda: (
        rf"\W*|\([a-z]{{2,3}}\)|\(?{any_of(Words.REMARK_IN)} \w+\)|(?P<a>[^\W\d_]{{3,12}})?\W{{0,2}}\d{{1,2}}\W{{0,2}}(?P<b>[^\W\d_]{{3,12}})?"
    )
)


# "12(3): 360-370", "vol. 3, pp. 4-6", "and", "ttps": what is left where a title was looked for in vain.
_DEBRIS = Caseless(
    lambda: rf"(?:[\d\W_]|\b(?:{any_of(Words.DEBRIS)}|https?|t?tps?|www|doi|pmid|isbn|issn|url|pdf|html)\b)*"
)


def _names(title: str) -> bool:
    """Tell whether a tidy title names anything: not "(en)", not "October 13", not "(n.d.)", not pages."""
    if _DEBRIS.fullmatch(title) or (title[-1] in ")）]" and YEAR_BRACKET.fullmatch(title)):
        return False
    remark = _REMARK.fullmatch(title)
    return remark is None or any(remark[key] and month_of(remark[key]) is None for key in "ab")


# What stands between an author and a title in italics.
_PARTS = lazy(r"(?<=[.,:;)\]–—/-])\s*$")
_ENDS_MARK = lazy(rf"\s?(?:[.,;(\[–—{HOLE}-]|$)")
# Periodicals and containers stand in italics, too: "In: *Book*", "*Journal*, 5-6".
_IN_BEFORE = lazy(lambda: rf"\b{any_of(Words.CONTAINER)}:?\s*$", re.IGNORECASE)
_VOLUME_AFTER = lazy(
    lambda: rf"[\s,.;:(]{{0,3}}(?:{any_of(Words.VOLUME)}|\*{{0,2}}(?!(?:19|20)\d\d\b)\d)", re.IGNORECASE
)


def _emphasised(text: str, lead: str | None, marked: Sequence[str]) -> str | None:
    """Return the title in italics or bold: what a reference begins with, or what follows its author."""
    if lead and text.startswith(lead):
        after = text[len(lead) :]
        following = after.lstrip(" .,:;")
        if following[:1] in OPENING:
            return None
        if not YEAR_BRACKET.match(following) and not _names_author(text, lead):
            return lead if _LEAD_ENDS.search(lead + after[:2]) else None
    mark = next((one for one in marked if one != lead and len(one) > 1), None)
    if mark is None:
        return None
    # The author's name may hold the same words: "Tide Office. (2019). *Tide*".
    place = next((at for at in _places(mark, text) if _set_off(text, at, at + len(mark))), None)
    if place is None:
        return None
    before, after = text[:place], text[place + len(mark) :]
    # What is quoted after the address is of the source: "Author, *Book*, [8.46] "then he rowed"."
    head = before + mark + after.partition(HOLE)[0]
    if quoted(head) or _IN_BEFORE.search(before) or _VOLUME_AFTER.match(after):
        return None
    year = YEAR_BRACKET.search(before)
    if year and not re.search(r"\w", before[year.end() :]):
        return mark
    return mark if _only_author(before, mark) else None


def _places(words: str, text: str) -> Iterator[int]:
    place = text.find(words, 1)
    while place >= 0:
        yield place
        place = text.find(words, place + len(words))


def _set_off(text: str, start: int, end: int) -> bool:
    """Tell whether words stand where a title stands: after a stop, before one, ahead of any address."""
    before = text[:start]
    return HOLE not in before and bool(_PARTS.search(before)) and bool(_ENDS_MARK.match(text[end:]))


def _names_author(text: str, lead: str) -> bool:
    """Tell whether a reference begins with its author in bold: "**MARSH**, B. *Title*"."""
    return any((found := style.match(text)) is not None and found.end() > len(lead) for style in AUTHORS)


def _unspaced(text: str) -> bool:
    return not text.isascii() and any(
        "\u3040" <= one <= "\u30ff" or "\u4e00" <= one <= "\u9fff" for one in text
    )


def _only_author(before: str, marked: str) -> bool:
    """Tell whether nothing but an author stands before words in italics, which are no site's name."""
    author = before.strip(EDGES)
    if names := [found.end() for style in AUTHORS if (found := style.match(before))]:
        return not re.search(r"\w{2}", before[max(names) :])
    few = len(marked.split()) <= 2 and not _unspaced(marked)
    site = body_like(marked) or (few and len(author.split()) > 2)
    return (author_like(author) or body_like(author)) and not site and len(sentences(author)) == 1


def _made(text: str, title: str | None, score: float, tidied: str | None = None) -> Parted:
    """Return a title and the rest of a text; `tidied` is the title made tidy, where that was done."""
    shown = _without_imprint(tidy(title) if tidied is None else tidied) if title else ""
    shown = "" if is_label(shown) else shown
    rest = text
    if title and (place := text.find(title)) >= 0:
        end = place + len(title)
        begin = place - (text[place - 1 : place] in OPENING)
        rest = text[:begin] + HOLE + text[end + (text[end : end + 1] in CLOSING) :]
    return Parted(shown or None, _attribution(rest), score)


def _attribution(rest: str) -> str | None:
    """Return what a reference says beside its title, which is a hole in it like addresses and dates."""
    kept: list[str] = []
    plain = True
    for rough in rest.split(HOLE):
        if not rough.strip(EDGES):
            continue
        piece, simple = _tidied(rough)
        if _TELLS.search(piece) and not _OPEN_PHRASE.fullmatch(piece):
            # A comma after a question mark is odd.
            plain = plain and simple and not (kept and kept[-1][-1] in "?!")
            kept.append(piece)
    said = ", ".join(kept)
    return (said if plain else tidy(said)) or None


def _without_imprint(title: str) -> str:
    """Return a title without its publisher in brackets, or the kind of its site after a colon, at its end."""
    title = _IMPRINT.sub("", title) if title[-1:] == ")" else title
    return SITE_KIND.sub("", title) if " :" in title else title


# APA describes odd works in brackets: "[Doctoral dissertation, University of Sedge]".
_DESCRIBED = Caseless(
    lambda: rf"(?<=\w)\s\[[^\[\]]{{0,60}}\b{any_of(Words.DESCRIBED)}\b[^\[\]]{{0,60}}\](?=[\s.]*$)",
    needs=("[",),
)
# Words, and stops inside: most titles and attributions.
_PLAIN = lazy(r"(?:[\w'’&:/–-]++|\s(?![,;.])|[,;.?!](?=[\s\w]))*+(?:(?<=\w)|[?!])")
_BLANK_BEFORE_STOP = lazy(r" (?=[,;.](?:\s|$))")
_PAIRED = lazy(r"[()\[\]「」“”]")
_OPENED, _CLOSED = '“„«"', "”»"
_OPENED_AT_END = lazy(rf"[{_OPENED}]$(?<!\S.)")
_CLOSED_AT_START = lazy(rf"^[{_CLOSED}](?=$|[\s,.;])")


def tidy(text: str) -> str:
    """Return a title or attribution without edges, holes and marks of emphasis."""
    return _tidied(text)[0]


def _tidied(text: str) -> tuple[str, bool]:
    """Return a text made tidy, and whether it is but words and stops, so that this leaves it as it is."""
    if HOLE in text:
        text = text.replace(HOLE, " ")
    if "[" in text or "［" in text:
        text = _DESCRIBED.sub("", medium_pattern().sub(" ", text))
    text = " ".join(text.split()).strip(EDGES)
    if _PLAIN.fullmatch(text):
        return text, True
    text = _BLANK_BEFORE_STOP.sub("", text)
    if text[:1] in '“"„«「『‘' and OPENING.get(text[:1]) and text[-1:] in OPENING[text[0]] and len(text) > 2:
        text = text[1:-1]
    if _PAIRED.search(text):
        for opening, closing in ("()", "[]", "「」", "“”"):
            if text.count(opening) != text.count(closing):
                text = text.strip(opening + closing)
    # An opening mark at the end, a closing one at the beginning: the rest of a pair that was taken out.
    text = text.strip(EDGES)
    if text[-1:] in _OPENED:
        text = _OPENED_AT_END.sub("", text)
    if text[:1] in _CLOSED:
        text = _CLOSED_AT_START.sub("", text)
    return text.strip(EDGES), False
