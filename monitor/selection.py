"""Which citations are watched: patterns on addresses, as lychee's --include and --exclude; pure."""

import re
from collections.abc import Sequence
from dataclasses import replace

from msgspec import Struct

from monitor.errors import UsageError
from monitor.model.citation import Citation, ExcludedBy, ExcludedCitation, Extraction, with_keys


class Selection(Struct, frozen=True):
    """Regular expressions searched in addresses; what `include` names is taken whatever `exclude` says.

    With `include` alone, only what it names is watched. Citations without an address are left alone.
    """

    include: tuple[re.Pattern[str], ...] = ()
    exclude: tuple[re.Pattern[str], ...] = ()

    @classmethod
    def of(cls, include: Sequence[str], exclude: Sequence[str]) -> "Selection":
        """Compile the patterns; UsageError names the one that is no regular expression."""
        return cls(_compiled("include", include), _compiled("exclude", exclude))

    def why_not(self, url: str) -> str | None:
        """Return why an address is not watched; None if it is."""
        if any(pattern.search(url) for pattern in self.include):
            return None
        excluded = next((one.pattern for one in self.exclude if one.search(url)), None)
        if excluded is not None:
            return f"--exclude {excluded}"
        return "no --include names it" if self.include and not self.exclude else None

    def apply(self, found: Extraction, *, identifiers: bool = False) -> Extraction:
        """Return the extraction with what is not watched among the excluded.

        With `identifiers`, references by identifier alone are watched too.
        """
        if identifiers and found.identified:
            cited = sorted((*found.citations, *found.identified), key=lambda one: one.span.start)
            found = replace(found, citations=with_keys(cited), identified=())
        if not self.include and not self.exclude:
            return found
        kept: list[Citation] = []
        excluded = list(found.excluded)
        for citation in found.citations:
            why = self.why_not(citation.url) if citation.url else None
            if why is None:
                kept.append(citation)
            else:
                excluded.append(
                    ExcludedCitation(citation.url or "", citation.span.line, ExcludedBy.PATTERN, why)
                )
        return replace(found, citations=tuple(kept), excluded=tuple(excluded))


def _compiled(name: str, patterns: Sequence[str]) -> tuple[re.Pattern[str], ...]:
    made = []
    for pattern in patterns:
        try:
            made.append(re.compile(pattern))
        except re.error as error:
            raise UsageError(
                f"--{name} ([selection] {name}) {pattern!r}: not a regular expression ({error}); "
                "a dot is written \\."
            ) from None
    return tuple(made)
