"""References written as named fields, one a line, item or cell: told from running text, joined to records."""

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from monitor.extract.dates.found import DateKind, FoundDate
from monitor.extract.dates.values import DateHints
from monitor.extract.layouts.fields import KEY, Field, FieldRole, fields
from monitor.extract.layouts.marks import Marked, mark
from monitor.extract.passage import Kind, joined
from monitor.extract.words.purposes import Words
from monitor.extract.words.reference_words import is_heading
from monitor.extract.words.vocabulary import any_of
from monitor.patterns import lazy

_FIELDED = frozenset({Kind.PARAGRAPH, Kind.ITEM, Kind.NOTE})
"""What can be a field, or hold the fields of a record."""
_SAY_LITTLE = frozenset({FieldRole.OTHER, FieldRole.ATTRIBUTION})
_NOTHING: frozenset[FieldRole] = frozenset()
_LONGEST_HEAD = 300
_SHORT = 200
_ARCHIVED = lazy(lambda: any_of(Words.ARCHIVE_STEM), re.IGNORECASE)


def _tells(found: Sequence[Field], *, linked: bool) -> bool:
    """Tell whether fields make a record: an address and when, or with what words, it was seen."""
    roles = [one.role for one in found]
    if (
        roles.count(FieldRole.URL) > 1
        or roles.count(FieldRole.ACCESSED) > 1
        or roles.count(FieldRole.TITLE) > 1
    ):
        return False
    located = FieldRole.URL in roles or FieldRole.ARCHIVE in roles or linked
    return len(roles) > 1 and located and (FieldRole.ACCESSED in roles or FieldRole.QUOTE in roles)


def records(passages: Iterable[Marked], hints: DateHints) -> Iterator[Marked]:
    """Return the passages; those that are one record's fields, or hold them all, as one RECORD."""
    run: list[Marked] = []
    seen: set[FieldRole] = set()
    before: Marked | None = None
    for one in passages:
        found = one.fields if one.kind in _FIELDED else ()
        roles = {field.role for field in found} - _SAY_LITTLE if found else _NOTHING
        begins = bool(found) and found[0].begin == 0
        if run and not found and one.kind is Kind.ITEM and one.group is run[-1].group:
            begins = KEY.match(one.text) is not None
        if run and (not begins or roles & seen or one.group is not run[-1].group):
            yield from _ended(before, run, hints)
            run, seen, before = [], set(), None
        if before is not None and not begins and _dates(before, one):
            whole = joined([before.passage, one.passage])
            before = mark(replace(whole, kind=before.kind), hints)
            continue
        if begins:
            run.append(one)
            seen |= roles
            continue
        if before is not None:
            yield before
        before = None
        if found and _tells(found, linked=bool(one.passage.links)):
            yield one.as_kind(Kind.RECORD)
        else:
            before = one
    if run:
        yield from _ended(before, run, hints)
    elif before is not None:
        yield before


def _dates(before: Marked, after: Marked) -> bool:
    """Tell whether a paragraph is the access date of the address that is the paragraph before."""
    if before.kind not in {Kind.PARAGRAPH, Kind.ITEM} or after.kind is not Kind.PARAGRAPH:
        return False
    if after.group is not before.group or max(len(after.text), len(before.text)) > _SHORT:
        return False
    cited = [one for one in after.passage.links if not _ARCHIVED.match(after.text, one.start)]
    if cited or "://" in after.text or not _located(before):
        return False
    accessed = _accessed(after)
    leading = bool(accessed) and not after.text[: accessed[0].outer_start].strip(" \n[(*_")
    return leading and not _accessed(before)


def _accessed(one: Marked) -> list[FoundDate]:
    return [date for date in one.dates if date.kind is DateKind.ACCESSED]


def _located(one: Marked) -> bool:
    return bool(one.passage.links) or "://" in one.text


def _ended(before: Marked | None, run: Sequence[Marked], hints: DateHints) -> Iterator[Marked]:
    """Return the passages of a run of fields, as one if they make a record, with the title before them."""
    linked = any(one.passage.links for one in run)
    heads = before is not None and _heads(before, run)
    leads = before is not None and heads and _located(before)
    whole = joined([one.passage for one in run]) if len(run) > 1 else run[0].passage
    found = fields(whole.text) if len(run) > 1 else run[0].fields
    alone = (
        leads and len(run) == 1 and any(one.role in {FieldRole.ACCESSED, FieldRole.QUOTE} for one in found)
    )
    if not _tells(found, linked=linked or leads) and not alone:
        yield from ((before,) if before is not None else ())
        yield from run
        return
    if before is not None and heads:
        whole = joined([before.passage, whole])
    elif before is not None:
        yield before
    yield (
        run[0].as_kind(Kind.RECORD)
        if whole is run[0].passage
        else mark(replace(whole, kind=Kind.RECORD), hints)
    )


def _heads(before: Marked, run: Sequence[Marked]) -> bool:
    """Tell whether the passage before a run of fields names their source."""
    text = before.text.strip()
    roles = {field.role for one in run for field in one.fields}
    if before.kind in {Kind.HEADING, Kind.ROW, Kind.RECORD, Kind.QUOTE} or len(text) > _LONGEST_HEAD:
        return False
    nested = before.kind is run[0].kind is Kind.ITEM
    if before.passage.links or "://" in text:
        # The item above holds the address; its fields are items of their own below it.
        return nested and FieldRole.URL not in roles
    if FieldRole.TITLE in roles or is_heading(text):
        return False
    if nested and before.group is not run[0].group:
        return True
    return (nested or before.kind is Kind.PARAGRAPH) and text[-1:] not in ".:;!" and "\n" not in text
