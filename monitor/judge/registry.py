"""The rules in force, in order. A further kind of finding is one file with its rules and one line here."""

from monitor.judge.access_date import ACCESS_DATE_RULES, Rule
from monitor.judge.local_links import LOCAL_LINK_RULES

RULES: tuple[tuple[str, tuple[Rule, ...]], ...] = (
    ("local-link", LOCAL_LINK_RULES),
    ("access-date", ACCESS_DATE_RULES),
)
"""Families by the first half of the rule ids reports show, "access-date/stale-dead"."""
