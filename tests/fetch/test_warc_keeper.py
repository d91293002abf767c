"""What the checker fetched is kept as WARC files others can read."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from monitor.errors import UsageError
from monitor.fetch.interface import FetchFailure, FetchRequest, FetchResponse
from monitor.fetch.warc_keeper import KeepingFetcher
from monitor.model.observation import Phase
from tests.support.archive_trial import Notebook

NOW = datetime(2026, 4, 5, 6, 7, 8, tzinfo=UTC)
PAGE = "http://mill.example.org/wheel"
HTML = (("content-type", "text/html; charset=utf-8"), ("content-encoding", "gzip"), ("etag", '"7"'))

# warcio leaves its spooled files to the garbage collector, which pytest would count as our leak.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


class Web:
    """A transport with one answer for each address."""

    def __init__(self, **_: object) -> None:
        self.answers: dict[str, FetchResponse | FetchFailure] = {}
        self.closed = False

    def serve(self, url: str, body: bytes = b"", status: int = 200, **more: object) -> None:
        self.answers[url] = FetchResponse(url=url, status=status, headers=HTML, body=body, **more)

    async def fetch(self, request: FetchRequest) -> FetchResponse | FetchFailure:
        return self.answers[request.url]

    async def close(self) -> None:
        self.closed = True


class Shelf:
    def __init__(self, folder: Path) -> None:
        self.web, self.folder, self.memory, self.now = Web(), folder, Notebook(), NOW

    async def visit(self, *urls: str, method: str = "GET") -> None:
        keeper = KeepingFetcher(self.web, self.folder, self.memory, lambda: self.now)
        for url in urls:
            answer = await keeper.fetch(FetchRequest(url=url, method=method))
            assert answer is self.web.answers[url]
        await keeper.close()
        self.now += timedelta(days=1)

    def records(self) -> list[tuple[str, str, str, bytes]]:
        found = []
        for path in sorted(self.folder.glob("*.warc.gz")):
            with path.open("rb") as stream:
                for record in ArchiveIterator(stream, check_digests=True):
                    if record.rec_type == "response":
                        url = record.rec_headers.get_header("WARC-Target-URI")
                        date = record.rec_headers.get_header("WARC-Date")
                        body = record.content_stream().read()
                        assert record.digest_checker.passed is not False
                        found.append((url, date, record.http_headers.get_statuscode(), body))
        return found


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "kept")


async def test_a_page_is_kept_as_it_reads_not_as_it_was_packed(shelf: Shelf) -> None:
    shelf.web.serve(PAGE, "<p>Das Mühlrad steht still.</p>".encode())
    await shelf.visit(PAGE)
    body = "<p>Das Mühlrad steht still.</p>".encode()
    assert shelf.records() == [(PAGE, "2026-04-05T06:07:08Z", "200", body)]
    assert shelf.web.closed


async def test_the_folder_grows_with_changes_not_with_nights(shelf: Shelf) -> None:
    for body in (b"first", b"first", b"first", b"second", b"first"):
        shelf.web.serve(PAGE, body)
        await shelf.visit(PAGE)
    assert [body for *_, body in shelf.records()] == [b"first", b"second", b"first"]
    assert len(list(shelf.folder.iterdir())) == 3


async def test_a_redirect_is_kept_so_that_the_way_can_be_replayed(shelf: Shelf) -> None:
    shelf.web.serve(PAGE, status=301, location="/new")
    shelf.web.serve("http://mill.example.org/new", b"here")
    await shelf.visit(PAGE, "http://mill.example.org/new")
    assert [(url, status) for url, _, status, _ in shelf.records()] == [
        (PAGE, "301"),
        ("http://mill.example.org/new", "200"),
    ]


async def test_failures_errors_and_broken_pages_are_passed_on_and_not_kept(shelf: Shelf) -> None:
    cut = FetchFailure(phase=Phase.BODY, cause="body-incomplete")
    shelf.web.serve("http://a.example/", b"gone", status=404)
    shelf.web.serve("http://b.example/", b"half a pa", body_failure=cut)
    shelf.web.serve("http://c.example/", b"")
    shelf.web.answers["http://d.example/"] = FetchFailure(phase=Phase.DNS, cause="dns-not-found")
    await shelf.visit("http://a.example/", "http://b.example/", "http://c.example/", "http://d.example/")
    assert list(shelf.folder.iterdir()) == []


async def test_nothing_is_kept_of_a_head(shelf: Shelf) -> None:
    shelf.web.serve(PAGE, b"x")
    await shelf.visit(PAGE, method="HEAD")
    assert shelf.records() == []


def test_a_folder_that_cannot_be_written_is_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(UsageError, match="cannot be written"):
        KeepingFetcher(Web(), tmp_path / "file" / "kept", Notebook(), lambda: NOW)
