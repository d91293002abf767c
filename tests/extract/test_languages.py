"""Access phrases of many languages with their months, in every usual order; and their false friends."""

import pytest

from monitor.extract.dates.find import find_access_dates
from monitor.extract.dates.hints import collect_hints
from monitor.extract.registry import extract
from monitor.model.document import Document
from tests.support import languages as say


def accessed(text):
    found = find_access_dates(text, collect_hints(text))
    return [one.date for one in found if one.kind.value == "accessed"]


def named(language, day, month, year, names=None):
    name = (names or months(language)[0])[month - 1]
    return say.DATE.get(language, "{d} {m} {y}").format(d=day, m=name, y=year)


def months(language):
    forms = say.MONTHS[language].split("|")
    return [forms] if len(forms) == 12 else [form.split() for form in forms]


def cases(table):
    return [(language, phrase) for language, phrases in table.items() for phrase in phrases.split("|")]


PHRASES = [pytest.param(language, phrase, id=f"{language}: {phrase}") for language, phrase in cases(say.SEEN)]
FALSE_FRIENDS = [
    pytest.param(language, phrase, id=f"{language}: {phrase}") for language, phrase in cases(say.UNSEEN)
]


@pytest.mark.parametrize(("language", "phrase"), PHRASES)
def test_every_phrase_claims_its_date(language, phrase):
    for date in (named(language, 12, 5, 2019), "2019-05-12", "12.05.2019", "12. 5. 2019", "12/05/2019"):
        text = f"Marsh B. Ebb and Flow. https://ebb.example.org/flow, {phrase.format(date)}"
        assert accessed(text) == ["2019-05-12"], date


@pytest.mark.parametrize(("language", "phrase"), PHRASES)
def test_a_phrase_before_its_address_claims_its_date(language, phrase):
    text = (
        f"Marsh B. Ebb and Flow. {phrase.format(named(language, 12, 5, 2019))} https://ebb.example.org/flow"
    )
    assert accessed(text) == ["2019-05-12"]


@pytest.mark.parametrize("language", say.MONTHS)
def test_every_month_is_read(language):
    phrase = say.SEEN[language].split("|")[0]
    for names in months(language):
        got = [accessed(phrase.format(named(language, 3, month, 2017, names))) for month in range(1, 13)]
        assert got == [[f"2017-{month:02d}-03"] for month in range(1, 13)], names


@pytest.mark.parametrize(("language", "phrase"), FALSE_FRIENDS)
def test_false_friends_claim_no_date(language, phrase):
    for date in (named(language, 12, 5, 2019), "2019-05-12", "12.05.2019"):
        assert accessed(f"Marsh B. Ebb and Flow. {phrase.format(date)} https://ebb.example.org/flow") == [], (
            date
        )


@pytest.mark.parametrize(("language", "phrase"), FALSE_FRIENDS)
def test_published_or_updated_then_accessed(language, phrase):
    seen = say.SEEN[language].split("|")[0]
    earlier, later = named(language, 3, 2, 2016), named(language, 12, 5, 2019)
    assert accessed(f"Ebb and Flow, {phrase.format(earlier)}, {seen.format(later)}.") == ["2019-05-12"]


@pytest.mark.parametrize(
    ("language", "phrase"),
    [pytest.param(*one, id=": ".join(one)) for one in cases(say.UNNAMED)],
)
def test_dates_without_month_names(language, phrase):
    for date in say.UNNAMED_DATES[language]:
        text = f"Marsh B. Ebb and Flow[EB/OL]. {phrase.format(date)}"
        assert accessed(text) == ["2019-05-12"], date


@pytest.mark.parametrize(
    ("language", "phrase"),
    [pytest.param(*one, id=": ".join(one)) for one in cases(say.UNNAMED_UNSEEN)],
)
def test_false_friends_without_month_names(language, phrase):
    for date in say.UNNAMED_DATES[language]:
        assert accessed(f"潮の本。{phrase.format(date)}。https://ebb.example.org/flow") == [], date
    seen, dates = say.UNNAMED[language].split("|")[1], say.UNNAMED_DATES[language]
    earlier = dates[0].replace("2019", "2016")
    assert accessed(f"Ebb, {phrase.format(earlier)}, {seen.format(dates[0])}") == ["2019-05-12"]


@pytest.mark.parametrize("text", say.PROSE)
def test_prose_cites_nothing(text):
    document = Document(path="prose", text=f"# Hafen\n\n{text}\n", format="markdown")
    assert extract(document).citations == ()
