"""The manual says what the program does: rules, formats, reports, codes and addresses are those in the code."""

import re
from pathlib import Path

import pytest
import yaml
from openapi_spec_validator import validate

from monitor.amend.registry import writer_for
from monitor.errors import ExitCode
from monitor.extract.registry import FORMATS
from monitor.judge.registry import RULES
from monitor.report import registry as reports

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"


def page(name: str) -> str:
    return (DOCS / name).read_text("utf-8")


def test_every_rule_is_described_in_the_order_in_which_it_is_asked():
    described = re.findall(r"(?m)^## ([a-z-]+/[a-z-]+)$", page("rules.md"))
    listed = re.findall(r"(?m)^\| \[`([a-z-]+/[a-z-]+)`\]", page("rules.md"))
    assert described == listed == [f"{family}/{rule.name}" for family, rules in RULES for rule in rules]


def test_every_rule_says_what_to_do():
    for section in re.split(r"(?m)^## ", page("rules.md"))[1:]:
        assert "**Do**:" in section, section.splitlines()[0]


@pytest.mark.parametrize("name", [*reports.NAMES, reports.SITE])
def test_every_report_is_listed(name):
    row = re.search(rf"(?m)^\| `{name}` \| .+ \| `([^`]+)` \|$", page("reference.md"))
    assert row is not None
    assert name == reports.SITE or row[1] == reports.file_name(name)


def test_exit_codes_are_those_of_the_program():
    for text in (page("reference.md"), (ROOT / "README.md").read_text("utf-8")):
        assert [int(code) for code in re.findall(r"(?m)^\| (\d) \| ", text)] == list(ExitCode)


@pytest.mark.parametrize("name", FORMATS.names)
def test_every_document_format_is_listed_with_its_endings_and_whether_it_is_edited(name):
    edits = type(writer_for(name)).__name__ != "PlainWriter"
    for suffix in FORMATS.format(name).suffixes:
        (row,) = [
            line
            for line in page("formats.md").splitlines()
            if line.startswith("| ") and f"`{suffix}`" in line
        ]
        assert row.endswith("| yes |" if edits else "| reported only |"), suffix


def test_the_interface_is_valid_and_lists_what_is_served():
    described = yaml.safe_load(page("openapi.yaml"))
    validate(described)
    served = re.findall(
        r'add_(get|post)\("(/[a-z/]+)"', (ROOT / "monitor" / "serve" / "web.py").read_text("utf-8")
    )
    assert {(method, path) for path, methods in described["paths"].items() for method in methods} == set(
        served
    )


def test_every_variable_of_the_manual_and_the_deploy_files_is_a_key():
    from monitor.config import Config
    from monitor.config_tables import ENV_PREFIX, hint_of

    files = [path for path in DOCS.rglob("*") if path.is_file() and path.suffix not in (".png", ".pyc")]
    texts = [path.read_text("utf-8") for path in files]
    named = {name for text in texts for name in re.findall(r"\bMONITOR_[A-Z]+(?:__[A-Z_]+)?\b", text)}
    assert {"MONITOR_DATABASE", "MONITOR_SERVE__HOST"} <= named
    path = {name: name.removeprefix(ENV_PREFIX).lower().split("__") for name in named}
    assert [name for name in named if hint_of(Config, path[name]) is None] == []
