"""Seeded timelines: what an archive holds of a source, what was cited, and the right answer by construction."""

from datetime import UTC, datetime

from tests.support.archive_standin import Kept
from tests.support.awkward_captures import (
    charset,
    gzipped,
    other_media,
    pdf,
    redirect_circle,
    redirect_elsewhere,
    redirect_home,
    redirect_late,
    revisit,
    revisit_of_an_error,
    unplayable,
)
from tests.support.timeline_maker import CHALLENGE, GONE, LOGIN, PARKED, Maker, Timeline, days


def plain(m, t):
    day, quote = m.day(), m.sentence()
    same = m.page(quote)
    t.captures = [m.kept(day + days(d), same) for d in (-900, -200, -20, 60, 400)]
    t.cited = [m.cite(day, quote, "bracketed", [t.captures[2]])]


def plain_no_quote(m, t):
    day, same = m.day(), m.page()
    t.captures = [m.kept(day + days(d), same) for d in (-300, -90, 55, 400)]
    t.cited = [m.cite(day, None, "bracketed", [t.captures[2]], verified=True)]


def changing_with_quote(m, t):
    day, quote = m.day(), m.sentence()
    t.captures = [m.kept(day + days(d), m.page(quote)) for d in (-400, -50, 30, 300)]
    t.cited = [m.cite(day, quote, "bracketed", [t.captures[2]])]


def drift_before(m, t):
    day, quote = m.day(), m.sentence()
    old, new = m.page(), m.page(quote)
    t.captures = [m.kept(day - days(500), old), m.kept(day - days(10), old), m.kept(day + days(80), new)]
    t.cited = [m.cite(day, quote, "quote-anchored", [t.captures[2]])]


def drift_after(m, t):
    day, quote = m.day(), m.sentence()
    old, new = m.page(quote), m.page()
    t.captures = [m.kept(day - days(700), old), m.kept(day - days(90), old), m.kept(day + days(5), new)]
    t.cited = [m.cite(day, quote, "quote-anchored", [t.captures[1]])]


def one_number_changed(m, t):
    day = m.day()
    quote = "the council counted 4,312 households along the eastern road in the spring"
    right, wrong = m.page(quote), m.page(quote.replace("4,312", "4,132"))
    t.captures = [
        m.kept(day - days(100), right),
        m.kept(day - days(5), wrong),
        m.kept(day + days(40), wrong),
    ]
    t.cited = [m.cite(day, quote, "quote-anchored", [t.captures[0]])]


def quote_nowhere(m, t):
    day, body = m.day(), m.page()
    t.captures = [m.kept(day + days(d), body) for d in (-30, 30)]
    t.cited = [m.cite(day, m.sentence(), "none", verified=False)]


def no_quote_near(m, t):
    day = m.day()
    t.captures = [m.kept(day + days(d), m.page()) for d in (-300, -12, 90)]
    t.cited = [m.cite(day, None, "near", [t.captures[1]], verified=True)]


def no_quote_far(m, t):
    day = m.day()
    t.captures = [m.kept(day + days(d), m.page()) for d in (-300, 200)]
    t.cited = [m.cite(day, None, "none", verified=False)]


def no_quote_other_title(m, t):
    day = m.day()
    t.captures = [m.kept(day - days(4), m.page(title="Harbour timber prices"))]
    t.cited = [m.cite(day, None, "near", [t.captures[0]], verified=False)]


def dead_then_parked(m, t):
    day, quote = m.day(), m.sentence()
    good, parked = m.page(quote), PARKED % b"site.example.org"
    t.captures = [
        m.kept(day - days(300), good), m.kept(day - days(150), good),
        m.kept(day + days(3), b"gone", status=404), m.kept(day + days(9), parked),
    ]  # fmt: skip
    t.cited = [m.cite(day, quote, "quote-anchored", [t.captures[1]])]


def parked_no_quote(m, t):
    day = m.day()
    t.captures = [m.kept(day - days(20), m.page()), m.kept(day + days(2), PARKED % m.url[7:30].encode())]
    t.cited = [m.cite(day, None, "near", [t.captures[0]], verified=True)]


def soft_404(m, t):
    day, quote = m.day(), m.sentence()
    good = m.page(quote)
    t.captures = [m.kept(day - days(200), good), m.kept(day - days(1), GONE), m.kept(day + days(50), good)]
    t.cited = [
        m.cite(day, quote, "bracketed", [t.captures[2]]),
        m.cite(day, None, "bracketed", [t.captures[2]]),
    ]


def challenge(m, t):
    day, good = m.day(), m.page()
    t.captures = [
        m.kept(day - days(25), good),
        m.kept(day + days(1), CHALLENGE),
        m.kept(day + days(28), good),
    ]
    t.cited = [m.cite(day, None, "bracketed", [t.captures[0]])]


def login(m, t):
    day, good = m.day(), m.page()
    t.captures = [m.kept(day - days(2), LOGIN), m.kept(day - days(22), good)]
    t.cited = [m.cite(day, None, "near", [t.captures[1]])]


def blank(m, t):
    day, good = m.day(), m.page()
    t.captures = [m.kept(day - days(2), b"<html><body></body></html>"), m.kept(day - days(22), good)]
    t.cited = [m.cite(day, None, "near", [t.captures[1]])]


def empty_digest(m, t):
    day, quote = m.day(), m.sentence()
    t.captures = [m.kept(day - days(2), b""), m.kept(day - days(22), m.page(quote))]
    t.cited = [m.cite(day, quote, "quote-anchored", [t.captures[1]])]


def archived_429(m, t):
    day, quote = m.day(), m.sentence()
    retry = (("x-archive-orig-retry-after", "60"),)
    t.captures = [
        m.kept(day, b"slow down", status=429, headers=retry), m.kept(day + days(22), m.page(quote)),
    ]  # fmt: skip
    t.cited = [m.cite(day, quote, "quote-anchored", [t.captures[1]])]


def only_errors(m, t):
    day = m.day()
    t.captures = [m.kept(day + days(d), b"no", status=s) for d, s in ((-30, 404), (10, 503), (40, 403))]
    t.cited = [m.cite(day, m.sentence(), "none", verified=False)]


def never(m, t):
    t.cited = [m.cite(m.day(), m.sentence(), "none", verified=False)]


def index_forgets(m, t):
    day, quote = m.day(), m.sentence()
    body = m.page(quote)
    t.captures = [m.kept(day + days(d), body, listed=False) for d in (-40, 80)]
    t.cited = [m.cite(day, quote, "bracketed", [t.captures[0]])]


def excluded(m, t):
    day, quote = m.day(), m.sentence()
    t.captures, t.excluded = [m.kept(day, m.page(quote))], True
    t.cited = [m.cite(day, quote, "none", verified=False)]


def partial_month(m, t):
    day, quote = datetime(m.rng.randrange(2004, 2020), m.rng.randrange(2, 12), 15, tzinfo=UTC), m.sentence()
    t.captures = [
        m.kept(day - days(70), m.page(quote)),
        m.kept(day + days(4), m.page(quote)),
        m.kept(day + days(90), m.page()),
    ]
    t.cited = [m.cite(f"{day:%Y-%m}", quote, "bracketed|quote-anchored", [t.captures[1]])]


def partial_year(m, t):
    year, quote = m.rng.randrange(2004, 2020), m.sentence()
    body = m.page(quote)
    days = (
        datetime(year - 1, 6, 1, tzinfo=UTC),
        datetime(year, 5, 3, tzinfo=UTC),
        datetime(year + 1, 3, 1, tzinfo=UTC),
    )
    t.captures = [m.kept(d, body) for d in days]
    t.cited = [m.cite(f"{year}", quote, "bracketed|quote-anchored", [t.captures[1]])]


def no_date(m, t):
    day, quote = m.day(), m.sentence()
    t.captures = [m.kept(day, m.page(quote)), m.kept(day + days(900), m.page())]
    t.cited = [
        m.cite(date, quote, "quote-anchored", [t.captures[0]]) for date in (None, "2031-05-04", "1994-03-01")
    ]


def late_on_the_day(m, t):
    day, quote = m.day(), m.sentence()
    evening = Kept(url=m.url, stamp=f"{day:%Y%m%d}214500", body=m.page(quote))
    t.captures = [m.kept(day - days(800), m.page()), evening, m.kept(day + days(300), m.page())]
    t.cited = [m.cite(day, quote, "bracketed|quote-anchored", [evening])]


def wide_gap(m, t):
    day, quote = m.day(2008, 2015), m.sentence()
    t.captures = [m.kept(day - days(1900), m.page(quote)), m.kept(day + days(2000), m.page(quote))]
    t.cited = [m.cite(day, quote, "bracketed", [t.captures[0]])]


def twins_of_a_second(m, t):
    day, quote = m.day(), m.sentence()
    stamp = m.stamp(day - days(8))
    secure = m.url.replace("http:", "https:").replace("//", "//www.")
    good = Kept(url=secure, stamp=stamp, body=m.page(quote))
    t.captures = [Kept(url=m.url, stamp=stamp, status=301, location=secure), good]
    t.cited = [m.cite(day, quote, "quote-anchored", [good])]


def two_dates(m, t):
    day, quote = m.day(), m.sentence()
    old, new = m.page(quote), m.page()
    t.captures = [
        m.kept(day - days(9), old),
        m.kept(day + days(9), old),
        m.kept(day + days(500), new),
        m.kept(day + days(700), new),
    ]
    t.cited = [
        m.cite(day - days(2), quote, "bracketed", [t.captures[0]]),
        m.cite(day + days(600), None, "bracketed", t.captures[2:]),
        m.cite(day + days(510), quote, "quote-anchored", [t.captures[1]]),
    ]  # fmt: skip


def weather(m, t):
    """Faults that pass: the right answer in the end."""
    plain(m, t)
    pool = m.rng.choice(("cdx", "replay"))
    kinds = ("503", "504", "offline", "reset", "hang", "cut", "429 2")
    t.faults = {pool: [m.rng.choice(kinds)]}


def shut_index(m, t):
    """The index fails for good: replay alone may answer, but never "none"."""
    kind = m.rng.choice(("503*", "html200*", "text200*", "reset*", "429*", "504*"))
    if m.rng.random() < 0.5:
        plain(m, t)
        t.cited = [m.cite(c.date, c.quote, "bracketed|unknown") for c in t.cited]
    else:
        never(m, t)
        t.cited = [m.cite(c.date, c.quote, "unknown", verified=False) for c in t.cited]
    t.faults = {"cdx": [kind]}


def shut_replay(m, t):
    """Replay fails for good: nothing can be proven, and nothing is called unarchived."""
    m.rng.choice((plain, never, no_quote_near))(m, t)
    t.cited = [m.cite(c.date, c.quote, "unknown", verified=False) for c in t.cited]
    t.faults = {"replay": [m.rng.choice(("503*", "html200*", "reset*", "504*"))]}


def own_link(m, t):
    day, quote = m.day(), m.sentence()
    body = m.page(quote)
    t.captures = [m.kept(day + days(d), body) for d in (-8, 30)]
    link = f"https://web.archive.org/web/{t.captures[0].stamp}/{m.url}"
    t.cited = [m.cite(day, quote, "bracketed", [t.captures[0]], archive_url=link)]


def many_rows(m, t):
    """More captures than the index gives in one page."""
    day, quote = m.day(2010, 2014), m.sentence()
    old, new = m.page(quote), m.page()
    t.captures = [m.kept(day + days(5 * d), old if d < 1 else new) for d in range(-30, 30) if d]
    right = max((c for c in t.captures if c.body is old), key=lambda c: c.stamp)
    t.cited = [m.cite(day, quote, "quote-anchored", [right])]


def other_case(m, t):
    """Letter case is folded by the index: a capture of another page stands nearer."""
    day = m.day()
    other = Kept(
        url=m.url.replace("/reports/", "/REPORTS/"), stamp=m.stamp(day), body=m.page(title="Port dues")
    )
    t.captures = [other, m.kept(day + days(20), m.page())]
    t.cited = [m.cite(day, None, "near", [t.captures[1]], verified=True)]


def query_string(m, t):
    day, quote = m.day(), m.sentence()
    m.url = t.url = m.url.replace(".html", ".php?id=7&lang=en")
    body = m.page(quote)
    t.captures = [m.kept(day + days(d), body) for d in (-40, 10)]
    t.cited = [m.cite(day, quote, "bracketed", [t.captures[1]])]


def short_page(m, t):
    """A page of a few lines is a page."""
    day, quote = m.day(), m.sentence(9)
    body = b"<html><head><title>The annual survey</title></head><body><p>%s.</p></body></html>"
    t.captures = [
        m.kept(day - days(10), body % quote.encode()),
        m.kept(day - days(2), body % m.sentence(9).encode()),
    ]
    t.cited = [
        m.cite(day, quote, "quote-anchored", [t.captures[0]]),
        m.cite(day, None, "near", [t.captures[1]]),
    ]


EASY = (plain, plain_no_quote, changing_with_quote, revisit, wide_gap, two_dates, gzipped, partial_year)
FAMILIES = (
    *EASY, drift_before, drift_after, one_number_changed, quote_nowhere, no_quote_near, no_quote_far,
    no_quote_other_title, dead_then_parked, parked_no_quote, soft_404, challenge, login, blank, empty_digest,
    archived_429, only_errors, never, index_forgets, excluded, redirect_elsewhere, redirect_home, redirect_late,
    redirect_circle, revisit_of_an_error, charset, other_media, partial_month, no_date, late_on_the_day,
    twins_of_a_second, unplayable, weather, shut_index, shut_replay, own_link,
    pdf, many_rows, other_case, query_string, short_page,
)  # fmt: skip


def timelines(count, seed=1, families=FAMILIES):
    """Return `count` timelines, the families in turn."""
    made = []
    for number in range(count):
        maker, family = Maker(seed, number), families[number % len(families)]
        timeline = Timeline(family=family.__name__, url=maker.url)
        family(maker, timeline)
        made.append(timeline)
    return made
