"""A language is a file: what each holds, and that the shipped data says the same."""

import re

import pytest

from monitor.extract.dates.months import PATH as TABLE
from monitor.extract.words.cldr import LANGUAGES
from monitor.extract.words.vocabulary import PATH, Words, any_of, any_word, words
from tests.support import languages as cases
from tests.tools import month_table, vocabulary

KNOWN = vocabulary.languages()
EVERY_LANGUAGE = "mul"


def test_the_data_is_what_the_language_files_say():
    assert PATH.read_text(encoding="utf-8") == vocabulary.document()
    assert TABLE.read_text(encoding="utf-8") == month_table.document(vocabulary.months())


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
    "af": "retrieval updated published archived",
    "am": "retrieval updated published archived",
    "ar": "retrieval updated published archived",
    "az": "retrieval updated published archived",
    "be": "retrieval updated published archived",
    "bg": "retrieval updated published archived",
    "bn": "retrieval updated published archived",
    "bs": "retrieval updated published archived",
    "ca": "retrieval updated published archived",
    "cy": "retrieval updated published archived",
    "el": "updated published archived",
    "eo": "retrieval updated published archived",
    "et": "retrieval updated published archived",
    "eu": "retrieval updated published archived",
    "fa": "retrieval updated published archived",
    "fil": "retrieval updated published archived",
    "ga": "retrieval updated published archived",
    "gl": "retrieval updated published archived",
    "he": "retrieval updated published archived",
    "hi": "retrieval updated published archived",
    "hr": "updated published archived",
    "hu": "updated published archived",
    "hy": "retrieval updated published archived",
    "id": "updated published archived",
    "is": "retrieval updated published archived",
    "ka": "retrieval updated published archived",
    "kk": "retrieval updated published archived",
    "ko": "archived",
    "lt": "retrieval updated published archived",
    "lv": "retrieval updated published archived",
    "mk": "retrieval updated published archived",
    "ml": "retrieval updated published archived",
    "mr": "retrieval updated published archived",
    "ms": "retrieval updated published archived",
    "nn": "retrieval updated published archived",
    "ro": "updated published archived",
    "sk": "published",
    "sl": "updated published archived",
    "sq": "retrieval updated published archived",
    "sr": "updated published archived",
    "sw": "retrieval updated published archived",
    "ta": "retrieval updated published archived",
    "te": "retrieval updated published archived",
    "th": "retrieval updated published archived",
    "ur": "retrieval updated published archived",
    "vi": "updated published archived",
}
"""What is known to be missing: mend the file and take it from here."""


@pytest.mark.parametrize("language", sorted(KNOWN.keys() - {EVERY_LANGUAGE}))
def test_what_a_language_lacks_is_known(language):
    assert " ".join(missing(language)) == GAPS.get(language, "")


def test_every_language_with_cases_has_its_words():
    assert [one for one in (*cases.SEEN, *cases.UNNAMED) if "accessed" in missing(one)] == []
