"""Seeded timelines: what an archive holds of a source, what was cited, and the right answer by construction."""

import gzip
import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from tests.support.archive_standin import Kept

NOW = datetime(2026, 11, 1, 3, 0, tzinfo=UTC)
WORDS = [
    "harbour",
    "ledger",
    "orchard",
    "valley",
    "market",
    "ferry",
    "census",
    "winter",
    "bridge",
    "mill",
    "pasture",
    "quarry",
    "school",
    "river",
    "village",
    "council",
    "record",
    "annual",
    "survey",
    "farmers",
    "trade",
    "road",
    "grain",
    "copper",
    "timber",
    "wages",
    "spring",
    "journal",
    "archive",
    "parish",
    "tower",
    "lantern",
    "northern",
    "eastern",
    "steady",
    "modest",
    "early",
    "later",
    "reported",
    "counted",
    "measured",
    "opened",
    "closed",
    "carried",
    "planted",
    "repaired",
]
PARKED = b"<html><head><title>%s</title></head><body><p>This domain is for sale! Buy this domain today.</p></body></html>"
GONE = b"<html><head><title>Page not found</title></head><body><h1>404 - Page not found</h1><p>Sorry, the page you requested could not be found.</p></body></html>"
CHALLENGE = b'<html><head><title>Just a moment...</title></head><body><div id="challenge-error-text">Enable JavaScript and cookies to continue</div><script>window._cf_chl_opt={cvId:"3"};</script></body></html>'
LOGIN = b'<html><head><title>Log in</title></head><body><h1>Log in</h1><form action="/login"><input name="user"><input type="password" name="pw"></form></body></html>'


@dataclass(frozen=True, kw_only=True)
class Cited:
    """One citation and its right answer. `stamps` None: any; `verified` None: either."""

    date: str | None
    quote: str | None
    coverage: frozenset[str]
    stamps: frozenset[str] | None = None
    verified: bool | None = None
    title: str | None = "The annual survey"
    archive_url: str | None = None


@dataclass(kw_only=True)
class Timeline:
    family: str
    url: str
    captures: list = field(default_factory=list)
    cited: list = field(default_factory=list)
    excluded: bool = False
    faults: dict = field(default_factory=dict)
    silent_availability: bool = True
    marks: set = field(default_factory=set)
    """What the stand-in does for this address: "robots", "wide" (further index columns)."""
    excuse: tuple | None = None
    """Status and body with which replay refuses the address."""


class Maker:
    def __init__(self, seed, number):
        self.rng = random.Random(f"{seed}/{number}")
        self.url = f"http://site{number}.example.org/reports/page-{number}.html"

    def stamp(self, day, hour=None):
        hour = self.rng.randrange(24) if hour is None else hour
        return f"{day:%Y%m%d}{hour:02d}{self.rng.randrange(60):02d}{self.rng.randrange(60):02d}"

    def day(self, low=2003, high=2022):
        return datetime(low, 1, 1, tzinfo=UTC) + timedelta(days=self.rng.randrange((high - low) * 365))

    def sentence(self, count=12):
        return " ".join(self.rng.choices(WORDS, k=count))

    def page(self, quote=None, title="The annual survey", words=160):
        text = [self.sentence() + "." for _ in range(words // 12)]
        if quote:
            text.insert(len(text) // 2, quote + ".")
        body = "".join(f"<p>{line}</p>" for line in text)
        return f"<html><head><title>{title}</title></head><body><h1>{title}</h1>{body}</body></html>".encode()

    def kept(self, day, body, **more):
        return Kept(**{"url": self.url, "stamp": self.stamp(day), "body": body, **more})

    def cite(self, day, quote, coverage, capture=None, **more):
        names = frozenset(coverage.split("|"))
        stamps = frozenset(c.stamp for c in capture) if capture else None
        proven = bool(names & {"bracketed", "quote-anchored"}) and quote is not None
        more.setdefault("verified", True if proven else None)
        date = day.date().isoformat() if isinstance(day, datetime) else day
        return Cited(date=date, quote=quote, coverage=names, stamps=stamps, **more)


def _days(count):
    return timedelta(days=count)


def plain(m, t):
    day, quote = m.day(), m.sentence()
    same = m.page(quote)
    t.captures = [m.kept(day + _days(d), same) for d in (-900, -200, -20, 60, 400)]
    t.cited = [m.cite(day, quote, "bracketed", [t.captures[2]])]


def plain_no_quote(m, t):
    day, same = m.day(), m.page()
    t.captures = [m.kept(day + _days(d), same) for d in (-300, -90, 55, 400)]
    t.cited = [m.cite(day, None, "bracketed", [t.captures[2]], verified=True)]


def changing_with_quote(m, t):
    day, quote = m.day(), m.sentence()
    t.captures = [m.kept(day + _days(d), m.page(quote)) for d in (-400, -50, 30, 300)]
    t.cited = [m.cite(day, quote, "bracketed", [t.captures[2]])]


def drift_before(m, t):
    day, quote = m.day(), m.sentence()
    old, new = m.page(), m.page(quote)
    t.captures = [m.kept(day - _days(500), old), m.kept(day - _days(10), old), m.kept(day + _days(80), new)]
    t.cited = [m.cite(day, quote, "quote-anchored", [t.captures[2]])]


def drift_after(m, t):
    day, quote = m.day(), m.sentence()
    old, new = m.page(quote), m.page()
    t.captures = [m.kept(day - _days(700), old), m.kept(day - _days(90), old), m.kept(day + _days(5), new)]
    t.cited = [m.cite(day, quote, "quote-anchored", [t.captures[1]])]


def one_number_changed(m, t):
    day = m.day()
    quote = "the council counted 4,312 households along the eastern road in the spring"
    right, wrong = m.page(quote), m.page(quote.replace("4,312", "4,132"))
    t.captures = [
        m.kept(day - _days(100), right),
        m.kept(day - _days(5), wrong),
        m.kept(day + _days(40), wrong),
    ]
    t.cited = [m.cite(day, quote, "quote-anchored", [t.captures[0]])]


def quote_nowhere(m, t):
    day, body = m.day(), m.page()
    t.captures = [m.kept(day + _days(d), body) for d in (-30, 30)]
    t.cited = [m.cite(day, m.sentence(), "none", verified=False)]


def no_quote_near(m, t):
    day = m.day()
    t.captures = [m.kept(day + _days(d), m.page()) for d in (-300, -12, 90)]
    t.cited = [m.cite(day, None, "near", [t.captures[1]], verified=True)]


def no_quote_far(m, t):
    day = m.day()
    t.captures = [m.kept(day + _days(d), m.page()) for d in (-300, 200)]
    t.cited = [m.cite(day, None, "none", verified=False)]


def no_quote_other_title(m, t):
    day = m.day()
    t.captures = [m.kept(day - _days(4), m.page(title="Harbour timber prices"))]
    t.cited = [m.cite(day, None, "near", [t.captures[0]], verified=False)]


def dead_then_parked(m, t):
    day, quote = m.day(), m.sentence()
    good, parked = m.page(quote), PARKED % b"site.example.org"
    t.captures = [
        m.kept(day - _days(300), good), m.kept(day - _days(150), good),
        m.kept(day + _days(3), b"gone", status=404), m.kept(day + _days(9), parked),
    ]  # fmt: skip
    t.cited = [m.cite(day, quote, "quote-anchored", [t.captures[1]])]


def parked_no_quote(m, t):
    day = m.day()
    t.captures = [m.kept(day - _days(20), m.page()), m.kept(day + _days(2), PARKED % m.url[7:30].encode())]
    t.cited = [m.cite(day, None, "near", [t.captures[0]], verified=True)]


def soft_404(m, t):
    day, quote = m.day(), m.sentence()
    good = m.page(quote)
    t.captures = [m.kept(day - _days(200), good), m.kept(day - _days(1), GONE), m.kept(day + _days(50), good)]
    t.cited = [
        m.cite(day, quote, "bracketed", [t.captures[2]]),
        m.cite(day, None, "bracketed", [t.captures[2]]),
    ]


def challenge(m, t):
    day, good = m.day(), m.page()
    t.captures = [
        m.kept(day - _days(25), good),
        m.kept(day + _days(1), CHALLENGE),
        m.kept(day + _days(28), good),
    ]
    t.cited = [m.cite(day, None, "bracketed", [t.captures[0]])]


def login(m, t):
    day, good = m.day(), m.page()
    t.captures = [m.kept(day - _days(2), LOGIN), m.kept(day - _days(22), good)]
    t.cited = [m.cite(day, None, "near", [t.captures[1]])]


def blank(m, t):
    day, good = m.day(), m.page()
    t.captures = [m.kept(day - _days(2), b"<html><body></body></html>"), m.kept(day - _days(22), good)]
    t.cited = [m.cite(day, None, "near", [t.captures[1]])]


def empty_digest(m, t):
    day, quote = m.day(), m.sentence()
    t.captures = [m.kept(day - _days(2), b""), m.kept(day - _days(22), m.page(quote))]
    t.cited = [m.cite(day, quote, "quote-anchored", [t.captures[1]])]


def archived_429(m, t):
    day, quote = m.day(), m.sentence()
    retry = (("x-archive-orig-retry-after", "60"),)
    t.captures = [
        m.kept(day, b"slow down", status=429, headers=retry), m.kept(day + _days(22), m.page(quote)),
    ]  # fmt: skip
    t.cited = [m.cite(day, quote, "quote-anchored", [t.captures[1]])]


def only_errors(m, t):
    day = m.day()
    t.captures = [m.kept(day + _days(d), b"no", status=s) for d, s in ((-30, 404), (10, 503), (40, 403))]
    t.cited = [m.cite(day, m.sentence(), "none", verified=False)]


def never(m, t):
    t.cited = [m.cite(m.day(), m.sentence(), "none", verified=False)]


def index_forgets(m, t):
    day, quote = m.day(), m.sentence()
    body = m.page(quote)
    t.captures = [m.kept(day + _days(d), body, listed=False) for d in (-40, 80)]
    t.cited = [m.cite(day, quote, "bracketed", [t.captures[0]])]


def excluded(m, t):
    day, quote = m.day(), m.sentence()
    t.captures, t.excluded = [m.kept(day, m.page(quote))], True
    t.cited = [m.cite(day, quote, "none", verified=False)]


def redirect_elsewhere(m, t):
    day, quote = m.day(), m.sentence()
    moved_to = m.url.replace(".html", "/").replace("/reports/", "/library/")
    goes = m.kept(day - _days(12), b"", status=301, location=moved_to)
    there = Kept(url=moved_to, stamp=m.stamp(day - _days(12), 23), body=m.page(quote))
    goes = Kept(url=goes.url, stamp=m.stamp(day - _days(12), 20), status=301, location=moved_to)
    t.captures = [goes, there]
    t.cited = [m.cite(day, quote, "quote-anchored", [goes])]


def redirect_home(m, t):
    day = m.day()
    home = m.url.split("/reports", maxsplit=1)[0] + "/"
    stamp = m.stamp(day, 4)
    t.captures = [
        Kept(url=m.url, stamp=stamp, status=302, location=home), Kept(url=home, stamp=stamp, body=m.page()),
        m.kept(day - _days(25), m.page()),
    ]  # fmt: skip
    t.cited = [m.cite(day, None, "near", [t.captures[2]], verified=True)]


def redirect_late(m, t):
    day, quote = m.day(), m.sentence()
    target = m.url + "?moved=1"
    t.captures = [
        m.kept(day, b"", status=301, location=target), Kept(url=target, stamp=m.stamp(day + _days(9)), body=m.page(quote)),
        m.kept(day - _days(200), m.page(quote)),
    ]  # fmt: skip
    t.cited = [m.cite(day, quote, "quote-anchored", [t.captures[2]])]


def redirect_circle(m, t):
    day, quote = m.day(), m.sentence()
    other = m.url + "?cookie=1"
    stamp = m.stamp(day)
    t.captures = [
        Kept(url=m.url, stamp=stamp, status=302, location=other), Kept(url=other, stamp=stamp, status=302, location=m.url),
        m.kept(day - _days(70), m.page(quote)),
    ]  # fmt: skip
    t.cited = [m.cite(day, quote, "quote-anchored", [t.captures[2]])]


def revisit(m, t):
    day, quote = m.day(), m.sentence()
    body = m.page(quote)
    t.captures = [
        m.kept(day - _days(500), body),
        m.kept(day - _days(15), body, revisit=True),
        m.kept(day + _days(90), body),
    ]
    t.cited = [m.cite(day, quote, "bracketed", [t.captures[1]])]


def revisit_of_an_error(m, t):
    day, quote = m.day(), m.sentence()
    t.captures = [
        m.kept(day - _days(90), b"no", status=404), m.kept(day - _days(3), b"no", revisit=True),
        m.kept(day + _days(60), m.page(quote)),
    ]  # fmt: skip
    t.cited = [m.cite(day, quote, "quote-anchored", [t.captures[2]])]


def gzipped(m, t):
    day, quote = m.day(), m.sentence()
    digests = {"digest": "GZIPPEDGZIPPEDGZIPPEDGZIPPEDGZIP"}
    body = gzip.compress(m.page(quote))
    encodings = m.rng.choice(((), ("gzip",), ("", "gzip"), ("gzip", "")))
    t.captures = [m.kept(day + _days(d), body, encoding=encodings, **digests) for d in (-31, 44)]
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
    t.captures = [m.kept(day + _days(d), body, media=media) for d in (-31, 44)]
    t.cited = [m.cite(day, quote, "bracketed", [t.captures[0]])]


def other_media(m, t):
    day, good = m.day(), m.page()
    image = b"\x89PNG\r\n\x1a\n" + bytes(400)
    t.captures = [m.kept(day, image, media="image/png"), m.kept(day + _days(26), good)]
    t.cited = [m.cite(day, None, "near", [t.captures[1]])]


def partial_month(m, t):
    day, quote = datetime(m.rng.randrange(2004, 2020), m.rng.randrange(2, 12), 15, tzinfo=UTC), m.sentence()
    t.captures = [
        m.kept(day - _days(70), m.page(quote)),
        m.kept(day + _days(4), m.page(quote)),
        m.kept(day + _days(90), m.page()),
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
    t.captures = [m.kept(day, m.page(quote)), m.kept(day + _days(900), m.page())]
    t.cited = [
        m.cite(date, quote, "quote-anchored", [t.captures[0]]) for date in (None, "2031-05-04", "1994-03-01")
    ]


def late_on_the_day(m, t):
    day, quote = m.day(), m.sentence()
    evening = Kept(url=m.url, stamp=f"{day:%Y%m%d}214500", body=m.page(quote))
    t.captures = [m.kept(day - _days(800), m.page()), evening, m.kept(day + _days(300), m.page())]
    t.cited = [m.cite(day, quote, "bracketed|quote-anchored", [evening])]


def wide_gap(m, t):
    day, quote = m.day(2008, 2015), m.sentence()
    t.captures = [m.kept(day - _days(1900), m.page(quote)), m.kept(day + _days(2000), m.page(quote))]
    t.cited = [m.cite(day, quote, "bracketed", [t.captures[0]])]


def twins_of_a_second(m, t):
    day, quote = m.day(), m.sentence()
    stamp = m.stamp(day - _days(8))
    secure = m.url.replace("http:", "https:").replace("//", "//www.")
    good = Kept(url=secure, stamp=stamp, body=m.page(quote))
    t.captures = [Kept(url=m.url, stamp=stamp, status=301, location=secure), good]
    t.cited = [m.cite(day, quote, "quote-anchored", [good])]


def unplayable(m, t):
    day, quote = m.day(), m.sentence()
    body = m.page(quote)
    t.captures = [
        m.kept(day - _days(3), m.page(quote), playable=False),
        m.kept(day - _days(60), body),
        m.kept(day + _days(90), body),
    ]
    t.cited = [m.cite(day, quote, "bracketed", [t.captures[1]])]


def two_dates(m, t):
    day, quote = m.day(), m.sentence()
    old, new = m.page(quote), m.page()
    t.captures = [
        m.kept(day - _days(9), old),
        m.kept(day + _days(9), old),
        m.kept(day + _days(500), new),
        m.kept(day + _days(700), new),
    ]
    t.cited = [
        m.cite(day - _days(2), quote, "bracketed", [t.captures[0]]),
        m.cite(day + _days(600), None, "bracketed", t.captures[2:]),
        m.cite(day + _days(510), quote, "quote-anchored", [t.captures[1]]),
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
    t.captures = [m.kept(day + _days(d), body) for d in (-8, 30)]
    link = f"https://web.archive.org/web/{t.captures[0].stamp}/{m.url}"
    t.cited = [m.cite(day, quote, "bracketed", [t.captures[0]], archive_url=link)]


def pdf_of(text):
    """Return a one-page PDF that says `text`."""
    lines = [text[i : i + 70] for i in range(0, len(text), 70)]
    shown = "BT /F1 11 Tf 14 TL 40 780 Td " + " ".join(f"({line}) Tj T*" for line in lines) + " ET"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(shown), shown.encode()),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(out)
    out += b"xref\n0 6\n0000000000 65535 f \n" + table
    return out + b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % start


def pdf(m, t):
    """The nearest capture of a PDF is the login page that stood before it."""
    day, quote = m.day(), m.sentence()
    m.url = t.url = m.url.replace(".html", ".pdf")
    body = pdf_of(f"{m.sentence(40)} {quote} {m.sentence(60)}")
    t.captures = [
        m.kept(day - _days(50), body, media="application/pdf"), m.kept(day - _days(2), LOGIN),
        m.kept(day + _days(70), body, media="application/pdf"),
    ]  # fmt: skip
    t.cited = [m.cite(day, quote, "bracketed", [t.captures[0]])]


def many_rows(m, t):
    """More captures than the index gives in one page."""
    day, quote = m.day(2010, 2014), m.sentence()
    old, new = m.page(quote), m.page()
    t.captures = [m.kept(day + _days(5 * d), old if d < 1 else new) for d in range(-30, 30) if d]
    right = max((c for c in t.captures if c.body is old), key=lambda c: c.stamp)
    t.cited = [m.cite(day, quote, "quote-anchored", [right])]


def other_case(m, t):
    """Letter case is folded by the index: a capture of another page stands nearer."""
    day = m.day()
    other = Kept(
        url=m.url.replace("/reports/", "/REPORTS/"), stamp=m.stamp(day), body=m.page(title="Port dues")
    )
    t.captures = [other, m.kept(day + _days(20), m.page())]
    t.cited = [m.cite(day, None, "near", [t.captures[1]], verified=True)]


def query_string(m, t):
    day, quote = m.day(), m.sentence()
    m.url = t.url = m.url.replace(".html", ".php?id=7&lang=en")
    body = m.page(quote)
    t.captures = [m.kept(day + _days(d), body) for d in (-40, 10)]
    t.cited = [m.cite(day, quote, "bracketed", [t.captures[1]])]


def short_page(m, t):
    """A page of a few lines is a page."""
    day, quote = m.day(), m.sentence(9)
    body = b"<html><head><title>The annual survey</title></head><body><p>%s.</p></body></html>"
    t.captures = [
        m.kept(day - _days(10), body % quote.encode()),
        m.kept(day - _days(2), body % m.sentence(9).encode()),
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
