"""The archive stand-in within reach: in process as a Fetcher, or behind real http and TLS sockets."""

import asyncio
import gzip
from contextlib import asynccontextmanager

from monitor.fetch.interface import FetchFailure, FetchResponse
from monitor.model.observation import Phase
from tests.support.archive_standin import StandIn


class InProcess:
    """A Fetcher that calls the stand-in; time passes only where `advance` says so."""

    def __init__(self, standin: StandIn, advance=lambda seconds: None, latency_s=0.01) -> None:
        self.standin, self.advance, self.latency_s = standin, advance, latency_s
        self.requests = []

    async def fetch(self, request):
        self.requests.append(request)
        self.advance(self.latency_s)
        reply = self.standin.answer(request.method, request.url, dict(request.headers), request.body or b"")
        await asyncio.sleep(0)
        if reply.fault == "refused":
            return FetchFailure(phase=Phase.CONNECT, cause="connect-refused")
        if reply.fault == "reset":
            return FetchFailure(phase=Phase.HTTP, cause="connection-reset")
        if reply.fault == "hang":
            self.advance(request.timeout_s)
            return FetchFailure(phase=Phase.HTTP, cause="timeout")
        headers = tuple((name.lower(), value) for name, value in reply.headers)
        body = gzip.decompress(reply.body) if reply.body[:2] == b"\x1f\x8b" else reply.body
        cut = FetchFailure(phase=Phase.BODY, cause="body-incomplete") if reply.fault == "cut" else None
        location = next((value for name, value in headers if name == "location"), None)
        return FetchResponse(
            url=request.url,
            status=reply.status,
            headers=headers,
            location=location,
            body=body,
            body_failure=cut,
        )

    async def close(self):
        pass


async def _serve(standin, reader, writer):
    """Speak just enough HTTP/1.1 to send exactly the headers and bytes the stand-in says."""
    try:
        while line := await reader.readline():
            method, target, _ = line.decode("latin-1").split(" ", 2)
            headers = {}
            while (raw := (await reader.readline()).decode("latin-1").strip()) != "":
                name, _, value = raw.partition(":")
                headers[name.strip().title()] = value.strip()
            body = await reader.readexactly(int(headers.get("Content-Length", 0)))
            reply = standin.answer(method, target, headers, body)
            if reply.fault == "hang":
                await asyncio.sleep(3600)
            if reply.fault in ("reset", "refused"):
                writer.transport.abort()
                return
            length = len(reply.body) + (1000 if reply.fault == "cut" else 0)
            head = [f"HTTP/1.1 {reply.status} X", f"Content-Length: {length}"]
            head += [f"{name}: {value}" for name, value in reply.headers]
            writer.write("\r\n".join(head).encode("latin-1") + b"\r\n\r\n" + reply.body)
            await writer.drain()
            if reply.fault == "cut":
                break
    except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError, ValueError):  # or the end
        pass
    finally:
        writer.close()


@asynccontextmanager
async def served(standin: StandIn, context=None):
    """Serve on loopback, with TLS if a context is given; sets the stand-in's base address."""
    tasks = set()

    async def handle(reader, writer):
        task = asyncio.current_task()
        tasks.add(task)
        try:
            await _serve(standin, reader, writer)
        finally:
            tasks.discard(task)

    server = await asyncio.start_server(handle, "127.0.0.1", 0, ssl=context)
    port = server.sockets[0].getsockname()[1]
    standin.base = f"{'https' if context else 'http'}://127.0.0.1:{port}"
    try:
        yield standin
    finally:
        server.close()
        for task in list(tasks):
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
