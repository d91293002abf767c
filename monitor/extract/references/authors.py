"""How reference styles write authors: names and initials in either order, in capitals, organs of state."""

from monitor.extract.references.name_pattern import INITIAL, NAME, NamePattern
from monitor.extract.words.purposes import Words
from monitor.extract.words.vocabulary import any_of, words
from monitor.patterns import lazy

INITIALS = rf"(?:{INITIAL}\.[\s-]?){{1,3}}"

GOST_AUTHOR = NamePattern(rf"^(?:{NAME},?\s{INITIALS}(?:,\s?(?:{NAME},?\s{INITIALS}))*)\s*")
"""Author(s) before a title without a stop: "Петренко О. В. Назва"."""
INITIALS_FIRST = NamePattern(
    lambda: (
        rf"^(?:{INITIALS}\s?(?:{any_of(Words.NAME_PARTICLES)}\s)*{NAME}(?:\s{NAME}){{0,2}}"
        rf"(?:,?\s(?:{any_of(Words.AND)}|&)\s|,\s)){{1,12}}(?:{any_of(Words.ET_AL)}\.,?\s?)?(?<=,\s)"
    )
)
"""IEEE: "B. Marsh and J. Reed, "."""


def _short_name() -> str:
    particle = rf"(?:(?:[a-z]{{1,3}}'|{any_of(Words.NAME_PARTICLES)}[\s-]){{0,3}})"
    return rf"{particle}{NAME}(?:[\s-]{NAME}){{0,2}}\s[A-Z]{{1,3}}"


VANCOUVER = NamePattern(
    lambda: rf"^(?:{_short_name()},\s){{0,30}}{_short_name()}(?:,\s{any_of(Words.ET_AL)})?\.\s"
)
"""Vancouver: "Marsh B, Reed JT. "."""
SHOUTED = lazy(
    r"^(?=[^,.]{0,40}[A-ZÀ-Þ]{3})[A-ZÀ-Þ][A-ZÀ-Þ'’.\s-]+(?:,\s[^.;:]{2,40}(?:\s[A-Z]\.)*|(?=\.))(?:;\s[A-ZÀ-Þ' -]+,\s[^.;:]{2,40}){0,8}(?:\.\s|(?<=[a-zß-ÿ]);\s(?![A-ZÀ-Þ' -]{2,40},))"
)
"""ABNT, ISO 690: "MARSH, Bela. "; an organ of state without a first name."""
LAST_FIRST = NamePattern(
    lambda: (
        rf"^(?:{NAME}(?:[\s-]{NAME})?,\s{INITIALS}(?:,?\s?(?:&|{any_of(Words.AND)})\s|,\s|;\s|\s)?){{1,12}}"
        rf"(?:{any_of(Words.ET_AL)}\.\s?)?(?=\S{{2}}|[AEIOUYÀÉ]\s)"
    )
)
"""APA, Harvard: "Marsh, B., & Reed, J. T. "."""
NAME_INITIALS = NamePattern(
    lambda: (
        rf"^(?:{NAME}(?:[\s-]{NAME})?\s{INITIALS}"
        rf"(?:,\s{any_of(Words.AND)}\s|\s(?:{any_of(Words.AND)}|&)\s|,\s))+(?=\S)"
    )
)
"""Polish and others: "Marsh B., "."""
COLON_AUTHOR = NamePattern(
    rf"^(?:{INITIALS}\s?{NAME}(?=:)|{NAME},\s(?:{NAME}|{INITIALS})|{NAME}\s(?:[A-ZÀ-Þ][a-zß-ÿ]{{0,2}}\.[\s-]?){{1,2}}(?=:))(?:\s{NAME})?(?:\s?[;/]\s{NAME},\s{NAME})*(?:\s\([^)]{{1,12}}\))?:\s"
    rf"|^{NAME}\s{NAME}(?:,\s{NAME}\s{NAME}){{1,6}}:\s"
    rf"|^{INITIALS}\s?{NAME}(?:,\s{INITIALS}\s?{NAME}){{1,6}}:\s"
)
"""German: "Marsch, Bela: ", "Bela Marsch, Ona Ried: "."""
ONE_PERSON = NamePattern(rf"{INITIALS}\s?{NAME}(?:[\s-]{NAME})?\.?")
"""A single "B. Marsh" and nothing else; use with `fullmatch`."""
FULL_NAME = NamePattern(
    lambda: rf"{NAME}(?:\s(?:[A-Z]\.|{any_of(Words.GIVEN_NAME_PARTICLES)})){{0,2}}\s{NAME}"
)
"""A person's first and last name; use with `fullmatch`."""
AUTHORS = (SHOUTED, VANCOUVER, LAST_FIRST, INITIALS_FIRST, COLON_AUTHOR, NAME_INITIALS, GOST_AUTHOR)
"""Every shape of authors before a title."""
PERSONS = NamePattern(
    lambda: (
        rf"^(?:{NAME}(?:[\s-]{NAME}){{0,2}}\s[A-Z]{{1,3}}(?:,\s|(?=\.)|$))+(?:{any_of(Words.ET_AL)})?|^{NAME}(?:\s{NAME}){{0,2}},\s(?:{INITIALS}|{NAME})"
    )
)
"""A clause that begins as lists of persons do."""
ORGAN = lazy(lambda: rf"{any_of(Words.STATE_ORGANS)}\w*(?!.{{0,12}}\bn[.º°])")
"""An organ of the state that ABNT names after the state itself."""
_FULL_NAMES = NamePattern(
    lambda: (
        rf"(?:{NAME}(?:\s(?:{NAME}|[A-Z]\.|{any_of(Words.NAME_PARTICLES)})){{1,3}}"
        rf"(?:,\s(?:{any_of(Words.LAST_AUTHOR_AND)}\s)?|\s(?:{any_of(Words.AND)}|&)\s|\.?$)){{1,12}}(?:{any_of(Words.ET_AL)}\.?)?"
    )
)


_FEW_WORDS = 4
_LONGEST_LIST = 300

_INITIAL = lazy(r"(?:^|\s)[A-ZÀ-ÞА-Я]\.")
_DIGIT = lazy(r"\d")
_TITLE_SIGNS = lazy(r"\s[–—|-]\s|--|[?!]")


def proper(text: str) -> bool:
    """Tell whether every word begins like a name: with a capital, or in a script that has none."""
    parts = (word.strip("\"'“”‘’().,;:&") for word in text.split())
    return all(
        not word.islower()
        or "." in word
        or word in words(Words.SMALL_WORDS)
        or word in words(Words.AUTHOR_WORDS)
        for word in parts
    )


def author_like(text: str) -> bool:
    """Tell whether what stands before a year can be its author; a title can stand there, too."""
    if _FULL_NAMES.fullmatch(text) or _INITIAL.search(text) or PERSONS.match(text):
        return True
    if len(text.split()) <= _FEW_WORDS:
        return proper(text) and not _TITLE_SIGNS.search(text)
    return text.count(",") >= 1 and not _DIGIT.search(text) and len(text) < _LONGEST_LIST
