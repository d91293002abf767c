"""`monitor explain`: what the manual says of a rule, for the terminal."""

import difflib
import re
from pathlib import Path

from monitor.errors import UsageError

_PACKAGED = Path(__file__).parent / "report" / "rules.txt"
_IN_SOURCES = Path(__file__).parents[1] / "docs" / "rules.md"
_SECTION = re.compile(r"(?m)^## (?P<name>[a-z-]+/[a-z-]+)$\n(?P<body>(?s:.*?))(?=^## |\Z)")
_LINK = re.compile(r"(?<![`!])\[([^\]]+)\]\([^)]+\)")  # in code it is an example


def rule_page(rule: str) -> str:
    """Return what a rule means and what to do, as Markdown without links; `family/` may be left out.

    Raises UsageError for a name that is no rule, with the nearest ones.
    """
    file = _PACKAGED if _PACKAGED.is_file() else _IN_SOURCES
    text = file.read_text(encoding="utf-8")
    pages = {match["name"]: match["body"].strip() for match in _SECTION.finditer(text)}
    wanted = rule.strip().lower()
    named = [name for name in pages if wanted in (name, name.partition("/")[2])]
    if not named:
        short = {name.partition("/")[2]: name for name in pages}
        near = difflib.get_close_matches(wanted.rpartition("/")[2], short, n=3)
        advice = f"did you mean {' or '.join(near)}?" if near else f"known: {', '.join(pages)}"
        raise UsageError(f"{rule}: no such rule; {advice}")
    return "\n".join(f"{name}\n\n{_LINK.sub(_words, pages[name])}\n" for name in named)


def _words(link: re.Match[str]) -> str:
    return link[1]
