"""Behaviours: bodies, encodings, framing, and connections that break or dawdle."""

import asyncio
import gzip
import zlib

import brotli

from tests.support.prose import page
from tests.support.zoo import Ask, Line, behaviour
from tests.support.zoo_statuses import missing

GOOD = page("A page well told", "The weir was built of oak in 1911.")


def framed(body: bytes, *headers: bytes, status: bytes = b"HTTP/1.1 200 OK") -> bytes:
    lines = [status, b"Content-Type: text/html", *headers, b"Content-Length: %d" % len(body), b"", b""]
    return b"\r\n".join(lines) + body


@behaviour
async def wire(ask: Ask, line: Line) -> None:
    """Answers written byte by byte, named by path; the connection closes after each."""
    data = WIRE.get(ask.path.strip("/"))
    if data is None:
        await missing(line)
        return
    await line.raw(data)
    await asyncio.sleep(0.01)
    line.close()


ZSTD = bytes.fromhex("28b52ffd2400010000") + bytes(range(256)) * 4
_CHUNKED = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
_CHUNK = b"%x\r\n%s\r\n" % (len(GOOD), GOOD)
WIRE = {
    "status-9999": b"HTTP/1.1 9999 Odd\r\nContent-Length: 2\r\n\r\nhi",
    "status-text": b"HTTP/1.1 abc Odd\r\nContent-Length: 2\r\n\r\nhi",
    "no-reason": framed(GOOD, status=b"HTTP/1.1 200"),
    "odd-reason": framed(GOOD, status=b"HTTP/1.1 200 \xe9\xff gut"),
    "http-0.9": b"<html><body><p>No status line at all.</p></body></html>",
    "http-1.0": b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n" + GOOD,
    "http-1.2": framed(GOOD, status=b"HTTP/1.2 200 OK"),
    "bare-newlines": framed(GOOD).replace(b"\r\n", b"\n", 5),
    "body-on-204": b"HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\nhello",
    "body-on-304": b"HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\nhello",
    "junk-behind": framed(GOOD) + b"GARBAGE garbage\r\n\r\n",
    "second-answer": framed(GOOD) + framed(b"<p>not asked for</p>"),
    "same-length-twice": framed(GOOD, b"Content-Length: %d" % len(GOOD)),
    "two-lengths": framed(GOOD, b"Content-Length: 7"),
    "length-and-chunks": b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\nTransfer-Encoding: chunked\r\n\r\n"
    + _CHUNK
    + b"0\r\n\r\n",
    "bad-chunk": _CHUNKED + b"zz\r\nhello\r\n0\r\n\r\n",
    "bad-second-chunk": _CHUNKED + _CHUNK + b"zz\r\nhello\r\n0\r\n\r\n",
    "zstd": framed(ZSTD, b"Content-Encoding: zstd"),
    "gzip-garbage": framed(bytes(range(1, 256)) * 8, b"Content-Encoding: gzip"),
    "odd-coding": framed(GOOD, b"Content-Encoding: pack200"),
    "bad-length": b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\nhello",
    "space-before-colon": framed(GOOD, b"X-Odd : value"),
    "no-colon": framed(GOOD, b"Garbage line"),
    "folded": framed(GOOD, b"X-Odd: one\r\n two"),
    "nul-in-header": framed(GOOD, b"X-Odd: a\x00b"),
    "trailers": _CHUNKED + _CHUNK + b"0\r\nX-Sum: 1\r\n\r\n",
    "chunk-extension": _CHUNKED + b"%x;name=value\r\n%s\r\n0\r\n\r\n" % (len(GOOD), GOOD),
    "chunks-cut": _CHUNKED + _CHUNK,
    "short": framed(GOOD).replace(b"Content-Length: ", b"Content-Length: 9"),
    "giant-header": framed(GOOD, b"X-Giant: " + b"a" * 60_000),
    "giant-cookie": framed(GOOD, *(b"Set-Cookie: c%d=%s" % (i, b"x" * 300) for i in range(60))),
    "bad-cookie": framed(GOOD, b"Set-Cookie: =;;;\x7f", b"Set-Cookie: a=b; expires=never; domain=;"),
    "many-headers": framed(GOOD, *(b"X-%d: y" % i for i in range(400))),
    "long-location": b"HTTP/1.1 302 X\r\nLocation: /wire-target?"
    + b"q" * 9000
    + b"\r\nContent-Length: 0\r\n\r\n",
    "no-type": b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(GOOD) + GOOD,
    "leading-newline": b"\r\n" + framed(GOOD),
    "gzip": framed(gzip.compress(GOOD), b"Content-Encoding: gzip"),
    "gzip-unannounced": framed(gzip.compress(GOOD)),
    "gzip-lie": framed(GOOD, b"Content-Encoding: gzip"),
    "gzip-cut": framed(gzip.compress(GOOD)[:400], b"Content-Encoding: gzip"),
    "gzip-bomb": framed(gzip.compress(GOOD + b" " * 30_000_000), b"Content-Encoding: gzip"),
    "deflate": framed(zlib.compress(GOOD), b"Content-Encoding: deflate"),
    "deflate-raw": framed(zlib.compress(GOOD)[2:-4], b"Content-Encoding: deflate"),
    "br": framed(brotli.compress(GOOD), b"Content-Encoding: br"),
    "br-lie": framed(GOOD, b"Content-Encoding: br"),
    "br-bomb": framed(brotli.compress(GOOD + b" " * 30_000_000), b"Content-Encoding: br"),
    "unknown-coding": framed(GOOD, b"Content-Encoding: x-unheard-of"),
    "empty": b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 0\r\n\r\n",
    "upgrade-offer": framed(GOOD, b"Upgrade: h2,h2c", b"Connection: Upgrade"),
}


@behaviour
async def wire_target(ask: Ask, line: Line) -> None:
    await line.answer(200, GOOD)


@behaviour
async def slow(ask: Ask, line: Line) -> None:
    """`/drip` a byte at a time for ever, `/late` after the timeout, `/endless` without end."""
    if ask.path == "/drip":
        await line.raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + GOOD)
        while True:
            await line.raw(b".")
            await asyncio.sleep(0.05)
    elif ask.path == "/drip-head":
        for byte in b"HTTP/1.1 200 OK\r\n" + b"X-Drip: drop\r\n" * 90:
            await line.raw(bytes([byte]))
            await asyncio.sleep(0.05)
    elif ask.path in ("/late", "/hang"):
        await asyncio.sleep(20)
    elif ask.path == "/endless":
        await line.raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + GOOD)
        for _ in range(5000):
            if line.writer.is_closing():
                return
            await line.raw(b"<p>and so on</p>\n" * 200)
    elif ask.path == "/giant":
        await line.raw(b"HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\nContent-Length: 10000000000\r\n\r\n")
        for _ in range(5000):
            if line.writer.is_closing():
                return
            await line.raw(bytes(65536))
    else:
        await missing(line)


@behaviour
async def rude(ask: Ask, line: Line) -> None:
    """Connections cut at every point."""
    what = ask.path.strip("/")
    if what == "reset":
        line.reset()
    elif what == "close":
        line.close()
    elif what == "half-head":
        await line.raw(b"HTTP/1.1 200 OK\r\nContent-Ty")
        line.close()
    elif what == "reset-in-body":
        await line.raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 99999\r\n\r\n" + GOOD)
        await asyncio.sleep(0.05)
        line.reset()
    else:
        await missing(line)


@behaviour
async def charsets(ask: Ask, line: Line) -> None:
    """One sentence in many encodings, declared in a header, in a meta tag, or nowhere."""
    text = "<p>Die Mühle am Fluß mahlte 1911 täglich zwölf Säcke Roggen für die Bäcker.</p>"
    pages = {
        "/utf-8-header": (text.encode(), "text/html; charset=utf-8"),
        "/latin-1-header": (text.encode("latin-1"), "text/html; charset=iso-8859-1"),
        "/meta": (b'<meta charset="windows-1252">' + text.encode("cp1252"), "text/html"),
        "/nowhere": (text.encode("cp1252"), "text/html"),
        "/unknown": (text.encode(), "text/html; charset=klingon"),
        "/utf-16": (("\ufeff" + text).encode("utf-16-le"), "text/html; charset=utf-16"),
        "/undecodable": (
            b"\xff\xfe\x00" + bytes(range(128, 256)) * 4 + text.encode(),
            "text/html; charset=utf-8",
        ),
        "/plain": (
            "Die Mühle am Fluß mahlte 1911 täglich zwölf Säcke Roggen für die Bäcker.".encode(),
            "text/plain",
        ),
    }
    if ask.path in pages:
        body, kind = pages[ask.path]
        if kind.startswith("text/html") and "utf-16" not in kind:
            body = b"<html><head><title>Mill</title></head><body>" + body + b"</body></html>"
        await line.answer(200, body, kind=kind)
    else:
        await missing(line)


@behaviour
async def forms(ask: Ask, line: Line) -> None:
    """Answers only the exact spelling of an address, as it came."""
    exact = {
        "/a%2Fb", "/%7Eann/", "/it%27s", "/a/../b", "/%F6l", "/m%C3%BChle", "/x+y", "/x%20y", "/a;b=1?c;d", "/p|q",
        "/item?id=1", "/item?id=2", "/trailing.", "/paren)", "/comma,", "/%E4%B8%AD", "/double//slash", "/up%5Cdown", "/q?",
    }  # fmt: skip
    if ask.target in exact or ask.path.startswith("/long/"):
        await line.answer(200, page(f"Exactly {ask.target[:40]}"))
    else:
        await missing(line)


@behaviour
async def anchors(ask: Ask, line: Line) -> None:
    body = page(
        "Anchored",
        '<a name="old-style">x</a>',
        '<b id="user-content-readme">y</b>',
        '<i id="Größe">z</i>',
        "<b ID=Big>w</b>",
        '<b id="q&amp;a">v</b>',
        '<!-- <b id="commented"> -->',
        '<input name="field">',
        "<script>let s = '<b id=\"scripted\">';</script>",
        '<b data-id="data">u</b>',
    )
    await (line.answer(200, body) if ask.path in ("/", "/doc") else missing(line))
