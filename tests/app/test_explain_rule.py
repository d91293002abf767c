"""`monitor explain`: the manual's words on a rule, at the prompt."""

import re

import pytest

from monitor.judge.registry import RULES


@pytest.mark.parametrize("name", [f"{family}/{rule.name}" for family, rules in RULES for rule in rules])
def test_every_rule_can_be_explained_and_says_what_to_do(monitor, name):
    ended = monitor("explain", name)
    assert ended.code == 0
    assert ended.out.startswith(f"{name}\n")
    assert "**Do**:" in ended.out
    assert "](" not in re.sub(r"`[^`]*`", "", ended.out), "a link is shown as its words, an example as it is"


def test_the_family_may_be_left_out(monitor):
    short = monitor("explain", "stale-dead")
    assert short.code == 0
    assert short == monitor("explain", "access-date/stale-dead")


def test_a_name_that_is_no_rule_is_answered_with_the_nearest(monitor):
    ended = monitor("explain", "access-date/stale-ded")
    assert ended.code == 2
    assert "did you mean stale-dead" in ended.err


def test_commands_complete_in_a_shell(monitor):
    words = {"_MONITOR_COMPLETE": "complete_bash", "COMP_WORDS": "monitor ex", "COMP_CWORD": "1"}
    assert monitor(**words).out.split() == ["extract", "explain"]


def test_an_example_keeps_its_markup(monitor):
    assert "> `[Install](setup.md#instal)`" in monitor("explain", "local-link/no-place").out


def test_without_a_name_every_rule_is_listed_with_what_it_means(monitor):
    listed = monitor("explain").out.splitlines()
    assert {line.split()[0] for line in listed} == {
        f"{family}/{rule.name}" for family, rules in RULES for rule in rules
    }
    assert all(line.endswith(".") and len(line.split()) > 3 for line in listed)
