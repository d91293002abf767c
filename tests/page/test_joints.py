"""Paragraphs taken as one text read as they do one by one."""

import random

import pytest

from monitor.page.text import html
from monitor.page.text.html import read_html
from monitor.page.text.joints import JOINT, joint_of
from monitor.page.text.reader import Reader
from tests.support.lengths import seeds
from tests.support.page_texts import essay

JOINTS = ["</p><p>", "</p>\n<p>", "</p>\r\n\r\n<p>"]
PARTS = [
    "words", " ", "", "two  blanks", "\n", " lead", "trail ", "a\u00a0b", "\u3000", "\ue000x", "tab\there", "&amp", "&#128;",
    "&nbsp;", "<p>", "</p>", "<p class=nav>", "<p style='display:none'>", "<p hidden>", "<p lang=en>", "<div>", "</div>",
    "<nav>", "</nav>", "<a href=/x>", "</a>", "<b>", "</b>", "<sup>", "<sup><a>[1]</a></sup>", "</sup>", "<h2>", "</h2>",
    "<li>", "<td>", "<tr>", "<template>", "</template>", "<title>t", "</title>", "<script>", "</script>", "<br>", "<main>",
    "<textarea>", "</textarea>", "<noscript>", "</noscript>", "<span hidden>x</span>", "<o:p/>", "<math><p>", "<custom-tag>",
]  # fmt: skip
ODD = ["<!--", "-->", "<a title='", "'>", "<a href=", "<! ", "<![CDATA[", "]]>", "</p", "\x80", '<p class="']


def test_a_page_of_paragraphs_is_joined():
    text = "<main>" + "".join(f"<p>{essay(20, number)}</p>\n" for number in range(9)) + "</main>"
    assert joint_of(text) == "</p>\n<p>"
    assert len(read_html(text).visible.split("\n")) == 9


@pytest.mark.parametrize("text", ["<p>one</p>\n<p>two", "<p>a</p><p>b</p><p>c</p><p>\x80", "plain"])
def test_others_are_not(text):
    assert joint_of(text) == ""


@pytest.mark.parametrize(
    "around", ["<!-- {} -->", "<a title='{}'>x</a>", "<a href=x{}", "<! {}", "<script>'{}'</script>{}&#128;"]
)
def test_a_joint_that_is_no_end_of_a_paragraph_is_told(around):
    text = "<p>a</p><p>b</p><p>c</p><p>" + around.replace("{}", "</p><p>")
    assert Reader(joint_of(text)).read(text) is ("script" in around)
    assert JOINT not in repr(read_html(text))


def test_joined_or_not_a_page_reads_the_same(monkeypatch):
    pages = [_some_page(random.Random(seed)) for seed in seeds(400, 100_000)]
    found = [read_html(text) for text in pages]
    assert sum(joint_of(text) != "" for text in pages) > len(pages) / 4
    monkeypatch.setattr(html, "joint_of", lambda _text: "")
    for text, joined in zip(pages, found, strict=True):
        assert read_html(text) == joined, text


def _some_page(chance: random.Random) -> str:
    joint = chance.choice(JOINTS)
    odd = ODD if chance.random() < 0.3 else [joint]
    return "<p>x" + "".join(
        chance.choice([joint, joint, "two words", *chance.choices(PARTS, k=4), chance.choice(odd)])
        for _ in range(chance.randrange(8, 50))
    )
