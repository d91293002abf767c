"""The package: the lock holds what pyproject.toml asks for, and one version stands in one place."""

import re
import subprocess
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
LOCK = (ROOT / "tests" / "requirements.lock").read_text("utf-8")
LOCKED = dict(re.findall(r"(?m)^([a-z0-9._-]+)(?:\[[^\]]*\])?==([^ ;\\]+)", LOCK))


@pytest.mark.parametrize("line", [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["test"]])
def test_the_lock_holds_every_requirement(line):
    wanted = Requirement(line)
    held = LOCKED.get(canonicalize_name(wanted.name))
    assert held is not None, "make lock"
    assert wanted.specifier.contains(held, prereleases=True), "make lock"


def test_every_locked_release_has_hashes_and_no_index():
    for block in re.split(r"(?m)^(?=[a-z0-9])", LOCK):
        assert not block.strip() or "--hash=sha256:" in block, block.splitlines()[0]
    assert "://" not in LOCK


def test_every_dependency_has_a_lower_bound():
    everything = [
        *PROJECT["dependencies"],
        *(line for extra in PROJECT["optional-dependencies"].values() for line in extra),
    ]
    own = [line for line in everything if not line.startswith(PROJECT["name"])]
    assert [
        line
        for line in own
        if not any(one.operator in {">=", "==", "~="} for one in Requirement(line).specifier)
    ] == []


def test_the_image_is_built_from_all_that_the_wheel_holds():
    hatch = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]
    included = hatch["build"]["targets"]["wheel"]
    wanted = {*included["packages"], *included["force-include"], "LICENSE", "README.md", "pyproject.toml"}
    wanted.add(hatch["metadata"]["hooks"]["custom"]["path"])
    folder = ROOT / "docs" / "deploy"
    copied = re.findall(r"(?m)^COPY (?!--from)(.+) \S+$", (folder / "Dockerfile").read_text("utf-8"))
    sources = {source for line in copied for source in line.split()}
    assert wanted <= sources
    allowed = re.findall(r"(?m)^!(.+)$", (folder / "Dockerfile.dockerignore").read_text("utf-8"))
    assert sources == set(allowed)


def test_the_top_level_holds_what_a_stranger_expects_and_nothing_else():
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    top = {line.split("/")[0] for line in listed.splitlines()}
    assert {name for name in top if not name.startswith(".")} == {
        *("pyproject.toml", "README.md", "seeds", "monitor", "reports", "tests", "config.toml"),
        *("LICENSE", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "Makefile", "docs", "action.yml"),
    }


def test_the_version_stands_in_one_place():
    assert version("citation-monitor") == PROJECT["version"]
    said = re.findall(
        r"(?m)^__version__|VERSION = \"",
        "\n".join(p.read_text("utf-8") for p in (ROOT / "monitor").rglob("*.py")),
    )
    assert said == []
