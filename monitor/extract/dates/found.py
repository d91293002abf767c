"""What a search for access dates finds: a dated phrase, and what it says."""

import re
from enum import StrEnum

from msgspec import Struct

from monitor.patterns import lazy

DIGIT = lazy(r"\d")
IS_URL = lazy(r"[<(\[]?(?:https?://|www\.)", re.IGNORECASE)
LONGEST_URL = 400


class DateKind(StrEnum):
    """What a dated phrase says; only ACCESSED is an access date, UNAVAILABLE says there is none."""

    ACCESSED = "accessed"
    UNAVAILABLE = "unavailable"
    PLACEHOLDER = "placeholder"
    NO_YEAR = "no-year"
    UPDATED = "updated"
    ARCHIVED = "archived"
    PUBLISHED = "published"

    @property
    def reason(self) -> str:
        """Return why this is, or is not, an access date."""
        return _REASONS[self]


_REASONS = {
    DateKind.ACCESSED: "an access date",
    DateKind.UNAVAILABLE: "says that there is no access date",
    DateKind.PLACEHOLDER: "a placeholder, not a date",
    DateKind.NO_YEAR: "a day without a year is no date",
    DateKind.UPDATED: "the date of an update, not of an access",
    DateKind.ARCHIVED: "the date of an archived copy, not of an access",
    DateKind.PUBLISHED: "the date of publication, not of an access",
}


class FoundDate(Struct, frozen=True, kw_only=True, gc=False):
    """A dated phrase: `text[start:end]` is the date alone, `text[outer_start:outer_end]` the whole phrase.

    The phrase includes its brackets and a trailing "from". `date` is ISO at the precision written;
    None for a kind without a date, and for an access date that names no possible day.
    """

    start: int
    end: int
    outer_start: int
    outer_end: int
    date: str | None
    text: str
    repair: str | None
    kind: DateKind
