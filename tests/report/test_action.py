"""The GitHub Action and the pre-commit hooks: their scripts run here, with stand-ins for the program and for gh."""

import json
import os
import re
import shutil
import ssl
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import trustme
import yaml
from typer.testing import CliRunner

from monitor.cli import app
from monitor.extract.registry import FORMATS
from monitor.report.markdown import MARKER

ROOT = Path(__file__).parents[2]
ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
STEPS = {step["name"]: step for step in ACTION["runs"]["steps"]}
REPORT = {"citations": [{"severity": "error"}, {"severity": "warning"}, {"severity": "info"},
                        {"severity": "error", "waived": {"who": "Ada"}}]}  # fmt: skip

#: Endings that mostly are no documents; a hook that took them would run on every settings file.
PLAIN_DATA = {".json", ".yaml", ".yml", ".xml", ".csv", ".tsv"}

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

#: The real gh, except where it would ask for more than the stand-in knows: those calls are recorded.
GH_ITSELF = shutil.which("gh")
GH_OR_RECORD = """#!/bin/bash
if [ "$1" = api ]; then exec "{gh}" "$@"; fi
printf '%s\\t' "$@" >> "{room}/calls"; echo >> "{room}/calls"
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
        timeout=60,
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


# --- comment, issue, pull request -------------------------------------------------------------------


def test_the_comment_is_changed_in_place(tmp_path):
    (tmp_path / "report.md").write_text(f"{MARKER}\n")
    given = {"NUMBER": "7", "BODY": "report.md", "FINDINGS": "2"}
    _, calls, _ = step(tmp_path, "Comment", **given)
    assert calls[-1][:4] == ["api", "--method", "POST", "repos/owner/repository/issues/7/comments"]
    _, calls, _ = step(tmp_path, "Comment", known="41\n", **given)
    assert calls[-1][:4] == ["api", "--method", "PATCH", "repos/owner/repository/issues/comments/41"]
    assert MARKER in (ROOT / ".github" / "action" / "comment").read_text("utf-8")


def test_where_nothing_was_said_and_nothing_is_found_there_is_no_comment(tmp_path):
    _, calls, _ = step(tmp_path, "Comment", NUMBER="7", BODY="report.md", FINDINGS="0")
    assert len(calls) == 1


@pytest.mark.parametrize(
    ("known", "findings", "code", "last"),
    [
        ("", "2", "1", ["issue", "create"]),
        ("9\n", "2", "1", ["issue", "edit"]),
        ("9\n", "0", "0", ["issue", "close"]),
        ("", "0", "0", None),
        ("9\n", "0", "3", None),
        ("", "", "2", None),
    ],
)
def test_the_issue_is_opened_changed_and_closed(tmp_path, known, findings, code, last):
    given = {"BODY": "report.md", "FINDINGS": findings, "EXIT_CODE": code, "TITLE": "Citations"}
    ended, calls, errors = step(tmp_path, "Issue", known=known, **given)
    assert ended == 0, errors
    changing = [call[:2] for call in calls if call[0] == "issue"]
    assert changing == ([last] if last else [])


@pytest.mark.parametrize(
    ("event", "fork", "actor", "writes"),
    [
        ("push", "", "ada", "true"),
        ("pull_request", "false", "ada", "true"),
        ("pull_request", "true", "ada", "false"),
        ("pull_request", "false", "dependabot[bot]", "false"),
        ("pull_request_target", "true", "ada", "true"),
    ],
)
def test_what_a_fork_has_no_leave_for_is_left_out_and_said(tmp_path, event, fork, actor, writes):
    for wanted, said in (("false true false false", writes == "false"), ("false false false false", False)):
        (tmp_path / "outputs").unlink(missing_ok=True)
        given = {"EVENT": event, "FORK": fork, "ACTOR": actor, "WANTED": wanted}
        ended, _, out = step(tmp_path, "Rights", **given)
        assert (ended, (tmp_path / "outputs").read_text()) == (0, f"writes={writes}\n")
        assert ("::notice" in out) is said
    guarded = [
        name for name, one in STEPS.items() if "steps.rights.outputs.writes == 'true'" in one.get("if", "")
    ]
    assert guarded == ["Findings to code scanning", "Comment", "Issue", "Fix pull request"]


@pytest.fixture
def forge(tmp_path):
    """GitHub's API on loopback for gh itself; what it was told, and the environment that leads there."""
    told = []
    own, others = {"viewerDidAuthor": True}, {"viewerDidAuthor": False}
    answers = {
        "issues": [
            {"number": 3, "title": "Citations", "body": f"{MARKER}\nforged", **others},
            {"number": 4, "title": "Citations", "body": "without the marker", **own},
            {"number": 5, "title": "Another workflow's", "body": f"{MARKER}\n", **own},
            {"number": 6, "title": "Citations", "body": f"{MARKER}\nours", **own},
        ],
        "comments": [
            {"databaseId": 30, "body": f"{MARKER}\nforged", **others},
            {"databaseId": 31, "body": f"{MARKER}\nours", **own},
        ],
    }

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            if self.path == "/api/graphql":
                kind = "issues" if "issues(" in body["query"] else "comments"
                page = body["variables"].get("endCursor")
                nodes = answers[kind][1:] if page else answers[kind][:1]
                list_ = {kind: {"nodes": nodes, "pageInfo": {"hasNextPage": not page, "endCursor": "x"}}}
                found = list_ if kind == "issues" else {"pullRequest": list_}
                answer = {"data": {"repository": found}}
            else:
                told.append((self.command, self.path, body["body"]))
                answer = {}
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(answer).encode())

        do_PATCH = do_POST  # noqa: N815 - as the library names methods

        def log_message(self, *args):
            pass

    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield told, {
        "GH_HOST": f"localhost:{server.server_port}", "GH_ENTERPRISE_TOKEN": "token",
        "SSL_CERT_FILE": str(tmp_path / "ca.pem"),
    }  # fmt: skip
    server.shutdown()
    server.server_close()


@pytest.mark.slow
@pytest.mark.skipif(GH_ITSELF is None, reason="gh is not installed")
def test_gh_itself_finds_what_this_token_wrote_and_nothing_else(tmp_path, forge):
    told, there = forge
    (tmp_path / "report.md").write_text(f"{MARKER}\nnew\n")
    wrapper = GH_OR_RECORD.format(gh=GH_ITSELF, room=tmp_path)
    given = {"BODY": "report.md", "FINDINGS": "2", "NUMBER": "7", "EXIT_CODE": "1", "TITLE": "Citations"}
    ended, _, errors = step(tmp_path, "Comment", gh=wrapper, **given, **there)
    assert (ended, told) == (
        0,
        [("PATCH", "/api/v3/repos/owner/repository/issues/comments/31", f"{MARKER}\nnew\n")],
    ), errors
    ended, calls, errors = step(tmp_path, "Issue", gh=wrapper, **given, **there)
    assert (ended, calls) == (0, [["issue", "edit", "6", "--body-file", "report.md"]]), errors


def git(folder, *arguments):
    done = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout.strip()


@pytest.fixture
def repository(tmp_path):
    """A clone with a document, and the bare repository it is pushed to, where the forge would be."""
    forge = tmp_path / "forge" / "owner" / "repository"
    forge.mkdir(parents=True)
    git(forge, "init", "-q", "--bare", "-b", "main")
    git(tmp_path, "init", "-q", "-b", "main")
    (tmp_path / "list.md").write_text("dead\n")
    git(tmp_path, "add", "list.md")
    git(tmp_path, "-c", "user.name=A", "-c", "user.email=a@x.test", "commit", "-q", "-m", "List")
    return tmp_path, forge


def test_the_pull_request_is_opened_then_updated_and_the_job_stands_where_it_stood(repository):
    room, forge = repository
    program(room / "citation-monitor" / "bin" / "monitor", "#!/bin/bash\necho archived >> list.md\n")
    given = {"GITHUB_SERVER_URL": f"file://{room}/forge"}
    ended, calls, errors = step(room, "Fix pull request", **given)
    assert ended == 0, errors
    assert calls[-1][:4] == ["pr", "create", "--head", "citation-monitor/fixes"]
    assert git(forge, "show", "citation-monitor/fixes:list.md") == "dead\narchived"
    assert git(room, "status", "--porcelain", "--untracked-files=no") == ""
    assert (room / "list.md").read_text() == "dead\n"
    _, calls, _ = step(room, "Fix pull request", known="12\n", **given)
    assert calls[-1][:3] == ["pr", "edit", "12"]
    assert git(forge, "rev-list", "--count", "citation-monitor/fixes") == "2"


def test_without_an_edit_the_pull_request_is_closed(repository):
    room, _ = repository
    program(room / "citation-monitor" / "bin" / "monitor", "#!/bin/bash\nexit 0\n")
    _, calls, _ = step(room, "Fix pull request", known="12\n")
    assert calls[-1][:3] == ["pr", "close", "12"]


def test_in_a_pull_requests_own_job_nothing_is_proposed_and_that_is_said(repository):
    room, _ = repository
    program(room / "citation-monitor" / "bin" / "monitor", "#!/bin/bash\nexit 2\n")
    room_before = (room / "list.md").read_text()
    ended, calls, _ = step(room, "Fix pull request", GITHUB_EVENT_NAME="pull_request")
    assert (ended, calls) == (0, [])
    assert (room / "list.md").read_text() == room_before


def test_a_failing_fix_fails_the_step(repository):
    room, _ = repository
    program(room / "citation-monitor" / "bin" / "monitor", "#!/bin/bash\nexit 2\n")
    assert step(room, "Fix pull request")[0] == 2


# --- what the program really has --------------------------------------------------------------------


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
