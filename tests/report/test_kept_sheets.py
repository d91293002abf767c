"""Sheets kept from the last report: what is counted and shown of them is what reading everything would give."""

import datetime as dt
import itertools
import os
import pickle
import random
from collections import defaultdict
from contextlib import contextmanager
from dataclasses import asdict

import pytest

from monitor.errors import StoreError
from monitor.model.case import Standing, StandingGroup, body_mark
from monitor.model.finding import Severity
from monitor.model.observation import Outcome
from monitor.model.values import replaced
from monitor.report import bodies, names, sheet
from monitor.report.gist import gist
from monitor.report.kept_sheets import SHEETS, Kept, KeptSheets, write_sheets
from monitor.report.naming import aged, written
from monitor.report.publish import MANIFEST, write_site
from monitor.report.sheet import SIZE, holds_until
from monitor.report.site import write
from monitor.report.spool import Spool
from monitor.report.summary import summarise
from monitor.report.transitions import present
from tests.report.test_standing_pages import tree
from tests.support import report_cases

FORMATS = ["html", "json", "csv"]
PROGRAM = "this program"


def standing(assessment, spool):
    body = spool.body(assessment)
    return Standing(
        citation=assessment.citation.key, document=assessment.citation.document, way="", revision=0,
        mark=body_mark(body), judged_at=dt.datetime(2026, 3, 1, tzinfo=dt.UTC), until=None,
        outcome=(assessment.observation.outcome if assessment.observation else Outcome.UNCHECKED).value,
        status=assessment.finding.status.value, coverage="", asks=False, body=body, previous=assessment.previous,
    )  # fmt: skip


@contextmanager
def spooled(report, folder, program=PROGRAM):
    """Give a report whose assessments are bodies, as a night has them, with the sheets kept in a folder.

    Those are taken over that hold, as a night takes them.
    """
    spool = Spool(KeptSheets(folder, program))
    for document, some in itertools.groupby(report.assessments, key=lambda one: one.citation.document):
        every = [standing(one, spool) for one in some]
        for place in range(0, len(every), SIZE):
            part = every[place : place + SIZE]
            group = StandingGroup(document, place, [one.mark for one in part], [])
            unmoved = all(one.previous == one.state for one in part)
            sheet = spool.kept_sheet(group, lambda _path: None, report.run.now.date()) if unmoved else None
            if sheet is not None:
                spool.take(sheet)
            else:
                assert all(map(spool.add_kept, part))
    yield replaced(report, assessments=spool)
    spool.close()


def publish(report, folder, program=PROGRAM):
    """Write a report into a folder; return how many sheets were made for it."""
    with spooled(report, folder, program) as night:
        write_site(night, folder, FORMATS)
        return night.assessments.sheets(report.run.now.date()).fresh_ones()


def settled(assessments):
    """Return assessments as a later night finds them that changes nothing."""
    return [replaced(one, previous=present(one)) for one in assessments]


@pytest.fixture
def report():
    some = report_cases.Many(150, documents=4, hosts=11).report()
    return replaced(some, assessments=settled(some.assessments))


def later(report, days=0, **changes):
    run = replaced(report.run, now=report.run.now + dt.timedelta(days=days))
    return replaced(report, run=run, **changes)


def test_a_night_that_changes_nothing_makes_no_sheet(report, tmp_path):
    assert publish(report, tmp_path) == sum(-(-number // SIZE) for number in (38, 38, 38, 36))
    before = tree(tmp_path)
    listed, kept = ((tmp_path / name).stat().st_ino for name in (MANIFEST, SHEETS))
    assert publish(report, tmp_path) == 0
    assert tree(tmp_path) == before
    assert [(tmp_path / name).stat().st_ino for name in (MANIFEST, SHEETS)] == [listed, kept]


def test_the_night_after_the_first_takes_its_sheets_over(report, tmp_path):
    """A first night compares with nothing; what it shows is what the second shows."""
    first = [replaced(one, previous=None) for one in report.assessments]
    publish(replaced(report, assessments=first), tmp_path)
    assert publish(report, tmp_path) == 0


def test_what_died_is_said_to_have_died_one_night_only(report, tmp_path):
    every = list(report.assessments)
    every[25] = replaced(every[25], previous="fresh/alive")
    publish(replaced(report, assessments=every), tmp_path)
    publish(report, tmp_path)
    publish(report, tmp_path / "fresh")
    page = names.source_page(every[25].citation.url)
    assert (tmp_path / page).read_bytes() == (tmp_path / "fresh" / page).read_bytes()


def changed(rng, report, night):
    """Return a report with changes here and there: other verdicts, citations that go, move and come."""
    every = settled(report.assessments)
    for _ in range(rng.randrange(4)):
        place = rng.randrange(len(every))
        one = every[place]
        match rng.randrange(5):
            case 0:
                finding = replaced(one.finding, reason=f"Night {night}.", severity=rng.choice(list(Severity)))
                every[place] = replaced(one, finding=finding)
            case 1:
                del every[place]
            case 2:
                key = f"new-{night}-{place}"
                citation = replaced(one.citation, key=key, title=f"New {key}")
                every.insert(place, replaced(one, citation=citation, previous=None))
            case 3:
                other = every[rng.randrange(len(every))].citation.url
                every[place] = replaced(one, citation=replaced(one.citation, url=other))
            case _:
                every[place] = replaced(one, previous="fresh/alive")
    return later(report, days=rng.choice([0, 1, 1, 3, 40]), assessments=every)


@pytest.mark.parametrize("seed", range(int(os.environ.get("MONITOR_SHEET_SEEDS", "1"))))
def test_kept_sheets_give_the_site_that_an_empty_folder_gets(report, tmp_path, seed, monkeypatch):
    monkeypatch.setattr(names, "PAGE_SIZE", 20)
    rng, partly = random.Random(seed), 0
    kept = tmp_path / "kept"
    for night in range(6):
        report = changed(rng, report, night)
        made = publish(report, kept)
        pages = sorted(kept.glob("*/**/*.html"))
        every = publish(report, tmp_path / f"fresh-{night}")
        assert made <= every
        partly += 0 < made < every
        assert tree(kept) == tree(tmp_path / f"fresh-{night}"), night
        if rng.random() < 0.3:
            rng.choice(pages).unlink()
    assert partly


def test_counts_of_kept_sheets_are_those_of_the_citations(report, tmp_path):
    every = list(report.assessments)
    every[3] = replaced(every[3], previous="fresh/alive")
    night = replaced(report, assessments=every)
    publish(report, tmp_path)
    with spooled(night, tmp_path) as known, spooled(night, tmp_path / "none") as unknown:
        from_kept, from_all = summarise(known), summarise(unknown)
        assert known.assessments.sheets(night.run.now.date()).fresh_ones() == 1
    assert asdict(from_kept) == asdict(from_all)
    by_hand = defaultdict(int)
    for one in every:
        by_hand[one.citation.document] += 1
    assert {path: tally.citations for path, tally in from_kept.documents.items()} == by_hand


def test_only_pages_of_what_changed_are_looked_at(report, tmp_path, monkeypatch):
    publish(report, tmp_path)
    looked = []
    monkeypatch.setattr(
        write._Site, "_stands", lambda self, name, *of: looked.append(name) or self._earlier.stands(name, self._mark(*of))
    )  # fmt: skip
    every = list(report.assessments)
    one = every[42]
    every[42] = replaced(one, finding=replaced(one.finding, reason="Looked at tonight."))
    publish(replaced(report, assessments=every), tmp_path)
    pages = [name for name in looked if name.startswith(("sources/", "hosts/"))]
    assert pages == [names.source_page(one.citation.url), names.host_page("h9.example.org")]


@pytest.mark.parametrize(
    "harm",
    [
        lambda file: file.write_bytes(file.read_bytes()[:-1]),
        lambda file: file.write_bytes(file.read_bytes()[:900] + b"?" + file.read_bytes()[901:]),
        lambda file: file.write_bytes(b""),
        lambda file: file.write_bytes(file.read_bytes() * 2),
        lambda file: file.unlink(),
    ],
    ids=["cut short", "a byte changed", "empty", "twice", "gone"],
)
def test_sheets_that_cannot_be_read_are_made_anew(report, tmp_path, harm):
    made = publish(report, tmp_path)
    before = tree(tmp_path)
    harm(tmp_path / SHEETS)
    assert publish(report, tmp_path) == made
    assert tree(tmp_path) == before
    assert publish(report, tmp_path) == 0


def test_sheets_of_another_program_are_made_anew(report, tmp_path):
    made = publish(report, tmp_path)
    assert publish(report, tmp_path, "another program") == made
    assert publish(report, tmp_path, "another program") == 0


def test_pages_are_all_looked_at_where_the_sheets_are_not_those_they_show(report, tmp_path):
    """Sheets that somebody took from a backup say nothing of the pages that are there."""
    publish(report, tmp_path)
    kept = (tmp_path / SHEETS).read_bytes()
    every = list(report.assessments)
    every[42] = replaced(every[42], finding=replaced(every[42].finding, reason="Looked at tonight."))
    publish(replaced(report, assessments=every), tmp_path)
    (tmp_path / SHEETS).write_bytes(kept)
    publish(report, tmp_path)
    publish(report, tmp_path / "fresh")
    assert tree(tmp_path) == tree(tmp_path / "fresh") | {
        f"fresh/{name}": data for name, data in tree(tmp_path / "fresh").items()
    }


def test_a_sheet_taken_over_is_all_that_its_citations_were(report, tmp_path):
    """Whole, in little and as lines: nobody gave these to the spool."""
    publish(report, tmp_path)
    with spooled(report, tmp_path) as night, spooled(report, tmp_path / "none") as anew:
        taken, made = night.assessments, anew.assessments
        assert set(taken._sizes) == {0}
        assert list(taken) == list(made) == list(report.assessments)
        assert list(taken.lines()) == list(made.lines())
        assert [(one.gist, one.previous, one.load()) for one in taken.entries()] == [
            (one.gist, one.previous, one.load()) for one in made.entries()
        ]


def test_what_this_program_never_keeps_is_not_unpickled(report, tmp_path):
    """A folder of pages may have been in other hands."""
    publish(report, tmp_path)
    body = bodies.body(b"p" + pickle.dumps(Harm()), b"m")
    block = bodies.block([body, b"", b""] * SIZE)
    kept = KeptSheets(tmp_path, PROGRAM)
    every = [(kept.name(number), kept.data(number)) for number in range(kept.left_over())]
    kept.close()
    in_body = [Kept(name, data, b"", block).packed() for name, data in every]
    in_counts = [Kept(name, b"\0\0\0\1\0\0\0\1pp").packed() for name, _ in every]
    write_sheets(tmp_path / SHEETS, PROGRAM, in_body)
    with spooled(report, tmp_path) as night, pytest.raises(StoreError, match="remove that file"):
        list(night.assessments)
    write_sheets(tmp_path / SHEETS, PROGRAM, in_counts)
    with spooled(report, tmp_path) as night, pytest.raises(StoreError, match="remove that file"):
        summarise(night)


class Harm:
    """What must never be made of bytes that somebody else may have written."""

    def __reduce__(self):
        return pytest.fail, ("unpickled",)


def test_text_that_is_no_unicode_is_not_kept(report, tmp_path):
    odd = replaced(report.assessments[1].citation, document="library/a-\udcff.txt")
    every = [replaced(report.assessments[1], citation=odd), *report.assessments[2:]]
    with spooled(replaced(report, assessments=[]), tmp_path) as night:
        for one in every:
            night.assessments.add(one)
        write_site(night, tmp_path, FORMATS)
    assert not (tmp_path / SHEETS).exists()
    assert "library/a-" in (tmp_path / names.source_page(odd.url)).read_text("utf-8")


TODAY = dt.date(2026, 3, 14)


@pytest.mark.parametrize(
    "date",
    ["2011", "2011-02", "2011-02-17", "2026", "2026-03", "2026-03-14", "2026-03-13", "2026-01-31", "2024-02-29",
     "2027", "2026-07", "2026-05-01", None],
)  # fmt: skip
def test_a_sheet_holds_as_long_as_ages_are_told_the_same(report, date):
    one = next(one for one in report.assessments if one.citation.access_dates)
    dates = tuple(replaced(found, date=date) for found in one.citation.access_dates)
    one = replaced(one, citation=replaced(one.citation, access_dates=dates))
    until = holds_until([gist(one, b"")], TODAY)
    told = written(one.citation)
    days = [TODAY + dt.timedelta(days=n) for n in range(800)]
    said = [aged(told, day, missing=False) for day in itertools.takewhile(lambda day: day < until, days)]
    assert len(set(said)) == 1
    assert (until == sheet.FOREVER) == (date is None)
    if until <= days[-1]:
        assert aged(told, until, missing=False) != said[0]
