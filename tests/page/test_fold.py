"""What is quick in folding says the same as what is slow."""

from hypothesis import example, given
from hypothesis import strategies as st

from monitor.page.fold import TOKEN, Folded, fold, fold_lines, tokens

PLAIN = st.lists(st.lists(st.sampled_from(["aB", "1.5", "it`s", "-"]), min_size=1).map(" ".join)).map(
    "\n".join
)
TEXTS = PLAIN | st.text(alphabet=st.sampled_from("aB1 `'.-\n\t%$_éß…“\u00ad\u00a0漢"), max_size=60)


@given(st.text(alphabet=st.sampled_from("aB1'.,:/%$_- \n") | st.characters(max_codepoint=127), max_size=60))
@example("the miller's 1,250.5% of $3/4_x, o'clock' 'tis")
def test_tokens_of_ascii_are_those_of_any_text(text):
    assert tokens(text) == TOKEN.findall(text)


@given(TEXTS)
def test_a_folded_page_is_its_text_folded(text):
    folded = fold_lines(text)
    assert folded.text == fold(text)
    if folded.lined is not None:
        assert folded.lined.replace("\n", " ") == folded.text


@given(TEXTS, st.data())
def test_blocks_and_words_are_the_same_with_and_without_line_ends(text, data):
    quick = fold_lines(text)
    slow = Folded(quick.text, quick.source)
    assert (quick.lines, quick.starts) == (slow.lines, slow.starts)
    if not quick.text:
        return
    start = data.draw(st.integers(0, len(quick.text) - 1))
    end = data.draw(st.integers(start + 1, len(quick.text)))
    assert quick.block(start) == slow.block(start)
    assert quick.original(start, end) == slow.original(start, end)
