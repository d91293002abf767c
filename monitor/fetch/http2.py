"""One request over HTTP/2, for servers that speak nothing else (RFC 9113), by h2 as the protocol.

Everything else is asked over HTTP/1.1: HTTP/2 gains nothing where each host gets one request at a time.
"""

import asyncio
import ssl
from collections.abc import Iterator
from dataclasses import dataclass, field

from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.events import ConnectionTerminated, DataReceived, Event, ResponseReceived, StreamEnded, StreamReset
from h2.exceptions import ProtocolError

from monitor.fetch.causes import failure_of
from monitor.fetch.decode import BodyBuffer
from monitor.fetch.dial import Dialler, host_header
from monitor.fetch.interface import FetchFailure, FetchRequest, FetchResponse
from monitor.fetch.target import Target, location_of
from monitor.model.observation import Phase
from monitor.model.ports import Monotonic

NOT_SPOKEN = "http2-not-spoken"
"""The cause where a server does not choose HTTP/2: nothing is learnt, the first answer stands."""

_OF_ONE_HOP = frozenset({"host", "connection", "keep-alive", "transfer-encoding", "upgrade", "te"})
_READ = 65_536


@dataclass(slots=True)
class _Exchange:
    """What came so far of the one response."""

    buffer: BodyBuffer | None = None
    status: int = 0
    headers: tuple[tuple[str, str], ...] = ()
    location: bytes | None = None
    ended: bool = False
    fault: str | None = None
    acknowledged: list[tuple[int, int]] = field(default_factory=list)

    def take(self, event: Event, cap: int) -> None:
        """Take one event of the connection."""
        match event:
            case ResponseReceived(headers=headers):
                pairs = [(_text(name), bytes(value)) for name, value in headers or ()]
                by_name = dict(reversed(pairs))
                self.status = int(by_name.get(":status", b"0"))
                self.location = by_name.get("location")
                kept = [(name, value) for name, value in pairs if not name.startswith(":")]
                self.headers = tuple((name, value.decode("latin-1")) for name, value in kept)
                plain = dict(reversed(self.headers))
                self.buffer = BodyBuffer(plain.get("content-encoding"), plain.get("content-type"), cap)
            case DataReceived(data=data, stream_id=stream, flow_controlled_length=length):
                if self.buffer is not None and data and not self.buffer.full:
                    self.buffer.add(data)
                if stream and length:
                    self.acknowledged.append((length, stream))
            case StreamEnded():
                self.ended = True
            case StreamReset() | ConnectionTerminated():
                self.fault = type(event).__name__
            case _:
                pass

    @property
    def done(self) -> bool:
        """Tell whether nothing more is wanted or will come."""
        return self.ended or self.fault is not None or (self.buffer is not None and self.buffer.full)


async def http2_fetch(
    request: FetchRequest, target: Target, dialler: Dialler, context: ssl.SSLContext, monotonic: Monotonic
) -> FetchResponse | FetchFailure:
    """Send one GET over HTTP/2 on a fresh connection; `context` offers h2 by ALPN (RFC 7301)."""
    started = monotonic()
    exchange = _Exchange()
    writer: asyncio.StreamWriter | None = None
    broken: FetchFailure | None = None
    try:
        async with asyncio.timeout(request.timeout_s):
            line = await dialler.dial(request, target, context)
            writer = line.writer
            secured = writer.get_extra_info("ssl_object")
            if secured is None or secured.selected_alpn_protocol() != "h2":
                return FetchFailure(phase=Phase.HTTP, cause=NOT_SPOKEN)
            await _converse(request, target, line.reader, writer, exchange)
    except TimeoutError as error:
        broken = failure_of(error, secure=True)
    except ProtocolError as error:
        broken = FetchFailure(phase=Phase.HTTP, cause="bad-http", detail=str(error)[:200])
    except (OSError, ValueError) as error:
        broken = failure_of(error, secure=True)
    finally:
        if writer is not None:
            writer.close()
    if exchange.buffer is None:
        return broken or FetchFailure(phase=Phase.HTTP, cause="disconnected", detail=exchange.fault or "")
    buffer = exchange.buffer
    if broken is None and not exchange.done:
        broken = FetchFailure(phase=Phase.BODY, cause="body-incomplete")
    elif broken is not None or exchange.fault is not None:
        broken = FetchFailure(phase=Phase.BODY, cause="body-incomplete", detail=exchange.fault or "")
    return FetchResponse(
        url=request.url,
        status=exchange.status,
        headers=exchange.headers,
        location=None if exchange.location is None else location_of(exchange.location),
        body=buffer.body(),
        truncated=buffer.truncated,
        unfinished=buffer.unfinished,
        body_failure=broken,
        duration_s=monotonic() - started,
    )


async def _converse(
    request: FetchRequest,
    target: Target,
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
    exchange: _Exchange,
) -> None:
    """Send the request and read until the response ends, breaks off or is more than wanted."""
    link = H2Connection(H2Configuration(header_encoding=False))
    link.initiate_connection()
    link.send_headers(1, list(_headers(request, target)), end_stream=True)
    while not exchange.done:
        if out := link.data_to_send():
            writer.write(out)
            await writer.drain()
        if not (data := await reader.read(_READ)):
            return
        for event in link.receive_data(data):
            exchange.take(event, request.max_body_bytes)
        while exchange.acknowledged and not exchange.done:
            link.acknowledge_received_data(*exchange.acknowledged.pop())


def _text(name: bytes | str) -> str:
    return (name if isinstance(name, str) else name.decode("latin-1")).lower()


def _headers(request: FetchRequest, target: Target) -> Iterator[tuple[str, str]]:
    yield ":method", request.method
    yield ":scheme", target.scheme
    yield ":authority", host_header(target)
    yield ":path", target.path
    for name, value in request.headers.items():
        if name.lower() not in _OF_ONE_HOP:
            yield name.lower(), value
