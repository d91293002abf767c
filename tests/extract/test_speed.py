"""What keeps reading fast must not change what is read, nor grow faster than the document."""

import pytest

from monitor.extract.dates.find import find_access_dates
from monitor.extract.dates.hints import collect_hints
from monitor.extract.formats.html_passages import html_passages
from monitor.extract.urls.find import find_urls
from monitor.extract.urls.repair import repair_url
from monitor.extract.words.caseless import Caseless, lowered
from monitor.extract.words.phrase_index import PhraseIndex
from monitor.model.document import Document
from monitor.model.urls import canonical_url
from tests.tools.beginnings import beginnings, filed


def test_lowered_text_keeps_every_place():
    text = "İzmir'de ERİŞİM: 3 Mayıs"
    assert len(lowered(text)) == len(text)
    assert lowered("ÉTÉ Ж Ω") == "été ж ω"


def test_a_caseless_pattern_replaces_in_the_text_as_written():
    pattern = Caseless(r"available\sfrom:?\s", needs=("available",))
    assert (
        pattern.sub("|", "İda Brandt. AVAILABLE FROM: Quay. Available from Marsh")
        == "İda Brandt. |Quay. |Marsh"
    )
    assert pattern.search("nothing of the kind") is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("was accessed on", ["was accessed"]),
        ("Last\n  Accessed 3 May", ["Last\n  Accessed"]),
        ("quayAccessed May", ["Accessed"]),
        ("inaccessed quays", []),
        ("RE-ACCESSED acccessed", ["RE-ACCESSED", "acccessed"]),
        ("ref. del 3 mayo", ["ref. del"]),
    ],
)
def test_phrases_are_found_by_their_beginnings(text, found):
    after = (r"(?:was |last |re-?)?ac{1,3}ess?ed", r"ref\. del?")
    updated = (r"updated?(?=\s)",)
    index = PhraseIndex([("after", after, filed(after)), ("updated", updated, filed(updated))])
    assert [text[one.start : one.end] for one in index.find(text, lowered(text))[0]] == found


def test_beginnings_end_where_a_fragment_may_match_anything():
    assert beginnings(r"stand(?=\s\d)") == {"stand"}
    assert beginnings(r"[uú]ltim[oa] vez") == {"ultimo ve", "ultima ve", "último ve", "última ve"}
    assert beginnings(r"le[ií]d[oa]|on\d") == {"leida", "leido", "leída", "leído", "on"}


def test_text_of_a_page_is_one_piece_a_node():
    passages, _ = html_passages("<p>One two  three\n four <i>five six</i></p>")
    assert passages[0].text == "One two three four five six"
    assert len(passages[0].pieces) == 6


def test_a_span_late_in_one_long_line_encodes_little_of_it():
    encoded = 0

    class Counting(Document):
        def _encode(self, part: str) -> bytes:
            nonlocal encoded
            encoded += len(part)
            return super()._encode(part)

    text = "Häfen und Kais, " * 20_000 + "end"
    document = Counting(path="quay.html", text=text, format="html", encoding="utf-8")
    for place in range(len(text) - 200, len(text) - 100):
        span = document.span(place, place + 3)
        assert span.byte_start == len(text[:place].encode())
    assert encoded < 15 * len(text)


def test_sound_addresses_are_left_alone_and_only_those():
    assert repair_url("https://quay.example/A_b-c/?q=1#top").repairs == ()
    assert repair_url("https://quay.example/a.").url == "https://quay.example/a"
    assert [one.url for one in find_urls("_https://quay.example/a_ and https://quay.example/bAccessed")] == [
        "https://quay.example/a",
        "https://quay.example/b",
    ]


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("https://quay.example/a.b/c?d=1", "https://quay.example/a.b/c?d=1"),
        ("https://quay.example/a/../b", "https://quay.example/b"),
        ("https://quay.example/a?", "https://quay.example/a"),
        ("https://Quay.example/a", "https://quay.example/a"),
    ],
)
def test_identity_of_addresses_written_as_they_are_compared(url, canonical):
    assert canonical_url(url) == canonical


def test_order_of_days_is_told_by_dates_between_other_numbers():
    hints = collect_hints("No. 17, 400 tonnes; 25/12/2019, 12/25/19 or 31.12.2018; 5 May 2011, 1998 and 12")
    assert (hints.day_first, hints.month_first) == (401, 400)


def test_dates_without_any_arabic_number_near_are_not_looked_for():
    assert (
        find_access_dates(
            "Accessed in the harbour, where the keeper of the northern wall has lived since 1998"
        )
        == ()
    )
