"""Walls between us and the page."""

import pytest

from monitor.page.signs.wall_marks import PAYWALL_KEYS, PAYWALL_PHRASES
from monitor.page.signs.walls import find_wall
from tests.support.page_texts import article, document, essay, read

ASKED = "https://news.lindmoor.example/2011/tide"
FULL = document(body=article() + f"<p>{essay(400)}</p>")
EMPTY = b"<html><head><title></title></head><body><div></div></body></html>"


def wall(body=EMPTY, status=200, headers=(), final=ASKED, requested=ASKED):
    return find_wall(status, headers, read(body), body, final, requested)


@pytest.mark.parametrize(
    ("status", "header", "cause", "vendor"),
    [
        (403, ("cf-mitigated", "challenge"), "challenge", "Cloudflare"),
        (503, ("cf-mitigated", "challenge"), "challenge", "Cloudflare"),
        (429, ("cf-mitigated", "challenge"), "challenge", "Cloudflare"),
        (200, ("cf-mitigated", "challenge"), "challenge", "Cloudflare"),
        (429, ("x-vercel-mitigated", "challenge"), "challenge", "Vercel"),
        (202, ("x-amzn-waf-action", "challenge"), "challenge", "AWS WAF"),
        (405, ("x-amzn-waf-action", "captcha"), "challenge", "AWS WAF"),
        (403, ("x-datadome", "1"), "challenge", "DataDome"),
        (403, ("server", "AkamaiGHost"), "bot-wall", "Akamai"),
        (403, ("x-cache", "Error from cloudfront"), "bot-wall", "CloudFront"),
        (429, ("x-kpsdk-ct", "0abc"), "challenge", "Kasada"),
        (403, ("server", "Sucuri/Cloudproxy"), "bot-wall", "Sucuri"),
        (403, ("server", "ddos-guard"), "challenge", "DDoS-Guard"),
        (403, ("x-iinfo", "1-2-3"), "bot-wall", "Imperva"),
        (403, ("server", "cloudflare"), "bot-wall", "Cloudflare"),
    ],
)
def test_headers(status, header, cause, vendor):
    found = wall(status=status, headers=[header])
    assert (found.cause, found.vendor) == (cause, vendor)
    assert header[0] in found.evidence.detail


def test_999_is_linkedins():
    assert wall(status=999).cause == "bot-wall"


@pytest.mark.parametrize(
    "header",
    [
        ("x-datadome", "protected"), ("server", "cloudflare"), ("server", "AkamaiGHost"), ("x-cdn", "Imperva"), ("x-iinfo", "1-2-3"),
        ("x-cache", "Hit from cloudfront"), ("server", "ddos-guard"), ("x-kpsdk-ct", "0abc"), ("cf-ray", "8abc"), ("x-px-blocked", "0"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("body", [FULL, document(), EMPTY], ids=["full", "article", "empty"])
def test_a_guards_name_on_a_page_it_let_through(header, body):
    assert wall(body, headers=[header]) is None


@pytest.mark.parametrize("status", [404, 410, 500, 502])
@pytest.mark.parametrize(
    "header",
    [("server", "cloudflare"), ("server", "AkamaiGHost"), ("x-datadome", "protected"), ("x-iinfo", "1")],
)
def test_missing_is_missing_behind_any_guard(status, header):
    assert (
        wall(document(title="Not found", body="<h1>Not found</h1>"), status=status, headers=[header]) is None
    )
    script = document(
        title="Not found", body="<h1>Not found</h1><script src='/_Incapsula_Resource?SWJIYLWA=1'></script>"
    )
    assert wall(script, status=status, headers=[header]) is None


@pytest.mark.parametrize(
    ("body", "vendor"),
    [
        (b"<title>Just a moment...</title><script>window._cf_chl_opt={cvId:'3'}</script>", "Cloudflare"),
        (
            b'<title>Making sure you&#39;re not a bot!</title><script id="anubis_challenge" type="application/json">{}</script>',
            "Anubis",
        ),
        (
            b"<script>var dd={'rt':'c'}</script><script src='https://ct.captcha-delivery.com/c.js'></script>",
            "DataDome",
        ),
        (b"<html><body><iframe src='/_Incapsula_Resource?CWUDNSAI=27'></iframe></body></html>", "Imperva"),
        (b"<p>Request unsuccessful. Incapsula incident ID: 1-2</p>", "Imperva"),
        (b'<title>Access to this page has been denied.</title><div id="px-captcha"></div>', "PerimeterX"),
        (b"<script>window.gokuProps = {}</script>", "AWS WAF"),
        (b"<p>The requested URL was rejected. Please consult with your administrator.</p>", "F5"),
    ],
)
@pytest.mark.parametrize("status", [200, 403, 503])
def test_bodies(body, vendor, status):
    assert wall(body, status=status).vendor == vendor


@pytest.mark.parametrize(
    "text",
    [
        "window._cf_chl_opt",
        "Just a moment...",
        "/_Incapsula_Resource?",
        "px-captcha",
        "are you a robot?",
        "Please enable JavaScript",
    ],
)
def test_marks_on_a_full_page_are_its_subject(text):
    body = document(
        title="Just a moment..." if "moment" in text else "How walls work",
        body=f"<p>{text}</p>{article()}<p>{essay(400)}</p>",
    )
    assert wall(body) is None


def test_a_guards_script_in_a_page_it_let_through():
    body = document(
        body="<h1>Tides</h1><p>" + essay(60) + "</p><script src='/_Incapsula_Resource?SWJIYLWA=7'></script>"
    )
    assert wall(body) is None


@pytest.mark.parametrize(
    "final",
    [
        "https://news.lindmoor.example/login?return_to=%2F2011%2Ftide", "https://news.lindmoor.example/users/sign_in",
        "https://login.lindmoor.example/?next=x", "https://accounts.mail.example/ServiceLogin", "https://news.lindmoor.example/wp-login.php",
        "https://news.lindmoor.example/de/anmelden", "https://login.microsoftonline.com/x/oauth2/authorize",
    ],
)  # fmt: skip
def test_sent_to_log_in(final):
    found = wall(document(title="Welcome", body="<form><input type=password></form>"), final=final)
    assert found.cause == "login"


@pytest.mark.parametrize(
    "final",
    [
        "https://consent.google.com/ml?continue=x",
        "https://consent.youtube.com/m?continue=x",
        "https://guce.yahoo.com/consent",
    ],
)
def test_sent_to_consent(final):
    assert wall(final=final).cause == "consent"


@pytest.mark.parametrize(
    "final",
    [
        "https://news.lindmoor.example/2011/tide/", "https://www.lindmoor.example/2011/tide-tables", "https://id.encyclopedia.example/wiki/Pasang",
        "https://news.lindmoor.example/blog/login-systems-of-the-past", "https://author.lindmoor.example/x",
    ],
)  # fmt: skip
def test_sent_elsewhere(final):
    assert wall(document(), final=final) is None


def test_a_page_about_logging_in_that_was_asked_for():
    assert (
        wall(
            document(title="Login", body=article()),
            final="https://a.example/login",
            requested="https://a.example/login",
        )
        is None
    )


def test_login_by_page():
    body = document(
        title="Log in | Lindmoor News",
        body="<h1>Log in</h1><form><input name=u><input type='password' name=p></form>",
    )
    assert wall(body).cause == "login"
    menu = document(
        body=article() + "<form><input type=password placeholder=Password><button>Log in</button></form>"
    )
    assert wall(menu) is None
    short = document(
        title="Photograph 7",
        body="<h1>Photograph 7</h1><p>By the quay.</p><form><input type=password></form>",
    )
    assert wall(short) is None


def test_consent_by_title():
    assert (
        wall(document(title="Before you continue to Video", body="<p>We use cookies.</p>")).cause == "consent"
    )


LOCKED = '<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":"False"}</script>'


def test_paywall_when_little_can_be_read():
    teaser = document(
        head=LOCKED, body="<h1>Tides</h1><p>The harbour office closed.</p><p>Subscribe now.</p>"
    )
    assert wall(teaser).cause == "paywall"
    phrase = document(
        body="<h1>Tides</h1><p>The harbour office closed.</p><p>Subscribe to continue reading.</p>"
    )
    assert wall(phrase).cause == "paywall"


def test_a_paywalled_page_with_its_body_is_readable():
    assert wall(document(head=LOCKED, body=article() + f"<p>{essay(200)}</p>")) is None
    text = essay(350)
    data = (
        f'<script type="application/ld+json">{{"isAccessibleForFree":false,"articleBody":"{text}"}}</script>'
    )
    assert wall(document(head=data, body="<p>The harbour office closed.</p>")) is None


def test_free_articles_are_no_paywall():
    free = LOCKED.replace("False", "True")
    assert wall(document(head=free, body="<p>The harbour office closed.</p>")) is None


def test_plain_refusals_name_no_wall():
    assert wall(status=403) is None
    assert wall(status=401) is None
    assert find_wall(403, [], None, b"", ASKED, ASKED) is None


def test_refusal_pages_by_title():
    assert (
        wall(document(title="Access Denied", body="<h1>Access Denied</h1>"), status=403).cause == "bot-wall"
    )
    assert wall(document(title="Access denied", body=f"<h1>Access denied</h1>{article()}")) is None


def test_header_names_in_any_case_and_twice():
    assert (
        wall(status=403, headers=[("Server", "x"), ("CF-Mitigated", "challenge"), ("server", "y")]).vendor
        == "Cloudflare"
    )


def test_broken_addresses():
    assert wall(document(), final="http://[broken", requested=ASKED) is None


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("Our systems have detected unusual traffic from your computer network.", "challenge"),
        ("To go on, please complete the captcha below.", "challenge"),
        ("You need to log in to view this page.", "login"),
        ("Create a free account to continue.", "login"),
    ],
)
def test_what_a_nearly_empty_page_says_of_itself(text, cause):
    assert wall(document(title="Lindmoor News", body=f"<p>{text}</p>")).cause == cause
    assert wall(document(title="Lindmoor News", body=f"<p>{text}</p>{article()}")) is None
    asked = "https://news.lindmoor.example/login"
    page = document(title="Lindmoor News", body="<p>You need to log in to view this page.</p>")
    assert wall(page, final=asked, requested=asked) is None


def test_a_diary_called_log_in_has_no_form_to_fill():
    body = f"<h1>Log in</h1><p>{essay(120)}</p>"
    form = "<form><input type=password name=p></form>"
    assert wall(document(title="Log in | A carpenter's diary", body=body)) is None
    assert wall(document(title="Log in | Lindmoor", body=body + form)).cause == "login"


@pytest.mark.parametrize("status", [403, 404, 410])
def test_datadome_at_any_refusal(status):
    assert wall(status=status, headers=[("x-datadome", "blocked")]).vendor == "DataDome"
    found = wall(status=status, headers=[("x-datadome", "protected")])
    assert found is None


def test_cloudfronts_own_503_and_its_word_on_an_origin():
    assert wall(status=503, headers=[("x-cache", "Error from cloudfront")]).vendor == "CloudFront"
    assert wall(status=502, headers=[("x-cache", "Error from cloudfront")]) is None


def test_every_paywall_phrase_has_a_key_that_is_looked_for_first():
    assert not [one for one in PAYWALL_PHRASES if not any(key in one for key in PAYWALL_KEYS)]
