"""A second look at a server whose framing the strict parser refuses.

aiohttp drops the whole answer when bytes follow a complete response (a 204 or 304 with a body, junk
behind Content-Length); browsers show the page. This reader takes one response from a fresh connection
and ignores what follows. It never accepts what browsers refuse or what is ambiguous: no status line,
contradicting lengths, bad chunks (RFC 9112 §6.3, §11.2).
"""

import asyncio
import re
import ssl

from monitor.fetch.causes import failure_of
from monitor.fetch.decode import BodyBuffer
from monitor.fetch.interface import FetchFailure, FetchRequest, FetchResponse
from monitor.fetch.resolver import Names
from monitor.fetch.target import Target, location_of
from monitor.model.observation import Phase
from monitor.model.ports import Monotonic

_STATUS_LINE = re.compile(rb"HTTP/[0-9]\.[0-9] ([1-9][0-9]{2})(?: [^\r\n]*)?\r?\n")
_HEAD_LIMIT = 262_144
_HEADERS = tuple[tuple[str, bytes], ...]


async def lenient_fetch(
    request: FetchRequest, target: Target, names: Names, context: ssl.SSLContext, monotonic: Monotonic
) -> FetchResponse | FetchFailure:
    """Send one request on a fresh connection and read one response, forgiving what follows it."""
    started = monotonic()
    writer: asyncio.StreamWriter | None = None
    try:
        async with asyncio.timeout(request.timeout_s):
            reader, writer = await _connect(request, target, names, context)
            writer.write(_request_bytes(request, target))
            await writer.drain()
            status, headers = await _read_head(reader)
            body, failure, truncated = await _read_body(reader, request, status, headers)
    except _BadHttpError as error:
        return FetchFailure(phase=Phase.HTTP, cause="bad-http", detail=str(error))
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


async def _connect(
    request: FetchRequest, target: Target, names: Names, context: ssl.SSLContext
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    override = names.override(target.host, target.port)
    secure = target.scheme == "https"
    found = (
        [(target.host, target.port)]
        if override is None and ":" in target.host
        else await names.addresses(target.host, target.port)
    )
    async with asyncio.timeout(request.connect_timeout_s):
        return await asyncio.open_connection(
            found[0][0],
            found[0][1],
            ssl=context if secure else None,
            server_hostname=target.host if secure else None,
            limit=_HEAD_LIMIT,
        )


def _request_bytes(request: FetchRequest, target: Target) -> bytes:
    path = "/" + target.url.partition("://")[2].partition("/")[2]
    name = f"[{target.host}]" if ":" in target.host else target.host
    host = name if target.port in (80, 443) else f"{name}:{target.port}"
    lines = [f"{request.method} {path} HTTP/1.1", f"Host: {host}", "Connection: close"]
    lines += [f"{key}: {value}" for key, value in request.headers.items()]
    return "\r\n".join([*lines, "", ""]).encode("latin-1", "replace")


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
            if not colon or size > _HEAD_LIMIT:
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
        raise _BadHttpError("bad chunks")
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
