"""What the command line says of itself, and what it writes for a newcomer: help, man, init, -v."""

import shlex
import shutil
import subprocess
import tomllib

import pytest
from typer.main import get_command

from monitor.cli import app
from monitor.command_line.help_texts import CODED, EXAMPLES
from monitor.report.text import text_summary
from tests.support.report_cases import report as everything

GROUP = get_command(app)
CITED = "# References\n\n- Marsh, B. Ebb. https://ebb.example/flow. Accessed 3 May 2019.\n"


@pytest.mark.parametrize("typed", [typed for some in EXAMPLES.values() for typed, _ in some])
def test_examples_can_be_typed_as_they_stand(typed):
    (part,) = [one for one in typed.split("|") if one.split()[0] == "monitor"]
    _, name, *words = shlex.split(part)
    context = GROUP.commands[name].make_context(name, words)
    assert context.params is not None


def test_every_command_has_an_example_and_verdicts_their_exit_codes(monitor):
    assert EXAMPLES.keys() == GROUP.commands.keys() - {"db", "worker"}
    said = monitor("check", "--help").out
    assert "monitor check notes.md" in said
    assert "Exit codes: 0 nothing" in said
    assert GROUP.commands.keys() > CODED


def test_the_manual_page_is_the_help_in_another_dress(monitor, tmp_path):
    page = monitor("man").out
    for command in ("check", "run", "fix", "db copy"):
        assert f'.SS "monitor {command}' in page
    for command in GROUP.commands.values():
        for option in getattr(command, "params", ()):
            assert option.param_type_name == "argument" or option.opts[0].replace("-", "\\-") in page
    if shutil.which("groff"):
        done = subprocess.run(
            ["groff", "-man", "-Tascii", "-ww", "-z"], check=False, input=page.encode(), capture_output=True
        )
        assert (done.returncode, done.stderr) == (0, b"")


def test_init_writes_what_the_folder_cites_and_never_over_it(monitor, tmp_path):
    (tmp_path / "b.md").write_text(CITED)
    (tmp_path / "essays").mkdir()
    for name in ("one.md", "two.md"):
        (tmp_path / "essays" / name).write_text(CITED)
    (tmp_path / "none.md").write_text("Nothing.\n")
    ended = monitor("init")
    assert "3 citations in 3 documents" in ended.out
    written = tomllib.loads((tmp_path / "config.toml").read_text())
    assert [one["path"] for one in written["documents"]] == ["b.md", "essays"]
    assert monitor("extract").code == 0
    again = monitor("init")
    assert again.code == 2
    assert "--force" in again.err
    assert monitor("init", "--force").code == 0


def test_init_knows_a_documentation_site(monitor, tmp_path):
    (tmp_path / "mkdocs.yml").write_text("site_name: Tides\nsite_url: https://tides.example/\n")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "index.md").write_text(f"# Tides\n\n[More](more.md)\n\n{CITED}")
    monitor("init")
    written = tomllib.loads((tmp_path / "config.toml").read_text())
    assert written["documents"] == [{"path": "docs"}]
    assert written["selection"] == {"links": "all", "root_dir": "docs", "base_url": "https://tides.example/"}


def test_init_says_where_nothing_is_cited(monitor):
    ended = monitor("init")
    assert ended.code == 2
    assert "no document here cites" in ended.err


def test_since_names_what_is_missing(monitor, tmp_path):
    (tmp_path / "a.md").write_text(CITED)
    assert "not a git repository" in monitor("check", "a.md", "--since", "HEAD").err
    subprocess.run(["git", "init", "-q"], check=True, cwd=tmp_path)
    assert "there is no revision HEAD~3 here" in monitor("check", "a.md", "--since", "HEAD~3").err


def test_a_quiet_night_prints_nothing(monitor, servers, tmp_path):
    (tmp_path / "a.md").write_text(CITED)
    (tmp_path / "config.toml").write_text('[[documents]]\npath = "a.md"\n[archive]\nenabled = false\n')
    ended = monitor("run", "-q", **servers)
    assert (ended.out, ended.err) == ("", "")
    assert (tmp_path / "reports" / "report.json").is_file()


def test_addresses_are_hyperlinks_where_a_terminal_can_open_them():
    shown = "".join(text_summary(everything(), links=True))
    assert "\x1b]8;;https://" in shown
    assert "\x1b" not in "".join(text_summary(everything()))


def test_what_a_summary_cuts_off_is_said_to_stand_elsewhere():
    shown = "".join(text_summary(everything(), limit=1, rest="look there"))
    assert "more: look there" in shown
