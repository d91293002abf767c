"""Where one link leads, as written."""

from msgspec import Struct


class LinkTarget(Struct, frozen=True, kw_only=True, gc=False):
    """One link: its target as meant, and the place in the document where it is written."""

    href: str
    start: int
    end: int
    label: str | None = None
