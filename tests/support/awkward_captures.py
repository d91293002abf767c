"""Timelines whose captures are awkward to read: redirects, revisits, encodings, other media."""

import gzip

from tests.support.archive_standin import Kept
from tests.support.timeline_maker import LOGIN, days, pdf_of


def redirect_elsewhere(m, t):
    day, quote = m.day(), m.sentence()
    moved_to = m.url.replace(".html", "/").replace("/reports/", "/library/")
    goes = m.kept(day - days(12), b"", status=301, location=moved_to)
    there = Kept(url=moved_to, stamp=m.stamp(day - days(12), 23), body=m.page(quote))
    goes = Kept(url=goes.url, stamp=m.stamp(day - days(12), 20), status=301, location=moved_to)
    t.captures = [goes, there]
    t.cited = [m.cite(day, quote, "quote-anchored", [goes])]


def redirect_home(m, t):
    day = m.day()
    home = m.url.split("/reports", maxsplit=1)[0] + "/"
    stamp = m.stamp(day, 4)
    t.captures = [
        Kept(url=m.url, stamp=stamp, status=302, location=home), Kept(url=home, stamp=stamp, body=m.page()),
        m.kept(day - days(25), m.page()),
    ]  # fmt: skip
    t.cited = [m.cite(day, None, "near", [t.captures[2]], verified=True)]


def redirect_late(m, t):
    day, quote = m.day(), m.sentence()
    target = m.url + "?moved=1"
    t.captures = [
        m.kept(day, b"", status=301, location=target), Kept(url=target, stamp=m.stamp(day + days(9)), body=m.page(quote)),
        m.kept(day - days(200), m.page(quote)),
    ]  # fmt: skip
    t.cited = [m.cite(day, quote, "quote-anchored", [t.captures[2]])]


def redirect_circle(m, t):
    day, quote = m.day(), m.sentence()
    other = m.url + "?cookie=1"
    stamp = m.stamp(day)
    t.captures = [
        Kept(url=m.url, stamp=stamp, status=302, location=other), Kept(url=other, stamp=stamp, status=302, location=m.url),
        m.kept(day - days(70), m.page(quote)),
    ]  # fmt: skip
    t.cited = [m.cite(day, quote, "quote-anchored", [t.captures[2]])]


def revisit(m, t):
    day, quote = m.day(), m.sentence()
    body = m.page(quote)
    t.captures = [
        m.kept(day - days(500), body),
        m.kept(day - days(15), body, revisit=True),
        m.kept(day + days(90), body),
    ]
    t.cited = [m.cite(day, quote, "bracketed", [t.captures[1]])]


def revisit_of_an_error(m, t):
    day, quote = m.day(), m.sentence()
    t.captures = [
        m.kept(day - days(90), b"no", status=404), m.kept(day - days(3), b"no", revisit=True),
        m.kept(day + days(60), m.page(quote)),
    ]  # fmt: skip
    t.cited = [m.cite(day, quote, "quote-anchored", [t.captures[2]])]


def gzipped(m, t):
    day, quote = m.day(), m.sentence()
    digests = {"digest": "GZIPPEDGZIPPEDGZIPPEDGZIPPEDGZIP"}
    body = gzip.compress(m.page(quote))
    encodings = m.rng.choice(((), ("gzip",), ("", "gzip"), ("gzip", "")))
    t.captures = [m.kept(day + days(d), body, encoding=encodings, **digests) for d in (-31, 44)]
    t.cited = [m.cite(day, quote, "bracketed", [t.captures[0]])]


def charset(m, t):
    day = m.day()
    quote = "жители долины каждую осень считают мешки с зерном и чинят старый мост"
    text = m.page(quote).decode()
    cyrillic = "".join(f"<p>{quote[i:]} и снова зимний рынок</p>" for i in range(0, 40, 4))
    body = text.replace("</body>", cyrillic + "</body>").encode("cp1251")
    media = m.rng.choice(("text/html; charset=windows-1251", "text/html"))
    if media == "text/html":
        body = body.replace(b"<head>", b'<head><meta charset="windows-1251">')
    t.captures = [m.kept(day + days(d), body, media=media) for d in (-31, 44)]
    t.cited = [m.cite(day, quote, "bracketed", [t.captures[0]])]


def other_media(m, t):
    day, good = m.day(), m.page()
    image = b"\x89PNG\r\n\x1a\n" + bytes(400)
    t.captures = [m.kept(day, image, media="image/png"), m.kept(day + days(26), good)]
    t.cited = [m.cite(day, None, "near", [t.captures[1]])]


def unplayable(m, t):
    day, quote = m.day(), m.sentence()
    body = m.page(quote)
    t.captures = [
        m.kept(day - days(3), m.page(quote), playable=False),
        m.kept(day - days(60), body),
        m.kept(day + days(90), body),
    ]
    t.cited = [m.cite(day, quote, "bracketed", [t.captures[1]])]


def pdf(m, t):
    """The nearest capture of a PDF is the login page that stood before it."""
    day, quote = m.day(), m.sentence()
    m.url = t.url = m.url.replace(".html", ".pdf")
    body = pdf_of(f"{m.sentence(40)} {quote} {m.sentence(60)}")
    t.captures = [
        m.kept(day - days(50), body, media="application/pdf"), m.kept(day - days(2), LOGIN),
        m.kept(day + days(70), body, media="application/pdf"),
    ]  # fmt: skip
    t.cited = [m.cite(day, quote, "bracketed", [t.captures[0]])]
