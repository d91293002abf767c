"""The web of the bench, a process of its own: `python -m tests.bench.web [SEED]` prints its port and serves.

Every address of 127/8 is a host, so that clients without a resolver of their own meet many hosts too. A page exists
if its path is honest (`place` made it); every other path is a 404, as on a well-kept site. The path says how heavy
the page is and how long the host thinks: `/2k/0/…`, `/100k/250/…` (milliseconds).
"""

import asyncio
import sys
import zlib

from tests.support.prose import page

QUOTE = "The weir was built of oak in 1911 by the people of the upper valley."
SIZES = {"2k": 10, "20k": 220, "100k": 1150}
BODIES = {name: page("The weir in the upper valley", QUOTE, sentences=count) for name, count in SIZES.items()}
LOST = page("Page not found", "Error 404.", sentences=3)


def place(number: int, size: str, wait_ms: int) -> str:
    """Return the path of an existing page."""
    stem = f"{size}/{wait_ms}/n{number}"
    return f"/{stem}-{zlib.crc32(stem.encode()):08x}"


def host(number: int) -> str:
    """Return the address of a host, all on loopback."""
    return f"127.{1 + number // 62500}.{number // 250 % 250}.{1 + number % 250}"


def _answer(target: str) -> tuple[bytes, float]:
    stem, _, check = target.strip("/").rpartition("-")
    parts = stem.split("/")
    honest = len(parts) == 3 and check == f"{zlib.crc32(stem.encode()):08x}"
    body, status = (BODIES[parts[0]], "200 OK") if honest else (LOST, "404 Not Found")
    head = (
        f"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body, int(parts[1]) / 1000 if honest else 0.0


class Web(asyncio.Protocol):
    """Just enough of HTTP/1.1, without the cost of a framework."""

    def __init__(self) -> None:
        self.transport: asyncio.Transport | None = None
        self.pending = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        if not transport.get_extra_info("peername")[0].startswith("127."):
            transport.abort()
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.pending += data
        while b"\r\n\r\n" in self.pending:
            head, _, self.pending = self.pending.partition(b"\r\n\r\n")
            method, target, _ = head.split(b"\r\n", 1)[0].decode("latin-1").split(" ", 2)
            answer, wait_s = _answer(target)
            if method == "HEAD":
                answer = answer[: answer.index(b"\r\n\r\n") + 4]
            if wait_s:
                asyncio.get_running_loop().call_later(wait_s, self._send, answer)
            else:
                self._send(answer)

    def _send(self, answer: bytes) -> None:
        if self.transport is not None and not self.transport.is_closing():
            self.transport.write(answer)


async def main() -> None:
    server = await asyncio.get_running_loop().create_server(Web, "0.0.0.0", 0, backlog=4096)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    try:
        asyncio.run(main())
    except KeyboardInterrupt:
        sys.exit(0)
