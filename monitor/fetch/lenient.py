"""A second look at a server whose framing the strict parser refuses.

aiohttp drops the whole answer when bytes follow a complete response (a 204 or 304 with a body, junk
behind Content-Length); browsers show the page. This reader takes one response from a fresh connection
and ignores what follows. It never accepts what browsers refuse or what is ambiguous: no status line,
contradicting lengths (RFC 9112 §6.3, §11.2); of broken chunks it keeps the whole ones before.
"""

import asyncio
import re
import ssl
from collections.abc import AsyncIterator

from monitor.fetch.causes import failure_of
from monitor.fetch.decode import BodyBuffer
from monitor.fetch.dial import HEAD_LIMIT, Dialler, OpenConnection, host_header
from monitor.fetch.interface import FetchFailure, FetchRequest, FetchResponse
from monitor.fetch.target import Target, location_of
from monitor.model.observation import Phase
from monitor.model.ports import Monotonic

_STATUS_LINE = re.compile(rb"HTTP/[0-9]\.[0-9] ([1-9][0-9]{2})(?: [^\r\n]*)?\r?\n")
_CHUNK = re.compile(rb"[ \t]*([0-9a-fA-F]{1,12})[ \t]*(?:;[^\r\n]*)?\r?\n")
_HEADERS = tuple[tuple[str, bytes], ...]


async def lenient_fetch(
    request: FetchRequest, target: Target, dialler: Dialler, context: ssl.SSLContext, monotonic: Monotonic
) -> FetchResponse | FetchFailure:
    """Send one request on a fresh connection and read one response, forgiving what follows it."""
    started = monotonic()
    writer: asyncio.StreamWriter | None = None
    try:
        async with asyncio.timeout(request.timeout_s):
            line = await dialler.dial(request, target, context)
            writer = line.writer
            writer.write(_request_bytes(request, target, line))
            await writer.drain()
            status, headers = await _read_head(line.reader)
            body, failure, truncated = await _read_body(line.reader, request, status, headers)
    except _BadHttpError as error:
        cause = "bad-chunking" if isinstance(error, _BadChunksError) else "bad-http"
        return FetchFailure(phase=Phase.HTTP, cause=cause, detail=str(error))
    except (OSError, ValueError, asyncio.IncompleteReadError) as error:
        return failure_of(error, secure=target.scheme == "https")
    finally:
        if writer is not None:
            writer.close()
    location = next((value for name, value in headers if name == "location"), None)
    return FetchResponse(
        url=request.url,
        status=status,
        headers=tuple((name, value.decode("latin-1")) for name, value in headers),
        location=None if location is None else location_of(location),
        body=body,
        truncated=truncated,
        body_failure=failure,
        duration_s=monotonic() - started,
    )


class _BadHttpError(Exception):
    """The answer is not HTTP that anybody could read."""


def _request_bytes(request: FetchRequest, target: Target, line: OpenConnection) -> bytes:
    lines = [f"{request.method} {line.form} HTTP/1.1", f"Host: {host_header(target)}", "Connection: close"]
    lines += [*line.headers, *(f"{key}: {value}" for key, value in request.headers.items())]
    return "\r\n".join([*lines, "", ""]).encode("latin-1", "replace")


class _BadChunksError(_BadHttpError):
    """Chunks that are none, before anything of a page came."""


async def _read_head(reader: asyncio.StreamReader) -> tuple[int, _HEADERS]:
    """Return status and headers of the first response that is not an interim one."""
    while True:
        line = await _line(reader)
        match = _STATUS_LINE.fullmatch(line)
        if match is None:
            raise _BadHttpError("no status line" if line else "nothing came")
        headers = []
        size = 0
        while (line := await _line(reader)).strip():
            size += len(line)
            name, colon, value = line.partition(b":")
            if not colon or size > HEAD_LIMIT:
                raise _BadHttpError("a header line without a colon, or too many")
            headers.append((name.strip().decode("latin-1").lower(), value.strip()))
        status = int(match[1])
        if not 100 <= status < 200:
            return status, tuple(headers)


async def _line(reader: asyncio.StreamReader) -> bytes:
    try:
        return await reader.readline()
    except ValueError as error:
        raise _BadHttpError("a header line too long") from error


async def _read_body(
    reader: asyncio.StreamReader, request: FetchRequest, status: int, headers: _HEADERS
) -> tuple[bytes, FetchFailure | None, bool]:
    lengths = {value for name, value in headers if name == "content-length"}
    chunked = any(name == "transfer-encoding" and b"chunked" in value.lower() for name, value in headers)
    if len(lengths) > 1 or (lengths and chunked):
        raise _BadHttpError("contradicting lengths")
    if status in (204, 304) or request.method == "HEAD":
        return b"", None, False
    if chunked:
        return await _read_chunks(reader, request, headers)
    text = next(iter(lengths), b"")
    if text and not text.isdigit():
        raise _BadHttpError("a length that is no number")
    left = int(text) if text else request.max_body_bytes + 1
    plain = {name: value.decode("latin-1") for name, value in headers}
    buffer = BodyBuffer(plain.get("content-encoding"), plain.get("content-type"), request.max_body_bytes)
    failure: FetchFailure | None = None
    try:
        while left > 0 and not buffer.full:
            piece = await reader.read(min(left, 65536))
            if not piece:
                if text:
                    failure = FetchFailure(phase=Phase.BODY, cause="body-incomplete")
                break
            left -= len(piece)
            buffer.add(piece)
    except OSError as error:
        failure = FetchFailure(phase=Phase.BODY, cause="body-incomplete", detail=str(error)[:200])
    return buffer.body(), failure, buffer.truncated


async def _read_chunks(
    reader: asyncio.StreamReader, request: FetchRequest, headers: _HEADERS
) -> tuple[bytes, FetchFailure | None, bool]:
    """Read chunks as far as they are such (RFC 9112 §7.1); raises _BadChunksError where not one is."""
    plain = {name: value.decode("latin-1") for name, value in headers}
    buffer = BodyBuffer(plain.get("content-encoding"), plain.get("content-type"), request.max_body_bytes)
    failure: FetchFailure | None = None
    try:
        async for piece in _chunks(reader):
            buffer.add(piece)
            if buffer.full:
                break
    except (_BadChunksError, OSError) as error:
        if not buffer.body():
            raise
        failure = FetchFailure(phase=Phase.BODY, cause="body-incomplete", detail=str(error)[:200])
    return buffer.body(), failure, buffer.truncated


async def _chunks(reader: asyncio.StreamReader) -> AsyncIterator[bytes]:
    """Yield what the chunks hold, piece by piece."""
    while True:
        head = _CHUNK.fullmatch(await _line(reader))
        if head is None:
            raise _BadChunksError("a chunk without a length")
        left = int(head[1], 16)
        if not left:
            return
        while left:
            piece = await reader.read(min(left, 65536))
            if not piece:
                raise _BadChunksError("a chunk shorter than said")
            left -= len(piece)
            yield piece
        if (await _line(reader)).strip():
            raise _BadChunksError("a chunk longer than said")
