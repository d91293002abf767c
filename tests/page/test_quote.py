"""The quote test."""

import random
import re
import time
import urllib.parse

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from monitor.model.page import PageText, QuoteMatch
from monitor.page.quote.fragment import _encode, _escaped
from monitor.page.quote.match import match_quote
from tests.support.page_texts import PARAGRAPHS, document, essay, read

PAGE = read(document())
WORDS = PAGE.visible.split()


def match(quote, page=PAGE):
    return match_quote(quote, page).match


@pytest.mark.parametrize(
    "quote",
    [
        "the tide tables have been set by hand since then",
        'the mayor, Ottilie Brandt, kept in a drawer. "Nobody measured the silt," she said later - "we simply believed',
        "NOBODY MEASURED THE SILT",
        "and the charts were wrong by 3.5\u00a0metres",
        "A sur\u00advey of 1,250 house\u200bholds found",
        "  the rest waited\n for the sea wall\tto be finished ",
        "A survey of 1250 households found that 18% had moved",
        "it would cost $12 million and never shelter the old quay",
    ],
    ids=lambda quote: quote[:25],
)
def test_found_whatever_the_form(quote):
    result = match_quote(quote, PAGE)
    assert result.match is QuoteMatch.FOUND
    assert result.score == 100


@pytest.mark.parametrize(
    "quote",
    [
        "Ferrymen did not accept the new fares ... kept in a drawer",
        "Ferrymen did not accept the new fares […] which the mayor, Ottilie Brandt, kept in a drawer",
        "Ferrymen did not accept the new fares . . . which the mayor, Ottilie Brandt",
        "The harbour office [the old one] of Lindmoor closed its night desk",
        "[T]he tide tables have been set by hand since then",
        "the lanterns along the pier were lit again (...) who had paid for the oil",
    ],
)
def test_ellipses_and_insertions(quote):
    assert match(quote) is QuoteMatch.FOUND


def test_paragraphs_with_others_left_out_between():
    quote = f"{PARAGRAPHS[0]}\n\n{PARAGRAPHS[4]}\n\n{PARAGRAPHS[7]}"
    result = match_quote(quote, PAGE)
    assert result.match is QuoteMatch.FOUND
    assert result.reason


def test_sentences_left_out_within_a_line():
    quote = "By autumn the lanterns along the pier were lit again, although no one could say who had paid for the oil. What remains of the dispute is a row of painted stones, each with a name, each facing away from the water."
    assert match(quote) is QuoteMatch.FOUND


def test_a_missing_paragraph_is_named():
    lost = "Divers recovered the bell of the second chapel and hung it above the fish market for a summer."
    result = match_quote(f"{PARAGRAPHS[0]}\n\n{lost}\n\n{PARAGRAPHS[4]}", PAGE)
    assert result.match is not QuoteMatch.FOUND
    assert "part 2 of 3" in result.reason
    assert "Divers recovered" in result.reason


@pytest.mark.parametrize("heading", ["V. CONCLUSIONS - ", "THE FERRYMEN -- ", "Costs and delays\n"])
def test_a_heading_the_page_lacks(heading):
    assert match(heading + PARAGRAPHS[1]) is QuoteMatch.FOUND


def test_reference_markers_on_either_side():
    marked = PARAGRAPHS[3].replace("inland,", "inland [7], (16)")
    assert match(marked) is QuoteMatch.FOUND
    page = read(document(body="".join(f"<p>{p}</p>" for p in (*PARAGRAPHS[:3], marked, *PARAGRAPHS[4:]))))
    assert match(PARAGRAPHS[3], page) is QuoteMatch.FOUND


def test_footnote_links_glued_to_words():
    body = "".join(f"<p>{p}</p>" for p in PARAGRAPHS).replace(
        "households", "households<sup><a href=#f1>12</a></sup>"
    )
    assert (
        match("A survey of 1,250 households found that 18% had moved inland", read(document(body=body)))
        is QuoteMatch.FOUND
    )


def test_another_marker_is_another_number():
    page = read(
        document(
            body="".join(f"<p>{p}</p>" for p in PARAGRAPHS).replace("Ottilie Brandt", "Ottilie Brandt (61)")
        )
    )
    result = match_quote("a letter which the mayor, Ottilie Brandt (16), kept in a drawer", page)
    assert result.match is QuoteMatch.ALTERED
    assert "number" in result.flags


def test_a_changed_footnote_number_is_a_change():
    link = "A survey of 1,250 households<sup><a href=#f7>[7]</a></sup> found"
    body = "".join(f"<p>{p}</p>" for p in PARAGRAPHS).replace("A survey of 1,250 households found", link)
    page = read(document(body=body))
    same = "A survey of 1,250 households[7] found that 18% had moved inland"
    assert match(same, page) is QuoteMatch.FOUND
    changed = match_quote(same.replace("[7]", "[71]"), page)
    assert changed.match is QuoteMatch.ALTERED
    assert "number" in changed.flags


def test_a_heading_with_another_number_is_no_mere_heading():
    assert match("Report for 2005\n" + PARAGRAPHS[1]) is not QuoteMatch.FOUND
    assert match("3.1 Costs and delays\n" + PARAGRAPHS[1]) is QuoteMatch.FOUND


def test_an_advertisement_inside_a_paragraph():
    first, second = PARAGRAPHS[3][:60], PARAGRAPHS[3][60:]
    body = document(
        body=f"<p>{PARAGRAPHS[0]}</p><div>{first}<aside>Buy our lamps today, only in shops near you</aside>{second}</div>"
        + "".join(f"<p>{p}</p>" for p in PARAGRAPHS[4:])
    )
    assert match(PARAGRAPHS[3], read(body)) is QuoteMatch.FOUND


@pytest.mark.parametrize(
    ("old", "new", "flag"),
    [
        ("42", "24", "number"),
        ("1987", "1978", "number"),
        ("3.5", "35", "number"),
        ("1,250", "1,260", "number"),
        ("18%", "18", "number"),
        ("$12", "€12", "number"),
        ("did not accept", "did accept", "negation"),
        ("never shelter", "shelter", "negation"),
        ("Nobody measured", "Somebody measured", "negation"),
        ("had moved", "had not moved", "negation"),
        ("Ottilie Brandt", "Ottilie Kramer", "name"),
    ],
)
def test_changes_are_named_and_flagged(old, new, flag):
    paragraph = next(p for p in PARAGRAPHS if old in p)
    result = match_quote(paragraph.replace(old, new), PAGE)
    assert result.match is QuoteMatch.ALTERED
    assert flag in result.flags
    assert "[-" in result.diff or "{+" in result.diff


def test_the_form_of_the_diff():
    quote = "the tide tables have been drawn by hand since then"
    assert match_quote(quote, PAGE).diff == "the tide tables have been [-drawn-] {+set+} by hand since then."
    assert match_quote(quote, PAGE).flags == ()


def test_a_number_is_never_found_within_another():
    page = read(
        document(
            body=f"<p>{PARAGRAPHS[0]}</p><p>They counted 150 boats and 1.15 tons of rope in the whole harbour.</p>"
            + "".join(f"<p>{p}</p>" for p in PARAGRAPHS[1:])
        )
    )
    assert match("They counted 15", page) is not QuoteMatch.FOUND
    assert match("0 boats and 1.15 tons of rope in the whole", page) is not QuoteMatch.FOUND
    assert match("of rope in the whole harbour", page) is QuoteMatch.FOUND


def test_unlike_text_is_absent():
    result = match_quote(
        "Orchards on the northern slope were sold to a cider maker from the next valley.", PAGE
    )
    assert result.match is QuoteMatch.ABSENT
    assert result.diff is None


def test_unreadable_pages_are_unknown_unless_the_quote_is_there():
    short = read(document(body=f"<p>{PARAGRAPHS[0]}</p>"))
    assert match(PARAGRAPHS[0], short) is QuoteMatch.FOUND
    assert match(PARAGRAPHS[1], short) is QuoteMatch.UNKNOWN
    assert match(PARAGRAPHS[1], None) is QuoteMatch.UNKNOWN
    shell = PageText(visible=" ".join(["word"] * 99), shell=True)  # noqa: S604 - a field, no subprocess
    assert match(PARAGRAPHS[1], shell) is QuoteMatch.UNKNOWN


CUTS = [
    "<figure><img><figcaption>The harbour in 1950, seen from the mole</figcaption></figure>",
    "<div>Advertisement</div><div>Story continues below</div>",
    "<div>ADVERTISEMENT - CONTINUE READING BELOW</div>",
    "<aside>Read also: Why the ferry stays in harbour in winter</aside>",
]


@pytest.mark.parametrize("cut", CUTS)
@pytest.mark.parametrize("place", [1, 2, 9, -2, -1])
def test_what_a_page_puts_into_a_paragraph_changes_no_quote(cut, place):
    words = PARAGRAPHS[1].split()
    halves = f"<p>{' '.join(words[:place])}</p>{cut}<p>{' '.join(words[place:])}</p>"
    page = read(document(body=f"<p>{essay(150)}</p>{halves}<p>{essay(150)}</p>"))
    result = match_quote(PARAGRAPHS[1], page)
    assert (result.match, result.score) == (QuoteMatch.FOUND, 100.0)


@pytest.mark.parametrize("cut", ["<div>not</div>", "<div>1950</div>", "<div>No, never</div>"])
def test_a_block_that_would_change_the_sense_is_no_advertisement(cut):
    words = PARAGRAPHS[1].split()
    halves = f"<p>{' '.join(words[:9])}</p>{cut}<p>{' '.join(words[9:])}</p>"
    page = read(document(body=f"<p>{essay(150)}</p>{halves}<p>{essay(150)}</p>"))
    assert match_quote(PARAGRAPHS[1], page).match is QuoteMatch.ALTERED


def test_no_quote():
    for nothing in (None, "", "  ", "...", "[…]"):
        assert match(nothing) is QuoteMatch.NONE


@pytest.mark.parametrize("quote", ["Lindmoor", "the old quay", "no one"])
def test_too_short_to_prove_anything(quote):
    result = match_quote(quote, PAGE)
    assert result.match is QuoteMatch.WEAK
    assert result.too_short
    assert "short" in result.reason


def test_two_short_parts_close_together():
    assert match("the bakery its ovens ... drowned villages") is QuoteMatch.FOUND


def test_two_short_parts_far_apart_prove_nothing():
    page = read(
        document(body=f"<p>The old quay was closed.</p><p>{essay(200)}</p><p>The red lantern was lit.</p>")
    )
    result = match_quote("the old quay ... the red lantern", page)
    assert result.match is QuoteMatch.WEAK
    near = read(document(body=f"<p>The old quay was closed. The red lantern was lit.</p><p>{essay(200)}</p>"))
    assert match_quote("the old quay ... the red lantern", near).match is QuoteMatch.FOUND


@pytest.mark.parametrize(("language", "flags"), [("de", ()), ("de-AT", ()), ("en", ("name",))])
def test_a_german_noun_is_no_name(language, flags):
    said = "Der Wärter hat am Abend die alte Laterne an der Brücke geputzt und dann das Tor geschlossen."
    body = f"<p>{essay(150)}</p><p>{said.replace('Laterne', 'Glocke')}</p>"
    page = read(f"<html lang={language}><meta charset=utf-8><body>{body}".encode())
    result = match_quote(said, page)
    assert (result.match, result.flags) == (QuoteMatch.ALTERED, flags)


def test_out_of_sight_text_counts():
    page = read(
        document(
            head='<script type="application/ld+json">{"articleBody": "Only the data says that the pilots went home early."}</script>'
        )
    )
    assert match("the pilots went home early", page) is QuoteMatch.FOUND


def test_scripts_without_blanks():
    text = (
        "港の事務所は冬のあいだ閉まっていたが、船頭たちは毎朝海に出ていた。料金は変わらなかったと町長は述べた。灯台の油を誰が払ったのかは分からない。"
        * 4
    )
    page = read(document(body=f"<p>{text}</p>"))
    assert match("船頭たちは毎朝海に出ていた。料金は変わらなかったと町長は述べた", page) is QuoteMatch.FOUND
    changed = match_quote("船頭たちは毎朝海に出ていた。料金は変わったと町長は述べた。灯台の油を誰が", page)
    assert changed.match is QuoteMatch.ALTERED
    assert "negation" in changed.flags


def fragment_texts(fragment):
    assert fragment.startswith("#:~:text=")
    return [urllib.parse.unquote(part) for part in fragment.removeprefix("#:~:text=").split(",")]


def test_fragment_is_made_of_the_pages_own_words():
    assert fragment_texts(match_quote("NOBODY MEASURED THE SILT", PAGE).text_fragment) == [
        "“Nobody measured the silt,”"
    ]
    start, end = fragment_texts(match_quote(PARAGRAPHS[4], PAGE).text_fragment)
    assert PARAGRAPHS[4].startswith(start)
    assert PARAGRAPHS[4].endswith(end)


def test_fragment_escapes_its_own_syntax():
    page = read(document(body=f"<p>{essay(120)}</p><p>A well-known, half-built pier &amp; quay.</p>"))
    fragment = match_quote("A well-known, half-built pier & quay.", page).text_fragment
    directive = fragment.removeprefix("#:~:text=")
    assert not set(directive) & set(' ,-&"<>')
    assert urllib.parse.unquote(directive) == "A well-known, half-built pier & quay."


def test_fragment_over_two_blocks_ends_in_both():
    start, end = fragment_texts(match_quote(f"{PARAGRAPHS[5]}\n{PARAGRAPHS[6]}", PAGE).text_fragment)
    assert PARAGRAPHS[5].startswith(start)
    assert PARAGRAPHS[6].endswith(end)


@given(st.integers(0, len(WORDS) - 8), st.integers(8, 60))
@settings(max_examples=60)
def test_any_window_of_the_visible_text_is_found(start, length):
    quote = " ".join(WORDS[start : start + length])
    assume(len(quote) >= 30)
    assert match(quote) is QuoteMatch.FOUND


@given(st.integers(0, len(WORDS) - 30), st.integers(20, 30), st.integers(1, 999))
@settings(max_examples=60)
def test_any_changed_number_is_flagged(start, length, other):
    words = WORDS[start : start + length]
    numbered = [i for i, word in enumerate(words) if re.search(r"\d", word)]
    assume(numbered)
    at = numbered[0]
    changed = re.sub(r"\d+", str(other), words[at], count=1)
    assume(changed != words[at])
    result = match_quote(" ".join([*words[:at], changed, *words[at + 1 :]]), PAGE)
    assert result.match in (QuoteMatch.ALTERED, QuoteMatch.WEAK)
    assert "number" in result.flags


@given(
    st.integers(0, len(WORDS) - 20),
    st.integers(12, 20),
    st.integers(1, 10),
    st.sampled_from(["not", "never", "no"]),
)
@settings(max_examples=60)
def test_any_negation_put_in_is_flagged(start, length, at, word):
    words = WORDS[start : start + length]
    result = match_quote(" ".join([*words[:at], word, *words[at:]]), PAGE)
    assert result.match in (QuoteMatch.ALTERED, QuoteMatch.WEAK)
    assert "negation" in result.flags


@pytest.mark.parametrize("seed", range(40))
def test_shuffled_words_are_not_found(seed):
    words = [word for word in WORDS if word.isalpha()]
    quote = " ".join(random.Random(seed).sample(words, 15))
    assert match(quote) not in (QuoteMatch.FOUND, QuoteMatch.ALTERED)


@given(st.text(max_size=300), st.text(max_size=600))
@settings(max_examples=60)
def test_never_raises(quote, visible):
    result = match_quote(quote, PageText(visible=visible, main=visible))
    assert result.match in QuoteMatch


@pytest.mark.parametrize(
    "quote",
    [
        essay(4000, seed=5),
        "the " * 5000,
        "[" * 20_000,
        ". " * 10_000,
        "(" + "." * 20_000,
        "A" * 50_000,
        "\n".join(["a b c d e f g h"] * 1500),
        "1" * 30_000,
        "漢" * 20_000,
    ],
    ids=["essay", "the", "brackets", "dots", "dotted", "letters", "lines", "digits", "cjk"],
)
def test_hostile_quotes_end_soon(quote):
    page = PageText(visible=(essay(8_000) + " the the the the 1 1 1 漢漢漢漢 a b c d e f ") * 3)
    begun = time.process_time()
    match_quote(quote, page)
    assert time.process_time() - begun < 10


def test_big_page_is_quick_enough():
    text = essay(150_000, seed=9)
    page = PageText(visible=text, main=text)
    words = text.split()
    chance = random.Random(3)
    begun = time.process_time()
    for _ in range(3):
        start = chance.randrange(len(words) - 40)
        assert match(" ".join(words[start : start + 40]), page) is QuoteMatch.FOUND
    assert time.process_time() - begun < 15


@given(st.text(st.characters(max_codepoint=127), max_size=40))
def test_plain_words_are_escaped_as_any_others(text):
    assert _encode(text) == _escaped(text)
