"""Behaviours: redirects of every kind."""

from tests.support.prose import page
from tests.support.zoo import BEHAVIOURS, DOMAIN, Ask, Line, behaviour
from tests.support.zoo_statuses import NOT_FOUND, missing


@behaviour
async def moves(ask: Ask, line: Line) -> None:
    """`/CODE` leads to /new with that code; the others are chains and oddities named by their path."""
    path = ask.path.strip("/")
    if path in ("news", "docs"):
        await line.answer(200, page(f"The index of {path}", "All our reports, newest first."))
    elif path == "new":
        await line.answer(200, page("The new place", "The ferry moved in 1950."))
    elif path.isdigit():
        await line.redirect(int(path), "/new")
    elif (location := _CHAINS.get(path)) is not None:
        status, target = location
        await line.redirect(status, target)
    elif path.startswith("count-"):
        left = int(path.removeprefix("count-"))
        await line.redirect(302, f"/count-{left - 1}" if left > 1 else "/new")
    elif path == "utf8":
        await line.raw("HTTP/1.1 302 X\r\nLocation: /mühle\r\nContent-Length: 0\r\n\r\n".encode())
    elif path == "space":
        await line.redirect(302, "/old mill")
    elif path == "latin1":
        await line.raw(b"HTTP/1.1 302 X\r\nLocation: /caf\xe9\r\nContent-Length: 0\r\n\r\n")
    elif path in ("m%C3%BChle", "old%20mill", "caf%E9"):
        await line.answer(200, page(f"Found as {path}"))
    elif path == "no-location":
        await line.answer(302, page("A page with a redirect's status"))
    elif path == "no-location-bare":
        await line.answer(302)
    elif path == "empty-location":
        await line.answer(301, page("Nowhere to go"), "Location: ")
    elif path == "query" and "step=2" in ask.target:
        await line.answer(200, page("By query only"))
    elif path == "query":
        await line.redirect(302, "?step=2")
    elif path == "dir/relative":
        await line.redirect(302, "target")
    elif path == "dir/target":
        await line.answer(200, page("Relative target"))
    elif path == "loop-a":
        await line.redirect(302, "/loop-b")
    elif path == "loop-b":
        await line.redirect(302, "/loop-a")
    else:
        await missing(line)


_CHAINS = {
    "301-302": (301, "/302"),
    "302-301": (302, "/301"),
    "to-missing": (301, "/gone-page"),
    "loop": (301, "/loop"),
    "bad-location": (302, "http://[::bad/"),
    "bad-port": (302, "http://fine.zoo.test:99999/"),
    "bad-host": (302, "http://exa mple..zoo/"),
    "scheme-relative": (302, f"//fine.{DOMAIN}/page"),
    "to-ftp": (302, "ftp://files.example/x"),
    "to-file": (302, "file:///etc/passwd"),
    "to-mailto": (302, "mailto:someone@example.org"),
    "to-javascript": (302, "javascript:alert(1)"),
    "to-private": (302, "http://10.1.2.3/admin"),
    "to-metadata": (302, "http://169.254.169.254/latest/"),
    "to-mapped": (302, "http://[::ffff:10.0.0.1]/"),
    "to-decimal": (302, "http://2130706433/"),
    "to-localhost": (301, "http://localhost/"),
    "to-expired": (302, f"https://tls-expired.{DOMAIN}/page"),
    "to-excluded": (302, f"http://shunned.{DOMAIN}/x"),
    "to-refused": (301, f"http://refused.{DOMAIN}/x"),
    "to-other-site": (301, f"http://fine.{DOMAIN}/page/mill"),
    "slash": (301, "/slash/"),
    "to-anchors": (301, f"http://anchors.{DOMAIN}/doc"),
    "news/2011/ferry": (301, "/news/"),
    "news/2011/weir": (301, "/news/"),
    "docs/index.html": (301, "/docs/"),
    "index.html": (301, "/new-home"),
    "backslash": (302, "\\new"),
    "backslash-host": (302, f"\\\\fine.{DOMAIN}\\page"),
    "fragment": (302, "/new"),
    "own-fragment": (302, "/new#other"),
    "to-500": (302, f"http://status.{DOMAIN}/500"),
}


@behaviour
async def loops_by_status(ask: Ask, line: Line) -> None:
    await line.redirect(307, "/again" if ask.path == "/start" else "/start")


@behaviour
async def needs_cookie(ask: Ask, line: Line) -> None:
    """Redirects to itself until its cookie comes back."""
    if ask.path not in ("/page", "/other"):
        await missing(line)
    elif "seen=1" in ask.cookie:
        await line.answer(200, page("Only with a cookie"))
    else:
        await line.redirect(302, ask.path, "Set-Cookie: seen=1; Path=/", "Set-Cookie: bad cookie\x01=;;; =")


@behaviour
async def cookie_loop(ask: Ask, line: Line) -> None:
    """Sets a new cookie and redirects to itself for ever."""
    await line.redirect(302, ask.path, f"Set-Cookie: n={ask.count}; Path=/")


@behaviour
async def leaks(ask: Ask, line: Line) -> None:
    """Sets a cookie and leads to another origin, which must not see it."""
    await line.redirect(302, f"http://fine.{DOMAIN}/page/leak", "Set-Cookie: secret=1; Path=/")


@behaviour
async def slashes(ask: Ask, line: Line) -> None:
    """Adds a slash, lowers the case, adds https: moves that are no news."""
    if ask.path == "/dir":
        await line.redirect(301, "/dir/")
    elif ask.path == "/Case":
        await line.redirect(301, "/case")
    elif ask.path in ("/dir/", "/case") or (ask.path == "/up" and ask.secure):
        await line.answer(200, page(f"Tidy {ask.path}"))
    elif ask.path == "/up":
        await line.redirect(301, f"https://slashes.{DOMAIN}/up")
    else:
        await missing(line)


@behaviour
async def bare_to_www(ask: Ask, line: Line) -> None:
    if ask.host.startswith("www."):
        await (line.answer(200, page("With www")) if ask.path == "/page" else missing(line))
    else:
        await line.redirect(301, f"https://www.bare-to-www.{DOMAIN}{ask.target}")


@behaviour
async def home_for_all(ask: Ask, line: Line) -> None:
    """Every missing page leads home."""
    if ask.path in ("/", "/en/", "/index.html"):
        await line.answer(200, page("Welcome to the valley"))
    elif ask.path == "/to-a-language":
        await line.redirect(302, "/en/")
    else:
        await line.redirect(301 if ask.path.startswith("/old") else 302, "/")


@behaviour
async def root_to_en(ask: Ask, line: Line) -> None:
    if ask.path == "/":
        await line.redirect(302, "/en/")
    else:
        await line.answer(200, page("The valley in English"))


@behaviour
async def error_address(ask: Ask, line: Line) -> None:
    """Missing pages lead to an address that says so, with status 200."""
    target = {"/a": "/404.html", "/b": "/errors/notfound", "/c": "/page?error=404"}.get(ask.path)
    if target is not None:
        await line.redirect(302, target)
    elif ask.path in ("/404.html", "/errors/notfound", "/page"):
        await line.answer(200, page("Our services"))
    else:
        await missing(line)


@behaviour
async def stubs(ask: Ask, line: Line) -> None:
    """Pages that only send on: meta refresh, Refresh header, scripts; and pages that merely reload."""
    long_page = page("A page that reloads", head='<meta http-equiv="refresh" content="20;url=/meta-target">')
    bodies = {
        "/meta": b'<html><head><meta http-equiv="refresh" content="0; url=/meta-target"></head><body></body></html>',
        "/script": b'<html><head><script>window.location.href = "/meta-target";</script></head><body></body></html>',
        "/replace": b"<html><script>location.replace('/meta-target')</script><body>Moving.</body></html>",
        "/meta-home": b'<html><head><meta http-equiv="refresh" content="0; url=/"></head><body></body></html>',
        "/script-home": b'<html><head><script>window.location="/";</script></head><body></body></html>',
        "/meta-missing": b'<html><head><meta http-equiv="refresh" content="0; url=/nothing"></head><body></body></html>',
        "/reload": long_page,
        "/self": b'<html><head><title>Ticker</title><meta http-equiv="refresh" content="5; url=/self"></head>'
        b"<body><h1>Ticker</h1><p>Water level today: nine feet and falling slowly.</p></body></html>",
        "/meta-target": page("Where the stub leads"),
        "/": page("Home of the stubs"),
    }
    if ask.path == "/header":
        await line.answer(200, b"<p>Moving.</p>", "Refresh: 0; url=/meta-target")
    elif ask.path in bodies:
        await line.answer(200, bodies[ask.path])
    else:
        await missing(line)


@behaviour
async def stub_loop(ask: Ask, line: Line) -> None:
    other = "/b" if ask.path == "/a" else "/a"
    await line.answer(200, f'<meta http-equiv=refresh content="0;url={other}"><p>on</p>'.encode())


@behaviour
async def login_wall(ask: Ask, line: Line) -> None:
    """Leads to a login page, a sign-in host or a consent host."""
    target = {
        "/a": "/login?return_to=%2Fa",
        "/b": f"http://accounts.signin.{DOMAIN}/signin?continue=x",
        "/c": f"http://consent.{DOMAIN}/m?continue=x",
        "/d": "/users/sign_in",
    }.get(ask.path)
    if target is not None:
        await line.redirect(302, target)
    elif "login" in ask.path or "sign_in" in ask.path:
        await line.answer(
            200,
            b"<title>Sign in</title><h1>Sign in</h1><form method=post><input name=u><input type=password name=p></form>",
        )
    else:
        await missing(line)


@behaviour
async def signin(ask: Ask, line: Line) -> None:
    await line.answer(200, b"<title>Sign in</title><h1>Sign in</h1><form><input type=password></form>")


@behaviour
async def consent(ask: Ask, line: Line) -> None:
    await line.answer(
        200, b"<title>Before you continue</title><h1>Before you continue</h1><p>We use cookies.</p>"
    )


BEHAVIOURS["dead-end"] = BEHAVIOURS["unknown-host"]
assert NOT_FOUND


@behaviour
async def root_for_index(ask: Ask, line: Line) -> None:
    """Leads its index file, whatever is asked of it, to the root."""
    if ask.path == "/":
        await line.answer(200, page("A site's entry"))
    elif ask.path == "/index.html":
        await line.redirect(301, "/")
    else:
        await missing(line)


@behaviour
async def short_for_all(ask: Ask, line: Line) -> None:
    """One short answer with a good status for every path."""
    await line.answer(200, b"<!doctype html><title>Weir Trust</title><p>Nothing here any more.</p>")


@behaviour
async def short_page(ask: Ask, line: Line) -> None:
    """A short page, and another for what is not there, both with a good status."""
    what = b"The weir is closed." if ask.path == "/a/report" else b"We looked everywhere."
    await line.answer(200, b"<!doctype html><title>Weir Trust</title><p>%s</p>" % what)
