"""The GitHub Action and the pre-commit hooks: their scripts run here, with stand-ins for the program and for gh."""

import re

import pytest
import yaml
from typer.testing import CliRunner

from monitor.cli import app
from monitor.extract.registry import FORMATS
from tests.support.action_steps import ACTION, ROOT, check, step

HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
#: Endings that mostly are no documents; a hook that took them would run on every settings file.
PLAIN_DATA = {".json", ".yaml", ".yml", ".xml", ".csv", ".tsv"}


def test_the_step_writes_every_file_annotates_and_counts(tmp_path):
    arguments, outputs = check(tmp_path, code=1, paths="docs\nREADME.md\n")
    assert arguments[:2] == ["check", "--no-progress"]
    assert arguments[3].endswith("facts.sqlite3")
    assert arguments[4:6] == ["--max-age", "1d"]
    assert arguments[-5:] == ["--format", "github", "--", "docs", "README.md"]
    assert outputs == {
        "sarif": "citation-report/report.sarif",
        "json": "citation-report/report.json",
        "markdown": "citation-report/report.md",
        "exit-code": "1",
        "findings": "2",
    }
    assert (tmp_path / "summary").read_text() == "# body\n"


def test_wrong_usage_leaves_no_report_to_upload_and_is_still_passed_on(tmp_path):
    _, outputs = check(tmp_path, code=2)
    assert outputs == {"sarif": "", "json": "", "markdown": "", "exit-code": "2", "findings": ""}
    assert not (tmp_path / "summary").exists()
    assert step(tmp_path, "Verdict", EXIT_CODE="2")[0] == 2
    assert step(tmp_path, "Verdict", EXIT_CODE="0")[0] == 0


def test_a_report_of_an_earlier_job_is_not_taken_for_this_one(tmp_path):
    check(tmp_path)
    (tmp_path / "outputs").unlink()
    _, outputs = check(tmp_path, code=2)
    assert outputs["json"] == ""


def test_given_inputs_become_options_and_empty_ones_do_not(tmp_path):
    given = {"fail-on": "warning", "annotations": "false", "arguments": "--no-archive\n--no-evidence"}
    arguments, _ = check(tmp_path, baseline="old.json", since="main", **given)
    assert arguments[arguments.index("--baseline") + 1] == "old.json"
    assert arguments[arguments.index("--since") + 1] == "main"
    assert arguments[arguments.index("--fail-on") + 1] == "warning"
    assert arguments[-3:] == ["--no-archive", "--no-evidence", "--"]
    assert "github" not in arguments
    assert "--config" not in arguments


def test_paths_may_hold_blanks(tmp_path):
    arguments, _ = check(tmp_path, paths="docs/a page.md\r\nnotes and more\n\n")
    assert arguments[arguments.index("--") + 1 :] == ["docs/a page.md", "notes and more"]


@pytest.mark.parametrize(
    "evil", ["$(touch hacked)", "`touch hacked`", "x; touch hacked", '"; touch hacked; "', "* --config=x"]
)
def test_inputs_are_never_code_nor_options(tmp_path, evil):
    arguments, _ = check(tmp_path, paths=evil, baseline=evil)
    assert not (tmp_path / "hacked").exists()
    assert arguments[arguments.index("--baseline") + 1] == evil
    assert arguments[arguments.index("--") + 1 :] == [evil]


def test_no_script_holds_an_expression_and_every_action_is_pinned():
    for one in ACTION["runs"]["steps"]:
        if "run" in one:
            assert "${{" not in one["run"]
            assert one["shell"] == "bash"
        else:
            assert re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", one["uses"])


def options(command):
    """The options a command really has, as its help tells."""
    text = CliRunner().invoke(app, [command, "--help"], env={"COLUMNS": "200", "NO_COLOR": "1"}).output
    return set(re.findall(r"--[a-z-]+", text))


def test_the_options_used_exist(tmp_path):
    arguments, _ = check(tmp_path, baseline="b", since="s", config="c", **{"fail-on": "error"})
    assert {one for one in arguments if one.startswith("--") and one != "--"} <= options("check")
    fix = (ROOT / ".github" / "action" / "fix").read_text("utf-8")
    assert set(re.findall(r"--[a-z-]+", re.search(r"arguments=\((fix .*)\)", fix)[1])) <= options("fix")
    for hook in HOOKS:
        _, command, *rest = hook["entry"].split()
        assert set(rest) <= options(command)


def test_the_manual_lists_every_input_with_its_default():
    listed = dict(
        re.findall(r"(?m)^\| `([a-z-]+)` \| ?([^|]*?) ?\|", (ROOT / "docs" / "ci.md").read_text("utf-8"))
    )
    assert set(listed) == set(ACTION["inputs"])
    for name, one in ACTION["inputs"].items():
        default = str(one.get("default", ""))
        if default and "${{" not in default and default != ".":
            assert listed[name].strip() == f"`{default}`", name


def test_hooks_are_complete_and_take_every_format_that_is_read():
    assert [hook["id"] for hook in HOOKS] == ["citation-monitor", "citation-monitor-extract"]
    for hook in HOOKS:
        assert hook["language"] == "python"
        assert {"id", "name", "entry", "files"} <= set(hook)
        taken = re.compile(hook["files"])
        assert {suffix for suffix in FORMATS.suffixes if not taken.search(f"docs/page{suffix}")} <= PLAIN_DATA
        assert not taken.search("monitor/cli.py")
