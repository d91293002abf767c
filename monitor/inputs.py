"""What a command is given to read besides files: standard input, addresses, and lists of all these.

Such documents are kept in a temporary folder for the time of the command and shown under the name they
came by; nothing is ever edited in them.
"""

import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import urlsplit

from monitor.config import DocumentRule
from monitor.errors import IncompleteError, UsageError

if TYPE_CHECKING:
    from monitor.check.interface import PageReader

MAX_BYTES = 64 * 2**20
STDIN = "-"
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
    """Tell files, addresses and "-" apart; `lists` are files (or "-") that name one a line, # comments."""
    named = [*words, *(line for one in lists for line in _listed(one))]
    plain = [word for word in named if word != STDIN and not _ADDRESS.match(word)]
    return Inputs(
        paths=tuple(Path(word) for word in plain),
        addresses=tuple(dict.fromkeys(word for word in named if _ADDRESS.match(word))),
        stdin=STDIN in named,
    )


def _listed(file: str) -> Iterator[str]:
    try:
        text = sys.stdin.read() if file == STDIN else Path(file).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"--files-from {file}: cannot be read: {error}") from error
    yield from (
        line.strip() for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")
    )


@contextmanager
def scratch() -> Iterator[Path]:
    """Give a folder for documents that are no files; it is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="citation-monitor-") as folder:
        yield Path(folder)


def from_stdin(
    folder: Path, name: str | None, kind: str | None, stream: BinaryIO | None = None
) -> DocumentRule:
    """Keep what standard input holds; `name` tells its format by its ending, as a file's would."""
    data = (stream or sys.stdin.buffer).read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise UsageError(f"standard input holds more than {MAX_BYTES // 2**20} MB; give a file")
    called = name or "standard input"
    return _kept(folder, called, Path(name).suffix if name else "", data, kind=kind)


async def from_address(folder: Path, url: str, reader: "PageReader", kind: str | None) -> DocumentRule:
    """Fetch a page to be read as a document; IncompleteError where it does not answer with one."""
    from monitor.fetch.interface import FetchResponse

    answer = await reader.read(url)
    if not isinstance(answer, FetchResponse):
        raise IncompleteError(f"{url}: could not be read: {answer.cause}; try again, or save it as a file")
    if answer.status != 200:
        raise IncompleteError(f"{url}: answered {answer.status}; check the address, or save it as a file")
    content, _, parameters = (answer.header("content-type") or "").partition(";")
    ending = PurePosixPath(urlsplit(url).path).suffix
    # A script's address (page.php) says nothing of what it answers.
    served = _ENDINGS.get(content.strip().lower())
    data = answer.body
    if charset := re.search(r"charset\s*=\s*[\"']?([\w-]+)", parameters):
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
