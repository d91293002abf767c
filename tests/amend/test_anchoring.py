"""Edits on documents that changed since they were judged: none where the words changed, all others in place."""

import datetime as dt
import random
from pathlib import Path

import pytest

from monitor.amend.apply import apply_edits
from monitor.documents import read_document
from monitor.extract.registry import FORMATS, extract
from monitor.model.finding import AmendmentKind, Obstacle
from monitor.run.amender import Amender
from tests.support.edited_documents import LAYOUTS, made
from tests.support.fixing import judged

NOW = dt.datetime(2026, 11, 21, 3, 30, tzinfo=dt.UTC)
SEEDS = range(2 * sum(len(layouts) for layouts in LAYOUTS.values()))
KINDS = (AmendmentKind.ADD_ARCHIVE, AmendmentKind.REFRESH_DATE, AmendmentKind.REPLACE_URL)


def assessed(path: Path, text: str, kind: AmendmentKind):
    path.write_bytes(text.encode())
    return [judged(one, kind) for one in extract(read_document(path, FORMATS)).citations if one.url]


def amended(path: Path, text: str, assessments):
    """The amendments against what the document says now, and the amender that made them."""
    path.write_bytes(text.encode())
    amender = Amender(NOW, {})
    return [amender(one) for one in assessments], amender


@pytest.mark.parametrize("seed", SEEDS)
def test_words_that_changed_get_no_edit(tmp_path, seed):
    document = made(seed)
    path = tmp_path / document.name
    rng = random.Random(seed)
    cited = rng.choice(document.cited)
    changes = {
        cited.title: "Mills of the south",
        cited.url.split("//")[1].split("/")[0]: "mills.example",
    }
    for old, new in changes.items():
        if old not in document.text:
            continue  # a layout without titles
        assessments = assessed(path, document.text, rng.choice(KINDS))
        changed = document.text.replace(old, new)
        made_now, amender = amended(path, changed, assessments)
        for assessment, amendment in zip(assessments, made_now, strict=True):
            if cited.url == assessment.citation.url:
                assert amendment is None
        assert [one.obstacle for one in amender.hindered].count(Obstacle.CHANGED) >= 1


LEADS = {
    "bib": "@comment{ä}\n\n",
    "tex": "% ä ö\n",
    "md": "Something else — ä.\n\n",
    "txt": "Something — ä.\n\n",
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", [seed for seed in SEEDS if made(seed).name.rpartition(".")[2] in LEADS])
def test_edits_follow_their_words_where_others_came_before(tmp_path, seed, kind):
    document = made(seed)
    path = tmp_path / document.name
    lead = LEADS[document.name.rpartition(".")[2]]
    assessments = assessed(path, document.text, kind)
    before, _ = amended(path, document.text, assessments)
    there = apply_edits(document.text.encode(), read_document(path, FORMATS), [one for one in before if one])
    after, amender = amended(path, lead + document.text, assessments)
    here = apply_edits(path.read_bytes(), read_document(path, FORMATS), [one for one in after if one])
    assert not amender.hindered
    assert here == lead.encode() + there


COPY = "https://web.archive.org/web/20110216120000/http://weirs.example/p"
DATED = f"Text.<ref>{{{{cite web |url=http://weirs.example/p |title=T |access-date=3 May 2015 |archive-url={COPY} |archive-date=4 June 2012}}}}</ref>\n"


@pytest.mark.parametrize(
    ("old", "new", "obstacle"),
    [
        ("4 June 2012", "16 February 2011", Obstacle.MADE),
        ("20110216120000", "20120604120000", Obstacle.MADE),
        ("title=T", "title=U", Obstacle.CHANGED),
    ],
)
def test_a_copy_that_was_set_right_by_hand_is_no_change(tmp_path, old, new, obstacle):
    path = tmp_path / "d.wiki"
    assessments = assessed(path, DATED, AmendmentKind.ADD_ARCHIVE)
    (made_now,), amender = amended(path, DATED.replace(old, new), assessments)
    assert made_now is None
    assert [one.obstacle for one in amender.hindered] == [obstacle]


@pytest.mark.parametrize(
    ("day", "obstacle"),
    [
        ("4 May 2015", Obstacle.CHANGED),
        ("21 November 2026", Obstacle.MADE),
        ("2 December 2026", Obstacle.MADE),
    ],
)
def test_only_the_day_of_the_proof_or_a_later_one_is_the_edit_made_already(tmp_path, day, obstacle):
    path = tmp_path / "d.md"
    text = "# Sources\n\n- [Weirs](http://weirs.example/p). Accessed 3 May 2015.\n"
    assessments = assessed(path, text, AmendmentKind.REFRESH_DATE)
    _, amender = amended(path, text.replace("3 May 2015", day), assessments)
    assert [one.obstacle for one in amender.hindered] == [obstacle]


def test_a_mark_that_is_gone_is_no_change(tmp_path):
    path = tmp_path / "d.wiki"
    text = "Text.<ref>{{cite web |url=http://weirs.example/p |title=T |access-date=3 May 2015}} {{dead link}}</ref>\n"
    assessments = assessed(path, text, AmendmentKind.UNMARK_DEAD)
    _, amender = amended(path, text.replace(" {{dead link}}", ""), assessments)
    assert [one.obstacle for one in amender.hindered] == [Obstacle.MADE]
