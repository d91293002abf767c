import pytest

from monitor.extract.dates.find import find_access_dates
from monitor.extract.dates.found import DateKind
from monitor.extract.dates.hints import collect_hints
from monitor.extract.dates.values import DateHints, parse_date


def found(text, hints=None):
    return [(one.kind.value, one.date) for one in find_access_dates(text, hints or DateHints())]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("[accessed 17 February 2011]", "2011-02-17"),
        ("[accessed  15 April 2010 ]", "2010-04-15"),
        ("Retrieved June 1, 2020, from https://quay.example/x", "2020-06-01"),
        ("Accessed 3 Mar. 2020", "2020-03-03"),
        ("[Accessed 12th of May, 2019]", "2019-05-12"),
        ("[cited 2019 May 12]", "2019-05-12"),
        ("[updated 2017 Jan 3; cited 2018 Feb 14]", "2018-02-14"),
        ("[Online; accessed 27-August-2021].", "2021-08-27"),
        ("viewed 05 March 2021, https://quay.example", "2021-03-05"),
        ("Last visited: Mon, 5 May 2014", "2014-05-05"),
        ("Date accessed: 2019/12/05", "2019-12-05"),
        ("Retrieved from https://quay.example/a on 12 May 2019.", "2019-05-12"),
        ("Accessed May 2019.", "2019-05"),
        ("Accessed 2019.", "2019"),
        ("abgerufen am 18. März 2014", "2014-03-18"),
        ("am 9. Jänner 2018 abgerufen", "2018-01-09"),
        ("Accessed March the 14th, 2012", "2012-03-14"),
        ("(verified 14 March 2012)", "2012-03-14"),
        ("[réf. du 14 mars 2012]", "2012-03-14"),
        ("consulté en ligne le 14 mars 2012", "2012-03-14"),
        ("Acessos em 14 mar. 2012.", "2012-03-14"),
        ("stan z dnia 14 marca 2012 r.", "2012-03-14"),
        ("[vid. 14. března 2012]", "2012-03-14"),
        ("(入手日 2012-03-14)", "2012-03-14"),
        ("(åtkomst 2012-03-14)", "2012-03-14"),
        ("[Accessed: 03-Mar-\n     2020]", "2020-03-03"),
        ("(accessed 14\r\n   March\r\n   2012)", "2012-03-14"),
        ("(accessed 14 Septem-\n    ber 2012)", "2012-09-14"),
        ("(ac-\ncessed 14 March 2012)", "2012-03-14"),
        ("(дата обра-\nщения: 14.03.2012)", "2012-03-14"),
        ("(letzter Zugriff: 3.4.20)", "2020-04-03"),
        ("consulté le 1er août 2019", "2019-08-01"),
        ("fecha de consulta: 3 de septiembre de 2020", "2020-09-03"),
        ("URL consultato il 12 maggio 2019", "2019-05-12"),
        ("Acesso em: 12 de jun de 2024.", "2024-06-12"),
        ("Geraadpleegd op 16 maart 2021, van https://sluis.example", "2021-03-16"),
        ("[dostęp: 12 maja 2019 r.]", "2019-05-12"),
        ("[cit. 2019-05-12]", "2019-05-12"),
        ("(дата обращения: 12.03.2009", "2009-03-12"),
        ("(Дата звернення: 11 березня 2026).", "2026-03-11"),
        ("Erişim tarihi: 1 Aralık 2022.", "2022-12-01"),
        ("12 Mayıs 2019 tarihinde erişildi", "2019-05-12"),
        ("Hämtad den 3 maj 2019", "2019-05-03"),
        ("Besøgt d. 9. juni 2019", "2019-06-09"),
        ("Hentet 7. mai 2018", "2018-05-07"),
        ("(viitattu 5.6.2019)", "2019-06-05"),
        ("(letöltve: 2019. május 12.)", "2019-05-12"),
        ("检索日期：2020年5月6日", "2020-05-06"),
        ("2010\n\n    年4月29日閲覧。", "2010-04-29"),
        ("令和元年5月6日閲覧", "2019-05-06"),
        ("(2019년 5월 12일 접속)", "2019-05-12"),
        ("[EB/OL]. (2018-03-04)[2019-05-12]. https://hedao.example.cn", "2019-05-12"),
        ("http://moor.example.de/foo [12.05.2019]", "2019-05-12"),
        ("https://moor.example/xConsultado el 10 de Abril de 2024TEXTO", "2024-04-10"),
        ("[accessed 24November 2016]", "2016-11-24"),
        ("[acccessed 4 May 2020]", "2020-05-04"),
        ("(pristupljeno u avgustu 2026)", "2026-08"),
        ("http://moor.example.cz [online 20. 3. 2005]", "2005-03-20"),
        ("Tilgået d. 14/12 - 2023.", "2023-12-14"),
        ("hämtad 1/5-2025 kl 16:00", "2025-05-01"),
        ("acessado em 17/04/2021: http://cais.example.br", "2021-04-17"),
        ("(дата обращения: в сентябре 2019)", "2019-09"),
        ("[Dostopano 24 november 2022]", "2022-11-24"),
    ],
)
def test_access_dates_are_read(text, date):
    assert ("accessed", date) in found(text)
    assert [one for one in found(text) if one[0] == "accessed"] == [("accessed", date)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("last updated June 6, 2025", "updated"),
        ("zuletzt aktualisiert am 2. März 2026", "updated"),
        ("Дата публикации: 12.03.2009", "published"),
        ("Published 12 May 2019", "published"),
        ("Archived from the original on 28 June 2008.", "archived"),
        ("consulté le 16 mars, à l'adresse", "no-year"),
        ("8月23日閲覧", "no-year"),
        ("[accessed <date>]", "placeholder"),
        ("Accessed: mm/dd/yyyy", "placeholder"),
        ("[Online; accessed `<year>-<month>-<day>`]", "placeholder"),
        ("[accessed DD Month YYYY]", "placeholder"),
        ("[access date unavailable]", "unavailable"),
        ("The page is down as of 28 May 2019, see http://x.example", "updated"),
        ("Retrieved [access date] from http://x.example", "placeholder"),
    ],
)
def test_what_only_looks_like_an_access_date_is_named(text, kind):
    assert [one[0] for one in found(text)] == [kind]
    assert DateKind(kind).reason


@pytest.mark.parametrize(
    "text",
    [
        "viewed 1,200 times in May",
        "accessed 300 times",
        "accessed via the side door",
        "cited by 12",
        "last accessed 1 day ago",
        "Records accessed on site between 12 May 2008 and 4 June 2008",
        "Volunteers retrieved the boxes on 6 June 2008",
        "30日閲覧可能",
        "Retrieved items must be returned.\n\n2019 was dry.",
        "accessed 2000 users",
    ],
)
def test_prose_is_left_alone(text):
    assert found(text) == []


def test_published_then_accessed_and_several_dates():
    assert found("Published 12 May 2019. Accessed 13 May 2019.") == [
        ("published", "2019-05-12"),
        ("accessed", "2019-05-13"),
    ]
    assert found("accessed 12 May 2019 and 3 June 2020") == [
        ("accessed", "2019-05-12"),
        ("accessed", "2020-06-03"),
    ]


def test_misspelt_months_are_mended_and_said_so():
    (one,) = find_access_dates("[accessed 8 Augsut 2019]", DateHints())
    assert (one.date, one.repair) == ("2019-08-08", "misspelt month Augsut read as august")


@pytest.mark.parametrize(
    "text", ["[accessed 31 February 2019]", "[accessed 8 Xuxly 2020]", "[accessed 45/45/2019]"]
)
def test_an_impossible_date_is_kept_without_value(text):
    (one,) = find_access_dates(text, DateHints())
    assert (one.kind, one.date) == (DateKind.ACCESSED, None)
    assert one.text in text


def test_the_documents_own_dates_decide_the_order():
    assert found("accessed 3/4/2021") == [("accessed", "2021-04-03")]
    american = "seen 10/25/2020; accessed 3/4/2021"
    assert found("accessed 3/4/2021", collect_hints(american)) == [("accessed", "2021-03-04")]
    european = "on 25/12/2019, on 10/25/2020 and on 26/12/2019"
    assert found("accessed 3/4/2021", collect_hints(european)) == [("accessed", "2021-04-03")]
    # A date with dots is never month first.
    assert found("accessed 3.4.2021", collect_hints(american)) == [("accessed", "2021-04-03")]


def test_an_order_nothing_decides_is_said_so():
    (one,) = find_access_dates("accessed 03/04/2019")
    assert (one.date, one.repair) == (
        "2019-04-03",
        "day or month first? nothing in the document tells; read as day first",
    )
    (one,) = find_access_dates("accessed 03/04/2019", collect_hints("published 25/12/2018"))
    assert one.repair is None
    for clear in (
        "accessed 03.04.2019",
        "accessed 04/04/2019",
        "accessed 25/04/2019",
        "consulté le 03/04/2019",
    ):
        assert find_access_dates(clear)[0].repair is None


def test_a_line_end_inside_a_word_leaves_every_place_what_it_was():
    text = "(last ac-\n  cessed 14 Septem-\r\nber 2012), viewed 3 May 2014"
    first, second = find_access_dates(text)
    assert text[first.start : first.end] == "14 Septem-\r\nber 2012"
    assert text[second.start : second.end] == "3 May 2014"


def test_spans_cover_the_date_and_the_phrase():
    text = "Quay [Online; accessed 27-August-2021]. Next"
    (one,) = find_access_dates(text, DateHints())
    assert text[one.start : one.end] == "27-August-2021"
    assert text[one.outer_start : one.outer_end] == "[Online; accessed 27-August-2021]"
    text = "Retrieved June 1, 2020, from https://quay.example"
    (one,) = find_access_dates(text, DateHints())
    assert text[one.outer_start : one.outer_end].rstrip() == "Retrieved June 1, 2020, from"
    for text in ("[ accessed 4 May 2020]", "[access\ndate unavailable]", "[Last access date unavailable]"):
        (one,) = find_access_dates(text, DateHints())
        assert text[one.outer_start : one.outer_end] == text


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2011-02-17", "2011-02-17"), ("12/05/2019", "2019-05-12"), ("June 2020", "2020-06"), ("17 février 2011", "2011-02-17"),
        ("5 мая 2019 г.", "2019-05-05"), ("2011-02-17T10:00:00Z", "2011-02-17"), ("  2019", "2019"), ("20190512", "2019-05-12"),
        ("12 May '19", "2019-05-12"), ("3–5 May 2019", "2019-05-05"), ("2012, April 17", "2012-04-17"), ("06/2020", "2020-06"),
        ("2010. gada 2. janvāris", "2010-01-02"),
        ("۲۴ دسامبر ۲۰۱۰", "2010-12-24"),
        ("٢٠١٠-٠١-٠٢", "2010-01-02"),
        ("२ सितम्बर २०१०", "2010-09-02"),
        ("২ জানুয়ারি ২০১০", "2010-01-02"),
        ("2 ஜனவரி 2010", "2010-01-02"),
    ],
)  # fmt: skip
def test_bare_field_values(text, date):
    parsed = parse_date(text, DateHints())
    assert parsed is not None
    assert parsed.date == date


@pytest.mark.parametrize(
    "text",
    [
        "Consulté de nombreuses fois du 15 avril 2015 au 19 juin 2015",
        "Consulté du 15 avril 2015 au 19 juin 2015",
        "(accessed between 15 April 2015 and 19 June 2015)",
        "abgerufen vom 15.4.2015 bis zum 19.6.2015",
        "accessed 15 April 2015 to 19 June 2015",
    ],
)
def test_a_span_of_days_is_its_first_and_its_last(text):
    assert found(text) == [("accessed", "2015-04-15"), ("accessed", "2015-06-19")]


def test_the_state_of_a_page_told_before_its_address_is_no_visit():
    assert found("Stand: 12.01.2010, URL: http://horn.example/n") == [("updated", "2010-01-12")]
    assert found("http://horn.example/n (Stand: 12.01.2010)") == [("accessed", "2010-01-12")]


@pytest.mark.parametrize("text", ["", "n.d.", "yesterday", "16 mars", "May", "https://quay.example/2019"])
def test_no_date_is_none(text):
    assert parse_date(text, DateHints()) is None
