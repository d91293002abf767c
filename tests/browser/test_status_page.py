"""The status page in a real browser, opened from a file as a maintainer would."""

import re
import time
from importlib import resources

import pytest

from monitor.report.publish import write_site
from monitor.report.site import write
from tests.support import report_cases
from tests.support.every_status import every_status

pytestmark = pytest.mark.slow

KINDS = ["index.html", "documents.html", "hosts.html", "documents/*.html", "hosts/*.html", "sources/*/*.html"]


def pages(folder):
    """One page of each kind, the fullest."""
    return [str(max(folder.glob(kind), key=lambda p: p.stat().st_size).relative_to(folder)) for kind in KINDS]


def until(page, expression, seconds=20):
    """Wait for an expression to be true; playwright's own waiting evaluates text, which the policy forbids."""
    end = time.monotonic() + seconds
    while not page.evaluate(expression):
        assert time.monotonic() < end, f"never true: {expression}"
        page.wait_for_timeout(30)


def overflow(page):
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def violations(page):
    source = resources.files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
    # Evaluated by the debugger, so the page's own policy against foreign scripts stays on.
    page.evaluate(source)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations'], preload: false})")
    return [
        (one["id"], one["nodes"][0]["html"][:200], one["nodes"][0].get("failureSummary"))
        for one in found["violations"]
    ]


@pytest.mark.parametrize("number", range(len(KINDS)), ids=KINDS)
def test_axe_finds_no_violation(visit, site, number):
    pytest.importorskip("axe_playwright_python", reason="axe-playwright-python is not installed")
    page = visit(site, pages(site)[number], color_scheme="light")
    assert violations(page) == []
    page.emulate_media(color_scheme="dark")
    assert violations(page) == []


def test_axe_finds_no_violation_with_results_shown(visit, site):
    pytest.importorskip("axe_playwright_python", reason="axe-playwright-python is not installed")
    page = visit(site, "index.html#severity=error")
    page.wait_for_selector("#results li")
    assert violations(page) == []


@pytest.mark.parametrize("name", ["site", "hostile_site"])
def test_no_page_scrolls_sideways(visit, request, name):
    folder = request.getfixturevalue(name)
    page = visit(folder)
    for address in pages(folder):
        page.goto(f"file://{folder}/{address}")
        for width in (320, 390, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            assert overflow(page) == 0, (address, width)


def test_words_filter_the_citations_and_stand_in_the_address(visit, site):
    page = visit(site)
    page.fill("#q", "tarvenia bride")
    until(page, "document.querySelectorAll('#results li').length === 1")
    assert "The Bartered Bride of Tarvenia" in page.inner_text("#results")
    assert page.inner_text("#result-count") == "1 citation."
    assert page.evaluate("location.hash") == "#q=tarvenia+bride"


def test_selects_filter_too_and_combine(visit, site):
    page = visit(site)
    page.focus("#severity")
    until(page, "document.querySelectorAll('#status option').length > 1")
    page.select_option("#severity", "error")
    until(page, "document.querySelectorAll('#results li').length === 5")
    page.select_option("#status", "stale-dead")
    until(page, "document.querySelectorAll('#results li').length === 2")
    page.select_option("#outcome", "soft-404")
    until(page, "document.querySelectorAll('#results li').length === 1")
    assert page.evaluate("location.hash") == "#severity=error&status=stale-dead&outcome=soft-404"
    page.click("button[type=reset]")
    until(page, "document.querySelectorAll('#results li').length === 0")
    assert page.evaluate("location.hash") == ""


@pytest.mark.parametrize("mark", ["#", "?"])
def test_a_shared_address_shows_the_same_results(visit, site, mark):
    page = visit(site, f"index.html{mark}severity=warning&sort=title")
    page.wait_for_selector("#results li")
    assert page.input_value("#severity") == "warning"
    titles = page.locator("#results .row-name").all_inner_texts()
    assert titles == ["Behind the wall", "Press day", "Roads of salt"]


def test_results_sort_by_age_and_lead_to_the_citation(visit, site):
    page = visit(site, "index.html#severity=error&sort=oldest")
    page.wait_for_selector("#results li")
    rows = page.locator("#results li").all_inner_texts()
    dates = [match[1] for row in rows if (match := re.search(r"accessed (\S+)", row))]
    assert dates == sorted(dates)
    page.locator("#results a", has_text="Who picks the cotton?").click()
    page.wait_for_url("**/documents/*.html#c-*")
    assert page.locator(":target h2").inner_text() == "Who picks the cotton?"


def test_a_chip_filters_and_an_unknown_filter_value_is_ignored(visit, site):
    page = visit(site)
    page.click("#chips a >> nth=0")
    until(page, "document.querySelectorAll('#results li').length === 2")
    page = visit(site, "index.html#severity=nonsense&q=cotton")
    page.wait_for_selector("#results li")
    assert page.input_value("#severity") == ""
    assert page.locator("#results li").count() == 1


def test_the_copy_button_copies_exactly_the_replacement(visit, site):
    page = visit(site, permissions=["clipboard-read", "clipboard-write"])
    button = page.locator("button.copy").first
    shown = page.locator("pre").first.inner_text()
    button.click()
    until(page, "document.querySelector('button.copy').textContent === 'Copied'")
    assert page.evaluate("navigator.clipboard.readText()") == shown
    assert shown == every_status()[0].amendment.replacement


def test_without_a_clipboard_the_text_is_selected(visit, site):
    page = visit(site)
    page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.locator("button.copy").first.click()
    until(page, "document.querySelector('button.copy').textContent !== 'Copy'")
    assert page.evaluate("getSelection().toString()") == every_status()[0].amendment.replacement


def test_without_javascript_everything_but_the_finder_is_there(visit, site):
    page = visit(site, java_script_enabled=False)
    assert page.locator("#find").is_hidden()
    assert page.locator("#chips").is_hidden()
    assert page.locator("button.copy:visible").count() == 0
    assert page.locator("#todo ~ article.card").count() == 8
    assert page.locator("#ready ~ details article.card").count() == 1
    assert page.locator("h1").inner_text() == "5 of 15 citations need action, 3 a look"
    page.click("article.card h4 a >> nth=0")
    assert page.locator("h1").inner_text() == "The Bartered Bride of Tarvenia"
    assert page.locator(".strip li").count() == 6


def test_the_keyboard_reaches_everything(visit, site):
    page = visit(site)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    reached = set()
    for _ in range(120):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.id || document.activeElement.className"))
    assert {"q", "severity", "status", "outcome", "sort", "copy"} <= reached


def test_dark_and_light_differ_and_follow_the_reader(visit, site):
    colours = {
        scheme: visit(site, color_scheme=scheme).evaluate("getComputedStyle(document.body).backgroundColor")
        for scheme in ("light", "dark")
    }
    brightness = {
        scheme: sum(int(n) for n in re.findall(r"\d+", colour)) for scheme, colour in colours.items()
    }
    assert brightness["light"] > 600
    assert brightness["dark"] < 150


def test_print_hides_the_tools_and_is_black_on_white(visit, site):
    page = visit(site, color_scheme="dark")
    page.emulate_media(media="print", color_scheme="light")
    assert page.locator("#find").is_hidden()
    assert page.locator("button.copy:visible").count() == 0
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_hostile_text_stays_text(visit, hostile_site):
    page = visit(hostile_site)
    for address in [*pages(hostile_site), "index.html?q=script", "index.html?severity=warning"]:
        page.goto(f"file://{hostile_site}/{address}")
        if "?" in address:
            page.wait_for_selector("#results li")
        assert page.evaluate("window.hacked") is None
        hrefs = page.evaluate("[...document.links].map(a => a.protocol)")
        assert set(hrefs) <= {"file:", "https:", "http:"}
        assert page.locator("main img, main script, main b").count() == 0
        for protocol, rel in page.evaluate("[...document.links].map(a => [a.protocol, a.rel])"):
            assert protocol == "file:" or rel == "noreferrer nofollow"


def test_the_policy_stops_what_slipped_through(browser, hostile_site):
    """Not through `visit`: the refusals are the point here."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"file://{hostile_site}/index.html")
    page.evaluate("""() => {
        const script = document.createElement('script');
        script.textContent = 'window.hacked = 1';
        document.body.append(script);
        const holder = document.createElement('div');
        holder.innerHTML = '<img src=x onerror="window.hacked = 1"><p style="color: red" id="styled">x</p>';
        document.body.append(holder);
    }""")
    page.wait_for_timeout(200)
    assert page.evaluate("window.hacked") is None
    assert page.evaluate("getComputedStyle(document.getElementById('styled')).color") != "rgb(255, 0, 0)"
    assert page.evaluate("fetch('report.json').then(() => 'read', () => 'refused')") == "refused"
    context.close()


def test_thousands_of_citations_open_and_filter_at_once(visit, tmp_path, monkeypatch):
    """Only the front page and its data; `tests/bench/report_site.py` measures the whole site."""
    monkeypatch.setattr(write._Site, "sources", lambda self, spool: None)
    monkeypatch.setattr(write._Site, "hosts", lambda self, spool: None)
    write_site(report_cases.Many(4_000, documents=20).report(), tmp_path, ["html"])
    assert (tmp_path / "index.html").stat().st_size <= 400_000
    page = visit(tmp_path)
    page.focus("#q")
    until(page, "document.querySelectorAll('#status option').length > 1")
    page.fill("#q", "cotton part 3002")
    until(page, "document.querySelectorAll('#results li').length === 1")
    page.fill("#q", "part")
    started = time.monotonic()
    until(page, "document.getElementById('result-count').textContent.startsWith('4,000')")
    print(f"4,000 citations filtered and shown after {time.monotonic() - started:.2f} s, debounce included")
    assert page.locator("#results li").count() == 50
    page.click("#more")
    assert page.locator("#results li").count() == 250


def test_on_a_phone_the_work_comes_before_the_finder_that_a_shared_address_opens(visit, site):
    page = visit(site, width=390)
    assert not page.evaluate("document.getElementById('finder').open")
    page.goto(f"file://{site}/index.html#severity=error")
    page.reload()
    until(page, "document.getElementById('finder').open")


def test_evidence_is_folded_and_opens(visit, site):
    page = visit(site)
    card = page.locator("#todo ~ article.card").first
    assert card.locator("dl").is_hidden()
    card.locator("details.why > summary").click()
    assert card.locator("dl").is_visible()


def test_the_front_page_of_fifteen_citations_is_a_few_screens_high(visit, site):
    page = visit(site)
    page.set_viewport_size({"width": 1280, "height": 900})
    assert page.evaluate("document.documentElement.scrollHeight") < 15 * 380
