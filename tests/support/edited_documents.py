"""Seeded documents of every format that is edited, as people write them, with invented sources.

Each is text whose citations are known: address, access date as it is shown, and its day. What a reader
of the format sees is told by the format's own, independent readers (`tests/support/shown.py`).
"""

import datetime as dt
import json
import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

MONTHS = {
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    "de": [
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ],
    "fr": [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
    "es": [
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ],
    "ru": [
        "января",
        "февраля",
        "марта",
        "апреля",
        "мая",
        "июня",
        "июля",
        "августа",
        "сентября",
        "октября",
        "ноября",
        "декабря",
    ],
}
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
WORDS = [
    "Weirs",
    "Locks",
    "Tides",
    "Moons",
    "Sluices",
    "Quays",
    "Ferries",
    "Lamps",
    "Salt",
    "Sails",
    "Ropes",
    "Harbours",
    "Piers",
    "Buoys",
    "Canals",
]
PEOPLE = ("Reed, Alma", "Moss, Bertil", "Lark, Cora", "Hale, Dorit", "Vane, Emil")
PATHS = (
    "p", "a/b.html", "news/2012/05/story", "q?id=3&lang=en", "~reed/t.html", "x_y_z", "a%28b%29", "r/s;t,u", "deep/er/", "f.pdf",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cited:
    """One source of a generated document; `date` is the access date as its reader sees it."""

    url: str
    title: str
    author: str
    day: dt.date
    date: str
    claim: str
    """The date within its phrase: "accessed 3 May 2015"."""


@dataclass(slots=True)
class Made:
    """A generated document."""

    name: str
    text: str
    cited: list[Cited] = field(default_factory=list)


def _english(rng: random.Random, day: dt.date) -> tuple[str, str]:
    month, number = MONTHS["en"][day.month - 1], day.day
    ordinal = "th" if 11 <= number <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    date = rng.choice(
        (
            f"{number} {month} {day.year}",
            f"{month} {number}, {day.year}",
            f"{number} {month[:3]} {day.year}",
            f"{WEEKDAYS[day.weekday()]}, {number} {month} {day.year}",
            f"{number}{ordinal} {month} {day.year}",
            day.isoformat(),
            f"{number:02d} {month} {day.year}",
        )
    )
    return date, rng.choice(
        ("accessed {}", "retrieved on {}", "last visited {}", "viewed {}", "accessed on {}")
    ).format(date)


def _foreign(rng: random.Random, day: dt.date) -> tuple[str, str]:
    language = rng.choice(("de", "fr", "es", "ru"))
    month = MONTHS[language][day.month - 1]
    date = {
        "de": f"{day.day}. {month} {day.year}",
        "fr": f"{'1er' if day.day == 1 else day.day} {month} {day.year}",
        "es": f"{day.day} de {month} de {day.year}",
        "ru": f"{day.day} {month} {day.year}",
    }[language]
    phrase = {
        "de": "abgerufen am {}",
        "fr": "consulté le {}",
        "es": "consultado el {}",
        "ru": "дата обращения: {}",
    }
    return date, phrase[language].format(date)


def sources(rng: random.Random, count: int, *, english: bool = True) -> list[Cited]:
    """Return sources with distinct addresses."""
    made = []
    for number, word in enumerate(rng.sample(WORDS, count)):
        day = dt.date(2004, 1, 1) + dt.timedelta(days=rng.randrange(6500))
        date, claim = (_english if english or rng.random() < 0.6 else _foreign)(rng, day)
        host = f"{word.lower()}{number}.example"
        url = f"{rng.choice(('http', 'https'))}://{rng.choice(('', 'www.'))}{host}/{rng.choice(PATHS)}"
        made.append(Cited(url, f"{word} of the north", rng.choice(PEOPLE), day, date, claim))
    return made


Layout = Callable[[random.Random, list[Cited]], str]


def _lines(
    rng: random.Random, cited: list[Cited], head: str, shapes: tuple[str, ...], sep: str = "\n"
) -> str:
    """Return a list whose entries take one shape each; shapes hold {url}, {title}, {author}, {claim}, {date}."""
    shape = rng.choice(shapes)
    body = sep.join(
        shape.format(n=n, url=c.url, html=c.url.replace("&", "&amp;"), title=c.title, author=c.author, claim=c.claim,
                     Claim=c.claim[0].upper() + c.claim[1:], date=c.date, iso=c.day.isoformat(), key=f"k{n}",
                     slashed=c.day.strftime("%Y/%m/%d"), y=c.day.year, m=c.day.month, d=c.day.day,
                     tex=c.url.replace("%", "\\%").replace("#", "\\#"))
        for n, c in enumerate(cited, 1)
    )  # fmt: skip
    return head + body + "\n"


def _annotated(rng: random.Random, cited: list[Cited]) -> str:
    gap = rng.choice(("\n", "\n\n"))
    blocks = [
        gap.join((c.title, f"{c.author}, The Post, 2003", c.url, f"[accessed {c.date}]", "It was read aloud at the quay, twice a night."))
        for c in cited
    ]  # fmt: skip
    return "The north\n\n\n" + "\n\n\n".join(blocks) + "\n"


def _definitions(rng: random.Random, cited: list[Cited]) -> str:
    head = "# Sources\n\n" + "".join(f"- See [{c.title}][k{n}], {c.claim}.\n" for n, c in enumerate(cited, 1))
    return head + "\n" + "".join(f"[k{n}]: {c.url}\n" for n, c in enumerate(cited, 1))


def _targets(rng: random.Random, cited: list[Cited]) -> str:
    head = "Sources\n=======\n\n" + "".join(f"* `{c.title}`_, {c.claim}.\n" for c in cited)
    return head + "\n" + "".join(f".. _{c.title}: {c.url}\n" for c in cited)


def _grid(rng: random.Random, cited: list[Cited]) -> str:
    rows = [(c.title, c.url, f"{c.claim}") for c in cited]
    widths = [
        max(len(cell) for cell in column) + 12
        for column in zip(*rows, ("Title", "Where", "Seen"), strict=True)
    ]
    rule = "+" + "+".join("-" * (width + 2) for width in widths) + "+"
    shown = [
        "|" + "|".join(f" {cell:<{width}} " for cell, width in zip(row, widths, strict=True)) + "|"
        for row in (("Title", "Where", "Seen"), *rows)
    ]
    return "Sources\n=======\n\n" + rule + "\n" + shown[0] + "\n" + rule.replace("-", "=") + "\n" + "".join(f"{row}\n{rule}\n" for row in shown[1:])  # fmt: skip


def _notebook(rng: random.Random, cited: list[Cited]) -> str:
    text = rng.choice(LAYOUTS["md"])(rng, cited)
    source = text.splitlines(keepends=True) if rng.random() < 0.8 else text
    cells = [
        {
            "cell_type": "code",
            "execution_count": None,
            "metadata": {},
            "outputs": [],
            "source": ["print('\\n')"],
        },
        {"cell_type": "markdown", "metadata": {}, "source": source},
    ]
    notebook = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 4}
    return json.dumps(notebook, indent=rng.choice((None, 1)), ensure_ascii=rng.random() < 0.5) + "\n"


MD = "# Sources\n\n"
WIKI_EN = "== Notes ==\n"
LAYOUTS: dict[str, tuple[Layout, ...]] = {
    "txt": (
        _annotated,
        lambda r, c: _lines(r, c, "References\n\n", ("{author} (2003). {title}. Retrieved {date}, from {url}",), "\n\n"),
        lambda r, c: _lines(r, c, "References\n\n", ("{n}. {author}. {title} [Internet]. Quay Press; 2003 [cited {date}]. Available from: {url}",)),
        lambda r, c: _lines(r, c, "Works Cited\n\n", ("{author}. “{title}.” The Post, 2003, {url}. {Claim}.", "{author}, {title}. {url} ({claim})."), "\n\n"),
    ),
    "md": (
        lambda r, c: _lines(r, c, MD, (
            "- {author}. [{title}]({url}). {Claim}.", "- {author}. “{title}”. <{url}> ({claim})", '- {author}. [{title}]({url} "{title}"), *{claim}*',
            "- {author}. *{title}*. {url}. {Claim}.", "- **[{title}]({url})** (_{claim}_)", "- [{title}](<{url}>) [{claim}]",
            "- {author}. `{claim}` [{title}]({url})", "- [{title}, {claim}]({url})", "- {author}. [{url}]({url}), {claim}",
            '- {author}. <a href="{html}">{title}</a>, {claim}',
        )),
        lambda r, c: _lines(r, c, "Text.[^1] More.[^2]\n\n" + MD, ("[^{n}]: {author}. [{title}]({url}). {Claim}.",)),
        lambda r, c: _lines(r, c, MD + "| Title | Seen |\n|---|---|\n", ("| [{title}]({url}) | {claim} |", "| {author}. <{url}> | {claim} |")),
        lambda r, c: _lines(r, c, MD + "<ul>\n", ('<li>{author}. <a href="{html}">{title}</a>, {claim}.</li>',)) + "</ul>\n",
        _definitions,
    ),
    "html": (
        lambda r, c: '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>N</title></head><body>\n<h2>Sources</h2>\n' + _lines(r, c, "<ul>\n", (
            '<li>{author}. <a href="{html}">{title}</a>. {Claim}.</li>', "<li><a class=x href='{html}'>{title}</a> ({claim})</li>",
            '<li>{author}. <a href="{html}"><i>{title}</i></a>, <em>{claim}</em>.</li>', '<li><a href="{html}">{title}, {claim}</a></li>',
            "<li>{author}. {title}. {html} [{claim}]</li>", '<li>{title}. <a href="{html}">{html}</a>, accessed <time datetime="{iso}">{date}</time></li>',
        )) + "</ul></body></html>\n",
        lambda r, c: "<h2>Sources</h2>\n" + _lines(r, c, "<table>\n<tr><th>Title</th><th>Accessed</th></tr>\n", ('<tr><td><a href="{html}">{title}</a></td><td>{date}</td></tr>',)) + "</table>\n",
    ),
    "wiki": (
        lambda r, c: _lines(r, c, WIKI_EN, (
            "Text.<ref>{{{{cite web |url={url} |title={title} |access-date={date}}}}}</ref>", "Text.<ref>{{{{Cite news|title={title}|url={url}|accessdate={date}|archive-url=|archive-date=}}}}</ref>",
            "Text.<ref>{{{{cite web\n | url         = {url}\n | title       = {title}\n | access-date = {date} <!-- a | b -->\n | url-status  = live\n}}}}</ref>",
            "Text.<ref>[{url} {title}], {claim}</ref>", "Text.<ref>{url} {title}. {Claim}.</ref>", "* [{url} {title}], {claim}.",
            "Text.<ref>{{{{cite web |url={url} |title={title} |access-date={date} |quote=A {{{{lang|fr|quai}}}} at night}}}} {{{{dead link|date=May 2016}}}}</ref>",
        )),
        lambda r, c: _lines(r, c, "", (
            "Text.<ref>{{{{Internetquelle |url={url} |titel={title} |abruf={iso} |archiv-url= |archiv-datum=}}}}</ref>", "Texte.<ref>{{{{Lien web|titre={title}|url={url}|consulté le={iso}}}}}</ref>",
            "Testo.<ref>{{{{Cita web|url={url}|titolo={title}|accesso={iso}}}}}</ref>", "Tekst.<ref>{{{{Citeer web |url={url} |titel={title} |bezochtdatum={iso}}}}}</ref>",
            "Texto.<ref>{{{{Citar web|url={url}|titulo={title}|acessodata={iso}|arquivourl=}}}}</ref>",
        )),
    ),
    "bib": (
        lambda r, c: _lines(r, c, "@string{{seen = {{Seen at the quay}}}}\n".replace("{{", "{").replace("}}", "}"), (
            "@online{{{key},\n  author  = {{{author}}},\n  title   = {{{title}}},\n  url     = {{{url}}},\n  urldate = {{{iso}}},\n}}\n",
            '@misc{{{key}, author = "{author}", title = "{title}", howpublished = {{\\url{{{tex}}}}}, note = {{Accessed: {date}}}}}\n',
            "@misc{{{key}\n  , author = {{{author}}}\n  , title = {{{{{title}}}}}\n  , url = {{{url}}}\n  , urldate = {{{iso}}}\n  , note = seen\n  }}\n",
            "@Misc({key}, title = {{{title}}}, url = {{{url}}}, urldate = {{{iso}}}, note = {{Accessed: {iso}}})\n",
            '@misc{{{key},\n  title = "{title}",\n  url = "{url}",\n  note = "accessed {date}"\n}}\n',
        )),
    ),
    "ris": (
        lambda r, c: _lines(r, c, "", (
            "TY  - ELEC\nAU  - {author}\nTI  - {title}\nUR  - {url}\nY2  - {slashed}\nER  - \n",
            "TY  - ELEC\nTI  - {title}\nUR  - {url}\nY2  - {slashed}\nN1  - Accessed {date}\nER  - \n",
            "TY  - ELEC\nTI  - {title}\nY2  - {iso}\nUR  - {url}\nER  - \n",
        )),
    ),
    "tex": (
        lambda r, c: "\\documentclass{article}\n\\usepackage[hidelinks]{hyperref}\n\\begin{document}\n" + _lines(r, c, "\\begin{thebibliography}{9}\n", (
            "\\bibitem{{{key}}} {author}, ``{title},'' \\url{{{tex}}}. {Claim}.", "\\bibitem{{{key}}} {author}, \\href{{{tex}}}{{{title}}} ({claim}).",
            "\\bibitem{{{key}}} {author}, \\emph{{{title}}}. {Claim}, \\url{{{tex}}}.", "\\bibitem{{{key}}} \\href{{{tex}}}{{{title}, {claim}}}.",
        )) + "\\end{thebibliography}\n\\end{document}\n",
        lambda r, c: "\\documentclass{article}\n\\begin{document}\n" + _lines(r, c, "\\begin{thebibliography}{9}\n", ("\\bibitem{{{key}}} {author}, ``{title},'' \\url{{{tex}}} [{claim}].",)) + "\\end{thebibliography}\n\\end{document}\n",
    ),
    "rst": (
        lambda r, c: _lines(r, c, "Sources\n=======\n\n", (
            "* {author}. `{title} <{url}>`_. {Claim}.", "* {author}. {title}. {url} ({claim})", "* `{title}, {claim} <{url}>`__.", ".. [{n}] {author}. `{title} <{url}>`__. *{Claim}*.",
        )),
        lambda r, c: _lines(r, c, "Sources\n=======\n\n.. list-table::\n   :header-rows: 1\n\n   * - Title\n     - Seen\n", ("   * - `{title} <{url}>`__\n     - {claim}",)),
        _targets, _grid,
    ),
    "csl.json": (
        lambda r, c: "[" + _lines(r, c, "\n", (
            '  {{\n    "id": "{key}",\n    "type": "webpage",\n    "title": "{title}",\n    "URL": "{url}",\n    "accessed": {{"date-parts": [[{y}, {m}, {d}]]}}\n  }}',
            '{{"id":"{key}","title":"{title}","accessed":{{"raw":"{iso}"}},"URL":"{url}"}}',
            '  {{"id": "{key}", "title": "{title}", "URL": "{url}", "accessed": {{"date-parts": [["{y}", "{m}", "{d}"]]}}}}',
        ), ",\n") + "]\n",
    ),
    "csl.yaml": (
        lambda r, c: _lines(r, c, "references:\n", (
            "- id: {key}\n  type: webpage\n  title: {title}\n  URL: {url}\n  accessed:\n    - year: {y}\n      month: {m}\n      day: {d}",
            "- id: {key}\n  title: {title}\n  accessed: {iso}\n  URL: '{url}'", '- {{id: {key}, title: {title}, URL: "{url}", accessed: {{date-parts: [[{y}, {m}, {d}]]}}}}',
        )),
    ),
    "cff": (
        lambda r, c: _lines(r, c, "cff-version: 1.2.0\nmessage: Cite it.\ntitle: A program\nreferences:\n", ('  - type: website\n    title: {title}\n    url: "{url}"\n    date-accessed: {iso}',)),
    ),
    "ipynb": (_notebook, _notebook),
    "adoc": (lambda r, c: _lines(r, c, "== Sources\n\n", ("* {author}. {url}[{title}]. {Claim}.", "* {author}. link:{url}[{title}, {claim}].", "* {author}. _{title}_. {url} ({claim})")),),
    "org": (lambda r, c: _lines(r, c, "* Sources\n\n", ("- {author}. [[{url}][{title}]]. {Claim}.", "- [[{url}][{title}, {claim}]].", "- {author}. /{title}/. [[{url}][{url}]] ({claim})")),),
    "typ": (lambda r, c: _lines(r, c, "= Sources\n\n", ('- {author}. #link("{url}")[{title}]. {Claim}.', '- #link("{url}")[{title}, {claim}].', "- {author}. _{title}_. {url} ({claim})")),),
    "textile": (lambda r, c: _lines(r, c, "h2. Sources\n\n", ('* {author}. "{title}":{url} {Claim}.', "* {author}. _{title}_. {url} ({claim})")),),
    "dokuwiki": (lambda r, c: _lines(r, c, "===== Sources =====\n\n", ("  * {author}. [[{url}|{title}]]. {Claim}.", "  * [[{url}|{title}, {claim}]].", "  * {author}. //{title}//. {url} ({claim})")),),
}  # fmt: skip
_ENGLISH_ONLY = frozenset({"bib", "ris", "csl.json", "csl.yaml", "cff", "wiki"})


def misspelt(one: Cited) -> Cited:
    """Return a source whose address misspells its scheme, as people do."""
    right, _, rest = one.url.partition("//")
    return replace(one, url={"http:": "htp://", "https:": "https:/"}[right] + rest)


def called_dead(one: Cited) -> Cited:
    """Return a source whose link is called dead behind its date."""
    return replace(one, claim=f"{one.claim} [dead link]")


def made(seed: int, said: Callable[[Cited], Cited] = lambda one: one) -> Made:
    """Return the document of one seed; formats and layouts take turns, so that few seeds meet them all.

    `said` changes what it says of each source.
    """
    rng = random.Random(seed)
    kinds = [(ending, layout) for ending, layouts in LAYOUTS.items() for layout in layouts]
    ending, layout = kinds[seed % len(kinds)]
    cited = sources(rng, rng.randint(1, 5), english=ending in _ENGLISH_ONLY or rng.random() < 0.5)
    cited = [said(one) for one in cited]
    text = layout(rng, cited)
    if ending not in {"csl.json", "ipynb"} and rng.random() < 0.2:
        text = text.replace("\n", "\r\n")
    if said is called_dead and ending == "wiki":
        text = re.sub(r"(</ref>|(?<=\.)(?=\r?\n))", r" {{dead link|date=May 2016}}\1", text)
    return Made(f"d{seed}.{ending}", text, cited)
