"""The pages of an earlier run, as those of this one ask for them."""

from collections.abc import Callable, Iterable
from typing import Protocol

from monitor.report.sheets import Sheets


class Earlier(Protocol):
    """The pages of an earlier run."""

    def made_of(self, sheets: Sheets, look: str, /) -> bool:
        """Tell whether pages of sources and hosts look so, show the sheets kept of it, and are all there."""
        ...

    def keep_others(self, beginnings: Iterable[str], touched: Callable[[str], bool], /) -> None:
        """Let pages of sources and hosts stand; an address that is touched begins as one of `beginnings`."""
        ...

    def keep_sheets(self, sheets: Sheets, look: str, /) -> None:
        """Keep the sheets that the pages show now."""
        ...

    def stands(self, address: str, key: str, /) -> bool:
        """Tell whether a page of this address and key is there; the key names what it shows."""
        ...

    def text(self, address: str, /) -> str:
        """Return a page; "" where there is none."""
        ...


class _Nothing:
    """A site that is written for the first time."""

    def made_of(self, _sheets: Sheets, _look: str, /) -> bool:
        """Say that no pages are there."""
        return False

    def keep_others(self, _beginnings: Iterable[str], _touched: Callable[[str], bool], /) -> None:
        """Keep nothing."""

    def keep_sheets(self, _sheets: Sheets, _look: str, /) -> None:
        """Keep nothing."""

    def stands(self, _address: str, _key: str, /) -> bool:
        """Say that it is not there."""
        return False

    def text(self, _address: str, /) -> str:
        """Return nothing."""
        return ""


NOTHING = _Nothing()
