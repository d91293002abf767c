r"""BibTeX and biblatex: `archiveurl` for programs, and a printed note for readers.

No standard style prints an archive field; biblatex prints `addendum` last (biblatex manual §2.2.2),
classic styles print `note`. Both take `\url{…}`. An entry that has the printed field already gets
the link appended to it.
"""

import re

from monitor.amend import places
from monitor.amend.span_writer import ArchiveLink, SpanWriter
from monitor.model.finding import Edit

_WINDOW = 50_000
_ENTRY = re.compile(r"^[ \t]*@[ \t]*\w+[ \t]*[{(]", re.MULTILINE)
_FIELD = re.compile(
    r"(?P<lead>,\s*)(?P<name>[\w-]+)(?P<equals>\s*=\s*)(?P<open>[{\"])\s*(?:\\(?:url|href|nolinkurl)\s*\{\s*)?$"
)
_MODERN = re.compile(
    r"\b(?:urldate|journaltitle|langid|addendum|location)\s*="
    r"|@[ \t]*(?:online|electronic|www|report|thesis|dataset)\b",
    re.IGNORECASE,
)
_CLOSERS = {"{": "}", "(": ")", '"': '"'}


class BibtexWriter(SpanWriter):
    """Writes .bib files."""

    formats = ("bibtex", "biblatex")

    def spell_url(self, url: str) -> str:
        """Return the address as it is: url fields are read verbatim and hold no braces by now."""
        return url

    def archive_text(self, link: ArchiveLink) -> str:
        """Return the field's value to copy."""
        return rf"Archived {link.snapshot.timestamp.date().isoformat()} at \url{{{link.url}}}"

    def archive(self, link: ArchiveLink) -> list[Edit]:
        """Add the field after the address, in the entry's own layout; or append to the one that is there."""
        document, text = link.document, link.document.text
        span = link.assessment.citation.url_span
        if span is None:
            return []
        start, end = places.local(document, span)
        entry = _entry(text, start)
        if entry is None:
            return []
        begin, close = entry
        body = text[begin:close]
        field = "addendum" if _MODERN.search(body) else "note"
        written = _FIELD.search(text, max(begin, start - 300), start)
        last = _closing(text, written.start("open"), close) if written else None
        if written is None or last is None or last < end:
            return []

        def made(name: str, value: str) -> str:
            return f"{written['lead']}{name}{written['equals']}{{{value}}}"

        machine = made("archiveurl", link.url)
        there = re.search(rf"[,\s]{field}\s*=\s*[{{\"]", body, re.IGNORECASE)
        if there:
            opened = begin + there.end() - 1
            at = _closing(text, opened, close)
            if at is None:
                return []
            glue = ". " if text[opened + 1 : at].strip() else ""
            return [
                places.edit(document, at, at, glue + self.archive_text(link)),
                places.edit(document, last + 1, last + 1, machine),
            ]
        both = machine + made(field, self.archive_text(link))
        return [places.edit(document, last + 1, last + 1, both)]


def _entry(text: str, position: int) -> tuple[int, int] | None:
    """Return start and closing brace of the entry that holds `position`."""
    found = None
    for match in _ENTRY.finditer(text, max(0, position - _WINDOW), position):
        found = match
    if found is None:
        return None
    end = _closing(text, found.end() - 1, len(text))
    return (found.start(), end) if end is not None and end > position else None


def _closing(text: str, opened: int, limit: int) -> int | None:
    """Return the place of what closes the brace, bracket or quote at `opened`; None if nothing does."""
    closer, depth = _CLOSERS[text[opened]], 0
    for at in range(opened + 1, min(limit, opened + _WINDOW, len(text))):
        char = text[at]
        if char == closer and depth == 0:
            return at
        depth += (char == "{") - (char == "}")
        if depth < 0:
            return None
    return None
