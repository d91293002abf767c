"""What holds of every extraction: it ends, points at verbatim text, and survives re-encoding."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from monitor.extract.registry import extract
from monitor.extract.urls import find as urls
from monitor.extract.urls.find import find_urls
from monitor.extract.urls.repair import repair_url
from monitor.model.document import Document
from monitor.text_io.document_text import decode

FORMATS = ("text", "markdown", "html")

WORDS = st.sampled_from(
    [
        "Harbour",
        "notes",
        "of",
        "the",
        "Ånge",
        "Ferry",
        "川の地図",
        "Реки",
        "и",
        "мосты",
        "«порт»",
        "“Quays”",
        "(2nd",
        "ed.)",
        "&",
        "<b>Ice</b>",
        "*salt*",
        "_moor_",
        "[1]",
        "12.",
        "–",
        "•",
        "\\_",
        "&amp;",
        "Müller,",
        "Brandt,",
        "K.",
        "2019.",
        "(2018)",
        "[Internet]",
        "//",
        "/",
        "\x00",
        "�",
        "\u202e",
        "{",
        "}",
        "```",
        "#",
        ">",
        "|",
        "``",
    ]
)
DATES = st.dates(dt.date(1996, 1, 1), dt.date(2030, 12, 31)).flatmap(
    lambda day: st.sampled_from(
        [
            f"{day:%d %B %Y}",
            f"{day:%B %d, %Y}",
            day.isoformat(),
            f"{day:%d.%m.%Y}",
            f"{day:%d/%m/%Y}",
            f"{day.year}年{day.month}月{day.day}日",
        ]
    )
)
PHRASES = st.sampled_from(
    [
        "[accessed {}]",
        "Accessed {}.",
        "Retrieved {}, from",
        "(дата обращения: {})",
        "{}閲覧",
        "abgerufen am {}",
        "[cited {}]",
        "Last updated {}",
        "[accessed <date>]",
        "(Erişim tarihi: {})",
    ]
)
URLS = st.sampled_from(
    [
        "https://harbour.example/a_(b)", "www.quay.org/x/\ny/z.html", "http://web.archive.org/web/20100101000000/http://ice.example/p", "moor.net/a?b=c&d=e",
        "<https://salt.example/>", "[Salt](https://salt.example/x)", '<a href="https://ice.example/q">Ice</a>', "https://", "http://[::1", "https://пример.example/путь",
    ]
)  # fmt: skip
GAPS = st.sampled_from(
    [
        " ",
        " ",
        " ",
        "\n",
        "\n\n",
        "\n- ",
        "\n    ",
        ", ",
        "<br>",
        "</p><p>",
        "\n> ",
        "\n## References\n\n",
        "\n| a | b |\n|---|---|\n| ",
    ]
)
PIECES = st.one_of(
    WORDS, URLS, st.builds(lambda phrase, date: phrase.format(date), PHRASES, DATES), st.text(max_size=12)
)
TEXTS = st.lists(st.tuples(PIECES, GAPS), max_size=40).map(
    lambda pairs: "".join(piece + gap for piece, gap in pairs)
)

COMMON = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def document(text, format, **more):
    return Document(path="d", text=text, format=format, **more)


def view(extraction):
    return [
        (
            c.title,
            c.attribution,
            c.url,
            c.archive_url,
            c.access_date_missing,
            c.key,
            tuple(d.date for d in c.access_dates),
        )
        for c in extraction.citations
    ]


@pytest.mark.parametrize("format", FORMATS)
@COMMON
@given(text=TEXTS)
def test_every_span_slices_back_to_the_verbatim_text(format, text):
    source = document(text, format)
    found = extract(source)
    for citation in found.citations:
        spans = [citation.span, citation.url_span, citation.quote_span]
        for span in filter(None, spans):
            assert source.span(span.start, span.end) == span
        assert source.verbatim(citation.span).strip()
        for date in citation.access_dates:
            assert source.verbatim(date.span) == date.text
            assert source.line_of(date.span.start) == date.span.line
        for words in (citation.title, citation.attribution, citation.quote):
            assert words is None or words.encode("utf-8")
    keys = [citation.key for citation in found.citations]
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("format", FORMATS)
@COMMON
@given(text=TEXTS)
def test_bytes_slice_back_too(format, text):
    text = text.encode("utf-8", "replace").decode("utf-8")
    data = text.encode("utf-8")
    for citation in extract(document(text, format)).citations:
        for date in citation.access_dates:
            assert data[date.span.byte_start : date.span.byte_end].decode() == date.text


@pytest.mark.parametrize("format", FORMATS)
@COMMON
@example(text="https://harbour.example/a Harbour Retrieved 1 May 2000, from\n    www.quay.example/x.html ")
@given(text=TEXTS.filter(lambda text: "\r" not in text and "\x00" not in text))
def test_line_ends_change_nothing(format, text):
    assert view(extract(document(text.replace("\n", "\r\n"), format))) == view(
        extract(document(text, format))
    )


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
@COMMON
@given(text=TEXTS.filter(lambda text: "\x00" not in text and "\ufeff" not in text))
def test_reencoding_changes_nothing(format, encoding, text):
    text = text.encode("utf-8", "replace").decode("utf-8")
    data = text.encode(encoding)
    read, name, bom, _ = decode(data, "d")
    assert read == text
    source = document(read, format, encoding=name, bom=bom)
    found = extract(source)
    assert view(found) == view(extract(document(text, format)))
    for citation in found.citations:
        for date in citation.access_dates:
            assert data[date.span.byte_start : date.span.byte_end].decode(name) == date.text


@COMMON
@given(text=st.text(max_size=300))
def test_urls_found_are_where_they_say(text):
    end = 0
    for found in find_urls(text):
        assert end <= found.start < found.end <= len(text)
        assert text[found.start : found.end] == found.raw
        assert repair_url(found.raw).url == found.url
        end = found.end


@COMMON
@given(text=st.text(max_size=80))
def test_repair_is_idempotent(text):
    once = repair_url(text)
    if once.url is not None:
        again = repair_url(once.url)
        assert again.url == once.url


@COMMON
@given(text=TEXTS)
def test_quotes_are_where_they_say(text):
    source = document(text, "text")
    for citation in extract(source).citations:
        if citation.quote is not None:
            assert citation.quote_span is not None
            first = citation.quote.split()[0]
            assert first in "".join(source.verbatim(citation.quote_span).split("\x00"))


@given(
    st.lists(
        st.sampled_from(
            ["http", "https", "hxxp", "WWW", "www1", "ftp", ":", "/", "\\", "//", " ", ".", "a", "ab", "De", "1", "é", "ж", "\n"]
        ),
        max_size=12,
    ).map("".join)
)  # fmt: skip
def test_the_quick_look_before_the_search_for_addresses_overlooks_none(text):
    if urls._START.search(text):
        assert urls._MAYBE.search(text)
