"""The blocks of a Markdown document, by markdown-it-py, and where its lines stand (CommonMark 0.31, §4)."""

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from monitor.patterns import lazy

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

FRONT_MATTER = lazy(r"\A(?:\ufeff)?(---|\+\+\+)[ \t]*\r?\n.*?\r?\n\1[ \t]*\r?(?:\n|\Z)", re.DOTALL)
# The parser's table rule takes time quadratic in the columns of a row.
_MOST_CELLS = 400


@lru_cache(maxsize=1)
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"maxNesting": 40}).enable("table")
    # Definitions stay in the text: footnotes look like them, and so do numbered references.
    return parser.disable(["inline", "reference"])


@lru_cache(maxsize=1)
def _tableless_parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"maxNesting": 40}).disable(["inline", "reference"])


def blocks(text: str) -> "tuple[Lines, list[Token]]":
    """Return the lines of a document's body and its blocks."""
    front = FRONT_MATTER.match(text)
    begin = front.end() if front else 0
    body = text[begin:]
    # The parser folds line ends and NULs; done here first, so that its line numbers are ours.
    folded = body.replace("\r\n", "\n").replace("\r", " ").replace("\x00", "\ufffd")
    wide = folded.count("|") > _MOST_CELLS and any(
        line.count("|") > _MOST_CELLS for line in folded.split("\n")
    )
    parser = _tableless_parser() if wide else _parser()
    return Lines(text, begin), parser.parse(folded)


class Lines:
    """Where each line of the body begins and ends in the document; a lone CR is no line end."""

    def __init__(self, text: str, begin: int) -> None:
        self.starts = [begin]
        place = text.find("\n", begin)
        while place >= 0:
            self.starts.append(place + 1)
            place = text.find("\n", place + 1)
        self.text = text

    def bounds(self, line: int) -> tuple[int, int]:
        """Return start and end of a line, without its line end."""
        start = self.starts[line]
        end = self.starts[line + 1] - 1 if line + 1 < len(self.starts) else len(self.text)
        if end > start and self.text[end - 1] == "\r":
            end -= 1
        return start, end
