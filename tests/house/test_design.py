"""The design page says what the program does: its tables are the enums, its figures the defaults, its files there."""

import re
from pathlib import Path

import pytest

from monitor.archive.policy import ArchivePolicy
from monitor.archive.replay import MAX_HOPS
from monitor.judge.access_date import ACCESS_DATE_RULES
from monitor.judge.policy import JudgePolicy
from monitor.model.citation import ZONE_SLACK
from monitor.model.finding import AccessDateStatus
from monitor.model.history import LinkState
from monitor.model.observation import Outcome
from monitor.model.page import Drift, QuoteMatch
from monitor.model.snapshot import CaptureState, Coverage
from monitor.page.quote.match import ALTERED_SCORE
from tests.check.hard_cases import CASES
from tests.tools.import_picture import PACKAGE, PICTURE, arrows_in, arrows_of

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "design.md").read_text("utf-8")
GUIDE = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
TESTS = (ROOT / "docs" / "tests.md").read_text("utf-8")
NUMBERS = {"two": 2, "three": 3, "five": 5, "seven": 7}


def section(title):
    return re.split(r"(?m)^#+ ", PAGE.partition(f"## {title}\n")[2])[0]


def cells(text):
    """The rows of a table, its head aside, each a list of its cells."""
    rows = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| ")]
    return rows[2:]


def quoted(text):
    return re.findall(r"`([a-z0-9-]+)`", text)


def test_outcomes_are_those_of_the_model():
    assert [name for row in cells(section("Outcomes")) for name in quoted(row[0])] == [*Outcome]


def test_coverages_are_those_of_the_model():
    assert [name for row in cells(section("Snapshots")) for name in quoted(row[0])] == [*Coverage]


@pytest.mark.parametrize(
    ("sentence", "kinds"),
    [
        (r"What the history amounts to \(`judge/link_state\.py`\): (.*?)\.\n", LinkState),
        (r"`page/quote/`\. (.*?)\.\n", QuoteMatch),
        (r"the main text, then and now: (.*?)\.\s", Drift),
        (r"\n- (`requested`.*?) are the states of", CaptureState),
    ],
)
def test_words_are_those_of_the_model(sentence, kinds):
    told = re.search(sentence, PAGE, re.DOTALL)
    assert told
    assert quoted(told[1]) == [*kinds]


def test_rows_of_access_dates_are_the_rules_in_their_order():
    told = [(row[0], quoted(row[2])[0], row[3].split()[0]) for row in cells(section("Access dates"))]
    rules = [(rule.row, rule.status, rule.severity) for rule in ACCESS_DATE_RULES if rule.row != "-"]
    assert told == rules
    assert {rule.status for rule in ACCESS_DATE_RULES} == set(AccessDateStatus)


def figures(pattern, text=PAGE):
    """The numbers that a sentence of the page tells, written as digits or as words."""
    found = re.search(re.sub(r" ", r"\\s+", pattern), text)
    assert found, f"docs/design.md no longer says: {pattern}"
    return [NUMBERS.get(one) or int(one) for one in found.groups()]


POLICY, ARCHIVES = JudgePolicy(), ArchivePolicy()


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (r"strikes on (\w+) different days that span (\w+)", [POLICY.strikes, POLICY.strike_span_days]),
        (r"; (\w+) suffice for 410", [POLICY.strikes_gone]),
        (
            r"Suspects after (\d+), (\d+) and (\d+) days",
            [POLICY.recheck_suspect_1_days, POLICY.recheck_suspect_2_days, POLICY.recheck_suspect_3_days],
        ),
        (
            r"change rate within (\d+) to (\d+) days",
            [POLICY.recheck_alive_min_days, POLICY.recheck_alive_max_days],
        ),
        (r"blocked ones after (\d+)", [POLICY.recheck_blocked_days]),
        (r"ever more seldom up to (\d+)", [POLICY.recheck_dead_max_days]),
        (
            r"a history (\d+) days for volatile pages, (\d+) for ordinary ones, (\d+) for dated",
            [POLICY.limit_volatile_days, POLICY.limit_ordinary_days, POLICY.limit_durable_days],
        ),
        (r"widened by (\d+) hours", [ZONE_SLACK.total_seconds() / 3600]),
        (r"nearest usable capture within (\d+) days", [ARCHIVES.near_days]),
        (r"a chain of at most (\w+) redirects", [MAX_HOPS]),
        (r"windows count from a similarity of (\d+)", [ALTERED_SCORE]),
        (r"lists some (\d+) server behaviours", [round(len(CASES), -2)]),
    ],
)
def test_figures_are_those_of_the_code(sentence, expected):
    assert figures(sentence) == expected


@pytest.mark.parametrize("text", [PAGE, GUIDE, TESTS], ids=["design", "contributing", "tests"])
def test_files_and_rooms_that_are_named_exist(text):
    named = set(re.findall(r"`((?:[\w.-]+/)+[\w.-]*|\w+\.py)`", text))
    assert named
    places = (ROOT, ROOT / "monitor", ROOT / "monitor" / "extract")
    filled = {name for name in named if not re.search(r"NAME|\bROOM|/xx\.", name)}
    assert {name for name in filled if not any((place / name).exists() for place in places)} == set()


def test_tasks_that_are_named_stand_in_the_menu():
    tasks = set(re.findall(r"(?m)^([a-z]+):.*##", (ROOT / "Makefile").read_text("utf-8")))
    pages = [GUIDE, *(path.read_text("utf-8") for path in (ROOT / "docs").rglob("*.md"))]
    named = {name for page in pages for name in re.findall(r"(?:`|^)make ([a-z]+)", page, re.MULTILINE)}
    assert named <= tasks
    assert {"setup", "check", "test"} <= named


def test_modules_that_are_to_be_run_exist():
    named = {name for page in (GUIDE, PAGE, TESTS) for name in re.findall(r"python -m (tests\.[\w.]+)", page)}
    assert {name for name in named if not (ROOT / f"{name.replace('.', '/')}.py").exists()} == set()


def test_the_picture_of_extraction_shows_todays_imports():
    _, arrows = arrows_of(PACKAGE)
    assert arrows_in(PICTURE.read_text("utf-8")) == arrows, "python -m tests.tools.import_picture"
