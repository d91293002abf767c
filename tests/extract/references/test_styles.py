"""Each style by its own example, and by the examples its rule was made for."""

import pytest

from monitor.extract.passage import HOLE
from monitor.extract.references.styles import STYLES, doubt
from monitor.extract.references.titles import part
from monitor.model.citation import TitleCertainty

BY_NAME = {style.name.split(" (")[0]: style for style in STYLES}


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.name)
def test_a_style_reads_its_own_example(style):
    reference, title = style.example
    assert style.read(reference).title.strip() == title
    assert style.read(reference).score == style.score


def test_the_surer_style_is_asked_first():
    scores = [style.score for style in STYLES]
    assert scores[0] == BY_NAME["typed"].score
    assert min(scores) == scores[-1] == BY_NAME["clauses"].score


ROWS = [
    ("slashed", "Петренко О. В. Дамби затоки / О. В. Петренко // Вісник", "Дамби затоки"),
    ("slashed", "Речфлот : офиц. сайт / И. Риф // Шлюз", "Речфлот"),
    ("slashed", "Приливы залива. Порт, 2019", None),
    ("quoted", "Jasińska M., Prądy zatoki, „Kurier Portowy” 2014", None),
    ("quoted", "“Quay” as a word for wharf", None),
    ("quoted", "Marsh, B. Ropes in the New “Wild Reeds” of the Valley. Weir Press", None),
    ("medium", "Marsh B. Tides [Internet]. Weir Press", "Tides"),
    ("medium", "MARSH, B. Pilotage. In: Harbours of the North [online]. Sedge", "Pilotage."),
    ("medium", f"Sedge Council [Internet]. {HOLE}. Where the boats winter and why. {HOLE}", "Where the boats winter and why"),
    ("year in brackets", "Marsh (2019). Tides of the Quay. Weir Press", "Tides of the Quay."),
    ("year in brackets", "Tides of the Quay (2019)", "Tides of the Quay"),
    ("year in brackets", "Marsh, B. (2019), Tides of the Quay, Weir Press", "Tides of the Quay"),
    ("shouted", "BRASIL. Ministério da Pesca. Mapa dos portos. Brasília", "Mapa dos portos."),
    ("shouted", "MERCADO do peixe reabre. Diário do Cais, Santos", "MERCADO do peixe reabre."),
    ("year as a sentence", "Bela Marsh. 2019. Tides of the Quay. Weir Press", "Tides of the Quay."),
    ("year as a sentence", "Marsh, Bela. Boats in the Mud. 1917. Harbour Museum", None),
    # The year of the title itself, then the year it came out in.
    ("year as a sentence", "Ilmanlaatu 2022. 2023. Kaupungin tiedote", "Ilmanlaatu 2022."),
    ("year as a sentence", "Harbour Depths 2019. 2020. Sedge Council", "Harbour Depths 2019."),
    ("year as a sentence", "Quay lamps. 2019. Video, added by Someone", "Quay lamps"),
    ("year between commas", "Marsh, B 2019, Tides of the Quay, Weir Press", "Tides of the Quay"),
    ("year between commas", "Marsh, “Tides,” 2019, Weir Press", None),
    ("clauses", "P. Lock, R. Reed, and Weir Board. Sluices of the bay", "Sluices of the bay"),
    ("clauses", "Kitchen on Fire. Digital image. Harbour Times", "Kitchen on Fire"),
    ("clauses", "Tide Reference. Quay, Inc., 2024", "Tide Reference"),
    ("clauses", "Orla Brandt. Deep reading of ledgers, 2014", "Deep reading of ledgers"),
    ("clauses", "Zatoka: pływy, prądy i mapy", "Zatoka: pływy, prądy i mapy"),
    ("clauses", "Harbour Gazette, Prices of eel rise again", "Prices of eel rise again"),
]  # fmt: skip


@pytest.mark.parametrize(("style", "reference", "title"), ROWS)
def test_the_rule_of_a_style(style, reference, title):
    found = BY_NAME[style].read(reference)
    assert (found.title.strip() if found else None) == title


@pytest.mark.parametrize(
    ("title", "odd"),
    [
        ("Tides of the Quay", False),
        ("Tides", True),
        ("12(3): 360-370", True),
        ("潮汐表", False),
        ("so " * 60, True),
    ],
)
def test_what_is_odd_about_a_title(title, odd):
    assert (doubt(title) > 0) is odd


@pytest.mark.parametrize(
    ("reference", "certainty"),
    [
        ("Marsh, B. “Tides of the Quay.” Weir Press, 2019", TitleCertainty.GIVEN),
        ("Marsh, B. (2019). Tides of the Quay. Weir Press", TitleCertainty.STYLED),
        ("Marsh, B. (2019). Tides. Weir Press", TitleCertainty.GUESSED),
        ("Bela Marsh. Tides of the Quay. Weir Press", TitleCertainty.GUESSED),
    ],
)
def test_how_sure_a_title_is(reference, certainty):
    assert part(reference).certainty is certainty


def test_a_title_that_markup_names_is_given():
    assert part("Marsh. Tides of the Quay", label="Tides of the Quay").certainty is TitleCertainty.GIVEN
    assert part(HOLE).certainty is None
