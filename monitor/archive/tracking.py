"""Query parameters that only track readers (`tracking.txt`): an address is the same page without them."""

from functools import cache
from importlib.resources import files
from urllib.parse import unquote_plus, urlsplit


@cache
def _known() -> tuple[frozenset[str], tuple[str, ...]]:
    text = (files("monitor.archive") / "tracking.txt").read_text("utf-8")
    names = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
    prefixes = tuple(name[:-1] for name in names if name.endswith("*"))
    return frozenset(name for name in names if not name.endswith("*")), prefixes


def tracks(name: str) -> bool:
    """Tell whether a query parameter only tracks readers."""
    names, prefixes = _known()
    lowered = name.lower()
    return lowered in names or lowered.startswith(prefixes)


def untracked(url: str) -> str:
    """Return a URL without parameters that track readers; unchanged, to the letter, where it has none."""
    if "?" not in url:
        return url
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    pieces = parts.query.split("&")
    kept = [piece for piece in pieces if not tracks(unquote_plus(piece.partition("=")[0]))]
    return url if len(kept) == len(pieces) else parts._replace(query="&".join(kept)).geturl()
