"""Comments in a document that exclude citations: `monitor: ignore`, in each format's own comment signs.

`ignore` excludes what stands on its line, or, alone on its line, on the next one with text;
`ignore-next-line`, `ignore-start` … `ignore-end` and `ignore-file` say what they mean.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from monitor.model.citation import Citation, ExcludedBy, ExcludedCitation, Extraction
from monitor.model.document import Document

_DIRECTIVE = re.compile(
    r"(?P<before>[^\n]*?)(?:<!--|//|/\*|\{#|\{/\*|\(\*|\.\.|--|[#%;])[ \t]*monitor:[ \t]*ignore"
    r"(?P<what>-next-line|-start|-end|-file)?(?![\w-])"
)
_CLOSING = re.compile(r"[ \t]*(?:-->|\*/\}?|#\}|\*\))?[ \t]*$")


def without_excluded(document: Document, found: Extraction) -> Extraction:
    """Return the extraction without what comments exclude; those are kept apart, with their lines."""
    if "monitor:" not in document.text:
        return found
    ranges = tuple(_ranges(document))
    if not ranges:
        return found
    kept, excluded = [], list(found.excluded)
    for citation in found.citations:
        directive = next((said for start, end, said in ranges if _meets(citation, start, end)), None)
        if directive is None:
            kept.append(citation)
        else:
            text = citation.url or citation.title or "untitled citation"
            excluded.append(ExcludedCitation(text, citation.span.line, ExcludedBy.COMMENT, directive))
    return replace(found, citations=tuple(kept), excluded=tuple(excluded))


def _meets(citation: Citation, start: int, end: int) -> bool:
    """Tell whether a citation, or its address, begins in the excluded part of the file."""
    return any(start <= span.start < end for span in (citation.span, citation.url_span) if span is not None)


def _ranges(document: Document) -> Iterator[tuple[int, int, str]]:
    """Yield the excluded parts, in characters of the file, with the directive that excludes each."""
    text, base = document.text, document.base_char
    opened: int | None = None
    for match in _DIRECTIVE.finditer(text):
        what, place = match["what"] or "", match.start()
        line_end = _line_end(text, match.end())
        alone = not match["before"].strip() and _CLOSING.fullmatch(text, match.end(), line_end) is not None
        said = f"monitor: ignore{what}"
        if what == "-start":
            opened = place if opened is None else opened
        elif what == "-end":
            if opened is not None:
                yield base + opened, base + place, "monitor: ignore-start"
            opened = None
        elif what == "-file":
            yield base, base + len(text) + 1, said
        elif what == "-next-line" or alone:
            begin = re.compile(r"\s*").match(text, line_end)
            following = begin.end() if begin else line_end
            yield base + line_end, base + _line_end(text, following), said
        else:
            yield base + place, base + line_end, said
    if opened is not None:
        yield base + opened, base + len(text) + 1, "monitor: ignore-start"


def _line_end(text: str, position: int) -> int:
    end = text.find("\n", position)
    return len(text) if end < 0 else end
