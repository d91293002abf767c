"""The rules in force, in order. A further kind of finding is one file with its rules and one line here."""

from monitor.judge.access_date import ACCESS_DATE_RULES, Rule

RULES: tuple[tuple[str, tuple[Rule, ...]], ...] = (("access-date", ACCESS_DATE_RULES),)
"""Families by the first half of the rule ids reports show, "access-date/stale-dead"."""


def rule_names() -> tuple[str, ...]:
    """Return every rule id, for `--fail-on`, waivers and SARIF."""
    return tuple(f"{family}/{rule.name}" for family, rules in RULES for rule in rules)
