"""Pages that call themselves missing, and pages that only speak of missing pages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.page.fold import tokens
from monitor.page.signs.error_phrases import ENGLISH, ENGLISH_WORDS
from monitor.page.signs.soft404 import error_page, url_says_missing
from tests.support.page_texts import article, document, essay, read


def small(title="Example", heading="", text="Try the home page or the search."):
    return read(document(title=title, body=f"{f'<h1>{heading}</h1>' if heading else ''}<p>{text}</p>"))


BY_LANGUAGE = {
    "en": "Page not found", "de": "Seite nicht gefunden", "fr": "Page introuvable", "es": "Página no encontrada",
    "pt": "Página não encontrada", "it": "Pagina non trovata", "nl": "Pagina niet gevonden", "pl": "Nie znaleziono strony",
    "cs": "Stránka nenalezena", "sk": "Stránka sa nenašla", "ru": "Страница не найдена", "uk": "Сторінку не знайдено",
    "bg": "Страницата не е намерена", "sv": "Sidan hittades inte", "nb": "Siden ble ikke funnet", "da": "Siden blev ikke fundet",
    "fi": "Sivua ei löytynyt", "hu": "Az oldal nem található", "ro": "Pagina nu a fost găsită", "el": "Η σελίδα δεν βρέθηκε",
    "tr": "Sayfa bulunamadı", "id": "Halaman tidak ditemukan", "vi": "Không tìm thấy trang", "ja": "ページが見つかりません",
    "zh": "页面不存在", "zh-hant": "找不到頁面", "ko": "페이지를 찾을 수 없습니다", "ar": "الصفحة غير موجودة", "fa": "صفحه یافت نشد",
    "he": "הדף לא נמצא", "th": "ไม่พบหน้าที่คุณต้องการ", "hr": "Stranica nije pronađena", "ca": "Pàgina no trobada", "is": "Síðan fannst ekki",
    "eo": "Paĝo ne trovita", "fil": "Hindi nahanap ang pahina", "sl": "Te strani ni mogoče najti", "sq": "Faqja nuk u gjet",
    "mk": "Страницата не е пронајдена", "be": "Старонка не знойдзена", "ka": "გვერდი ვერ მოიძებნა", "hy": "Էջը չի գտնվել",
    "az": "Səhifə tapılmadı", "kk": "Бет табылмады", "ur": "صفحہ نہیں ملا", "ta": "பக்கம் கிடைக்கவில்லை", "cy": "Tudalen heb ei chanfod",
    "zh-colloquial": "哎呀，页面走丢了", "zh-hant-colloquial": "糟糕！這個頁面不見了", "af": "Bladsy nie gevind nie", "ms": "Halaman tidak dijumpai",
    "sk-sentence": "Ľutujeme, stránka, ktorú hľadáte, neexistuje", "fa-sentence": "متاسفانه صفحه مورد نظر شما یافت نشد",
    "id-sentence": "Maaf, halaman yang Anda cari tidak ditemukan", "sl-sentence": "Iskana stran ne obstaja",
    "ja-sentence": "申し訳ございません。お探しのページは見つかりませんでした。", "sw": "Ukurasa haukupatikana",
}  # fmt: skip


@pytest.mark.parametrize("language", BY_LANGUAGE)
@pytest.mark.parametrize("form", ["{}", "{} | Example", "Example – {}", "404 - {}", "{}!"])
def test_titles_of_many_languages(language, form):
    assert error_page(small(title=form.format(BY_LANGUAGE[language])))


@pytest.mark.parametrize("language", BY_LANGUAGE)
def test_headings_of_many_languages(language):
    assert error_page(small(heading=BY_LANGUAGE[language]))


@pytest.mark.parametrize(
    "title",
    [
        "404", "Error 404", "404 Not Found", "HTTP 404", "404 error | Example", "Oops! That page can’t be found.",
        "Sorry, we couldn't find that page", "Error 404 (Not Found)!!1", "Example: Page not found", "Fehler 404",
        "Erreur 404 - Page introuvable", "The page you requested was not found", "Not Found | Example",
        "This page isn't available", "抱歉，您访问的页面不存在", "410 Gone",
        "We can't find the page you are looking for", "The requested URL was not found on this server.",
        "This article is no longer available", "Whoops, page not found - Example",
        "Sorry, this page has moved or been deleted", "This article has been removed or renamed", "خطای ۴۰۴",
        "抱歉，页面无法访问", "Heb ddod o hyd i'r dudalen",
    ],
)  # fmt: skip
def test_titles_of_error_pages(title):
    assert error_page(small(title=title))


@pytest.mark.parametrize(
    "text",
    [
        "We're sorry, the page you were looking for does not exist. It may have been moved.",
        "The document you requested could not be located on this server.",
        "Diese Seite existiert nicht mehr.",
        "We’re sorry, but the requested page could not be found.",
        "Es tut uns leid, aber die angeforderte Seite konnte nicht gefunden werden.",
        "Nous sommes désolés, mais la page demandée est introuvable.",
        "Przykro nam, ale żądana strona nie została znaleziona.",
        "К сожалению, запрашиваемая страница не найдена.",
        "Sorry! This page could not be found.",
        "عذراً، الصفحة المطلوبة غير موجودة.",
    ],
)
def test_a_short_page_that_says_one_thing(text):
    assert error_page(small(title="Example", heading="Example", text=text))


@pytest.mark.parametrize(
    "title",
    [
        "404: a history", "Page Not Found: the film", "Page Not Found: A Novel - Books", "How to fix a 404 error", "Not found in nature",
        "Lost and not found", "The 404 bus to Lindmoor", "Room 404", "Peugeot 404", "Error 404, and other poems",
        "What the page not found message means", "Cure not found, say doctors", "Missing page of the diary found",
        "Best 404 pages of the year", "Nothing found but sand: a dig in Lindmoor",
    ],
)  # fmt: skip
@pytest.mark.parametrize("long", [True, False])
def test_living_pages_about_missing_things(title, long):
    body = f"<h1>{title}</h1>" + (article() if long else "<p>A short note on it, with a link to more.</p>")
    assert error_page(read(document(title=title, body=body))) is None


def test_an_article_with_an_error_title_is_an_article():
    long = f"<h1>404 Not Found</h1><p>{essay(700)}</p>"
    assert error_page(read(document(title="404 Not Found - HTTP | Reference", body=long))) is None
    middle = f"<h1>404 Not Found</h1><p>{essay(260)}</p>"
    canonical = '<link rel=canonical href="https://ref.example/http/status/4xx-missing">'
    assert error_page(read(document(title="404 Not Found", head=canonical, body=middle))) is None
    home = '<link rel=canonical href="https://ref.example/">'
    assert error_page(read(document(title="404 Not Found", head=home, body=middle)))


def test_a_phrase_within_a_living_text_is_nothing():
    page = read(document(body=article() + "<p>Page not found</p><p>The page could not be found.</p>"))
    assert error_page(page) is None


def test_evidence_names_the_phrase():
    evidence = error_page(small(title="Page not found | Example"))
    assert evidence.kind == "title"
    assert "Page not found" in evidence.detail


@pytest.mark.parametrize(
    "url",
    [
        "https://a.example/404", "https://a.example/404.html", "https://a.example/404/", "https://a.example/errors/404",
        "https://a.example/notfound", "https://a.example/Not-Found.aspx", "https://a.example/page-not-found/", "https://a.example/en/404",
        "https://a.example/error404.php", "https://a.example/?error=404", "https://a.example/index?status=404&x=1",
        "https://a.example/Error.aspx?aspxerrorpath=/old", "https://a.example/404.asp?404;http://a.example/old",
        "https://a.example/seite-nicht-gefunden",
    ],
)  # fmt: skip
def test_addresses_that_say_missing(url):
    assert url_says_missing(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://a.example/", "https://a.example/posts/404", "https://a.example/not-found-in-nature", "https://a.example/bus-404",
        "https://a.example/404-pages-we-love", "https://a.example/?id=404", "https://a.example/area/404/map", "https://404.example/",
        "https://a.example/lost-and-found", "http://[broken", "https://a.example/?q=page+not+found",
    ],
)  # fmt: skip
def test_addresses_that_do_not(url):
    assert url_says_missing(url) is None


@pytest.mark.parametrize(
    "title",
    [
        "404 エラー",
        "エラー404",
        "Nothing was found at this location",
        "There is currently no text in this page.",
    ],
)
def test_more_titles(title):
    assert error_page(small(heading=title))


def test_a_number_may_be_spaced_out():
    assert error_page(small(title="4 0 4. Page not found")) is not None


@given(st.from_regex(ENGLISH.pattern, fullmatch=True))
def test_english_error_sentences_have_no_words_but_those_they_are_made_of(sentence):
    assert set(tokens(sentence)) <= ENGLISH_WORDS
