"""Cited rows in the order of reports, by number: cut into groups that a night reads, or takes over unread."""

from array import array
from collections.abc import Collection, Iterator
from itertools import groupby
from typing import NamedTuple, Self

from sqlalchemy import Connection, Select, select

from monitor.store import rows
from monitor.store import tables as t

_AT_ONCE = 10_000
"""Rows taken at a time."""


def cited_numbers(source: str | None, only: Collection[str] | None) -> Select[int]:
    """Select the numbers of the citations by document, then line; of one source, or of these documents."""
    query = (
        select(t.citation.c.id)
        .join(t.document, t.document.c.id == t.citation.c.document_id)
        .order_by(t.document.c.path, t.citation.c.line, t.citation.c.ordinal)
    )
    if only is not None:
        query = query.where(t.document.c.path.in_(only))
    if source is not None:
        query = query.join(t.source, t.source.c.id == t.citation.c.source_id).where(
            t.source.c.digest == rows.name_digest(source)
        )
    return query


class Group(NamedTuple):
    """Some citations of one document that follow each other: `place` is that of the first there, from 0."""

    document: int
    place: int
    numbers: "array[int]"


class Cited:
    """The numbers of citations by document, then line; beside each that of its document."""

    def __init__(self) -> None:
        self.numbers, self.documents = array("q"), array("q")

    @classmethod
    def read(cls, conn: Connection, only: Collection[str] | None) -> Self:
        """Return those of all documents, or of `only` these."""
        cited = cls()
        query = cited_numbers(None, only).add_columns(t.citation.c.document_id)
        for part in conn.execute(query, execution_options={"yield_per": _AT_ONCE}).partitions():
            numbers, documents = zip(*part, strict=True)
            cited.numbers.extend(numbers)
            cited.documents.extend(documents)
        return cited

    def parts(self, size: int, least: int) -> Iterator[list[Group]]:
        """Yield groups of at most `size` citations, so many together that there are at least so many."""
        part: list[Group] = []
        held = 0
        for group in self._groups(size):
            part.append(group)
            held += len(group.numbers)
            if held >= least:
                yield part
                part, held = [], 0
        if part:
            yield part

    def _groups(self, size: int) -> Iterator[Group]:
        begin = 0
        for document, some in groupby(self.documents):
            end = begin + sum(1 for _ in some)
            for at in range(begin, end, size):
                yield Group(document, at - begin, self.numbers[at : min(at + size, end)])
            begin = end
