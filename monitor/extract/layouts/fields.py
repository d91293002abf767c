"""Named fields in a passage's text, "URL: …", "Accessed: …", "Quote: …", and what each of them holds."""

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import lru_cache, partial

from msgspec import Struct

from monitor.extract.dates.find import says_access
from monitor.extract.references.quote_marks import LABEL
from monitor.extract.words.purposes import Words
from monitor.extract.words.vocabulary import any_of
from monitor.patterns import lazy


class FieldRole(StrEnum):
    """What a field holds."""

    URL = "url"
    ACCESSED = "accessed"
    QUOTE = "quote"
    ARCHIVE = "archive"
    TITLE = "title"
    ATTRIBUTION = "attribution"
    OTHER = "other"


_NAMES = {
    FieldRole.URL: Words.FIELD_URL,
    FieldRole.ARCHIVE: Words.FIELD_ARCHIVE,
    FieldRole.TITLE: Words.FIELD_TITLE,
    FieldRole.ATTRIBUTION: Words.FIELD_ATTRIBUTION,
    FieldRole.OTHER: Words.FIELD_OTHER,
}
_PATTERNS = {role: lazy(partial(any_of, purpose)) for role, purpose in _NAMES.items()}
KEY = lazy(
    r"(?:^|\n)[ \t]*(?::[ \t]+)?(?:[*•·+–-][ \t]+)?[*_]{0,3}(?P<key>[^\W\d_][^\n:：*|\"“„«]{0,28}?)[ \t]?[*_]{0,3}[:：][*_]{0,3}(?=\s|$|[^\s/])"
)
"""A field's name and its colon, at the beginning of a line."""
_REMARK = lazy(r"\s?\([^()]*\)?|\(")
_ADDRESS = lazy(r"\s{0,4}<?(?:https?://|www\.)", re.IGNORECASE)


class Field(Struct, frozen=True, gc=False):
    """A field: its value is `text[start:end]` of the passage; `begin` is where its name begins."""

    role: FieldRole
    begin: int
    start: int
    end: int


@lru_cache(maxsize=4096)
def role_of(name: str) -> FieldRole | None:
    """Return what a field of this name holds; None for a name that reference lists do not use."""
    name = " ".join(name.split()).strip(" *_").casefold()
    if not name or len(name) > 40:
        return None
    if LABEL.fullmatch(name + ": "):
        return FieldRole.QUOTE
    if says_access(name):
        return FieldRole.ACCESSED
    role = next((role for role, names in _PATTERNS.items() if names.fullmatch(name)), None)
    # "Quelle (Titel)"
    return role or (role_of(_REMARK.sub("", name)) if "(" in name else None)


def _keys(text: str) -> Iterator[re.Match[str]]:
    """Return the names of fields, each looked for where its line begins."""
    place = 0
    while place >= 0:
        if match := KEY.match(text, place):
            yield match
        place = text.find("\n", match.end() if match else place + (text[place : place + 1] == "\n"))


def fields(text: str) -> tuple[Field, ...]:
    """Return the fields of a passage's text in order; a value goes on to the next field."""
    marks: list[tuple[int, int, FieldRole]] = []
    # The colons of addresses end no names.
    for match in _keys(text) if text.count(":") > text.count("://") or "：" in text else ():
        # A name of another kind ends what stands before it, too; not the words of a quote.
        role = role_of(match["key"]) or (
            FieldRole.OTHER if marks and marks[-1][2] is not FieldRole.QUOTE else None
        )
        if role is not None:
            marks.append((match.start() + (match[0][0] == "\n"), match.end(), role))
    if not marks:
        return ()
    ends = [*(begin for begin, *_ in marks[1:]), len(text)][: len(marks)]
    # "Source: https://…" names no title.
    return tuple(
        Field(
            FieldRole.URL if role is FieldRole.TITLE and _ADDRESS.match(text, start) else role,
            begin,
            start,
            end,
        )
        for (begin, start, role), end in zip(marks, ends, strict=True)
    )


def telling(names: Sequence[str]) -> bool:
    """Tell whether a table's column names say where an access date or a quote stands."""
    return any(role_of(name) in {FieldRole.ACCESSED, FieldRole.QUOTE, FieldRole.ARCHIVE} for name in names)


def all_telling(names: Sequence[str]) -> bool:
    """Tell whether cells are column names and nothing else: every one known, one an access date or quote."""
    return telling(names) and all(role_of(name) is not None for name in names)


def named_rows(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield a table's rows as text, each cell with its column's name where the first row gives names."""
    head = rows[0] if rows and telling(rows[0]) else []
    for row in rows[1:] if head else rows:
        named = [f"{name}: {text}" for name, text in zip(head, row, strict=False) if text]
        yield "\n".join(named or row)


def value(text: str, found: Sequence[Field], role: FieldRole) -> str | None:
    """Return the values of all fields of a role, joined with commas; None without any."""
    values = [" ".join(text[one.start : one.end].split()).strip(" *_") for one in found if one.role is role]
    return ", ".join(one for one in values if one) or None
