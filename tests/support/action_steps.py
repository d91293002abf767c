"""Steps of the GitHub Action, run here with stand-ins for the program and for gh."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[2]
ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
STEPS = {step["name"]: step for step in ACTION["runs"]["steps"]}
REPORT = {"citations": [{"severity": "error"}, {"severity": "warning"}, {"severity": "info"},
                        {"severity": "error", "waived": {"who": "Ada"}}]}  # fmt: skip
PROGRAM = """#!/bin/bash
printf '%s\\n' "$@" > "{room}/arguments"
while [ $# -gt 0 ]; do
  case "$1" in
    report.json) ;;
    */report.json) [ {code} -lt 2 ] && cp "{room}/report" "$1" ;;
    */report.md) [ {code} -lt 2 ] && echo "# body" > "$1" ;;
    */report.sarif) [ {code} -lt 2 ] && echo "{{}}" > "$1" ;;
  esac
  shift
done
exit {code}
"""
#: Records its calls; answers a list with what stands in `known`.
GH = """#!/bin/bash
printf '%s\\t' "${{@//$'\\n'/ }}" >> "{room}/calls"; echo >> "{room}/calls"
case "$*" in *--jq*) cat "{room}/known" ;; esac
"""


def program(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)


def step(room: Path, name: str, *, known="", gh=GH, **given):
    """Run a step's script as the runner would; returns its exit code and what gh was asked."""
    program(room / "bin" / "gh", gh.format(room=room) if gh is GH else gh)
    (room / "known").write_text(known)
    (room / "calls").write_text("")
    inputs = {key: str(value.get("default", "")) for key, value in ACTION["inputs"].items()} | given
    environment = {
        key: re.sub(
            r"\$\{\{ (?:inputs|steps\.check\.outputs)\.([\w-]+) \}\}", lambda m: inputs.get(m[1], ""), text
        )
        for key, text in STEPS[name].get("env", {}).items()
    }
    done = subprocess.run(
        ["bash", "-c", STEPS[name]["run"]],
        cwd=room,
        env={
            "PATH": f"{room / 'bin'}:{os.environ['PATH']}",
            "HOME": str(room),
            "GITHUB_ACTION_PATH": str(ROOT),
            "RUNNER_TEMP": str(room),
            "GITHUB_OUTPUT": str(room / "outputs"),
            "GITHUB_STEP_SUMMARY": str(room / "summary"),
            "GITHUB_REPOSITORY": "owner/repository",
            "GITHUB_REF_NAME": "main",
            **environment,
            **{key: value for key, value in given.items() if key.isupper()},
        },
        capture_output=True,
        text=True,
        check=False,
    )
    calls = [line.split("\t")[:-1] for line in (room / "calls").read_text().splitlines()]
    return done.returncode, calls, done.stdout + done.stderr


def check(room, *, code=0, **inputs):
    """Run the Check step with a program that records its arguments and exits with `code`."""
    program(room / "citation-monitor" / "bin" / "monitor", PROGRAM.format(room=room, code=code))
    python = room / "citation-monitor" / "bin" / "python"
    python.unlink(missing_ok=True)
    python.symlink_to(sys.executable)
    (room / "report").write_text(json.dumps(REPORT))
    ended, _, errors = step(room, "Check", **inputs)
    assert ended == 0, errors
    arguments = (room / "arguments").read_text().splitlines()
    return arguments, dict(line.split("=", 1) for line in (room / "outputs").read_text().splitlines())
