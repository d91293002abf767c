"""A passage with everything found in it: scanned once, read by every layout."""

from collections.abc import Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from monitor.extract.dates.find import find_all_access_dates
from monitor.extract.dates.found import FoundDate
from monitor.extract.dates.values import DateHints
from monitor.extract.layouts.fields import Field, fields
from monitor.extract.passage import Group, Kind, Passage
from monitor.extract.urls.addresses import Address, addresses

MAX_PASSAGE = 2_000_000
"""Characters of one passage that are read; a longer one is data (see `oversized`)."""
_MAX_RECORD = 20_000
"""Characters of a passage that can be one record's fields."""


class Marked(Struct, frozen=True, kw_only=True, gc=False):
    """A passage, and the addresses, dated phrases and named fields in it, each in order of place.

    A passage longer than `MAX_PASSAGE` is not looked at: it has none of them.
    """

    passage: Passage
    addresses: tuple[Address, ...] = ()
    dates: tuple[FoundDate, ...] = ()
    fields: tuple[Field, ...] = ()

    @property
    def text(self) -> str:
        """Return the passage's text."""
        return self.passage.text

    @property
    def kind(self) -> Kind:
        """Return what the passage is."""
        return self.passage.kind

    @property
    def group(self) -> Group | None:
        """Return the list or table the passage belongs to."""
        return self.passage.group

    def as_kind(self, kind: Kind) -> "Marked":
        """Return the same passage as of another kind."""
        return replace(self, passage=replace(self.passage, kind=kind))


def mark(passage: Passage, hints: DateHints) -> Marked:
    """Return a passage with what stands in it; `hints` tell how its document writes dates."""
    return mark_all((passage,), hints)[0]


def mark_all(passages: Sequence[Passage], hints: DateHints) -> tuple[Marked, ...]:
    """Return the passages of a document with what stands in them, looked for one kind after the other."""
    read = [one if len(one.text) <= MAX_PASSAGE else None for one in passages]
    hrefs = [addresses(one) if one is not None else () for one in read]
    dates = find_all_access_dates((one.text if one is not None else "" for one in read), hints)
    named = [fields(one.text) if len(one.text) <= _MAX_RECORD else () for one in passages]
    return tuple(
        Marked(passage=passage, addresses=found, dates=dated, fields=labelled)
        for passage, found, dated, labelled in zip(passages, hrefs, dates, named, strict=True)
    )


def oversized(passages: Iterable[Passage]) -> tuple[str, ...]:
    """Say which passages were left out for their length."""
    long = [len(passage.text) for passage in passages if len(passage.text) > MAX_PASSAGE]
    return tuple(
        f"a paragraph of {length} characters was not read: no reference is that long" for length in long
    )
