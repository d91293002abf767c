import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from monitor import cli
from tests.support.rehearsal_world import options, world


@dataclass(frozen=True)
class Ended:
    code: int
    out: str
    err: str


Monitor = Callable[..., Ended]


@pytest.fixture
def monitor(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Monitor:
    """The command line in an empty folder, without the environment's own settings."""
    for name in list(os.environ):
        if name.startswith("MONITOR_"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)

    def call(*words: object, **environment: str) -> Ended:
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr("sys.argv", ["monitor", *map(str, words)])
        with pytest.raises(SystemExit) as end:
            cli.main()
        captured = capsys.readouterr()
        return Ended(int(end.value.code or 0), captured.out, captured.err)

    return call


@pytest.fixture(scope="session")
def servers() -> Iterator[dict[str, str]]:
    """The rehearsal's web and archive; the value is the environment that points at them."""
    with world() as running:
        yield options(running)
