"""Waivers: findings that somebody accepted, with a reason and an end. Expired ones become findings."""

from collections.abc import Sequence
from datetime import date
from fnmatch import fnmatchcase

from monitor.model.citation import Citation
from monitor.model.finding import Finding, Severity, Waiver
from monitor.model.values import replaced
from monitor.model.wording import day


def waives(waiver: Waiver, finding: Finding, citation: Citation) -> bool:
    """Tell whether a waiver names a finding: rule and source by shell pattern, case matters.

    The source pattern is tried on the address as cited and on its canonical form; a citation without
    an address is named by its title.
    """
    names = {citation.url, citation.canonical_url} - {None} or {citation.title or ""}
    rule = finding.rule
    return (fnmatchcase(rule, waiver.rule) or fnmatchcase(rule.partition("/")[2], waiver.rule)) and any(
        fnmatchcase(name or "", waiver.source) for name in names
    )


def waive(finding: Finding, citation: Citation, waivers: Sequence[Waiver], today: date) -> Finding:
    """Return the finding marked as waived, or, where its waiver has expired, saying so.

    An `ok` finding needs no waiver. `until` is the last day a waiver holds.
    """
    if finding.severity is Severity.OK:
        return finding
    named = [waiver for waiver in waivers if waives(waiver, finding, citation)]
    valid = [waiver for waiver in named if waiver.until >= today]
    if valid:
        return replaced(finding, waived=max(valid, key=lambda waiver: waiver.until))
    if named:
        last = max(named, key=lambda waiver: waiver.until)
        severity = max(finding.severity, Severity.WARNING, key=lambda level: level.rank)
        note = f"The waiver by {last.who} (“{last.why}”) ended on {day(last.until)}."
        remedy = f"{finding.remedy} Or renew the waiver in the configuration, or remove it."
        return replaced(finding, severity=severity, reason=f"{finding.reason} {note}", remedy=remedy)
    return finding
