"""Parked, offered, expired and usurped domains."""

import pytest

from monitor.page.signs.parked import parked
from monitor.page.signs.parking_marks import EXPIRED, FOR_SALE, PHRASE_KEYS
from tests.support.page_texts import article, document, essay, read


def judge(body, *hosts):
    return parked(read(body), body, hosts or ("lindmoor.example",))


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("lindmoor.example is for sale | Names", "Get it today. Fast transfer."),
        ("lindmoor.example", "The domain lindmoor.example may be for sale. Make an offer."),
        ("lindmoor.example", "This domain is for sale!"),
        ("lindmoor.example", "This Web page is parked FREE, courtesy of a registrar."),
        ("Welcome", "This domain name has expired. If you are the owner, renew it."),
        ("Domain parked", "This domain is currently parked."),
        ("lindmoor.example", "Diese Domain steht zum Verkauf."),
        ("lindmoor.example", "Ce nom de domaine est à vendre."),
        ("lindmoor.example", "Este dominio está en venta"),
        ("lindmoor.example", "Este domínio está à venda"),
        ("lindmoor.example", "Questo dominio è in vendita"),
        ("lindmoor.example", "Deze domeinnaam is te koop"),
        ("lindmoor.example", "Этот домен продаётся"),
        ("lindmoor.example", "Ta domena jest na sprzedaż"),
        ("lindmoor.example", "このドメインは販売中です"),
        ("lindmoor.example", "该域名正在出售"),
        ("lindmoor.example for sale", "Contact the broker."),
    ],
)
def test_phrases(title, text):
    assert judge(document(title=title, body=f"<h1>{title}</h1><p>{text}</p>"))


@pytest.mark.parametrize(
    "markup",
    [
        '<script>window.onload=function(){window.location.href="/lander"}</script>',
        "<script>window.LANDER_SYSTEM='PW'</script><div id=root></div>",
        "<script src='//www.google.com/adsense/domains/caf.js'></script>",
        "<script src='https://img.sedoparking.com/js/jquery.js'></script>",
        "<iframe src='http://www.parkingcrew.net/assets/frame.php'></iframe>",
        '<script>window.park = "eyJ1dWlkIjoi";</script><script src=/bAbC.js></script>',
        "<html data-adblockkey='MFwwDQYJKoZIhvcNAQ'><body></body>",
        "<script>location.replace('https://www.hugedomains.com/domain_profile.cfm?d=lindmoor')</script>",
    ],
)
def test_signatures_on_empty_pages(markup):
    assert judge(markup.encode()).kind == "signature"


def test_redirect_to_a_parking_host():
    empty = b"<html><body><div id=main></div><script src=/x.js></script></body></html>"
    for host in ("ww25.lindmoor.example", "www.hugedomains.com", "forsale.dynadot.example"):
        assert judge(empty, "lindmoor.example", host)


def test_pages_of_a_parking_service_itself():
    page = document(title="Press", body=f"<script src=//dan.com/assets/a.js></script><p>{essay(120)}</p>")
    assert judge(page, "dan.com", "www.dan.com") is None
    assert judge(page, "lindmoor.example", "dan.com")


def test_a_script_from_a_numbered_server():
    assert (
        judge(document(body=f"<script src=//ww2.lindmoor.example/a.js></script><p>{essay(120)}</p>")) is None
    )


def test_a_numbered_server_of_a_living_site():
    assert judge(document(), "www.lindmoor.example", "ww2.lindmoor.example") is None


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("The parked car", "The car was parked by the quay; it is for sale. Make an offer."),
        ("Domain names: a history", "Many a domain is for sale, and most parked domains earn nothing."),
        ("Houses for sale", "Two houses for sale in Lindmoor. Buy now, pay later."),
        ("My visa has expired", "What to do when a visa has expired."),
        ("lindmoor.example: boats", "Boats for sale at lindmoor.example, the market of the coast."),
        ("On casinos", "The town refused the casino twice, and the poker rooms as well."),
    ],
)
@pytest.mark.parametrize("long", [True, False])
def test_living_pages(title, text, long):
    body = f"<h1>{title}</h1><p>{text}</p>" + (article() if long else f"<p>{essay(90)}</p>")
    assert judge(document(title=title, body=body)) is None


def test_an_article_may_link_and_name_parking_services():
    body = (
        "<h1>Who parks domains</h1><p>Services: <a href='https://www.sedo.com/'>Sedo</a>, <a href='https://bodis.com/'>Bodis</a>, "
        "<a href='https://dan.com/buy-domain/x'>Dan</a>; pages read “this domain is for sale” or “buy this domain”.</p>"
    )
    assert judge(document(title="Who parks domains", body=body + article() + f"<p>{essay(300)}</p>")) is None


GAMBLING = (
    "Situs slot gacor dan judi online: daftar slot online, togel, rtp live, maxwin, casino online. " * 12
)


def test_a_gambling_page_in_place_of_a_site():
    body = f"<h1>Situs Slot Gacor Maxwin</h1><h2>RTP live togel</h2><p>{GAMBLING}</p>"
    assert judge(document(title="Slot Gacor: Situs Judi Online Terpercaya", body=body))


def test_gambling_is_no_wonder_on_a_gambling_host_nor_in_the_news():
    body = f"<h1>Situs Slot Gacor Maxwin</h1><h2>RTP live togel</h2><p>{GAMBLING}</p>"
    assert judge(document(title="Slot Gacor: Situs Judi Online", body=body), "slotpalace.example") is None
    news = f"<h1>Police close situs judi online ring</h1><p>The slot gacor pages were run from abroad.</p>{article()}"
    assert judge(document(title="Police close situs judi online ring", body=news)) is None


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "lindmoor.example - Registered at a shop",
            "This domain is registered at Namecheap. Check back later!",
        ),
        ("lindmoor.example", "This webpage was generated by the domain owner using Sedo Domain Parking."),
        ("lindmoor.example | Domain for sale", "Make an offer."),
        ("Domain name for sale - www.lindmoor.example", "Ask for the price of this fine name."),
        (
            "lindmoor.example",
            "The owner of lindmoor.example is offering it for sale at an asking price of 90 crowns.",
        ),
        ("lindmoor.example", "This premium domain name is available for purchase!"),
        ("Links", "Boats, loans, hotels. " * 12 + "This domain is for sale. Privacy policy."),
    ],
)
def test_offers_in_other_words(title, text):
    assert judge(document(title=title, body=f"<h1>{title}</h1><p>{text}</p>"))


def test_scripts_of_parking_services_own_servers():
    for host in ("parking.bodiscdn.com", "img.sedo.com"):
        assert judge(document(body=f"<script src='https://{host}/p.js'></script>")).kind == "signature"
    empty = b"<html><body><div id=main></div><script src=/x.js></script></body></html>"
    assert judge(empty, "lindmoor.example", "sedo.com").kind == "redirect"


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "My first pages",
            (
                "When I came back my old address said: this domain is for sale. I laughed, then wrote to its "
                "owner, who asked for more than my boat is worth, and so the drawings of the quay moved here."
            ),
        ),
        ("What “this domain is for sale” means", "Its owner waits."),
        ("Buy this domain, they said: a memoir", "They said so often."),
        ("My domain has expired: what now?", "When your domain has expired you have some weeks."),
    ],
)
@pytest.mark.parametrize("words", [60, 120, 200])
def test_a_story_in_which_the_phrase_occurs(title, text, words):
    body = f"<h1>{title}</h1><p>{essay(words)}.</p><p>{text}</p>"
    assert judge(document(title=title, body=body)) is None


@pytest.mark.parametrize("words", [60, 120, 200])
def test_the_phrase_in_a_block_quote_of_a_living_page(words):
    body = f"<h1>Notes</h1><p>{essay(words)}.</p><blockquote>Buy this domain.</blockquote><p>So it read.</p>"
    assert judge(document(title="Notes", body=body)) is None


def test_every_phrase_has_a_key_that_is_looked_for_first():
    assert [phrase for phrase in (*FOR_SALE, *EXPIRED) if not any(key in phrase for key in PHRASE_KEYS)] == []
