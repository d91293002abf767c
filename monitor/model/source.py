"""A cited web resource; many citations, one source."""

from msgspec import Struct

from monitor.model.urls import host_key


class Source(Struct, frozen=True, gc=False):
    """The web resource that citations share.

    `canonical_url` is its identity; `url` the spelling as cited first, which is what is requested.
    """

    canonical_url: str
    url: str

    @property
    def host_key(self) -> str:
        """Return the unit of politeness."""
        return host_key(self.url)
