"""Text of an HTML page into a passage: blanks collapsed, character references resolved, places kept."""

from html import unescape

from monitor.extract.passage import Builder
from monitor.patterns import lazy

_REFERENCE = lazy(
    r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});?|\{[\"']\s?[\"']\}|\{/\*[^*]{0,400}\*/\}"
)
"""A character reference; or a blank or comment of JSX: `{" "}`, `{/* … */}`."""
_ODD_BLANKS = lazy(r"\s(?:(?<=[^ ])\s*|\s+)")


def add_text(builder: Builder, text: str, start: int, end: int, *, verbatim: bool) -> None:
    """Add `text[start:end]`; what is `verbatim` (in `pre`) keeps its blanks."""
    if text.find("&", start, end) < 0:
        _add_plain(builder, text, start, end, verbatim=verbatim)
        return
    position = start
    for match in _REFERENCE.finditer(text, start, end):
        _add_plain(builder, text, position, match.start(), verbatim=verbatim)
        jsx = match[0][0] == "{"
        char = " " * (match[0][1] != "/") if jsx else unescape(match[0])
        if char != match[0]:
            builder.add(char, match.start(), match.end() - match.start())
        else:
            _add_plain(builder, text, match.start(), match.end(), verbatim=verbatim)
        position = match.end()
    _add_plain(builder, text, position, end, verbatim=verbatim)


def _add_plain(builder: Builder, text: str, start: int, end: int, *, verbatim: bool) -> None:
    if verbatim:
        builder.add(text[start:end], start)
        return
    shown = text[start:end]
    position = end - len(shown.lstrip())
    if position > start and not builder.ends_blank:
        builder.add(" ", start, position - start)
    # A single blank stands for itself: most text is one piece. No other blank is printable.
    if shown.isprintable() and "  " not in shown:
        builder.add(text[position:end], position)
        return
    for blank in _ODD_BLANKS.finditer(text, position, end):
        builder.add(text[position : blank.start()], position)
        builder.add(" ", blank.start(), blank.end() - blank.start())
        position = blank.end()
    builder.add(text[position:end], position)
