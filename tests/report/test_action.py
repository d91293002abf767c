"""The GitHub Action and the pre-commit hooks: their scripts run here, with a stand-in for the program."""

import os
import re
import subprocess
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from monitor.cli import app

ROOT = Path(__file__).parents[2]
ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
STEPS = {step["name"]: step for step in ACTION["runs"]["steps"]}


def check(tmp_path, *, code=0, **inputs):
    """Run the Check step with a program that records its arguments and exits with `code`."""
    bin_folder = tmp_path / "citation-monitor" / "bin"
    bin_folder.mkdir(parents=True)
    stand_in = bin_folder / "monitor"
    stand_in.write_text(
        f'#!/bin/bash\nprintf "%s\\n" "$@" > "{tmp_path}/arguments"\necho "# body" > "$OUTPUT/report.md"\nexit {code}\n'
    )
    stand_in.chmod(0o755)
    step = STEPS["Check"]
    given = {name: str(value["default"]) for name, value in ACTION["inputs"].items()} | inputs
    environment = {
        name: re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda m: given[m[1]], text)
        for name, text in step["env"].items()
    }
    done = subprocess.run(
        ["bash", "-c", step["run"]],
        cwd=tmp_path,
        env={
            "PATH": os.environ["PATH"],
            "RUNNER_TEMP": str(tmp_path),
            "GITHUB_OUTPUT": str(tmp_path / "outputs"),
            "GITHUB_STEP_SUMMARY": str(tmp_path / "summary"),
            **environment,
        },
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    arguments = (tmp_path / "arguments").read_text().splitlines()
    outputs = dict(line.split("=", 1) for line in (tmp_path / "outputs").read_text().splitlines())
    return done.returncode, arguments, outputs


def test_the_step_writes_every_file_and_annotates(tmp_path):
    code, arguments, outputs = check(tmp_path, paths="docs README.md")
    assert code == 0
    assert arguments[:2] == ["check", "--no-progress"]
    assert arguments[-5:] == ["--format", "github", "--", "docs", "README.md"]
    assert outputs == {
        "sarif": "citation-report/report.sarif",
        "json": "citation-report/report.json",
        "markdown": "citation-report/report.md",
        "exit-code": "0",
    }
    assert (tmp_path / "summary").read_text() == "# body\n"


def test_the_exit_code_is_passed_on_after_the_outputs(tmp_path):
    code, _, outputs = check(tmp_path, code=3)
    assert (code, outputs["exit-code"]) == (3, "3")


def test_given_inputs_become_options_and_empty_ones_do_not(tmp_path):
    _, arguments, _ = check(tmp_path, baseline="old.json", since="main", **{"fail-on": "warning"})
    assert arguments[arguments.index("--baseline") + 1] == "old.json"
    assert arguments[arguments.index("--since") + 1] == "main"
    assert arguments[arguments.index("--fail-on") + 1] == "warning"
    assert "--config" not in arguments


@pytest.mark.parametrize(
    "evil", ["$(touch hacked)", "`touch hacked`", "x; touch hacked", '"; touch hacked; "', "* --config=x"]
)
def test_inputs_are_never_code_nor_options(tmp_path, evil):
    _, arguments, _ = check(tmp_path, paths=evil, baseline=evil)
    assert not (tmp_path / "hacked").exists()
    assert arguments[arguments.index("--baseline") + 1] == evil
    assert arguments[arguments.index("--") + 1 :] == evil.split()


def test_no_script_holds_an_expression():
    for step in ACTION["runs"]["steps"]:
        assert "${{" not in step["run"]
        assert step["shell"] == "bash"


def options(command):
    """The options a command really has, as its help tells."""
    text = CliRunner().invoke(app, [command, "--help"], env={"COLUMNS": "200", "NO_COLOR": "1"}).output
    return set(re.findall(r"--[a-z-]+", text))


def test_the_options_used_exist(tmp_path):
    _, arguments, _ = check(tmp_path, baseline="b", since="s", config="c", **{"fail-on": "error"})
    assert {one for one in arguments if one.startswith("--") and one != "--"} <= options("check")
    for hook in HOOKS:
        _, command, *rest = hook["entry"].split()
        assert set(rest) <= options(command)


def test_hooks_are_complete():
    assert [hook["id"] for hook in HOOKS] == ["citation-monitor", "citation-monitor-extract"]
    for hook in HOOKS:
        assert hook["language"] == "python"
        assert {"id", "name", "entry", "types_or"} <= set(hook)
