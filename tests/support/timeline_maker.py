"""What a timeline is made of: pages, captures, citations and their right answers, from a seed."""

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


def days(count):
    return timedelta(days=count)


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
