"""`monitor explain`: what the manual says of a rule, for the terminal."""

import difflib
import re
from pathlib import Path

from monitor.errors import UsageError

_PACKAGED = Path(__file__).parent / "report" / "rules.txt"
_IN_SOURCES = Path(__file__).parents[1] / "docs" / "rules.md"
_SECTION = re.compile(r"(?m)^## (?P<name>[a-z-]+/[a-z-]+)$\n(?P<body>(?s:.*?))(?=^## |\Z)")
_LINK = re.compile(r"(?<![`!])\[([^\]]+)\]\([^)]+\)")  # in code it is an example


def rule_list() -> str:
    """Return every rule with the first sentence of what it means, one a line."""
    pages = _pages()
    width = max(map(len, pages))
    return "".join(f"{name:<{width}}  {_first(page)}\n" for name, page in pages.items())


def rule_page(rule: str) -> str:
    """Return what a rule means and what to do, as Markdown without links; `family/` may be left out.

    Raises UsageError for a name that is no rule, with the nearest ones.
    """
    pages = _pages()
    wanted = rule.strip().lower()
    named = [name for name in pages if wanted in (name, name.partition("/")[2])]
    if not named:
        short = {name.partition("/")[2]: name for name in pages}
        near = difflib.get_close_matches(wanted.rpartition("/")[2], short, n=3)
        advice = f"did you mean {' or '.join(near)}?" if near else f"known: {', '.join(pages)}"
        raise UsageError(f"{rule}: no such rule; {advice}")
    return "\n".join(f"{name}\n\n{_LINK.sub(_words, pages[name])}\n" for name in named)


def _pages() -> dict[str, str]:
    file = _PACKAGED if _PACKAGED.is_file() else _IN_SOURCES
    text = file.read_text(encoding="utf-8")
    return {match["name"]: match["body"].strip() for match in _SECTION.finditer(text)}


def _first(page: str) -> str:
    prose = _LINK.sub(_words, " ".join(page.partition("\n\n")[0].split()))
    return prose.partition(". ")[0].rstrip(".") + "."


def _words(link: re.Match[str]) -> str:
    return link[1]
