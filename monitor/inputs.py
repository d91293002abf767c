"""What a command is given to read besides files: standard input, addresses, and lists of all these.

Such documents are kept in a temporary folder for the time of the command and shown under the name they
came by; nothing is ever edited in them.
"""

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import urlsplit

from monitor.config import DocumentRule
from monitor.errors import IncompleteError, UsageError

if TYPE_CHECKING:
    from monitor.check.interface import PageReader
    from monitor.fetch.interface import FetchFailure, FetchResponse
    from monitor.model.ports import Progress
    from monitor.site_pages import SiteReader

MAX_BYTES = 64 * 2**20
STDIN = "-"
GONE = (404, 410)
"""How a page answers that is no page any more."""
_LIST_ENDING = ".urls"
"""What files are called that list addresses, one a line."""
_ADDRESS = re.compile(r"https?://[^\s/]", re.IGNORECASE)
_ENDINGS = {
    "text/html": ".html", "application/xhtml+xml": ".html", "text/markdown": ".md", "text/plain": ".txt",
    "application/pdf": ".pdf", "application/json": ".json", "text/x-wiki": ".wiki",
    "application/epub+zip": ".epub",
    "application/xml": ".xml", "text/xml": ".xml", "application/rss+xml": ".rss",
    "application/atom+xml": ".atom",
}  # fmt: skip
"""What a page served under an address without an ending of its own is read as."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """What was named: `paths` are files, folders and patterns; `stdin` tells whether "-" was among them."""

    paths: tuple[Path, ...] = ()
    addresses: tuple[str, ...] = ()
    stdin: bool = False

    @property
    def any(self) -> bool:
        """Tell whether anything was named at all."""
        return bool(self.paths or self.addresses or self.stdin)


def sort_out(words: Sequence[str], lists: Sequence[str] = ()) -> Inputs:
    """Tell files, addresses and "-" apart; `lists` are files (or "-") that name one a line, # comments.

    So are files named `*.urls`.
    """
    every = [*lists, *(word for word in words if _is_list(word))]
    plainly = (word for word in words if not _is_list(word))
    named = [*plainly, *(line for one in every for line in _listed(one))]
    plain = [word for word in named if word != STDIN and not _ADDRESS.match(word)]
    return Inputs(
        paths=tuple(Path(word) for word in plain),
        addresses=tuple(dict.fromkeys(word for word in named if _ADDRESS.match(word))),
        stdin=STDIN in named,
    )


def _is_list(word: str) -> bool:
    return word.lower().endswith(_LIST_ENDING) and not _ADDRESS.match(word)


def _listed(file: str) -> Iterator[str]:
    try:
        text = sys.stdin.read() if file == STDIN else Path(file).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{file}: cannot be read as a list: {error}") from error
    yield from (
        line.strip() for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")
    )


def from_stdin(
    folder: Path, name: str | None, kind: str | None, stream: BinaryIO | None = None
) -> DocumentRule:
    """Keep what standard input holds; `name` tells its format by its ending, as a file's would."""
    data = (stream or sys.stdin.buffer).read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise UsageError(f"standard input holds more than {MAX_BYTES // 2**20} MB; give a file")
    called = name or "standard input"
    return _kept(folder, called, Path(name).suffix if name else "", data, kind=kind)


@dataclass(frozen=True, slots=True)
class Fetched:
    """The pages of a site as documents; `unread` says, by address, why some of them could not be read."""

    rules: list[DocumentRule] = field(default_factory=list)
    unread: dict[str, str] = field(default_factory=dict)


async def from_address(
    folder: Path, url: str, reader: "PageReader", kind: str | None, progress: "Progress"
) -> DocumentRule:
    """Fetch a page to be read as a document; IncompleteError where it does not answer with one.

    A wiki's page is read as its own wikitext, so that edits are shown in it.
    """
    from monitor.fetch.interface import FetchResponse
    from monitor.site_pages import said_if_cut, wikitext_address

    answer = await reader.read(url)
    if (fault := page_fault(answer)) is not None or not isinstance(answer, FetchResponse):
        raise IncompleteError(f"{url}: {fault}; check the address, or save it as a file")
    if kind is None and (source := wikitext_address(answer)) is not None:
        raw = await reader.read(source)
        if isinstance(raw, FetchResponse) and page_fault(raw) is None and "html" not in _media(raw):
            said_if_cut(url, raw, progress.note)
            return _kept(folder, url, ".wiki", raw.body, kind="wikitext", url=url)
    said_if_cut(url, answer, progress.note)
    return _page(folder, url, answer, kind)


async def from_site(
    folder: Path, start: str, reader: "SiteReader", most: int, progress: "Progress"
) -> Fetched:
    """Fetch the pages of a site to be read as documents; those gone or not allowed are said, and left out."""
    from monitor.fetch.interface import FetchResponse
    from monitor.site_pages import NOT_ALLOWED, said_if_cut, site_pages

    found = Fetched()
    asked = 0
    progress.stage("fetching")
    async for page in site_pages(start, reader, most, progress.note, progress.expect):
        asked += 1
        progress.advance()
        answer = page.answer
        fault = page_fault(answer)
        if fault is None and isinstance(answer, FetchResponse):
            said_if_cut(page.url, answer, progress.note)
            found.rules.append(_page(folder, page.url, answer, None))
        elif answer.status in GONE if isinstance(answer, FetchResponse) else answer.cause == NOT_ALLOWED:
            progress.note(f"{page.url}: {fault}")
        else:
            found.unread[page.url] = f"{page.url}: {fault}"
    if not found.rules:
        raise IncompleteError(f"{start}: none of its pages could be read; see the lines above")
    if asked >= most:
        progress.note(f"{start}: {most} pages were asked for; a higher --max-pages (max_pages) reads more")
    return found


def page_fault(answer: "FetchResponse | FetchFailure") -> str | None:
    """Say why an answer is no page to be read, or None."""
    from monitor.fetch.interface import FetchFailure

    broken = answer if isinstance(answer, FetchFailure) else answer.body_failure
    if broken is not None:
        return f"could not be read: {broken.detail or broken.cause}"
    return None if isinstance(answer, FetchFailure) or answer.status == 200 else f"answered {answer.status}"


def _media(answer: "FetchResponse") -> str:
    return (answer.header("content-type") or "").partition(";")[0].strip().lower()


def _page(folder: Path, url: str, answer: "FetchResponse", kind: str | None) -> DocumentRule:
    ending = PurePosixPath(urlsplit(url).path).suffix
    # A script's address (page.php) says nothing of what it answers.
    served = _ENDINGS.get(_media(answer))
    data = answer.body
    charset = re.search(r"charset\s*=\s*[\"']?([\w-]+)", answer.header("content-type") or "")
    if charset:
        data = _as_utf8(data, charset[1])
    return _kept(folder, url, served or ending, data, kind=kind, url=url)


def _as_utf8(data: bytes, charset: str) -> bytes:
    """Return text in UTF-8; the header's word on its encoding is lost with the header."""
    try:
        return data.decode(charset).encode("utf-8")
    except (LookupError, UnicodeDecodeError):
        return data


def _kept(
    folder: Path, called: str, ending: str, data: bytes, *, kind: str | None, url: str | None = None
) -> DocumentRule:
    safe = ending if re.fullmatch(r"\.[\w.]{1,16}", ending) else ""
    path = folder / f"{len(list(folder.iterdir()))}{safe}"
    path.write_bytes(data)
    return DocumentRule(path=str(path), url=url, format=kind, called=called)
