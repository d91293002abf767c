import pytest

from monitor.extract.urls.find import find_urls
from monitor.extract.urls.repair import repair_url


def urls(text):
    return [one.url for one in find_urls(text) if one.certain]


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("www.weir.org/updates/\n819\n\n[accessed", "http://www.weir.org/updates/819"),
        ("weir.org/guides/r\nescue-or-raid/\n", "http://weir.org/guides/rescue-or-raid/"),
        ("www.weir.org/agencies/ olab/resources", "http://www.weir.org/agencies/olab/resources"),
        ("http://www.weir.ca/a.php?Mig_\nID=4559&x=5\n", "http://www.weir.ca/a.php?Mig_ID=4559&x=5"),
        ("weir.org/full/12/ 3/44", "http://weir.org/full/12/3/44"),
        ("https://weir.pt/addi/ph2 base.html. Accessed 24", "https://weir.pt/addi/ph2%20base.html"),
        ("(https://learn.weir.c\n\n    om/en-us/x/io/f#unc)", "https://learn.weir.com/en-us/x/io/f#unc"),
        ("(https://weir.net/2004/12/ma\n\n    rk\\_101)”.", "https://weir.net/2004/12/mark_101"),
        ("https://weir.net/py/pygame-\n      tutorial/x/\n[2]", "https://weir.net/py/pygame-tutorial/x/"),
        ("https://www.weir.comConsultado el", "https://www.weir.com"),
        ("https://weir.org/locks\n/upper.html. Next", "https://weir.org/locks/upper.html"),
        ("https://weir.org/search\n?id=33 (accessed", "https://weir.org/search?id=33"),
        ("https://weir.org/a/upper.\nhtml [accessed", "https://weir.org/a/upper.html"),
        ("https://\n   weir.org/a/upper, accessed", "https://weir.org/a/upper"),
        ("https://weir.org /upper, accessed", "https://weir.org/upper"),
        ("https://weir.org/\n   upper. [Accessed: 3 May", "https://weir.org/upper"),
        ("http;//weir.org/upper", "http://weir.org/upper"),
        ("http://[2001:db8::7]:81/upper,", "http://[2001:db8::7]:81/upper"),
        ("Board.https://weir.org/upper", "https://weir.org/upper"),
        ("https://weir.org/upper[accessed 3 May 2014]", "https://weir.org/upper"),
        ("https://weir.org/upper(last accessed 3 May 2014)", "https://weir.org/upper"),
        ("https://weir.org/upper.Accessed 3 May 2014", "https://weir.org/upper"),
        ("https://urldefense.com/v3/__https://weir.org/upper__;!!x", "https://weir.org/upper"),
        ("https://web.archive.org/web/20130101000000/https%3A//weir.org/a", "https://weir.org/a"),
        ("{https://www.weir.com/login/}}, (accessed", "https://www.weir.com/login/"),
        ('https://weir.org/wiki/RSA_(crypto))", 2022', "https://weir.org/wiki/RSA_(crypto)"),
        ("(see https://weir.org/b_(c)).", "https://weir.org/b_(c)"),
        ("https://weir.jp/chart/（2026年", "https://weir.jp/chart/"),
        ("<https://weir.io/>.", "https://weir.io/"),
        ("http//weir.org/x", "http://weir.org/x"),
        ("htp://weir.org/x", "http://weir.org/x"),
        ("https://https://weir.org/x", "https://weir.org/x"),
        ("hxxp://weir[.]org/x", "http://weir.org/x"),
        ("http://weir.org/a&amp;b=1", "http://weir.org/a&b=1"),
        ("http://weir.org/\\~{}me/a\\_b", "http://weir.org/~me/a_b"),
        ("президент.рф/новости", "http://президент.рф/новости"),
        ("weir.org/questions/778/angular-js. Accessed", "http://weir.org/questions/778/angular-js"),
        ("https://weir.org.\n\nApple", "https://weir.org"),
        ("https://weir.org/foo/\nAccessed 12 May", "https://weir.org/foo/"),
        # The one word between an address and its bracketed access date is the address's end.
        ("www.weir.org/2012/08/ maize [accessed 21 January 2016]", "http://www.weir.org/2012/08/maize"),
        (
            "weir.org/questions-for-\nvisitors [accessed 9 June 2021]",
            "http://weir.org/questions-for-visitors",
        ),
        (
            "https://weir.org/default/f iles/g.pdf [accessed 9 May 2020]",
            "https://weir.org/default/files/g.pdf",
        ),
        ("weir.org/i.php?\nregion=4", "http://weir.org/i.php?region=4"),
        ("weir.org/who-pa ys [accessed 4 April 2011]", "http://weir.org/who-pays"),
        ("weir.org/primer/TI P_3rd.pdf\n[accessed 9 May 2020]", "http://weir.org/primer/TIP_3rd.pdf"),
        ("weir.org/i.php?o=con tent&v=1 [accessed 9 May 2020]", "http://weir.org/i.php?o=content&v=1"),
        ("weir.org/ns/ (Symbol)/PC.2?Open [accessed 9 May 2020]", "http://weir.org/ns/(Symbol)/PC.2?Open"),
        ("http://weir.org/abstract/ 7/2/101 [accessed 9 May 2020]", "http://weir.org/abstract/7/2/101"),
        ("http://weir.org/x/ 7/2/2010 [accessed 9 May 2020]", "http://weir.org/x/"),
        ("http://weir.org/x.pdf viewed [accessed 9 May 2020]", "http://weir.org/x.pdf"),
        ("http://weir.org/x online (accessed 9 May 2020)", "http://weir.org/x"),
        ("http://weir.org/x Weir [accessed 9 May 2020]", "http://weir.org/x"),
        ("www.weir.org press [accessed 9 May 2020]", "http://www.weir.org"),
        # A line end breaks a word of the address; the next reference's number is no part of it.
        ("https://weir.org/gates_and_\nsluices. Accessed: 2018-01-09.", "https://weir.org/gates_and_sluices"),
        (
            "https://weir.org/half-a-million-\ngates-shut; Ona Reed, Salt",
            "https://weir.org/half-a-million-gates-shut",
        ),
        (
            "https://weir.org/views/eel-\nladder/ (accessed on 2 May 2021)",
            "https://weir.org/views/eel-ladder/",
        ),
        ("https://weir.org/old-\nand the new one", "https://weir.org/old-"),
        ('https://weir.org/what-to-ask/\n37. "Gate book."', "https://weir.org/what-to-ask/"),
        ("https://weir.org/story/\n37. Accessed 2 May 2021", "https://weir.org/story/37"),
        ("https://weir.org/ and/or others", "https://weir.org/"),
        ("https://weir.org/x/ 12/05/2019", "https://weir.org/x/"),
    ],
)
def test_one_address_is_found_and_mended(text, url):
    assert urls(text) == [url]


@pytest.mark.parametrize(
    "text",
    [
        "support@weir.example.org",
        "e.g. see fig.2a and sec.4.b",
        "sys.argv in README.md",
        "https://weir.example/{id}.json",
        "and/or 24/7",
        "12.5/3",
        "https://",
        "http://[",
        "file.txt",
    ],
)
def test_what_is_no_address(text):
    assert urls(text) == []


def test_bare_hosts_are_uncertain():
    (one,) = find_urls("docs.weir.org [Online]")
    assert (one.url, one.certain) == ("http://docs.weir.org", False)


@pytest.mark.parametrize(
    ("raw", "url", "archive", "when"),
    [
        (
            "https://web.archive.org/web/20110217153554/http://moor.com/help",
            "http://moor.com/help",
            True,
            "20110217153554",
        ),
        (
            "https://web.archive.org/web/20110217153554id_/http:/moor.com/help",
            "http://moor.com/help",
            True,
            "20110217153554",
        ),
        (
            "https://archive.today/20200213005215/https://moor.gov/a",
            "https://moor.gov/a",
            True,
            "20200213005215",
        ),
        ("https://arquivo.pt/wayback/20090203/http://moor.pt/", "http://moor.pt/", True, "20090203"),
        (
            "https://www.webcitation.org/query?url=http%3A%2F%2Fmoor.org%2Fx&date=2009-01-02",
            "http://moor.org/x",
            True,
            "20090102",
        ),
        ("https://archive.ph/AbC12", "https://archive.ph/AbC12", True, None),
        (
            "https://www.google.com/url?sa=t&url=https%3A%2F%2Fmoor.org%2Fb%3Fc%3Dd&usg=x",
            "https://moor.org/b?c=d",
            False,
            None,
        ),
        ("https://l.facebook.com/l.php?u=https%3A%2F%2Fmoor.org%2F&h=A", "https://moor.org/", False, None),
        (
            "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fmoor.org%2Fx&data=1",
            "https://moor.org/x",
            False,
            None,
        ),
        ("https://moor.org/web/guide", "https://moor.org/web/guide", False, None),
        ("https://moor.org/2019/05/http-basics", "https://moor.org/2019/05/http-basics", False, None),
        (
            "http://www.moor.org/tide/20041206/tides.html",
            "http://www.moor.org/tide/20041206/tides.html",
            False,
            None,
        ),
        (
            "http://www.moor.org/20041206/sports.story/a",
            "http://www.moor.org/20041206/sports.story/a",
            False,
            None,
        ),
        (
            "http://archive.moor.org/20041206/tides.html",
            "http://archive.moor.org/20041206/tides.html",
            False,
            None,
        ),
        ("https://web.archive.org/web/20041206/moor.org/a", "http://moor.org/a", True, "20041206"),
        ("https://web.archive.org/web/http://moor.org/a", "http://moor.org/a", True, None),
        ("https://web.archive.org/http://moor.org/a", "http://moor.org/a", True, None),
        (
            "https://archive.org/details/moorbook00smit",
            "https://archive.org/details/moorbook00smit",
            False,
            None,
        ),
        ("http://webarchive.nationalarchives.gov.uk/+/http://moor.uk/a", "http://moor.uk/a", True, None),
        (
            "https://warp.da.ndl.go.jp/info:ndljp/pid/1368617/www.moor.jp/a.pdf",
            "http://www.moor.jp/a.pdf",
            True,
            None,
        ),
        (
            "https://ghostarchive.org/varchive/youtube/20211205/abcd",
            "https://ghostarchive.org/varchive/youtube/20211205/abcd",
            True,
            None,
        ),
        (
            "http://www.freezepage.com/1412390730OWGUUQPNCQ",
            "http://www.freezepage.com/1412390730OWGUUQPNCQ",
            True,
            None,
        ),
        (
            "http://www.webcitation.org/query?id=1257013828901049",
            "http://www.webcitation.org/query?id=1257013828901049",
            True,
            None,
        ),
        (
            "http://moor.org/gold.pdf#search='peat%20found'",
            "http://moor.org/gold.pdf#search='peat%20found'",
            False,
            None,
        ),
    ],
)
def test_snapshots_and_wrappers(raw, url, archive, when):
    mended = repair_url(raw)
    assert (mended.url, mended.archive_url, mended.archived_at) == (url, raw if archive else None, when)
    assert bool(mended.repairs) == (url != raw)


def test_every_repair_is_recorded():
    mended = repair_url("www.weir.org/a/ b\\_c\n d/x")
    assert [one.kind for one in mended.repairs] == [
        "escapes undone",
        "lines joined",
        "blank removed",
        "scheme added",
    ]
    assert mended.repairs[-1].after == mended.url


@pytest.mark.parametrize(
    "raw", ["", "not available", "mailto:a@weir.org", "javascript:void(0)", "x", "http://", "   "]
)
def test_nothing_to_recover(raw):
    assert repair_url(raw).url is None


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("https://www.moor.example.com/articles/361615a0(Zugriff: 27.08.2026)", "https://www.moor.example.com/articles/361615a0"),
        ("https://moor.example.com/mond/[abgerufen am 3.4.2020]", "https://moor.example.com/mond/"),
        ("// 'Ebbe' av sjö //stack.example.com/questions/12/ebbe hämtad 10 mars 2022", "http://stack.example.com/questions/12/ebbe"),
        ("https://en. wikipedia.org/wiki/Tide", "https://en.wikipedia.org/wiki/Tide"),
        ("https://gauges.weirhaus. ac.uk/lower (visited on 05/26/2021)", "https://gauges.weirhaus.ac.uk/lower"),
        ("See http://weir.org. Moor.uk/x is another", "http://weir.org"),
        ("https://weir.org/u/tide- 2021- tables (visited on 06/23/2022)", "https://weir.org/u/tide-2021-tables"),
        ("https://weir.org/u/tide- a fine one", "https://weir.org/u/tide-"),
        ("https://weir.org/eel‑ladder/lower‐gate", "https://weir.org/eel-ladder/lower-gate"),
        ("https://katalog.example.kr/SearchDetailView.do?cn=KDMT20", "https://katalog.example.kr/SearchDetailView.do?cn=KDMT20"),
    ],
)  # fmt: skip
def test_access_notes_and_blanks_at_an_address(text, url):
    assert find_urls(text)[0].url == url


def test_a_word_glued_to_an_address_is_cut_off_and_said_so():
    (found,) = find_urls("See https://weir.org/upper.htmlAccessed 3 May 2014")
    assert found.url == "https://weir.org/upper.html"
    assert [one.kind for one in found.repairs] == ["glued word cut off"]
    assert found.repairs[0].before.endswith("htmlAccessed")


def test_a_new_sentence_does_not_go_on_an_address():
    for text in ("https://weir.org/locks\nand/or more", "https://weir.org/a.\nHtml is a language"):
        (found,) = find_urls(text)
        assert found.url in {"https://weir.org/locks", "https://weir.org/a"}


@pytest.mark.parametrize(
    ("raw", "url"),
    [
        ("http://moor.org/fen.html?", "http://moor.org/fen.html?"),
        ("http://moor.org/fen!", "http://moor.org/fen!"),
        ("http://moor.org/q?date=(8/11%20to%208/12)&field=1)&sort=up", "http://moor.org/q?date=(8/11%20to%208/12)&field=1)&sort=up"),
        ("http://moor.org/fen).", "http://moor.org/fen)."),
        ("http://moor.org/fen.", "http://moor.org/fen."),
        ("http://moor.org/fen\\", "http://moor.org/fen"),
    ],
)  # fmt: skip
def test_a_field_holds_the_whole_address(raw, url):
    assert repair_url(raw, whole=True).url == url


def test_an_address_said_twice_before_its_date_is_two_addresses():
    found = find_urls("Salt. https://weir.org/s https://weir.org/s (accessed 15 March 2012)")
    assert [one.url for one in found] == ["https://weir.org/s"] * 2


def test_a_snapshot_broken_before_its_original_is_one_address():
    (found,) = find_urls(
        "https://web.archive.org/web/20130101000000/\nhttps://weir.org/s [accessed 3 May 2014]"
    )
    assert found.archive_url == "https://web.archive.org/web/20130101000000/https://weir.org/s"
