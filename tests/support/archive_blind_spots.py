"""Timelines of what archives hold and clients overlook: odd rows, odd hosts, odd refusals."""

from datetime import timedelta

from tests.support.archive_standin import Kept, surt

NAVIGATION = b"<nav>" + b"<a href='/x'>Collections</a> " * 400 + b"</nav>"
EXCUSES = (
    (200, b"<p>This URL has been excluded from the Wayback Machine.</p>"),
    (403, b"<p>Sorry. This URL has been excluded from the Wayback Machine.</p>"),
    (404, b"<h2>Page cannot be crawled or displayed due to robots.txt.</h2>"),
    (451, b"<p>Not available.</p>"),
)


def _days(count):
    return timedelta(days=count)


def revisits_only(m, t):
    """Every row is a revisit of a capture the index does not name; they play."""
    day, quote = m.day(), m.sentence()
    body = m.page(quote)
    t.captures = [m.kept(day + _days(d), body, revisit=True) for d in (-40, 50)]
    t.cited = [
        m.cite(day, quote, "bracketed", [t.captures[0]]),
        m.cite(day, None, "bracketed", [t.captures[0]]),
    ]


def foreign_script(m, t):
    """A host in another script is asked for by its A-labels."""
    day, quote = m.day(), m.sentence()
    number = m.rng.randrange(10**6)
    m.url = f"http://xn--mhle-0ra.site{number}.example.org/wei%C3%9F.html"
    t.url = f"http://mühle.site{number}.example.org/weiß.html"
    body = m.page(quote)
    t.captures = [m.kept(day + _days(d), body) for d in (-8, 9)]
    t.cited = [
        m.cite(day, quote, "bracketed", [t.captures[0]]),
        m.cite(day, None, "bracketed", [t.captures[0]]),
    ]


def wide_rows(m, t):
    """The index adds columns after the seven."""
    day, quote = m.day(), m.sentence()
    t.captures = [m.kept(day + _days(d), m.page(quote)) for d in (-8, 9)]
    t.marks = {"wide"}
    t.cited = [m.cite(day, quote, "bracketed", [t.captures[0]])]


def mail_rows(m, t):
    """What a crawler made of a `mailto:` is filed under the page's key."""
    day, quote = m.day(), m.sentence()
    t.captures = [
        Kept(url="mailto:press@site.example.org", stamp=m.stamp(day), body=m.page(), key=surt(m.url)),
        m.kept(day - _days(20), m.page(quote)),
    ]
    t.cited = [
        m.cite(day, quote, "quote-anchored", [t.captures[1]]),
        m.cite(day, None, "near", [t.captures[1]], verified=True),
    ]


def tracked(m, t):
    """The address was cited with what a letter or a network hung on it."""
    day, quote = m.day(), m.sentence()
    hung = m.rng.choice(
        ("?utm_source=letter&utm_medium=email", "?fbclid=IwAR0abc", "?gclid=Cj0abc&utm_term=x")
    )
    t.url = m.url + hung
    t.captures = [m.kept(day + _days(d), m.page(quote)) for d in (-8, 9)]
    t.cited = [
        m.cite(day, quote, "bracketed", [t.captures[0]]),
        m.cite(day, None, "near", [t.captures[0]], verified=True),
    ]


def tracked_and_never(m, t):
    t.url = m.url + "?utm_source=letter"
    t.cited = [m.cite(m.day(), m.sentence(), "none", verified=False)]


def excuse_anywhere(m, t):
    """The refusal stands anywhere in the archive's page, with any status."""
    day, quote = m.day(), m.sentence()
    t.captures = [m.kept(day, m.page(quote), listed=False)]
    status, words = m.rng.choice(EXCUSES)
    t.excuse = (status, b"<html><body>" + NAVIGATION + words + b"</body></html>")
    t.cited = [m.cite(day, quote, "none", verified=False)]


def robots(m, t):
    """The index keeps silent for robots.txt, replay does not."""
    day, quote = m.day(), m.sentence()
    t.captures = [m.kept(day + _days(d), m.page(quote)) for d in (-8, 9)]
    t.marks = {"robots"}
    t.cited = [m.cite(day, quote, "bracketed", [t.captures[0]])]


BLIND_SPOTS = (
    revisits_only, foreign_script, wide_rows, mail_rows, tracked, tracked_and_never, excuse_anywhere, robots,
)  # fmt: skip
