"""How pages write an address out, and where they put a citation."""

from monitor.model.citation import Citation
from monitor.report import names, words

MAX_URL = 220


def shown_url(url: str) -> str:
    """Return a URL short enough to read; its middle is left out first."""
    clean = words.plain(url)
    if len(clean) <= MAX_URL:
        return clean
    return f"{clean[: MAX_URL - 60]}…{clean[-58:]}"


def anchor(citation: Citation) -> str:
    """Return the id of a citation on a page."""
    return names.anchor(citation.key or f"{citation.document}:{citation.line}")
