"""Bibliographies that a document names in its YAML head, as pandoc, Quarto and R Markdown read them.

`bibliography: references.bib`, or a list of names (pandoc.org/MANUAL.html, "Specifying bibliographic data").
"""

import re
from functools import cache
from importlib.util import find_spec

from monitor.patterns import lazy

_HEAD = lazy(r"\A\ufeff?---[ \t]*\r?\n(.{0,60000}?)^(?:---|\.\.\.)[ \t]*\r?$", re.MULTILINE | re.DOTALL)
_NAMED = lazy(r"^bibliography[ \t]*:", re.MULTILINE)
SUFFIXES = (".md", ".markdown", ".mdx", ".mkd", ".qmd", ".rmd")


_BIBLIOGRAPHIC = lazy(
    r"^[ \t-]*(?:accessed|issued|URL|DOI|references|container-title|serial-number|cff-version)[ \t]*:",
    re.MULTILINE,
)
"""Keys of CSL-YAML, Hayagriva and CITATION.cff that settings do not have."""


def may_be_bibliography(text: str) -> bool:
    """Tell whether the beginning of a YAML file has a key that bibliographies have and settings have not."""
    return _BIBLIOGRAPHIC.search(text) is not None


@cache
def can_read() -> bool:
    """Tell whether YAML can be read at all: the extra `yaml` is installed."""
    return find_spec("yaml") is not None


def names_bibliography(text: str) -> bool:
    """Tell whether a document's YAML head names a bibliography, be it readable or not."""
    head = _HEAD.match(text)
    return head is not None and _NAMED.search(head[1]) is not None


def bibliographies(text: str) -> tuple[str, ...]:
    """Return the files that the YAML head of a document's beginning names, as written.

    () without any, and without the extra `yaml`.
    """
    head = _HEAD.match(text)
    if head is None or _NAMED.search(head[1]) is None:
        return ()
    if not can_read():
        return ()
    from monitor.extract.markup.yaml_nodes import documents, members, value_of

    for root in documents(head[1], []):
        if (node := members(root).get("bibliography")) is not None:
            named = value_of(node)
            listed = named if isinstance(named, list) else [named]
            return tuple(name.strip() for name in listed if isinstance(name, str) and name.strip())
    return ()
