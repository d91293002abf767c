"""Where one link leads, as written."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkTarget:
    """One link: its target as meant, and the place in the document where it is written."""

    href: str
    start: int
    end: int
    label: str | None = None
