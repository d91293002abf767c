"""Captures: asked in order of risk, never twice, and not further than the archive takes."""

import json
from datetime import UTC, datetime

import pytest

from monitor.model.citation import Citation, Extraction, with_keys
from monitor.model.document import Span
from monitor.model.run import DocumentSummary, Run
from monitor.model.snapshot import Capture, CaptureRefusal, CaptureState
from monitor.model.source import Source
from monitor.model.values import replaced
from monitor.run.capture import capture
from monitor.store.sql_store import open_store

NOW = datetime(2026, 11, 21, tzinfo=UTC)


class Asked:
    """An archive that notes what it is asked."""

    name = "wayback"

    def __init__(self, *refusals: CaptureRefusal | None) -> None:
        self.refusals = list(refusals)
        self.captured: list[str] = []
        self.followed: list[str] = []

    async def capture(self, source: Source, now: datetime) -> Capture:
        self.captured.append(source.url)
        refusal = self.refusals.pop(0) if self.refusals else None
        state = CaptureState.REFUSED if refusal else CaptureState.PENDING
        return Capture(
            source=source.canonical_url, url=source.url, archive=self.name, state=state,
            requested_at=now, updated_at=now, refusal=refusal,
        )  # fmt: skip

    async def follow(self, line: Capture, now: datetime) -> Capture:
        self.followed.append(line.url)
        return replaced(line, state=CaptureState.SAVED, updated_at=now)


def source(name: str) -> Source:
    return Source(f"https://example.org/{name}", f"https://example.org/{name}")


@pytest.fixture
async def store():
    made = await open_store("sqlite:///:memory:", lambda: NOW)
    run = Run(id="r", started_at=NOW, now=NOW)
    await made.begin(run)
    span = Span(0, 1, 1, 1, 0, 1)
    citations = with_keys(Citation(document="d.md", span=span, url=source(n).url) for n in "abcd")
    summary = DocumentSummary(path="d.md", format="markdown", title=None, citations=4)
    await made.put_documents(
        run, [(summary, Extraction(document="d.md", format="markdown", citations=citations))]
    )
    yield made
    await made.close()


async def test_each_source_is_asked_once_and_followed_later(store):
    archive = Asked()
    await capture(store, archive, [source("a"), source("b")], NOW)
    assert archive.captured == ["https://example.org/a", "https://example.org/b"]
    await capture(store, archive, [source("a"), source("b"), source("c")], NOW)
    assert archive.captured[2:] == ["https://example.org/c"]
    assert sorted(archive.followed) == ["https://example.org/a", "https://example.org/b"]


@pytest.mark.parametrize(
    "refusal",
    [CaptureRefusal.NO_KEYS, CaptureRefusal.BAD_KEYS, CaptureRefusal.DAY_SPENT, CaptureRefusal.STOPPED],
)
async def test_where_the_archive_takes_no_more_nothing_more_is_asked(store, refusal):
    archive = Asked(None, refusal)
    touched = await capture(store, archive, [source(name) for name in "abcd"], NOW)
    assert archive.captured == ["https://example.org/a", "https://example.org/b"]
    assert [one.state for one in touched] == [CaptureState.PENDING, CaptureState.REFUSED]


async def test_a_refusal_of_one_source_does_not_end_the_night(store):
    archive = Asked(CaptureRefusal.PERMANENT, None)
    await capture(store, archive, [source("a"), source("b")], NOW)
    assert len(archive.captured) == 2


def test_without_keys_a_check_says_what_is_missing(monitor, servers, tmp_path):
    (tmp_path / "list.md").write_text(
        "- [RFC](https://www.rfc-editor.org/rfc/rfc7089). Accessed 3 January 2026.\n"
    )
    ended = monitor("check", "list.md", "--capture", "--now", "2026-11-21T03:00:00Z", "-f", "json", **servers)
    assert ended.code == 0
    (citation,) = json.loads(ended.out)["citations"]
    assert (citation["coverage"], citation["capture"]) == ("none", "refused")
