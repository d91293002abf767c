"""Short cuts of reading: what they skip holds nothing that the slow way would have found."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.extract.dates import shapes
from monitor.extract.dates.hints import _DATELIKE, _TWO_NUMBERS
from monitor.extract.dates.phrases import _words
from monitor.extract.dates.unavailable import unavailable
from monitor.extract.formats import latex
from monitor.extract.layouts.annotated_stream import _NOTE, _addressed, _notes
from monitor.extract.layouts.fields import KEY, _keys
from monitor.extract.layouts.marks import Marked
from monitor.extract.markup import tex_inline
from monitor.extract.markup.markdown_inline import _MARK, _next_mark
from monitor.extract.passage import plain
from monitor.extract.urls.addresses import addresses
from monitor.extract.urls.find import _MAYBE, _START, _start
from monitor.extract.urls.identifiers import _FOUND, _NAMED
from monitor.extract.urls.repair import TRAILING, _mended, schemed, without_trailing
from monitor.extract.words.caseless import lowered
from monitor.extract.words.reference_words import retrieval_pattern
from monitor.patterns import next_at

DATES = st.lists(
    st.sampled_from(
        ["3", "12", "2019", "05", "/", "-", ".", ",", " ", "th", "May", "maja", "(", "word", "–", "1"]
    ),
    max_size=14,
).map("".join)
MARKS = st.lists(
    st.sampled_from(
        ["a", " ", "\n", "\\", "*", "_", "~", "`", "<", ">", "[", "]", "!", "&", "amp;", "b", "i",
         "https", "ftp", "://", "www.", "x.test", "--", "/", "=", "'"]
    ),
    max_size=16,
).map("".join)  # fmt: skip

TEX = st.lists(
    st.sampled_from(
        ["a", " ", "\n", "\\", "{", "}", "[", "]", "%", "@", "\\item", "@item", "@section b", "\\section{",
         "\\emph{", "\\url{", "\\'e", "--", ",,", "``", "''", '"', "$", "~", "/", "\t", "\\end{x}", "\\footnote{"]
    ),
    max_size=14,
).map("".join)  # fmt: skip
ADDRESSES = st.lists(
    st.sampled_from(
        ["http", "hxxps", "www", "WWW", ".", ":", "/", "//", "\\", ";", " ", "\n", "a", "b9", "-", "_", "@", "org",
         "co", "3", "(", "é", "doi", "DOI:", "10.1234/x", "PMC", "12345", "urn:nbn:", "hdl:"]
    ),
    max_size=14,
).map("".join)  # fmt: skip
WORDED = st.lists(
    st.sampled_from(
        ["Available", "available", "from", "at", ":", " ", "  ", "\n", "-", "[", "(", "_", "x", "Retrieved", "no",
         "access", "date", "accessed", "unknown", "en ligne", "]", "disponible", "sur", "İ", "url", "\x00", "9"]
    ),
    max_size=14,
).map("".join)  # fmt: skip


@pytest.mark.parametrize("module", [tex_inline, latex])
@given(TEX, st.integers(0, 9))
def test_every_token_of_tex_begins_with_a_sign(module, text, start):
    pattern = tex_inline._TOKEN if module is tex_inline else latex._MARK
    slow, fast = pattern.search(text, start), next_at(module._SIGN, pattern, text, start, len(text))
    assert (slow and (slow.span(), slow.groups())) == (fast and (fast.span(), fast.groups()))


@given(ADDRESSES, st.integers(0, 9))
def test_every_address_begins_near_the_sign_it_holds(text, position):
    slow, sign = _START.search(text, position), _MAYBE.search(text, position)
    fast = sign and _start(text, position, sign.start())
    assert (slow and (*slow.span(), slow["host"], slow["tld"])) == fast


@given(
    ADDRESSES, st.sampled_from(["http://quay.test/a", "www.quay.test/a-", "(http://a.test", "b9", "x.html"])
)
def test_no_address_goes_on_from_a_last_word_that_is_one_to_the_date_behind(text, last):
    passage, following = plain(f"{text} {last}", 0, len(text) + 1 + len(last)), "\n[accessed 3 May 2012]"
    told = _addressed(Marked(passage=passage, addresses=addresses(passage)), following)
    assert told == addresses(passage, following)


@given(ADDRESSES, st.booleans())
def test_a_bare_host_lacks_its_scheme_alone(raw, whole):
    whole_address = schemed(raw)
    if whole_address is not None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("monitor.extract.urls.repair.schemed", lambda _raw: None)
            assert _mended(raw, lambda _kind, _before, after: after, whole=whole) == whole_address


@given(ADDRESSES)
def test_every_identifier_says_its_scheme(text):
    assert _NAMED.search(text) or not _FOUND.search(text)


@given(WORDED)
def test_every_note_of_no_date_begins_at_a_word_that_the_automaton_names(text):
    low = lowered(text)
    words = [start for start in range(len(low)) if not low[:start][-1:].isalnum()]
    fast = _words().find(low, low)[1]
    assert [*unavailable(low, low, fast)] == [*unavailable(low, low, words)]


@given(WORDED)
def test_every_phrase_begins_at_a_word_that_the_automaton_names(text):
    low, pattern = lowered(text), retrieval_pattern()
    slow = {one.span() for one in pattern.compiled.finditer(low)}
    fast = {one.span() for one in pattern.matches(low)}
    assert {(start, end) for start, end in slow if not low[start - 1 : start].isalnum()} <= fast
    assert all(pattern.compiled.match(low, start).end() == end for start, end in fast)


LINES = st.lists(
    st.sampled_from(
        ["URL", "Note", " ", "\n", ":", "：", "*", "-", "x", "1", "[", "(", "see", "here", "]", ")", "Click", "to",
         "access", "[pdf]", "At one time this article had been archived", "\t", "/", "&", "gt", ";", ".", "'"]
    ),
    max_size=14,
).map("".join)  # fmt: skip


@given(LINES)
def test_every_field_note_and_ending_is_found_where_it_is_looked_for(text):
    assert [one.span() for one in _keys(text)] == [one.span() for one in KEY.finditer(text)]
    assert [one.span() for one in _notes(text, lowered(text))] == [one.span() for one in _NOTE.finditer(text)]
    assert without_trailing(text) == TRAILING.sub("", text)


@given(DATES)
def test_every_month_is_followed_by_a_number(text):
    month = any(shape.match(text) for shape in shapes.MONTH_FIRST)
    assert not month or shapes.WORD_BEFORE_NUMBER.match(text)


@given(DATES)
def test_every_date_has_the_two_numbers_asked_for_first(text):
    if match := re.search(_DATELIKE.pattern, text):
        assert _TWO_NUMBERS.search(match[0])


@given(MARKS)
def test_every_mark_of_markdown_is_found_from_the_sign_it_holds(text):
    found, position = [], 0
    while mark := _next_mark(text, position, len(text)):
        found.append(mark.span())
        position = mark.end()
    assert found == [mark.span() for mark in _MARK.finditer(text)]
