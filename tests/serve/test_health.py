"""Whether the daemon does its work."""

import datetime as dt

import pytest

from monitor.model.run import Run
from monitor.serve.health import RunPatience, State, trouble

NOW = dt.datetime(2026, 11, 21, 12, tzinfo=dt.UTC)


def run(hours_ago, **more):
    at = NOW - dt.timedelta(hours=hours_ago)
    return Run(id="r", started_at=at, now=at, finished_at=at, complete=True, **more)


def ago(hours):
    return NOW - dt.timedelta(hours=hours)


VOID = run(1, void=True, void_reason="no network")
OLD = {"newest": run(33), "complete": run(33)}


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ({"newest": run(9), "complete": run(9), "due": ago(9)}, None),
        ({"newest": None, "complete": None}, "no complete run yet"),
        ({"newest": None, "complete": None, "running_since": ago(9)}, None),
        ({"newest": run(1), "complete": None, "failed": "disk full"}, "the last run failed: disk full"),
        ({"newest": VOID, "complete": run(25)}, "the last run was void: no network"),
        (
            OLD | {"due": ago(9)},
            "a night was missed: a run was due 2026-11-21 03:00 UTC, none is complete since",
        ),
        (OLD | {"due": ago(5)}, None),
        (OLD | {"due": ago(9), "running_since": ago(9)}, None),
        (
            OLD | {"due": ago(21), "running_since": ago(21)},
            "a run hangs: it began 21 hours ago (2026-11-20 15:00 UTC)",
        ),
    ],
)
def test_the_reason_is_said(state, said):
    assert trouble(State(now=NOW, **state), RunPatience()) == said
