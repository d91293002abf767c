"""Wikitext, BibTeX, LaTeX, reStructuredText and RIS: where the archive link goes and how it is spelled."""

import pytest

from monitor.amend.registry import propose
from monitor.model.finding import AmendmentKind
from monitor.model.history import LinkHistory, LinkState
from monitor.model.values import replaced
from tests.support.fixing import TODAY, judged
from tests.support.proposing import LINK, applied, cited

URL = "http://a.example/x"


def amended(shape, text, date=None, iso="2011-02-17", state=LinkState.DEAD, url=URL, link=None):
    """Return the text after adding the archive link, or the amendment where nothing was edited."""
    document, citation = cited(text, url, date, iso, format=shape)
    assessment = judged(citation, AmendmentKind.ADD_ARCHIVE, history=LinkHistory(state=state))
    if link:
        snapshot = replaced(assessment.coverage.snapshot, url=link)
        assessment = replaced(assessment, coverage=replaced(assessment.coverage, snapshot=snapshot))
    made = propose(document, assessment, TODAY)
    if made is None or not made.edits:
        return made
    return applied(text, made)


WIKI = {
    "one line": (
        "<ref>{{cite web|url=http://a.example/x|title=T|accessdate=17 February 2011}}</ref>",
        "|accessdate=17 February 2011|archive-url={}|archive-date=16 February 2011|url-status=dead}}}}</ref>",
    ),
    "spaced": (
        "{{Cite news |url=http://a.example/x |access-date=2011-02-17 |title=T }}",
        "|access-date=2011-02-17 |archive-url={} |archive-date=2011-02-16 |url-status=dead |title=T }}}}",
    ),
    "lines": (
        "{{cite web\n | url         = http://a.example/x\n | access-date = February 17, 2011\n}}",
        "= February 17, 2011\n | archive-url = {}\n | archive-date = February 16, 2011\n | url-status = dead\n}}}}",
    ),
    "nested": (
        "{{Infobox|note={{cite web|url=http://a.example/x|title={{lang|de|T}}|date=2 May 2010}}|z=1}}",
        "|url=http://a.example/x|archive-url={}|archive-date=2011-02-16|url-status=dead|title={{{{lang|de|T}}}}",
    ),
    "german": (
        "{{Internetquelle |url=http://a.example/x |titel=T |abruf=2011-02-17}}",
        "|abruf=2011-02-17 |archiv-url={} |archiv-datum=2011-02-16}}}}",
    ),
    "french": (
        "{{Lien web|titre=T|url=http://a.example/x|consulté le=17 février 2011}}",
        "|consulté le=17 février 2011|archive-url={}|archive-date=16 février 2011}}}}",
    ),
    "italian": (
        "{{Cita web|url=http://a.example/x|titolo=T|accesso=17 febbraio 2011}}",
        "|accesso=17 febbraio 2011|urlarchivio={}|dataarchivio=16 febbraio 2011}}}}",
    ),
    "spanish": (
        "{{Cita web|url=http://a.example/x|título=T|fechaacceso=17 de febrero de 2011}}",
        "|fechaacceso=17 de febrero de 2011|urlarchivo={}|fechaarchivo=16 de febrero de 2011}}}}",
    ),
    "bracketed": (
        "<ref>[http://a.example/x A title] Retrieved 17 February 2011.</ref>",
        "[http://a.example/x A title] {{{{Webarchive |url={} |date=16 February 2011}}}} Retrieved",
    ),
    "bare": ("<ref>http://a.example/x</ref>", "<ref>http://a.example/x {{{{Webarchive |url={} |date=2011-02-16}}}}</ref>"),
}  # fmt: skip


def date_in(text):
    known = (
        "17 February 2011",
        "2011-02-17",
        "February 17, 2011",
        "17 février 2011",
        "17 febbraio 2011",
        "17 de febrero de 2011",
    )
    return next((date for date in known if date in text), None)


@pytest.mark.parametrize(("text", "expected"), WIKI.values(), ids=WIKI)
def test_wikitext_takes_the_templates_own_parameters_and_layout(text, expected):
    assert expected.format(LINK) in amended("wikitext", text, date_in(text))


def test_wikitext_says_live_for_a_link_that_is_not_dead():
    text = "{{cite web|url=http://a.example/x|access-date=2011-02-17}}"
    assert "|url-status=live}}" in amended("wikitext", text, "2011-02-17", state=LinkState.ALIVE)


@pytest.mark.parametrize(
    "text",
    [
        "{{Unknown template|url=http://a.example/x}}",
        "{{cite web|url=http://a.example/x|archive-url=https://archive.example/1}}",
        "{{cite web|url={{official|http://a.example/x}}}}",
    ],
)
def test_wikitext_leaves_what_it_does_not_know_to_a_person(text):
    made = amended("wikitext", text)
    assert made.edits == ()
    assert made.replacement.startswith(f"|archive-url={LINK}")


def test_wikitext_markup_in_an_address_is_encoded():
    hostile = "https://web.archive.org/web/2011/http://a.example/''x''|}}{{evil}}~~~~ [[z]]"
    new = amended("wikitext", "{{cite web|url=http://a.example/x}}", link=hostile)
    inserted = new.removeprefix("{{cite web|url=http://a.example/x").removesuffix("}}")
    assert inserted.count("|") == 3
    assert not any(mark in inserted for mark in ("''", "{{", "}}", "~~~", "[[", " "))


@pytest.mark.parametrize(
    ("text", "date", "expected"),
    [
        (
            "@online{beck,\n  title = {Salt},\n  url = {http://a.example/x},\n  urldate = {2011-02-17},\n}\n",
            "2011-02-17",
            "  url = {http://a.example/x},\n  archiveurl = {%s},\n  addendum = {Archived 2011-02-16 at \\url{%s}},\n  urldate = {2011-02-17},\n}\n",
        ),
        (
            '@misc{beck, title="Salt", howpublished="\\url{http://a.example/x}"}',
            None,
            'howpublished="\\url{http://a.example/x}", archiveurl={%s}, note={Archived 2011-02-16 at \\url{%s}}}',
        ),
        (
            "@misc{beck,\n url={http://a.example/x},\n note={Seen on {17} May}\n}",
            None,
            " url={http://a.example/x},\n archiveurl={%s},\n note={Seen on {17} May. Archived 2011-02-16 at \\url{%s}}\n}",
        ),
        (
            "@Misc(beck, url = {http://a.example/x}, year = 2004)",
            None,
            "url = {http://a.example/x}, archiveurl = {%s}, note = {Archived 2011-02-16 at \\url{%s}}, year = 2004)",
        ),
        (
            "@misc{other, url={http://b.example/}}\n@misc{beck, url={http://a.example/x}}",
            None,
            "@misc{beck, url={http://a.example/x}, archiveurl={%s}, note={Archived 2011-02-16 at \\url{%s}}}",
        ),
    ],
    ids=["biblatex", "quoted", "appended", "parens", "second-entry"],
)
def test_bibtex_takes_a_printed_note(text, date, expected):
    assert expected % (LINK, LINK) in amended("bibtex", text, date)


@pytest.mark.parametrize(
    "text",
    [
        "http://a.example/x",
        "@misc{beck, url={http://a.example/x}",
        "@misc{b, url = http # {http://a.example/x} # z",
    ],
)
def test_bibtex_that_does_not_close_is_left_alone(text):
    assert amended("bibtex", text).edits == ()


@pytest.mark.parametrize(
    ("text", "date", "expected"),
    [
        (
            r"\url{http://a.example/x}, accessed 17 February 2011.",
            "17 February 2011",
            r"2011 (archived at \url{%s}).",
        ),
        (
            r"\url{http://a.example/x} [17 February 2011]",
            "17 February 2011",
            r"[17 February 2011] (archived at \url{%s})",
        ),
        (
            r"see \href{http://a.example/x}{the page}, and",
            None,
            r"\href{http://a.example/x}{the page} (\href{%s}{archived}), and",
        ),
        (r"see http://a.example/x and", None, r"http://a.example/x (archived at \url{%s}) and"),
    ],
)
def test_latex_takes_a_second_url(text, date, expected):
    assert expected % LINK in amended("latex", text, date)


def test_latex_comment_signs_are_escaped():
    new = amended(
        "latex", r"\url{http://a.example/x}", link="https://web.archive.org/web/2011/http://a.example/é#z"
    )
    assert r"a.example/\%C3\%A9\#z})" in new


@pytest.mark.parametrize(
    ("text", "date", "expected"),
    [
        (
            "`T <http://a.example/x>`_, accessed 17 February 2011.",
            "17 February 2011",
            "2011 (`archived <%s>`__).",
        ),
        ("see `T <http://a.example/x>`__ and", None, "`T <http://a.example/x>`__ (`archived <%s>`__) and"),
        ("see http://a.example/x and", None, "http://a.example/x (`archived <%s>`__) and"),
    ],
)
def test_rst_takes_an_anonymous_link(text, date, expected):
    assert expected % LINK in amended("rst", text, date)


def test_an_rst_target_line_has_no_room():
    assert amended("rst", ".. _salt: http://a.example/x\n").edits == ()


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_ris_takes_a_note_line(newline):
    text = newline.join(["TY  - ELEC", "UR  - http://a.example/x", "Y2  - 2011/02/17", "ER  - ", ""])
    assert f"Y2  - 2011/02/17{newline}N1  - Archived 2011-02-16: {LINK}{newline}ER" in amended(
        "ris", text, "2011/02/17"
    )
