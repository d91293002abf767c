"""A language is a file: what each holds, and that the shipped data says the same."""

import re

import pytest

from monitor.extract.words.cldr import LANGUAGES
from monitor.extract.words.vocabulary import PATH, Words, any_of, any_word, words
from tests.support import languages as cases
from tools import vocabulary

KNOWN = vocabulary.languages()
EVERY_LANGUAGE = "mul"


def test_the_data_is_what_the_language_files_say():
    assert PATH.read_text(encoding="utf-8") == vocabulary.document()


def test_every_language_with_month_names_has_a_file():
    assert set(LANGUAGES) <= KNOWN.keys()
    assert all(one["name"] for one in KNOWN.values())


def test_a_key_that_means_nothing_is_told(monkeypatch, tmp_path):
    (tmp_path / "xx.toml").write_text('name = "Xish"\nacessed = ["seen"]\n')
    monkeypatch.setattr(vocabulary, "LANGUAGE_FILES", tmp_path)
    with pytest.raises(ValueError, match=r"xx\.toml: unknown acessed"):
        vocabulary.languages()


@pytest.mark.parametrize("purpose", Words)
def test_entries_are_patterns_in_lower_case_but_for_names(purpose):
    assert words(purpose)
    for entry in words(purpose):
        re.compile(entry)
        plain = re.sub(r"\\.", "", entry)
        assert plain == plain.lower() or purpose in {Words.ORGANISATIONS, Words.STATE_ORGANS}


@pytest.mark.parametrize("purpose", [Words.ACCESSED, Words.HEADINGS, Words.RETRIEVAL])
def test_longer_entries_are_tried_first(purpose):
    lengths = [len(entry) for entry in words(purpose)]
    assert lengths == sorted(lengths, reverse=True)


def test_blanks_stand_for_white_space():
    pattern = re.compile(any_of(Words.HEADINGS))
    assert pattern.fullmatch("works\u00a0 cited")
    assert re.fullmatch(any_word(Words.CONNECTORS), "data de")
    assert not re.fullmatch(any_word(Words.CONNECTORS), "dataxde")


ESSENTIAL = ("accessed", "headings", "retrieval", "updated", "published", "archived")


def missing(language):
    """What a reference list needs and the language's file does not have."""
    entries = KNOWN[language]
    return [need for need in ESSENTIAL if not any(key.startswith(need) and entries[key] for key in entries)]


GAPS = {
    "af": "headings retrieval updated published archived",
    "am": "headings retrieval updated published archived",
    "ar": "retrieval updated published archived",
    "az": "headings retrieval updated published archived",
    "be": "headings retrieval updated published archived",
    "bg": "headings retrieval updated published archived",
    "bn": "headings retrieval updated published archived",
    "bs": "headings retrieval updated published archived",
    "ca": "retrieval updated published archived",
    "cy": "headings retrieval updated published archived",
    "el": "updated published archived",
    "eo": "retrieval updated published archived",
    "et": "retrieval updated published archived",
    "eu": "headings retrieval updated published archived",
    "fa": "retrieval updated published archived",
    "fil": "headings retrieval updated published archived",
    "ga": "headings retrieval updated published archived",
    "gl": "headings retrieval updated published archived",
    "he": "retrieval updated published archived",
    "hi": "headings retrieval updated published archived",
    "hr": "updated published archived",
    "hu": "updated published archived",
    "hy": "headings retrieval updated published archived",
    "id": "updated published archived",
    "is": "headings retrieval updated published archived",
    "ka": "headings retrieval updated published archived",
    "kk": "headings retrieval updated published archived",
    "ko": "archived",
    "lt": "retrieval updated published archived",
    "lv": "retrieval updated published archived",
    "mk": "headings retrieval updated published archived",
    "ml": "headings retrieval updated published archived",
    "mr": "headings retrieval updated published archived",
    "ms": "headings retrieval updated published archived",
    "nn": "headings retrieval updated published archived",
    "ro": "updated published archived",
    "sk": "published",
    "sl": "updated published archived",
    "sq": "headings retrieval updated published archived",
    "sr": "updated published archived",
    "sw": "headings retrieval updated published archived",
    "ta": "headings retrieval updated published archived",
    "te": "headings retrieval updated published archived",
    "th": "headings retrieval updated published archived",
    "ur": "headings retrieval updated published archived",
    "vi": "updated published archived",
}
"""What is known to be missing: mend the file and take it from here."""


@pytest.mark.parametrize("language", sorted(KNOWN.keys() - {EVERY_LANGUAGE}))
def test_what_a_language_lacks_is_known(language):
    assert " ".join(missing(language)) == GAPS.get(language, "")


def test_every_language_with_cases_has_its_words():
    assert [one for one in (*cases.SEEN, *cases.UNNAMED) if "accessed" in missing(one)] == []
