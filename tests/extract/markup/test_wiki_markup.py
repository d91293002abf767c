"""Parameters of templates: what parts them, what does not, and where each value stands."""

import random

import pytest

from monitor.extract.markup import wiki_markup
from monitor.extract.markup.wiki_markup import parameters, templates


def values(text):
    (one, *_) = templates(text)
    return {name: text[slice(*place)] for name, place in parameters(text, one).items()}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("{{cite web|url= https://a.example/?x=1 |title=\n Tide }}", {"url": "https://a.example/?x=1", "title": "Tide"}),
        ("{{x|one| two |k=|k=v|K=}}", {"1": "one", "2": "two", "k": "v"}),
        ("{{x|a=[[Tide|tides]]|b={{y|c=d}}}}", {"a": "[[Tide|tides]]", "b": "{{y|c=d}}"}),
        ("{{x|a=]]|b=c}}", {"a": "]]", "b": "c"}),
        ("{{x}}", {}),
        ("{{x|}}", {"1": ""}),
    ],
)  # fmt: skip
def test_values_by_name(text, shown):
    assert values(text) == shown


def test_what_holds_no_template_is_parted_as_what_may_hold_one():
    chance = random.Random(7)
    for _ in range(2000):
        inner = "".join(
            chance.choice(["a", "|", "=", " ", "\n", "]]", "[x", "}", "title", "url"]) for _ in range(12)
        )
        assert [*wiki_markup._flat(inner, 2)] == [*wiki_markup.pieces("{{" + inner, 2, 2 + len(inner))]
