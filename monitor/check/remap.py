"""Other addresses to ask than those cited: a site that is not out yet, a mirror, what a proxy stands for."""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from monitor.model.observation import Outcome
from monitor.model.values import replaced

if TYPE_CHECKING:
    from monitor.check.interface import CheckReport, CheckRequest

_GROUP = re.compile(r"\$(?:(\d{1,2}|[A-Za-z_]\w*)|\{(\d{1,2}|[A-Za-z_]\w*)\})")


def remap_fault(rules: Mapping[str, str]) -> str | None:
    """Say what is wrong with rules (pattern -> target), or None."""
    for pattern, target in rules.items():
        try:
            compiled = re.compile(pattern)
        except re.error as error:
            return f"{pattern!r}: not a regular expression ({error}); a dot is written \\."
        for group in _GROUP.finditer(target):
            name = group[1] or group[2]
            known = int(name) <= compiled.groups if name.isdigit() else name in compiled.groupindex
            if not known:
                return f"{target!r}: {pattern!r} has no group {name}"
    return None


def remapped(url: str, rules: Mapping[str, str]) -> str:
    """Return the address to ask for in place of a cited one; itself where no pattern fits."""
    for pattern, target in rules.items():
        found = re.search(pattern, url)
        if found is not None:
            put = _GROUP.sub(lambda group, found=found: found[_name(group)] or "", target)  # type: ignore[misc]
            return url[: found.start()] + put + url[found.end() :]
    return url


def _name(group: re.Match[str]) -> str | int:
    name = group[1] or group[2]
    return int(name) if name.isdigit() else name


def with_remap(request: "CheckRequest", rules: Mapping[str, str]) -> "CheckRequest":
    """Return a request for the address to ask; what is known of the cited one holds nothing there."""
    url = remapped(request.source.url, rules) if rules else request.source.url
    if url == request.source.url:
        return request
    spelt = tuple(remapped(one, rules) for one in request.other_spellings)
    return replaced(
        request,
        source=replaced(request.source, url=url),
        other_spellings=spelt,
        previous=None,
        previous_facts={},
    )


def as_cited(report: "CheckReport", asked: "CheckRequest") -> "CheckReport":
    """Return a report that says which address was asked; where that one has moved, the cited one has not."""
    seen = report.observation
    note = f"asked: {asked.source.url} in its place"
    outcome = Outcome.ALIVE if seen.outcome is Outcome.MOVED else seen.outcome
    told = replaced(seen, outcome=outcome, permanent_target=None, notes=(*seen.notes, note))
    return replaced(report, observation=told)
