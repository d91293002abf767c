"""What a captured body is, and where redirects led."""

import pytest

from monitor.archive.judgement.verify import gone_astray, judge_body, other_site, went_home
from monitor.fetch.interface import FetchResponse
from tests.support.page_texts import document

URL = "http://weir.example.org/levels"


def answer(body: bytes, media: str = "text/html", **orig: str) -> FetchResponse:
    headers = [("content-type", "text/html; charset=utf-8"), ("x-archive-orig-content-type", media)]
    headers += [(f"x-archive-orig-{name.replace('_', '-')}", value) for name, value in orig.items()]
    return FetchResponse(url=URL, status=200, headers=tuple(headers), body=body)


def test_a_page_is_a_page() -> None:
    found = judge_body(answer(document()), URL, URL)
    assert found.reason is None
    assert found.page is not None
    assert "harbour office" in found.page.visible


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "blank"),
        (b" \r\n", "blank"),
        (b"<html><head><title>x</title></head><body></body></html>", "blank"),
        (
            document(title="404 Not Found", body="<h1>Not Found</h1><p>The page was not found.</p>"),
            "soft 404",
        ),
        (
            document(title="weir.example.org", body="<p>The domain weir.example.org is for sale.</p>"),
            "parked",
        ),
        (
            document(title="Sign in", body="<h1>Sign in</h1><form><input type=password name=p></form>"),
            "login",
        ),
    ],
)
def test_what_stood_in_its_place_is_named(body: bytes, reason: str) -> None:
    found = judge_body(answer(body), URL, URL)
    assert (found.reason or "").startswith(reason)


def test_a_challenge_is_known_by_the_captured_header() -> None:
    body = document(title="Just a moment...", body="<p>Checking your browser before you go on.</p>")
    found = judge_body(answer(body, cf_mitigated="challenge"), URL, URL)
    assert (found.reason or "").startswith("challenge")


def test_the_captured_charset_counts_not_the_one_the_archive_adds() -> None:
    body = "<html><title>Плотина</title><body><p>Плотина была построена весной.</p></body></html>"
    found = judge_body(answer(body.encode("koi8-r"), media="text/html; charset=koi8-r"), URL, URL)
    assert found.page is not None
    assert "Плотина была построена весной" in found.page.visible


def test_an_address_of_a_pdf_wants_a_pdf() -> None:
    found = judge_body(answer(document()), f"{URL}.pdf", f"{URL}.pdf?download=1")
    assert found.hard
    assert "PDF" in (found.reason or "")


def test_pictures_are_no_page() -> None:
    found = judge_body(answer(b"\x89PNG\r\n\x1a\n" + bytes(50), media="image/png"), URL, URL)
    assert found.hard


def test_a_picture_that_is_cited_is_there_though_it_holds_no_text() -> None:
    picture = answer(b"\x89PNG\r\n\x1a\n" + bytes(50), media="image/png")
    cited = judge_body(picture, f"{URL}/gauge.PNG", f"{URL}/gauge.PNG?size=large")
    assert (cited.unreadable, cited.hard) == (True, False)
    assert judge_body(picture, f"{URL}/film.mp4", f"{URL}/film.mp4").hard


@pytest.mark.parametrize(
    ("final", "asked", "home"),
    [
        ("http://weir.example.org/", URL, True),
        ("http://www.weir.example.org", URL, True),
        ("http://weir.example.org/index.php", URL, True),
        ("http://weir.example.org/en/", URL, True),
        ("http://weir.example.org/de/home.html", URL, True),
        ("http://weir.example.org/default.aspx", URL, True),
        ("http://weir.example.org/?page=levels", URL, False),
        ("http://weir.example.org/new/levels", URL, False),
        ("https://www.weir.example.org/levels/", URL, False),
        ("http://weir.example.org/index.html", "http://weir.example.org/", False),
        ("http://weir.example.org/", "http://weir.example.org/en/index.html", False),
    ],
)
def test_going_home(final: str, asked: str, home: bool) -> None:
    assert went_home(final, asked) is home


@pytest.mark.parametrize(
    ("final", "other"),
    [
        ("https://www.weir.example.org/x", False),
        ("http://archive.weir.example.org/x", False),
        ("http://example.net/levels", True),
    ],
)
def test_leaving_the_site(final: str, other: bool) -> None:
    assert other_site(final, URL) is other


@pytest.mark.parametrize(
    ("target", "word"),
    [
        ("http://weir.example.org/", "home"),
        ("http://weir.example.org/login?next=%2Flevels", "login"),
        ("http://weir.example.org/errors/404.html", "soft 404"),
        ("http://weir.example.org/search?error=404", "soft 404"),
    ],
)
def test_some_targets_need_not_be_fetched(target: str, word: str) -> None:
    assert word in (gone_astray(target, URL) or "")


@pytest.mark.parametrize(
    "target",
    ["https://weir.example.org/levels", "http://weir.example.org/2009/levels", "http://other.test/levels"],
)
def test_other_targets_are_looked_at(target: str) -> None:
    assert gone_astray(target, URL) is None
