"""Servers that speak HTTP/2: by the rules to those who offer it, in three ways to those who do not."""

import asyncio
import ssl

from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.events import RequestReceived, WindowUpdated

from tests.support.prose import page

SPOKEN = page("Only over HTTP/2", "The weir was built of oak in 1911.")
REFUSAL = b"Missing ALPN Protocol, expected `h2` to be available.\n"
"""What Node's server says to a client that offers no HTTP/2, beside the status 403."""


async def converse(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, log: list[dict[str, str]]
) -> None:
    """Answer requests over HTTP/2: `/page` with a page, `/big` with five megabytes, `/old` with a redirect,
    `/broken` with half a page, `/reset` with a reset, `/junk` with what is no frame."""
    link = H2Connection(H2Configuration(client_side=False, header_encoding="latin-1"))
    link.initiate_connection()
    waiting: dict[int, bytes] = {}
    while True:
        for stream, left in list(waiting.items()):
            room = min(link.local_flow_control_window(stream), link.max_outbound_frame_size, len(left))
            if room or not left:
                link.send_data(stream, left[:room], end_stream=room == len(left))
                waiting[stream] = left[room:]
            if not waiting[stream]:
                del waiting[stream]
        writer.write(link.data_to_send())
        await writer.drain()
        if waiting and any(link.local_flow_control_window(stream) for stream in waiting):
            continue
        if not (data := await reader.read(65_536)):
            return
        for event in link.receive_data(data):
            if isinstance(event, RequestReceived):
                asked = {str(name): str(value) for name, value in event.headers or ()}
                log.append(asked)
                path, stream = asked[":path"], event.stream_id or 0
                kind = ("content-type", "text/html; charset=utf-8")
                if path in ("/page", "/big"):
                    waiting[stream] = SPOKEN + b"x" * (5_000_000 if path == "/big" else 0)
                    link.send_headers(
                        stream, [(":status", "200"), kind, ("set-cookie", "a=1"), ("set-cookie", "b=2")]
                    )
                elif path == "/old":
                    link.send_headers(stream, [(":status", "301"), ("location", "/page")], end_stream=True)
                elif path == "/broken":
                    link.send_headers(stream, [(":status", "200"), kind])
                    link.send_data(stream, SPOKEN[: len(SPOKEN) // 2])
                    link.close_connection()
                elif path == "/reset":
                    link.reset_stream(stream)
                elif path == "/junk":
                    writer.write(b"\xff" * 4096)
                else:
                    link.send_headers(stream, [(":status", "404"), kind])
                    waiting[stream] = b"<title>Not found</title><h1>Not found</h1>"
            elif isinstance(event, WindowUpdated):
                pass


async def refuse(writer: asyncio.StreamWriter, name: str) -> None:
    """Turn HTTP/1.1 away: with frames it cannot read, with 426, or as Node does."""
    if name == "h2-only":
        writer.write(b"\x00\x00\x06\x04\x00\x00\x00\x00\x00\x00\x03\x00\x00\x00\x64")
    elif name == "h2-upgrade":
        writer.write(b"HTTP/1.1 426 Upgrade Required\r\nUpgrade: h2\r\nContent-Length: 0\r\n\r\n")
    else:
        head = f"HTTP/1.1 403 Forbidden\r\nContent-Type: text/plain\r\nContent-Length: {len(REFUSAL)}\r\n\r\n"
        writer.write(head.encode() + REFUSAL)
    await writer.drain()


def spoken(writer: asyncio.StreamWriter) -> bool:
    """Tell whether HTTP/2 was chosen in the handshake."""
    secured: ssl.SSLObject | None = writer.get_extra_info("ssl_object")
    return secured is not None and secured.selected_alpn_protocol() == "h2"
