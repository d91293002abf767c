# ruff: noqa: E501 - one pattern, one line
"""How reference styles write authors: names and initials in either order, in capitals, organs of state."""

import re

INITIALS = r"(?:[A-ZÀ-ÞА-ЯЁІЇЄ]\.[\s-]?){1,3}"
NAME = r"[A-ZÀ-ÞА-ЯЁІЇЄ][\w'’-]+"

GOST_AUTHOR = re.compile(rf"^(?:{NAME},?\s{INITIALS}(?:,\s?(?:{NAME},?\s{INITIALS}))*)\s*")
"""Author(s) before a title without a stop: "Петренко О. В. Назва"."""
INITIALS_FIRST = re.compile(
    rf"^(?:{INITIALS}\s?(?:(?:van|von|de|der|den|di|la|le)\s)*{NAME}(?:\s{NAME}){{0,2}}(?:,\s(?:and|und|et|y|e|&)\s|\s(?:and|und|et|y|e|&)\s|,\s)){{1,12}}(?:et al\.,?\s?)?(?<=,\s)"
)
"""IEEE: "B. Marsh and J. Reed, "."""
_PARTICLE = r"(?:(?:[a-z]{1,3}['’]|(?:van|von|de|der|den|di|da|del|dos|la|le|ter|ten|el|al)[\s-]){0,3})"
_SHORT_NAME = rf"{_PARTICLE}{NAME}(?:[\s-]{NAME}){{0,2}}\s[A-Z]{{1,3}}"
VANCOUVER = re.compile(rf"^(?:{_SHORT_NAME},\s){{0,30}}{_SHORT_NAME}(?:,\set\sal)?\.\s")
"""Vancouver: "Marsh B, Reed JT. "."""
SHOUTED = re.compile(
    r"^(?=[^,.]{0,40}[A-ZÀ-Þ]{3})[A-ZÀ-Þ][A-ZÀ-Þ'’.\s-]+(?:,\s[^.;:]{2,40}(?:\s[A-Z]\.)*|(?=\.))(?:;\s[A-ZÀ-Þ' -]+,\s[^.;:]{2,40}){0,8}(?:\.\s|(?<=[a-zß-ÿ]);\s(?![A-ZÀ-Þ' -]{2,40},))"
)
"""ABNT, ISO 690: "MARSH, Bela. "; an organ of state without a first name."""
LAST_FIRST = re.compile(
    rf"^(?:{NAME}(?:[\s-]{NAME})?,\s{INITIALS}(?:,?\s?(?:&|and|und|et|y|e|och|og|ja)\s|,\s|;\s|\s)?){{1,12}}(?:et al\.\s?)?(?=\S{{2}}|[AEIOUYÀÉ]\s)"
)
"""APA, Harvard: "Marsh, B., & Reed, J. T. "."""
NAME_INITIALS = re.compile(
    rf"^(?:{NAME}(?:[\s-]{NAME})?\s{INITIALS}(?:,\s(?:and|und|et|y|e|i|a|og|och)\s|\s(?:and|und|et|y|e|i|a|og|och|&)\s|,\s))+(?=\S)"
)
"""Polish and others: "Marsh B., "."""
COLON_AUTHOR = re.compile(
    rf"^(?:{INITIALS}\s?{NAME}(?=:)|{NAME},\s(?:{NAME}|{INITIALS})|{NAME}\s(?:[A-ZÀ-Þ][a-zß-ÿ]{{0,2}}\.[\s-]?){{1,2}}(?=:))(?:\s{NAME})?(?:\s?[;/]\s{NAME},\s{NAME})*(?:\s\([^)]{{1,12}}\))?:\s"
    rf"|^{NAME}\s{NAME}(?:,\s{NAME}\s{NAME}){{1,6}}:\s"
)
"""German: "Marsch, Bela: ", "Bela Marsch, Ona Ried: "."""
ONE_PERSON = re.compile(rf"{INITIALS}\s?{NAME}(?:[\s-]{NAME})?\.?")
"""A single "B. Marsh" and nothing else; use with `fullmatch`."""
AUTHORS = (SHOUTED, VANCOUVER, LAST_FIRST, INITIALS_FIRST, COLON_AUTHOR, NAME_INITIALS, GOST_AUTHOR)
"""Every shape of authors before a title."""
PERSONS = re.compile(
    rf"^(?:{NAME}(?:[\s-]{NAME}){{0,2}}\s[A-Z]{{1,3}}(?:,\s|(?=\.)|$))+(?:et al)?|^{NAME}(?:\s{NAME}){{0,2}},\s(?:{INITIALS}|{NAME})"
)
"""A clause that begins as lists of persons do."""
ORGAN = re.compile(
    r"(?:Minist[éèe]r|Secretar[ií]a|Instituto|Institut|Ag[êée]n[cz]i|Conselho|Consejo|Presid[êe]ncia|C[âa]mara|Senado|Tribunal|Departamento|Diretoria|Superintend|Comiss|Comisi|Assembl|Supremo|Procuradoria|Prefeitura|Coordena)\w*(?!.{0,12}\bn[.º°])",
)
"""An organ of the state that ABNT names after the state itself."""
_FULL_NAMES = re.compile(
    rf"(?:{NAME}(?:\s(?:{NAME}|[A-Z]\.|van|von|de|der|den|di|da)){{1,3}}(?:,\s(?:and\s)?|\s(?:and|&|und|et|y|e)\s|\.?$)){{1,12}}(?:et al\.?)?"
)


_FEW_WORDS = 4
_LONGEST_LIST = 300
_SMALL_WORDS = frozenset([
     "a", "al", "and", "at", "by", "da", "das", "de", "del", "den", "der", "des", "di", "do", "dos",
     "du", "e", "el", "en", "et", "for", "für", "i", "in", "la", "le", "les", "of", "og", "on", "or",
     "the", "u", "und", "van", "von", "y", "и",
])  # fmt: skip
_AUTHORS = frozenset([
     "authors", "ed", "eds", "et", "collaboration", "community", "contributors", "developers", "editors", "staff", "team",
     "users",
])  # fmt: skip
_TITLE_SIGNS = re.compile(r"\s[–—|-]\s|--|[?!]")


def proper(text: str) -> bool:
    """Tell whether every word begins like a name: with a capital, or in a script that has none."""
    words = (word.strip("\"'“”‘’().,;:&") for word in text.split())
    return all(
        not word.islower() or "." in word or word in _SMALL_WORDS or word in _AUTHORS for word in words
    )


def author_like(text: str) -> bool:
    """Tell whether what stands before a year can be its author; a title can stand there, too."""
    if _FULL_NAMES.fullmatch(text) or re.search(r"(?:^|\s)[A-ZÀ-ÞА-Я]\.", text) or PERSONS.match(text):
        return True
    if len(text.split()) <= _FEW_WORDS:
        return proper(text) and not _TITLE_SIGNS.search(text)
    return text.count(",") >= 1 and not re.search(r"\d", text) and len(text) < _LONGEST_LIST
