"""Each format's own way of writing an edit, from the text before to the text after, read by extraction."""

import pytest

from monitor.model.finding import AmendmentKind
from tests.support.fixing import essence, fix, snapshot_url

ADD, DATE, MOVE = AmendmentKind.ADD_ARCHIVE, AmendmentKind.REFRESH_DATE, AmendmentKind.REPLACE_URL
SLUICE = "https://web.archive.org/web/20110216120000/http://sluice.example/p"
NEW = "https://new.example.org/home(2)?a=1&b=2"
TEMPLATE = "Text.<ref>{{%s}}</ref>\n"
LISTED = "# Sources\n\n- %s\n"
TABLE = "# Sources\n\n| Title | Seen |\n|---|---|\n%s\n"
GRID = "Sources\n=======\n\n+-------+--------------------------------+\n| Title | Where                          |\n+=======+================================+\n%s\n+-------+--------------------------------+\n"

WIKITEXT = [
    (
        "empty parameters are filled",
        TEMPLATE % "cite web |url=http://sluice.example/p |title=T |access-date=3 May 2015 |archive-url= |archive-date= |url-status=",
        TEMPLATE % f"cite web |url=http://sluice.example/p |title=T |access-date=3 May 2015 |archive-url={SLUICE} |archive-date=16 February 2011 |url-status=dead",
    ),
    (
        "a status that is there changes",
        TEMPLATE % "cite web |url=http://sluice.example/p |title=T |access-date=3 May 2015 |url-status=live",
        TEMPLATE % f"cite web |url=http://sluice.example/p |title=T |access-date=3 May 2015 |archive-url={SLUICE} |archive-date=16 February 2011 |url-status=dead",
    ),
    (
        "a status that says more stays",
        TEMPLATE % "cite web |url=http://sluice.example/p |title=T |access-date=3 May 2015 |url-status=usurped",
        TEMPLATE % f"cite web |url=http://sluice.example/p |title=T |access-date=3 May 2015 |archive-url={SLUICE} |archive-date=16 February 2011 |url-status=usurped",
    ),
    (
        "old spellings keep theirs",
        TEMPLATE % "cite web |url=http://sluice.example/p |title=T |accessdate=3 May 2015 |archiveurl= |archivedate= |deadurl=no",
        TEMPLATE % f"cite web |url=http://sluice.example/p |title=T |accessdate=3 May 2015 |archiveurl={SLUICE} |archivedate=16 February 2011 |deadurl=yes",
    ),
    (
        "German",
        TEMPLATE % "Internetquelle |url=http://sluice.example/p |titel=T |abruf=2015-05-03 |archiv-url= |archiv-datum=",
        TEMPLATE % f"Internetquelle |url=http://sluice.example/p |titel=T |abruf=2015-05-03 |archiv-url={SLUICE} |archiv-datum=2011-02-16",
    ),
    (
        "a comment with a pipe stays whole",
        TEMPLATE % "cite web |url=http://sluice.example/p |title=T |access-date=3 May 2015 <!-- a | b -->",
        TEMPLATE % f"cite web |url=http://sluice.example/p |title=T |access-date=3 May 2015 <!-- a | b --> |archive-url={SLUICE} |archive-date=16 February 2011 |url-status=dead",
    ),
    (
        "a value with a template stays whole",
        TEMPLATE % "cite web |url=http://sluice.example/p |title=T |access-date=3 May 2015 {{subscription required}} |work=Post",
        TEMPLATE % f"cite web |url=http://sluice.example/p |title=T |access-date=3 May 2015 {{{{subscription required}}}} |archive-url={SLUICE} |archive-date=16 February 2011 |url-status=dead |work=Post",
    ),
    (
        "lines",
        TEMPLATE % "cite web\n | url         = http://sluice.example/p\n | title       = T\n | access-date = 3 May 2015\n | archive-url =\n",
        TEMPLATE % f"cite web\n | url         = http://sluice.example/p\n | title       = T\n | access-date = 3 May 2015\n | archive-date = 16 February 2011\n | url-status = dead\n | archive-url = {SLUICE}\n",
    ),
    (
        "a link whose text holds [sic]",
        "Text.<ref>[http://sluice.example/p Weirs [sic] and locks], accessed 3 May 2015</ref>\n",
        f"Text.<ref>[http://sluice.example/p Weirs [sic] and locks] {{{{Webarchive |url={SLUICE} |date=16 February 2011}}}}, accessed 3 May 2015</ref>\n",
    ),
    (
        "Czech",
        TEMPLATE % "Citace elektronické monografie |url=http://sluice.example/p |titul=T |datum přístupu=2015-05-03",
        TEMPLATE % f"Citace elektronické monografie |url=http://sluice.example/p |titul=T |datum přístupu=2015-05-03 |url archivu={SLUICE} |datum archivace=2011-02-16",
    ),
    (
        "Italian",
        TEMPLATE % "Cita web|url=http://sluice.example/p|titolo=T|accesso=2015-05-03|urlarchivio=|urlmorto=no",
        TEMPLATE % f"Cita web|url=http://sluice.example/p|titolo=T|accesso=2015-05-03|dataarchivio=2011-02-16|urlarchivio={SLUICE}|urlmorto=sì",
    ),
    (
        "{{WebCite}} is there",
        "Text.<ref>[http://sluice.example/p Weirs], accessed 3 May 2015. {{WebCite|url=http://www.webcitation.org/5Xyz123|date=2015-05-03}}</ref>\n",
        "Text.<ref>[http://sluice.example/p Weirs], accessed 3 May 2015. {{WebCite|url=http://www.webcitation.org/5Xyz123|date=2015-05-03}}</ref>\n",
    ),
    (
        "the mark of a dead link goes",
        "Text.<ref>{{cite web |url=http://sluice.example/p |title=T |access-date=3 May 2015}} {{dead link|date=May 2016}}</ref>\n",
        f"Text.<ref>{{{{cite web |url=http://sluice.example/p |title=T |access-date=3 May 2015 |archive-url={SLUICE} |archive-date=16 February 2011 |url-status=dead}}}}</ref>\n",
    ),
]  # fmt: skip
MARKDOWN = [
    (ADD, "a date that is the link's text", LISTED % "Weirs, accessed [3 May 2015](http://sluice.example/p)",
     LISTED % f"Weirs, accessed [3 May 2015](http://sluice.example/p) ([archived]({SLUICE}))"),
    (DATE, "a date that is the link's text, refreshed", LISTED % "Weirs, accessed [3 May 2015](http://sluice.example/p)",
     LISTED % "Weirs, accessed [21 November 2026](http://sluice.example/p)"),
    (ADD, "a row", TABLE % "| [Weirs](http://sluice.example/p) | accessed 3 May 2015 |",
     TABLE % f"| [Weirs](http://sluice.example/p) | accessed 3 May 2015 ([archived]({SLUICE})) |"),
    (ADD, "code", LISTED % "`accessed 3 May 2015` [Weirs](http://sluice.example/p)",
     LISTED % f"`accessed 3 May 2015` [Weirs](http://sluice.example/p) ([archived]({SLUICE}))"),
    (ADD, "emphasis", LISTED % "[Weirs](http://sluice.example/p) (_seen 3 May 2015_)",
     LISTED % f"[Weirs](http://sluice.example/p) (_seen 3 May 2015_) ([archived]({SLUICE}))"),
    (ADD, "a bracket around link and date", "# Sources\n\n- Weirs close ([Weirs](http://sluice.example/p), accessed 3 May 2015), as told.\n",
     f"# Sources\n\n- Weirs close ([Weirs](http://sluice.example/p), accessed 3 May 2015, [archived]({SLUICE})), as told.\n"),
    (ADD, "a block of HTML", '# Sources\n\n<ul>\n<li>(<a href="http://sluice.example/p">Weirs</a>, accessed 3 May 2015)</li>\n</ul>\n',
     f'# Sources\n\n<ul>\n<li>(<a href="http://sluice.example/p">Weirs</a>, accessed 3 May 2015) (<a href="{SLUICE}">archived</a>)</li>\n</ul>\n'),
    (MOVE, "a definition", LISTED % "see [Weirs][w], accessed 3 May 2015\n\n[w]: http://sluice.example/p",
     LISTED % "see [Weirs][w], accessed 3 May 2015\n\n[w]: https://new.example.org/home%282%29?a=1&b=2"),
    (MOVE, "a link whose text is its address", LISTED % "[http://sluice.example/p](http://sluice.example/p), accessed 3 May 2015",
     LISTED % f"[{NEW}](https://new.example.org/home%282%29?a=1&b=2), accessed 3 May 2015"),
    (MOVE, "an autolink", LISTED % "Weirs. <http://sluice.example/p>, accessed 3 May 2015",
     LISTED % "Weirs. <https://new.example.org/home%282%29?a=1&b=2>, accessed 3 May 2015"),
    (ADD, "an escape in the path", LISTED % "[Weirs](http://sluice.example/p%28a%29), accessed 3 May 2015",
     LISTED % f"[Weirs](http://sluice.example/p%28a%29), accessed 3 May 2015 ([archived]({SLUICE}%28a%29))"),
    (ADD, "an archived copy is there", LISTED % "[Weirs](http://sluice.example/p), [archive](https://archive.ph/abcDe). Accessed 3 May 2015",
     LISTED % "[Weirs](http://sluice.example/p), [archive](https://archive.ph/abcDe). Accessed 3 May 2015"),
    (ADD, "APA", "# References\n\n- Reed, A. (2012). Weirs. Retrieved May 3, 2015, from http://sluice.example/p\n",
     f"# References\n\n- Reed, A. (2012). Weirs. Retrieved May 3, 2015, from http://sluice.example/p ([archived]({SLUICE}))\n"),
]  # fmt: skip
RECORDS = [
    (ADD, "b.bib", "a printed field that is a macro is left alone",
     "@string{n = {Seen}}\n@misc{w, title={T}, url={http://sluice.example/p}, year={2012}, note=n}\n",
     f"@string{{n = {{Seen}}}}\n@misc{{w, title={{T}}, url={{http://sluice.example/p}}, archiveurl={{{SLUICE}}}, year={{2012}}, note=n}}\n"),
    (ADD, "b.bib", "leading commas",
     "@online{w\n  , title = {T}\n  , url = {http://sluice.example/p}\n  , urldate = {2015-05-03}\n}\n",
     f"@online{{w\n  , title = {{T}}\n  , url = {{http://sluice.example/p}}\n  , archiveurl = {{{SLUICE}}}\n  , addendum = {{Archived 2011-02-16 at \\url{{{SLUICE}}}}}\n  , urldate = {{2015-05-03}}\n}}\n"),
    (ADD, "b.bib", "an address put together from parts",
     '@misc{w, title = "T", url = "http://sluice.example/" # "p", urldate = {2015-05-03}}\n',
     '@misc{w, title = "T", url = "http://sluice.example/" # "p", urldate = {2015-05-03}}\n'),
    (ADD, "b.bib", "a comma is missing",
     "@misc{w,\n  title = {T}\n  url = {http://sluice.example/p},\n  urldate = {2015-05-03}\n}\n",
     "@misc{w,\n  title = {T}\n  url = {http://sluice.example/p},\n  urldate = {2015-05-03}\n}\n"),
    (DATE, "b.bib", "date and note together",
     "@misc{w,\n  url = {http://sluice.example/p},\n  urldate = {2015-05-03},\n  note = {Accessed: 2015-05-03}\n}\n",
     "@misc{w,\n  url = {http://sluice.example/p},\n  urldate = {2026-11-21},\n  note = {Accessed: 2026-11-21}\n}\n"),
    (DATE, "r.ris", "date and note together",
     "TY  - ELEC\nTI  - Weirs\nUR  - http://sluice.example/p\nY2  - 2015/05/03\nN1  - Accessed 3 May 2015\nER  - \n",
     "TY  - ELEC\nTI  - Weirs\nUR  - http://sluice.example/p\nY2  - 2026/11/21\nN1  - Accessed 21 November 2026\nER  - \n"),
    (ADD, "x.csl.json", "members laid out as the address is",
     '[{"id": "a",\n  "title": "Weirs",\n  "URL": "http://sluice.example/p",\n  "accessed": {"date-parts": [[2015, 5, 3]]}}]\n',
     f'[{{"id": "a",\n  "title": "Weirs",\n  "URL": "http://sluice.example/p",\n  "archive": "Internet Archive",\n  "archive_location": "{SLUICE}",\n  "accessed": {{"date-parts": [[2015, 5, 3]]}}}}]\n'),
    (DATE, "x.csl.json", "date-parts of text",
     '[{"id": "a", "title": "Weirs", "URL": "http://sluice.example/p", "accessed": {"date-parts": [["2015", "05", "03"]]}}]\n',
     '[{"id": "a", "title": "Weirs", "URL": "http://sluice.example/p", "accessed": {"date-parts": [["2026", "11", "21"]]}}]\n'),
    (DATE, "x.csl.yaml", "a date as a mapping",
     "references:\n- id: a\n  title: Weirs\n  URL: http://sluice.example/p\n  accessed:\n    - year: 2015\n      month: 5\n      day: 3\n",
     "references:\n- id: a\n  title: Weirs\n  URL: http://sluice.example/p\n  accessed:\n    - year: 2026\n      month: 11\n      day: 21\n"),
    (ADD, "x.csl.yaml", "a flow mapping",
     'references:\n- {id: a, title: Weirs, URL: "http://sluice.example/p", accessed: 2015-05-03}\n',
     f'references:\n- {{id: a, title: Weirs, URL: "http://sluice.example/p", archive: "Internet Archive", archive_location: "{SLUICE}", accessed: 2015-05-03}}\n'),
    (MOVE, "c.cff", "CITATION.cff",
     "cff-version: 1.2.0\ntitle: T\nreferences:\n  - type: website\n    title: Weirs\n    url: http://sluice.example/p\n    date-accessed: 2015-05-03\n",
     f"cff-version: 1.2.0\ntitle: T\nreferences:\n  - type: website\n    title: Weirs\n    url: {NEW}\n    date-accessed: 2015-05-03\n"),
]  # fmt: skip
PROSE = [
    (DATE, "t.html", "<time>", '<p><a href="http://sluice.example/p">Q</a>, accessed <time datetime="2015-05-03">3 May 2015</time></p>',
     '<p><a href="http://sluice.example/p">Q</a>, accessed <time datetime="2026-11-21">21 November 2026</time></p>'),
    (DATE, "m.md", "a preposition is no weekday", LISTED % "[Weirs](http://sluice.example/p). Accessed on May 3rd, 2015.",
     LISTED % "[Weirs](http://sluice.example/p). Accessed on November 21st, 2026."),
    (DATE, "m.md", "a time of day is dropped", LISTED % "[Weirs](http://sluice.example/p). Abgerufen am Sonntag, 3. Mai 2015, 14:05 Uhr.",
     LISTED % "[Weirs](http://sluice.example/p). Abgerufen am Samstag, 21. November 2026."),
    (ADD, "t.html", "a date that stood alone is that of the copy", '<h2>Sources</h2><p><a href="http://sluice.example/p" data-versiondate="2015-05-03">Q</a>, accessed 3 May 2015</p>',
     f'<h2>Sources</h2><p><a href="http://sluice.example/p" data-versionurl="{SLUICE}" data-versiondate="2015-05-03">Q</a>, accessed 3 May 2015 (<a href="{SLUICE}">archived</a>)</p>'),
    (DATE, "t.html", "blanks and tags in a date", '<p><a href="http://sluice.example/p">Q</a>, accessed Sunday, 3&nbsp;May <b>2015</b></p>',
     '<p><a href="http://sluice.example/p">Q</a>, accessed Saturday, 21&nbsp;November <b>2026</b></p>'),
    (MOVE, "t.html", "a link whose text is its address", '<p><a href="http://sluice.example/p">http://sluice.example/p</a>, accessed 3 May 2015</p>',
     '<p><a href="https://new.example.org/home(2)?a=1&amp;b=2">https://new.example.org/home(2)?a=1&amp;b=2</a>, accessed 3 May 2015</p>'),
    (ADD, "t.txt", "APA", "References\n\nReed, A. (2012). Weirs. Retrieved May 3, 2015, from http://sluice.example/p\n",
     f"References\n\nReed, A. (2012). Weirs. Retrieved May 3, 2015, from http://sluice.example/p [archived {SLUICE}]\n"),
    (ADD, "t.txt", "Vancouver", "References\n\n1. Reed A. Weirs [Internet]. Quay Press; 2012 [cited 2015 May 3]. Available from: http://sluice.example/p\n2. Moss B. Locks. Lock Press; 2013.\n",
     f"References\n\n1. Reed A. Weirs [Internet]. Quay Press; 2012 [cited 2015 May 3]. Available from: http://sluice.example/p [archived {SLUICE}]\n2. Moss B. Locks. Lock Press; 2013.\n"),
    (DATE, "t.txt", "a weekday", "Weirs\nPost, 2012\nhttp://sluice.example/p\n[accessed Sunday, 3 May 2015]\n",
     "Weirs\nPost, 2012\nhttp://sluice.example/p\n[accessed Saturday, 21 November 2026]\n"),
    (ADD, "t.tex", "no link in a link", "\\usepackage{hyperref}\n\\begin{thebibliography}{9}\n\\bibitem{a} A. Reed, \\href{http://sluice.example/p}{Weirs \\& {locks}, accessed 3 May 2015}.\n\\end{thebibliography}\n",
     f"\\usepackage{{hyperref}}\n\\begin{{thebibliography}}{{9}}\n\\bibitem{{a}} A. Reed, \\href{{http://sluice.example/p}}{{Weirs \\& {{locks}}, accessed 3 May 2015}} (\\href{{{SLUICE}}}{{archived}}).\n\\end{{thebibliography}}\n"),
    (DATE, "t.tex", "ties stay", "\\begin{thebibliography}{9}\n\\bibitem{a} A. Reed, \\url{http://sluice.example/p}, accessed 3~May~2015.\n\\end{thebibliography}\n",
     "\\begin{thebibliography}{9}\n\\bibitem{a} A. Reed, \\url{http://sluice.example/p}, accessed 21~November~2026.\n\\end{thebibliography}\n"),
    (DATE, "w.wiki", "the mark of a dead link goes where the page lives",
     "Text.<ref>{{cite web |url=http://sluice.example/p |title=T |access-date=3 May 2015}} {{dead link|date=May 2016}}</ref>\n",
     "Text.<ref>{{cite web |url=http://sluice.example/p |title=T |access-date=21 November 2026}}</ref>\n"),
    (DATE, "t.tex", "a weekday tied to its date", "\\begin{thebibliography}{9}\n\\bibitem{a} A. Reed, \\url{http://sluice.example/p}, accessed Sunday,~3~May~2015.\n\\end{thebibliography}\n",
     "\\begin{thebibliography}{9}\n\\bibitem{a} A. Reed, \\url{http://sluice.example/p}, accessed Saturday,~21~November~2026.\n\\end{thebibliography}\n"),
    (ADD, "t.tex", "nothing in \\verb", "\\begin{thebibliography}{9}\n\\bibitem{a} A. Reed, \\verb|http://sluice.example/p| (accessed 3 May 2015).\n\\end{thebibliography}\n",
     f"\\begin{{thebibliography}}{{9}}\n\\bibitem{{a}} A. Reed, \\verb|http://sluice.example/p| (accessed 3 May 2015) (archived at \\url{{{SLUICE}}}).\n\\end{{thebibliography}}\n"),
    (ADD, "t.texi", "Texinfo has its own links", "@itemize\n@item A. Reed, @uref{http://sluice.example/p, Weirs}, accessed 3 May 2015.\n@end itemize\n",
     f"@itemize\n@item A. Reed, @uref{{http://sluice.example/p, Weirs}}, accessed 3 May 2015 (@uref{{{SLUICE}, archived}}).\n@end itemize\n"),
    (ADD, "t.rst", "a date in a link's text", "Sources\n=======\n\n.. [1] `Weirs, accessed 3 May 2015 <http://sluice.example/p>`_.\n",
     f"Sources\n=======\n\n.. [1] `Weirs, accessed 3 May 2015 <http://sluice.example/p>`_ (`archived <{SLUICE}>`__).\n"),
    (ADD, "t.rst", "a drawn cell has no room", GRID % "| Weirs | http://sluice.example/p seen   |\n|       | 3 May 2015                     |",
     GRID % "| Weirs | http://sluice.example/p seen   |\n|       | 3 May 2015                     |"),
    (DATE, "t.rst", "a drawn cell keeps its width", GRID % "| Weirs | http://sluice.example/p seen   |\n|       | 3 May 2015                     |",
     GRID % "| Weirs | http://sluice.example/p seen   |\n|       | 21 November 2026               |"),
    (MOVE, "t.rst", "a named target", "Sources\n=======\n\nSee `Moons`_, accessed 3 May 2015.\n\n.. _Moons: http://sluice.example/p\n",
     f"Sources\n=======\n\nSee `Moons`_, accessed 3 May 2015.\n\n.. _Moons: {NEW}\n"),
]  # fmt: skip
CASES = [
    *((ADD, "w.wiki", name, before, after) for name, before, after in WIKITEXT),
    *((kind, "m.md", name, before, after) for kind, name, before, after in MARKDOWN),
    *RECORDS,
    *PROSE,
]


@pytest.mark.parametrize(
    ("kind", "file", "before", "after"),
    [(kind, file, before, after) for kind, file, _, before, after in CASES],
    ids=[f"{file}-{name}" for _, file, name, _, _ in CASES],
)
def test_the_text_after(tmp_path, kind, file, before, after):
    fixed = fix(tmp_path / file, before.encode(), kind)
    assert fixed.before, "the case holds a citation"
    assert fixed.text == after
    assert fixed.again == fixed.data


@pytest.mark.parametrize("note", ["{{nobots}}", "{{bots|deny=all}}", "{{bots | allow = none }}"])
def test_a_page_that_bots_shall_leave_alone_is_shown_only(tmp_path, note):
    page = f"{note}\n" + TEMPLATE % "cite web |url=http://sluice.example/p |title=T |access-date=3 May 2015"
    fixed = fix(tmp_path / "w.wiki", page.encode(), ADD)
    (made,) = fixed.amendments
    assert (made.proven, fixed.text) == (False, page)
    assert made.reason.endswith("the page asks bots not to edit it")


def test_a_citation_that_bots_shall_leave_alone_is_shown_only(tmp_path):
    cite = "{{cite web |url=http://%s.example/p |title=T |access-date=3 May 2015}}"
    page = f"A.<ref>{cite % 'sluice'}{{{{cbignore}}}}</ref> B.<ref>{cite % 'lock'}</ref>\n"
    ignored, other = fix(tmp_path / "w.wiki", page.encode(), ADD).amendments
    assert (ignored.proven, other.proven) == (False, True)


def test_a_bare_link_of_another_wiki_gets_no_template_it_does_not_know(tmp_path):
    page = "A.<ref>[http://sluice.example/p Wehre], abgerufen am 3. Mai 2015</ref>\n[[Kategorie:Wehr]]\n"
    (made,) = fix(tmp_path / "w.wiki", page.encode(), ADD).amendments
    assert made.edits == ()
    assert "which template this wiki has" in made.reason


def test_links_of_one_statement_keep_their_own_copies(tmp_path):
    page = LISTED % "[Weirs](http://sluice.example/p) and [Locks](http://lock.example/q), accessed 3 May 2015"
    fixed = fix(tmp_path / "m.md", page.encode(), ADD)
    assert [essence(one, archive_url=snapshot_url(one)) for one in fixed.before] == list(
        map(essence, fixed.after)
    )
