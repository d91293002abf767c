"""Timelines whose nearest capture shows something else than what was cited: same key, other page."""

from datetime import timedelta

from tests.support.archive_standin import Kept
from tests.support.timeline_maker import pdf_of

WALLS = (
    ("Tide & Times", "We value your privacy. We and our 312 partners store and access information on your device."),
    ("Tide & Times Pur", "Continue with advertising, or subscribe to Pur for 2.99 a month and read without tracking."),
    ("Not available in your region", "Unfortunately our website is currently unavailable in most European countries."),
    ("451", "Unavailable For Legal Reasons."),
    ("Down for maintenance", "We are carrying out scheduled maintenance and will be back shortly."),
    ("Database error", "Error establishing a database connection."),
    ("Fatal error", "Fatal error: Uncaught Error: Call to undefined function in /srv/www/index.php on line 12."),
    ("509", "Bandwidth Limit Exceeded. The server is temporarily unable to service your request."),
    ("Please wait", "Please enable JavaScript to view this page."),
    ("Members", "Please log in to continue. User name. Password. Forgot your password?"),
    ("Internal Error", "The Wayback Machine has encountered an internal error; please try again."),
    ("Are you a human?", "Please verify that you are a human by completing the check below."),
    ("Notice", "Your organisation's policy does not allow this category of page."),
)  # fmt: skip


def _days(count):
    return timedelta(days=count)


def wall_nearer(m, t):
    """A wall, whether we know its words or not, is nearer than the page."""
    day, good = m.day(), m.page()
    title, text = m.rng.choice(WALLS)
    wall = f"<html><head><title>{title}</title></head><body><p>{text}</p></body></html>".encode()
    t.captures = [m.kept(day - _days(1), wall), m.kept(day + _days(22), good)]
    t.cited = [m.cite(day, None, "near", [t.captures[1]], verified=True)]


def wall_on_both_sides(m, t):
    """Two equal walls agree with each other, and prove nothing."""
    day = m.day()
    title, text = m.rng.choice(WALLS)
    wall = f"<html><head><title>{title}</title></head><body><p>{text}</p></body></html>".encode()
    t.captures = [m.kept(day + _days(d), wall) for d in (-3, 4)]
    t.cited = [m.cite(day, None, "bracketed|near|none", verified=False)]


def agreeing_without_title(m, t):
    """Captures that agree bracket the day; without quote or title they do not prove the citation."""
    day, same = m.day(), m.page(title="Harbour timber prices")
    t.captures = [m.kept(day + _days(d), same) for d in (-40, 50)]
    t.cited = [
        m.cite(day, None, "bracketed", [t.captures[0]], verified=False),
        m.cite(day, None, "bracketed", [t.captures[0]], title=None, verified=False),
    ]


def other_case_only(m, t):
    """The only capture under the key is of an address in another case."""
    day = m.day()
    other = Kept(url=m.url.replace("/page-", "/Page-"), stamp=m.stamp(day), body=m.page())
    t.captures = [other]
    t.cited = [m.cite(day, None, "near|none", verified=False)]
    if m.rng.random() < 0.5:
        t.captures = [Kept(url=other.url, stamp=other.stamp, body=m.page(title="Port dues"))]
        t.cited = [m.cite(day, None, "none", verified=False)]


def short_links(m, t):
    """`aBcD1` and `AbCd1` share a key and are two pages."""
    day = m.day()
    base = m.url.split("/reports", maxsplit=1)[0]
    m.url = t.url = f"{base}/aBcD{m.rng.randrange(10)}"
    other = m.url.replace("aBcD", "AbCd")
    body, wrong = m.page(), m.page()
    t.captures = [
        *(Kept(url=other, stamp=m.stamp(day + _days(d)), body=wrong) for d in (-2, 3)),
        *(m.kept(day + _days(d), body) for d in (-60, 70)),
    ]
    t.cited = [m.cite(day, None, "bracketed", [t.captures[2]], verified=True)]


def video(m, t):
    """The case of `watch?v=` names another film of the same site and title."""
    day, quote = m.day(), m.sentence()
    base = m.url.split("/reports", maxsplit=1)[0]
    m.url = t.url = f"{base}/watch?v=xYz{m.rng.randrange(99)}Q"
    wrong = Kept(url=m.url.replace("xYz", "XyZ"), stamp=m.stamp(day), body=m.page())
    right = m.kept(day - _days(90), m.page(quote))
    t.captures = [wrong, right]
    t.cited = [
        m.cite(day, quote, "quote-anchored", [right]),
        m.cite(day, None, "none", [right], verified=False),
    ]


def numbered_hosts(m, t):
    """`www2.` and `www3288.` are hosts of their own, though the index drops them."""
    day, quote = m.day(), m.sentence()
    one, two = m.rng.choice((("www2.", "www."), ("www3288.", "www504778."), ("www2.", "")))
    bare = m.url
    m.url = t.url = bare.replace("//", f"//{one}")
    other = bare.replace("//", f"//{two}")
    t.captures = [
        Kept(url=other, stamp=m.stamp(day + _days(1)), body=m.page(title="Port dues")),
        m.kept(day - _days(25), m.page(quote)),
    ]
    t.cited = [
        m.cite(day, None, "near", [t.captures[1]], verified=True),
        m.cite(day, quote, "quote-anchored", [t.captures[1]]),
    ]


def hash_bang(m, t):
    """What stands after `#!` is never sent: archives hold the front page only."""
    day = m.day()
    base = m.url.split("/reports", maxsplit=1)[0]
    t.url = f"{base}/#!/story/{m.rng.randrange(99)}"
    front = m.page(title="Stories of the coast")
    t.captures = [Kept(url=f"{base}/", stamp=m.stamp(day + _days(d)), body=front) for d in (-5, 6)]
    t.cited = [m.cite(day, None, "none", verified=False), m.cite(day, m.sentence(), "none", verified=False)]


def redirected_to_section(m, t):
    """The nearest capture redirects to the section above the page; the page itself stands 13 days off."""
    day = m.day()
    section = m.url.rsplit("/", 1)[0] + "/"
    stamp = m.stamp(day, 4)
    t.captures = [
        Kept(url=m.url, stamp=stamp, status=302, location=section),
        Kept(url=section, stamp=stamp, body=m.page(title="Reports of the council")),
        m.kept(day - _days(13), m.page()),
    ]
    t.cited = [
        m.cite(day, None, "near", [t.captures[2]], verified=True),
        m.cite(day, None, "near", [t.captures[2]], title=None, verified=False),
    ]


def only_a_section(m, t):
    day = m.day()
    section = m.url.rsplit("/", 1)[0] + "/"
    stamp = m.stamp(day, 4)
    t.captures = [
        Kept(url=m.url, stamp=stamp, status=302, location=section),
        Kept(url=section, stamp=stamp, body=m.page(title="Reports of the council")),
    ]
    t.cited = [
        m.cite(day, None, "none", verified=False),
        m.cite(day, None, "none", title=None, verified=False),
    ]


def moved_with_its_name(m, t):
    """A redirect that keeps the page's name leads to the page."""
    day = m.day()
    there = m.url.replace("/reports/", "/archive/2011/").replace(".html", "/")
    stamp = m.stamp(day - _days(3), 4)
    t.captures = [
        Kept(url=m.url, stamp=stamp, status=301, location=there), Kept(url=there, stamp=stamp, body=m.page()),
    ]  # fmt: skip
    goes = [t.captures[0]]
    t.cited = [
        m.cite(day, None, "near", goes, verified=True),
        m.cite(day, None, "near", goes, title=None, verified=False),
    ]


def download_interstitial(m, t):
    """An address that hands out a file was once captured as the page before the download."""
    day = m.day()
    base = m.url.split("/reports", maxsplit=1)[0]
    m.url = t.url = f"{base}/download?id={m.rng.randrange(900)}"
    file = pdf_of(f"The annual survey {m.sentence(90)}")
    waits = b"<html><head><title>The annual survey</title></head><body><p>Your download will start soon.</p></body></html>"
    t.captures = [
        m.kept(day - _days(24), file, media="application/pdf"), m.kept(day - _days(1), waits),
        m.kept(day + _days(28), file, media="application/pdf"),
    ]  # fmt: skip
    t.cited = [m.cite(day, None, "bracketed|near", [t.captures[0]])]


def pdf_by_title(m, t):
    """The title says (PDF); the capture of the day is the page around it."""
    day = m.day()
    m.url = t.url = m.url.replace(".html", "")
    file = pdf_of(f"The annual survey of the council {m.sentence(90)}")
    around = m.page(title="The annual survey of the council")
    t.captures = [m.kept(day, around), m.kept(day + _days(20), file, media="application/pdf")]
    titled = "The annual survey of the council (PDF)"
    t.cited = [m.cite(day, None, "near", [t.captures[1]], title=titled)]


def one_of_the_day(m, t):
    """Of the captures made while the author may have looked, the one that bears the title wins."""
    day, quote = m.day(), m.sentence()
    wrong = m.page(title="Harbour timber prices")
    right = Kept(url=m.url, stamp=f"{day:%Y%m%d}203000", body=m.page(quote))
    t.captures = [Kept(url=m.url, stamp=f"{day:%Y%m%d}{h}0000", body=wrong) for h in ("09", "11")] + [right]
    t.cited = [
        m.cite(day, quote, "bracketed|quote-anchored", [right]),
        m.cite(day, None, "near|bracketed", [right], verified=True),
    ]


def alone_on_the_day(m, t):
    """One capture of the day that bears neither quote nor title is near, and proves nothing."""
    day = m.day()
    t.captures = [Kept(url=m.url, stamp=f"{day:%Y%m%d}120000", body=m.page(title="Harbour timber prices"))]
    t.cited = [m.cite(day, None, "near", t.captures, verified=False)]
    if m.rng.random() < 0.5:
        t.captures = [Kept(url=m.url, stamp=f"{day:%Y%m%d}120000", body=m.page())]
        t.cited = [m.cite(day, None, "bracketed", t.captures, verified=True)]


LOOKALIKES = (
    wall_nearer, wall_on_both_sides, agreeing_without_title, other_case_only, short_links, video,
    numbered_hosts, hash_bang, redirected_to_section, only_a_section, moved_with_its_name,
    download_interstitial, pdf_by_title, one_of_the_day, alone_on_the_day,
)  # fmt: skip
