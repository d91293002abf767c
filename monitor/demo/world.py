"""The rehearsal's web as data: what each cited address answers, and what its archive holds.

Real names, invented pages: nothing here was copied from the sites that bear these names.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

FILLER = (
    "This page belongs to the rehearsal of citation-monitor. It was written for that purpose, and no"
    " word of "
    "it stands on the site whose name it borrows. A checker needs something to read, so here are a few "
    "sentences about the weather in the mountains: mornings are cold, noon is bright, and by evening the "
    "wind comes down the valley and rattles the shutters. People close their shops, bring in the "
    "washing and "
    "talk about the year when the snow lay until May. Nobody agrees which year that was. The baker "
    "says one "
    "thing, the teacher another, and the postman, who kept a diary, has lost it. So the story is "
    "told again, "
    "a little longer each time, and the children know every version of it by heart."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoAnswer:
    """What a server says: a status, headers, and a page or a raw body."""

    status: int = 200
    title: str = ""
    text: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    canonical: str = ""

    @property
    def html(self) -> str:
        """Return the page."""
        link = f'<link rel="canonical" href="{self.canonical}">' if self.canonical else ""
        return (
            f'<!doctype html><html lang="en"><head><meta charset="utf-8">'
            f"<title>{self.title}</title>{link}</head>"
            f"<body><h1>{self.title}</h1>{self.text}</body></html>"
        )


def page(title: str, *quotes: str, **more: str) -> DemoAnswer:
    """Return a readable page holding the quotes."""
    body = "".join(f"<p>{quote}</p>" for quote in quotes)
    return DemoAnswer(title=title, text=f"{body}<p>{FILLER}</p>", canonical=more.get("canonical", ""))


MISSING = DemoAnswer(status=404, title="404 Not Found", text="<p>The page is not here.</p>")


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoSite:
    """One cited address: what it answers now, what it answered before `changed`, what was archived.

    `host` names the server; `refused` closes its port; `expired` gives it a certificate past its date.
    """

    url: str
    now: DemoAnswer
    before: DemoAnswer | None = None
    changed: date | None = None
    refused: bool = False
    expired: bool = False
    archived: tuple[tuple[str, DemoAnswer], ...] = ()

    def answer(self, today: date) -> DemoAnswer:
        """Return what the address answers on a day."""
        if self.changed and self.before and today < self.changed:
            return self.before
        return self.now


BRIDE = page(
    "FRONTLINE/World: Kyrgyzstan - The Kidnapped Bride",
    "In this story a filmmaker follows families in villages near Osh, where a custom older than the "
    "roads decides "
    "whom a young woman marries. He asks the women who stayed what they would tell their daughters.",
)
REPORT = (
    "The report counts 31 inspections of farms and workshops during the year. Inspectors did not "
    "find children at "
    "work in most of them, and fines were paid in 12 cases."
)
COURTS = (
    "Courts heard few cases of forced labor in the year under review, and lawyers say that witnesses"
    " seldom appear. "
    "Workers who go abroad remain the least protected."
)
FACTBOOK = (
    "A country of mountains, lakes and pastures, it trades wool, cotton and gold with its neighbors."
    " More people "
    "live in its valleys than in its towns."
)
COOL = "A good address is chosen once and kept for as long as anybody may follow it."
RFC = (
    "A client asks for a resource as it was at a time, and the server answers with the nearest "
    "state it knows."
)
PEW = "A quarter of the pages that could be read ten years ago can no longer be found where they were."
ROBUST = "A link keeps three things: the address, the archived copy and the day on which they were joined."
TRAVEL = (
    "Enter an address and a date, and the service asks the archives of the world which of them remembers."
)
LINKROT = "Every page that moves without leaving a note behind costs its owner readers for years."
LENDING = "The library lends everything it holds to everyone who asks, at no charge and without a card."
CURATORS = "Curators choose the sites, machines copy them, and readers find them under the day of the copy."
BORDERS = "Libraries of many countries share tools and worries, for the web does not stop at their borders."
ATHENS = "Neighbors meet here to talk of books and of the long way home from school."

REPORT_PAGE = page("2020 Country Reports on Human Rights Practices: Kyrgyz Republic", REPORT)
COURTS_PAGE = page("Kyrgyzstan: Freedom in the World 2020 Country Report", COURTS)
TRAVEL_PAGE = page("Memento Time Travel", TRAVEL)
LINKROT_PAGE = page("Fighting Linkrot (Jakob Nielsen's Alertbox)", LINKROT)
LENDING_PAGE = page("Internet Archive: About IA", LENDING)
CURATORS_PAGE = page("Web Archiving Program", CURATORS)
ATHENS_PAGE = page("Athens Forum", ATHENS)
CHALLENGE = DemoAnswer(
    status=403,
    title="Just a moment...",
    text="<p>Checking your browser before accessing the site.</p>",
    headers={"cf-mitigated": "challenge", "server": "cloudflare"},
)
PARKED = DemoAnswer(
    title="useit.com",
    text="<h2>This domain is for sale</h2><p>Buy this domain. "
    "The domain useit.com may be for sale by its owner!</p>"
    '<p><a href="https://sedo.example/search">Related searches</a></p>',
)

PEW_URL = "https://www.pewresearch.org/data-labs/2024/05/17/when-online-content-disappears/"
PEW_NEW = "https://www.pewresearch.org/internet/2024/05/17/when-online-content-disappears/"
PEW_PAGE = page("When Online Content Disappears", PEW, canonical=PEW_NEW)

GVNET = "http://gvnet.com/humantrafficking/Kyrgyzstan.htm"
"""The public page of the watched text: its links give the address the text does not show."""

STRUGGLES = "http://www.eurasianet.org/departments/rights/articles/eav062804.shtml"
STRUGGLES_PAGE = page(
    "Kyrgyzstan struggles to stop slave trade", "The story as it stood in the summer of 2004."
)

SITES = (
    DemoSite(
        url=GVNET,
        now=DemoAnswer(
            title="Human Trafficking in the Kyrgyz Republic",
            text=f"<p>{FILLER}</p><p>Kyrgyzstan struggles to stop slave trade</p>"
            "<p>Aigul Rasulova, Eurasianet, June 28, 2004</p>"
            f'<p><a href="{STRUGGLES}">{STRUGGLES.removeprefix("http://")}</a></p>'
            "<p>[accessed 17 February 2011]</p><p>[accessed 4 February 2018]</p>",
        ),
    ),
    DemoSite(
        url=STRUGGLES,
        now=DemoAnswer(status=301, headers={"location": "http://www.eurasianet.org/"}),
        archived=(("20180201000000", STRUGGLES_PAGE), ("20180210000000", STRUGGLES_PAGE)),
    ),
    DemoSite(url="http://www.eurasianet.org/", now=page("Eurasianet")),
    DemoSite(
        url="http://www.pbs.org/frontlineworld/stories/kyrgyzstan/",
        now=BRIDE,
        archived=(("20110105120000", BRIDE), ("20110402080000", BRIDE)),
    ),
    DemoSite(
        url="http://www.state.gov/reports/2020-country-reports-on-human-rights-practices/kyrgyzstan/",
        now=page(
            "2020 Country Reports on Human Rights Practices: Kyrgyz Republic",
            REPORT.replace("31 inspections", "13 inspections").replace("did not find", "did find"),
        ),
        archived=(("20210610000000", REPORT_PAGE), ("20210701000000", REPORT_PAGE)),
    ),
    DemoSite(
        url="http://freedomhouse.org/country/kyrgyzstan/freedom-world/2020",
        now=CHALLENGE,
        archived=(("20200701101500", COURTS_PAGE), ("20200715090000", COURTS_PAGE)),
    ),
    DemoSite(
        url="http://www.hrw.org/europe/central-asia/kyrgyzstan",
        now=page("Human Rights in Kyrgyzstan"),
        archived=(("20110223110000", page("Human Rights in Kyrgyzstan", "The news of February.")),),
    ),
    DemoSite(
        url="http://www.cia.gov/the-world-factbook/countries/kyrgyzstan/",
        now=page("Closing the chapter", "The pages that stood here were brought to an end by their editors."),
        archived=(("20101201000000", page("The World Factbook: Kyrgyzstan", FACTBOOK)),),
    ),
    DemoSite(url="https://www.w3.org/Provider/Style/URI", now=page("Cool URIs don't change", COOL)),
    DemoSite(url="https://www.rfc-editor.org/rfc/rfc7089", now=page("RFC 7089", RFC)),
    DemoSite(
        url=PEW_URL,
        now=DemoAnswer(status=301, headers={"location": PEW_NEW}),
        before=PEW_PAGE,
        changed=date(2026, 11, 18),
        archived=(("20260601000000", PEW_PAGE), ("20260608000000", PEW_PAGE)),
    ),
    DemoSite(url=PEW_NEW, now=PEW_PAGE),
    DemoSite(
        url="https://doi.org/10.1371/journal.pone.0115253",
        now=DemoAnswer(status=302, headers={"location": "https://journals.plos.org/plosone/article"}),
    ),
    DemoSite(url="https://journals.plos.org/plosone/article", now=page("Scholarly Context Not Found")),
    DemoSite(
        url="https://robustlinks.mementoweb.org/spec/",
        now=MISSING,
        before=page("Robust Links - Link Decoration", ROBUST),
        changed=date(2026, 11, 8),
        archived=(("20190901000000", page("Robust Links - Link Decoration", ROBUST)),),
    ),
    DemoSite(
        url="http://timetravel.mementoweb.org/",
        now=MISSING,
        refused=True,
        archived=(
            ("20190428000000", TRAVEL_PAGE),
            ("20190510000000", TRAVEL_PAGE),
            ("20250901000000", TRAVEL_PAGE),
            ("20260110000000", DemoAnswer(status=503, title="Service unavailable")),
            ("20260302000000", DemoAnswer(status=404, title="Not found")),
            ("20260420000000", DemoAnswer(status=404, title="Not found")),
        ),
    ),
    DemoSite(
        url="http://www.useit.com/alertbox/980614.html",
        now=PARKED,
        archived=(("20100830000000", LINKROT_PAGE), ("20100912000000", LINKROT_PAGE)),
    ),
    DemoSite(
        url="https://archive.org/about/",
        now=page("About IA", "We have rewritten this page from the first word to the last."),
        archived=(("20180304120000", LENDING_PAGE),),
    ),
    DemoSite(
        url="https://www.loc.gov/programs/web-archiving/",
        now=DemoAnswer(status=503, title="Service Unavailable"),
        archived=(("20240105000000", CURATORS_PAGE), ("20240120000000", CURATORS_PAGE)),
    ),
    DemoSite(url="https://netpreserve.org/", now=page("IIPC", BORDERS), expired=True),
    DemoSite(
        url="https://www.nationalarchives.gov.uk/webarchive/",
        now=DemoAnswer(status=429, title="Too Many Requests", headers={"retry-after": "86400"}),
    ),
    DemoSite(
        url="http://www.webcitation.org/faq",
        now=DemoAnswer(title="Page not found", text=f"<p>{FILLER}</p>"),
    ),
    DemoSite(
        url="http://www.geocities.com/Athens/Forum/",
        now=DemoAnswer(status=410, title="Gone"),
        archived=(("20040601000000", ATHENS_PAGE), ("20040701000000", ATHENS_PAGE)),
    ),
    DemoSite(url="https://arquivo.pt/?l=en", now=page("Arquivo.pt: search pages from the past")),
    DemoSite(
        url="http://archive-it.org/blog",
        now=DemoAnswer(status=302, headers={"location": "http://archive-it.org/"}),
    ),
    DemoSite(url="http://archive-it.org/", now=page("Archive-It")),
)
