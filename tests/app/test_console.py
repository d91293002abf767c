"""Progress: bars on a terminal, plain lines with totals and the time left elsewhere."""

import io
import re
import sys
from types import SimpleNamespace

import pytest

from monitor import console


def test_a_line_tells_how_much_is_done_and_how_long_the_rest_takes(monkeypatch, capsys):
    now = [0.0]
    monkeypatch.setattr(console, "time", SimpleNamespace(monotonic=lambda: now[0]))
    with console.progress(quiet=False, bars=False) as bar:
        bar.stage("checking", 400)
        for _ in range(100):
            now[0] += 0.5
            bar.advance()
        bar.stage("judging", 2)
        now[0] += 10.0
        bar.advance(2)
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "monitor: checking: 20/400, about 3 min left"
    assert lines[4:] == ["monitor: checking: 100/400, about 2 min left"] * 2 + ["monitor: judging: 2/2"]


def test_without_a_total_no_time_left_is_made_up(monkeypatch, capsys):
    now = [0.0]
    monkeypatch.setattr(console, "time", SimpleNamespace(monotonic=lambda: now[0]))
    with console.progress(quiet=False, bars=False) as bar:
        bar.stage("fetching")
        now[0] += 11.0
        bar.advance()
        bar.expect(4)
        now[0] += 11.0
        bar.advance()
        bar.stage("reading", 1)
    assert capsys.readouterr().err.splitlines() == [
        "monitor: fetching: 1, about 11 s so far",
        *["monitor: fetching: 2/4, about 22 s left"] * 2,
    ]


def test_a_stage_is_closed_before_the_answer_and_not_spoken_of_again(capsys):
    with console.progress(quiet=False, bars=False) as bar:
        bar.stage("judging", 2)
        bar.advance(2)
        bar.clear()
        sys.stderr.write("the answer\n")
    assert capsys.readouterr().err.splitlines() == ["monitor: judging: 2/2", "the answer"]


def test_a_step_that_takes_long_is_spoken_of_while_it_lasts(monkeypatch, capfd):
    monkeypatch.setattr(console, "LINE_EVERY_S", 0.01)
    said = ""
    with console.progress(quiet=False, bars=False) as bar:
        bar.stage("reading", 1)
        while "so far" not in said:
            said += capfd.readouterr().err
    assert said.startswith("monitor: reading: 0/1, about 1 s so far\n")


@pytest.mark.parametrize(("took", "said"), [(9.0, []), (10.0, ["monitor: reading: 3/3"])])
def test_a_terse_command_says_only_what_lasts_and_no_notes(took, said, monkeypatch, capsys):
    now = [0.0]
    monkeypatch.setattr(console, "time", SimpleNamespace(monotonic=lambda: now[0]))
    with console.progress(quiet=False, bars=False, terse=True) as bar:
        bar.stage("reading", 3)
        bar.note("read as plain text")
        now[0] += took
        bar.advance(3)
    assert capsys.readouterr().err.splitlines() == said


CITED = """# Sources

1. [Cool URIs](https://www.w3.org/Provider/Style/URI). Accessed 4 March 2019.

   > A good address is chosen once and kept for as long as anybody may follow it.
"""
ADDRESS = "https://www.w3.org/Provider/Style/URI"
ANSWERS = (
    (("check", "list.md"), "Nothing to do for 1 citation"),
    (("check", "list.md", "--dump"), ADDRESS),
    (("run", "--no-archive"), "Nothing to do for 1 citation"),
    (("report", "-f", "json"), '{"schema'),
    (("report",), "Nothing to do for 1 citation"),
    (("fix",), "--- a/list.md"),
    (("history", ADDRESS), ADDRESS),
)
DRAWN = re.compile(r"\x1b\[(?!8?[0-9;]*m)|\u2501")


class Terminal(io.StringIO):
    """Both streams of a command on one screen."""

    def isatty(self):
        return True


@pytest.fixture
def called(monitor, servers, monkeypatch, tmp_path):
    """Call a command with standard error on a terminal."""
    (tmp_path / "list.md").write_text(CITED)
    (tmp_path / "config.toml").write_text('[[documents]]\npath = "list.md"\n')

    def call(*words):
        monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
        now = ("--now", "2026-11-21T03:00:00Z")
        return monitor(*words, *now, **servers | {"TERM": "xterm", "NO_COLOR": "1", "CI": ""})

    return call


@pytest.mark.parametrize(
    ("term", "job", "isatty", "kind"),
    [
        ("xterm", "", True, console.Bars),
        (None, "", True, console.Bars),
        ("dumb", "", True, console.Lines),
        ("unknown", "", True, console.Lines),
        ("xterm", "true", True, console.Lines),
        ("xterm", "", False, console.Lines),
    ],
)
def test_bars_are_for_screens_that_redraw(term, job, isatty, kind, monkeypatch):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: isatty, raising=False)
    monkeypatch.setenv("CI", job)
    monkeypatch.delenv("TERM", raising=False)
    if term is not None:
        monkeypatch.setenv("TERM", term)
    assert type(console.progress(quiet=False, bars=True)) is kind
    assert type(console.progress(quiet=False, bars=False)) is console.Lines
    assert type(console.progress(quiet=True, bars=True)) is console.Silent


def test_beside_bars_the_answer_goes_where_standard_output_goes(called):
    for words, begins in ANSWERS:
        ended = called(*words)
        assert ended.out.startswith(begins), ended
        assert begins not in ended.err
        assert not DRAWN.search(ended.out)
        assert DRAWN.search(ended.err) or words[0] == "history", ended


def test_on_one_screen_nothing_is_drawn_over_the_answer(called, monkeypatch):
    for words, begins in ANSWERS:
        with monkeypatch.context() as patched:
            screen = Terminal()
            patched.setattr(sys, "stdout", screen)
            patched.setattr(sys, "stderr", screen)
            called(*words)
        bars, found, answer = screen.getvalue().partition(begins)
        assert found, screen.getvalue()
        assert DRAWN.search(bars) or words[0] == "history"
        assert not DRAWN.search(answer)
