"""Behaviours: statuses, rate limits, methods, user agents, kinds of servers that answer by the rules."""

import asyncio
import datetime as dt
from email.utils import format_datetime

from tests.support.prose import page
from tests.support.zoo import BEHAVIOURS, NOW, Ask, Line, behaviour

NOT_FOUND = b"<!doctype html><title>Not found</title><h1>Not found</h1><p>No such page.</p>"


async def missing(line: Line) -> None:
    await line.answer(404, NOT_FOUND)


@behaviour
async def unknown_host(ask: Ask, line: Line) -> None:
    await line.answer(404, NOT_FOUND)


@behaviour
async def fine(ask: Ask, line: Line) -> None:
    """A plain good site: pages below /page, honest 404s elsewhere."""
    if ask.path == "/" or ask.path.startswith("/page"):
        await line.answer(200, page(f"The weir at {ask.path}", "The weir was built of oak in 1911."))
    else:
        await missing(line)


@behaviour
async def status(ask: Ask, line: Line) -> None:
    """`/CODE` answers with that status and a page; `/CODE/bare` without a body."""
    code, _, rest = ask.path.strip("/").partition("/")
    if not code.isdigit():
        await missing(line)
        return
    body = b"" if rest == "bare" or code in ("204", "205", "304") else page(f"Report {code}", "It rained.")
    await line.answer(int(code), body)


@behaviour
async def interim(ask: Ask, line: Line) -> None:
    """`/CODE` sends that interim answer before the real one."""
    code = ask.path.strip("/")
    if not code.isdigit():
        await missing(line)
        return
    await line.raw(f"HTTP/1.1 {code} Wait\r\nLink: </style.css>; rel=preload\r\n\r\n".encode())
    await line.answer(200, page("After an interim answer"))


@behaviour
async def head_lies(ask: Ask, line: Line) -> None:
    """HEAD is answered with the path's code, hangs, resets, or is redirected for ever; GET is a good page."""
    if ask.method == "HEAD":
        what = ask.path.strip("/")
        if what == "reset":
            line.reset()
        elif what == "loop":
            await line.redirect(302, ask.path)
        elif what == "hang":
            await asyncio.sleep(20)
        elif what == "body":
            await line.raw(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello")
        else:
            await line.answer(int(what))
    elif ask.path in ("/404", "/405", "/501", "/429", "/reset", "/loop", "/hang", "/body"):
        await line.answer(200, page(f"Behind HEAD {ask.path}"))
    else:
        await missing(line)


@behaviour
async def head_404_get_403(ask: Ask, line: Line) -> None:
    await line.answer(404 if ask.method == "HEAD" else 403, b"<p>Refused.</p>")


@behaviour
async def limited(ask: Ask, line: Line) -> None:
    """429s: `/once`, `/for-ever`, and Retry-After in its spellings; the second answer is a page."""
    headers = {
        "/seconds": ["Retry-After: 10"],
        "/date": [f"Retry-After: {format_datetime(NOW + dt.timedelta(seconds=30), usegmt=True)}"],
        "/text": ["Retry-After: 1m30s"],
        "/three": ["Retry-After: 3s"],
        "/junk": ["Retry-After: soon, I hope"],
        "/longer": [f"Retry-After: {5 if ask.count == 0 else 20}"],
        "/day": ["Retry-After: 86400"],
        "/absent": [],
        "/once": ["Retry-After: 1"],
        "/for-ever": ["Retry-After: 1"],
    }.get(ask.path)
    if headers is None:
        await missing(line)
        return
    refusals = {"/for-ever": 99, "/longer": 2, "/absent": 99, "/day": 99}.get(ask.path, 1)
    if ask.count < refusals:
        await line.answer(429, b"<p>Slow down.</p>", *headers)
    else:
        await line.answer(200, page(f"After the limit {ask.path}"))


@behaviour
async def exhausted(ask: Ask, line: Line) -> None:
    """Good pages whose headers say that the rate limit is used up: GitHub, GitLab and IETF spellings."""
    now = int(NOW.timestamp())
    headers = {
        "/github": ["X-RateLimit-Remaining: 0", f"X-RateLimit-Reset: {now + 40}"],
        "/gitlab": ["RateLimit-Remaining: 0", "RateLimit-Reset: 40"],
        "/ietf": ['RateLimit: "default";r=0;t=40'],
        "/plenty": ["X-RateLimit-Remaining: 12", f"X-RateLimit-Reset: {now + 40}"],
    }.get(ask.path)
    if headers is None:
        await missing(line)
    else:
        await line.answer(200, page(f"Counted {ask.path}"), *headers)


@behaviour
async def flaky(ask: Ask, line: Line) -> None:
    """`/CODE` or `/reset` once or twice, then a page."""
    what = ask.path.strip("/")
    if what == "reset" and ask.count == 0:
        line.reset()
    elif what == "close" and ask.count == 0:
        line.close()
    elif what.isdigit() and ask.count < 2:
        await line.answer(int(what), b"<p>A passing fault.</p>")
    elif what in ("reset", "close") or what.isdigit():
        await line.answer(200, page(f"Recovered from {what}"))
    else:
        await missing(line)


@behaviour
async def wants_html(ask: Ask, line: Line) -> None:
    if "text/html" in ask.headers.get("accept", "") and ask.path == "/crate":
        await line.answer(200, page("A package"))
    else:
        await missing(line)


@behaviour
async def wants_browser(ask: Ask, line: Line) -> None:
    """404 (or the path's code) to programs, a page to what names a browser's engine."""
    engine = any(name in ask.headers.get("user-agent", "") for name in ("Firefox/", "Chrome/"))
    first, _, second = ask.path[1:].partition("-")
    if first not in ("400", "403", "404", "406", "410"):
        await missing(line)
    elif engine and second:
        await line.answer(int(second), NOT_FOUND)
    elif engine:
        await line.answer(200, page("For browsers"))
    else:
        await line.answer(int(first), NOT_FOUND)


@behaviour
async def needs_agent(ask: Ask, line: Line) -> None:
    if not ask.headers.get("user-agent"):
        await line.answer(403, b"<p>Who are you?</p>")
    elif ask.path == "/page":
        await line.answer(200, page("Named visitors only"))
    else:
        await missing(line)


@behaviour
async def conditional(ask: Ask, line: Line) -> None:
    """A page with validators; 304 when they come back. `/rude` answers 304 unasked."""
    if ask.path == "/rude" or ask.headers.get("if-none-match") == '"v1"':
        await line.raw(b'HTTP/1.1 304 Not Modified\r\nETag: "v1"\r\n\r\n')
    elif ask.path == "/page":
        await line.answer(
            200,
            page("Kept page", "Swans nest here."),
            'ETag: "v1"',
            "Last-Modified: Tue, 03 Feb 2015 10:00:00 GMT",
        )
    else:
        await missing(line)


def _same_as_fine(*names: str) -> None:
    for name in names:
        BEHAVIOURS[name] = fine


_same_as_fine(
    "tls-expired", "tls-not-yet", "tls-wrong-host", "tls-stranger", "tls-incomplete", "tls-self-signed",
    "tls-reset-once", "tls-old", "plain-on-443", "aaaa-broken", "xn--mhle-0ra",
)  # fmt: skip
BEHAVIOURS["tls-expired-gone"] = unknown_host
