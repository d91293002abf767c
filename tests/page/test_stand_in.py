"""One set of signs for live answers and archived copies."""

import pytest

from monitor.page.signs.stand_in import stand_in
from tests.support.page_texts import article, document, essay, read

ASKED = "https://news.lindmoor.example/2011/tide"


def found(body, status=200, url=ASKED):
    """Return the signs on a page served at an address."""
    return stand_in(status, (), read(body), body, ["news.lindmoor.example"], final_url=url, asked_url=ASKED)


@pytest.mark.parametrize(
    ("title", "text", "reason"),
    [
        ("Seite nicht gefunden", "Zur Startseite", "soft 404: "),
        ("Under maintenance", "Come back later.", "maintenance: "),
        ("lindmoor.example", "This domain is for sale.", "parked: "),
        ("Log in", "Please log in to view this page.", "login: "),
        ("Lindmoor News", "This content is not available in your country.", "region: "),
        ("451 Unavailable For Legal Reasons", "", "region: "),
    ],
)
def test_reasons(title, text, reason):
    assert found(document(title=title, body=f"<p>{text}</p>")).reason.startswith(reason)


def test_a_page_is_itself():
    assert found(document(body=article() + f"<p>{essay(300)}</p>")).reason is None


def test_a_status_of_failure_speaks_for_itself():
    assert found(document(title="Under maintenance", body="<p>Later.</p>"), status=503).failure is None


PUR = """<h1>Lindmoor News mit Werbung und Cookies nutzen</h1><p>Besuchen Sie uns wie gewohnt mit Werbung und Tracking.
Wir und unsere Partner verarbeiten Ihre Daten für Werbung.</p><p>Akzeptieren und weiter</p>
<h2>Werbefrei im Pur-Abo</h2><p>Für 4,99 Euro im Monat lesen Sie ohne Werbung und ohne Tracking.</p><p>Jetzt Pur-Abo abschließen</p>
<p>Impressum</p><p>Datenschutz</p>"""
PAY_FR = """<p>Accéder au site gratuitement en acceptant la publicité</p><p>Accepter et continuer</p><p>Refuser et s'abonner</p>
<p>Nous et nos partenaires utilisons des cookies pour mesurer l'audience.</p>"""
ENGLISH = """<h2>We value your privacy</h2><p>We and our partners store and access information on a device, such as cookies.</p>
<p>Accept and continue</p><p>Manage your privacy settings</p>"""


@pytest.mark.parametrize("body", [PUR, PAY_FR, ENGLISH])
def test_a_page_that_only_asks_for_consent_or_money(body):
    assert found(document(title="Lindmoor News", body=body)).wall.cause == "consent"


@pytest.mark.parametrize("body", [PUR, PAY_FR, ENGLISH])
def test_a_banner_above_an_article_is_no_wall(body):
    assert found(document(title="The tide", body=body + article())).wall is None


def test_an_article_on_regions_is_no_region_block():
    text = f"<p>The film is not available in your country, said the letter.</p><p>{essay(150)}</p>"
    assert found(document(title="The letter", body=text)).wall is None
