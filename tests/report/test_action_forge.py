"""What the GitHub Action writes on the forge: comment, issue, pull request."""

import json
import shutil
import ssl
import subprocess

import pytest
import trustme

from monitor.report.markdown import MARKER
from tests.support.action_steps import ROOT, STEPS, program, step
from tests.support.loopback import Handler, serving

#: The real gh, except where it would ask for more than the stand-in knows: those calls are recorded.
GH_ITSELF = shutil.which("gh")
GH_OR_RECORD = """#!/bin/bash
if [ "$1" = api ]; then exec "{gh}" "$@"; fi
printf '%s\\t' "$@" >> "{room}/calls"; echo >> "{room}/calls"
"""


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

    class Forge(Handler):
        def do_POST(self):
            body = json.loads(self.sent())
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
            self.answer(200, "application/json", json.dumps(answer))

        do_PATCH = do_POST  # noqa: N815 - as the library names methods

    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    with serving(Forge, context) as port:
        yield told, {
            "GH_HOST": f"localhost:{port}", "GH_ENTERPRISE_TOKEN": "token",
            "SSL_CERT_FILE": str(tmp_path / "ca.pem"),
        }  # fmt: skip


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
