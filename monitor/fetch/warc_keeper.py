"""Local keeping: what the checker itself fetched, as WARC files that pywb and others replay.

For sources no archive will take. A wrapper around the transport: what passes is written (ISO 28500,
WARC 1.0) if it is new; an unchanged page is not written again, so that the folder grows with
changes, not with nights.
"""

import asyncio
import hashlib
import io
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from monitor.errors import UsageError
from monitor.fetch.interface import Fetcher, FetchFailure, FetchRequest, FetchResponse, NameLookup
from monitor.model.ports import Clock

MAX_FILE_BYTES = 1_000_000_000
"""The usual size of a WARC file; a new one is begun after it."""
MEMORY = "kept"
"""The name under which the store remembers what was written."""

_HOP_BY_HOP = ("content-encoding", "transfer-encoding", "content-length", "connection", "keep-alive")


class KeptMemory(Protocol):
    """Remembers across runs what is kept already; the store implements it."""

    async def recall(self, archive: str, question: str) -> tuple[str, datetime] | None:
        """Return what was remembered and when, or None."""
        ...

    async def remember(self, archive: str, question: str, answer: str, at: datetime) -> None:
        """Remember an answer."""
        ...


class KeepingFetcher:
    """A Fetcher that keeps a copy of every answer that has a page or leads to one.

    Raises UsageError on construction if the folder cannot be written to.
    """

    def __init__(
        self,
        inner: Fetcher,
        folder: Path,
        memory: KeptMemory,
        clock: Clock,
        *,
        software: str = "citation-monitor",
    ) -> None:
        self._inner = inner
        self._memory = memory
        self._clock = clock
        self._files = _Files(folder, software)
        self._writing = asyncio.Lock()

    async def fetch(self, request: FetchRequest) -> FetchResponse | FetchFailure:
        """Send one request and keep its answer; see `Fetcher`."""
        answer = await self._inner.fetch(request)
        if isinstance(answer, FetchResponse) and request.method == "GET" and _worth_keeping(answer):
            await self._keep(answer)
        return answer

    async def lookup(self, host: str) -> FetchFailure | None:
        """Say whether a name has an address, where the wrapped transport can; see `NameLookup`."""
        return await self._inner.lookup(host) if isinstance(self._inner, NameLookup) else None

    async def close(self) -> None:
        """Finish the file and close the wrapped transport."""
        async with self._writing:
            await asyncio.to_thread(self._files.close)
        await self._inner.close()

    async def _keep(self, answer: FetchResponse) -> None:
        mark = f"{answer.status} {answer.location} {hashlib.sha256(answer.body).hexdigest()}"
        question = json.dumps(["kept", answer.url])
        async with self._writing:
            known = await self._memory.recall(MEMORY, question)
            if known is not None and known[0] == mark:
                return
            now = self._clock()
            await asyncio.to_thread(self._files.write, answer, now)
            await self._memory.remember(MEMORY, question, mark, now)


class _Files:
    """The WARC files of one folder. Blocking; one caller at a time."""

    def __init__(self, folder: Path, software: str) -> None:
        self._folder = folder
        self._software = software
        self._stream: BinaryIO | None = None
        self._warc = _warcio()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            probe = folder / ".writable"
            probe.write_bytes(b"")
            probe.unlink()
        except OSError as error:
            raise UsageError(f"{folder}: kept pages cannot be written there: {error}") from error

    def write(self, answer: FetchResponse, now: datetime) -> None:
        """Append one response record."""
        stream = self._opened(now)
        writer = self._warc.warcwriter.WARCWriter(stream, gzip=True)
        headers = [(name, value) for name, value in answer.headers if name not in _HOP_BY_HOP]
        headers.append(("content-length", str(len(answer.body))))
        http = self._warc.statusandheaders.StatusAndHeaders(
            f"{answer.status} Kept", headers, protocol="HTTP/1.1"
        )
        facts: Mapping[str, str] = {"WARC-Date": f"{now.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"}
        if answer.truncated:
            facts = {**facts, "WARC-Truncated": "length"}
        payload = io.BytesIO(answer.body)
        record = writer.create_warc_record(
            answer.url, "response", payload, http_headers=http, warc_headers_dict=dict(facts)
        )
        writer.write_record(record)
        stream.flush()
        if stream.tell() > MAX_FILE_BYTES:
            self.close()

    def close(self) -> None:
        """Finish the present file; the next page begins another."""
        if self._stream is not None:
            self._stream.close()
            self._stream = None

    def _opened(self, now: datetime) -> BinaryIO:
        if self._stream is None:
            number = 0
            while True:
                name = f"{self._software}-{now.astimezone(UTC):%Y%m%d%H%M%S}-{number:05}.warc.gz"
                try:
                    self._stream = (self._folder / name).open("xb")
                    break
                except FileExistsError:
                    number += 1
            writer = self._warc.warcwriter.WARCWriter(self._stream, gzip=True)
            writer.write_record(writer.create_warcinfo_record(name, {"software": self._software}))
        return self._stream


def _warcio() -> Any:
    """Return the WARC library, which only those need who keep pages."""
    try:
        import_module("warcio.warcwriter")
        return import_module("warcio")
    except ImportError as error:
        raise UsageError("archive.keep needs the WARC library: pip install warcio") from error


def _worth_keeping(answer: FetchResponse) -> bool:
    """Tell whether an answer is a page, or a redirect on the way to one."""
    if answer.status in (301, 302, 303, 307, 308):
        return answer.location is not None
    return answer.status in (200, 203, 206) and bool(answer.body) and answer.body_failure is None
