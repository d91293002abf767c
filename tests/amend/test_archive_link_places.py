"""Where the archive link goes in text, Markdown and HTML, and how it is written there."""

import pytest

from monitor.amend.registry import propose
from tests.amend.test_registry import ATTRIBUTES, SHOWN
from tests.support.fixing import TODAY, judged
from tests.support.proposing import ADD, LINK, MOVE, TEXT, applied, cited, proposed


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (TEXT.replace("\n", "\r\n"), f"[accessed 17 February 2011]\r\n[archived {LINK}]\r\n"),
        (TEXT.replace("\n", "\r"), f"[accessed 17 February 2011]\r[archived {LINK}]\r"),
        (TEXT.replace("[acc", "   [acc"), f"   [accessed 17 February 2011]\n   [archived {LINK}]\n"),
        ("T\nhttp://a.example/x\n[accessed 17 February 2011]", f"2011]\n[archived {LINK}]"),
        (
            "T. http://a.example/x [accessed 17 February 2011]. More.",
            f"[accessed 17 February 2011] [archived {LINK}]. More.",
        ),
        (
            "T. http://a.example/x (accessed 17 February 2011).",
            f"(accessed 17 February 2011) [archived {LINK}].",
        ),
        ("T. http://a.example/x Accessed 17 February 2011.", f"Accessed 17 February 2011 [archived {LINK}]."),
    ],
    ids=["crlf", "cr", "indent", "no-last-newline", "inline", "parens", "bare"],
)
def test_text_keeps_line_ends_indent_and_layout(text, expected):
    doc, one = cited(text)
    (edit,) = propose(doc, judged(one, ADD), TODAY).edits
    new = text[: edit.span.start] + edit.after + text[edit.span.end :]
    assert expected in new


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "- [T](http://a.example/x), accessed 17 February 2011.",
            f"accessed 17 February 2011 ([archived]({LINK})).",
        ),
        (
            "[T](http://a.example/x) [accessed 17 February 2011]",
            f"[accessed 17 February 2011] ([archived]({LINK}))",
        ),
        ("| <http://a.example/x> | 17 February 2011 | b |", f"| 17 February 2011 ([archived]({LINK})) | b |"),
        (
            '[T](http://a.example/x "t (1)") and more',
            f'[T](http://a.example/x "t (1)") ([archived]({LINK})) and more',
        ),
        ("[T](<http://a.example/x>) and", f"[T](<http://a.example/x>) ([archived]({LINK})) and"),
        ("see <http://a.example/x>, and", f"see <http://a.example/x> ([archived]({LINK})), and"),
        ("see http://a.example/x and", f"see http://a.example/x ([archived]({LINK})) and"),
        ("[^1]: http://a.example/x and", f"[^1]: http://a.example/x ([archived]({LINK})) and"),
    ],
)
def test_markdown_puts_the_link_after_date_or_link(text, expected):
    doc, one = cited(text, date="17 February 2011" if "2011" in text else None, format="markdown")
    (edit,) = propose(doc, judged(one, ADD), TODAY).edits
    assert expected in text[: edit.span.start] + edit.after + text[edit.span.end :]


def test_a_markdown_link_definition_has_no_room():
    made = proposed(ADD, "[1]: http://a.example/x", date=None, format="markdown")
    assert (made.edits, made.replacement) == ((), f"([archived]({LINK}))")


def test_markdown_brackets_in_an_address_are_encoded():
    assert proposed(MOVE, "[T](http://a.example/x)", date=None, format="markdown").replacement == (
        "[T](https://new.example.org/home%282%29?a=1&b=2)"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            '<a class="c" href="http://a.example/x" id=y>T</a>, and',
            f'<a class="c" href="http://a.example/x"{ATTRIBUTES} id=y>T</a>{SHOWN}, and',
        ),
        ("<a href='http://a.example/x'>T</a>", f"<a href='http://a.example/x'{ATTRIBUTES}>T</a>{SHOWN}"),
        ("<A HREF = http://a.example/x >T</A>", f"<A HREF = http://a.example/x{ATTRIBUTES} >T</A>{SHOWN}"),
        (
            '<a href="http://a.example/x"><b>T</b></a> [<i>accessed 17 February 2011</i>]</p>',
            f'x"{ATTRIBUTES}><b>T</b></a> [<i>accessed 17 February 2011</i>]{SHOWN}</p>',
        ),
        (
            '<a data-versiondate="2012-01-01" href="http://a.example/x">T</a>',
            '<a data-versiondate="2012-01-01" href="http://a.example/x" data-versionurl="{0}">T</a>' + SHOWN,
        ),
        (
            '<a href="http://a.example/x" data-versionurl="">T</a>',
            f'<a href="http://a.example/x" data-versionurl="{{0}}">T</a>{SHOWN}',
        ),
        (
            '<a href="http://a.example/x">T, accessed 17 February 2011</a>.',
            f"T, accessed 17 February 2011</a>{SHOWN}.",
        ),
        ("<p>http://a.example/x<br>[accessed 17 February 2011]</p>", f"2011]{SHOWN}</p>"),
        ("<p>http://a.example/x</p>", f"x{SHOWN}</p>"),
    ],
)
def test_html_takes_robust_link_attributes_and_a_second_link(text, expected):
    doc, one = cited(text, date="17 February 2011" if "2011" in text else None, format="html")
    assert expected.format(LINK) in applied(text, propose(doc, judged(one, ADD), TODAY))


def test_html_escapes_ampersands_and_quotes():
    made = proposed(MOVE, '<a href="http://a.example/x">T</a>', date=None, format="html")
    assert made.replacement == '<a href="https://new.example.org/home(2)?a=1&amp;b=2">T</a>'


def test_html_writes_nothing_inside_other_tags():
    text = '<img alt="http://a.example/x">'
    assert proposed(ADD, text, date=None, format="html").edits == ()
