# ruff: noqa: E501 - one role, one line
"""References written as named fields: "URL: …", "Accessed: …", "Quote: …", one a line, item or cell."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from monitor.extract.dates.find import find_access_dates
from monitor.extract.dates.found import DateKind
from monitor.extract.dates.values import NO_HINTS
from monitor.extract.passage import Kind, Passage, joined
from monitor.extract.references.quote_marks import LABEL
from monitor.extract.words.reference_words import heading_pattern


class Role(StrEnum):
    """What a field holds."""

    URL = "url"
    ACCESSED = "accessed"
    QUOTE = "quote"
    ARCHIVE = "archive"
    TITLE = "title"
    ATTRIBUTION = "attribution"
    OTHER = "other"


_WORDS = {
    Role.URL: r"(?:source |original |canonical |web |page )?(?:(?:doi (?:or|/) )?url(?: or doi)?|uri|link|location|address|adresse|enlace|lien|hyperlink|indirizzo|adres|odkaz|ссылка|адрес|посилання|адреса|网址|链接|連結|リンク)(?: \(?original\)?)?|web ?site|web ?page|site web|sitio web|href|access|available (?:at|from)|retrieved from",
    Role.ARCHIVE: r"(?:web |internet )?archiv\w*(?: (?:url|link|copy|version|page|at|in|on))?|snapshot(?: url)?|wayback(?: machine)?(?: (?:url|link))?|(?:saved |cached )copy|копия|архив|存档|アーカイブ",
    Role.TITLE: r"(?:page |article )?(?:title|titel|titre|título|titolo|tytuł|název|название|заголовок|назва|标题|題名|タイトル)|name|source|sources|quelle|fuente|fonte|źródło|zdroj|источник|джерело|reference|resource|article|document|page|what|出典|来源",
    Role.ATTRIBUTION: r"authors?|author\(s\)|by|publishers?|published by|organi[sz]ations?|site|newspaper|journal|outlet|autor(?:en|es|a)?|auteurs?|autori?|verlag|herausgeber|éditeur|editor(?:ial|e)?|автор|издатель|作者|著者|date|datum|fecha|data|published(?: on)?|publication date|year|jahr|año|année|issued|дата",
    Role.OTHER: r"notes?|comments?|remarks?|annotation|summary|abstract|description|tags?|keywords?|type|format|id|key|status|language|pages?|section|context|relevance|used (?:in|for)|doi|isbn|license",
}
_KEY = re.compile(
    r"(?:^|\n)[ \t]*(?::[ \t]+)?(?:[*•·+–-][ \t]+)?[*_]{0,3}(?P<key>[^\W\d_][^\n:：*|\"“„«]{0,28}?)[ \t]?[*_]{0,3}[:：][*_]{0,3}(?=\s|$|[^\s/])"
)
_ADDRESS = re.compile(r"\s{0,4}<?(?:https?://|www\.)", re.IGNORECASE)
_LONGEST_HEAD = 300
_SHORT = 200
_ARCHIVED = re.compile(r"archiv", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Field:
    """A field: its value is `text[start:end]` of the passage; `begin` is where its name begins."""

    role: Role
    begin: int
    start: int
    end: int


@lru_cache(maxsize=4096)
def role_of(name: str) -> Role | None:
    """Return what a field of this name holds; None for a name that reference lists do not use."""
    name = " ".join(name.split()).strip(" *_").casefold()
    if not name or len(name) > 40:
        return None
    if LABEL.fullmatch(name + ": "):
        return Role.QUOTE
    found = find_access_dates(f"{name}: 3 May 2011", NO_HINTS)
    if any(one.kind is DateKind.ACCESSED for one in found):
        return Role.ACCESSED
    return next((role for role, words in _WORDS.items() if re.fullmatch(words, name)), None)


def fields(text: str) -> tuple[Field, ...]:
    """Return the fields of a passage's text in order; a value goes on to the next field."""
    marks: list[tuple[int, int, Role]] = []
    for match in _KEY.finditer(text) if ":" in text or "：" in text else ():
        # A name of another kind ends what stands before it, too; not the words of a quote.
        role = role_of(match["key"]) or (Role.OTHER if marks and marks[-1][2] is not Role.QUOTE else None)
        if role is not None:
            marks.append((match.start() + (match[0][0] == "\n"), match.end(), role))
    ends = [*(begin for begin, *_ in marks[1:]), len(text)][: len(marks)]
    # "Source: https://…" names no title.
    return tuple(
        Field(Role.URL if role is Role.TITLE and _ADDRESS.match(text, start) else role, begin, start, end)
        for (begin, start, role), end in zip(marks, ends, strict=True)
    )


def _tells(found: Sequence[Field], *, linked: bool) -> bool:
    """Tell whether fields make a record: an address and when, or with what words, it was seen."""
    roles = [one.role for one in found]
    if roles.count(Role.URL) > 1 or roles.count(Role.ACCESSED) > 1 or roles.count(Role.TITLE) > 1:
        return False
    located = Role.URL in roles or Role.ARCHIVE in roles or linked
    return len(roles) > 1 and located and (Role.ACCESSED in roles or Role.QUOTE in roles)


def records(passages: Iterable[Passage]) -> Iterator[Passage]:
    """Return the passages; those that are one record's fields, or hold them all, as one RECORD."""
    run: list[Passage] = []
    seen: set[Role] = set()
    before: Passage | None = None
    for passage in passages:
        found = _candidate(passage)
        roles = {one.role for one in found} - {Role.OTHER, Role.ATTRIBUTION}
        begins = bool(found) and found[0].begin == 0
        if run and not found and passage.kind is Kind.ITEM and passage.group == run[-1].group:
            begins = _KEY.match(passage.text) is not None
        if run and (not begins or roles & seen or passage.group != run[-1].group):
            yield from _ended(before, run)
            run, seen, before = [], set(), None
        if before is not None and not begins and _dates(before, passage):
            before = replace(joined([before, passage]), kind=before.kind)
            continue
        if begins:
            run.append(passage)
            seen |= roles
            continue
        if before is not None:
            yield before
        before = None
        if found and _tells(found, linked=bool(passage.links)):
            yield replace(passage, kind=Kind.RECORD)
        else:
            before = passage
    if run:
        yield from _ended(before, run)
    elif before is not None:
        yield before


def _dates(before: Passage, passage: Passage) -> bool:
    """Tell whether a paragraph is the access date of the address that is the paragraph before."""
    if before.kind not in {Kind.PARAGRAPH, Kind.ITEM} or passage.kind is not Kind.PARAGRAPH:
        return False
    if passage.group != before.group or max(len(passage.text), len(before.text)) > _SHORT:
        return False
    cited = [one for one in passage.links if not _ARCHIVED.match(passage.text, one.start)]
    if cited or "://" in passage.text or not (before.links or "://" in before.text):
        return False
    accessed, other = (
        [one for one in find_access_dates(text, NO_HINTS) if one.kind is DateKind.ACCESSED]
        for text in (passage.text, before.text)
    )
    return bool(accessed) and not passage.text[: accessed[0].outer_start].strip(" \n[(*_") and not other


def telling(names: Sequence[str]) -> bool:
    """Tell whether a table's column names say where an access date or a quote stands."""
    return any(role_of(name) in {Role.ACCESSED, Role.QUOTE, Role.ARCHIVE} for name in names)


def all_telling(names: Sequence[str]) -> bool:
    """Tell whether cells are column names and nothing else: every one known, one an access date or quote."""
    return telling(names) and all(role_of(name) is not None for name in names)


def _candidate(passage: Passage) -> tuple[Field, ...]:
    if passage.kind in {Kind.HEADING, Kind.QUOTE, Kind.ROW, Kind.RECORD} or len(passage.text) > 20_000:
        return ()
    return fields(passage.text)


def _ended(before: Passage | None, run: list[Passage]) -> Iterator[Passage]:
    """Return the passages of a run of fields, as one if they make a record, with the title before them."""
    linked = any(one.links for one in run)
    whole = joined(run) if len(run) > 1 else run[0]
    heads = before is not None and _heads(before, run)
    leads = before is not None and heads and bool(before.links or "://" in before.text)
    if not _tells(fields(whole.text), linked=linked or leads) and not (
        leads and len(run) == 1 and _says(run[0])
    ):
        yield from ((before,) if before is not None else ())
        yield from run
        return
    if before is not None and heads:
        whole = joined([before, whole])
    elif before is not None:
        yield before
    yield replace(whole, kind=Kind.RECORD)


def _says(passage: Passage) -> bool:
    return any(one.role in {Role.ACCESSED, Role.QUOTE} for one in fields(passage.text))


def _heads(before: Passage, run: list[Passage]) -> bool:
    """Tell whether the passage before a run of fields names their source."""
    text = before.text.strip()
    roles = {one.role for passage in run for one in fields(passage.text)}
    if before.kind in {Kind.HEADING, Kind.ROW, Kind.RECORD, Kind.QUOTE} or len(text) > _LONGEST_HEAD:
        return False
    nested = before.kind is run[0].kind is Kind.ITEM
    if before.links or "://" in text:
        # The item above holds the address; its fields are items of their own below it.
        return nested and Role.URL not in roles
    if Role.TITLE in roles or heading_pattern().fullmatch(text):
        return False
    if nested and before.group != run[0].group:
        return True
    return (nested or before.kind is Kind.PARAGRAPH) and text[-1:] not in ".:;!" and "\n" not in text


def value(text: str, found: Sequence[Field], role: Role) -> str | None:
    """Return the values of all fields of a role, joined with commas; None without any."""
    values = [" ".join(text[one.start : one.end].split()).strip(" *_") for one in found if one.role is role]
    return ", ".join(one for one in values if one) or None
