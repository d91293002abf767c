"""Which characters a page's bytes are, and what may be said where that is not sure."""

import pytest

from monitor.model.page import QuoteMatch
from monitor.page.quote.match import match_quote
from monitor.page.text.charset import decoded
from monitor.page.text.read import page_text

RUSSIAN = "Уровень воды в гавани поднялся за ночь на два метра, и смотритель закрыл нижние ворота."
GERMAN = "Über Nacht stieg das Wasser im Hafen um zwei Meter, größer war die Flut nur im Jahr zuvor."
POLISH = "W nocy woda w porcie podniosła się o dwa metry, więc dozorca zamknął niższą śluzę."
HUNGARIAN = "Az éjszaka folyamán két métert emelkedett a víz a kikötőben, ezért bezárták a kapukat."
GREEK = "Η στάθμη του νερού στο λιμάνι ανέβηκε δύο μέτρα μέσα στη νύχτα και έκλεισαν οι πύλες."
JAPANESE = "港の水位は一晩で二メートル上がり、番人は下の水門を閉めた。"


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8_r"),
        (RUSSIAN, "iso8859_5"),
        (GERMAN, "cp1252"),
        (POLISH, "cp1250"),
        (POLISH, "iso8859_2"),
        (HUNGARIAN, "cp1250"),
        (GREEK, "cp1253"),
        (JAPANESE, "cp932"),
        (JAPANESE, "euc_jp"),
    ],
)
@pytest.mark.parametrize("country", [None, "com"])
def test_undeclared_character_sets_are_told_by_their_language(text, codec, country):
    assert decoded(f"<p>{text}</p>".encode(codec), "text/html", country=country).text == f"<p>{text}</p>"


def test_a_country_or_a_declared_language_makes_it_sure():
    body = f"<p>{HUNGARIAN}</p>".encode("cp1250")
    assert not decoded(body).certain
    assert decoded(body, country="hu") == (f"<p>{HUNGARIAN}</p>", True)
    assert decoded(b"<html lang=hu>" + body).certain


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "ascii"])
def test_unicode_is_sure(codec):
    assert decoded("plain text".encode(codec)).certain


def test_a_declaration_is_believed():
    assert decoded(GERMAN.encode("cp1250"), "text/html; charset=windows-1250") == (GERMAN, True)


def test_one_stray_byte_does_not_change_the_alphabet():
    body = GERMAN.encode() * 3 + b"\xff"
    assert decoded(body, "text/html; charset=utf-8").text == GERMAN * 3 + "\ufffd"


def test_a_page_declared_unicode_that_is_none_is_read_as_what_it_is():
    assert decoded(GERMAN.encode("cp1252"), "text/html; charset=utf-8", country="de").text == GERMAN


FILLER = "The keeper wrote down every ship that came in before the gates were closed for the night. " * 9


def _page(text: str, codec: str):
    """Return a page that nobody can be sure how to read: a few letters, and nothing declared."""
    return page_text(f"<p>{FILLER}</p><p>{text}</p>".encode(codec), "text/html", "https://port.example/")


def test_what_only_letters_of_unsure_bytes_differ_in_could_not_be_told():
    page = _page("Zdeněk Dvořák counted the barges at the lock on Tuesday.", "mac_latin2")
    assert not page.legible
    result = match_quote("Zdeněk Dvořák counted the barges at the lock on Tuesday.", page)
    assert result.match is QuoteMatch.UNKNOWN
    assert "character set" in result.reason


def test_words_that_no_reading_could_change_are_still_compared():
    page = _page("Zdeněk Dvořák counted the 12 barges at the lock on Tuesday.", "mac_latin2")
    result = match_quote("counted the 14 barges at the lock on Tuesday", page)
    assert (result.match, result.flags) == (QuoteMatch.ALTERED, ("number",))
    absent = match_quote("The mayor opened a library beside the railway station in the spring", page)
    assert absent.match is QuoteMatch.ABSENT


def test_a_page_that_declares_its_character_set_is_judged_to_the_letter():
    body = f"<meta charset=utf-8><p>{FILLER}</p><p>Zdenek Dvorak counted the barges.</p>".encode()
    page = page_text(body, "text/html", "https://port.example/")
    assert page.legible
    assert match_quote("Zdeněk Dvořák counted the barges.", page).match is not QuoteMatch.UNKNOWN
