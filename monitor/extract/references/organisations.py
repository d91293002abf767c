"""Tells names of organizations and periodicals from names of works, by the words they are made of."""

from monitor.extract.words.purposes import Words
from monitor.extract.words.vocabulary import any_of
from monitor.patterns import lazy

_BODY = lazy(lambda: rf"\b{any_of(Words.ORGANISATIONS)}\b")


# Languages that write such names in one word.
_COMPOUND = lazy(lambda: rf"[A-ZÀ-Þ]\w{{2,}}{any_of(Words.ORGANISATION_ENDINGS)}")
_NO_NAME = lazy(r"[:?!]|\b(?:19|20)\d\d\b")


def body_like(text: str) -> bool:
    """Tell whether a short clause names an organization or a periodical rather than a work."""
    words = text.split()
    if len(words) == 1:
        return _COMPOUND.fullmatch(text.strip(" .,")) is not None
    return 1 < len(words) <= 7 and _BODY.search(text) is not None and not _NO_NAME.search(text)


_DASHED = lazy(r"(?P<first>[^–—]{3,160}?)\s(?:[–—]|-)\s(?P<second>[^–—]{3,80})")
_COLON_BODY = lazy(r"(?P<body>[^:]{4,60}):\s(?=[^\W\d_a-z])(?P<title>[^:]{3,200})")


def without_body(title: str) -> str:
    """Part "Title — Organization", "Organization: Title"."""
    if (match := _COLON_BODY.fullmatch(title)) and body_like(match["body"]):
        return match["title"]
    if (match := _DASHED.fullmatch(title)) and body_like(match["first"]) != body_like(match["second"]):
        return match["second" if body_like(match["first"]) else "first"]
    return title
