"""Progress where there is no terminal: plain lines with totals and the time left."""

from types import SimpleNamespace

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
    assert capsys.readouterr().err.splitlines() == ["monitor: fetching: 1"] * 2
