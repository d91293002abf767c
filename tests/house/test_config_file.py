"""config.toml is the reference: every key with its default, nothing that does not exist."""

import re
import tomllib
from pathlib import Path

import pytest
from msgspec import NODEFAULT, Struct, structs

from monitor.archive.policy import MementoPolicy
from monitor.check.policy import HostRule
from monitor.config import Config, DocumentRule, load_config
from monitor.config_values import keys
from monitor.model.finding import Waiver
from monitor.model.values import replaced

FILE = Path(__file__).parents[2] / "config.toml"
#: Tables of which there may be many, by the path they stand under.
MANY = {
    "documents": DocumentRule,
    "check.hosts": HostRule,
    "archive.memento": MementoPolicy,
    "waivers": Waiver,
}


def all_keys(cls: type, path: str = "") -> dict[str, object]:
    """Dotted key -> default (NODEFAULT where it is required or made), secrets left out."""
    found: dict[str, object] = {}
    defaults = {field.name: field.default for field in structs.fields(cls)}
    for name, key in keys(cls).items():
        dotted = f"{path}{name}"
        if key.has("internal") or key.has("env_only"):
            continue
        if dotted in MANY:
            found |= all_keys(MANY[dotted], f"{dotted}.")
        elif isinstance(key.hint, type) and issubclass(key.hint, Struct):
            found |= all_keys(key.hint, f"{dotted}.")
        else:
            found[dotted] = defaults[name]
    return found


def shown() -> dict[str, tuple[object, bool]]:
    """Dotted key -> (value shown, whether it is in force), read line by line, comments included."""
    found: dict[str, tuple[object, bool]] = {}
    table = ""
    for line in FILE.read_text("utf-8").splitlines():
        bare = line.removeprefix("# ")
        if heading := re.fullmatch(r"\[+([\w.]+?)(?:\.\"[^\"]+\")?\]+", bare):
            table = f"{heading[1]}."
        elif re.match(r"[a-z_\d]+ = ", bare):
            ((key, value),) = tomllib.loads(bare).items()
            found[f"{table}{key}"] = (value, bare == line)
    return found


KEYS = all_keys(Config)


def test_every_key_is_shown_and_no_other():
    assert set(shown()) == set(KEYS)


def test_what_is_in_force_is_the_default():
    given, plain = load_config(FILE, {}), Config()
    assert replaced(given, documents=(), base=plain.base) == plain


@pytest.mark.parametrize("key", sorted(KEYS))
def test_a_key_shows_its_default(key):
    value, in_force = shown()[key]
    default = KEYS[key]
    nothing = default in (None, (), NODEFAULT)
    assert in_force != nothing or any(key.startswith(f"{many}.") for many in MANY)
    if not nothing:
        assert (tuple(value) if isinstance(value, list) else value) == default


def test_examples_behind_a_comment_sign_are_valid(tmp_path):
    everything = [
        re.sub(r"^# (?=\[|[a-z_\d]+ = )", "", line)
        for line in FILE.read_text("utf-8").splitlines()
        if not line.startswith(('path = "seeds"', "# glob = ", "# site = ", "# max_pages = ", "# url = "))
    ]
    file = tmp_path / "config.toml"
    file.write_text("\n".join(everything), "utf-8")
    config = load_config(file, {})
    assert config.check.hosts["slow.example.org"].gap_s == 10.0
    assert config.archive.memento["house"].replay_url
    assert config.waivers[0].who == "Ada"
