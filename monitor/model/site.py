"""What links without a host mean: which file of a site's sources, or which page of it once it is published.

Files are written `file:guide/setup.md#install`, from the working directory, as documents are. Pure: nobody
looks whether they are there (`check/local.py` does).
"""

import posixpath
import re
from enum import StrEnum
from urllib.parse import quote, unquote, urljoin, urlsplit

from msgspec import Struct

SCHEME = "file:"
NO_FILE, OTHER_CASE, OUTSIDE, NOT_ASKED = (
    "no-such-file",
    "other-case",
    "outside-the-folder",
    "files-not-asked-for",
)
"""Causes of an observation of a local file: not there, spelt otherwise, out of the site, not looked for."""
SPELT, NEAREST = "spelt", "nearest-place"
"""Kinds of its evidence: how the file is spelt on disk; the place that is most like the one named."""
_KEPT = "/~!$&'()*+,;=:@"
# {{ page.url }}, {% link … %}, ${x}, <%= … %>: a program fills these in.
_TEMPLATE = re.compile(r"\{\{|\{%|\$\{|<%|\{\w*\}")
_SCHEMED = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")


class Nowhere(StrEnum):
    """Why a link names no file that could be looked for."""

    TEMPLATE = "a template fills in where it leads"
    ROOT = "it starts at the site's root: give --root-dir or --base-url"


def is_local(url: str) -> bool:
    """Tell whether an address names a file of the site's sources; `file://` is a reader's own disk."""
    return url.startswith(SCHEME) and not url.startswith("//", len(SCHEME))


def local_path(url: str) -> str:
    """Return the path of a local address, from the working directory, without its fragment."""
    return unquote(url.removeprefix(SCHEME).partition("#")[0])


def local_url(path: str, fragment: str = "") -> str:
    """Return the address of a file; a trailing slash is kept."""
    escaped = "".join(char if ord(char) > 0x7F else quote(char, safe=_KEPT) for char in path)
    return f"{SCHEME}{escaped}" + (f"#{fragment}" if fragment else "")


class Site(Struct, frozen=True, gc=False):
    """Where a site's root lies: `root` is a folder, `base_url` the address it is published at."""

    root: str | None = None
    base_url: str | None = None

    def resolve(self, document: str, href: str, *, base: str | None = None) -> str | Nowhere | None:
        """Return what a link of a document leads to; None where it leads to the web, or nowhere by design.

        `document` is its path, or the address it was fetched from; `base` what the page itself says its
        links start from. An address of the site itself is one of its files, if its root is known.
        """
        href = href.strip()
        if not href or href == "#":
            return None
        if _TEMPLATE.search(href):
            return Nowhere.TEMPLATE
        if _SCHEMED.match(document):
            return None if _SCHEMED.match(href) else urljoin(document, href)
        if base and not href.startswith("#"):
            href = urljoin(base, href)
        if _SCHEMED.match(href):
            return self._own(href)
        path, fragment = _parted(href)
        if path.startswith("/"):
            if self.root is not None:
                return self._file(self.root, path.lstrip("/"), fragment)
            return urljoin(self.base_url, href) if self.base_url else Nowhere.ROOT
        if not path:
            return local_url(document, fragment)
        return self._file(posixpath.dirname(document), path, fragment)

    def _own(self, href: str) -> str | None:
        """Return the file of an address of the site itself; None for others."""
        if self.root is None or not self.base_url:
            return None
        prefix = self.base_url.rstrip("/") + "/"
        if not (href + "/").startswith(prefix) or urlsplit(href).query:
            return None
        path, fragment = _parted(href.removeprefix(prefix.rstrip("/")).lstrip("/"))
        return self._file(self.root, path, fragment)

    @staticmethod
    def _file(folder: str, path: str, fragment: str) -> str:
        whole = posixpath.normpath(posixpath.join(folder, unquote(path)))
        slash = "/" if path.endswith("/") and whole != "/" else ""
        return local_url(whole + slash, fragment)


def _parted(href: str) -> tuple[str, str]:
    """Return path and fragment of a link; a query asks a file nothing."""
    rest, _, fragment = href.partition("#")
    return rest.partition("?")[0], fragment
