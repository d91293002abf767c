"""A struct is no dataclass: mypy refuses what would fail when it runs (.ci/mypy_structs.py)."""

from pathlib import Path

from mypy import api

ROOT = Path(__file__).parents[2]
#: Lines with a mark must be refused with these words, the others taken.
TRIED = """
from dataclasses import asdict, astuple, dataclass, fields, replace
from typing import TypeVar
from msgspec import Struct
from monitor.model.values import replaced

class Place(Struct, frozen=True):
    line: int

class Longer(Place, frozen=True):
    column: int = 1

@dataclass(frozen=True)
class Plain:
    line: int

Some = TypeVar("Some", bound=Place)

def tried(place: Place, longer: Longer, plain: Plain, either: Place | Plain, some: Some, cls: type[Place]) -> None:
    replaced(place, line=2)
    replaced(longer, line=2, column=3)
    replace(plain, line=2)
    fields(plain), fields(Plain), asdict(plain), astuple(plain)
    replace(place, line=2)  # !A struct is no dataclass
    replace(longer, line=2)  # !A struct is no dataclass
    replace(either, line=2)  # !A struct is no dataclass
    replace(some, line=2)  # !A struct is no dataclass
    fields(Longer)  # !A struct is no dataclass
    fields(cls)  # !A struct is no dataclass
    asdict(longer)  # !A struct is no dataclass
    astuple(longer)  # !A struct is no dataclass
    replaced(plain, line=2)  # !No struct
    replaced(place, lines=2)  # !Unexpected keyword argument "lines"
    replaced(place, line="2")  # !incompatible type "str"
"""


def test_mypy_tells_structs_from_dataclasses(tmp_path, monkeypatch):
    monkeypatch.chdir(ROOT)
    tried = tmp_path / "tried.py"
    tried.write_text(TRIED)
    told, failed, _ = api.run(
        ["--no-error-summary", "--hide-error-codes", "--cache-dir", str(tmp_path), str(tried)]
    )
    errors = {
        int(line.split(":")[1]): line
        for line in told.splitlines()
        if line.startswith(str(tried)) and ": error: " in line
    }
    expected = {
        number: line.partition("# !")[2] for number, line in enumerate(TRIED.splitlines(), 1) if "# !" in line
    }
    assert not failed
    assert errors.keys() == expected.keys(), told
    assert all(words in errors[number] for number, words in expected.items()), told
