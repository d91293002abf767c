"""A language is a file: what each holds, and that the shipped data says the same."""

import re

import pytest

from monitor.extract.dates.months import PATH as TABLE
from monitor.extract.words.cldr import LANGUAGES
from monitor.extract.words.purposes import Words
from monitor.extract.words.vocabulary import BLANK, PATH, any_of, any_word, words
from tests.support import languages as cases
from tests.tools import month_table, vocabulary

KNOWN = vocabulary.languages()
EVERY_LANGUAGE = "mul"
CASED = frozenset(
    [
        *(Words.ORGANISATIONS, Words.STATE_ORGANS, Words.ONLINE, Words.CLOCK_MARKS, Words.SHARED_MONTH_CUES),
        *(Words.IN_BOOK, Words.WORK_KINDS, Words.COMPANY_FORMS, Words.ENCYCLOPEDIAS, Words.PUBLISHER_ENDS),
        *(Words.SHOUTED_ARTICLES, Words.PLACES, Words.BEFORE_PLACES, Words.SAINT, Words.CAPITAL_ARTICLES),
        *(Words.PERSON_TITLES, Words.ATTRIBUTION_CUES, Words.LINE_OPENERS),
    ]
)
"""Purposes whose patterns tell capitals apart."""


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
        re.compile(entry.replace(" ", BLANK))
        plain = re.sub(r"\\.", "", entry)
        assert plain == plain.lower() or purpose in CASED


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
    "am": "retrieval updated published archived",
    "az": "archived",
    "be": "archived",
    "bn": "retrieval updated published archived",
    "bs": "retrieval",
    "cy": "retrieval updated published archived",
    "eu": "archived",
    "fil": "archived",
    "ga": "retrieval updated published archived",
    "hi": "archived",
    "hy": "retrieval published archived",
    "ka": "retrieval published archived",
    "kk": "retrieval archived",
    "ml": "retrieval updated published archived",
    "mr": "retrieval updated published archived",
    "ms": "archived",
    "sq": "archived",
    "sw": "retrieval published archived",
    "ta": "retrieval updated published archived",
    "te": "retrieval updated published archived",
    "ur": "retrieval updated published archived",
}
"""What is known to be missing: mend the file and take it from here."""


@pytest.mark.parametrize("language", sorted(KNOWN.keys() - {EVERY_LANGUAGE}))
def test_what_a_language_lacks_is_known(language):
    assert " ".join(missing(language)) == GAPS.get(language, "")


def test_every_language_with_cases_has_its_words():
    assert [one for one in (*cases.SEEN, *cases.UNNAMED) if "accessed" in missing(one)] == []
