"""Addresses are never broken: what ends one, what does not, and every cut recorded."""

import pytest

from monitor.extract.registry import extract
from monitor.extract.urls.find import find_urls
from monitor.model.document import Document


def urls(text):
    return [one.url for one in find_urls(text)]


def cited(text, format="markdown"):
    return [
        (one.url, one.access_date and one.access_date.date)
        for one in extract(Document(path="d", text=text, format=format)).citations
    ]


DAY = "2019-05-03"


@pytest.mark.parametrize(
    "stop",
    ["،", "؛", "؟", "۔", "।", "॥", "。", "、", "։", "።", "၊", "។", "…", "—"],
)
def test_stops_of_every_script_end_a_bare_address(stop):
    assert urls(f"https://eel.example/a{stop} next") == ["https://eel.example/a"]
    assert urls(f"https://eel.example/a{stop}") == ["https://eel.example/a"]


@pytest.mark.parametrize(
    "url",
    [
        "https://eel.example/x.", "https://eel.example/x,", "https://eel.example/x;", "https://eel.example/x:",
        "https://eel.example/x'", "https://eel.example/x)", "https://eel.example/x]", "https://eel.example/x*",
        "https://eel.example/x?",
    ],
)  # fmt: skip
def test_what_signs_enclose_is_taken_whole(url):
    assert urls(f"Eels <{url}>, seen") == [url]
    assert cited(f'<ol><li>Eels, <a href="{url}">Ladder</a>. Accessed 3 May 2019.</li></ol>', "html") == [
        (url, DAY)
    ]
    assert cited(f"@misc{{a, title={{Eels}}, url={{{url}}}, urldate={{2019-05-03}}}}", "bibtex") == [
        (url, DAY)
    ]
    assert cited(f"1. Eels, [Ladder](<{url}>). Accessed 3 May 2019.") == [(url, DAY)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # Raw ampersands, whatever a reference of that name would stand for.
        ("https://eel.example/q?a=1&section=2&copy=3", ["https://eel.example/q?a=1&section=2&copy=3"]),
        # Signs in a value; more than one bar in a line parts columns.
        ("https://eel.example/q?a=1|2 seen", ["https://eel.example/q?a=1|2"]),
        ("https://eel.example/m^2 seen", ["https://eel.example/m^2"]),
        ("Ladder|https://eel.example/q|3 May 2019", ["https://eel.example/q"]),
        ("`https://eel.example/tick`", ["https://eel.example/tick"]),
        ("https://eel.example/{id}/x", []),
        # Serial item and contribution identifiers.
        (
            "https://doi.org/10.1111/(SICI)1234-5678(199802)12:3<45::AID-EEL7>3.0.CO;2-K [seen]",
            ["https://doi.org/10.1111/(SICI)1234-5678(199802)12:3<45::AID-EEL7>3.0.CO;2-K"],
        ),
        ("https://eel.example/a<b>bold</b>", ["https://eel.example/a"]),
        # A curly apostrophe in a name, and one that closes a quotation.
        ("https://eel.example/o’brien/a seen", ["https://eel.example/o’brien/a"]),
        ("‘https://eel.example/a’ says", ["https://eel.example/a"]),
        ("https://eel.example/a’s author", ["https://eel.example/a"]),
        # Two addresses that no blank parts.
        ("https://eel.example/1;https://eel.example/2", ["https://eel.example/1", "https://eel.example/2"]),
        ("https://eel.example/1,http://eel.example/2.", ["https://eel.example/1", "http://eel.example/2"]),
        # A date in brackets against the address; a year in a name.
        ("https://eel.example/x(2019. 8. 1. seen)", ["https://eel.example/x"]),
        ("https://eel.example/Eel_(2019)", ["https://eel.example/Eel_(2019)"]),
        # Words of access in a path.
        ("https://eel.example/ListAccessed?id=4", ["https://eel.example/ListAccessed?id=4"]),
        ("https://eel.example/x/\nDataRetrieved.html", ["https://eel.example/x/DataRetrieved.html"]),
        ("https://eel.example/x.htmlAccessed 3 May 2019", ["https://eel.example/x.html"]),
        # A vocabulary is no page.
        ('<svg xmlns="http://www.w3.example/2000/svg" xmlns:x=\'http://x.example/ns\'>', []),
        # A prefix alone is no page.
        ("http://dx.doi.org/10.1021/ ef012345 (seen)", ["http://dx.doi.org/10.1021/ef012345"]),
        # Typeset over two lines.
        ("https://eel.example/blog/climb\ning-the-ladder-part-2, Aug. 2024", ["https://eel.example/blog/climbing-the-ladder-part-2"]),
        ("https://eel.example/blog/climbing\nstate-of-the-art methods", ["https://eel.example/blog/climbing"]),
        # The next entry's number.
        ("1. Eels, https://eel.example/a/\n2. https://eel.example/b", ["https://eel.example/a/", "https://eel.example/b"]),
        ("7 Eels,\nhttps://eel.example/a-\n8 2019 report", ["https://eel.example/a-"]),
    ],
)  # fmt: skip
def test_where_an_address_ends(text, found):
    assert urls(text) == found


@pytest.mark.parametrize(
    ("text", "kind"),
    [("https://eel.example/x—seen", "cut at a sign"), ("https://eel.example/x`y seen", "cut at a sign"),
     ("https://eel.example/x.htmlAccessed 3 May", "glued word cut off")],
)  # fmt: skip
def test_every_cut_is_recorded(text, kind):
    (one,) = find_urls(text)
    assert [repair.kind for repair in one.repairs][:1] == [kind]


def test_markdown():
    head = "# References\n\n"
    # Emphasis around an address, a hard break before it, an escaped bar in a cell, code as a link's text.
    assert cited(f"{head}- Eels, *https://eel.example/a*, accessed 3 May 2019") == [
        ("https://eel.example/a", DAY)
    ]
    assert cited(f"{head}- Eels, _https://eel.example/a_. Accessed 3 May 2019") == [
        ("https://eel.example/a", DAY)
    ]
    assert cited(f"{head}- Eels, www.eel.example/a__b__c accessed 3 May 2019") == [
        ("http://www.eel.example/a__b__c", DAY)
    ]
    text = f"{head}Eels [Online] \\\n[https://eel.example/a](https://eel.example/a) \\\n[Accessed 3 May 2019]"
    assert cited(text) == [("https://eel.example/a", DAY)]
    table = "| Title | URL | Accessed |\n|---|---|---|\n| Eels \\| Pikes | [E](https://eel.example/a\\|b) | 3 May 2019 |"
    assert cited(table) == [("https://eel.example/a|b", DAY)]
    assert cited(f"{head}- Eels, [`eel.example/a`](https://eel.example/a), accessed 3 May 2019") == [
        ("https://eel.example/a", DAY)
    ]
    # CommonMark's references end in ";".
    link = "https://eel.example/q?a=1&copy=2&amp;b=3"
    assert cited(f"{head}- [Eels]({link}), accessed 3 May 2019") == [
        ("https://eel.example/q?a=1&copy=2&b=3", DAY)
    ]


def test_back_links_are_no_sources():
    text = "## References\n\nEels, [Ladder](https://eel.example/a), accessed 3 May 2019. [↩](https://p.example/#r1) [b](https://p.example/#r2)"
    assert cited(text) == [("https://eel.example/a", DAY)]


def test_a_host_among_the_words_of_a_title_gives_way_to_the_address():
    text = 'References\n\n"Detail - www.eel.example". <http://ladder.example/d?id=4> (accessed 3 May 2019)'
    assert cited(text, "text") == [("http://ladder.example/d?id=4", DAY)]


def test_a_picture_in_a_link_names_it_and_a_base_is_heeded():
    page = '<base href="https://eel.example/docs/"><ol><li>Eels. <a href="map"><img src="m.png" alt="The map"></a>. Accessed 3 May 2019.</li></ol>'
    (one,) = extract(Document(path="d", text=page, format="html")).citations
    assert (one.url, one.title) == ("https://eel.example/docs/map", "The map")


def test_arguments_of_an_authors_own_macro_stand_apart():
    text = "\\newcommand{\\ext}[2]{\\href{#1}{#2}}\nA\\footnote{See \\ext{https://eel.example/a}{Eels}, accessed 3 May 2019.}"
    assert cited(text, "latex") == [("https://eel.example/a", DAY)]


def test_a_percent_sign_in_a_database_is_no_comment():
    text = "@misc{a, title={Eels}, note={https://eel.example/a%20b.html, accessed 3 May 2019}}"
    assert cited(text, "bibtex") == [("https://eel.example/a%20b.html", DAY)]
