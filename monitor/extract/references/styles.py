"""What each reference style takes for the title, one rule a style.

Type marks (GB/T 7714), slashes (GOST), a bracketed medium (Vancouver, ISO 690), year in brackets
(APA, Harvard), authors in capitals (ABNT), year as a sentence (ACM, Chicago author-date) or between
commas (Australian Harvard), and the clauses of everything else. A rule takes a reference from which
addresses and dates were taken out (`HOLE`) and returns its title, None where the style is another.
Each style has a score: how sure its title is where the style shows itself. What is odd about a title
takes from it; the best score wins, the earlier style where two are equal.
"""

import re
from collections.abc import Callable

from msgspec import Struct

from monitor.extract.passage import HOLE
from monitor.extract.references.authors import (
    COLON_AUTHOR,
    GOST_AUTHOR,
    LAST_FIRST,
    ORGAN,
    PERSONS,
    SHOUTED,
    VANCOUVER,
    author_like,
    proper,
)
from monitor.extract.references.clauses import (
    EDGES,
    IN_COLON,
    SITE_WORDS,
    YEAR_ALONE,
    clauses,
    first_clause,
    segments,
    title_segment,
)
from monitor.extract.references.east_asian import holds_east_asian
from monitor.extract.references.organisations import body_like
from monitor.extract.references.sentences import sentences
from monitor.extract.references.title_marks import quoted, single_quoted
from monitor.extract.words.caseless import Caseless
from monitor.extract.words.purposes import Words
from monitor.extract.words.reference_words import medium_pattern
from monitor.extract.words.vocabulary import any_of
from monitor.patterns import lazy

_WORDY = lazy(r"\w")
_WORD = lazy(r"\w{2}")
_CLAUSED = lazy(r"[:?!]\s")
_QUOTE_MARK = lazy(r"[“”„«»\"]")
_PROPER_WORDS = 8
_MOST_WORDS = 40
YEAR_BRACKET = Caseless(
    lambda: (
        r"[(（\[](?:c\.?\s?|©\s?)?(?:(?:1[5-9]|20|25)\d\d[a-z]?(?:[^()（）]{0,24})?"
        r"|[^()\d（）]{0,12}(?:\d{1,2}[^()\d（）]{1,6})?\d{0,2}[^()\d（）]{0,14}(?:19|20)\d\d(?:\s?г\.)?"
        rf"|20--|[bnostuz]\.\s?[adfjyå]\.?(?:\s?-\s?[a-z])?|{any_of(Words.UNDATED)}"
        rf"|{any_of(Words.IN_PRESS)}|(?<=[(（]){any_of(Words.FORTHCOMING)})[)）\]]"
    ),
    needs=("(", "（", "["),
)
"""A year of publication in brackets, or what stands for one: "(2015, October)", "(n.d.)"."""
_TYPE = lazy(r"[\[［](?:EB|J|M|N|D|R|S|C|P|Z|A|DB|CP|G|K|DS|CM|PP)(?:\s?/\s?(?:OL|CD|MT|DK))?[\]］]")


def _typed(text: str) -> str | None:
    """GB/T 7714: "作者. 题名[EB/OL]"."""
    mark = _TYPE.search(text) if "[" in text or "［" in text else None
    if mark is None:
        return None
    pieces = re.split(r"(?<=[^\W\d_])(?:[.．]\s?|。)(?=\S)", text[: mark.start()], maxsplit=1)
    return pieces[1] if len(pieces) == 2 and len(pieces[0]) <= 90 else text[: mark.start()]


# GOST R 7.0.5 names the kind of a source after a colon: "Речфлот : офиц. сайт".
SITE_KIND = Caseless(lambda: rf"\s:\s\[?{any_of(Words.SITE_KIND)}\]?[^:/]{{0,40}}?(?=[.\s]*$)", needs=(":",))


_QUOTED = 400
_SLASHED = lazy(r"\s//\s|\s/\s(?=[^\W\d_]\.)")


def _gost(text: str) -> str | None:
    """GOST: "Author A. B. Title [Электронный ресурс] / A. B. Author // Source"."""
    cut = _SLASHED.search(text) if "/" in text else None
    if cut is None or quoted(text[: cut.end() + _QUOTED]) not in {None, quoted(text[cut.end() :])}:
        return None
    before = SITE_KIND.sub("", text[: cut.start()])
    return GOST_AUTHOR.without(before) or before


_IN = lazy(lambda: rf"(?=I){any_of(Words.IN_BOOK)}:?\s|//|{any_of(Words.ENCYCLOPEDIAS)}")
_IN_WORK = lazy(lambda: rf"(?=I){any_of(Words.IN_BOOK)}\s[A-ZÀ-Þ]")


# What citation managers make of a page of a site: "Site [Internet]. [cited …]. Page. Available from: …".
_PART_OF_SITE = lazy(
    rf"[\s.;,]*{HOLE}[\s.;]*(?P<title>(?:[^\s{HOLE}]+\s){{2}}[^{HOLE}]{{4,300}}?)[\s.;]*{HOLE}"
)


def _unbroken(text: str) -> str | None:
    """Return what stands between year and medium if it is one title: a sentence, or a question and more."""
    pieces = sentences(text)
    return text if len(pieces) == 1 or (pieces and pieces[0][-1] in "?!") else None


def _mediated(text: str) -> str | None:
    """Vancouver, ISO 690: the sentence before "[Internet]"."""
    mark = medium_pattern().search(text) if "[" in text or "［" in text else None
    if mark is None or not text[: mark.start()].strip(" –—-" + HOLE):
        return None
    before = text[: mark.start()].rpartition(HOLE)[2]
    if part := _PART_OF_SITE.match(text, mark.end()):
        return part["title"]
    if year := YEAR_BRACKET.search(before):
        following = before[year.end() :].strip(" .,")
        return _unbroken(following) or _year_in_brackets(text) if following else before[: year.start()]
    return _after_year_sentence(before) or _sentence_before_medium(before)


def _after_year_sentence(before: str) -> str | None:
    """Return the title of "Author. 2019. Title [Internet]", of "Title. 2019. Video [Internet]"."""
    dated = _YEAR_SENTENCE.match(before)
    if dated and _MEDIUM.match(before, dated.end()):
        return dated["author"]
    if dated and author_like(dated["author"]):
        return _unbroken(before[dated.end() :]) or first_clause(before[dated.end() :])
    return None


def _sentence_before_medium(before: str) -> str | None:
    """Return the last sentence, or after authors, organs of state and before a container the first."""
    shouted = SHOUTED.match(before)
    authors = VANCOUVER.match(before) or shouted or LAST_FIRST.match(before) or GOST_AUTHOR.match(before)
    pieces = sentences(before[authors.end() :] if authors else before)
    pieces = [piece for piece in pieces if not YEAR_ALONE.fullmatch(piece)]
    if not pieces:
        return None
    # "Title. In: Container [online]"; after named authors the title comes first, whatever follows it.
    contained = next((place for place, piece in enumerate(pieces) if _IN.match(piece)), 0)
    if contained or authors:
        organs = next((place for place, piece in enumerate(pieces) if not ORGAN.match(piece)), 0)
        return pieces[max(0, contained - 1) if contained else organs if shouted else 0]
    return pieces[-1]


_CITED_FIRST = lazy(
    rf"^[^{HOLE}]{{2,120}}?[\s,(]{{1,2}}{HOLE}\)?\s?:\s(?P<title>[^{HOLE}]{{3,300}}?)[\s.]*(?:[\[(]?{HOLE}|$)"
)


def _cited_first(text: str) -> str | None:
    """AMS: "Met Office, cited 2006: Title. [Available online at …]"."""
    told = _CITED_FIRST.match(text) if HOLE in text else None
    return told["title"] if told else None


def _year_in_brackets(text: str) -> str | None:
    """APA, Harvard: "Author (2015, October 13). Title. Rest"; without author the title comes first."""
    mark = YEAR_BRACKET.search(text[:400])
    if mark is None:
        return None
    before, after = text[: mark.start()].strip(" .,–—-" + HOLE), text[mark.end() :].lstrip(" .,:;")
    if dated := _year_sentence(before):
        return dated
    if single := single_quoted(before):
        return single
    if authors := COLON_AUTHOR.match(before):
        return first_clause(before[authors.end() :])
    if text.startswith(", ", mark.end()) and not after.startswith(("'", "‘")):
        clause = segments(after.partition(HOLE)[0], 1)[0]
        return clause if _WORDY.search(clause) else title_segment(LAST_FIRST.without(before))
    following = first_clause(after)
    if "," not in before and _IN_WORK.match(after) and _WORD.search(before):
        return before
    if not before or not _WORD.search(before):
        return following
    named = before.rpartition(": ")[2]
    if following and _IMPRINT.fullmatch(following.strip(EDGES)) and not body_like(named):
        return before
    if not author_like(named) and not body_like(named) and _site_like(following):
        return before
    return following or LAST_FIRST.without(before) or before


# "Port Sedge, D.C.: Reed Academy Press": a place and its publisher.
_IMPRINT = lazy(
    lambda: (
        rf"[A-ZÀ-Þ][^\W\d_]+(?:[\s-][A-ZÀ-Þ][^\W\d_]+){{0,2}}(?:,\s(?:[A-Z]\.?){{2,4}})?:\s[^:]{{3,80}}\s{any_of(Words.PUBLISHER_ENDS)}"
    )
)


def _site_like(clause: str | None) -> bool:
    """Tell whether a clause is rather the name of a site than a title."""
    words = len((clause or "").split())
    if ": " in (clause or ""):
        return False
    return words <= SITE_WORDS or (
        words <= _PROPER_WORDS and (body_like(clause or "") or proper(clause or ""))
    )


_SHOUTED_TITLE = lazy(
    lambda: (
        rf"^(?:{any_of(Words.SHOUTED_ARTICLES)}\s)?(?=[A-ZÀ-Þ'’-]{{3}})[A-ZÀ-Þ'’-]*[AEIOUÀ-Þ][A-ZÀ-Þ'’-]*(?:\s[a-zß-ÿ][\w'’-]*){{2}}"
    )
)


def _shouted(text: str) -> str | None:
    """ABNT: "SOBRENOME, Nome. Título. Local, ano"."""
    author = SHOUTED.match(text)
    if author is None:
        # An entry that begins with its title: "MERCADO do peixe reabre. Diário do Cais, Santos"
        return first_clause(text) if _SHOUTED_TITLE.match(text) else None
    rest = text[author.end() :]
    if IN_COLON.match(rest):
        return author[0]
    pieces = sentences(rest.partition(HOLE)[0])
    # "BRASIL. Ministério da Saúde. Título": an organ of what is shouted is author, too.
    organs = next((place for place, piece in enumerate(pieces) if not ORGAN.match(piece)), 0)
    return pieces[organs] if pieces and organs and "," not in author[0] else first_clause(rest)


_YEAR_SENTENCE = lazy(
    r"^(?P<author>[^\x00]{2,200}?)\.?\s(?:(?:19|20)\d\d[a-z]?\.(?:(?-i:(?=[A-ZÀ-Þ]))|(?=\s))|\[?n\.\s?d\.\]?\.?|\[(?:19|20)\d\d\]\.)\s?(?=[^\W\d_]|[\"“‘'¿¡«„(\[]|\d)"
)


# "Title. 2019. Video, added by Someone": what is described has no author before its year.
_MEDIUM = lazy(
    lambda: (
        rf"(?:{any_of(Words.MEDIA_SITES)}\s)?{any_of(Words.MEDIA_KINDS)}\b[\s,]*(?:{any_of(Words.ADDED_BY)}\b|\.)"
    ),
    re.IGNORECASE,
)


def _year_sentence(text: str) -> str | None:
    """ACM, Chicago author-date, Leeds Harvard: "Author. 2019. Title. Rest"."""
    head = text.partition(HOLE)[0]
    match = _YEAR_SENTENCE.match(head)
    if match and _MEDIUM.match(head, match.end()):
        return match["author"]
    if match is None or not author_like(match["author"]) or _CLAUSED.search(match["author"]):
        return None
    # MLA: "Marsh, Bela. Boats in the Mud. 1917. Harbour Museum": the year follows the title.
    pieces = sentences(match["author"])
    if len(pieces) > 1 and PERSONS.match(pieces[0]) and len(pieces[1].split()) > 2:
        return None
    if again := _YEAR_AGAIN.match(head, match.end()):
        # "Ilmanlaatu 2022. 2023. Kaupungin tiedote": the first year is the title's.
        return head[: again.start()]
    title = first_clause(head[match.end() :])
    # "OpenWeather API documentation 2025. OpenWeather": what follows the year is named before it.
    return match["author"] if title and title.strip(EDGES) in match["author"] else title


_YEAR_AGAIN = lazy(r"(?:19|20)\d\d\.\s")
_YEAR_COMMA = lazy(r"^(?P<author>.{2,160}?),?\s(?P<year>(?:19|20)\d\d[a-z]?|n\.\s?d\.|s\.\s?d\.),\s(?=\S)")


def _year_between_commas(text: str) -> str | None:
    """Australian Harvard: "Author 2021, Title, Publisher"."""
    head = text.split(HOLE, maxsplit=1)[0]
    match = _YEAR_COMMA.match(head)
    if match is None or len(sentences(match["author"])) > 1 or _QUOTE_MARK.search(match["author"]):
        return None
    rest = head[match.end() :]
    return re.split(r"(?<=[a-z)])\.\s", segments(rest, 1)[0], maxsplit=1)[0]


SIGNED = 0.9
"""The score from which on signs of its own enclose a title, so that nothing about it is odd."""


class Titled(Struct, frozen=True, gc=False):
    """A title, and how sure it is, from 0 to 1."""

    title: str
    score: float


class Style(Struct, frozen=True, gc=False):
    """A way to write references: an example with its title, and how sure the title is that its rule finds."""

    name: str
    example: tuple[str, str]
    score: float
    rule: Callable[[str], str | None]

    def read(self, text: str) -> Titled | None:
        """Return the title of a reference in this style; None where it is in another."""
        title = self.rule(text)
        if not title:
            return None
        return Titled(title, self.score if self.score >= SIGNED else round(self.score - doubt(title), 2))


STYLES = (
    Style("typed (GB/T 7714)", ("闸守. 潮汐表[EB/OL]. 2019", "潮汐表"), 0.97, _typed),
    Style("slashed (GOST R 7.0.5)", ("Шлюзы Залива / И. О. Риф // Речфлот", "Шлюзы Залива"), 0.96, _gost),
    Style("quoted (MLA, IEEE, Chicago)", ("Marsh, B. “Tides of the Quay.” Weir Press", "Tides of the Quay."), 0.95, quoted),
    Style("medium (Vancouver, ISO 690)", ("Marsh B. Tides of the Quay [Internet]. Weir Press", "Tides of the Quay"), 0.85, _mediated),
    Style("year in brackets (APA)", ("Marsh, B. (2019). Tides of the Quay. Weir Press", "Tides of the Quay."), 0.84, _year_in_brackets),
    Style("visit before the title (AMS)", (f"Met Office, {HOLE}: Weather of the quay. [{HOLE}", "Weather of the quay"), 0.78, _cited_first),
    Style("shouted (ABNT)", ("MARSH, Bela. Tides of the Quay. Sedge, 2019", "Tides of the Quay."), 0.75, _shouted),
    Style("year as a sentence (ACM)", ("Bela Marsh. 2019. Tides of the Quay. Weir Press", "Tides of the Quay."), 0.74, _year_sentence),
    Style("year between commas (Australia)", ("Marsh, B 2019, Tides of the Quay, Weir Press", "Tides of the Quay"), 0.72, _year_between_commas),
    Style("clauses", ("Bela Marsh. Tides of the Quay. Weir Press", "Tides of the Quay"), 0.4, clauses),
)  # fmt: skip
"""The styles, what tells its style most surely first."""


def doubt(title: str) -> float:
    """Return what is to be taken from a title's score: it is one word, or nearly all digits, or very long."""
    words = title.split()
    letters = sum([len(word) if word.isalpha() else sum(map(str.isalpha, word)) for word in words])
    one_word = len(words) == 1 and not holds_east_asian(title)
    return 0.3 * (one_word or 2 * letters < len(title) - title.count(" ") or len(words) > _MOST_WORDS)
