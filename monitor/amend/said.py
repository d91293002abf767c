"""What the words before a date tell of the language its month is written in."""

import re
from typing import NamedTuple

from monitor.patterns import lazy

_ENGLISH_CLAIM = lazy(
    r"\b(?:access(?:ed)?|retrieved|viewed|visited|consulted|checked|downloaded|seen|accessdate|urldate)\b",
    re.IGNORECASE,
)
_SPOKEN_BY = {
    "de": "am abgerufen abruf zugriff",
    "es": "el consulta fechaacceso",
    "fr": "le consulté consultée",
    "it": "il consultato accesso",
    "nl": "op geraadpleegd bezocht bezochtdatum",
    "pt": "em acesso acessado acedido acessodata",
    "sv": "hämtad läst hämtdatum",
    "da": "besøgt",
    "nb": "hentet besøksdato",
    "pl": "dnia dostęp",
    "ru": "обращения доступа проверено",
    "uk": "звернення доступу переглянуто",
}
_SPOKEN = {word: language for language, words in _SPOKEN_BY.items() for word in words.split()}
"""Words right before a date that, where several languages share a month's name, tell which one it is."""
WORD = r"(?:[^\W\d_]|(?!\w)[\u0900-\u0dff])+"
"""One word, in a pattern."""
_WORDS = lazy(WORD)


class Said(NamedTuple):
    """Whether an English claim stands there, and languages, that of the nearest word first."""

    english: bool = False
    languages: tuple[str, ...] = ()


NOTHING = Said()


def said(before: str) -> Said:
    """Return what the text before a date tells.

    >>> said("consulté le ")
    Said(english=False, languages=('fr', 'fr'))
    """
    spoken = (_SPOKEN.get(word.casefold()) for word in reversed(_WORDS.findall(before)[-3:]))
    languages = tuple(language for language in spoken if language is not None)
    return Said(_ENGLISH_CLAIM.search(before) is not None, languages)
