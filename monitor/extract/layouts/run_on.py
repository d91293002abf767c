"""Parts "Title Attribution" where nothing separates the two but a reader's sense of names.

Each place between two words is scored by what a reader goes by: did a title in lower case just end,
does a person's or an organisation's name begin here and reach to the next comma whole, do initials
spell it ("Union of Stone Workers USW"), does the address's host name it (hosts name publishers, paths
name pages)? The best place wins.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import accumulate, islice, pairwise, repeat

from msgspec import Struct

from monitor.extract.references.titles import Parted
from monitor.extract.words.purposes import Words
from monitor.extract.words.vocabulary import any_of, words
from monitor.model.urls import split
from monitor.patterns import lazy

_ORGANISATION = lazy(lambda: rf"{any_of(Words.ISSUERS)}$", re.IGNORECASE)
_TITLE_NOUN = lazy(lambda: rf"{any_of(Words.TITLE_NOUNS)}$", re.IGNORECASE)
_NAME = r"[A-ZÀ-Þ][\w'’-]+"
_PERSON = lazy(
    lambda: (
        rf"(?:{any_of(Words.PERSON_TITLES)}\.?\s)?(?:(?:[A-Z]\.\s?){{1,3}}(?:{_NAME}\s)?{_NAME}|{_NAME}(?:\s(?:[A-Z]\.|{any_of(Words.PERSON_PARTICLES)})){{1,2}}\s{_NAME}"
        rf"|{_NAME}\s{_NAME}(?P<three>\s{_NAME})?)(?=,|;|\s(?:{any_of(Words.LAST_AUTHOR_AND)}|&)\s{_NAME}\s|$)"
    )
)
_CUE = lazy(lambda: any_of(Words.ATTRIBUTION_CUES))


def _date() -> str:
    months = f"{any_of(Words.SHORT_MONTHS)}|{any_of(Words.UNCUT_MONTHS)}"
    month = rf"(?=[A-Z][a-z]{{2}})(?i:{months})[a-z]{{0,6}}\.?"
    end = any_of(Words.ORDINAL_ENDS)
    return (
        rf"(?:{month}\s(?:\d\d?{end}?,?\s)?(?:19|20)\d\d|\d\d?{end}?\s{month},?\s(?:19|20)\d\d"
        r"|(?:19|20)\d\d-\d\d-\d\d|\d\d?[./]\d\d?[./](?:19|20)\d\d)"
    )


_DATE = lazy(_date)
_YEAR = lazy(r"(?<![-–(\w])(?:19|20)\d\d(?![-–)\w])")
_SEGMENT_END = lazy(lambda: rf"[,;]\s|\s--?\s|{_date()}|$")
_WORD = lazy(r"\S+")
_ABBREVIATION = lazy(r"(?:[A-Z]\.){2,}$")
_MOST_WORDS = 80
_BAR = 1.0
_SURE = 5.0
_PARTED = 0.7
_DATED, _DATED_LATER = 2.5, 0.8
_MOST_DATED = 3.4
"""More than dates and commas can add to a score."""
UNPARTED = 0.5
"""How sure a title is that ends at no place of a good score."""


def part_run_on(text: str, url: str | None = None) -> Parted:
    """Return title and attribution of a text that holds both in a row; attribution None where none begins.

    `url` is the address cited.
    """
    words = _read(text, url)
    best, best_score = None, _BAR
    for number, word in islice(enumerate(words.words), 1, None):
        if not (word[0].isupper() or word[0].isdigit() or word.startswith("www.")):
            # No attribution begins in lower case.
            continue
        score = words.score(number, best_score)
        if score > best_score:
            best, best_score = number, score
    if best is None:
        return Parted(text.strip(), None, UNPARTED)
    cut = words.starts[best]
    sure = _PARTED if best_score >= _SURE else UNPARTED
    return Parted(_first_line(text[:cut].strip()), text[cut:].strip(), sure)


# "Harbour schools close early A teacher's story": what a second line of a title begins with.
_SECOND_LINE = lazy(lambda: rf"(?<![,:(&–—?!-])\s{any_of(Words.LINE_OPENERS)}\s(?=[a-z])")


def _first_line(title: str) -> str:
    for match in _SECOND_LINE.finditer(title):
        before = title[: match.start()].split()
        among_capitals = before[-1][0].isupper() and not title[match.end() :].islower()
        if len(before) > 2 and not _functional(before[-1]) and not among_capitals:
            return title[: match.start()]
    return title


_LISTED = lazy(r",\s[A-ZÀ-Þ]")
_DASHED = lazy(lambda: rf"\s[-»]\s(?!{any_of(Words.DASHED_ASIDES)})")
_INITIAL = lazy(r"[A-Z]\.")
_SHORT_NAME = lazy(r"[A-Z]{2,6}")
_STATES = lazy(r"U\.?[SNK]\.?|E\.?U\.?")
_NO_LETTER = lazy(r"\W|['’]s?$")


@cache
def _function_words() -> frozenset[str]:
    return frozenset(words(Words.FUNCTION_WORDS))


@lru_cache(maxsize=4096)
def _functional(word: str) -> bool:
    return word.casefold() in _function_words()


@lru_cache(maxsize=4096)
def _organ(word: str) -> bool:
    return _ORGANISATION.match(word.rstrip(",;:.")) is not None


@lru_cache(maxsize=4096)
def _common(word: str) -> bool:
    """Tell whether a word is one in lower case that no name has."""
    return word[0].islower() and not (_functional(word) or _organ(word))


def _letters(word: str) -> str:
    if word.isalnum():
        return word.casefold()
    return _NO_LETTER.sub("", word.strip(",.;:()'\"’‘“”")).casefold()


class _Words(Struct, frozen=True, gc=False):
    """The words of a title and attribution in a row, and what is told of each of them at once."""

    text: str
    words: Sequence[str]
    starts: Sequence[int]
    segment_ends: Sequence[int]
    """Where the segment ends that each word stands in."""
    turns: Sequence[int]
    """How often, before each word, a capitalised one follows one in lower case that is no function word."""
    years: tuple[int, int]
    """The places of the first and of the last digits a year can begin with: no date is without."""
    hosted: Sequence[int]
    """The numbers of the capitalised words that only the address's host holds."""
    pathed: Sequence[int]
    """The numbers of those that only its path holds."""

    def score(self, number: int, least: float) -> float:
        """Return how well the attribution begins at a word; what cannot be more than `least` is not looked at whole."""
        word = self.words[number]
        if word.startswith("www."):
            return 4.0 + self._ended(number)
        place = self.starts[number]
        segment = self.text[place : self.segment_ends[number]].split()
        score = self._ended(number) + self._named(number, segment) + self._addressed(number, len(segment))
        if score + _MOST_DATED <= least:
            return score
        head, rest = self.text[:place], self.text[place:]
        if _CUE.search(head, self.starts[1]):
            score -= 3
        first, last = self.years
        dated = place <= last
        if dated and (date := _DATE.match(rest)) and not self.words[number - 1][0].isdigit():
            score += _DATED if date.end() >= len(rest) - 1 else 1.0
        elif word[0].isdigit():
            score -= 2
        if first < place:
            score -= 2 * len(_DATE.findall(head)) or len(_YEAR.findall(head[8:]))
        score -= len(_LISTED.findall(head))
        if "," in rest or (dated and (_YEAR.search(rest) or _DATE.search(rest))):
            score += _DATED_LATER
        if _DASHED.search(rest):
            score -= 2.5
        if head.count("(") > head.count(")") or head.count('"') % 2:
            score -= 5
        return score

    def _ended(self, number: int) -> float:
        """Score how well a title ends before a word."""
        before, word = self.words[number - 1], self.words[number]
        if word in words(Words.CAPITAL_ARTICLES) and before[0].islower():
            score = 5.0 if before[-1].isalnum() else 2.0
        elif before in words(Words.CLAUSE_ENDS) and number > 2:
            score = -0.8
        elif _functional(before) or before[-1] in ",:-–—(»&":
            score = -4.0
        elif _ABBREVIATION.match(before):
            score = -3.0
        elif before[-1] in "?!":
            score = 2.5
        elif before[0].islower() or before[-1] in "'’\"”":
            score = 3.0
        else:
            score = 1.0 if before[-1] == ")" or (before[0].isupper() and _TITLE_NOUN.match(before)) else 0.0
        if number <= 2:
            score -= 1.5 if number == 1 or self.words[0] in words(Words.CAPITAL_ARTICLES) else 0.3
        return score - 0.8 * min(2, self.turns[number])

    def _named(self, number: int, segment: Sequence[str]) -> float:
        """Score how well a name begins at a word and reaches to the end of its segment."""
        word, before, place = self.words[number], self.words[number - 1], self.starts[number]
        if not word[0].isupper() or not segment:
            return 0.0
        person = self._person(place)
        cue = _CUE.match(self.text, place)
        common = sum(map(_common, segment))
        score = 4.0 if cue else 1.0 if not common else -1.2 * min(2, common)
        if person and not common:
            score += 1.5 if person["three"] else 2.2
        if _INITIAL.fullmatch(word) and not (person and not before[0].isupper()):
            score -= 0.8
        if not cue:
            score -= _unnamed(segment, person=person is not None)
        return score + self._organised(before, segment) + _initialled(segment)

    def _person(self, place: int) -> re.Match[str] | None:
        """Return the person's name that begins at a place, no word of it an organisation's."""
        person = _PERSON.match(self.text, place)
        return None if person and any(map(_organ, person[0].split())) else person

    def _organised(self, before: str, segment: Sequence[str]) -> float:
        """Score the words for organisations; one that opens a segment is torn off its name, often."""
        organs = list(map(_organ, segment[:6]))
        if True not in organs:
            return 0.0
        first = organs.index(True)
        following = segment[1] if len(segment) > 1 else ""
        if first:
            return 1.6
        if following in words(Words.ISSUER_JOINTS):
            return 1.0 if _organ(before) else 1.8
        if _organ(following) and following[0].isupper():
            # "U.S. State Dept" is a name from its first word on.
            return 2.4 if _STATES.fullmatch(segment[0]) else 1.4
        return -1.5 if before[0].isupper() and len(segment[0]) > 3 and before[-1] not in "?!)" else 0.8

    def _addressed(self, number: int, length: int) -> float:
        """Score what the address says: the publisher's name is in the host, the title's words in the path."""
        hosted, pathed = self.hosted, self.pathed
        if not hosted and not pathed:
            return 0.0
        score = 0.9 * min(2, _between(hosted, number, number + 8))
        score -= 0.9 * min(2, _between(hosted, 1, number))
        score -= 0.9 * min(2, _between(pathed, number, number + length))
        if number in hosted:
            score += 0.6 if number - 1 not in hosted else -1.5
        return score


def _read(text: str, url: str | None) -> _Words:
    """Return the words of a text and what is told of them; `url` is the address cited."""
    found = list(islice(_WORD.finditer(text), _MOST_WORDS))
    words, starts = [match[0] for match in found], [match.start() for match in found]
    turned = (
        after[0].isupper() and before[0].islower() and not _functional(before)
        for before, after in pairwise(words[1:])
    )
    first = [place for digits in ("19", "20") if (place := text.find(digits)) >= 0]
    hosted, pathed = _told(text, words, url)
    return _Words(
        text=text, words=words, starts=starts, segment_ends=_segment_ends(text, starts),
        turns=[0, 0, *accumulate(turned, initial=0)],
        years=(min(first, default=len(text)), max(text.rfind("19"), text.rfind("20"))),
        hosted=hosted, pathed=pathed,
    )  # fmt: skip


def _segment_ends(text: str, starts: Sequence[int]) -> list[int]:
    """Return where the segment of each word ends; one search a segment."""
    ends: list[int] = []
    end = -1
    for start in starts:
        if end < start:
            found = _SEGMENT_END.search(text, start)
            end = found.start() if found else len(text)
        ends.append(end)
    return ends


def _told(text: str, words: Sequence[str], url: str | None) -> tuple[list[int], list[int]]:
    """Return the numbers of the capitalised words that only the address's host, and only its path, holds."""
    parts = split(url or "")
    host = re.sub(r"^www\d?\.|-", "", parts.netloc.casefold()) if parts else ""
    path = f"{parts.path}?{parts.query}".casefold() if parts else ""
    hosted: list[int] = []
    pathed: list[int] = []
    for number, word in enumerate(words):
        if not word.lstrip("'\"(“‘")[:1].isupper():
            continue
        letters = _letters(word)
        shouted = len(letters) == 3 and word.strip(",.;()").isupper()
        if not (len(letters) > 3 or shouted):
            continue
        if letters in host and letters not in path:
            hosted.append(number)
        elif letters in path and letters not in host and text.count(word.strip(",.;:")) == 1:
            pathed.append(number)
    return hosted, pathed


def _between(numbers: Sequence[int], first: int, after: int) -> int:
    """Return how many of some numbers in order are `first` or more and less than `after`."""
    return bisect_left(numbers, after) - bisect_left(numbers, first)


def _unnamed(segment: Sequence[str], *, person: bool) -> float:
    """Score what speaks against a name: a colon in it, many words and no organisation among them."""
    colon = any(map(str.endswith, segment, repeat(":")))
    long = not person and len(segment) > 5 and not any(map(_organ, segment[:5]))
    return 2 * colon + 1.5 * long


def _initialled(segment: Sequence[str]) -> float:
    """Score a name its initials follow: "Southern Quay Survey SQS", "UN Quay Desk (UNQD)"."""
    if len(segment) == 1 and re.fullmatch(r"[A-Z]{2,5}", segment[0]):
        return 1.0
    for place, word in enumerate(segment[1:7], 1):
        if not word.isupper():
            continue
        short = word.strip("(),;.")
        if _SHORT_NAME.fullmatch(short):
            initials = "".join(one[0] for one in segment[:place] if not _functional(one)).upper()
            if initials == short or (len(short) > 2 and initials == short[:-1]):
                return 3.5
            return 2.5 if initials.endswith(short) else 0.0
    return 0.0
